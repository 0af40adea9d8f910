"""What is usual in many series at once, told from each series' own past.

A point's mean (of experience, of a share, or a count) varies around the series' mean with variance
σ²/n + τ²: by the n independent answers it rests on, and by more than that from point to point. For shares
that is the variance of the beta-binomial distribution, for counts that of the negative binomial. τ² comes
from the series' past by moments (as DerSimonian and Laird 1986 take it between studies); a short past leans
on the other series of the run. Series also drift: how far a stretch of points lies from all before it, beyond
chance, is measured on the past itself.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from cem_nlp.scores.intervals import JEFFREYS, Numbers

Flags: TypeAlias = npt.NDArray[np.bool_]
Integers: TypeAlias = npt.NDArray[np.int64]

TINY: Final = 1e-12
"""Keeps divisions by nothing finite; their results are never used."""

_BORROWED_POINTS: Final = 20.0
"""Points of its own past that the other series' excess variance is worth. A convention: below about twenty
points a measured variance is off by a third and more."""
_BORROWED_STRETCHES: Final = 12.0
"""The same for drift, of which a series' own past holds a handful of stretches only."""
_FIRST_STRETCHES: Final = 2
"""Stretches that have to lie before one whose drift is measured."""
_OUTLIER: Final = 9.0
"""Squared standard errors a stretch counts for at most: a shift in the past, three and more standard errors,
is no drift and would hide the next one."""
_EDGE: Final = 1e-4
"""Means of 0–1 keep this distance from the ends, where no distribution is left."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a series is watched, in points: days or weeks.

    `reference` points before the `memory` tell what is usual, at least `fewest` of them filled; after
    `half_life` points one tells half as much. `smoothing` is the weight of the newest point in the moving
    average; `season` is the length of a regular pattern (1 for none), and `shock` the length of the shift
    whose detectable size is given.
    """

    name: str
    days: int
    reference: int
    half_life: int
    memory: int
    fewest: int
    smoothing: float
    season: int
    shock: int

    @property
    def per_year(self) -> float:
        """Points in a year."""
        return 365.25 / self.days


DAILY: Final = Pace("daily", 1, 84, 28, 14, 28, 0.25, 7, 5)
"""Twelve weeks tell a weekday pattern and are still one season of the year. A smoothing of a quarter keeps
nine tenths of what an average over exactly the right five days would see, and more where the length is
another (Lucas and Saccucci 1990, "Exponentially weighted moving average control schemes")."""
WEEKLY: Final = Pace("weekly", 7, 26, 13, 4, 10, 0.5, 1, 2)


@dataclass(frozen=True, slots=True)
class Law:
    """How a measure varies.

    `prior` is Jeffreys' prior: answers, their sum, and the sum of their squares. `season_prior` is how many
    answers the guess of no weekday pattern is worth. `bounded` tells a mean of 0–1 from a count; what events
    allow a `relative` measure is in multiples of its mean.
    """

    name: str
    prior: tuple[float, float, float]
    season_prior: float
    bounded: bool
    relative: bool


EXPERIENCE: Final = Law("experience", (3 * JEFFREYS, 1.5 * JEFFREYS, 1.25 * JEFFREYS), 100.0, True, False)
SHARE: Final = Law("share", (2 * JEFFREYS, JEFFREYS, JEFFREYS), 100.0, True, True)
VOLUME: Final = Law("volume", (0.0, JEFFREYS, JEFFREYS), 4.0, False, True)


@dataclass(frozen=True, slots=True)
class Observed:
    """Series × points: the mean of each point, the mean of its squared answers, and its independent answers.

    A point nobody filled has 0 answers; its means are ignored. A count is a mean of one answer.
    """

    mean: Numbers
    square: Numbers
    answers: Numbers

    def part(self, points: slice) -> "Observed":
        """Return some points of all series."""
        return Observed(self.mean[:, points], self.square[:, points], self.answers[:, points])


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual in each series: the mean with its standard error, σ² (`unit`), τ² (`excess`), the
    variance of its `drift`, the filled `points` this rests on, their answers, and each season's deviation.
    """

    mean: Numbers
    error: Numbers
    unit: Numbers
    excess: Numbers
    drift: Numbers
    points: Numbers
    answers: Numbers
    pattern: Numbers

    def precision(self, answers: Numbers) -> Numbers:
        """Return 1 / (σ²/n + τ²) of points with so many answers, 0 where there are none."""
        return precision(answers, self.unit, self.excess)


def precision(answers: Numbers, unit: Numbers, excess: Numbers) -> Numbers:
    """Return 1 / (σ²/n + τ²), 0 where there are no answers."""
    return np.asarray(answers / (unit[:, None] + answers * excess[:, None]))


def usual(past: Observed, law: Law, pace: Pace, ordinary: Flags, first: int) -> Usual:
    """Return what is usual from the points of the past, of which the first has number `first`.

    Points that are not `ordinary` count only where too few others remain.
    """
    enough = (past.answers[:, ordinary] > 0).sum(axis=1) >= pace.fewest
    answers = np.where(enough[:, None] & ~ordinary, 0.0, past.answers)
    filled = answers > 0
    points = filled.sum(axis=1).astype(np.float64)
    mean, unit = _moments(past, answers, law, points)
    seasons = (first + np.arange(answers.shape[1])) % pace.season
    residual = np.where(filled, past.mean - mean[:, None], 0.0)
    pattern = _pattern(residual, answers, seasons, pace.season, law.season_prior)
    residual = np.where(filled, residual - pattern[:, seasons], 0.0)
    # Series of one kind differ in their means: shares in σ², counts in their squares, share one excess.
    size = unit if law.bounded else np.square(mean)
    held = answers.sum(axis=1)
    # A season fitted in full costs a point; one that is mostly the prior's guess costs little.
    spent = 1 + (pace.season - 1) * held / (held + pace.season * law.season_prior)
    excess = _excess(residual, answers, unit, size, spent)
    weight = precision(answers, unit, excess)
    drift = _drift(residual, weight, size, pace.memory)
    fading = 0.5 ** (np.arange(answers.shape[1])[::-1] / pace.half_life)
    total = np.maximum(weight @ fading, TINY)
    mean = mean + (residual * weight) @ fading / total
    mean = np.clip(mean, _EDGE, 1 - _EDGE) if law.bounded else np.maximum(mean, _EDGE)
    error = np.sqrt(weight @ np.square(fading)) / total
    return Usual(mean, error, unit, excess, drift, points, held, pattern)


def _moments(past: Observed, answers: Numbers, law: Law, points: Numbers) -> tuple[Numbers, Numbers]:
    """Return mean and σ²; a count's σ² is its mean, as Poisson's law has it."""
    n, total, squares = law.prior
    count = np.maximum(answers.sum(axis=1) + n, TINY)
    mean = (np.where(answers > 0, past.mean * answers, 0.0).sum(axis=1) + total) / count
    if not law.bounded:
        return mean, mean
    second = (np.where(answers > 0, past.square * answers, 0.0).sum(axis=1) + squares) / count
    return mean, np.maximum(second - mean**2, TINY)


def _pattern(residual: Numbers, answers: Numbers, seasons: Integers, length: int, prior: float) -> Numbers:
    """Return each season's deviation from the mean, shrunk towards none."""
    pattern = np.zeros((len(residual), length))
    if length > 1:
        for season in range(length):
            chosen = seasons == season
            total = (residual[:, chosen] * answers[:, chosen]).sum(axis=1)
            pattern[:, season] = total / (answers[:, chosen].sum(axis=1) + prior)
    return pattern


def _excess(residual: Numbers, answers: Numbers, unit: Numbers, size: Numbers, spent: Numbers) -> Numbers:
    """Return τ² of each series, leaning on the other series' where its past is short.

    `spent` is the number of points that fitting mean and pattern costs.
    """
    total = np.maximum(answers.sum(axis=1), TINY)
    points = (answers > 0).sum(axis=1)
    fitted = points / np.maximum(points - spent, 1.0)
    varied = fitted * (np.square(residual) * answers).sum(axis=1) / total
    own = (varied - unit * points / total) / size
    known = points > spent
    borrowed = np.mean(own[known]) if known.any() else 0.0
    blended = (points * own + _BORROWED_POINTS * borrowed) / (points + _BORROWED_POINTS)
    return np.asarray(size * np.maximum(blended, 0.0))


def _drift(residual: Numbers, weight: Numbers, size: Numbers, length: int) -> Numbers:
    """Return the variance of a stretch of `length` points around all points before it, beyond chance.

    Stretches weigh by how exactly they tell it, so that those of rich series say it for the thin ones.
    """
    number = residual.shape[1] // length
    used = number * length
    shape = (len(residual), number, length)
    sums = (residual * weight)[:, -used:].reshape(shape).sum(axis=2)
    weights = weight[:, -used:].reshape(shape).sum(axis=2)
    earlier = np.maximum(np.cumsum(weights, axis=1)[:, :-1], TINY)
    before = np.cumsum(sums, axis=1)[:, :-1] / earlier
    chance = 1 / earlier + 1 / np.maximum(weights[:, 1:], TINY)
    distance = np.square(sums[:, 1:] / np.maximum(weights[:, 1:], TINY) - before)
    excess = (np.minimum(distance, _OUTLIER * chance) - chance) / size[:, None]
    trust = np.where(weights[:, 1:] > 0, np.square(size[:, None] / chance), 0.0)
    excess, trust = excess[:, _FIRST_STRETCHES - 1 :], trust[:, _FIRST_STRETCHES - 1 :]
    pooled = (excess * trust).sum() / max(trust.sum(), TINY)
    own = (excess * trust).sum(axis=1) / np.maximum(trust.sum(axis=1), TINY)
    stretches = (trust > 0).sum(axis=1)
    blended = (stretches * own + _BORROWED_STRETCHES * pooled) / (stretches + _BORROWED_STRETCHES)
    return np.asarray(size * np.maximum(blended, 0.0))
