"""Whether the newest points of many series have left what is usual in them.

The memory is an exponentially weighted moving average (Roberts 1959) of the points since the reference, each
weighted by its precision too. How unlikely its distance from the reference is comes from the distribution
with the average's variance and skewness, judged by Student's t because the variance is an estimate.
`benchmarks/alerts.py` measures false alarms and what is found.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import gamma, norm, t

from cem_nlp.scores.intervals import Numbers
from cem_nlp.scores.reference import TINY, Flags, Integers, Law, Observed, Pace, Usual, usual

FEWEST_ANSWERS: Final = 3.0
"""Independent answers (counts: comments) an average point of the reference needs, and the whole memory: with
fewer, a shift by a whole standard deviation of the answers is hardly ever found (`benchmarks/alerts.py`)."""

POWER: Final = 0.8
"""How often a shift of the size called detectable is found."""

_RAREST: Final = 1e-300
_STRAIGHT: Final = 0.01
"""Skewness below which a distribution is as good as normal."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One value per series for the newest point: what was usual, what is now, and how unlikely that is.

    `p_value` is two-sided, NaN where the series is not watched: too thin, or too new. `before` and `after`
    are means with standard errors; `after` covers the points from number `since` on, the likeliest start.
    `detectable` is the smallest lasting shift found in 80 of 100 cases.
    """

    p_value: Numbers
    fallen: Flags
    before: Numbers
    error_before: Numbers
    after: Numbers
    error_after: Numbers
    since: Integers
    detectable: Numbers


def judge(seen: Observed, law: Law, pace: Pace, allowance: Numbers, newest: int, alarm: float) -> Judged:
    """Judge the point number `newest` of every series against its past.

    `allowance` holds for each point the standard deviation that an event adds to all its points together, on
    the measure's scale or relative to its mean (`Law.relative`), 0 on ordinary days. `alarm` is the p-value
    from which a shift counts as found.
    """
    start = newest - pace.memory + 1
    if start < pace.fewest:
        return _unwatched(len(seen.mean))
    past, recent = slice(max(0, start - pace.reference), start), slice(start, newest + 1)
    was = usual(seen.part(past), law, pace, allowance[past] == 0, past.start)
    now = seen.part(recent)
    expected = was.mean[:, None] + was.pattern[:, np.arange(start, newest + 1) % pace.season]
    precision = was.precision(now.answers)
    residual = np.where(precision > 0, now.mean - expected, 0.0)
    weight = precision * (1 - pace.smoothing) ** np.arange(pace.memory)[::-1]
    total = np.maximum(weight.sum(axis=1), TINY)
    change = (residual * weight).sum(axis=1) / total
    variance, skewness = _chance(was, law, now.answers, weight / total[:, None], allowance[recent])
    heard = was.answers if law.bounded else was.mean * was.points
    watched = (
        (was.points >= pace.fewest) & (heard >= FEWEST_ANSWERS * was.points) & (precision.sum(axis=1) > 0)
    )
    if law.bounded:
        watched &= now.answers.sum(axis=1) >= FEWEST_ANSWERS
    since, after, error = _segment(residual, precision, np.sign(change))
    return Judged(
        p_value=np.where(watched, _p_value(change, variance, skewness, was.points), np.nan),
        fallen=change < 0,
        before=was.mean,
        error_before=was.error,
        after=was.mean + after,
        error_after=error,
        since=since + start,
        detectable=_detectable(variance, pace, alarm),
    )


def _chance(
    was: Usual, law: Law, answers: Numbers, share: Numbers, allowance: Numbers
) -> tuple[Numbers, Numbers]:
    """Return variance and skewness of the average around the reference; `share` is a point's part in it.

    The third cumulant of a point is that of the beta-binomial distribution (counts: negative binomial) with
    small τ², by the law of total cumulance.
    """
    n = np.maximum(answers, TINY)
    unit, excess = was.unit[:, None], was.excess[:, None]
    variance = (np.square(share) * (unit / n + excess)).sum(axis=1)
    lean = 1 - 2 * was.mean if law.bounded else np.ones_like(was.mean)
    cumulants = share**3 * (unit / n**2 + 3 * excess / n + 2 * excess**2 / unit)
    event = (share @ allowance) * (was.mean if law.relative else 1.0)
    variance = variance + np.square(was.error) + was.drift + np.square(event)
    return variance, lean * cumulants.sum(axis=1) / variance**1.5


def _p_value(change: Numbers, variance: Numbers, skewness: Numbers, points: Numbers) -> Numbers:
    """Return the two-sided p-value of an average that lies `change` away from the mean.

    Pearson's type III distribution, a shifted gamma, has the average's first three moments.
    """
    distance = change / np.sqrt(variance)
    straight = np.abs(skewness) < _STRAIGHT
    skewness = np.where(straight, _STRAIGHT, skewness)
    form = 4 / np.square(skewness)
    place = np.maximum(form + np.sign(skewness) * distance * np.sqrt(form), 0.0)
    upper = np.sign(skewness) * distance > 0
    leaning = np.where(upper, gamma.sf(place, form), gamma.cdf(place, form))
    tail = np.where(straight, norm.sf(np.abs(distance)), leaning)
    return np.asarray(2 * t.sf(norm.isf(np.clip(tail, _RAREST, 0.5)), np.maximum(points - 1, 1)))


def _segment(residual: Numbers, precision: Numbers, direction: Numbers) -> tuple[Integers, Numbers, Numbers]:
    """Return the start that tells the change best, the mean change since then, and its standard error."""
    sums = np.cumsum((residual * precision)[:, ::-1], axis=1)[:, ::-1]
    weights = np.maximum(np.cumsum(precision[:, ::-1], axis=1)[:, ::-1], TINY)
    since = np.argmax(direction[:, None] * sums / np.sqrt(weights), axis=1)
    rows = np.arange(len(since))
    chosen = weights[rows, since]
    return since, sums[rows, since] / chosen, np.sqrt(1 / chosen)


def _detectable(variance: Numbers, pace: Pace, alarm: float) -> Numbers:
    """Return the size of a shift of `pace.shock` points that has lifted the average enough by its last."""
    gain = 1 - (1 - pace.smoothing) ** pace.shock
    return np.asarray((norm.isf(alarm / 2) + norm.ppf(POWER)) * np.sqrt(variance) / gain)


def _unwatched(series: int) -> Judged:
    nothing, since = np.full(series, np.nan), np.zeros(series, dtype=np.int64)
    return Judged(nothing, since > 0, nothing, nothing, nothing, nothing, since, nothing)
