"""What the model says of comments, counted against what labelled comments hold.

In each category a comment is in one state: none (nothing said of it), negative, neutral, positive, or mixed
(praise and blame; a neutral remark beside either changes nothing). A `Confusion` counts comments by their
states in all six categories, labelled and found, so that drawing from its rows is drawing whole comments.
"""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from cem_nlp.scores.cells import Integers
from cem_nlp.scores.intervals import Numbers
from cem_nlp.vocabulary import CATEGORIES

STATES: Final = ("none", "negative", "neutral", "positive", "mixed")
FLAGS: Final = {"negative": 1, "neutral": 2, "positive": 4}
"""One bit a polarity."""
STATE_OF_FLAGS: Final = np.array([0, 1, 2, 1, 3, 4, 3, 4])
"""State of each union of flags."""
MENTIONS: Final = np.array([0.0, 1.0, 1.0, 1.0, 2.0])
POINTS: Final = np.array([0.0, 0.0, 0.5, 1.0, 1.0])
"""What a comment in each state adds to mentions and points: a score is 10 × points / mentions."""

_KIND_GOLD: Final = 100
"""Labelled comments from which a kind of feedback has rates of its own. A convention."""
_PRIOR_COMMENTS: Final = 20.0
"""Comments that the rates of all kinds, or of all categories, are worth where a column rests on few. Of 5,
10, 20 and 40 it leaves the smallest errors in `benchmarks/correction.py`, by little."""

Pairs = Sequence[AbstractSet[tuple[str, str]]]
"""One set of (category, polarity) a comment."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """Labelled comments counted by kind and states; `labelled` and `found` are rows × categories of the
    vocabulary, numbers into `STATES`, and `n` the comments of each row. `measured_on` names the labels,
    `model_version` the model that read them.
    """

    model_version: str
    measured_on: str
    kinds: tuple[str, ...]
    labelled: Integers
    found: Integers
    n: Integers


def count_confusion(
    kinds: Sequence[str], labelled: Pairs, found: Pairs, *, model_version: str, measured_on: str
) -> Confusion:
    """Count comments by their kind, and by what is labelled and found in them."""
    rows = zip(kinds, map(_states, labelled), map(_states, found), strict=True)
    counted = sorted(Counter(rows).items())
    shape = (-1, len(CATEGORIES))
    return Confusion(
        model_version=model_version,
        measured_on=measured_on,
        kinds=tuple(kind for (kind, _, _), _ in counted),
        labelled=np.array([states for (_, states, _), _ in counted], np.int64).reshape(shape),
        found=np.array([states for (_, _, states), _ in counted], np.int64).reshape(shape),
        n=np.array([n for _, n in counted], np.int64),
    )


def _states(pairs: AbstractSet[tuple[str, str]]) -> tuple[int, ...]:
    flags = dict.fromkeys(CATEGORIES, 0)
    for category, polarity in pairs:
        flags[category] |= FLAGS[polarity]
    return tuple(int(STATE_OF_FLAGS[value]) for value in flags.values())


def resampled(confusion: Confusion, n_replicates: int, rng: np.random.Generator) -> Numbers:
    """Return how often each row's comments are drawn: replicates × rows, the first row of them as counted."""
    total = int(confusion.n.sum())
    drawn = rng.multinomial(total, confusion.n / total, n_replicates)
    return np.vstack([confusion.n, drawn]).astype(np.float64)


def rates(confusion: Confusion, kind: str, n: Numbers) -> Numbers:
    """Return the probability of each state found given each state labelled, for a kind of feedback.

    `n` counts comments, replicates × rows. The result is replicates × categories × found × labelled; its
    columns sum to 1. A column with few comments leans on all kinds in the same category, and that on all
    categories; a state that nobody labelled is taken as read rightly.
    """
    of_kind = np.array(confusion.kinds) == kind
    counts = _counts(confusion, n)
    everything = counts.sum(axis=1, keepdims=True)
    known = (everything + np.eye(len(STATES))) / (everything.sum(axis=-2, keepdims=True) + 1)
    known = _leaning(counts, known)
    if confusion.n[of_kind].sum() >= _KIND_GOLD:
        known = _leaning(_counts(confusion, n * of_kind), known)
    return known


def _leaning(counts: Numbers, known: Numbers) -> Numbers:
    total = counts.sum(axis=-2, keepdims=True)
    leaning: Numbers = (counts + _PRIOR_COMMENTS * known) / (total + _PRIOR_COMMENTS)
    return leaning


def _counts(confusion: Confusion, n: Numbers) -> Numbers:
    """Count comments: replicates × categories × found × labelled."""
    size = len(STATES)
    pairs: npt.NDArray[np.int64] = confusion.found * size + confusion.labelled
    is_pair = (pairs[:, :, np.newaxis] == np.arange(size * size)).astype(np.float64)
    counts: Numbers = np.tensordot(n, is_pair, axes=1)
    return counts.reshape(len(n), pairs.shape[1], size, size)
