"""How own brands are compared with rivals."""

from pydantic import Field

from cem_nlp.config.section import Section


class Comparison(Section):
    """What counts as a rival, and as a difference."""

    rivals: tuple[str, ...] = Field(
        (), description="brands of the same market; every other brand where none are named"
    )
    minimum_effect: float = Field(
        0.3,
        ge=0,
        le=10,
        description="points (of 10) below which a difference is called no difference, however sure; the "
        "default is what three opinions in a hundred that turn from negative to positive make",
    )
    minimum_mentions: int = Field(
        20,
        ge=1,
        description="independent opinions that each side needs among those compared, else no verdict",
    )
    false_discovery_rate: float = Field(
        0.05, gt=0, lt=0.5, description="share of false ones among all verdicts of the table (q-value)"
    )
