"""The way through the network and back: activations, errors and gradients, by hand in numpy and scipy."""

from dataclasses import dataclass

import numpy as np

from cem_nlp.opinions.features import Counts
from cem_nlp.opinions.network import (
    N_BESIDE,
    N_OPINIONS,
    Bags,
    Floats,
    Layout,
    Weights,
    answered,
    in_context,
    sigmoid,
)
from cem_nlp.vocabulary import KINDS


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
class Forward:
    """What the layers put out on the way forth; see `network.score`. Masks hold what was dropped."""

    clauses: Floats
    answers: Floats
    context: Floats
    hidden: Floats
    masks: tuple[Floats, Floats]
    scores: Floats
    attention: Floats
    pooled: Floats
    maximum: Floats
    summary: Floats


def forward(
    weights: Weights,
    sums: tuple[Floats, Floats],
    bags: Bags,
    layout: Layout,
    masks: tuple[Floats, Floats],
) -> Forward:
    """Run the network as `network.score` does, some of its units dropped.

    `sums` are the scaled sums of embeddings of every clause and of every comment's answer; `masks` multiply
    the context (clauses × context) and the hidden layer (clauses × hidden).
    """
    clauses = np.maximum(sums[0] + weights["clause_bias"], 0)
    answers = np.maximum(sums[1] + weights["answer_bias"], 0) * answered(bags)
    context = in_context(clauses, answers, layout, bags.kinds) * masks[0]
    hidden = np.maximum(context @ weights["context"] + weights["context_bias"], 0) * masks[1]
    scores = hidden @ weights["label"] + weights["label_bias"]
    attention = layout.softmax(scores)
    pooled = np.add.reduceat(attention * scores, layout.begins, axis=0)
    maximum = layout.maximum(hidden)
    return Forward(
        clauses=clauses,
        answers=answers,
        context=context,
        hidden=hidden,
        masks=masks,
        scores=scores,
        attention=attention,
        pooled=pooled,
        maximum=maximum,
        summary=np.hstack([layout.mean(hidden), maximum]),
    )


@dataclass(frozen=True, slots=True)
class _Errors:
    """The gradient by each output of the network: per comment, its rating, per clause, per touchpoint."""

    comment: Floats
    stars: Floats
    scores: Floats
    touched: Counts
    touchpoint: Floats
    touchpoint_bias: Floats


def _errors(weights: Weights, forth: Forward, layout: Layout, targets: Targets, pull: Pull) -> _Errors:
    size = np.float32(len(layout.begins))
    logits = forth.pooled + forth.summary @ weights["comment"] + weights["comment_bias"]
    comment = _error(logits, targets.comment) / size
    stars = _error(forth.summary @ weights["stars"] + weights["stars_bias"], targets.stars[:, None])
    stars *= np.float32(pull.stars) / size
    scores = (comment[layout.comment_of] * forth.attention) * (
        1 + forth.scores - forth.pooled[layout.comment_of]
    )
    clause_pull = np.float32(pull.clause) / size
    scores[:, :N_OPINIONS] += _error(forth.scores[:, :N_OPINIONS], targets.clause) * clause_pull
    touchpoint = _touchpoint_error(forth.hidden, weights, targets, np.float32(pull.touchpoint) / size)
    return _Errors(comment, stars, scores, *touchpoint)


def backward(
    weights: Weights, forth: Forward, layout: Layout, targets: Targets, pull: Pull
) -> tuple[dict[str, Floats], Floats, Floats]:
    """Return the gradients of the dense weights, of the clauses' sums and of the answers' sums."""
    by = _errors(weights, forth, layout, targets, pull)
    hidden, comment_of = forth.hidden, layout.comment_of
    to_summary = by.comment @ weights["comment"].T + by.stars @ weights["stars"].T
    width = hidden.shape[1]
    to_hidden = by.scores @ weights["label"].T + (to_summary[:, :width] / layout.n_clauses)[comment_of]
    to_hidden += to_summary[:, width:][comment_of] * ((hidden == forth.maximum[comment_of]) & (hidden > 0))
    np.add.at(to_hidden, by.touched, by.touchpoint @ weights["touchpoint"].T)
    to_hidden *= forth.masks[1] * (hidden > 0)
    to_context = np.asarray((to_hidden @ weights["context"].T) * forth.masks[0], np.float32)
    to_clauses, to_answers = _out_of_context(to_context, layout)
    to_clauses *= forth.clauses > 0
    to_answers *= forth.answers > 0
    return (
        {
            "clause_bias": to_clauses.sum(0),
            "answer_bias": to_answers.sum(0),
            "context": forth.context.T @ to_hidden,
            "context_bias": to_hidden.sum(0),
            "label": hidden.T @ by.scores,
            "label_bias": by.scores.sum(0),
            "comment": forth.summary.T @ by.comment,
            "comment_bias": by.comment.sum(0),
            "touchpoint": hidden[by.touched].T @ by.touchpoint,
            "touchpoint_bias": by.touchpoint_bias,
            "stars": forth.summary.T @ by.stars,
            "stars_bias": by.stars.sum(0),
        },
        to_clauses,
        to_answers,
    )


def _error(logits: Floats, targets: Floats) -> Floats:
    """Return the gradient of the cross-entropy by the logits, zero where the target is unknown."""
    return np.asarray(np.nan_to_num(sigmoid(logits) - targets, copy=False), np.float32)


def _touchpoint_error(
    hidden: Floats, weights: Weights, targets: Targets, pull: np.float32
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


def _out_of_context(gradient: Floats, layout: Layout) -> tuple[Floats, Floats]:
    """Send the gradient of `network.in_context` back to the clauses and to the answers."""
    width = (gradient.shape[1] - len(KINDS)) // N_BESIDE
    own, before, after, mean, answer = (
        gradient[:, part * width : (part + 1) * width].copy() for part in range(N_BESIDE)
    )
    before[layout.is_first] = 0
    after[layout.is_last] = 0
    own[:-1] += before[1:]
    own[1:] += after[:-1]
    own += layout.mean(mean)[layout.comment_of]
    return own, np.add.reduceat(answer, layout.begins, axis=0)
