"""Rows gathered into chunks, bounded in rows and in characters."""

from collections.abc import Iterable, Iterator
from typing import Final

from cem_nlp.ingest.records import RawChunk, RawRow, Rejected

LARGEST_CHUNK: Final = 32 << 20
"""Characters: chunks travel between processes and several are under way at once."""


def chunks(
    items: Iterable[RawRow | Rejected], file: str, columns: Iterable[str], rows_per_chunk: int
) -> Iterator[RawChunk]:
    """Yield the rows and rejected rows of a file in chunks.

    At least one comes, so that every file is accounted for. Rows in which every cell is empty are no records
    and are passed over: spreadsheets are full of them. `columns` is read when a chunk is complete: it may
    grow while rows arrive.
    """
    rows: list[RawRow] = []
    rejected: list[Rejected] = []
    characters = 0
    nothing_yet = True
    for item in items:
        if isinstance(item, Rejected):
            rejected.append(item)
        elif any(item[1]):
            rows.append(item)
            characters += sum(map(len, filter(None, item[1])))
        if len(rows) + len(rejected) >= rows_per_chunk or characters > LARGEST_CHUNK:
            yield RawChunk(file, tuple(columns), rows, rejected)
            rows, rejected, characters, nothing_yet = [], [], 0, False
    if rows or rejected or nothing_yet:
        yield RawChunk(file, tuple(columns), rows, rejected)
