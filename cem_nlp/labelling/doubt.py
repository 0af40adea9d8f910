"""What a model is least sure about in a comment."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from cem_nlp.opinions.network import Floats
from cem_nlp.vocabulary import CATEGORIES, POLARITIES

ABOUT: Final = ("category", "polarity")


@dataclass(frozen=True, slots=True)
class Doubt:
    """The least certain decision in a comment.

    `about` is 'category' where it is open whether the comment speaks of `category` at all, 'polarity' where
    it surely does but how is open. `uncertainty` runs from 0 (certain) to 1 (on the threshold).
    """

    category: str
    about: str
    uncertainty: float


def doubts(chances: Floats, threshold: float) -> list[Doubt]:
    """Return the greatest doubt about every comment.

    `chances` holds a row of probabilities per comment, in the order of `network.OPINION_LABELS`; an opinion
    is reported from `threshold` on. The chance of a category is the sum of its polarities', at most 1. Its
    doubt is the closeness of that chance to the threshold; the doubt about its polarity is the closeness of
    the polarity nearest to the threshold, as far as the category itself is certain (margin sampling, Settles
    2009, one label at a time).
    """
    by_category = chances.reshape(len(chances), len(CATEGORIES), len(POLARITIES))
    category = _closeness(np.minimum(by_category.sum(axis=2), 1), threshold)
    polarity = (1 - category) * _closeness(by_category, threshold).max(axis=2)
    both = np.stack([category, polarity], axis=2).reshape(len(chances), -1)
    return [
        _doubt(at, uncertainty)
        for at, uncertainty in zip(both.argmax(axis=1).tolist(), both.max(axis=1).tolist(), strict=True)
    ]


def _closeness(chances: Floats, threshold: float) -> Floats:
    """Return 1 at the threshold, falling in straight lines to 0 at the impossible and at the certain."""
    return np.where(chances < threshold, chances / threshold, (1 - chances) / (1 - threshold))


def _doubt(at: int, uncertainty: float) -> Doubt:
    category, about = divmod(at, len(ABOUT))
    return Doubt(tuple(CATEGORIES)[category], ABOUT[about], round(uncertainty, 4))
