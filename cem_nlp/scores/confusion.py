"""What the model says of comments, counted against what labelled comments hold.

In each category a comment is in one state: none (nothing said of it), negative, neutral, positive, or mixed
(praise and blame; a neutral remark beside either changes nothing). A finding is a state too, and of praise
and blame how sure the model is, because what it doubts is wrong far more often. A `Confusion` counts comments
by states labelled and findings in all six categories: drawing from its rows is drawing whole comments.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
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

CERTAINTIES: Final = (0.8, 0.95)
"""Probabilities from which on praise or blame found is likely, and sure; below them it is doubtful. A
convention: of what a model calls doubtful, likely and sure about a third, a tenth and a thirtieth is wrong.
More steps gain next to nothing in `benchmarks/correction.py`."""
FINDINGS: Final = (
    "none",
    *("doubtful negative", "likely negative", "sure negative"),
    "neutral",
    *("doubtful positive", "likely positive", "sure positive"),
    "mixed",
)
STATE_OF_FINDING: Final = np.array([0, 1, 1, 1, 2, 3, 3, 3, 4])
_FIRST_FINDING: Final = np.array([0, 1, 4, 5, 8])
_BY_CERTAINTY: Final = np.array([0, 1, 0, 1, 0])
"""Of each state: its first finding, and whether more follow for more certainty."""
IS_STATE: Final = (np.arange(len(STATES))[:, np.newaxis] == STATE_OF_FINDING).astype(np.float64)
"""Which findings are of which state, states × findings: times counts of findings, those of states."""
_READ_RIGHTLY: Final = (IS_STATE / IS_STATE.sum(axis=1, keepdims=True)).T
"""A model without errors, with any certainty as often as any other: findings × states."""

_KIND_GOLD: Final = 100
"""Labelled comments from which a kind of feedback has rates of its own. A convention."""
_PRIOR_COMMENTS: Final = 20.0
"""Comments that the rates of all kinds, or of all categories, are worth where a column rests on few. Of 5,
10, 20 and 40 it leaves the smallest errors in `benchmarks/correction.py`, by little."""

Pairs = Sequence[AbstractSet[tuple[str, str]]]
"""One set of (category, polarity) a comment."""
Found = Sequence[Iterable[tuple[str, str, float]]]
"""(category, polarity, probability) of each opinion found, comment by comment."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """Labelled comments counted by kind, states and findings; `labelled` and `found` are rows × categories of
    the vocabulary, numbers into `STATES` and `FINDINGS`, and `n` the comments of each row. `measured_on` is
    the name of the labels, `model_version` the model that read them.
    """

    model_version: str
    measured_on: str
    kinds: tuple[str, ...]
    labelled: Integers
    found: Integers
    n: Integers


def count_confusion(
    kinds: Sequence[str], labelled: Pairs, found: Found, *, model_version: str, measured_on: str
) -> Confusion:
    """Count comments by their kind, and by what is labelled and found in them."""
    rows = zip(kinds, map(_states, labelled), map(_findings, found), strict=True)
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


def _findings(opinions: Iterable[tuple[str, str, float]]) -> tuple[int, ...]:
    flags, probability = dict.fromkeys(CATEGORIES, 0), dict.fromkeys(CATEGORIES, 0.0)
    for category, polarity, value in opinions:
        flags[category] |= FLAGS[polarity]
        probability[category] = max(probability[category], value)
    found = findings(np.array(list(flags.values())), np.array(list(probability.values())))
    return tuple(found.tolist())


def findings(flags: Integers, probability: Numbers) -> Integers:
    """Return numbers into `FINDINGS`, of unions of flags and the greatest probability among the opinions."""
    state = STATE_OF_FLAGS[flags]
    found: Integers = _FIRST_FINDING[state] + _BY_CERTAINTY[state] * np.digitize(probability, CERTAINTIES)
    return found


def resampled(confusion: Confusion, n_replicates: int, rng: np.random.Generator) -> Numbers:
    """Return how often each row's comments are drawn: replicates × rows, the first row of them as counted."""
    total = int(confusion.n.sum())
    drawn = rng.multinomial(total, confusion.n / total, n_replicates)
    return np.vstack([confusion.n, drawn]).astype(np.float64)


def rates(confusion: Confusion, kind: str, n: Numbers, rng: np.random.Generator) -> Numbers:
    """Return the probability of each finding given each state labelled, for a kind of feedback.

    `n` counts comments, replicates × rows. The result is replicates × categories × found × labelled; its
    columns sum to 1. A column with few comments leans on all kinds in the same category, and that on all
    categories; a state that nobody labelled is taken as read rightly. The first replicate is free of chance,
    in the others what is leaned on is drawn.
    """
    of_kind = np.array(confusion.kinds) == kind
    counts = _counts(confusion, n)
    everything = counts.sum(axis=1, keepdims=True)
    known = (everything + _READ_RIGHTLY) / (everything.sum(axis=-2, keepdims=True) + 1)
    known = _leaning(counts, known, rng)
    if confusion.n[of_kind].sum() >= _KIND_GOLD:
        known = _leaning(_counts(confusion, n * of_kind), known, rng)
    return known


def _leaning(counts: Numbers, known: Numbers, rng: np.random.Generator) -> Numbers:
    """Add the comments leaned on to those counted, drawn anew in each replicate but the first."""
    leant_on = _PRIOR_COMMENTS * known
    leant_on[1:] = rng.standard_gamma(leant_on[1:])
    both = counts + leant_on
    leaning: Numbers = both / both.sum(axis=-2, keepdims=True)
    return leaning


def _counts(confusion: Confusion, n: Numbers) -> Numbers:
    """Count comments: replicates × categories × found × labelled."""
    shape = (len(FINDINGS), len(STATES))
    pairs: npt.NDArray[np.int64] = confusion.found * len(STATES) + confusion.labelled
    is_pair = (pairs[:, :, np.newaxis] == np.arange(np.prod(shape))).astype(np.float64)
    counts: Numbers = np.tensordot(n, is_pair, axes=1)
    return counts.reshape(len(n), pairs.shape[1], *shape)
