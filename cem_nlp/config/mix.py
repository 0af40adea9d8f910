"""The mix of feedback that scores stand for."""

import math
from typing import Annotated, Self, TypeAlias

from pydantic import Field, model_validator

from cem_nlp.config.section import Section, WrongSetting
from cem_nlp.config.sources import Kind

Share: TypeAlias = Annotated[float, Field(gt=0, le=1)]


class Mix(Section):
    """A fixed mix: each dimension given has shares that sum to 1; what it does not name does not count.

    Several dimensions are taken as independent: reviews at 0.6 and a channel at 0.5 make 0.3 together.
    """

    kinds: dict[Kind, Share] = Field(default_factory=dict, description="share of each kind of feedback")
    channels: dict[str, Share] = Field(default_factory=dict, description="share of each channel")
    sources: dict[str, Share] = Field(default_factory=dict, description="share of each source, by its name")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        given = {name: shares for name, shares in self if shares}
        if not given:
            raise WrongSetting(
                "kinds、channels、sources 至少写一样的占比", "give shares of kinds, channels or sources"
            )
        for name, shares in given.items():
            total = math.fsum(shares.values())
            if not math.isclose(total, 1, abs_tol=1e-6):
                raise WrongSetting(
                    f"{name} 的占比合计为 {total:g}，应为 1",
                    f"the shares of {name} sum to {total:g}, not to 1",
                )
        return self
