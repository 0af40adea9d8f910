"""Ranges and p-values of differences between two net scores, from shares and independent mentions.

Newcombe's hybrid score method (Newcombe 1998, "Interval estimation for the difference between independent
proportions", method 10) puts the range of a difference together from those of its two sides; Zou and Donner
(2008) call it MOVER and carry it over to other parameters. Each side's range is Wilson's, for as many answers
as would give a share of the same mean the variance of the three-valued score. The p-value is the level at
which the range just touches 0, so that the two never contradict each other.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy.stats import norm

from cem_nlp.scores.intervals import JEFFREYS, SCALE, Numbers

Ranged: TypeAlias = tuple[Numbers, Numbers, Numbers]
"""Values and the lower and upper ends of their ranges."""

_HALVINGS = 60
"""Steps of the search for the level: beyond the precision of the numbers."""
_FURTHEST = 40.0
"""Standard errors beyond which a p-value is 0 in double precision."""
_POINTS = np.array([1.0, 0.5, 0.0])
"""What positive, neutral and negative contribute to a score of 0–1."""


@dataclass(frozen=True, slots=True)
class Score:
    """Mean scores 0–1 and the number of yes-or-no answers that would be as sure."""

    mean: Numbers
    answers: Numbers

    def ends(self, z: Numbers | float) -> tuple[Numbers, Numbers]:
        """Return Wilson's range (Wilson 1927) at `z` standard errors."""
        spread = z * z / self.answers
        centre = (self.mean + spread / 2) / (1 + spread)
        half = np.sqrt(spread * (self.mean * (1 - self.mean) + spread / 4)) / (1 + spread)
        return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)

    def ranged(self, z: float) -> Ranged:
        """Return the scores on the scale of net scores, with Wilson's range."""
        low, high = self.ends(z)
        return SCALE * self.mean, SCALE * low, SCALE * high


@dataclass(frozen=True, slots=True)
class Difference:
    """Net scores of two sides (0–10) and own − rival (−10–10), each with the ends of its range, and the
    p-value: how probable a difference at least as large is where there is none.
    """

    own: Ranged
    rival: Ranged
    difference: Ranged
    p_value: Numbers


def score_of(shares: Numbers, effective_n: Numbers) -> Score:
    """Return the score of shares (cells × positive, neutral, negative) that rest on `effective_n` mentions.

    The variance is that of the shares with Jeffreys' half mention of each polarity, so that a few mentions
    without dissent are not taken for certainty.
    """
    drawn = shares * effective_n[:, np.newaxis] + JEFFREYS
    drawn = drawn / drawn.sum(axis=1, keepdims=True)
    mean = drawn @ _POINTS
    variance = drawn @ _POINTS**2 - mean**2
    return Score(np.clip(shares @ _POINTS, 0.0, 1.0), effective_n * mean * (1 - mean) / variance)


def difference_of(own: Score, rival: Score, confidence: float) -> Difference:
    """Return scores and difference on the scale of net scores; NaN where a side has none."""
    z = float(norm.isf((1 - confidence) / 2))
    difference = own.mean - rival.mean
    below, above = _reach(own, rival, z)
    ends = (SCALE * difference, SCALE * (difference - below), SCALE * (difference + above))
    return Difference(own.ranged(z), rival.ranged(z), ends, _p_value(own, rival))


def _reach(own: Score, rival: Score, z: Numbers | float) -> tuple[Numbers, Numbers]:
    """Return how far the range of own − rival reaches below and above the difference."""
    own_low, own_high = own.ends(z)
    rival_low, rival_high = rival.ends(z)
    below: Numbers = np.hypot(own.mean - own_low, rival_high - rival.mean)
    above: Numbers = np.hypot(own_high - own.mean, rival.mean - rival_low)
    return below, above


def _p_value(own: Score, rival: Score) -> Numbers:
    """Return the two-sided level at which the range ends at 0, found by halving."""
    difference = own.mean - rival.mean
    low, high = np.zeros_like(difference), np.full_like(difference, _FURTHEST)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below, above = _reach(own, rival, middle)
        excluded = np.where(difference > 0, difference > below, -difference > above)
        low, high = np.where(excluded, middle, low), np.where(excluded, high, middle)
    return np.where(np.isnan(difference), np.nan, 2 * norm.sf(low))
