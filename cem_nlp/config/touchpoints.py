"""What a user knows of his touchpoints."""

from pydantic import Field

from cem_nlp.config.section import Section


class TouchpointSurvey(Section):
    """A survey of touchpoints and channels: importance, experience, preference, use."""

    path: str = Field(description="CSV with touchpoint or channel, measure, score and optionally respondent")
    low: float = Field(0, description="lower end of the scale")
    high: float = Field(10, description="upper end of the scale")
    encoding: str | None = Field(None, description="encoding of the file; UTF-8 or GB18030 where absent")


class Blueprint(Section):
    """The service blueprint."""

    path: str = Field(description="TOML file with one [[touchpoints]] for each touchpoint described")
