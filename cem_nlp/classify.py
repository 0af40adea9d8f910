"""`cem classify`: a file of comments in, Parquet files of opinions and readings out."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from errno import EISDIR
from functools import partial
from itertools import chain, islice
from os import strerror
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import ValidationError

from cem_nlp.analysis import COMMENT_COLUMNS, Comment, batches, read_comments
from cem_nlp.config import Columns, Source
from cem_nlp.errors import BrokenContract, InputError, NotWritable, UnknownEncoding, UnreadableSource
from cem_nlp.ingest import REASONS, RawChunk, read_chunks
from cem_nlp.language import Bilingual
from cem_nlp.model_files import EngineFiles, engine_of_process
from cem_nlp.parallel import ordered_map
from cem_nlp.places import reason_not_written, refuse_same_file
from cem_nlp.showing import shown_value
from cem_nlp.text import kind_of
from cem_nlp.vocabulary import KIND_CODES

_OPINION_FIELDS: list[tuple[str, pa.DataType]] = [
    ("id", pa.string()),
    ("category", pa.string()),
    ("polarity", pa.string()),
    ("touchpoint", pa.string()),
    ("start", pa.int32()),
    ("end", pa.int32()),
    ("evidence", pa.string()),
    ("probability", pa.float64()),
    ("decided_by", pa.string()),
    ("topic", pa.string()),
]
_OPINIONS = pa.schema(_OPINION_FIELDS)
_COMMENTS = pa.schema([(name, pa.string()) for name in COMMENT_COLUMNS])
Write = Callable[[pa.Table], None]
_PARTS_WORTH_PROCESSES = 5
"""Parts of 2,000 comments from which more processes pay: one process reads these in the seconds that others
need to start."""
_HALF_PAIR = re.compile("[\ud800-\udfff]")
"""What JSON may spell out and no file can hold."""
_MEND = Bilingual("改正该行后重试", "correct that row and run again")


def classify(
    engine: EngineFiles, source: Path, opinions: Path, comments: Path | None = None, processes: int = 1
) -> tuple[int, int]:
    """Write the opinions of every comment in `source`, and one row per comment to `comments` if given.

    `source` is .jsonl or .csv, plain or .gz, with the columns id and text; kind, by its code or its Chinese
    name, is optional. Returns how many
    comments and opinions. The files appear when complete, the same by any number of `processes`. Memory does
    not grow with the number of comments.

    Raises UnreadableSource, BrokenContract or InputError where the input is wrong, NotWritable for an output,
    ModelError or ConfigError for the engine's files.
    """
    refuse_same_file(source, opinions, *([comments] if comments else []))
    n_comments = n_opinions = 0
    with ExitStack() as outputs:
        write_opinions = outputs.enter_context(_appearing(opinions, _OPINIONS))
        write_comments = outputs.enter_context(_appearing(comments, _COMMENTS)) if comments else None
        for found, readings in _read_side_by_side(engine, read_input(source), processes):
            write_opinions(found)
            if write_comments:
                write_comments(readings)
            n_comments, n_opinions = n_comments + len(readings), n_opinions + len(found)
    return n_comments, n_opinions


def _read_side_by_side(
    engine: EngineFiles, comments: Iterable[Comment], processes: int
) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Yield the opinions and the readings of the comments, in order, a table each for every few."""
    parts = batches(comments)
    first = list(islice(parts, _PARTS_WORTH_PROCESSES))
    if not first:
        engine_of_process(engine)  # a wrong model is told of where there is nothing to read, too
    worth = processes if len(first) == _PARTS_WORTH_PROCESSES else 1
    yield from ordered_map(partial(_read_part, engine), chain(first, parts), worth)


def _read_part(engine: EngineFiles, comments: list[Comment]) -> tuple[pa.Table, pa.Table]:
    ((opinions, readings),) = read_comments(engine_of_process(engine), comments)
    return (
        pa.Table.from_pylist(opinions, schema=_OPINIONS),
        pa.Table.from_pylist(readings, schema=_COMMENTS),
    )


def read_input(path: Path) -> Iterator[Comment]:
    """Yield the comments of a file with the columns id and text, and kind and domain if it has them.

    Where no kind is given, the text tells whether it is a transcript (`text.kind_of`).

    Raises InputError for an id that is missing or comes twice, an unknown kind or a broken row.
    """
    source = _as_source(path)
    seen: set[str] = set()
    for chunk in _chunks(source, path):
        _refuse_rejected(chunk)
        for row, cells in chunk.rows:
            comment = _comment(path, row, dict(zip(chunk.columns, cells, strict=False)))
            if comment.id in seen:
                raise _wrong(path, row, "id", comment.id, Bilingual("编号重复", "an id comes twice"))
            seen.add(comment.id)
            yield comment


def _chunks(source: Source, path: Path) -> Iterator[RawChunk]:
    """Yield the file's chunks; where it breaks off, without the advice to change a configuration."""
    try:
        yield from read_chunks(source, path, date.max)
    except UnknownEncoding as error:
        save = Bilingual("另存为 UTF-8 或 GB18030 后重试", "save it as UTF-8 or GB18030 and run again")
        raise UnknownEncoding(error.what, where=error.place, value=error.value, next_step=save) from None
    except BrokenContract as error:
        if error.choices is None:  # a column is there twice
            raise
        raise BrokenContract(
            Bilingual(f"缺少列“{error.value}”", f"the column {error.value!r} is missing"),
            where=error.place,
            value=error.value,
            valid=error.choices,
            next_step=Bilingual(
                "给文件加上列 id 和 text（kind、domain 可有可无），或改列名；分隔文本以逗号分隔",
                "give the file the columns id and text (kind and domain are optional), or rename its own; "
                "delimited text has commas",
            ),
        ) from None


def _as_source(path: Path) -> Source:
    if not path.is_file():
        raise UnreadableSource(
            Bilingual("找不到输入文件", "there is no such input file"),
            where=str(path),
            next_step=Bilingual("检查路径", "check the path"),
        )
    try:
        return Source(name=path.name, path=str(path), columns=Columns(id="id", text="text"))
    except ValidationError:
        raise UnreadableSource(
            Bilingual("不认识这种输入文件", "this is no known kind of input file"),
            where=str(path),
            value=path.suffix,
            valid=(".jsonl", ".csv", ".jsonl.gz", ".csv.gz"),
            next_step=Bilingual("按内容改后缀，或先转换", "give it the suffix of its content, or convert it"),
        ) from None


def _comment(path: Path, row: int, cells: Mapping[str, str | None]) -> Comment:
    number, text, kind = cells.get("id"), cells.get("text") or "", cells.get("kind")
    if not number:
        raise _wrong(path, row, "id", number, Bilingual("缺少编号", "an id is missing"))
    if _HALF_PAIR.search(number):
        raise _wrong(path, row, "id", number, Bilingual("编号不是完整的文字", "an id is no whole text"))
    if not kind:
        kind = kind_of(text)
    if kind not in KIND_CODES:
        raise _wrong(path, row, "kind", kind, Bilingual("未知的反馈类型", "unknown kind"), tuple(KIND_CODES))
    return Comment(number, text, KIND_CODES[kind], cells.get("domain") or "")


def _refuse_rejected(chunk: RawChunk) -> None:
    """A row that cannot be read at all has no id to answer for it: nothing is dropped in silence."""
    for rejected in chunk.rejected:
        # Of other reasons column and value may be the customer's words.
        is_type = rejected.reason == "text_not_plain"
        column = f" ({rejected.column})" if is_type else ""
        raise UnreadableSource(
            REASONS[rejected.reason],
            where=f"{chunk.file}:{rejected.row}{column}",
            value=rejected.value if is_type else None,
            next_step=_MEND,
        )


def _wrong(
    path: Path,
    row: int,
    column: str,
    value: str | None,
    what: Bilingual,
    valid: tuple[str, ...] | None = None,
) -> InputError:
    shown = None if value is None else shown_value(value)
    return InputError(what, where=f"{path}:{row} ({column})", value=shown, valid=valid, next_step=_MEND)


@contextmanager
def _appearing(path: Path, schema: pa.Schema) -> Iterator[Write]:
    """Write rows to a Parquet file that takes its name only once it is complete."""
    draft = path.parent / f".{path.name}.part"
    try:
        if path.is_dir():
            raise IsADirectoryError(EISDIR, strerror(EISDIR))
        with draft.open("wb") as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
            yield writer.write_table
        draft.replace(path)
    except OSError as error:
        why = reason_not_written(error)
        raise NotWritable(
            Bilingual(f"无法写入：{why.zh}", f"cannot write: {why.en}"),
            where=str(path),
            next_step=Bilingual("检查文件夹、权限和磁盘空间", "check folder, permissions and free space"),
        ) from error
    finally:
        with suppress(OSError):  # where no draft could be made there is none to remove
            draft.unlink()
