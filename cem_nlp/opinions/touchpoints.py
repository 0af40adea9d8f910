"""Where in the journey an opinion belongs: linear in what its clause says, with weights for each category.

The network learns touchpoints beside the rest, so that what a clause says tells them; but with one set of
weights for all categories, and never for long. Set anew on the finished network they are right oftener, by
0.04 of all labelled opinions on the fold (models/README.md, seventh round).
"""

from typing import Final

import numpy as np

from cem_nlp.opinions.features import Counts
from cem_nlp.opinions.linear import separated
from cem_nlp.opinions.network import Floats, score
from cem_nlp.opinions.targets import Examples, chosen
from cem_nlp.vocabulary import CATEGORIES, POLARITIES, TOUCHPOINTS

_STRENGTH: Final = 0.01
"""C of the support vector machines; 0.003 to 0.03 are as good on the fold."""
_NEVER: Final = -10.0
"""Score of a touchpoint that no label of the category names: below any margin."""
_AT_ONCE: Final = 2_000
"""Comments scored at once, to keep the arrays in between small."""


def touchpoint_weights(
    embedding: Floats, weights: dict[str, Floats], labelled: Examples
) -> dict[str, Floats]:
    """Return the weights with `touchpoint` (categories × hidden × touchpoints) and `touchpoint_bias` (opinion
    labels × touchpoints) set anew from the labelled clauses, as `model.Model` has them.

    One linear support vector machine a category and touchpoint; a category without a label keeps what the
    network learnt.
    """
    hidden, labels, places = _told(embedding, weights, labelled)
    touchpoint = np.repeat(weights["touchpoint"][np.newaxis], len(CATEGORIES), axis=0)
    bias = weights["touchpoint_bias"].copy()
    for category in range(len(CATEGORIES)):
        of_category = labels // len(POLARITIES) == category
        if of_category.any():
            rows = slice(category * len(POLARITIES), (category + 1) * len(POLARITIES))
            polarity = labels[of_category] % len(POLARITIES)
            touchpoint[category], bias[rows] = _fitted(hidden[of_category], polarity, places[of_category])
    return {**weights, "touchpoint": touchpoint, "touchpoint_bias": bias}


def _told(embedding: Floats, weights: dict[str, Floats], labelled: Examples) -> tuple[Floats, Counts, Counts]:
    """Return what each labelled clause says to the network, its opinion's label, and where that belongs."""
    hidden, labels, places = [], [], []
    for begin in range(0, len(labelled), _AT_ONCE):
        part = chosen(labelled, np.arange(begin, min(begin + _AT_ONCE, len(labelled))))
        clauses, named = np.nonzero(part.touchpoint >= 0)
        hidden.append(score(embedding, weights, part.bags).hidden[clauses])
        labels.append(named)
        places.append(part.touchpoint[clauses, named].astype(np.int64))
    return np.concatenate(hidden), np.concatenate(labels), np.concatenate(places)


def _fitted(hidden: Floats, polarity: Counts, places: Counts) -> tuple[Floats, Floats]:
    """Return a category's weights, hidden × touchpoints, and its bias, polarities × touchpoints."""
    touchpoint = np.zeros((hidden.shape[1], len(TOUCHPOINTS)), np.float32)
    bias = np.full((len(POLARITIES), len(TOUCHPOINTS)), _NEVER, np.float32)
    known = np.unique(places)
    if len(known) == 1:
        bias[:, known] = 0
        return touchpoint, bias
    polarities = np.eye(len(POLARITIES), dtype=np.float32)[polarity]
    for place in known:
        weights, shift = separated(np.hstack([hidden, polarities]), places == place, _STRENGTH)
        touchpoint[:, place] = weights[: hidden.shape[1]]
        bias[:, place] = weights[hidden.shape[1] :] + shift
    return touchpoint, bias
