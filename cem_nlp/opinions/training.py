"""Training: from labelled comments, and a pool of rated ones, to a model.

The same comments in the same order, the same recipe and the same seed give the same model, bit for bit, on
the same kind of processor (matrix products round differently on others).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

import numpy as np

from cem_nlp.language import Bilingual
from cem_nlp.opinions.encode import Encoded, encode
from cem_nlp.opinions.features import BUCKETS, Counts, Flags
from cem_nlp.opinions.gradient import Pull
from cem_nlp.opinions.labels import LabelledComment
from cem_nlp.opinions.learner import Dropout, Learner, learn
from cem_nlp.opinions.model import Model, Thresholds, look_up, quantise, rows_of
from cem_nlp.opinions.pool_reading import PoolReading
from cem_nlp.opinions.pooled import PoolComment
from cem_nlp.opinions.targets import Examples, from_labels, shuffled, together
from cem_nlp.opinions.teaching import Consensus, rated
from cem_nlp.opinions.touchpoints import touchpoint_weights
from cem_nlp.text.segment import Segmenter


@dataclass(frozen=True, slots=True)
class Phase:
    """How one stretch of training goes: the learning rates fall in a straight line to `last_rate` of
    themselves.
    """

    passes: int
    batch: int
    embedding_rate: float
    rate: float = 2e-3
    last_rate: float = 0.1
    pull: Pull = field(default_factory=Pull)
    dropout: Dropout = field(default_factory=Dropout)


def _ratings() -> Phase:
    return Phase(passes=1, batch=256, embedding_rate=0.07, last_rate=1.0, pull=Pull(stars=1.0))


def _labels() -> Phase:
    return Phase(passes=9, batch=64, embedding_rate=0.07)


def _teaching() -> Phase:
    return Phase(
        passes=3, batch=128, embedding_rate=0.1, pull=Pull(clause=1.0), dropout=Dropout(0.4, 0.1, 0.2)
    )


@dataclass(frozen=True, slots=True)
class Decision:
    """How a student's logits become probabilities, and from which one it speaks; see `model.Model`."""

    thresholds: Thresholds
    calibration: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of training, chosen by cross-validation on the training comments (models/README.md).

    A hashed feature is kept if it occurs `least_labelled` times in labelled comments or `least_pooled` times
    in the pool. Sizes are those of a network's embeddings and hidden layer. `alone` holds for a student of
    the networks, `beside_reading` for one that a reading taught too: it is less sure of itself.
    """

    teacher_size: tuple[int, int] = (128, 192)
    student_size: tuple[int, int] = (192, 256)
    least_labelled: int = 3
    least_pooled: int = 60
    teachers: int = 5
    ratings: Phase = field(default_factory=_ratings)
    labels: Phase = field(default_factory=_labels)
    teaching: Phase = field(default_factory=_teaching)
    alone: Decision = Decision(Thresholds(0.45, 0.28, 0.2), (-0.209, 0.431))
    beside_reading: Decision = Decision(Thresholds(0.42, 0.25, 0.16), (-0.19, 0.61))


def train(
    comments: Sequence[LabelledComment],
    pool: Sequence[PoolComment],
    segmenter: Segmenter,
    *,
    seed: int,
    version: str,
    facts: Mapping[str, Any],
    reading: PoolReading | None = None,
    recipe: Recipe | None = None,
    report: Callable[[Bilingual], None] = lambda step: None,
) -> Model:
    """Train a model; `facts` goes into its card, `report` hears of each step.

    Several teachers learn good from bad by the pool's ratings, then the opinions by the labelled comments.
    The mean of what they say about the pool, and of what a `reading` of the pool says, together with the
    labels, teaches the one network that the model holds.
    """
    recipe = recipe or Recipe()
    report(_encoding(len(comments), len(pool)))
    labelled_encoded = encode_all([c.text for c in comments], [c.kind for c in comments], segmenter)
    pool_encoded = encode_all([c.text for c in pool], [c.kind for c in pool], segmenter)
    kept = _kept(labelled_encoded, pool_encoded, recipe)
    row_of, n_rows = rows_of(kept), int(kept.sum())
    labelled = from_labels(comments, labelled_encoded, look_up(labelled_encoded, row_of, n_rows))
    pool_bags = look_up(pool_encoded, row_of, n_rows)
    good = [comment.good for comment in pool]
    consensus = Consensus(pool_bags, reading)
    for number in range(recipe.teachers):
        said = f"{number + 1} / {recipe.teachers}"
        report(Bilingual(f"教师网络 {said}", f"teacher {said}"))
        consensus.hear(_teacher(rated(good, pool_bags), labelled, n_rows, [seed, number], recipe))
    report(Bilingual("学生网络", "student"))
    student = Learner.fresh(n_rows, *recipe.student_size, [seed, recipe.teachers])
    _learn(student, together(consensus.examples(good), labelled), recipe.teaching)
    levels, scales = quantise(student.embedding)
    weights = touchpoint_weights(levels * scales[:, np.newaxis], student.weights, labelled)
    decided = recipe.alone if reading is None else recipe.beside_reading
    return Model(version, kept, levels, scales, weights, decided.thresholds, decided.calibration, dict(facts))


def _encoding(labelled: int, pool: int) -> Bilingual:
    return Bilingual(
        f"编码 {labelled} 条标注评论、{pool} 条未标注评论",
        f"encode {labelled} labelled and {pool} pool comments",
    )


def _teacher(
    ratings: Examples, labelled: Examples, n_rows: int, seed: Sequence[int], recipe: Recipe
) -> Learner:
    learner = Learner.fresh(n_rows, *recipe.teacher_size, seed)
    _learn(learner, ratings, recipe.ratings, among=np.flatnonzero(~np.isnan(ratings.stars)))
    _learn(learner, labelled, recipe.labels)
    return learner


def _learn(learner: Learner, examples: Examples, phase: Phase, among: Counts | None = None) -> None:
    """Pass over the examples, or those `among` them, in random order."""
    numbers = np.arange(len(examples)) if among is None else among
    batches = -(-len(numbers) // phase.batch) * phase.passes
    done = 0
    for _ in range(phase.passes):
        for chosen in shuffled(numbers, phase.batch, learner.random):
            decay = 1 - (1 - phase.last_rate) * done / batches
            rates = (phase.embedding_rate * decay, phase.rate * decay)
            learn(learner, *examples.batch(chosen), phase.pull, phase.dropout, rates)
            done += 1


def _kept(labelled: Encoded, pooled: Encoded, recipe: Recipe) -> Flags:
    in_labelled = np.bincount(labelled.features, minlength=BUCKETS)
    in_pool = np.bincount(pooled.features, minlength=BUCKETS)
    return (in_labelled >= recipe.least_labelled) | (in_pool >= recipe.least_pooled)


_AT_ONCE: Final = 2_000
"""Comments encoded at once, to keep the arrays in between small."""


def encode_all(texts: Sequence[str], kinds: Sequence[str], segmenter: Segmenter) -> Encoded:
    """Encode any number of comments with bounded memory."""
    parts = [
        encode(texts[begin : begin + _AT_ONCE], kinds[begin : begin + _AT_ONCE], segmenter)
        for begin in range(0, max(len(texts), 1), _AT_ONCE)
    ]
    return Encoded(
        features=np.concatenate([part.features for part in parts]),
        clause_starts=_chained([part.clause_starts for part in parts]),
        comment_starts=_chained([part.comment_starts for part in parts]),
        answers=np.concatenate([part.answers for part in parts]),
        answer_starts=_chained([part.answer_starts for part in parts]),
        kinds=np.concatenate([part.kinds for part in parts]),
        spans=[span for part in parts for span in part.spans],
        texts=[text for part in parts for text in part.texts],
    )


def _chained(
    starts: Sequence["np.ndarray[Any, np.dtype[np.int64]]"],
) -> "np.ndarray[Any, np.dtype[np.int64]]":
    sizes = [later - earlier for part in starts for earlier, later in pairwise(part.tolist())]
    return np.concatenate([[0], np.cumsum(np.array(sizes, np.int64))])
