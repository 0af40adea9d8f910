"""Excel workbooks (.xlsx, .xlsm), read row by row."""

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, TypeAlias

from openpyxl import Workbook, load_workbook
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils import column_index_from_string
from openpyxl.utils.escape import unescape

from cem_nlp.config import Source
from cem_nlp.errors import UnreadableSource
from cem_nlp.ingest.archive import check_archive
from cem_nlp.ingest.batches import chunks
from cem_nlp.ingest.cells import as_cell
from cem_nlp.ingest.columns import by_name, check_columns, distinct, mapped_columns, names_of
from cem_nlp.ingest.files import BLOCK, open_seekable
from cem_nlp.ingest.records import RawChunk, RawRow, Rejected
from cem_nlp.language import Bilingual
from cem_nlp.showing import is_name

MOST_ROWS: Final = 1 << 20
"""What the format allows. A damaged row number must not make a billion empty rows."""

_ROWS_AT_ONCE: Final = 1000
_FORMULA_TAGS: Final = (b"<f>", b"<f ", b"<f/>")
_MERGED_CELL: Final = re.compile(rb'<mergeCell [^>]{0,40}?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_LONGEST_TAG: Final = 100
"""Bytes; of a block's end, so that no tag is missed that begins in it."""

_Row = Sequence[Any]
"""openpyxl's cells, with `value` and `data_type`; its stubs do not know those of read-only sheets."""

_Merged: TypeAlias = dict[int, dict[int, int]]
"""Merged cells: by first row and column (from 0) the last row."""


def read_workbook(source: Source, path: Path, shown: str, rows_per_chunk: int) -> Iterator[RawChunk]:
    """Yield the chunks of one sheet: the named one, else the first visible.

    Formulas count with their saved value; a cell merged over several rows counts in each of them, but for
    text and record number. Rejected rows: ragged_row; formula_error and formula_without_value in mapped
    columns.

    Raises:
        UnreadableSource: no workbook, encrypted, a zip bomb, damaged, no such sheet, no header.
        BrokenContract: a mapped column is missing.
    """
    with open_seekable(path, shown) as stream:
        check_archive(stream, shown)
        merged: _Merged = {}
        rows = _numbered_rows(stream, source.sheet, shown, merged)
        columns = _header(rows, shown)
        check_columns(columns, source, shown)
        columns = distinct(columns)
        mapped = [position for position, name in enumerate(columns) if name in mapped_columns(source)]
        own = {*names_of(source.columns.text), source.columns.id, source.turns.column}
        rows = _spread(rows, merged, [position for position in mapped if columns[position] not in own])
        items = (_item(number, row, formulas, columns, mapped) for number, row, formulas in rows)
        yield from chunks(items, path.name, columns, rows_per_chunk)


def _numbered_rows(
    stream: IO[bytes], sheet: str | None, shown: str, merged: _Merged
) -> Iterator[tuple[int, _Row, _Row | None]]:
    """Yield row number, cells with their values and, where the sheet has formulas, cells with those.

    `merged` is filled before the first row comes.
    """
    with closing(_open(stream, shown, values=True)) as book:
        values = _sheet(book, sheet, shown)
        rows = enumerate(_rows(values, shown), 1)
        if not _scan(stream, values, shown, merged):
            yield from ((number, row, None) for number, row in rows)
            return
        with closing(_open(stream, shown, values=False)) as written:
            formulas = _rows(written[values.title], shown)
            yield from (
                (number, row, as_written) for (number, row), as_written in zip(rows, formulas, strict=True)
            )


def _open(stream: IO[bytes], shown: str, *, values: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions it passes over; none of them holds a value.
            warnings.simplefilter("ignore")
            return load_workbook(stream, read_only=True, data_only=values)
    except Exception as error:
        raise _damaged(shown, error) from None


def _damaged(shown: str, error: Exception) -> UnreadableSource:
    """A stranger's XML can fail openpyxl in any way, and its messages may quote cells: name the kind only."""
    return UnreadableSource(
        Bilingual("工作簿已损坏，或不是 Excel 工作簿", "the workbook is damaged, or none"),
        where=shown,
        value=type(error).__name__,
        next_step=Bilingual("用 Excel 打开并另存为 .xlsx", "open it in Excel and save it again as .xlsx"),
    )


def _sheet(book: Workbook, name: str | None, shown: str) -> Any:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if name is not None and name not in sheets:
        raise UnreadableSource(
            Bilingual("没有这个工作表", "there is no such sheet"),
            where=shown,
            value=name,
            valid=[title for title in sheets if is_name(title)],
            next_step=Bilingual("更正配置中的 sheet", "correct sheet in the configuration"),
        )
    if name is not None:
        return sheets[name]
    visible = [sheet for sheet in sheets.values() if sheet.sheet_state == "visible"]
    return [*visible, *sheets.values()][0]


def _rows(sheet: Any, shown: str) -> Iterator[_Row]:
    # Some writers declare dimensions that are too small; rows beyond them would be dropped in silence.
    sheet.reset_dimensions()
    rows = sheet.iter_rows()
    count = 0
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                some = list(islice(rows, _ROWS_AT_ONCE))
        except Exception as error:
            raise _damaged(shown, error) from None
        count += len(some)
        if count > MOST_ROWS:
            raise _damaged(shown, OverflowError())
        if not some:
            return
        yield from some


def _scan(stream: IO[bytes], sheet: Any, shown: str, merged: _Merged) -> bool:
    """Return whether the sheet has formulas, and put its merged cells into `merged`: openpyxl reads them only
    with the whole sheet in memory.
    """
    formulas = False
    try:
        with zipfile.ZipFile(stream) as archive, archive.open(sheet._worksheet_path) as part:
            tail = b""
            while block := part.read(BLOCK):
                seen = tail + block
                formulas = formulas or any(tag in seen for tag in _FORMULA_TAGS)
                for column, first, last in _MERGED_CELL.findall(seen):
                    position = column_index_from_string(column.decode()) - 1
                    merged.setdefault(int(first), {})[position] = int(last)
                tail = block[-_LONGEST_TAG:]
    except (zipfile.BadZipFile, EOFError, OSError, KeyError, ValueError) as error:
        raise _damaged(shown, error) from None
    return formulas


def _spread(
    rows: Iterator[tuple[int, _Row, _Row | None]], merged: _Merged, positions: Sequence[int]
) -> Iterator[tuple[int, _Row, _Row | None]]:
    """Yield the rows with a merged cell, where it is one of `positions`, in each row that it covers."""
    held: dict[int, tuple[int, Any]] = {}
    for number, row, formulas in rows:
        held = {position: cell for position, cell in held.items() if cell[0] >= number}
        # A row that is empty but for the merged cell is no row.
        if held and any(cell.value is not None for cell in row):
            row = [*row, *[EMPTY_CELL] * (max(held) + 1 - len(row))]
            for position, (_, cell) in held.items():
                row[position] = cell
        for position, last in merged.get(number, {}).items():
            if position in positions and position < len(row):
                held[position] = (last, row[position])
        yield number, row, formulas


def _header(rows: Iterator[tuple[int, _Row, _Row | None]], shown: str) -> tuple[str, ...]:
    """Return the names in the first row that is not empty; what stands beside the last name is ragged."""
    for _, row, _ in rows:
        names = [(as_cell(cell.value) or "").strip() for cell in row]
        while names and not names[-1]:
            names.pop()
        if names:
            return tuple(names)
    raise UnreadableSource(
        Bilingual("工作表是空的", "the sheet is empty"),
        where=shown,
        next_step=Bilingual("在配置中用 sheet 指定工作表", "name the sheet in the configuration (sheet)"),
    )


def _item(
    number: int, row: _Row, formulas: _Row | None, columns: Sequence[str], mapped: Sequence[int]
) -> RawRow | Rejected:
    width = len(columns)
    cells = [_text(cell.value) for cell in row]
    cells += [None] * (width - len(cells))
    if any(cells[width:]):
        found = max(position for position, cell in enumerate(cells, 1) if cell)
        return Rejected(number, "ragged_row", by_name(columns, cells), value=str(found), valid=str(width))
    for position in mapped:
        if position < len(row):
            reason = _failure(row[position], formulas and formulas[position])
            if reason:
                content, name = by_name(columns, cells), columns[position]
                return Rejected(number, reason, content, column=name, value=cells[position])
    return number, cells[:width]


def _failure(cell: Any, as_written: Any) -> str | None:
    if cell.data_type == "e":
        return "formula_error"
    # A formula whose value is the empty text is of type "str"; one that nobody has computed has no type.
    if (
        cell.value is None
        and cell.data_type == "n"
        and as_written is not None
        and as_written.data_type == "f"
    ):
        return "formula_without_value"
    return None


def _text(value: Any) -> str | None:
    # Excel writes control characters as _x000D_.
    return unescape(value) if isinstance(value, str) and "_x" in value else as_cell(value)
