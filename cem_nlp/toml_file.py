"""Reading a TOML file of settings, with errors that name file and line."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.places import reason_of
from cem_nlp.toml_syntax import malformed, not_utf8

_Parsed = TypeVar("_Parsed")

_STATEMENT: Final = re.compile(
    r"""[ \t]*(?:
        (?P<list>\[\[) \s* (?P<row>[^\]\n]+?) \s* \]\]
      | \[ \s* (?P<table>[^\]\n]+?) \s* \]
      | (?P<key>[\w\-."' \t]+?) [ \t]* =
    )""",
    re.VERBOSE,
)
_PIECE: Final = re.compile(
    r'''"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|[\[\]{}\n]|[^\[\]{}"'\#\n]+|.''',
    re.DOTALL,
)


def read_toml(path: Path, parse: Callable[[Mapping[str, Any]], _Parsed]) -> _Parsed:
    """Return what `parse` makes of a file's table. Raises what `read_document` and `parse_document` raise."""
    return parse_document(path, read_document(path), parse)


def read_document(path: Path) -> str:
    """Return the text of a file. Raises ConfigError where it cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(path, content, error) from None


def parse_document(path: Path, document: str, parse: Callable[[Mapping[str, Any]], _Parsed]) -> _Parsed:
    """Return what `parse` makes of the table that `document`, the text of the file `path`, holds.

    Raises ConfigError where the text is no TOML; one that `parse` raises gets file and line before its place,
    and a next step where it has none.
    """
    try:
        values = tomllib.loads(document)
    except ValueError as error:
        raise malformed(path, document, error) from None
    try:
        return parse(values)
    except ConfigError as error:
        place = error.where or ""
        where = f"{position(path, document, place)} ({place})" if place else str(path)
        raise ConfigError(
            error.what,
            where=where,
            value=error.value,
            valid=error.choices,
            next_step=error.next_step or Bilingual("改正文件后重试", "correct the file and run again"),
        ) from None


def _unreadable(path: Path, error: OSError) -> ConfigError:
    reason = reason_of(error)
    return ConfigError(
        Bilingual(f"设置文件读不出来：{reason.zh}", f"the settings file cannot be read: {reason.en}"),
        where=str(path),
        next_step=Bilingual(
            "检查路径：配置里的路径相对于配置文件，命令行里的相对于当前文件夹",
            "check the path: the configuration's are relative to its file, the command line's to this folder",
        ),
    )


def position(path: Path, document: str, place: str) -> str:
    """Return 'FILE:LINE' of a place such as `rules[2].words`, 'FILE' where it has no line."""
    line = line_of(document, place)
    return f"{path}:{line}" if line else str(path)


def line_of(document: str, place: str) -> int | None:
    """Return the line, from 1, of the innermost key or table on the way to `place` that the document holds.
    The standard reader gives values without their lines.

    `place` is dotted, a table of a list by its number from 0, such as `rules[2].near[0].within`.
    """
    lines = _lines(document)
    while place not in lines and place:
        place = place[: max(place.rfind("."), place.rfind("["), 0)]
    return lines.get(place)


def _lines(document: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    rows: Counter[str] = Counter()
    table, position = "", 0
    while position < len(document):
        found = _STATEMENT.match(document, position)
        if found is None:
            position = _end_of_statement(document, position)
            continue
        line = document.count("\n", 0, found.start()) + 1
        if found["key"] is not None:
            place = f"{table}.{_plain(found['key'])}".lstrip(".")
        elif found["list"]:
            name = _in_rows(_plain(found["row"]), rows, own=False)
            table = place = f"{name}[{rows[name]}]"
            rows[name] += 1
        else:
            table = place = _in_rows(_plain(found["table"]), rows)
        lines.setdefault(place, line)
        position = _end_of_statement(document, found.end())
    return lines


def _in_rows(name: str, rows: Counter[str], *, own: bool = True) -> str:
    """Return a table's name with the number of the latest row of each list of tables that it lies in."""
    placed = ""
    parts = name.split(".")
    for number, part in enumerate(parts, start=1):
        placed = f"{placed}.{part}".lstrip(".")
        if rows[placed] and (own or number < len(parts)):
            placed = f"{placed}[{rows[placed] - 1}]"
    return placed


def _plain(key: str) -> str:
    return ".".join(part.strip(" \t\"'") for part in key.split("."))


def _end_of_statement(document: str, position: int) -> int:
    """Return where the next statement begins: after a line's end outside brackets and texts."""
    depth = 0
    while position < len(document):
        found = _PIECE.match(document, position)
        assert found is not None
        piece, position = found[0], found.end()
        depth += (piece in "[{") - (piece in "]}")
        if piece == "\n" and depth <= 0:
            break
    return position
