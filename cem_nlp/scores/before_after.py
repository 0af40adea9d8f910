"""Difference in differences: did a score change more where something was done than where nothing was?

Change = score after − score before; effect = change of the touched cell − change of the untouched ones over
the same weeks, so that whatever moves all of them alike cancels (Card and Krueger 1994). Within an arm only
strata (brand, category, source, kind of feedback) with opinions on both sides are compared, weighed as Mantel
and Haenszel do: more complaints after the start move nothing.

Ranges are closed forms (`differences`: Wilson's for each side, put together by MOVER), for independent
opinions. Opinions by one customer resemble each other, and so do those of one week: shocks that hit a cell
for a week are what makes simple ranges of such comparisons too narrow (Bertrand, Duflo and Mullainathan 2004,
"How much should we trust differences-in-differences estimates?"). Both correlations are measured on all arms
together, and their variances add up (two-way clustering: Cameron, Gelbach and Miller 2011).
`benchmarks/loop_false_alarms.py` shows how often an effect is seen where there is none.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.scores.cells import correlation_within_customers, count_cells
from cem_nlp.scores.differences import Ranged, difference_of, score_of
from cem_nlp.scores.intervals import Numbers
from cem_nlp.scores.stratified import Grid, Standing, grid_of, stratified_shares

BEFORE: Final = "before"
AFTER: Final = "after"

_ALIKE: Final = ("arm", "source", "kind", "month", "brand")


@dataclass(frozen=True, slots=True)
class Change:
    """One arm before and after, 0–10, and the change, −10–10; values with their ranges, NaN if unknown.

    `n_before` and `n_after` opinions were compared.
    """

    n_before: int
    n_after: int
    before: tuple[float, float, float]
    after: tuple[float, float, float]
    change: tuple[float, float, float]


def changes(mentions: pd.DataFrame, confidence: float) -> dict[str, Change]:
    """Return the change of each arm. `mentions` are those of `cells.mentions_of` with source and kind, and

    - `arm`: the arm's name,
    - `period`: 'before' or 'after',
    - `stratum`: number of the brand and category,
    - `week`: number of the week.
    """
    # To the grid a period is what a brand is elsewhere: a side to be held against the other.
    sides = mentions.assign(
        brand=pd.Categorical(mentions["period"], [BEFORE, AFTER]), month=mentions["stratum"]
    )
    if set(sides["brand"]) != {BEFORE, AFTER}:
        return {}
    by_week = sides.assign(customer=sides["week"]).sort_values(["customer", "comment"], kind="stable")
    grids = [grid_of(rows, ["arm"]) for rows in (sides, by_week)]
    correlations = [correlation_within_customers(count_cells(rows, _ALIKE)) for rows in (sides, by_week)]
    before, after = _standings(grids, correlations)
    found = difference_of(
        score_of(after.shares, after.effective_n), score_of(before.shares, before.effective_n), confidence
    )
    return {
        str(arm): Change(
            n_before=int(before.n[number]),
            n_after=int(after.n[number]),
            before=_at(found.rival, number),
            after=_at(found.own, number),
            change=_at(found.difference, number),
        )
        for number, arm in enumerate(grids[0].labels["arm"])
    }


def effect_of(touched: Change, untouched: Change) -> tuple[float, float, float]:
    """Return the change of the touched arm less that of the untouched one, with its range (MOVER)."""
    (own, own_low, own_high), (other, other_low, other_high) = touched.change, untouched.change
    effect = own - other
    low = effect - float(np.hypot(own - own_low, other_high - other))
    high = effect + float(np.hypot(own_high - own, other - other_low))
    return effect, low, high


def _standings(grids: list[Grid], correlations: list[float]) -> tuple[Standing, Standing]:
    """Return before and after; the variance is that of customers and weeks together."""
    by_customer, by_week, alone = (
        stratified_shares(grid.side([BEFORE]), grid.side([AFTER]), correlation)
        for grid, correlation in ((grids[0], correlations[0]), (grids[1], correlations[1]), (grids[0], 0.0))
    )
    before, after = (
        Standing(one.shares, one.n, one.covered, _together(one, other, single))
        for one, other, single in zip(by_customer, by_week, alone, strict=True)
    )
    return before, after


def _together(by_customer: Standing, by_week: Standing, alone: Standing) -> Numbers:
    inverse = [_inverse(part.effective_n) for part in (by_customer, by_week, alone)]
    return _inverse(inverse[0] + inverse[1] - inverse[2])


def _inverse(values: Numbers) -> Numbers:
    found: Numbers = np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)
    return found


def _at(ranged: Ranged, number: int) -> tuple[float, float, float]:
    value, low, high = (float(part[number]) for part in ranged)
    return value, low, high
