"""How probable it is that a category is the key experience, had chance picked other customers."""

from typing import Final

import numpy as np

from cem_nlp.cem.chosen import Chosen, Flags
from cem_nlp.cem.ranges import Numbers

AT_ONCE: Final = 100
"""Replicates in memory at a time: a few arrays of 80 MB for 100,000 cells."""

_MEASURES: Final = ("experience", "expectation", "importance")


def key_probability(chosen: Chosen, draws: Numbers) -> Numbers:
    """Return each cell's share of the replicates in which it is the key experience of its group.

    `draws` has a row for each figure and a column for each replicate, at least one (module `draws`). Every
    replicate is put into the order of `gap_table`, but that categories which tie share it, as their order
    tells nothing. The probabilities of a group add up to 1, among the categories whose experience and
    importance are known; the others' are NaN. So are all of a group where fewer than two categories are in
    line, which proves nothing, or where a figure of one in line rests on a single answer, since nobody knows
    what another customer would have said.
    """
    importance = chosen.found["importance"]["value"].to_numpy(np.float64)
    in_line: Flags = chosen.known("experience") & (np.nan_to_num(importance) > 0)
    wins = np.zeros(len(in_line))
    for start in range(0, draws.shape[1], AT_ONCE):
        wins += _wins(chosen, draws[:, start : start + AT_ONCE], in_line)
    doubtful = in_line & _any_alone(chosen, draws)
    group = chosen.groups()
    unknown = (np.bincount(group, weights=in_line) < 2) | (np.bincount(group, weights=doubtful) > 0)
    known = chosen.known("experience") & chosen.known("importance") & ~unknown[group]
    return np.where(known, wins / draws.shape[1], np.nan)


def _any_alone(chosen: Chosen, draws: Numbers) -> Flags:
    """Return for which cells there is a figure that cannot be drawn."""
    alone = [chosen.known(name) & np.isnan(chosen.drawn(name, draws[:, :1])[:, 0]) for name in _MEASURES]
    return np.asarray(np.any(alone, axis=0), dtype=np.bool_)


def _wins(chosen: Chosen, draws: Numbers, in_line: Flags) -> Numbers:
    """Return in how many of the replicates each cell comes first; cells that tie share a replicate."""
    experience, expectation, importance = (chosen.drawn(name, draws) for name in _MEASURES)
    pain = np.nan_to_num(np.minimum(importance * (experience - expectation), 0.0))
    standing = np.where(in_line[:, np.newaxis], pain, np.inf)
    first = _least(chosen, np.where(_least(chosen, standing), -importance, np.inf))
    if not len(first):
        return np.zeros(0)
    tied = np.add.reduceat(first, chosen.starts(), axis=0, dtype=np.float64)[chosen.groups()]
    return np.asarray(np.divide(first, tied, out=np.zeros(first.shape), where=first).sum(axis=1))


def _least(chosen: Chosen, standing: Numbers) -> Flags:
    """Return which cells stand first of their group in each replicate; those at infinity never do."""
    if not len(standing):
        return np.zeros(standing.shape, dtype=np.bool_)
    least = np.minimum.reduceat(standing, chosen.starts(), axis=0)[chosen.groups()]
    first: Flags = np.isfinite(standing) & (standing == least)
    return first
