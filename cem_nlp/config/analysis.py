"""How what was read becomes scores and gaps."""

from pydantic import Field

from cem_nlp.config.mix import Mix
from cem_nlp.config.section import ScaledFile, Section


class Brands(Section):
    """Which brand is the own one, and names that mean the same brand."""

    own: tuple[str, ...] = Field((), description="own brands; all others are rivals")
    aliases: dict[str, str] = Field(
        default_factory=dict, description="name in the source = name in the tables"
    )


class Survey(ScaledFile):
    """A survey of experience, expectation, importance or ideal, in long form."""

    path: str = Field(description="CSV with product, segment, category, measure, score; maybe respondent")

    @property
    def scale(self) -> tuple[float, float] | None:
        """Return the two ends where one of them is declared, None where neither is."""
        return (self.low, self.high) if self.model_fields_set & {"low", "high"} else None


class Scores(Section):
    """How opinions become scores."""

    minimum_mentions: int = Field(5, ge=1, description="below this a cell is suppressed")
    prior_mentions: float = Field(
        10.0, ge=0, description="mentions that the parent category's score is worth"
    )
    confidence: float = Field(0.95, gt=0.5, lt=1, description="share of ranges that hold the true value")
    mix: Mix | None = Field(None, description="fixed mix of kinds, channels or sources; as it came if absent")
