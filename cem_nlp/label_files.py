"""Labelled comments, pools of unlabelled ones and what was read in them, as files."""

import gzip
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from cem_nlp.errors import BrokenLabels, UnreadableSource
from cem_nlp.language import Bilingual
from cem_nlp.opinions.labels import LabelledComment, parse_line, read_labels
from cem_nlp.opinions.pool_reading import PoolReading, unpack_reading
from cem_nlp.opinions.pooled import PoolComment, id_of, pool_comment, pooled_text
from cem_nlp.opinions.standoff import PooledText
from cem_nlp.places import UNREADABLE, unreadable

_Read = TypeVar("_Read")


def load_labels(file: Path, pool: Mapping[str, PooledText] = MappingProxyType({})) -> list[LabelledComment]:
    """Read labelled comments from JSON Lines, plain or gzipped; stand-off labels take texts from `pool`.

    Raises UnreadableSource and BrokenLabels.
    """
    try:
        return read_labels(_lines(file), pool)
    except BrokenLabels as error:
        raise error.in_file(file) from None


def load_label_files(
    files: Sequence[Path], pool: Mapping[str, PooledText] = MappingProxyType({})
) -> list[LabelledComment]:
    """Read the labelled comments of several files, in order; an id may stand in one of them only, and
    stand-off labels take their texts from `pool`.

    Raises UnreadableSource and BrokenLabels.
    """
    comments: list[LabelledComment] = []
    file_of: dict[str, Path] = {}
    for file in files:
        for comment in load_labels(file, pool):
            if comment.id in file_of:
                raise BrokenLabels(
                    Bilingual("同一编号在两个文件里", "the same id stands in two files"),
                    where=str(file),
                    value=comment.id,
                    next_step=Bilingual(
                        f"{file_of[comment.id]} 已有此编号，删去其一；cem label agree 可比较两份标注",
                        f"{file_of[comment.id]} has it already: remove one; cem label agree compares files",
                    ),
                )
            file_of[comment.id] = file
            comments.append(comment)
    return comments


def load_pool(folder: Path) -> list[PoolComment]:
    """Read the unlabelled comments of every .jsonl and .jsonl.gz file in a folder, in the order of their
    names.

    A rating comes from `positive` (0, 1), `polarity`, `rating` (stars, 1–5) or `satisfaction` (−2–2), where
    present. Raises UnreadableSource, and BrokenLabels with file, line and field.
    """
    return [comment for _, comment in _read_pool(folder, pool_comment)]


def load_pool_reading(file: Path) -> PoolReading:
    """Read what another reader says about a pool. Raises UnreadableSource and BrokenLabels."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise unreadable(file, error) from None
    return unpack_reading(content, str(file))


def load_pool_texts(folder: Path) -> dict[str, PooledText]:
    """Read the texts of the same comments by their ids, for stand-off labels. Raises as `load_pool` does."""
    return {number: text for number, text in _read_pool(folder, pooled_text) if number is not None}


def _read_pool(
    folder: Path, read: Callable[[Mapping[str, Any], int], _Read]
) -> Iterator[tuple[str | None, _Read]]:
    """Yield the id of every comment, None where it has none, and what `read` makes of it and its line."""
    files = sorted(path for path in folder.glob("*") if path.name.endswith((".jsonl", ".jsonl.gz")))
    if not files:
        raise UnreadableSource(
            Bilingual("文件夹里没有 .jsonl 或 .jsonl.gz", "the folder holds no .jsonl or .jsonl.gz"),
            where=str(folder),
        )
    for file in files:
        try:
            for number, line in enumerate(_lines(file), start=1):
                if line.strip():
                    record = parse_line(line, number)
                    yield id_of(record), read(record, number)
        except BrokenLabels as error:
            raise error.in_file(file) from None


def _lines(file: Path) -> Iterator[str]:
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rt", encoding="utf-8-sig") as stream:
            yield from stream
    except UNREADABLE as error:
        raise unreadable(file, error) from None
