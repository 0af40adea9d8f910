"""Ranges of shares and net scores from counts.

Both ranges are equal-tailed posterior intervals under Jeffreys' prior, half a mention for each possible
answer (Jeffreys 1946; for shares Brown, Cai and DasGupta 2001, "Interval estimation for a binomial
proportion", whose rule for the ends is kept: a range never excludes the observed value).
`benchmarks/interval_coverage.py` shows how often they hold the truth. Counts may be fractions: mentions
discounted for dependence are no whole numbers.
"""

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.stats import beta

Numbers: TypeAlias = npt.NDArray[np.float64]

JEFFREYS: Final = 0.5
DEVIATIONS: Final = 1.96
"""Standard deviations either side that hold 95 % of a normal distribution."""
SCALE: Final = 10.0
"""Experience scores run from 0 to 10."""


def net_score(positive: Numbers, neutral: Numbers, negative: Numbers) -> Numbers:
    """Return 10 × (positive + neutral / 2) / all, 0–10; NaN where nothing was counted."""
    total = np.asarray(positive + neutral + negative, dtype=np.float64)
    points = np.asarray(positive + neutral / 2, dtype=np.float64)
    return SCALE * np.divide(points, total, out=np.full_like(total, np.nan), where=total > 0)


def net_score_range(
    positive: Numbers, neutral: Numbers, negative: Numbers, confidence: float = 0.95
) -> tuple[Numbers, Numbers]:
    """Return the lower and upper end of the range of `net_score`, 0–10.

    The three shares have a Dirichlet posterior; their weighted sum is a number between 0 and 1 whose mean and
    variance are exact and whose shape is taken as the Beta distribution with that mean and variance.
    """
    a, b, c = positive + JEFFREYS, neutral + JEFFREYS, negative + JEFFREYS
    total = a + b + c
    mean = (a + b / 2) / total
    variance = ((a + b / 4) / total - mean**2) / (total + 1)
    weight = mean * (1 - mean) / variance - 1
    tail = (1 - confidence) / 2
    low = SCALE * beta.ppf(tail, mean * weight, (1 - mean) * weight)
    high = SCALE * beta.isf(tail, mean * weight, (1 - mean) * weight)
    observed = net_score(positive, neutral, negative)
    return np.fmin(low, observed), np.fmax(high, observed)


def share_range(part: Numbers, whole: Numbers, confidence: float = 0.95) -> tuple[Numbers, Numbers]:
    """Return the lower and upper end of the range of the share `part` / `whole`, 0–1; 0 to 1 for no count."""
    tail = (1 - confidence) / 2
    low = beta.ppf(tail, part + JEFFREYS, whole - part + JEFFREYS)
    high = beta.isf(tail, part + JEFFREYS, whole - part + JEFFREYS)
    return np.where(part <= 0, 0.0, low), np.where(part >= whole, 1.0, high)
