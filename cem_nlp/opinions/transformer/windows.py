"""Comments as the transformer reads them: windows of pieces, and where the pieces of each clause lie.

A comment that fits is one window. A longer one is read through windows that overlap; a piece near the inner
edge of a window is read in the next one, where it has words on both sides. Of a call the customer's turns are
read whole, and how each of the agent's begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from cem_nlp.opinions.encode import Encoded
from cem_nlp.opinions.features import Counts, Flags
from cem_nlp.opinions.transformer.word_pieces import Numbers, WordPieces
from cem_nlp.text.dialogue import turn_spans
from cem_nlp.vocabulary import KINDS

POSITIONS: Final = 512
"""Positions of the longest window, those of its start and its end included: what BERT was trained on."""

_BESIDE_TEXT: Final = 2
_ROOM: Final = POSITIONS - _BESIDE_TEXT
_EDGE: Final = 64
"""Pieces at the inner edge of a window that are read in the neighbouring one."""
_CALL: Final = tuple(KINDS).index("transcript")
_SPEAKER: Final = len("客服：")
_ANSWER: Final = 32
"""Code points read of each of the agent's turns: what it is about comes first, then what is always said. It
spares a sixth of the pieces of the pool's calls."""
_JITTER: Final = 0.15
"""Spread of the random factor on lengths: comments of similar length share a batch, but not always the same
ones."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some comments as arrays, by which everything else about them is found.

    `comments` and `clauses` are numbers in the Encoded they come from, clauses in the order of their
    comments. `pieces` (windows × positions) holds numbers of pieces, 0 for padding. `places` are the
    positions, counted through all windows, that are read for clauses, and `clause_of` says for each which
    clause of the batch it belongs to; every clause has one at least. `comment_of` says for each clause which
    comment of the batch it is in. `kinds` has one entry a comment.
    """

    comments: Counts
    clauses: Counts
    pieces: Counts
    places: Counts
    clause_of: Counts
    comment_of: Counts
    kinds: Counts


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A comment: its pieces, and for each clause its first piece and that after its last."""

    numbers: Numbers
    clauses: Counts


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of a comment's pieces; those from `read_from` to `read_to` are read here."""

    begin: int
    end: int
    read_from: int
    read_to: int


class Windows:
    """Comments cut into pieces."""

    def __init__(self, encoded: Encoded, word_pieces: WordPieces) -> None:
        self._starts = encoded.comment_starts
        self._kinds = encoded.kinds
        self.word_pieces = word_pieces
        self._pieces = [self._cut(encoded, number) for number in range(len(encoded.texts))]

    def batches(self, size: int, random: np.random.Generator | None = None) -> list[Counts]:
        """Return the numbers of all comments, each once, in batches of similar length.

        A batch fills about `size` positions, padding included; a comment longer than that is alone. With
        `random` every call makes other batches.
        """
        lengths = np.array([_length(len(comment.numbers)) for comment in self._pieces], np.int64)
        keys = lengths if random is None else lengths * np.exp(random.normal(0, _JITTER, len(lengths)))
        found: list[Counts] = []
        begin = longest = 0
        order = np.argsort(keys, kind="stable")
        for at, length in enumerate(lengths[order].tolist()):
            longest = max(longest, length)
            if at > begin and longest * (at + 1 - begin) > size:
                found.append(order[begin:at])
                begin, longest = at, length
        if len(order):
            found.append(order[begin:])
        return found

    def batch(self, comments: Counts) -> Batch:
        """Return these comments, in this order."""
        read = [self._pieces[number] for number in comments.tolist()]
        width = _BESIDE_TEXT + max(min(len(comment.numbers), _ROOM) for comment in read)
        rows: list[Counts] = []
        places: list[Counts] = []
        for comment in read:
            windows = _windows(len(comment.numbers))
            places += _places(comment, windows, len(rows), width)
            rows += [self._row(comment.numbers[window.begin : window.end], width) for window in windows]
        sizes = np.array([len(comment.clauses) for comment in read], np.int64)
        return Batch(
            comments=comments,
            clauses=np.concatenate(
                [np.arange(self._starts[number], self._starts[number + 1]) for number in comments]
            ),
            pieces=np.stack(rows),
            places=np.concatenate(places),
            clause_of=np.repeat(np.arange(len(places)), [len(clause) for clause in places]),
            comment_of=np.repeat(np.arange(len(read)), sizes),
            kinds=self._kinds[comments],
        )

    def _cut(self, encoded: Encoded, number: int) -> _Pieces:
        text = encoded.texts[number]
        numbers, begins = self.word_pieces.cut(text)
        if encoded.kinds[number] == _CALL:
            is_read = _read_of_call(text)[begins]
            numbers, begins = numbers[is_read], begins[is_read]
        spans = np.array(encoded.clauses_of(number), np.int64).reshape(-1, 2)
        return _Pieces(numbers, np.searchsorted(begins, spans))

    def _row(self, numbers: Numbers, width: int) -> Counts:
        row = np.zeros(width, np.int64)
        row[0] = self.word_pieces.start
        row[1 : 1 + len(numbers)] = numbers
        row[1 + len(numbers)] = self.word_pieces.end
        return row


def _read_of_call(text: str) -> Flags:
    """Return for each code point of a transcript whether it is read."""
    is_read = np.zeros(len(text), np.bool_)
    for role, start, end in turn_spans(text, "transcript"):
        heard = end if role == "customer" else min(end, start + _ANSWER)
        is_read[max(0, start - _SPEAKER) : heard] = True
    return is_read


def _length(n_pieces: int) -> int:
    """Return the positions that a comment fills, a long one as windows of full length."""
    return len(_windows(n_pieces)) * (_BESIDE_TEXT + min(n_pieces, _ROOM))


def _windows(n_pieces: int) -> list[_Window]:
    windows = []
    begin = read_from = 0
    while begin + _ROOM < n_pieces:
        end = begin + _ROOM
        windows.append(_Window(begin, end, read_from, end - _EDGE))
        begin, read_from = end - 2 * _EDGE, end - _EDGE
    return [*windows, _Window(begin, n_pieces, read_from, n_pieces)]


def _places(comment: _Pieces, windows: Sequence[_Window], first_row: int, width: int) -> list[Counts]:
    """Return the positions of each clause, for windows that are the rows from `first_row` on.

    A clause without a piece, as an empty comment has, is read at the window's start, which stands for all.
    """
    place = np.zeros(len(comment.numbers), np.int64)
    for row, window in enumerate(windows, start=first_row):
        read = np.arange(window.read_from, window.read_to)
        place[read] = row * width + 1 + read - window.begin
    start = np.array([first_row * width])
    return [place[begin:end] if end > begin else start for begin, end in comment.clauses.tolist()]
