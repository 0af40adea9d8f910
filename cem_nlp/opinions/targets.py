"""What the network should say about encoded comments, and batches of both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from cem_nlp.opinions.encode import Encoded, Span, ranges
from cem_nlp.opinions.features import Counts
from cem_nlp.opinions.gradient import Targets
from cem_nlp.opinions.labels import LabelledComment, LabelledOpinion
from cem_nlp.opinions.network import LABELS, N_OPINIONS, OPINION_LABELS, Bags, Floats
from cem_nlp.vocabulary import EXPECTATIONS, INTENTS, TOUCHPOINTS

_LABEL_NUMBER: Final = {label: number for number, label in enumerate(OPINION_LABELS)}
_NAME_NUMBER: Final = {name: N_OPINIONS + number for number, name in enumerate([*INTENTS, *EXPECTATIONS])}
_TOUCHPOINT_NUMBER: Final = {code: number for number, code in enumerate(TOUCHPOINTS)}
_WELL_COVERED: Final = 0.5
"""Share of a clause, or of the evidence if that is shorter, that must overlap for the clause to hold the
opinion.
"""


@dataclass(frozen=True, slots=True)
class Examples:
    """Encoded comments with what they should say; `touchpoint` is -1 where no opinion of that label is in
    the clause.
    """

    bags: Bags
    comment: Floats
    clause: Floats
    touchpoint: npt.NDArray[np.int8]
    stars: Floats

    def __len__(self) -> int:
        return len(self.bags.kinds)

    def batch(self, comments: Counts) -> tuple[Bags, Targets]:
        """Return these comments, in this order."""
        bags, clauses = pick(self.bags, comments)
        touched, labels = np.nonzero(self.touchpoint[clauses] >= 0)
        places = self.touchpoint[clauses][touched, labels].astype(np.int64)
        return bags, Targets(
            self.comment[comments], self.clause[clauses], (touched, labels, places), self.stars[comments]
        )


def pick(bags: Bags, comments: Counts) -> tuple[Bags, Counts]:
    """Return the bags of these comments, in this order, and the numbers of their clauses."""
    clauses, comment_starts = ranges(bags.comment_starts, comments)
    entries, clause_starts = ranges(bags.clause_starts, clauses)
    answers, answer_starts = ranges(bags.answer_starts, comments)
    picked = Bags(
        rows=bags.rows[entries],
        clause_starts=clause_starts,
        comment_starts=comment_starts,
        answer_rows=bags.answer_rows[answers],
        answer_starts=answer_starts,
        kinds=bags.kinds[comments],
    )
    return picked, clauses


def chosen(examples: Examples, comments: Counts) -> Examples:
    """Return these comments, in this order."""
    bags, clauses = pick(examples.bags, comments)
    return Examples(
        bags,
        examples.comment[comments],
        examples.clause[clauses],
        examples.touchpoint[clauses],
        examples.stars[comments],
    )


def shuffled(numbers: Counts, size: int, random: np.random.Generator) -> Iterator[Counts]:
    """Yield every number once, in random order, `size` at a time."""
    order = random.permutation(numbers)
    for begin in range(0, len(order), size):
        yield order[begin : begin + size]


def from_labels(comments: Sequence[LabelledComment], encoded: Encoded, bags: Bags) -> Examples:
    """Return labelled comments as examples.

    A clause holds an opinion if it covers its evidence well. The other clauses of a comment with the same
    opinion are unknown: the labels name an opinion once, by its clearest words, and others may repeat it.
    """
    comment = np.zeros((len(comments), len(LABELS)), np.float32)
    clause = np.zeros((bags.n_clauses, N_OPINIONS), np.float32)
    touchpoint = no_touchpoints(bags)
    for number, labelled in enumerate(comments):
        first = int(encoded.comment_starts[number])
        spans = encoded.clauses_of(number)
        for name in (labelled.intent, labelled.expectation):
            if name is not None:
                comment[number, _NAME_NUMBER[name]] = 1
        for opinion in labelled.opinions:
            label = _LABEL_NUMBER[opinion.category, opinion.polarity]
            comment[number, label] = 1
            holding = [first + at for at in _holding(spans, opinion)]
            rest = clause[first : first + len(spans), label]
            rest[rest == 0] = np.nan
            clause[holding, label] = 1
            touchpoint[holding, label] = _TOUCHPOINT_NUMBER[opinion.touchpoint]
    return Examples(bags, comment, clause, touchpoint, np.full(len(comments), np.nan, np.float32))


def unknown(bags: Bags) -> tuple[Floats, Floats]:
    """Return targets, of comments and of clauses, that pull nowhere."""
    return (
        np.full((len(bags.kinds), len(LABELS)), np.nan, np.float32),
        np.full((bags.n_clauses, N_OPINIONS), np.nan, np.float32),
    )


def no_touchpoints(bags: Bags) -> npt.NDArray[np.int8]:
    """Return touchpoints, of clauses and opinion labels, that are all unknown."""
    return np.full((bags.n_clauses, N_OPINIONS), -1, np.int8)


def together(first: Examples, second: Examples) -> Examples:
    """Return the examples of both, the first ones first."""
    one, other = first.bags, second.bags
    bags = Bags(
        rows=np.concatenate([one.rows, other.rows]),
        clause_starts=np.concatenate([one.clause_starts, other.clause_starts[1:] + len(one.rows)]),
        comment_starts=np.concatenate([one.comment_starts, other.comment_starts[1:] + one.n_clauses]),
        answer_rows=np.concatenate([one.answer_rows, other.answer_rows]),
        answer_starts=np.concatenate([one.answer_starts, other.answer_starts[1:] + len(one.answer_rows)]),
        kinds=np.concatenate([one.kinds, other.kinds]),
    )
    return Examples(
        bags=bags,
        comment=np.concatenate([first.comment, second.comment]),
        clause=np.concatenate([first.clause, second.clause]),
        touchpoint=np.concatenate([first.touchpoint, second.touchpoint]),
        stars=np.concatenate([first.stars, second.stars]),
    )


def _holding(spans: Sequence[Span], opinion: LabelledOpinion) -> list[int]:
    overlaps = [min(end, opinion.end) - max(start, opinion.start) for start, end in spans]
    shorter = [min(end - start, opinion.end - opinion.start) for start, end in spans]
    holding = [
        number
        for number, (overlap, length) in enumerate(zip(overlaps, shorter, strict=True))
        if overlap > 0 and overlap >= _WELL_COVERED * length
    ]
    return holding or [int(np.argmax(overlaps))]
