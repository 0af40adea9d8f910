"""What the company does about its customers' experience, and when it counts as having worked."""

from pydantic import Field

from cem_nlp.config.section import Encoding, Section


class Actions(Section):
    """The actions taken or planned, and how they are judged."""

    path: str = Field(description="CSV file: action, touchpoint, category, since; product, cost, until")
    results: str | None = Field(
        None, description="CSV file of business results: date, value; action where it belongs to one"
    )
    encoding: Encoding | None = Field(None, description="of both files: utf-8, then gb18030, where absent")
    weeks: int = Field(8, ge=1, le=104, description="weeks compared on each side of the start, at most")
    minimum_weeks: int = Field(3, ge=1, le=104, description="whole weeks that each side needs")
    minimum_mentions: int = Field(
        20, ge=1, description="opinions that the touched cell needs on each side, else there is no verdict"
    )
    minimum_effect: float = Field(
        0.3, ge=0, le=10, description="points (of 10) below which a gain is called none, however sure"
    )
