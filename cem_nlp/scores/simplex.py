"""Maximum likelihood on the simplex: which true counts, none of them negative, explain the counts found?"""

from typing import Final

import numpy as np

from cem_nlp.scores.intervals import Numbers

_STEPS: Final = 100
"""They leave corrected scores within a hundredth of where they end, on real feedback."""
_TINY: Final = np.finfo(np.float64).tiny


def explain(rates: Numbers, found: Numbers) -> Numbers:
    """Return x ≥ 0 with Σx = Σ`found` under which `found` is likeliest, for each replicate and problem.

    `rates` is replicates × found × true, with columns that sum to 1; `found` is replicates × problems ×
    found, the result replicates × problems × true. Expectation maximisation (Saerens, Latinne and
    Decaestecker 2002, "Adjusting the outputs of a classifier to new a priori probabilities"): share out what
    is found among the true states that explain it, add up, and begin anew.
    """
    size = rates.shape[-1]
    true = np.repeat(found.sum(axis=2, keepdims=True) / size, size, axis=2)
    given_true = rates.transpose(0, 2, 1)
    for _ in range(_STEPS):
        true *= (found / np.fmax(true @ given_true, _TINY)) @ rates
    return true
