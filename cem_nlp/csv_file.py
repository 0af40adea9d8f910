"""Reading a small CSV file of the user's own as it stands: survey, customers, own ratings."""

import csv
import gzip
import io
from pathlib import Path

import pandas as pd

from cem_nlp.errors import UnreadableSource
from cem_nlp.language import Bilingual
from cem_nlp.places import UNREADABLE, cell, reason_of

_ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in order, strictly, where none is declared; GB18030 accepts almost any bytes, so it comes last."""


def load_table(path: Path, encoding: str | None, called: Bilingual) -> pd.DataFrame:
    """Return the CSV file in `path` (plain or .gz) as strings under its heading.

    The index counts lines from 0 under a heading in line 1, blank lines included, so that a row's line in
    the file is its index + 2. `called` names the kind of file in errors.

    Raises UnreadableSource: no file, neither UTF-8 nor GB18030, empty, rows of unequal length.
    """
    reader = csv.reader(io.StringIO(load_text(path, encoding, called), newline=""))
    rows = [(reader.line_num, row) for row in reader if any(row)]
    if not rows:
        raise _unreadable(path, called, Bilingual("文件是空的", "the file is empty"))
    (_, heading), *others = rows
    for line, row in others:
        if len(row) != len(heading):
            unequal = Bilingual(
                f"这一行有 {len(row)} 格，表头有 {len(heading)} 格",
                f"this row and the heading have {len(row)} and {len(heading)} cells",
            )
            raise _unreadable(path, called, unequal, line)
    return pd.DataFrame(
        [row for _, row in others], columns=heading, index=[line - 2 for line, _ in others], dtype="str"
    )


def load_text(path: Path, encoding: str | None, called: Bilingual) -> str:
    """Return what stands in the file, as `load_table` reads it.

    Raises UnreadableSource: no file, neither UTF-8 nor GB18030.
    """
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except UNREADABLE as error:
        next_step = Bilingual(
            "检查路径：配置里的路径相对于配置文件，命令行里的相对于当前文件夹",
            "check the path: the configuration's are relative to its file, the command line's to this folder",
        )
        raise _unreadable(path, called, reason_of(error), next_step=next_step) from error
    return _decode(path, content, encoding, called)


def _decode(path: Path, content: bytes, encoding: str | None, called: Bilingual) -> str:
    failure: UnicodeDecodeError | None = None
    for candidate in [encoding] if encoding else _ENCODINGS:
        try:
            return content.decode(candidate)
        except UnicodeDecodeError as error:
            failure = error
    line = content.count(b"\n", 0, failure.start) + 1 if failure else None
    reason = Bilingual(f"编码不是 {encoding}", f"not {encoding}")
    if encoding is None:
        reason = Bilingual("编码既不是 UTF-8，也不是 GB18030", "neither UTF-8 nor GB18030")
    next_step = Bilingual(
        "另存为“CSV UTF-8”格式后重试（Excel 工作簿也先另存为 CSV）",
        "save it as CSV UTF-8 and run again (a workbook, too, is saved as CSV first)",
    )
    raise _unreadable(path, called, reason, line, next_step)


def _unreadable(
    path: Path,
    called: Bilingual,
    reason: Bilingual,
    line: int | None = None,
    next_step: Bilingual | None = None,
) -> UnreadableSource:
    return UnreadableSource(
        Bilingual(f"无法读取{called.zh}：{reason.zh}", f"cannot read the {called.en}: {reason.en}"),
        where=cell(str(path), line) if line else str(path),
        next_step=next_step
        or Bilingual(f"{called.zh}须为 CSV 文件，带表头", f"the {called.en} is a CSV file with a heading"),
    )
