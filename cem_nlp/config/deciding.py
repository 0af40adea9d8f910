"""From the gap to what is done about it: the strategy, and what negative experience costs."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from cem_nlp.config.section import Section, WrongSetting

Share = Annotated[float, Field(ge=0, le=1)]


class StrategyFile(Section):
    """What the company will not or cannot do."""

    path: str = Field(description="TOML file: budget, cost, reach, ruled_out")


class Cost(Section):
    """What negative experience costs. Shares lie between 0 and 1; one that is absent comes from the feedback
    where it tells, else, but for `negative_share` and `complaint_share`, from the method's worked figures.
    `lost` and `silent_lost`, which are held against each other, come from the feedback only where neither has
    to come from the method.
    """

    revenue: float = Field(ge=0, allow_inf_nan=False, description="revenue of a year, of the own brands")
    currency: str = Field("元", min_length=1, description="currency of the revenue, as the report prints it")
    negative_share: Share | None = Field(None, description="share of customers with a negative experience")
    complaint_share: Share | None = Field(None, description="of these, the share who complain")
    won_back: Share | None = Field(None, description="of those who complain, the share won back")
    lost: Share | None = Field(None, description="of those who complain, the share lost")
    silent_lost: Share | None = Field(None, description="of the silent, the share lost; the rest is at risk")

    @model_validator(mode="after")
    def _a_whole(self) -> Self:
        if self.won_back is not None and self.lost is not None and self.won_back + self.lost > 1:
            raise WrongSetting(
                "won_back 与 lost 是同一批投诉客户中的占比，合计不能超过 1",
                "won_back and lost are shares of the same complainers: together at most 1",
            )
        return self
