"""One step of gradient descent through the network, by hand: numpy and scipy are all it needs.

Embeddings follow AdaGrad with one sum per row (Duchi, Hazan & Singer 2011), so that a step touches only the
rows of its batch; the dense weights follow Adam (Kingma & Ba 2015) with its published constants.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix

from cem_nlp.opinions.features import Counts
from cem_nlp.opinions.network import (
    N_OPINIONS,
    Bags,
    Floats,
    Layout,
    bag_matrix,
    in_context,
    shapes,
    sigmoid,
)

_FIRST_MOMENT: Final = 0.9
_SECOND_MOMENT: Final = 0.999
_TINY: Final = 1e-8


@dataclass(frozen=True, slots=True)
class Targets:
    """What a batch should say; a target of NaN is unknown and pulls nowhere.

    `comment` (comments × labels) and `clause` (clauses × opinion labels) are probabilities. A clause that
    repeats what the comment was labelled for elsewhere is unknown. `touchpoint` lists (clause, opinion
    label, touchpoint). `stars` is 1 for a good rating and 0 for a bad one.
    """

    comment: Floats
    clause: Floats
    touchpoint: tuple[Counts, Counts, Counts]
    stars: Floats


@dataclass(frozen=True, slots=True)
class Pull:
    """How hard each kind of target pulls, in units of a comment's label."""

    clause: float = 2.0
    touchpoint: float = 0.3
    stars: float = 0.3


@dataclass(frozen=True, slots=True)
class Dropout:
    """Shares left out at random in training."""

    features: float = 0.5
    context: float = 0.15
    hidden: float = 0.3


@dataclass(slots=True)
class Learner:
    """The network while it learns, with the memory of its optimisers."""

    embedding: Floats
    weights: dict[str, Floats]
    random: np.random.Generator
    squares: Floats
    first: dict[str, Floats] = field(default_factory=dict)
    second: dict[str, Floats] = field(default_factory=dict)
    steps: int = 0

    @classmethod
    def fresh(
        cls, n_features: int, embedding_size: int, hidden_size: int, seed: int | Sequence[int]
    ) -> "Learner":
        """Return a learner with random weights: He's for rectified layers (He et al. 2015), smaller for the
        outputs.
        """
        random = np.random.default_rng(seed)
        embedding = random.standard_normal((n_features, embedding_size), np.float32) * np.float32(0.1)
        weights = {
            name: np.zeros(shape, np.float32) for name, shape in shapes(embedding_size, hidden_size).items()
        }
        for name, shrink in {
            "context": 1.0,
            "label": 0.3,
            "comment": 0.1,
            "touchpoint": 1.0,
            "stars": 0.3,
        }.items():
            spread = np.float32(shrink * np.sqrt(2 / len(weights[name])))
            weights[name] = random.standard_normal(weights[name].shape, np.float32) * spread
        # Labels are rare: start from about five in a hundred.
        weights["label_bias"][:] = -3
        return cls(embedding, weights, random, np.zeros(n_features, np.float32))


def learn(
    learner: Learner, bags: Bags, targets: Targets, pull: Pull, dropout: Dropout, rates: tuple[float, float]
) -> None:
    """Take one step on a batch; `rates` are the learning rates of the embeddings and of the dense weights."""
    kept = _drop_features(bags, dropout.features, learner.random)
    rows, compact = _compact(kept.rows)
    matrix = bag_matrix(replace(kept, rows=compact.astype(np.int32)), len(rows))
    layout = Layout.of(bags)
    gradients, clause_gradient = _gradients(learner, matrix, rows, bags, layout, targets, pull, dropout)
    _update_embedding(learner, rows, np.asarray(matrix.T @ clause_gradient), rates[0])
    _update_weights(learner, gradients, rates[1])


def _gradients(
    learner: Learner,
    matrix: "csr_matrix[Any]",
    rows: Counts,
    bags: Bags,
    layout: Layout,
    targets: Targets,
    pull: Pull,
    dropout: Dropout,
) -> tuple[dict[str, Floats], Floats]:
    """Return the gradients of the dense weights and of the clauses' sums, by one pass forth and one back."""
    weights, comment_of = learner.weights, layout.comment_of
    clauses = np.maximum(matrix @ learner.embedding[rows] + weights["clause_bias"], 0)
    context_mask = _mask((len(clauses), len(weights["context"])), dropout.context, learner.random)
    context = in_context(clauses, layout, bags.kinds) * context_mask
    hidden_mask = _mask((len(clauses), len(weights["context_bias"])), dropout.hidden, learner.random)
    hidden = np.maximum(context @ weights["context"] + weights["context_bias"], 0) * hidden_mask
    scores = hidden @ weights["label"] + weights["label_bias"]
    attention = layout.softmax(scores)
    pooled = np.add.reduceat(attention * scores, layout.begins, axis=0)
    maximum = layout.maximum(hidden)
    summary = np.hstack([layout.mean(hidden), maximum])

    size = np.float32(len(layout.begins))
    to_comment = (
        _error(pooled + summary @ weights["comment"] + weights["comment_bias"], targets.comment) / size
    )
    to_stars = _error(summary @ weights["stars"] + weights["stars_bias"], targets.stars[:, None])
    to_stars *= np.float32(pull.stars) / size
    to_scores = to_comment[comment_of] * attention * (1 + scores - pooled[comment_of])
    to_scores[:, :N_OPINIONS] += _error(scores[:, :N_OPINIONS], targets.clause) * (
        np.float32(pull.clause) / size
    )
    touched, to_touchpoint, touchpoint_bias = _touchpoint_error(
        hidden, weights, targets, np.float32(pull.touchpoint) / size
    )
    to_summary = to_comment @ weights["comment"].T + to_stars @ weights["stars"].T

    width = hidden.shape[1]
    to_hidden = to_scores @ weights["label"].T + (to_summary[:, :width] / layout.n_clauses)[comment_of]
    to_hidden += to_summary[:, width:][comment_of] * ((hidden == maximum[comment_of]) & (hidden > 0))
    np.add.at(to_hidden, touched, to_touchpoint @ weights["touchpoint"].T)
    to_hidden *= hidden_mask * (hidden > 0)
    to_context = np.asarray((to_hidden @ weights["context"].T) * context_mask, np.float32)
    to_clauses = _out_of_context(to_context, layout) * (clauses > 0)
    return {
        "clause_bias": to_clauses.sum(0),
        "context": context.T @ to_hidden,
        "context_bias": to_hidden.sum(0),
        "label": hidden.T @ to_scores,
        "label_bias": to_scores.sum(0),
        "comment": summary.T @ to_comment,
        "comment_bias": to_comment.sum(0),
        "touchpoint": hidden[touched].T @ to_touchpoint,
        "touchpoint_bias": touchpoint_bias,
        "stars": summary.T @ to_stars,
        "stars_bias": to_stars.sum(0),
    }, to_clauses


def _error(logits: Floats, targets: Floats) -> Floats:
    """Return the gradient of the cross-entropy by the logits, zero where the target is unknown."""
    return np.asarray(np.nan_to_num(sigmoid(logits) - targets, copy=False), np.float32)


def _touchpoint_error(
    hidden: Floats, weights: Mapping[str, Floats], targets: Targets, pull: np.float32
) -> tuple[Counts, Floats, Floats]:
    clauses, labels, touchpoints = targets.touchpoint
    logits = hidden[clauses] @ weights["touchpoint"] + weights["touchpoint_bias"][labels]
    error = np.asarray(np.exp(logits - logits.max(axis=1, keepdims=True)), np.float32)
    error = error / error.sum(axis=1, keepdims=True)
    error[np.arange(len(clauses)), touchpoints] -= 1
    error *= pull
    bias = np.zeros_like(weights["touchpoint_bias"])
    np.add.at(bias, labels, error)
    return clauses, error, bias


def _out_of_context(gradient: Floats, layout: Layout) -> Floats:
    """Send the gradient of `network.in_context` back to the clauses."""
    width = (gradient.shape[1] - 3) // 4
    own, before, after, mean = (gradient[:, part * width : (part + 1) * width].copy() for part in range(4))
    before[layout.is_first] = 0
    after[layout.is_last] = 0
    own[:-1] += before[1:]
    own[1:] += after[:-1]
    own += layout.mean(mean)[layout.comment_of]
    return own


def _compact(rows: "np.ndarray[Any, np.dtype[np.int32]]") -> tuple[Counts, Counts]:
    """Return the distinct rows of a batch, and the rows numbered among them."""
    distinct, numbers = np.unique(rows, return_inverse=True)
    return distinct.astype(np.int64), numbers.astype(np.int64)


def _drop_features(bags: Bags, share: float, random: np.random.Generator) -> Bags:
    kept = random.random(len(bags.rows), np.float32) >= share
    counted = np.concatenate([[0], np.cumsum(kept)])
    return replace(bags, rows=bags.rows[kept], clause_starts=counted[bags.clause_starts])


def _mask(shape: tuple[int, int], share: float, random: np.random.Generator) -> Floats:
    return np.asarray((random.random(shape, np.float32) >= share) / np.float32(1 - share), np.float32)


def _update_embedding(learner: Learner, rows: Counts, gradient: Floats, rate: float) -> None:
    learner.squares[rows] += np.square(gradient).mean(axis=1)
    step = gradient * (np.float32(rate) / np.sqrt(learner.squares[rows] + np.float32(_TINY)))[:, None]
    learner.embedding[rows] -= step


def _update_weights(learner: Learner, gradients: Mapping[str, Floats], rate: float) -> None:
    learner.steps += 1
    for name, gradient in gradients.items():
        first = learner.first.get(name, np.zeros_like(gradient)) * _FIRST_MOMENT + gradient * (
            1 - _FIRST_MOMENT
        )
        second = learner.second.get(name, np.zeros_like(gradient)) * _SECOND_MOMENT + gradient**2 * (
            1 - _SECOND_MOMENT
        )
        learner.first[name], learner.second[name] = first, second
        step = (
            first
            / (1 - _FIRST_MOMENT**learner.steps)
            / (np.sqrt(second / (1 - _SECOND_MOMENT**learner.steps)) + _TINY)
        )
        learner.weights[name] = (learner.weights[name] - rate * step).astype(np.float32)
