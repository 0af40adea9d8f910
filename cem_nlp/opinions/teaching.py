"""What several networks agree on about unlabelled comments: the lessons of the network that ships.

Distillation (Hinton, Vinyals & Dean 2015): probabilities, not decisions, are passed on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from cem_nlp.opinions.features import Counts
from cem_nlp.opinions.network import N_OPINIONS, Bags, Floats, Scores, sigmoid
from cem_nlp.opinions.pool_reading import PoolReading, check_clauses
from cem_nlp.opinions.targets import Examples, no_touchpoints, pick, unknown

_AT_ONCE: Final = 2_000
"""Comments read at once, to keep the arrays in between small."""
_HOLDS: Final = 0.5
"""Probability from which the first teacher's opinion in a clause is asked for its touchpoint."""
_OTHER_READER: Final = np.float32(0.7)
"""Weight of a reader of another kind; the rest is that of all networks together. On the fold
(models/README.md) the mean of eight networks and two transformers read best at 0.7, tried from 0.4 to 0.8.
"""


class Network(Protocol):
    """A network that can be asked: one that learns, or the one in use."""

    def score(self, bags: Bags) -> Scores:
        """Read a batch; see `network.score`."""
        ...

    def touchpoint_scores(self, hidden: Floats, labels: Counts) -> Floats:
        """Say how well each touchpoint suits; see `model.Model.touchpoint_scores`."""
        ...


@dataclass(slots=True)
class _Part:
    """What was said so far, added up, about some comments; `places` are (clause, label) with a touchpoint."""

    comment: Floats
    clause: Floats
    places: tuple[Counts, Counts]
    touchpoints: Floats


class Consensus:
    """Adds up what teachers say about comments, beside what another reader said of them, if any did.

    Raises BrokenLabels where that reading is of other clauses.
    """

    def __init__(self, bags: Bags, reading: PoolReading | None = None) -> None:
        if reading is not None:
            check_clauses(reading, bags.n_clauses)
        self._bags = bags
        self._reading = reading
        self._parts: list[_Part] = []
        self._teachers = 0

    def hear(self, teacher: Network) -> None:
        """Let one more teacher read all comments."""
        for number, bags in enumerate(self._batches()):
            said = teacher.score(bags)
            comment, clause = sigmoid(said.comment), sigmoid(said.clause[:, :N_OPINIONS])
            if not self._teachers:
                clauses, labels = np.nonzero(clause >= _HOLDS)
                places = (clauses.astype(np.int64), labels.astype(np.int64))
                self._parts.append(_Part(comment, clause, places, _touchpoints(teacher, said, places)))
            else:
                part = self._parts[number]
                part.comment += comment
                part.clause += clause
                part.touchpoints += _touchpoints(teacher, said, part.places)
        self._teachers += 1

    def examples(self, good: Sequence[bool | None]) -> Examples:
        """Return the comments as examples of the teachers' mean, with their own ratings."""
        comment, clause = unknown(self._bags)
        touchpoint = no_touchpoints(self._bags)
        comments = clauses = 0
        for part in self._parts:
            those = slice(comments, comments + len(part.comment))
            here = slice(clauses, clauses + len(part.clause))
            comment[those] = part.comment / np.float32(self._teachers)
            clause[here] = part.clause / np.float32(self._teachers)
            if self._reading is not None:
                comment[those] = _between(comment[those], self._reading.of_comments(those))
                clause[here] = _between(clause[here], self._reading.of_clauses(here))
            touchpoint[here][part.places] = part.touchpoints.argmax(axis=1).astype(np.int8)
            comments, clauses = those.stop, here.stop
        return Examples(self._bags, comment, clause, touchpoint, rating_targets(good))

    def _batches(self) -> Iterator[Bags]:
        for begin in range(0, len(self._bags.kinds), _AT_ONCE):
            yield pick(self._bags, np.arange(begin, min(begin + _AT_ONCE, len(self._bags.kinds))))[0]


def rated(good: Sequence[bool | None], bags: Bags) -> Examples:
    """Return comments as examples of their ratings alone."""
    return Examples(bags, *unknown(bags), no_touchpoints(bags), rating_targets(good))


def rating_targets(good: Sequence[bool | None]) -> Floats:
    """Return 1 for good, 0 for bad and nan for no rating."""
    return np.array([np.nan if value is None else float(value) for value in good], np.float32)


def _between(networks: Floats, reader: Floats) -> Floats:
    return (1 - _OTHER_READER) * networks + _OTHER_READER * reader


def _touchpoints(teacher: Network, said: Scores, places: tuple[Counts, Counts]) -> Floats:
    clauses, labels = places
    logits = teacher.touchpoint_scores(said.hidden[clauses], labels)
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)
