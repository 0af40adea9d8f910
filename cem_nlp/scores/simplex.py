"""Least squares on the simplex: which true counts, none of them negative, explain the counts found?"""

from itertools import combinations
from typing import Final

import numpy as np

from cem_nlp.scores.intervals import Numbers

_RIDGE: Final = 1e-10
"""Keeps a system solvable whose states cannot be told apart; too small to be seen otherwise."""


def explain(rates: Numbers, found: Numbers) -> Numbers:
    """Return x ≥ 0 with Σx = Σ`found` that minimises |`rates` x − `found`|², for each replicate and problem.

    `rates` is replicates × found × true, with columns that sum to 1; `found` and the result are replicates ×
    problems × states. The minimum lies inside one of the simplex's faces (states that are not 0), where it is
    the least-squares solution with that sum: with five states there are 31 faces, so all are tried, the inner
    one first, and a problem that has its solution there needs no other.
    """
    size = rates.shape[-1]
    best = _on_face(rates, found, tuple(range(size)))
    outside = (best < 0).any(axis=2)
    least = np.where(outside, np.inf, 0.0)
    for states in (face for n in range(size - 1, 0, -1) for face in combinations(range(size), n)):
        open_problems = np.flatnonzero((least > 0).any(axis=0))
        target = found[:, open_problems]
        x = _on_face(rates, target, states)
        misfit = ((x @ rates.transpose(0, 2, 1) - target) ** 2).sum(axis=2)
        better = (x >= 0).all(axis=2) & (misfit < least[:, open_problems])
        best[:, open_problems] = np.where(better[:, :, np.newaxis], x, best[:, open_problems])
        least[:, open_problems] = np.where(better, misfit, least[:, open_problems])
    return best


def _on_face(rates: Numbers, found: Numbers, states: tuple[int, ...]) -> Numbers:
    """Return the least-squares solution with the sum of `found` whose other states are 0, of any sign."""
    part, n = rates[:, :, states], len(states)
    system = np.zeros((len(rates), n + 1, n + 1))
    system[:, :n, :n] = part.transpose(0, 2, 1) @ part + _RIDGE * np.eye(n)
    system[:, :n, n] = system[:, n, :n] = 1  # Lagrange's multiplier of the sum
    right = np.concatenate([found @ part, found.sum(axis=2, keepdims=True)], axis=2)
    x = np.zeros_like(found)
    x[:, :, states] = (right @ np.linalg.inv(system).transpose(0, 2, 1))[:, :, :n]
    return x
