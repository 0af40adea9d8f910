"""Least squares whose errors allow for what the answers of one customer have in common.

The covariance is Liang and Zeger's sandwich (1986, "Longitudinal data analysis using generalized linear
models") with the usual factor for few clusters, G / (G − 1) × (N − 1) / (N − rank): CR1. Effects that the
data cannot tell apart, because they always come together, are unknown, never shared out by chance; a sum or
difference of such effects may still be known.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import t

from cem_nlp.scores.cells import Integers
from cem_nlp.scores.intervals import Numbers

ROUNDING: Final = 12**-0.5
"""Least standard deviation of an answer in points: a whole point hides half a point either way (a uniform
distribution of width 1), so that answers that agree do not pass for certainty."""

_SINGULAR: Final = 1e-9
"""Eigenvalues of a correlation matrix below this are rounding errors of 0."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A regression: `known` projects onto the effects that the data can tell apart, `deviation` is the
    standard deviation of the residuals.
    """

    coefficients: Numbers
    covariance: Numbers
    known: Numbers
    deviation: float


@dataclass(frozen=True, slots=True)
class Effects:
    """Combinations of coefficients with their ranges; NaN where the data cannot tell."""

    value: Numbers
    low: Numbers
    high: Numbers


def fit(design: Numbers, outcome: Numbers, cluster: Integers) -> Fit:
    """Return the regression of `outcome` on `design` (rows × columns, an intercept among them).

    `cluster` numbers the customer of each row; there must be two at least. With dependent columns the
    coefficients are those of least length.
    """
    gram = design.T @ design
    inverse, known = _inverse(gram)
    coefficients = inverse @ design.T @ outcome
    residuals = outcome - design @ coefficients
    n, rank = len(outcome), round(np.trace(known))
    clusters, place = np.unique(cluster, return_inverse=True)
    pulls = np.zeros((len(clusters), design.shape[1]))
    np.add.at(pulls, place, design * residuals[:, np.newaxis])
    factor = len(clusters) / (len(clusters) - 1) * (n - 1) / max(n - rank, 1)
    covariance = factor * inverse @ pulls.T @ pulls @ inverse
    deviation = float(np.sqrt(residuals @ residuals / max(n - rank, 1)))
    # Where all answers fit, what rounding hides is still unknown.
    return Fit(coefficients, covariance + _hidden(deviation) * inverse, known, deviation)


def effects(fit: Fit, combinations: Numbers, freedom: Numbers, confidence: float = 0.95) -> Effects:
    """Return each row of `combinations` times the coefficients, with its t range at `freedom` degrees."""
    told = np.abs(combinations @ fit.known - combinations).max(axis=1) < _SINGULAR**0.5
    value = np.where(told, combinations @ fit.coefficients, np.nan)
    variance = np.einsum("ij,jk,ik->i", combinations, fit.covariance, combinations)
    half = t.ppf((1 + confidence) / 2, freedom) * np.sqrt(np.maximum(variance, 0.0))
    return Effects(value, value - half, value + half)


def _inverse(gram: Numbers) -> tuple[Numbers, Numbers]:
    """Return the generalised inverse of a Gram matrix, and the projector onto its row space."""
    scale = np.sqrt(np.diag(gram))
    scale = np.where(scale > 0, scale, 1.0)
    values, vectors = np.linalg.eigh(gram / np.outer(scale, scale))
    kept = values > _SINGULAR * len(gram)
    inverse = (vectors[:, kept] / values[kept]) @ vectors[:, kept].T / np.outer(scale, scale)
    return inverse, inverse @ gram


def _hidden(deviation: float) -> float:
    """Return the variance to add so that an answer's is at least that of rounding."""
    return max(ROUNDING**2 - deviation**2, 0.0)
