"""What the company thinks of itself, and whom it is measured by."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from cem_nlp.config.section import ScaledFile, Section, WrongSetting, refuse_reversed
from cem_nlp.vocabulary import ALL, CATEGORIES


class OwnRating(ScaledFile):
    """The company's rating of itself, per category."""

    path: str = Field(description="CSV file: category, score; department and brand where there are several")


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
            raise WrongSetting("brands 与 values 须写一个，且只写一个", "give either brands or values")
        refuse_reversed(self.low, self.high)
        for category, value in self.values.items():
            if category not in (ALL, *CATEGORIES):
                known = ", ".join((ALL, *CATEGORIES))
                raise WrongSetting(
                    f"没有类别 {category}，有效的是 {known}",
                    f"unknown category {category!r}, valid are {known}",
                )
            if not self.low <= value <= self.high:
                scale = f"{self.low:g}–{self.high:g}"
                raise WrongSetting(
                    f"{category} = {value:g} 超出量表 {scale}", f"{category} = {value:g} is outside {scale}"
                )
        return self


class Listening(Section):
    """What counts as no longer listened to."""

    recent_days: Annotated[int, Field(ge=1)] = Field(
        30, description="days without a comment after which something heard before counts as gone silent"
    )
