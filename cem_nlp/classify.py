"""`cem classify`: a file of comments in, Parquet files of opinions and readings out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cem_nlp.analysis import COMMENT_COLUMNS, Comment, read_comments
from cem_nlp.config import Columns, Source
from cem_nlp.errors import InputError, NotWritable, UnreadableSource
from cem_nlp.ingest import REASONS, RawChunk, read_chunks
from cem_nlp.language import Bilingual
from cem_nlp.opinions import OpinionEngine
from cem_nlp.vocabulary import KINDS, ROLES

_OPINION_FIELDS: list[tuple[str, pa.DataType]] = [
    ("id", pa.string()),
    ("category", pa.string()),
    ("polarity", pa.string()),
    ("touchpoint", pa.string()),
    ("start", pa.int32()),
    ("end", pa.int32()),
    ("evidence", pa.string()),
    ("probability", pa.float64()),
]
_OPINIONS = pa.schema(_OPINION_FIELDS)
_COMMENTS = pa.schema([(name, pa.string()) for name in COMMENT_COLUMNS])
Write = Callable[[Iterable[Mapping[str, Any]]], None]


def classify(
    engine: OpinionEngine, source: Path, opinions: Path, comments: Path | None = None
) -> tuple[int, int]:
    """Write the opinions of every comment in `source`, and one row per comment to `comments` if given.

    `source` is .jsonl or .csv, plain or .gz, with the columns id and text; kind is optional. Returns how many
    comments and opinions. The files appear when complete. Memory does not grow with the number of comments.

    Raises UnreadableSource, BrokenContract or InputError where the input is wrong, NotWritable for an output.
    """
    n_comments = n_opinions = 0
    with ExitStack() as outputs:
        write_opinions = outputs.enter_context(_appearing(opinions, _OPINIONS))
        write_comments = outputs.enter_context(_appearing(comments, _COMMENTS)) if comments else None
        for found, readings in read_comments(engine, read_input(source)):
            write_opinions(found)
            if write_comments:
                write_comments(readings)
            n_comments, n_opinions = n_comments + len(readings), n_opinions + len(found)
    return n_comments, n_opinions


def read_input(path: Path) -> Iterator[Comment]:
    """Yield the comments of a file with the columns id and text, and kind if it has one.

    A text that begins with a speaker, such as `客户：`, is a transcript where no kind is given.

    Raises InputError for an id that is missing or comes twice, an unknown kind or a broken row.
    """
    source = Source(name=path.name, path=str(path), columns=Columns(id="id", text="text"))
    seen: set[str] = set()
    for chunk in read_chunks(source, path, date.max):
        _refuse_rejected(chunk)
        for row, cells in chunk.rows:
            comment = _comment(path, row, dict(zip(chunk.columns, cells, strict=False)))
            if comment.id in seen:
                raise _wrong(path, row, "id", comment.id, Bilingual("编号重复", "an id comes twice"))
            seen.add(comment.id)
            yield comment


def _comment(path: Path, row: int, cells: Mapping[str, str | None]) -> Comment:
    number, text, kind = cells.get("id"), cells.get("text") or "", cells.get("kind")
    if not number:
        raise _wrong(path, row, "id", number, Bilingual("缺少编号", "an id is missing"))
    if not kind:
        kind = "transcript" if text.startswith(tuple(f"{role.zh}：" for role in ROLES.values())) else "review"
    if kind not in KINDS:
        raise _wrong(path, row, "kind", kind, Bilingual("未知的反馈类型", "unknown kind"), tuple(KINDS))
    return Comment(number, text, kind)


def _refuse_rejected(chunk: RawChunk) -> None:
    """A row that cannot be read at all has no id to answer for it: nothing is dropped in silence."""
    for rejected in chunk.rejected:
        raise UnreadableSource(REASONS[rejected.reason], where=f"{chunk.file}:{rejected.row}")


def _wrong(
    path: Path,
    row: int,
    column: str,
    value: str | None,
    what: Bilingual,
    valid: tuple[str, ...] | None = None,
) -> InputError:
    return InputError(what, where=f"{path}:{row} ({column})", value=value, valid=valid)


@contextmanager
def _appearing(path: Path, schema: pa.Schema) -> Iterator[Write]:
    """Write rows to a Parquet file that takes its name only once it is complete."""
    draft = path.with_name(f".{path.name}.part")
    try:
        with pq.ParquetWriter(draft, schema, compression="zstd") as writer:
            yield lambda rows: writer.write_table(pa.Table.from_pylist(list(rows), schema=schema))
        draft.replace(path)
    except OSError as error:
        raise NotWritable(
            Bilingual(f"无法写入：{error.strerror}", f"cannot write: {error.strerror}"), where=str(path)
        ) from error
    finally:
        draft.unlink(missing_ok=True)
