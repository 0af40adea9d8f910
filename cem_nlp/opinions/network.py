"""The network: clauses as bags of hashed n-grams, read in their context, pooled to the comment.

    features of a clause  → sum of their embeddings / √n → ReLU                       (what the clause says)
    features of the agent's turns → the same                                          (what is answered)
    the clause, its neighbours, the mean of the comment, the answer, the kind → ReLU   (what it says here)
    → a score per label and clause, a score per touchpoint
    a comment's logit = scores pooled over its clauses + linear in the mean and maximum of the clauses

Pooling weighs each clause by the softmax of its own scores, a smooth maximum: a comment holds an opinion if
some clause does. Labels: category × polarity, then intents, then expectations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from cem_nlp.opinions.features import Counts, Flags
from cem_nlp.vocabulary import CATEGORIES, EXPECTATIONS, INTENTS, KINDS, POLARITIES, TOUCHPOINTS

Floats: TypeAlias = npt.NDArray[np.float32]
Weights: TypeAlias = Mapping[str, Floats]

OPINION_LABELS: Final = tuple(product(CATEGORIES, POLARITIES))
LABELS: Final = (
    *(f"{category} {polarity}" for category, polarity in OPINION_LABELS),
    *INTENTS,
    *EXPECTATIONS,
)
N_OPINIONS: Final = len(OPINION_LABELS)
N_BESIDE: Final = 5
"""Embeddings that stand beside one another in a clause's context: its own, the one before, the one after, the
mean of the comment, the answer."""


def shapes(embedding_size: int, hidden_size: int) -> dict[str, tuple[int, ...]]:
    """Return the shape of every dense weight that is learnt; embeddings apart, a row a feature."""
    return {
        "clause_bias": (embedding_size,),
        "answer_bias": (embedding_size,),
        "context": (N_BESIDE * embedding_size + len(KINDS), hidden_size),
        "context_bias": (hidden_size,),
        "label": (hidden_size, len(LABELS)),
        "label_bias": (len(LABELS),),
        "comment": (2 * hidden_size, len(LABELS)),
        "comment_bias": (len(LABELS),),
        "touchpoint": (hidden_size, len(TOUCHPOINTS)),
        "touchpoint_bias": (N_OPINIONS, len(TOUCHPOINTS)),
        "stars": (2 * hidden_size, 1),
        "stars_bias": (1,),
    }


def finished_shapes(embedding_size: int, hidden_size: int) -> dict[str, tuple[int, ...]]:
    """Return the shape of every dense weight of a finished model: touchpoints are told for each category."""
    touchpoint = (len(CATEGORIES), hidden_size, len(TOUCHPOINTS))
    return {**shapes(embedding_size, hidden_size), "touchpoint": touchpoint}


@dataclass(frozen=True, slots=True)
class Bags:
    """The network's input: clause i is the bag of row numbers rows[clause_starts[i]:clause_starts[i + 1]],
    the answer in comment j that of answer_rows[answer_starts[j]:answer_starts[j + 1]].
    """

    rows: npt.NDArray[np.int32]
    clause_starts: Counts
    comment_starts: Counts
    answer_rows: npt.NDArray[np.int32]
    answer_starts: Counts
    kinds: Counts

    @property
    def n_clauses(self) -> int:
        """Clauses in the batch."""
        return len(self.clause_starts) - 1


@dataclass(frozen=True, slots=True)
class Layout:
    """Which comment each clause belongs to, and where comments begin and end."""

    comment_of: Counts
    begins: Counts
    is_first: Flags
    is_last: Flags
    n_clauses: Floats

    @classmethod
    def of(cls, bags: Bags) -> "Layout":
        """Derive the layout of a batch."""
        sizes = np.diff(bags.comment_starts)
        first = np.zeros(bags.n_clauses, np.bool_)
        last = np.zeros(bags.n_clauses, np.bool_)
        first[bags.comment_starts[:-1]] = True
        last[bags.comment_starts[1:] - 1] = True
        comment_of = np.repeat(np.arange(len(sizes)), sizes)
        return cls(comment_of, bags.comment_starts[:-1], first, last, sizes[:, None].astype(np.float32))

    def mean(self, values: Floats) -> Floats:
        """Average the clauses of each comment."""
        return np.asarray(np.add.reduceat(values, self.begins, axis=0) / self.n_clauses)

    def maximum(self, values: Floats) -> Floats:
        """Take the maximum over the clauses of each comment."""
        return np.asarray(np.maximum.reduceat(values, self.begins, axis=0))

    def softmax(self, scores: Floats) -> Floats:
        """Return weights that sum to one over the clauses of each comment."""
        raised = np.exp(scores - self.maximum(scores)[self.comment_of])
        return np.asarray(raised / np.add.reduceat(raised, self.begins, axis=0)[self.comment_of])


def bag_matrix(rows: npt.NDArray[np.int32], starts: Counts, n_rows: int) -> "csr_matrix[Any]":
    """Return bags as a sparse matrix, each scaled by one over the square root of its size."""
    sizes = np.diff(starts)
    values = np.repeat((1 / np.sqrt(np.maximum(sizes, 1))).astype(np.float32), sizes)
    return csr_matrix((values, rows, starts.astype(np.int32)), shape=(len(sizes), n_rows))


def answered(bags: Bags) -> Floats:
    """Return 1 for each comment with an answer and 0 for the others, as a column."""
    return (np.diff(bags.answer_starts) > 0)[:, None].astype(np.float32)


def in_context(clauses: Floats, answers: Floats, layout: Layout, kinds: Counts) -> Floats:
    """Put beside each clause the one before, the one after, the mean of its comment, the answer, and the
    comment's kind.
    """
    before, after = np.zeros_like(clauses), np.zeros_like(clauses)
    before[1:], after[:-1] = clauses[:-1], clauses[1:]
    before[layout.is_first] = 0
    after[layout.is_last] = 0
    mean = layout.mean(clauses)[layout.comment_of]
    kind = np.eye(len(KINDS), dtype=np.float32)[kinds][layout.comment_of]
    return np.hstack([clauses, before, after, mean, answers[layout.comment_of], kind])


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says: per comment the logits of LABELS and of a good rating, per clause scores of
    the same labels and the clause in context, from which touchpoints follow."""

    comment: Floats
    stars: Floats
    clause: Floats
    hidden: Floats


def score(embedding: Floats, weights: Weights, bags: Bags) -> Scores:
    """Run the network over a batch."""
    layout = Layout.of(bags)
    said = bag_matrix(bags.rows, bags.clause_starts, len(embedding)) @ embedding
    replied = bag_matrix(bags.answer_rows, bags.answer_starts, len(embedding)) @ embedding
    clauses = np.maximum(said + weights["clause_bias"], 0)
    answers = np.maximum(replied + weights["answer_bias"], 0) * answered(bags)
    hidden = np.maximum(
        in_context(clauses, answers, layout, bags.kinds) @ weights["context"] + weights["context_bias"], 0
    )
    scores = hidden @ weights["label"] + weights["label_bias"]
    pooled = np.add.reduceat(layout.softmax(scores) * scores, layout.begins, axis=0)
    summary = np.hstack([layout.mean(hidden), layout.maximum(hidden)])
    return Scores(
        comment=pooled + summary @ weights["comment"] + weights["comment_bias"],
        stars=(summary @ weights["stars"] + weights["stars_bias"])[:, 0],
        clause=scores,
        hidden=hidden,
    )


def sigmoid(logits: Floats) -> Floats:
    """Return 1 / (1 + e^-x), clipped where e^x would overflow."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))))
