"""Counts put together in a fixed mix of kinds, channels and sources, whatever came in most.

Post-stratification (Holt and Smith 1979, "Post stratification"): within a cell, every stratum weighs what the
mix says, not how often it spoke, so that more complaints make the complaints' part surer but not larger. A
stratum that is absent from a cell cannot be guessed: the others keep their proportions and the share of the
mix that they cover is reported. Unequal weights cost precision: n mentions with weights w are worth
(Σw)² / Σw² (Kish 1965, "Survey Sampling").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.config import Mix
from cem_nlp.scores.cells import Integers, cell_numbers
from cem_nlp.scores.intervals import Numbers
from cem_nlp.vocabulary import POLARITIES

_COLUMNS: Final = {"kinds": "kind", "channels": "channel", "sources": "source"}
"""Dimensions of the configuration and the columns of `feedback` they speak of."""
_TINY: Final = np.finfo(np.float64).tiny
"""Stands in for a sum of zero that divides zero."""


@dataclass(frozen=True, slots=True)
class Strata:
    """The share of each stratum in the mix (they sum to 1), and each comment's stratum, −1 outside it."""

    shares: Numbers
    of_comment: Integers


@dataclass(frozen=True, slots=True)
class Blend:
    """Counts in the proportions of the mix, cells × columns, which sum to the mentions they are worth; and
    the share of the mix that each cell covers, 0–1. A cell without anything in the mix has zeros.
    """

    counts: Numbers
    covered: Numbers


def strata_of(comments: pd.DataFrame, mix: Mix | None) -> Strata:
    """Return the strata of comments, which need the columns that the mix speaks of; one stratum without."""
    given = {_COLUMNS[name]: shares for name, shares in (mix or ()) if shares}
    names = list(product(*given.values()))
    shares = np.array([np.prod([given[c][v] for c, v in zip(given, row, strict=True)]) for row in names])
    number = np.zeros(len(comments), dtype=np.int64)
    outside = np.zeros(len(comments), dtype=np.bool_)
    for column, values in given.items():
        code = pd.Index(list(values)).get_indexer(pd.Index(comments[column]))
        number = number * len(values) + code
        outside |= code < 0
    return Strata(shares, np.where(outside, -1, number))


def count_strata(mentions: pd.DataFrame, grain: Sequence[str], strata: Strata) -> Numbers:
    """Count the mentions of `mentions_of` in each cell of `grain`: cells × strata × polarities."""
    cell = cell_numbers(mentions, grain)
    n_cells = int(cell.max(initial=-1)) + 1
    stratum = strata.of_comment[mentions["comment"].to_numpy()]
    # Half points 2, 1, 0 are the polarities in their order.
    place = (cell * len(strata.shares) + stratum) * len(POLARITIES) + 2 - mentions["half_points"].to_numpy()
    shape = (n_cells, len(strata.shares), len(POLARITIES))
    counted = np.bincount(place[stratum >= 0], minlength=int(np.prod(shape)))
    return counted.reshape(shape).astype(np.float64)


def weights(counts: Numbers, shares: Numbers) -> Numbers:
    """Return what a mention in each stratum weighs, cells × strata, 1 on average over the cell's mentions.

    `counts` are cells × strata × columns. Absent strata weigh 0.
    """
    said = counts.sum(axis=2)
    present = np.where(said > 0, shares, 0.0)
    due = present * (said.sum(axis=1, keepdims=True) / np.fmax(present.sum(axis=1, keepdims=True), _TINY))
    weight: Numbers = np.divide(due, said, out=np.zeros_like(said), where=said > 0)
    return weight


def blend(counts: Numbers, shares: Numbers) -> Blend:
    """Put strata together in the proportions of the mix; `counts` are cells × strata × columns."""
    said, weight = counts.sum(axis=2), weights(counts, shares)
    total, squares = (weight * said).sum(axis=1), (weight**2 * said).sum(axis=1)
    worth = np.divide(total, squares, out=np.zeros_like(total), where=squares > 0)
    blended = (weight[:, :, np.newaxis] * counts).sum(axis=1) * worth[:, np.newaxis]
    return Blend(blended, np.where(said > 0, shares, 0.0).sum(axis=1))
