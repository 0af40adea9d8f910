"""How an expectation that no survey asked for is put together."""

from typing import Self

from pydantic import Field, model_validator

from cem_nlp.config.section import Section, WrongSetting


class Expectation(Section):
    """Weights of the determinants of expectation that the data hold; only their ratios count.

    Nobody has measured these weights for a company that has no survey. Equal ones favour none, and blends
    with equal weights predict almost as well as the best ones would (Dawes 1979, "The robust beauty of
    improper linear models"). 0 leaves a determinant out. An expectation
    is derived where at least two determinants are known, or the only one that has a weight; elsewhere it is
    assumed.
    """

    earlier_here: float = Field(
        1.0, ge=0, description="the brand's own score in the months before the latest"
    )
    earlier_elsewhere: float = Field(1.0, ge=0, description="the rivals' scores")
    word_of_mouth: float = Field(1.0, ge=0, description="reviews that advise for or against the brand")
    promotion: float = Field(1.0, ge=0, description="promises of advertising and description, kept or not")
    hints: float = Field(1.0, ge=0, description="customers who say they expected more, or less")

    @model_validator(mode="after")
    def _some_weight(self) -> Self:
        if not any(self.model_dump().values()):
            raise WrongSetting("至少有一个权重要大于 0", "at least one weight must be above 0")
        return self
