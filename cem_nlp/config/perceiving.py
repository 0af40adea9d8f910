"""What the company thinks of itself, and whom it is measured by."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from cem_nlp.config.section import Section
from cem_nlp.vocabulary import ALL, CATEGORIES


class OwnRating(Section):
    """The company's rating of itself, per category."""

    path: str = Field(description="CSV file: category, score; department and brand where there are several")
    low: float = Field(0, description="lower end of the scale")
    high: float = Field(10, description="upper end of the scale")
    encoding: str | None = Field(None, description="utf-8, then gb18030, where absent")


class Benchmark(Section):
    """The reference group that the own brands are read against: brands of the data, or published values."""

    name: str = Field(description="what the group is called")
    brands: tuple[str, ...] = Field((), description="brands that make up the group")
    values: dict[str, float] = Field(
        default_factory=dict, description="published values by category, or 'all' for the whole"
    )
    low: float = Field(0, description="lower end of the scale of the published values")
    high: float = Field(100, description="upper end of that scale")

    @model_validator(mode="after")
    def _one_reference(self) -> Self:
        if bool(self.brands) == bool(self.values):
            raise ValueError("give either brands or values")
        if not self.low < self.high:
            raise ValueError("low must be below high")
        for category, value in self.values.items():
            if category not in (ALL, *CATEGORIES):
                raise ValueError(f"unknown category {category!r}, valid are {', '.join((ALL, *CATEGORIES))}")
            if not self.low <= value <= self.high:
                raise ValueError(f"{category} = {value:g} is outside {self.low:g}–{self.high:g}")
        return self


class Listening(Section):
    """What counts as no longer listened to."""

    recent_days: Annotated[int, Field(ge=1)] = Field(
        30, description="days without a comment after which something heard before counts as gone silent"
    )
