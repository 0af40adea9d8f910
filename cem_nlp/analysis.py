"""Opinions of plain comments, without a warehouse: what `analyse`, `cem classify` and `cem evaluate` share.

Texts are read in their normalised, masked form; spans point into the texts as they were given.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from cem_nlp.opinions import Opinion, OpinionEngine, Reading
from cem_nlp.opinions.profile import Profile, count, observe
from cem_nlp.text import Prepared, prepare, to_source_span

OPINION_COLUMNS = (
    "id",
    "category",
    "polarity",
    "touchpoint",
    "start",
    "end",
    "evidence",
    "probability",
    "decided_by",
    "topic",
)
COMMENT_COLUMNS = ("id", "polarity", "intent", "expectation", "language")

_BATCH = 2_000
"""Comments read at once: enough for vectorised work, few enough to keep memory flat."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment to be read; `kind` is review, complaint or transcript, `domain` its trade ('' unknown)."""

    id: str
    text: str
    kind: str = "review"
    domain: str = ""


def read_comments(
    engine: OpinionEngine, comments: Iterable[Comment]
) -> Iterator[tuple[list[dict[str, object]], list[dict[str, object]]]]:
    """Yield, batch by batch, the rows of OPINION_COLUMNS and of COMMENT_COLUMNS.

    `start` and `end` are code points into the comment's text as given, `end` exclusive. `evidence` is that
    very slice, or its normalised form where the comment holds personal data, which is masked there, or half a
    surrogate pair, which no file can hold.
    """
    for batch in batches(comments):
        prepared = [prepare(comment.text, comment.kind) for comment in batch]
        readings = engine.read([ready.text for ready in prepared], [comment.kind for comment in batch])
        opinions = [
            _opinion_row(comment, ready, opinion)
            for comment, ready, reading in zip(batch, prepared, readings, strict=True)
            for opinion in reading.opinions
        ]
        yield opinions, [_comment_row(*pair) for pair in zip(batch, readings, strict=True)]


def read_texts(engine: OpinionEngine, texts: Sequence[tuple[str, str]]) -> list[Reading]:
    """Return the readings of (text, kind) pairs, their spans pointing into the texts as given."""
    prepared = [prepare(text, kind) for text, kind in texts]
    readings = engine.read([ready.text for ready in prepared], [kind for _, kind in texts])
    return [_at_source(ready, reading) for ready, reading in zip(prepared, readings, strict=True)]


def profile_of(engine: OpinionEngine, texts: Sequence[tuple[str, str]]) -> Profile:
    """Return the profile of (text, kind) pairs and of what the engine reads in them."""
    prepared = [prepare(text, kind).text for text, kind in texts]
    kinds = [kind for _, kind in texts]
    readings = engine.read(prepared, kinds)
    return Profile(engine.model_version, count(map(observe, prepared, kinds, readings)))


def _at_source(prepared: Prepared, reading: Reading) -> Reading:
    spans = [to_source_span(prepared, opinion.start, opinion.end) for opinion in reading.opinions]
    moved = [
        replace(opinion, start=start, end=end)
        for opinion, (start, end) in zip(reading.opinions, spans, strict=True)
    ]
    return replace(reading, opinions=tuple(moved))


def _opinion_row(comment: Comment, prepared: Prepared, opinion: Opinion) -> dict[str, object]:
    start, end = to_source_span(prepared, opinion.start, opinion.end)
    cannot_be_shown = prepared.n_masked or "surrogate" in prepared.fixes
    evidence = prepared.text[opinion.start : opinion.end] if cannot_be_shown else comment.text[start:end]
    found = (opinion.category, opinion.polarity, opinion.touchpoint)
    said = (start, end, evidence, opinion.probability, opinion.decided_by, opinion.topic)
    values = (comment.id, *found, *said)
    return dict(zip(OPINION_COLUMNS, values, strict=True))


def _comment_row(comment: Comment, reading: Reading) -> dict[str, object]:
    values = (comment.id, reading.polarity, reading.intent, reading.expectation, reading.language)
    return dict(zip(COMMENT_COLUMNS, values, strict=True))


def batches(comments: Iterable[Comment]) -> Iterator[list[Comment]]:
    """Yield the comments in lists worth reading at once."""
    remaining = iter(comments)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
