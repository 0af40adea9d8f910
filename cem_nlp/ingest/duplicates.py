"""The same record twice is one row; the same number with other content is a conflict."""

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from typing import TypeAlias

from cem_nlp.config import Source
from cem_nlp.ingest.records import Record, Rejected

Seen: TypeAlias = MutableMapping[bytes, bytes]
"""Which records are known: feedback_id → content_digest, both as bytes; about 200 bytes of memory each."""


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """Records parted: those given = fresh + duplicates + conflicts."""

    fresh: list[Record]
    duplicates: int
    conflicts: list[Rejected]


def remember(seen: Seen, known: Iterable[tuple[str, str]]) -> None:
    """Note (feedback_id, content_digest) pairs that other nights have published."""
    for feedback_id, digest in known:
        seen[bytes.fromhex(feedback_id)] = bytes.fromhex(digest)


def deduplicate(records: Iterable[Record], source: Source, seen: Seen) -> Deduplicated:
    """Part the records of one source, in order, by what is in `seen`, and note the fresh ones there.

    Call it chunk after chunk, file after file. A known id with the same content is a duplicate. With other
    content it is rejected as conflicting_id and the first record stays: nobody can tell which one is right.
    """
    fresh: list[Record] = []
    conflicts: list[Rejected] = []
    duplicates = 0
    for record in records:
        digest = bytes.fromhex(record.content_digest)
        first = seen.setdefault(bytes.fromhex(record.feedback_id), digest)
        if first is digest:  # the very object: the id was not known
            fresh.append(record)
        elif first == digest:
            duplicates += 1
        else:
            conflicts.append(_conflict(record, source))
    return Deduplicated(fresh, duplicates, conflicts)


def _conflict(record: Record, source: Source) -> Rejected:
    said = record.text if record.text is not None else "\n".join(turn.text for turn in record.turns)
    created_at = None if record.created_at is None else record.created_at.isoformat()
    rating = None if record.rating is None else repr(record.rating)
    described = {"brand": record.brand, "product": record.product, "created_at": created_at, "rating": rating}
    content = {"number": record.number, **described, "text": said}
    return Rejected(record.row, "conflicting_id", content, column=source.columns.id, value=record.number)
