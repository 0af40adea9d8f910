"""The release gate: a new model must know what it was trained on, and be no worse in any category than the
one in use.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cem_nlp.opinions.evaluation import Comparison, Measure, compare_labels, measure, pairs_of
from cem_nlp.opinions.labels import LabelledComment
from cem_nlp.opinions.types import Reading

LEAST_F1: Final = 0.5
"""F1 of (category, polarity) with which a model must read the comments it was trained on. One taught by 60
labels alone reached 0.08, by 300 0.48 (and 0.33 on other comments), by 1,500 0.76 (0.64)."""


@dataclass(frozen=True, slots=True)
class Decline:
    """A category in which the new model's F1 lies below the range of the one in use."""

    category: str
    used: Measure
    new: Measure


def blindness(comments: Sequence[LabelledComment], readings: Sequence[Reading]) -> Measure | None:
    """Return how a model reads the comments it was trained on, if that is below LEAST_F1; None if it is not.

    Without any opinion in labels and readings nothing was learnt either.
    """
    known = measure(
        [pairs_of(comment.opinions) for comment in comments],
        [pairs_of(reading.opinions) for reading in readings],
    )
    return None if known.f1 >= LEAST_F1 else known


def declines(
    comments: Sequence[LabelledComment], used: Sequence[Reading], new: Sequence[Reading]
) -> tuple[Decline, ...]:
    """Return the categories in which `new` reads worse than `used`, by more than chance explains.

    Both are readings of the labelled `comments`, in their order. A category declines where the F1 of
    (category, polarity) falls below the lower end of the 95 % bootstrap range of the model in use; one that
    is neither labelled nor found cannot. Where `new` finds nothing at all, every category labelled declines.
    """
    before, after = _by_category(comments, used), _by_category(comments, new)
    finds = any(reading.opinions for reading in new)
    return tuple(
        Decline(category, before[category], after[category])
        for category in sorted(before)
        if category in after and (after[category].f1 < before[category].low or not finds)
    )


def _by_category(comments: Sequence[LabelledComment], readings: Sequence[Reading]) -> dict[str, Measure]:
    compared: Comparison = compare_labels(comments, [pairs_of(reading.opinions) for reading in readings])
    return dict(compared.parts["category"])
