"""Means of cells with ranges that allow for what the values of one customer have in common."""

from typing import Final

import numpy as np
from scipy.stats import t

from cem_nlp.scores.cells import Integers
from cem_nlp.scores.intervals import Numbers

ROUNDING: Final = 12**-0.5
"""Least standard deviation of a value in points: a whole point hides half a point either way (a uniform
distribution of width 1), so that a few values that agree do not pass for certainty."""


def mean_ranges(
    values: Numbers, cell: Integers, customer: Integers, n_cells: int, confidence: float = 0.95
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the mean of each cell from 0 to `n_cells` − 1, and the lower and upper end of its range.

    The variance adds up each customer's deviations before squaring them (Liang and Zeger 1986, "Longitudinal
    data analysis using generalized linear models"), times G / (G − 1) for G customers, with a t range at
    G − 1 degrees of freedom. A cell without values is NaN, and one customer alone has no range.
    """
    n = np.bincount(cell, minlength=n_cells).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(cell, values, n_cells) / n
        away = values - mean[cell]
        pairs, place = np.unique(np.stack([cell, customer], axis=1), axis=0, return_inverse=True)
        pulls = np.bincount(place.ravel(), away, len(pairs))
        customers = np.bincount(pairs[:, 0], minlength=n_cells).astype(np.float64)
        clustered = customers / (customers - 1) * np.bincount(pairs[:, 0], pulls**2, n_cells) / n**2
        least = ROUNDING**2 / n
        spread = np.bincount(cell, away**2, n_cells) / n
        variance = clustered + np.maximum(least - spread / n, 0.0)
    several = np.where(customers > 1, customers, np.nan)
    half = t.ppf((1 + confidence) / 2, several - 1) * np.sqrt(variance)
    return mean, mean - half, mean + half
