"""Least squares whose errors allow for what the answers of one customer have in common.

The covariance is Liang and Zeger's sandwich (1986, "Longitudinal data analysis using generalized linear
models") with the usual factor for few clusters, G / (G − 1) × (N − 1) / (N − rank): CR1. Effects that the
data cannot tell apart, because they always come together, are unknown, never shared out by chance; a sum or
difference of such effects may still be known.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import expit
from scipy.stats import t

from cem_nlp.scores.cells import Integers
from cem_nlp.scores.intervals import Numbers

ROUNDING: Final = 12**-0.5
"""Least standard deviation of an answer in points: a whole point hides half a point either way (a uniform
distribution of width 1), so that answers that agree do not pass for certainty."""

PRIOR: Final = 5.0
"""Standard deviation of the prior of effects on the logit scale, where 5 moves a share from 1 to 60 per cent:
weak enough to leave everything else to the data (Gelman and others 2008, "A weakly informative default prior
distribution for logistic and other regression models", use 2.5)."""

_STEPS: Final = 50
"""Newton's steps at most; a dozen suffice."""
_SMALL: Final = 1e-8
_SINGULAR: Final = 1e-9
"""Eigenvalues of a correlation matrix below this are rounding errors of 0."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A regression: `known` projects onto the effects that the data can tell apart."""

    coefficients: Numbers
    covariance: Numbers
    known: Numbers


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
    covariance = _sandwich(design, residuals, inverse, known, cluster)
    # Where all answers fit, what rounding hides is still unknown.
    hidden = max(ROUNDING**2 - float(residuals @ residuals) / len(residuals), 0.0)
    return Fit(coefficients, covariance + hidden * inverse, known)


def fit_order(design: Numbers, outcome: Numbers, cluster: Integers) -> Fit:
    """Return the logistic regression of whether `outcome` lies above its middle, for its order alone.

    The outcome is cut between two of its values, where the halves are most even; it must have two. Effects
    are on the logit scale. A normal prior of standard deviation `PRIOR` keeps those finite where praise or
    blame decides the half alone. The covariance is never below that of the model.
    """
    values, counts = np.unique(outcome, return_counts=True)
    below = np.cumsum(counts)[:-1] / len(outcome)
    above = outcome > values[np.abs(below - 0.5).argmin()]
    prior = np.diag(np.append(0.0, np.full(design.shape[1] - 1, PRIOR**-2)))
    coefficients = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        share = expit(design @ coefficients)
        curvature = (design * (share * (1 - share))[:, np.newaxis]).T @ design + prior
        step = np.linalg.solve(curvature, design.T @ (above - share) - prior @ coefficients)
        coefficients = coefficients + step
        if np.abs(step).max() < _SMALL:
            break
    inverse: Numbers = np.linalg.inv(curvature).astype(np.float64)
    known = _inverse(design.T @ design)[1]
    robust = _sandwich(design, above - share, inverse, known, cluster)
    return Fit(coefficients, _larger(robust, inverse), known)


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


def _sandwich(
    design: Numbers, residuals: Numbers, inverse: Numbers, known: Numbers, cluster: Integers
) -> Numbers:
    """Return the CR1 covariance."""
    clusters, place = np.unique(cluster, return_inverse=True)
    pulls = np.zeros((len(clusters), design.shape[1]))
    np.add.at(pulls, place, design * residuals[:, np.newaxis])
    n, rank = len(residuals), round(np.trace(known))
    factor = len(clusters) / (len(clusters) - 1) * (n - 1) / max(n - rank, 1)
    covariance: Numbers = factor * inverse @ pulls.T @ pulls @ inverse
    return covariance


def _larger(one: Numbers, other: Numbers) -> Numbers:
    """Return a covariance that is nowhere below either: `other` plus what `one` exceeds it by."""
    values, vectors = np.linalg.eigh(one - other)
    larger: Numbers = other + (vectors * np.maximum(values, 0.0)) @ vectors.T
    return larger
