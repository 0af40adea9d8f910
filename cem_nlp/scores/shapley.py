"""How much of an outcome's variance each group of regressors explains, whatever the order they are asked in.

Lindeman, Merenda and Gold (1980, "Introduction to bivariate and multivariate analysis") average the gain in
R² that a group brings over all orders in which the groups can enter: the Shapley value of the game whose
worth is R². Correlated groups share what they explain together, and the shares add up to R².
"""

from collections.abc import Sequence
from itertools import combinations
from math import comb
from typing import Final

import numpy as np

from cem_nlp.scores.cells import Integers
from cem_nlp.scores.intervals import Numbers

_SINGULAR: Final = 1e-9
_ROWS_AT_ONCE: Final = 20_000
"""Rows whose products are in memory at a time: some 40 MB."""


def moments(table: Numbers) -> Numbers:
    """Return the sums of products of the columns of `table`, the outcome last, as one matrix in a stack."""
    whole = np.column_stack([np.ones(len(table)), table])
    return (whole.T @ whole)[np.newaxis]


def replicate_moments(
    table: Numbers, cluster: Integers, n_replicates: int, rng: np.random.Generator
) -> Numbers:
    """Return `moments` with whole clusters weighed anew in each replicate (Rubin 1981, "The Bayesian
    bootstrap"). Rows of one cluster must stand side by side.
    """
    whole = np.column_stack([np.ones(len(table)), table])
    width = whole.shape[1]
    total = np.zeros((n_replicates, width * width))
    first = np.flatnonzero(np.append(True, cluster[1:] != cluster[:-1]))
    for begin in range(0, len(first), _ROWS_AT_ONCE):
        starts = first[begin : begin + _ROWS_AT_ONCE]
        end = first[begin + _ROWS_AT_ONCE] if begin + _ROWS_AT_ONCE < len(first) else len(whole)
        rows = whole[starts[0] : end]
        products = (rows[:, :, np.newaxis] * rows[:, np.newaxis, :]).reshape(len(rows), -1)
        sums = np.add.reduceat(products, starts - starts[0], axis=0)
        total += rng.standard_exponential((n_replicates, len(starts))) @ sums
    return total.reshape(n_replicates, width, width)


def shapley_shares(moments: Numbers, groups: Sequence[Sequence[int]]) -> Numbers:
    """Return each group's part of R², matrices × groups; a row adds up to R².

    `groups` names the columns of each group, counted as in the table. NaN where the outcome does not vary.
    """
    correlations = _correlations(moments)
    numbers = range(len(groups))
    worth: dict[tuple[int, ...], Numbers] = {(): np.zeros(len(correlations))}
    for size in range(1, len(groups) + 1):
        for members in combinations(numbers, size):
            worth[members] = _r_squared(correlations, [column for g in members for column in groups[g]])
    shares = np.zeros((len(correlations), len(groups)))
    for group in numbers:
        others = [g for g in numbers if g != group]
        for size in range(len(groups)):
            orders = 1 / (len(groups) * comb(len(others), size))
            for before in combinations(others, size):
                after = tuple(sorted((*before, group)))
                shares[:, group] += orders * (worth[after] - worth[before])
    return shares


def _correlations(moments: Numbers) -> Numbers:
    """Return the correlation matrices behind sums of products; columns that do not vary correlate at 0."""
    total = moments[:, :1, :1]
    mean = moments[:, :1, 1:] / total
    covariance = moments[:, 1:, 1:] / total - mean * mean.transpose(0, 2, 1)
    variance = np.einsum("ijj->ij", covariance)
    square = np.einsum("ijj->ij", moments[:, 1:, 1:]) / total[:, :, 0]
    varies = variance > _SINGULAR * square
    scale = np.sqrt(np.where(varies, variance, np.inf))
    scale[:, -1] = np.where(varies[:, -1], scale[:, -1], np.nan)
    found: Numbers = covariance / (scale[:, :, np.newaxis] * scale[:, np.newaxis, :])
    return found


def _r_squared(correlations: Numbers, columns: Sequence[int]) -> Numbers:
    inside = correlations[:, columns][:, :, columns]
    with_outcome = correlations[:, columns, -1]
    inverse = np.linalg.pinv(inside, rcond=_SINGULAR, hermitian=True)
    worth: Numbers = np.einsum("ij,ijk,ik->i", with_outcome, inverse, with_outcome)
    return worth
