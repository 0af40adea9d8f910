"""JSON Lines: one object a line."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from cem_nlp.config import Source
from cem_nlp.errors import UnreadableSource
from cem_nlp.ingest.batches import chunks
from cem_nlp.ingest.cells import as_cell
from cem_nlp.ingest.columns import check_columns, mapped_columns, names_of
from cem_nlp.ingest.files import read_blocks
from cem_nlp.ingest.lines import physical_lines
from cem_nlp.ingest.records import RawChunk, RawRow, Rejected
from cem_nlp.language import Bilingual

MOST_COLUMNS: Final = 200
"""Keys beyond the mapping that are kept for quarantine: objects keyed by data would make endless columns."""


_SPREAD: Final = re.compile(r"\s*(?:\[\s*(?:\{|$)|\{\s*$)")
"""How JSON begins that is no JSON Lines: a list of objects, or an object spread over several lines."""


class _DuplicateKeyError(ValueError):
    pass


def read_json_lines(source: Source, path: Path, shown: str, rows_per_chunk: int) -> Iterator[RawChunk]:
    """Yield the chunks of a JSON Lines file; its columns are the keys seen so far.

    A key that a row lacks is a missing value; only a mapped key that no row of the first chunk has breaks the
    contract. Blank lines are passed over. Rejected rows: invalid_json, not_an_object, duplicate_key,
    text_not_plain, undecodable, line_too_long.

    Raises:
        UnreadableSource: no text in any candidate encoding, or one JSON document instead of one a line.
        BrokenContract: a mapped key is missing throughout.
    """
    damaged: dict[int, str] = {}
    lines = physical_lines(read_blocks(path, shown), source.encoding, shown, damaged)
    columns: dict[str, int] = {}
    rows = _rows(_refuse_document(lines, shown), damaged, columns, source)
    for number, chunk in enumerate(chunks(rows, path.name, columns, rows_per_chunk)):
        if number == 0 and chunk.rows:
            check_columns(chunk.columns, source, shown)
        yield replace(chunk, rows=[_padded(row, len(chunk.columns)) for row in chunk.rows])


def _refuse_document(lines: Iterator[str], shown: str) -> Iterator[str]:
    """Yield the lines. Raises UnreadableSource where the first that is not blank begins a longer document."""
    begun = False
    for line in lines:
        if not begun and _SPREAD.match(line):
            raise UnreadableSource(
                Bilingual(
                    "文件是一整段 JSON，不是每行一个对象（JSON Lines）",
                    "the file is one JSON document, not one object a line (JSON Lines)",
                ),
                where=shown,
                next_step=Bilingual(
                    "导出时选每行一条记录；或者用 jq -c '.[]' 把数组拆成行",
                    "export one record a line, or split a list into lines with jq -c '.[]'",
                ),
            )
        begun = begun or not line.isspace()
        yield line


def _padded(row: RawRow, width: int) -> RawRow:
    """Give a row that came before a key was first seen its missing value for that key."""
    number, cells = row
    return row if len(cells) == width else (number, [*cells, *[None] * (width - len(cells))])


def _rows(
    lines: Iterator[str], damaged: dict[int, str], columns: dict[str, int], source: Source
) -> Iterator[RawRow | Rejected]:
    mapped, texts = frozenset(mapped_columns(source)), names_of(source.columns.text)
    for number, line in enumerate(lines, 1):
        if damaged and number in damaged:
            yield Rejected(number, damaged.pop(number), {"line": line.rstrip("\r\n")})
        elif not line.isspace():
            yield _row(number, line, columns, mapped, texts)


def _row(
    number: int, line: str, columns: dict[str, int], mapped: frozenset[str], texts: Sequence[str]
) -> RawRow | Rejected:
    try:
        row = json.loads(line, object_pairs_hook=_unique)
    except _DuplicateKeyError as error:
        return Rejected(number, "duplicate_key", {"line": line.rstrip("\r\n")}, column=str(error))
    except (ValueError, RecursionError):
        return Rejected(number, "invalid_json", {"line": line.rstrip("\r\n")})
    if not isinstance(row, dict):
        return Rejected(number, "not_an_object", {"line": line.rstrip("\r\n")})
    for name in texts:
        if isinstance(row.get(name), list | dict):
            kind = type(row[name]).__name__
            return Rejected(number, "text_not_plain", {"line": line.rstrip("\r\n")}, column=name, value=kind)
    cells: list[str | None] = [None] * len(columns)
    for key, value in row.items():
        if key in columns:
            cells[columns[key]] = as_cell(value)
        elif len(columns) < MOST_COLUMNS or key in mapped:
            columns[key] = len(columns)
            cells.append(as_cell(value))
    return number, cells


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object; the standard library would keep the last of two values in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise _DuplicateKeyError(counts.most_common(1)[0][0])
    return found
