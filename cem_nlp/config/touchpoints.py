"""What a user knows of his touchpoints."""

from pydantic import Field

from cem_nlp.config.section import ScaledFile, Section


class TouchpointSurvey(ScaledFile):
    """A survey of touchpoints and channels: importance, experience, preference, use."""

    path: str = Field(
        description="CSV with touchpoint or channel, measure, score and optionally brand, product, respondent"
    )


class Blueprint(Section):
    """The service blueprint."""

    path: str = Field(description="TOML file with one [[touchpoints]] for each touchpoint described")
