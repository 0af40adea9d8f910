"""One door to all formats."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from cem_nlp.config import Format, Source
from cem_nlp.ingest.database import read_database
from cem_nlp.ingest.delimited import read_delimited
from cem_nlp.ingest.files import file_name, shown_path
from cem_nlp.ingest.jsonlines import read_json_lines
from cem_nlp.ingest.parquet import read_parquet
from cem_nlp.ingest.records import RawChunk
from cem_nlp.ingest.workbook import read_workbook

_READERS: Final[Mapping[Format, Callable[[Source, Path, str, int], Iterator[RawChunk]]]] = {
    "csv": read_delimited,
    "excel": read_workbook,
    "jsonl": read_json_lines,
    "parquet": read_parquet,
}


def read_chunks(
    source: Source,
    path: Path | None,
    night: date,
    rows_per_chunk: int = 20_000,
    *,
    folder: Path = Path(),
    environment: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[RawChunk]:
    """Yield the rows of one file, or of the source's query where `path` is None, in chunks.

    Cells are text as the source has it (numbers and dates of typed formats as a CSV export would spell them),
    None where a typed format has no value. Every row is in exactly one chunk, either among its rows or among
    its rejected ones. At least one chunk comes, an empty one for a file without rows. Memory stays flat: a
    chunk is bounded in rows and in characters. `folder` is what the source's path is relative to;
    `environment` fills ${NAME} in a database address.

    Raises:
        UnreadableSource: the file, or the database, cannot be read at all.
        BrokenContract: a mapped column is missing.
    """
    if path is None:
        return read_database(source, night, rows_per_chunk, environment)
    pattern = source.pattern(night)
    name, shown = file_name(pattern, path, folder), shown_path(pattern, path, folder)
    chunks = _READERS[source.file_format](source, path, shown, rows_per_chunk)
    return (replace(chunk, file=name) for chunk in chunks)
