"""Two sides of a market held against each other in every cell of a grid, only where both have mentions.

A stratum is one source, kind of feedback and month. Weighing strata as Mantel and Haenszel do, by
n₁n₂ / (n₁ + n₂) (Mantel and Haenszel 1959, "Statistical aspects of the analysis of data from retrospective
studies"; for differences Greenland and Robins 1985), compares like with like: a stratum in which one side is
silent has no weight, and more complaints of one side alone move nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.scores.cells import (
    HALF_POINTS,
    Integers,
    cell_numbers,
    correlation_within_customers,
    count_cells,
)
from cem_nlp.scores.intervals import Numbers
from cem_nlp.vocabulary import POLARITIES

STRATA: Final = ("source", "kind", "month")
"""What both sides must share to be compared."""


@dataclass(frozen=True, slots=True)
class Side:
    """The mentions of one or several brands in every cell and stratum of a grid.

    `counts` is cells × strata × polarities. The other arrays have one entry for each customer of a brand in a
    cell and stratum, those of one customer in one cell side by side: `cell`, `stratum`, the number of
    `mentions`, and in `first` the positions where a customer begins.
    """

    counts: Numbers
    cell: Integers
    stratum: Integers
    mentions: Numbers
    first: Integers


@dataclass(frozen=True, slots=True)
class Grid:
    """All mentions counted per brand, cell, customer and stratum.

    `labels` names the cells, `brands` the brands in the order of their numbers. `rows` has one line for each
    brand, cell, customer and stratum, these four numbers in that order; `said` counts each line's polarities.
    `correlation` is ρ within customers.
    """

    labels: pd.DataFrame
    brands: pd.Index
    rows: Integers
    said: Numbers
    n_strata: int
    correlation: float

    def side(self, brands: Collection[str]) -> Side:
        """Return the mentions of these brands together; a customer of two brands counts as two."""
        chosen = np.isin(self.rows[:, 0], np.flatnonzero(self.brands.isin(list(brands))))
        rows, said = self.rows[chosen], self.said[chosen]
        _, cell, _, stratum = rows.T
        shape = (len(self.labels), self.n_strata, len(POLARITIES))
        place = cell * self.n_strata + stratum
        counts = [np.bincount(place, column, shape[0] * shape[1]) for column in said.T]
        new = np.ones(len(rows), dtype=np.bool_)
        new[1:] = (rows[1:, :3] != rows[:-1, :3]).any(axis=1)
        return Side(
            np.stack(counts, axis=-1).astype(np.float64).reshape(shape),
            cell,
            stratum,
            said.sum(axis=1),
            np.flatnonzero(new),
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """One side's standing per cell, over the strata both share and as if both had the same mix of them.

    `shares` is cells × polarities, NaN in a cell without a shared stratum; `n` mentions were compared,
    `covered` is their share of all of the side's mentions in the cell, and `effective_n` how many independent
    mentions they are worth.
    """

    shares: Numbers
    n: Numbers
    covered: Numbers
    effective_n: Numbers


def grid_of(mentions: pd.DataFrame, grain: Sequence[str]) -> Grid:
    """Return the mentions (`cells.mentions_of`, with `source` among the dimensions) counted for `grain`.

    Mentions without a value in one of the grain's dimensions do not count.
    """
    if grain:
        mentions = mentions.dropna(subset=list(grain))
    brand = mentions["brand"].cat
    numbers = {
        "brand": brand.codes.to_numpy(np.int64),
        "cell": cell_numbers(mentions, grain),
        "customer": mentions["customer"].to_numpy(),
        "stratum": cell_numbers(mentions, STRATA),
    }
    worth = mentions["half_points"].to_numpy()
    said = {name: worth == HALF_POINTS[name] for name in POLARITIES}
    counted = pd.DataFrame(numbers | said).groupby(list(numbers))[list(POLARITIES)].sum()
    # Two complaints of a customer agree because complaints do: ρ is measured within strata.
    alike = count_cells(mentions, (*grain, *STRATA))
    return Grid(
        labels=count_cells(mentions, grain)[list(grain)],
        brands=brand.categories,
        rows=counted.index.to_frame().to_numpy(np.int64),
        said=counted.to_numpy(np.float64),
        n_strata=int(numbers["stratum"].max(initial=-1)) + 1,
        correlation=correlation_within_customers(alike) if len(alike) else 1.0,
    )


def stratified_shares(own: Side, rival: Side, correlation: float) -> tuple[Standing, Standing]:
    """Return both sides' standings; the difference of their scores is the Mantel–Haenszel difference."""
    n_own, n_rival = own.counts.sum(axis=-1), rival.counts.sum(axis=-1)
    weight = mantel_haenszel_weights(n_own, n_rival)
    return _standing(own, n_own, weight, correlation), _standing(rival, n_rival, weight, correlation)


def mantel_haenszel_weights(n_own: Numbers, n_rival: Numbers) -> Numbers:
    """Return each stratum's weight (last axis), in sum 1; NaN where no stratum has mentions of both sides."""
    both = n_own * n_rival
    weight = np.divide(both, n_own + n_rival, out=np.zeros_like(both), where=both > 0)
    total = weight.sum(axis=-1, keepdims=True)
    found: Numbers = np.divide(weight, total, out=np.full_like(weight, np.nan), where=total > 0)
    return found


def _standing(side: Side, n: Numbers, weight: Numbers, correlation: float) -> Standing:
    per_mention = np.divide(weight, n, out=np.zeros_like(n), where=n > 0)
    compared = np.where(weight > 0, n, 0.0).sum(axis=-1)
    total = n.sum(axis=-1)
    covered = np.divide(compared, total, out=np.zeros_like(total), where=total > 0)
    shares = (side.counts * per_mention[..., np.newaxis]).sum(axis=1)
    shares[np.isnan(weight).any(axis=1)] = np.nan
    return Standing(shares, compared, covered, _effective_mentions(side, per_mention, correlation))


def _effective_mentions(side: Side, per_mention: Numbers, correlation: float) -> Numbers:
    """Return 1 / Σ over customers of (1 − ρ) Σ u² + ρ (Σ u)², u being the weight of each mention.

    That is the variance of the weighted mean, in units of a single mention's, where two mentions by one
    customer correlate at ρ in whatever strata they are; with equal weights it is Kish's design effect.
    """
    u = per_mention[side.cell, side.stratum]
    n_cells = len(per_mention)
    alone = np.bincount(side.cell, u * u * side.mentions, n_cells)
    of_customer = np.add.reduceat(u * side.mentions, side.first) if len(u) else u
    together = np.bincount(side.cell[side.first], of_customer**2, n_cells)
    variance = (1 - correlation) * alone + correlation * together
    found: Numbers = np.divide(1.0, variance, out=np.zeros_like(variance), where=variance > 0)
    return found
