"""Parquet files, read in batches."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from cem_nlp.config import Source
from cem_nlp.errors import UnreadableSource
from cem_nlp.ingest.batches import chunks
from cem_nlp.ingest.cells import as_cell
from cem_nlp.ingest.columns import by_name, check_columns, distinct
from cem_nlp.ingest.files import open_seekable
from cem_nlp.ingest.records import RawChunk, RawRow, Rejected
from cem_nlp.language import Bilingual

_ROWS_AT_ONCE: Final = 1000


def read_parquet(source: Source, path: Path, shown: str, rows_per_chunk: int) -> Iterator[RawChunk]:
    """Yield the chunks of a Parquet file. Rows count from 2, as if the names stood in row 1.

    Rejected rows: undecodable (text that is no UTF-8).

    Raises:
        UnreadableSource: no Parquet, or damaged.
        BrokenContract: a mapped column is missing.
    """
    with open_seekable(path, shown) as stream:
        file = _open(stream, shown)
        names = file.schema_arrow.names
        check_columns(names, source, shown)
        columns = distinct(names)
        yield from chunks(_items(file, columns, shown), path.name, columns, rows_per_chunk)


def _open(stream: IO[bytes], shown: str) -> pq.ParquetFile:
    try:
        # Without pre_buffer a batch is read when it is asked for, so that memory stays flat.
        return pq.ParquetFile(stream, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(shown) from error


def _damaged(shown: str) -> UnreadableSource:
    return UnreadableSource(
        Bilingual("不是 Parquet 文件，或已损坏", "no Parquet file, or damaged"),
        where=shown,
        next_step=Bilingual("重新导出或重新传输该文件", "export or transfer the file again"),
    )


def _items(file: pq.ParquetFile, columns: Sequence[str], shown: str) -> Iterator[RawRow | Rejected]:
    number = 1
    batches = file.iter_batches(batch_size=_ROWS_AT_ONCE)
    while True:
        undecodable: dict[int, str] = {}
        try:
            batch = next(batches, None)
            arrays = [] if batch is None else batch.columns
            cells = [_cells(array, name, undecodable) for array, name in zip(arrays, columns, strict=False)]
        except (pa.ArrowException, OSError) as error:
            raise _damaged(shown) from error
        if batch is None:
            return
        for position, row in enumerate(zip(*cells, strict=True)):
            number += 1
            if position in undecodable:
                yield Rejected(number, "undecodable", by_name(columns, row), column=undecodable[position])
            else:
                yield number, row


def _cells(column: "pa.Array[Any]", name: str, undecodable: dict[int, str]) -> list[str | None]:
    """Return a column as cells; notes the rows whose bytes are no UTF-8, which Parquet does not check."""
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    try:
        values = column.to_pylist()
    except UnicodeDecodeError:
        values = column.cast(pa.binary()).to_pylist()
    cells: list[str | None] = []
    for position, value in enumerate(values):
        try:
            cells.append(as_cell(value))
        except UnicodeDecodeError as error:
            undecodable[position] = name
            cells.append(error.object.decode("utf-8", "backslashreplace"))
    return cells
