"""A small source of reviews and its files, for the tests of this room."""

import csv
import gzip
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from cem_nlp.config import Brands, Source
from cem_nlp.ingest import Admission, Admitted, RawChunk, admit, read_chunks

NIGHT = date(2026, 9, 3)
HEADER = ("编号", "品牌", "评分", "时间", "评论")
COLUMNS = {"id": "编号", "brand": "品牌", "rating": "评分", "created_at": "时间", "text": "评论"}
ROW = ("0007", "贝岭", "5", "2026-08-01 09:30:00", "制冷很快，师傅也客气")


def reviews(**changes: Any) -> Source:
    """A source of reviews; `columns` replaces the whole mapping."""
    return Source.model_validate({"name": "评论", "path": "in/*.csv", "columns": COLUMNS} | changes)


def admission(**changes: Any) -> Admission:
    settings = {"night": NIGHT, "timezone": "Asia/Shanghai", "brands": Brands(own=("贝岭",)), "salt": b"salt"}
    return Admission(**(settings | changes))


def write_csv(
    path: Path, rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER, encoding: str = "utf-8"
) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    return write_bytes(path, text.getvalue().encode(encoding))


def write_bytes(path: Path, content: bytes) -> Path:
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def write_excel(path: Path, rows: Iterable[Sequence[Any]], header: Sequence[str] = HEADER) -> Path:
    book = openpyxl.Workbook()
    for row in [header, *rows]:
        book.active.append(list(row))
    packed = io.BytesIO()
    book.save(packed)
    return write_bytes(path, packed.getvalue())


def write_json_lines(path: Path, objects: Iterable[Mapping[str, Any]]) -> Path:
    return write_bytes(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in objects).encode())


def write_parquet(path: Path, table: pa.Table | Mapping[str, Sequence[Any]]) -> Path:
    packed = io.BytesIO()
    pq.write_table(table if isinstance(table, pa.Table) else pa.table(dict(table)), packed)
    return write_bytes(path, packed.getvalue())


def read(source: Source, path: Path | None, rows_per_chunk: int = 20_000, **rest: Any) -> list[RawChunk]:
    return list(read_chunks(source, path, NIGHT, rows_per_chunk, **rest))


def cells(chunks: Iterable[RawChunk]) -> list[dict[str, str | None]]:
    """All rows by column name."""
    return [dict(zip(chunk.columns, row, strict=True)) for chunk in chunks for _, row in chunk.rows]


def take(source: Source, path: Path, settings: Admission | None = None) -> Admitted:
    """Read and admit a whole file; rows in = accepted + rejected holds by the way."""
    parts = []
    for chunk in read(source, path):
        part = admit(chunk, source, settings or admission())
        assert chunk.rows_in == len(part.accepted) + len(part.rejected)
        parts.append(part)
    return Admitted(
        [row for part in parts for row in part.accepted], [row for part in parts for row in part.rejected]
    )


def admit_rows(
    source: Source, rows: Sequence[Sequence[str | None]], header: Sequence[str] = HEADER
) -> Admitted:
    """Admit rows that never were in a file."""
    return admit(RawChunk("rows.csv", tuple(header), list(enumerate(rows, 2))), source, admission())
