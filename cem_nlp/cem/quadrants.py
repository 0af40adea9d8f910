"""Importance–performance analysis: four quadrants of importance against experience.

Martilla and James (1977), "Importance-performance analysis". Both axes are cut at their own means over the
categories of a product and segment, as the method's question is where to put effort first, not whether all is
well: on customers' scales nearly everything lies above the middle in importance.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.chosen import GROUP, Chosen, Flags, choose
from cem_nlp.cem.key_probability import AT_ONCE
from cem_nlp.cem.ranges import Numbers
from cem_nlp.language import Bilingual
from cem_nlp.schemas import TABLES

QUADRANTS: Final[Mapping[str, Bilingual]] = {
    "concentrate_here": Bilingual("重点改进", "concentrate here"),
    "keep_up": Bilingual("继续保持", "keep up the good work"),
    "low_priority": Bilingual("次要改进", "low priority"),
    "possible_overkill": Bilingual("可能投入过度", "possible overkill"),
}
"""Martilla and James's quadrants: important and poor, important and good, neither, good only."""

COLUMNS: Final = tuple(name for name in TABLES["quadrants"].names if name != "run_id")

FEWEST: Final = 3
"""Categories that make a plane: with two, one is always above the mean of both."""


def quadrant_table(survey: pd.DataFrame, text: pd.DataFrame, draws: Numbers) -> pd.DataFrame:
    """Return the `quadrants` table of the schema, without `run_id`.

    The three as in `gap_table`. A category has a row where its experience is known and its importance is more
    than assumed, and `FEWEST` of its product and segment do. `probability_*` are the shares of the replicates
    in which it falls into each quadrant, cut anew each time; they add up to 1, and are null where a figure of
    the group rests on a single answer.
    """
    chosen = _placed(choose(survey, text))
    values = {
        name: chosen.found[name][["value"]].to_numpy(np.float64) for name in ("importance", "experience")
    }
    cuts = {name: _cut(chosen, value) for name, value in values.items()}
    now = _quadrant(values["importance"] >= cuts["importance"], values["experience"] >= cuts["experience"])
    table = chosen.cells.assign(
        **{name: value[:, 0] for name, value in values.items()},
        **{f"{name}_cut": cut[:, 0] for name, cut in cuts.items()},
        quadrant=np.array(list(QUADRANTS))[now[:, 0]],
    )
    shares = _shares(chosen, draws)
    for number, code in enumerate(QUADRANTS):
        table[f"probability_{code}"] = shares[:, number]
    return table[list(COLUMNS)].reset_index(drop=True)


def _placed(chosen: Chosen) -> Chosen:
    """Return the cells that have a place in the plane."""
    measured = (chosen.found["importance"]["origin"] != "assumed").to_numpy()
    known: Flags = chosen.known("experience") & chosen.known("importance") & measured
    enough = chosen.cells[known].groupby(GROUP)["category"].transform("size") >= FEWEST
    kept = enough.index[enough]
    found = {name: rows.loc[kept].reset_index(drop=True) for name, rows in chosen.found.items()}
    return Chosen(chosen.cells.loc[kept].reset_index(drop=True), found)


def _cut(chosen: Chosen, values: Numbers) -> Numbers:
    """Return the mean of each cell's group in each column."""
    if not len(values):
        return values
    starts, group = chosen.starts(), chosen.groups()
    sizes = np.bincount(group)[:, np.newaxis]
    mean: Numbers = (np.add.reduceat(values, starts, axis=0) / sizes)[group]
    return mean


def _quadrant(important: Flags, good: Flags) -> "np.ndarray[tuple[int, ...], np.dtype[np.intp]]":
    """Return the number of each quadrant in the order of `QUADRANTS`."""
    return np.where(important, np.where(good, 1, 0), np.where(good, 3, 2))


def _shares(chosen: Chosen, draws: Numbers) -> Numbers:
    counts = np.zeros((len(chosen.cells), len(QUADRANTS)))
    for start in range(0, draws.shape[1], AT_ONCE):
        some = draws[:, start : start + AT_ONCE]
        importance, experience = (chosen.drawn(name, some) for name in ("importance", "experience"))
        unknown = np.isnan(_cut(chosen, importance + experience))
        quadrant = _quadrant(importance >= _cut(chosen, importance), experience >= _cut(chosen, experience))
        for number in range(len(QUADRANTS)):
            counts[:, number] += np.where(unknown, np.nan, quadrant == number).sum(axis=1)
    shares: Numbers = counts / draws.shape[1]
    return shares
