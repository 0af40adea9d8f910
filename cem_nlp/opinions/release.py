"""The release gate: a new model must not be worse than the one in use in any category."""

from collections.abc import Sequence
from dataclasses import dataclass

from cem_nlp.opinions.evaluation import Comparison, Measure, compare_labels, pairs_of
from cem_nlp.opinions.labels import LabelledComment
from cem_nlp.opinions.types import Reading


@dataclass(frozen=True, slots=True)
class Decline:
    """A category in which the new model's F1 lies below the range of the one in use."""

    category: str
    used: Measure
    new: Measure


def declines(
    comments: Sequence[LabelledComment], used: Sequence[Reading], new: Sequence[Reading]
) -> tuple[Decline, ...]:
    """Return the categories in which `new` reads worse than `used`, by more than chance explains.

    Both are readings of the labelled `comments`, in their order. A category declines where the F1 of
    (category, polarity) falls below the lower end of the 95 % bootstrap range of the model in use; one that
    is neither labelled nor found cannot.
    """
    before, after = _by_category(comments, used), _by_category(comments, new)
    return tuple(
        Decline(category, before[category], after[category])
        for category in sorted(before)
        if category in after and after[category].f1 < before[category].low
    )


def _by_category(comments: Sequence[LabelledComment], readings: Sequence[Reading]) -> dict[str, Measure]:
    compared: Comparison = compare_labels(comments, [pairs_of(reading.opinions) for reading in readings])
    return dict(compared.parts["category"])
