"""How far the probabilities of opinions can be trusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

_BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """A row of the reliability table: opinions whose probability lies in [low, high), how likely and how
    often right.
    """

    low: float
    high: float
    opinions: int
    probability: float
    right: float


def reliability_table(opinions: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Return a row for each tenth of the probabilities; `opinions` are (probability, whether right)."""
    bins = []
    for number in range(_BINS):
        low, high = number / _BINS, (number + 1) / _BINS
        inside = [pair for pair in opinions if low <= pair[0] < high or (pair[0] == 1 == high)]
        if inside:
            probability, right = np.mean(np.array(inside, np.float64), axis=0)
            bins.append(Bin(low, high, len(inside), float(probability), float(right)))
    return tuple(bins)


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """Return the mean distance of probability and share right, weighted by opinions; nan without any."""
    total = sum(row.opinions for row in bins)
    if not total:
        return float("nan")
    return sum(row.opinions * abs(row.probability - row.right) for row in bins) / total
