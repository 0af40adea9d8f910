"""Which customers there are, and which of them matter most."""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from cem_nlp.config.section import Encoding, Section, WrongSetting

TENURE_BANDS: Final = (1.0, 3.0, 5.0)
"""Years at which a new band of tenure begins where none are configured: a convention."""


class CustomerColumns(Section):
    """Which column of the customer table holds what; usual headings, Chinese or English, need no entry."""

    customer: str | None = Field(None, description="number as in the feedback; stored as a salted hash only")
    value: str | None = Field(
        None, description="what the customer is worth, in any unit, such as yearly sales"
    )
    growth: str | None = Field(None, description="growth of the value, in any unit")
    tenure: str | None = Field(None, description="years of the relation")
    region: str | None = Field(None, description="where the customer lives")
    segment: str | None = Field(None, description="segment, as the company calls it")


class Customers(Section):
    """The company's own table of customers."""

    path: str = Field(description="CSV file, one row a customer")
    encoding: Encoding | None = Field(None, description="utf-8, then gb18030, where absent")
    columns: CustomerColumns = CustomerColumns()
    tenure_bands: tuple[Annotated[float, Field(gt=0)], ...] = Field(
        TENURE_BANDS, min_length=1, description="years at which a new band of tenure begins"
    )

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if list(self.tenure_bands) != sorted(set(self.tenure_bands)):
            raise WrongSetting("tenure_bands 须由小到大，不重复", "tenure_bands must ascend")
        return self


class Segments(Section):
    """How customers are sorted into model, growth, at risk and dangling, and whose word weighs more."""

    target: dict[str, Annotated[float, Field(gt=0)]] = Field(
        default_factory=dict, description="weight of target segments; every other segment weighs 1"
    )
    axis: Literal["value", "growth"] = Field(
        "value", description="what tells customers apart besides experience"
    )
    value_cut: float | None = Field(
        None, ge=0, description="value from which a customer counts as valuable; the median where absent"
    )
    growth_cut: float = Field(0.0, description="growth above which a customer counts as growing")
    experience_cut: float = Field(
        5.0,
        ge=0,
        le=10,
        description="experience above which a customer counts as satisfied; 5 is as much praise as blame",
    )
    minimum_mentions: int = Field(
        3, ge=1, description="opinions below which nothing is said of a customer: with two, one decides"
    )
    window_days: int = Field(365, ge=1, description="days over which a customer's opinions count")
    period_days: int = Field(30, ge=1, description="days since which customers have moved")
