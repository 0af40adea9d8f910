"""Kano's types, told from how the rating answers praise and blame, and only where the evidence is clear.

Penalty–reward contrast: Brandt (1987, "A procedure for identifying value-enhancing service components using
customer satisfaction survey data"); types after Kano (1984) as Matzler and Sauerwein (2002, "The factor
structure of customer satisfaction") read them off reward and penalty. Their studies name a type from which
coefficients are significant, and take absence of evidence for evidence of absence. Here each type needs
evidence of its own:

- must-be: blame costs (range below 0), and costs more than praise brings (range of the asymmetry below 0);
- attractive: praise brings (range above 0), and brings more than blame costs (range of the asymmetry above
  0);
- of both, praise must leave the rating above blame (range of the impact above 0): where blame seems to
  please, the comments were misread and nothing is named;
- performance: both act (both ranges off 0), and neither is more than `TWICE` the other (both ranges say so);
- indifferent: both ranges lie within ± `NEGLIGIBLE` points.

Ratings end at 0 and 10. Where customers rate 9 anyway praise has little room, and every category would look
like a must-be. A second regression therefore looks at the order of ratings alone (`above`): the ends of the
scale cannot bend it. What the points say of asymmetry counts only where the order says so too.
"""

from dataclasses import dataclass
from typing import Final

MUST_BE, PERFORMANCE, ATTRACTIVE, INDIFFERENT = "must_be", "performance", "attractive", "indifferent"
UNDECIDED: Final = "undecided"
SCALE_END: Final = "scale_end"

TWICE: Final = 2.0
"""Reward and penalty count as alike where neither exceeds the other by this factor: a convention."""

NEGLIGIBLE: Final = 0.5
"""Points of 10 that hardly move a rating, a fifth of a star of five: a convention."""


@dataclass(frozen=True, slots=True)
class Range:
    """A value with its 95 % range."""

    value: float
    low: float
    high: float

    def within(self, margin: float) -> bool:
        """Say whether the whole range lies closer to 0 than `margin`."""
        return -margin < self.low and self.high < margin

    def inside(self, least: float, most: float) -> "Range":
        """Return the range with all that lies beyond `least` and `most` moved there."""
        return Range(*(min(max(end, least), most) for end in (self.value, self.low, self.high)))


@dataclass(frozen=True, slots=True)
class Contrast:
    """What praise and blame of one category do, in points of the rating or on the scale of its order.

    `reward` is what praise adds, `penalty` what blame adds (below 0 where it costs), `asymmetry` their sum,
    `impact` reward − penalty. `reward_left` is TWICE × reward + penalty and `penalty_left`
    −(TWICE × penalty + reward): above 0 where that side is at least half as strong as the other.
    """

    reward: Range
    penalty: Range
    asymmetry: Range
    impact: Range
    reward_left: Range
    penalty_left: Range


def kano_type(points: Contrast, order: Contrast) -> tuple[str | None, str | None]:
    """Return the type, or None and why there is none: undecided or scale_end."""
    reward, penalty = points.reward, points.penalty
    rewarding, costly = reward.low > 0, penalty.high < 0
    if reward.within(NEGLIGIBLE) and penalty.within(NEGLIGIBLE):
        return INDIFFERENT, None
    if rewarding and costly and points.reward_left.low > 0 and points.penalty_left.low > 0:
        return _confirmed(PERFORMANCE, order.reward_left.high > 0 and order.penalty_left.high > 0)
    if points.impact.low > 0 and costly and points.asymmetry.high < 0:
        return _confirmed(MUST_BE, order.asymmetry.high < 0)
    if points.impact.low > 0 and rewarding and points.asymmetry.low > 0:
        return _confirmed(ATTRACTIVE, order.asymmetry.low > 0)
    return None, UNDECIDED


def _confirmed(kind: str, by_order: bool) -> tuple[str | None, str | None]:
    return (kind, None) if by_order else (None, SCALE_END)
