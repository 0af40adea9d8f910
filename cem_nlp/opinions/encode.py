"""Comments as clauses of feature numbers: what the network reads.

The analysis runs on simplified characters; `simplify` keeps the length, so spans point into the text given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from cem_nlp.opinions.features import SEPARATOR, Counts, clause_features, join_clauses
from cem_nlp.text.clauses import split_clauses
from cem_nlp.text.dialogue import customer_spans, turn_spans
from cem_nlp.text.filler import is_default_praise
from cem_nlp.text.negation import said_plainly
from cem_nlp.text.script import simplify
from cem_nlp.text.segment import Segmenter
from cem_nlp.text.written_language import written_language
from cem_nlp.vocabulary import KINDS

Span: TypeAlias = tuple[int, int]

_LONGEST_FILLER: Final = 40
"""Code points of the longest text that could be a platform's own; longer ones are not looked at."""
_NO_CLAUSE: Final[Span] = (0, 0)
_ASKING: Final = ("?", "？", "!", "！")
"""Marks that belong to what a clause says: a question is no experience, a shout is one all the more."""
_KIND_NUMBER: Final = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Encoded:
    """A batch of comments. Clause i holds features[clause_starts[i]:clause_starts[i + 1]], comment j the
    clauses from comment_starts[j] to comment_starts[j + 1], and what agents said in it
    answers[answer_starts[j]:answer_starts[j + 1]]; `spans` has one entry a clause, `kinds` and `texts` one a
    comment.

    A comment always has a clause: one without words that could be read has a single empty one.
    """

    features: npt.NDArray[np.int32]
    clause_starts: Counts
    comment_starts: Counts
    answers: npt.NDArray[np.int32]
    answer_starts: Counts
    kinds: Counts
    spans: list[Span]
    texts: list[str]

    def clauses_of(self, comment: int) -> list[Span]:
        """Return the spans of the comment's clauses."""
        return self.spans[self.comment_starts[comment] : self.comment_starts[comment + 1]]


def encode(texts: Sequence[str], kinds: Sequence[str], segmenter: Segmenter) -> Encoded:
    """Encode comments for the network; `kinds` are codes of `vocabulary.KINDS`. `texts` become simplified."""
    simplified = [simplify(text) for text in texts]
    clauses = [readable_clauses(text, kind) for text, kind in zip(simplified, kinds, strict=True)]
    parts = [
        [_heard(text[slice(*_with_mark(text, span))], kind) for span in spans]
        for text, spans, kind in zip(simplified, clauses, kinds, strict=True)
    ]
    spans = [span for comment in clauses for span in comment]
    answers = [[_answer(text, kind)] for text, kind in zip(simplified, kinds, strict=True)]
    features, clause_starts = _bags(parts, len(spans), segmenter)
    answer_features, answer_starts = _bags(answers, len(answers), segmenter)
    return Encoded(
        features=features,
        clause_starts=clause_starts,
        comment_starts=_starts(np.array([len(comment) for comment in clauses], np.int64)),
        answers=answer_features,
        answer_starts=answer_starts,
        kinds=np.array([_KIND_NUMBER[kind] for kind in kinds], np.int64),
        spans=spans,
        texts=simplified,
    )


def picked(encoded: Encoded, comments: Counts) -> tuple[Encoded, Counts]:
    """Return these comments, in this order, and the numbers of their clauses."""
    clauses, comment_starts = ranges(encoded.comment_starts, comments)
    features, clause_starts = ranges(encoded.clause_starts, clauses)
    answers, answer_starts = ranges(encoded.answer_starts, comments)
    some = Encoded(
        features=encoded.features[features],
        clause_starts=clause_starts,
        comment_starts=comment_starts,
        answers=encoded.answers[answers],
        answer_starts=answer_starts,
        kinds=encoded.kinds[comments],
        spans=[encoded.spans[clause] for clause in clauses.tolist()],
        texts=[encoded.texts[comment] for comment in comments.tolist()],
    )
    return some, clauses


def ranges(starts: Counts, chosen: Counts) -> tuple[Counts, Counts]:
    """Return the numbers of all members of the chosen groups, and where each group begins among them; group i
    has the members from starts[i] to starts[i + 1].
    """
    begins = starts[chosen]
    sizes = starts[chosen + 1] - begins
    found_starts = _starts(sizes)
    return np.arange(found_starts[-1]) + np.repeat(begins - found_starts[:-1], sizes), found_starts


def _bags(
    parts: Sequence[Sequence[str]], n_bags: int, segmenter: Segmenter
) -> tuple[npt.NDArray[np.int32], Counts]:
    """Return the features of every piece of every comment, a bag each, and where the bags begin."""
    # Words are cut comment by comment: a rare comment that needs the slow segmenter slows no other.
    joined = [join_clauses(comment).removeprefix(SEPARATOR) for comment in parts]
    lengths = [len(word) for comment in joined for word in segmenter.cut(comment)]
    at, features = clause_features(SEPARATOR + "".join(joined), [len(SEPARATOR), *lengths])
    order = np.argsort(at, kind="stable")
    return features[order].astype(np.int32), _starts(np.bincount(at, minlength=n_bags))


def _heard(clause: str, kind: str) -> str:
    """Return what is read of a clause; who complains or calls denies faults in dispute, not in praise."""
    return said_plainly(clause) if kind == "review" else clause


def _answer(text: str, kind: str) -> str:
    """Return what agents say in a transcript, their turns one after another; '' for any other kind.

    It holds no opinion of the customer's, but tells how to read one: nobody is sorry for a question.
    """
    return " ".join(text[start:end] for role, start, end in turn_spans(text, kind) if role == "agent")


def readable_clauses(text: str, kind: str) -> list[Span]:
    """Return the customer's clauses, a single empty one where there is nothing Chinese to read."""
    clauses = customer_clauses(text, kind) if written_language(text, kind) == "zh" else []
    return clauses or [_NO_CLAUSE]


def customer_clauses(text: str, kind: str) -> list[Span]:
    """Return the customer's clauses in any language, none where the platform wrote the text."""
    if len(text) <= _LONGEST_FILLER and is_default_praise(text):
        return []
    return [clause for start, end in customer_spans(text, kind) for clause in split_clauses(text, start, end)]


def _with_mark(text: str, span: Span) -> Span:
    start, end = span
    return (start, end + 1) if end and text.startswith(_ASKING, end) else span


def _starts(counts: npt.NDArray[np.int64]) -> Counts:
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts
