"""CSV and TSV: strict about quotes, because one stray quote can swallow a thousand rows in silence."""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from cem_nlp.config import Source
from cem_nlp.errors import UnreadableSource
from cem_nlp.ingest.batches import chunks
from cem_nlp.ingest.columns import by_name, check_columns, distinct
from cem_nlp.ingest.files import read_blocks
from cem_nlp.ingest.lines import DECLARE_ENCODING, LONGEST_LINE, physical_lines
from cem_nlp.ingest.records import RawChunk, RawRow, Rejected
from cem_nlp.language import Bilingual

LONGEST_RECORD: Final = 500
"""Lines. No comment is that long; a quote that is still open by then was never closed."""

_ALIKE: Final = 3
"""Swallowed lines that each hold exactly a row's delimiters: three in a row are no coincidence."""

_TELLING_WIDTH: Final = 4
"""Columns from which one swallowed line is told by its cells. Measured with rows as exports have them: every
swallowed row is found; of 5,000 real comments of several lines none is taken for one where other columns hold
numbers or dates, 20 where all hold words alone."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = re.compile(r"\d+")


def read_delimited(source: Source, path: Path, shown: str, rows_per_chunk: int) -> Iterator[RawChunk]:
    """Yield the chunks of a CSV or TSV file.

    Rejected rows: ragged_row, bad_quoting, swallowed_rows, undecodable, line_too_long.

    Raises:
        UnreadableSource: no text in any candidate encoding, no header, or a quote that is never closed.
        BrokenContract: a mapped column is missing.
    """
    # A comment may hold 1 MB; the csv module's own limit of 128 KiB holds for the whole process.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))
    damaged: dict[int, str] = {}
    lines = physical_lines(read_blocks(path, shown), source.encoding, shown, damaged)
    records = _records(lines, damaged, _delimiter(source, path), shown)
    columns = _header(records, shown)
    check_columns(columns, source, shown)
    yield from chunks(_regular(records, distinct(columns)), path.name, distinct(columns), rows_per_chunk)


def _delimiter(source: Source, path: Path) -> str:
    if source.delimiter is not None:
        return source.delimiter
    return "\t" if path.name.lower().removesuffix(".gz").endswith(".tsv") else ","


def _header(records: Iterator[RawRow | Rejected], shown: str) -> list[str]:
    first = next(records, None)
    if first is None or isinstance(first, Rejected):
        reason = Bilingual("没有表头", "there is no header")
        next_step = Bilingual(
            "重新导出，首行应为列名", "export it again with the column names in the first row"
        )
        if first is not None:
            reason = Bilingual(
                "表头无法读取（编码或引号有误）", "the header cannot be read (encoding or quotes)"
            )
            next_step = Bilingual(
                f"{next_step.zh}；或{DECLARE_ENCODING.zh}", f"{next_step.en}, or {DECLARE_ENCODING.en}"
            )
        raise UnreadableSource(reason, where=f"{shown}:1", next_step=next_step)
    return [(name or "").strip() for name in first[1]]


def _regular(records: Iterator[RawRow | Rejected], columns: Sequence[str]) -> Iterator[RawRow | Rejected]:
    """Set rows with more or fewer cells than the header apart: their cells may have shifted."""
    for record in records:
        if isinstance(record, Rejected) or len(record[1]) == len(columns) or not any(record[1]):
            yield record
        else:
            row, cells = record
            found, wanted = str(len(cells)), str(len(columns))
            yield Rejected(row, "ragged_row", by_name(columns, cells), value=found, valid=wanted)


def _records(
    lines: Iterator[str], damaged: dict[int, str], delimiter: str, shown: str
) -> Iterator[RawRow | Rejected]:
    """Yield records, and what is none, with the number of the line on which each begins."""
    width = 0
    for start, held, cells in _split(lines, delimiter, shown):
        if cells is None:
            yield _whole(start, held, "bad_quoting")
        elif damaged and (reason := _damage(damaged, start, len(held))):
            yield _whole(start, held, reason)
        elif len(held) > 1 and _swallowed(held, delimiter, width):
            yield _whole(start, held, "swallowed_rows")
        elif cells:
            width = width or len(cells)
            yield start, cells


def _split(
    lines: Iterator[str], delimiter: str, shown: str
) -> Iterator[tuple[int, list[str], list[str] | None]]:
    """Yield line number, physical lines and cells of each record; None for cells where quotes are misused."""
    start, held = 1, list[str]()

    def feed() -> Iterator[str]:
        for line in lines:
            held.append(line)
            if len(held) > LONGEST_RECORD:
                raise _never_closed(shown, start)
            yield line

    reader = csv.reader(feed(), delimiter=delimiter, strict=True)
    while True:
        cells: list[str] | None = None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if len(held) > 1 or "end of data" in str(error):
                raise _never_closed(shown, start) from error
        yield start, held, cells
        start += len(held)
        held = []


def _whole(start: int, held: Sequence[str], reason: str) -> Rejected:
    return Rejected(start, reason, {"line": "".join(held).rstrip("\r\n")})


def _damage(damaged: dict[int, str], start: int, lines: int) -> str | None:
    reasons = [damaged.pop(line) for line in range(start, start + lines) if line in damaged]
    return reasons[0] if reasons else None


def _swallowed(held: Sequence[str], delimiter: str, width: int) -> bool:
    """Return whether the lines after the first of a record are rows of their own."""
    if width < 2 or any(line.count(delimiter) != width - 1 for line in held[1:]):
        return False
    if len(held) > _ALIKE:
        return True
    whole = held[0].count(delimiter) == width - 1
    return width >= _TELLING_WIDTH and whole and _look_alike(held[0], held[-1], delimiter)


def _look_alike(line: str, other: str, delimiter: str) -> bool:
    """Return whether most cells of two rows are built alike; cells with quotes do not count."""
    pairs = zip(line.rstrip("\r\n").split(delimiter), other.rstrip("\r\n").split(delimiter), strict=True)
    alike = [_build(cell) == _build(twin) for cell, twin in pairs if '"' not in cell + twin]
    return sum(alike) > len(alike) / 2


def _build(cell: str) -> str:
    return _NUMBER.sub("0", _WORD.sub("a", cell))


def _never_closed(shown: str, line: int) -> UnreadableSource:
    return UnreadableSource(
        Bilingual(
            f"第 {line} 行起的记录中，引号没有闭合",
            f"a quote in the record that begins on line {line} is not closed",
        ),
        where=f"{shown}:{line}",
        next_step=Bilingual(
            "更正该行的引号（单元格内的引号要写两个），或重新导出",
            "correct the quotes on that line (inside a cell they are doubled), or export the file again",
        ),
    )
