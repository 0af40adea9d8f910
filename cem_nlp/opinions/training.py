"""Training: from labelled comments, and a pool of rated ones, to a model.

The same comments in the same order, the same recipe and the same seed give the same model, bit for bit, on
the same kind of processor (matrix products round differently on others).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from cem_nlp.opinions.encode import Encoded, encode
from cem_nlp.opinions.features import BUCKETS, Flags
from cem_nlp.opinions.gradient import Dropout, Learner, Pull, learn
from cem_nlp.opinions.labels import LabelledComment
from cem_nlp.opinions.model import Model, look_up, quantise, rows_of
from cem_nlp.opinions.targets import Examples, from_labels, from_stars, shuffled
from cem_nlp.text.segment import Segmenter


@dataclass(frozen=True, slots=True)
class PoolComment:
    """An unlabelled comment; `good` says whether its rating was good or bad, None where it has none or a
    middling one.
    """

    text: str
    kind: str
    good: bool | None


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of training, chosen by cross-validation on the training comments (models/README.md).

    A hashed feature is kept if it occurs `least_labelled` times in labelled comments or `least_pooled`
    times in the pool.
    """

    embedding_size: int = 128
    hidden_size: int = 192
    least_labelled: int = 3
    least_pooled: int = 30
    pool_passes: int = 1
    passes: int = 9
    pool_batch: int = 256
    batch: int = 64
    embedding_rate: float = 0.07
    rate: float = 2e-3
    last_rate: float = 0.1
    pull: Pull = field(default_factory=Pull)
    dropout: Dropout = field(default_factory=Dropout)
    threshold: float = 0.4
    calibration: tuple[float, float] = (0.0, 1.0)


def train(
    comments: Sequence[LabelledComment],
    pool: Sequence[PoolComment],
    segmenter: Segmenter,
    *,
    seed: int,
    version: str,
    facts: Mapping[str, Any],
    recipe: Recipe | None = None,
    report: Callable[[str], None] = lambda step: None,
) -> Model:
    """Train a model; `facts` goes into its card, `report` hears of each step.

    First the ratings of the pool teach what is good and bad, then the labelled comments teach the opinions.
    """
    recipe = recipe or Recipe()
    rated = [comment for comment in pool if comment.good is not None]
    report(f"encode {len(comments)} labelled and {len(rated)} rated comments")
    labelled_encoded = encode_all([c.text for c in comments], [c.kind for c in comments], segmenter)
    rated_encoded = encode_all([c.text for c in rated], [c.kind for c in rated], segmenter)
    kept = _kept(labelled_encoded, rated_encoded, recipe)
    row_of, n_rows = rows_of(kept), int(kept.sum())
    labelled = from_labels(comments, labelled_encoded, look_up(labelled_encoded, row_of, n_rows))
    stars = from_stars([comment.good for comment in rated], look_up(rated_encoded, row_of, n_rows))
    learner = Learner.fresh(n_rows, recipe.embedding_size, recipe.hidden_size, seed)
    for number in range(recipe.pool_passes):
        report(f"ratings, pass {number + 1} of {recipe.pool_passes}")
        _pass(learner, stars, recipe.pool_batch, Pull(stars=1.0), recipe, 1.0)
    for number in range(recipe.passes):
        report(f"labels, pass {number + 1} of {recipe.passes}")
        _pass(learner, labelled, recipe.batch, recipe.pull, recipe, _decay(number, recipe))
    quantised, scales = quantise(learner.embedding)
    return Model(
        version, kept, quantised, scales, learner.weights, recipe.threshold, recipe.calibration, dict(facts)
    )


def _pass(learner: Learner, examples: Examples, size: int, pull: Pull, recipe: Recipe, decay: float) -> None:
    rates = (recipe.embedding_rate * decay, recipe.rate * decay)
    for chosen in shuffled(len(examples), size, learner.random):
        learn(learner, *examples.batch(chosen), pull, recipe.dropout, rates)


def _decay(number: int, recipe: Recipe) -> float:
    """Let the learning rate fall in a straight line towards `last_rate` of itself."""
    return 1 - (1 - recipe.last_rate) * number / recipe.passes


def _kept(labelled: Encoded, pooled: Encoded, recipe: Recipe) -> Flags:
    in_labelled = np.bincount(labelled.features, minlength=BUCKETS)
    in_pool = np.bincount(pooled.features, minlength=BUCKETS)
    return (in_labelled >= recipe.least_labelled) | (in_pool >= recipe.least_pooled)


_AT_ONCE = 2_000
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
        kinds=np.concatenate([part.kinds for part in parts]),
        spans=[span for part in parts for span in part.spans],
        texts=[text for part in parts for text in part.texts],
    )


def _chained(
    starts: Sequence["np.ndarray[Any, np.dtype[np.int64]]"],
) -> "np.ndarray[Any, np.dtype[np.int64]]":
    sizes = [later - earlier for part in starts for earlier, later in pairwise(part.tolist())]
    return np.concatenate([[0], np.cumsum(np.array(sizes, np.int64))])
