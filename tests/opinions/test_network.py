"""The hand-written gradient against the slope of the loss, and the network's own laws."""

from dataclasses import replace

import numpy as np
import pytest
from opinions_factories import comments, segmenter

from cem_nlp.opinions.encode import encode
from cem_nlp.opinions.features import BUCKETS
from cem_nlp.opinions.gradient import Pull, Targets
from cem_nlp.opinions.learner import Dropout, Learner, learn
from cem_nlp.opinions.model import look_up
from cem_nlp.opinions.network import LABELS, N_OPINIONS, Bags, sigmoid
from cem_nlp.opinions.targets import Examples, from_labels, pick

ROWS = 40
NO_DROPOUT = Dropout(0, 0, 0)
PULL = Pull(clause=0.5, touchpoint=0.7, stars=0.9)


def bags() -> Bags:
    """Three comments of one, two and three clauses, one of the clauses empty; two have an answer."""
    random = np.random.default_rng(3)
    sizes = np.array([4, 0, 3, 5, 2, 6])
    answers = np.array([3, 0, 7])
    return Bags(
        rows=random.integers(0, ROWS, sizes.sum()).astype(np.int32),
        clause_starts=np.concatenate([[0], np.cumsum(sizes)]),
        comment_starts=np.array([0, 1, 3, 6]),
        answer_rows=random.integers(0, ROWS, answers.sum()).astype(np.int32),
        answer_starts=np.concatenate([[0], np.cumsum(answers)]),
        kinds=np.array([0, 1, 2]),
    )


def targets() -> Targets:
    """Every kind of target, some unknown."""
    random = np.random.default_rng(4)
    comment = random.random((3, len(LABELS))).astype(np.float32)
    clause = random.random((6, N_OPINIONS)).astype(np.float32)
    comment[0, 2] = clause[4, 1] = np.nan
    touchpoint = (np.array([0, 3]), np.array([1, 5]), np.array([7, 2]))
    return Targets(comment, clause, touchpoint, np.array([1, np.nan, 0], np.float32))


def cross_entropy(logits: np.ndarray, truth: np.ndarray) -> float:
    chance = 1 / (1 + np.exp(-logits.astype(np.float64)))
    return float(np.nansum(-(truth * np.log(chance) + (1 - truth) * np.log(1 - chance))))


def loss(learner: Learner) -> float:
    said, truth = learner.score(bags()), targets()
    clauses, labels, places = truth.touchpoint
    logits = said.hidden[clauses] @ learner.weights["touchpoint"] + learner.weights["touchpoint_bias"][labels]
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    total = cross_entropy(said.comment, truth.comment)
    total += PULL.clause * cross_entropy(said.clause[:, :N_OPINIONS], truth.clause)
    total -= PULL.touchpoint * float(np.log(chances[np.arange(len(clauses)), places]).sum())
    return (total + PULL.stars * cross_entropy(said.stars, truth.stars)) / 3


def fresh() -> Learner:
    learner = Learner.fresh(ROWS, 6, 5, seed=1)
    learner.embedding *= 10
    learner.weights["label_bias"][:] = 0
    # Off zero: the clause without features would sit on the bend of the rectifier.
    learner.weights["clause_bias"][:] = 0.1
    return learner


def test_a_step_follows_the_slope_of_the_loss() -> None:
    # From a fresh optimiser, Adam's first moment after one step is a tenth of the gradient.
    stepped = fresh()
    learn(stepped, bags(), targets(), PULL, NO_DROPOUT, (0.0, 0.0))
    random = np.random.default_rng(0)
    for name, first in stepped.first.items():
        place = tuple(random.integers(0, size) for size in first.shape)
        ends = []
        for shift in (2e-3, -2e-3):
            moved = fresh()
            moved.weights[name][place] += shift
            ends.append(loss(moved))
        assert first[place] * 10 == pytest.approx((ends[0] - ends[1]) / 4e-3, abs=2e-3), name


def test_a_step_moves_embeddings_against_the_slope() -> None:
    stepped = fresh()
    learn(stepped, bags(), targets(), PULL, NO_DROPOUT, (1e-3, 0.0))
    assert loss(stepped) < loss(fresh())
    unseen = np.setdiff1d(np.arange(ROWS), [*bags().rows, *bags().answer_rows])
    assert np.array_equal(stepped.embedding[unseen], fresh().embedding[unseen])


def test_a_comment_reads_the_same_in_any_batch() -> None:
    learner, batch = fresh(), bags()
    together = learner.score(batch)
    for comment in range(3):
        alone, clauses = pick(batch, np.array([comment]))
        said = learner.score(alone)
        assert np.allclose(said.comment[0], together.comment[comment], atol=1e-5)
        assert np.allclose(said.clause, together.clause[clauses], atol=1e-5)


def test_the_order_of_features_in_a_clause_does_not_matter() -> None:
    learner, batch = fresh(), bags()
    turned = replace(batch, rows=np.concatenate([batch.rows[:4][::-1], batch.rows[4:]]))
    one, other = (learner.score(each).comment for each in (batch, turned))
    assert np.allclose(one, other, atol=1e-5)


def test_extreme_logits_stay_probabilities() -> None:
    assert sigmoid(np.array([-1e9, 0, 1e9], np.float32)) == pytest.approx([0, 0.5, 1], abs=1e-6)


def test_repeats_of_a_labelled_opinion_are_unknown() -> None:
    comment = comments()[0]
    encoded = encode([comment.text], [comment.kind], segmenter())
    examples = _examples(comment.text + comment.text)
    assert len(examples.clause) == 2 * len(encoded.spans)
    held = ~np.isnan(examples.comment[0, :N_OPINIONS]) & (examples.comment[0, :N_OPINIONS] == 1)
    assert (np.sort(examples.clause[:, held], axis=0)[0] == 1).all()
    assert np.isnan(examples.clause[len(encoded.spans) :, held]).all()
    assert (examples.clause[:, ~held] == 0).all()


def _examples(text: str) -> Examples:
    comment = replace(comments()[0], text=text)
    encoded = encode([text], [comment.kind], segmenter())
    rows = np.zeros(BUCKETS, np.int32)
    return from_labels([comment], encoded, look_up(encoded, rows, 1))
