"""Reading a survey's CSV file."""

import csv
import gzip
import io
from pathlib import Path

import pandas as pd

from cem_nlp.cem import read_survey
from cem_nlp.errors import UnreadableSource
from cem_nlp.language import Bilingual

_ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in order, strictly, where none is declared; GB18030 accepts almost any bytes, so it comes last."""


def load_survey(
    path: Path, low: float = 0.0, high: float = 10.0, encoding: str | None = None
) -> pd.DataFrame:
    """Return the checked answers of the survey in `path` (CSV, plain or .gz); see `cem.read_survey`.

    Raises UnreadableSource where the file is no CSV, and the errors of `read_survey`.
    """
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError) as error:
        raise _unreadable(path, str(getattr(error, "strerror", None) or error)) from error
    reader = csv.reader(io.StringIO(_decode(path, content, encoding), newline=""))
    rows = [(reader.line_num, row) for row in reader if any(row)]
    if not rows:
        raise _unreadable(path, "empty file")
    (_, heading), *answers = rows
    for line, row in answers:
        if len(row) != len(heading):
            raise _unreadable(path, f"{len(row)} cells, the heading has {len(heading)}", line)
    # `read_survey` counts rows from 0 under a heading in line 1: blank lines must not shift its errors.
    table = pd.DataFrame(
        [row for _, row in answers], columns=heading, index=[line - 2 for line, _ in answers], dtype=str
    )
    return read_survey(table, low=low, high=high, name=path.name)


def _decode(path: Path, content: bytes, encoding: str | None) -> str:
    failure: UnicodeDecodeError | None = None
    for candidate in [encoding] if encoding else _ENCODINGS:
        try:
            return content.decode(candidate)
        except UnicodeDecodeError as error:
            failure = error
    line = content.count(b"\n", 0, failure.start) + 1 if failure else None
    raise _unreadable(path, "neither UTF-8 nor GB18030" if encoding is None else f"not {encoding}", line)


def _unreadable(path: Path, reason: str, line: int | None = None) -> UnreadableSource:
    return UnreadableSource(
        Bilingual(f"无法读取问卷：{reason}", f"cannot read the survey: {reason}"),
        where=f"{path}:{line}" if line else str(path),
        next_step=Bilingual("问卷须为 CSV 文件，带表头", "a survey is a CSV file with a heading"),
    )
