"""What the transformer says of comments, in numpy: what PyTorch's `Reader` says too."""

from typing import Final, NamedTuple

import numpy as np

from cem_nlp.opinions.encode import Encoded
from cem_nlp.opinions.features import Counts
from cem_nlp.opinions.network import LABELS, N_OPINIONS, Floats
from cem_nlp.opinions.transformer.encoder import LAYER, gelu_twice, linear, states, without_padding
from cem_nlp.opinions.transformer.weights import COMMENT, CONTEXT, LABEL, Transformer
from cem_nlp.opinions.transformer.windows import Batch, Windows
from cem_nlp.vocabulary import KINDS

_READ_AT_ONCE: Final = 1_024
"""Positions read at once. Measured with windows of 230 on one core: a tenth faster than one window at a time,
and no slower than more, which takes more memory."""


class Logits(NamedTuple):
    """What the transformer says: of comments the logits of LABELS (comments × LABELS), of clauses those of
    the opinion labels (clauses × opinion labels), both in the order of the comments given.
    """

    comment: Floats
    clause: Floats


def logits(transformer: Transformer, encoded: Encoded) -> Logits:
    """Read comments."""
    windows = Windows(encoded, transformer.word_pieces)
    comment = np.zeros((len(encoded.texts), len(LABELS)), np.float32)
    clause = np.zeros((len(encoded.spans), N_OPINIONS), np.float32)
    for comments in windows.batches(_READ_AT_ONCE):
        batch = windows.batch(comments)
        comment[batch.comments], clause[batch.clauses] = _read(transformer, batch)
    return Logits(comment, clause)


def _read(transformer: Transformer, batch: Batch) -> Logits:
    """Return what is said of a batch, in its own order."""
    weights = transformer.weights
    read = _states_at(transformer, batch.pieces, batch.places)
    hidden = gelu_twice(linear(_in_context(read, batch), weights, CONTEXT))
    hidden *= np.float32(0.5)
    scores = linear(hidden, weights, LABEL)
    begins = _begins(batch.comment_of)
    summary = np.hstack([_mean(hidden, begins), np.maximum.reduceat(hidden, begins, axis=0)])
    comment = linear(summary, weights, COMMENT)
    comment += _pooled(scores, begins, batch.comment_of)
    return Logits(comment, scores[:, :N_OPINIONS])


def _states_at(transformer: Transformer, pieces: Counts, places: Counts) -> Floats:
    """Return the states at these places of the windows (places × hidden).

    A few windows at a time: a megabyte of text has hundreds, whose states in between would fill the memory.
    """
    width = pieces.shape[1]
    at_once = max(1, _READ_AT_ONCE // width)
    weights = transformer.weights
    found = np.empty((len(places), len(weights[f"{LAYER}0.attended.bias"])), np.float32)
    for first in range(0, len(pieces), at_once):
        here = np.flatnonzero((places >= first * width) & (places < (first + at_once) * width))
        if not len(here):  # the agent's alone
            continue
        text, rows = without_padding(pieces[first : first + at_once], places[here] - first * width)
        found[here] = states(weights, transformer.heads, text)[rows]
    return found


def _in_context(read: Floats, batch: Batch) -> Floats:
    """Put beside the mean of each clause's pieces their maximum, the mean of its comment's clauses, and the
    comment's kind.
    """
    of_clauses = _begins(batch.clause_of)
    clauses = _mean(read, of_clauses)
    comments = _mean(clauses, _begins(batch.comment_of))
    kinds = np.eye(len(KINDS), dtype=np.float32)[batch.kinds]
    return np.hstack(
        [
            clauses,
            np.maximum.reduceat(read, of_clauses, axis=0),
            comments[batch.comment_of],
            kinds[batch.comment_of],
        ]
    )


def _begins(groups: Counts) -> Counts:
    """Return where each group begins; `groups` are 0, 1, 2 …, none left out, each at least once."""
    return np.searchsorted(groups, np.arange(groups[-1] + 1))


def _mean(values: Floats, begins: Counts) -> Floats:
    """Average the rows of each group."""
    sizes = np.diff(begins, append=len(values)).astype(np.float32)
    found = np.add.reduceat(values, begins, axis=0)
    found /= sizes[:, None]
    return found


def _pooled(scores: Floats, begins: Counts, group: Counts) -> Floats:
    """Average the scores of each group, weighted by the softmax of themselves: a smooth maximum."""
    raised = np.exp(scores - np.maximum.reduceat(scores, begins, axis=0)[group])
    total = np.add.reduceat(raised, begins, axis=0)
    raised *= scores
    found = np.add.reduceat(raised, begins, axis=0)
    found /= total
    return found
