"""One step of gradient descent: what is dropped, how the optimisers move.

Embeddings follow AdaGrad with one sum per row (Duchi, Hazan & Singer 2011), so that a step touches only the
rows of its batch; the dense weights follow Adam (Kingma & Ba 2015) with its published constants.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

import numpy as np

from cem_nlp.opinions.features import Counts
from cem_nlp.opinions.gradient import Pull, Targets, backward, forward
from cem_nlp.opinions.network import Bags, Floats, Layout, Scores, bag_matrix, score, shapes

Rows: TypeAlias = "np.ndarray[Any, np.dtype[np.int32]]"

_FIRST_MOMENT: Final = 0.9
_SECOND_MOMENT: Final = 0.999
_TINY: Final = 1e-8


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

    def score(self, bags: Bags) -> Scores:
        """Run the network over a batch, nothing left out at random; see `network.score`."""
        return score(self.embedding, self.weights, bags)

    def touchpoint_scores(self, hidden: Floats, labels: Counts) -> Floats:
        """Return how well each touchpoint suits; see `model.Model.touchpoint_scores`."""
        return np.asarray(hidden @ self.weights["touchpoint"] + self.weights["touchpoint_bias"][labels])

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
    rows, (said, answered_with) = _compact(kept.rows, kept.answer_rows)
    clauses = bag_matrix(said, kept.clause_starts, len(rows))
    answers = bag_matrix(answered_with, kept.answer_starts, len(rows))
    layout = Layout.of(bags)
    embedding = learner.embedding[rows]
    masks = _masks(learner, bags.n_clauses, dropout)
    forth = forward(learner.weights, (clauses @ embedding, answers @ embedding), bags, layout, masks)
    gradients, to_clauses, to_answers = backward(learner.weights, forth, layout, targets, pull)
    _update_embedding(learner, rows, np.asarray(clauses.T @ to_clauses + answers.T @ to_answers), rates[0])
    _update_weights(learner, gradients, rates[1])


def _compact(said: Rows, answered_with: Rows) -> tuple[Counts, tuple[Rows, Rows]]:
    """Return the distinct rows of a batch, and both kinds of rows numbered among them."""
    distinct, numbers = np.unique(np.concatenate([said, answered_with]), return_inverse=True)
    compact = numbers.astype(np.int32)
    return distinct.astype(np.int64), (compact[: len(said)], compact[len(said) :])


def _drop_features(bags: Bags, share: float, random: np.random.Generator) -> Bags:
    rows, clause_starts = _dropped(bags.rows, bags.clause_starts, share, random)
    answer_rows, answer_starts = _dropped(bags.answer_rows, bags.answer_starts, share, random)
    return replace(
        bags, rows=rows, clause_starts=clause_starts, answer_rows=answer_rows, answer_starts=answer_starts
    )


def _dropped(rows: Rows, starts: Counts, share: float, random: np.random.Generator) -> tuple[Rows, Counts]:
    kept = random.random(len(rows), np.float32) >= share
    counted = np.concatenate([[0], np.cumsum(kept)])
    return rows[kept], counted[starts]


def _masks(learner: Learner, n_clauses: int, dropout: Dropout) -> tuple[Floats, Floats]:
    wide, narrow = (len(learner.weights[name]) for name in ("context", "context_bias"))
    return (
        _mask((n_clauses, wide), dropout.context, learner.random),
        _mask((n_clauses, narrow), dropout.hidden, learner.random),
    )


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
