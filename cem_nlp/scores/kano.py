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
like a must-be. An asymmetry therefore counts only if it is larger than the ends of the scale alone would make
it of an equally strong reward and penalty.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import norm

from cem_nlp.scores.intervals import SCALE, Numbers

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
    """What the rating of one category's speakers shows.

    `reward` is what praise adds (points), `penalty` what blame adds (below 0 where it costs), `asymmetry`
    their sum, `impact` reward − penalty. `reward_left` is TWICE × reward + penalty and `penalty_left`
    −(TWICE × penalty + reward): above 0 where that side is at least half as strong as the other.
    `elsewhere` is the mean rating of these comments without this category's part, `deviation` the spread of
    ratings around what is expected.
    """

    reward: Range
    penalty: Range
    asymmetry: Range
    impact: Range
    reward_left: Range
    penalty_left: Range
    elsewhere: float
    deviation: float


def kano_type(contrast: Contrast) -> tuple[str | None, str | None]:
    """Return the type, or None and why there is none: undecided or scale_end."""
    reward, penalty = contrast.reward, contrast.penalty
    rewarding, costly = reward.low > 0, penalty.high < 0
    if reward.within(NEGLIGIBLE) and penalty.within(NEGLIGIBLE):
        return INDIFFERENT, None
    if rewarding and costly and contrast.reward_left.low > 0 and contrast.penalty_left.low > 0:
        return PERFORMANCE, None
    if contrast.impact.low <= 0:
        return None, UNDECIDED
    if costly and contrast.asymmetry.high < 0:
        return _unless_scale_ends(MUST_BE, contrast.asymmetry.high < _forced(contrast, -penalty.value))
    if rewarding and contrast.asymmetry.low > 0:
        return _unless_scale_ends(ATTRACTIVE, contrast.asymmetry.low > _forced(contrast, reward.value))
    return None, UNDECIDED


def _unless_scale_ends(kind: str, beyond: bool) -> tuple[str | None, str | None]:
    return (kind, None) if beyond else (None, SCALE_END)


def _forced(contrast: Contrast, strength: float) -> float:
    """Return the asymmetry that the ends of the scale make of a reward and a penalty of equal strength."""
    middle = contrast.elsewhere
    ends = np.array([middle - strength, middle, middle + strength])
    blamed, neither, praised = _cut(ends, max(contrast.deviation, 1e-9))
    return float(praised + blamed - 2 * neither)


def _cut(mean: Numbers, deviation: float) -> Numbers:
    """Return the means of normal ratings once they are cut at both ends of the scale."""
    low, high = (0 - mean) / deviation, (SCALE - mean) / deviation
    inside = mean * (norm.cdf(high) - norm.cdf(low)) - deviation * (norm.pdf(high) - norm.pdf(low))
    cut: Numbers = inside + SCALE * norm.sf(high)
    return cut
