"""Thin cells lean on their relatives: empirical-Bayes shrinkage of counts.

A cell's parent is its brand in the same category, whose parent is that category over all brands; a cell
without a category leans on the brand and on the whole in the same way. What counts as the parent is the rest
of it ("near": the brand's mentions outside the cell; "far": the other brands' mentions), so that no cell
confirms itself. A parent is worth at most `prior_mentions` mentions, and less where it rests on few itself:
estimated from N mentions it is worth 1 / (1 / prior_mentions + 1 / N), which adds the variance of its
estimate to that between relatives (Efron and Morris 1975, "Data analysis using Stein's estimator", for the
principle).
"""

import numpy as np

from cem_nlp.scores.intervals import Numbers


def prior_counts(near: Numbers, far: Numbers, prior_mentions: float) -> Numbers:
    """Return the mentions to add to each cell, one column per polarity as in `near` and `far`.

    `near` counts the brand's mentions outside the cell, `far` the other brands'; both have one row per cell.
    A cell that is its whole brand (nothing near) leans on the other brands; without either nothing is added.
    """
    behind = _worth(far, prior_mentions)
    has_near = near.sum(axis=1, keepdims=True) > 0
    return np.where(has_near, _worth(near + behind, prior_mentions), behind)


def _worth(counts: Numbers, prior_mentions: float) -> Numbers:
    total = counts.sum(axis=1, keepdims=True)
    weight: Numbers = np.divide(
        prior_mentions, prior_mentions + total, out=np.zeros_like(total), where=total > 0
    )
    return counts * weight
