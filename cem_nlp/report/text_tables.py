"""Tables as plain text: Markdown, and terminal columns that count East Asian characters as two wide."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import zip_longest
from typing import Final

from cem_nlp.report import format as numbers

MAX_WIDTH: Final = 24
"""Columns of one cell on a terminal; longer ones are cut."""

GAP: Final = "  "

_BREAKS: Final = ("；;", "，。、 ")
"""Characters after which a cell may go on in another line, those that end a part of it before others."""

# Terminals and their encodings disagree about these; ASCII is the same everywhere.
_PLAIN = str.maketrans({numbers.MINUS: "-", numbers.EN_DASH: "-", "✓": "", "✗": "!"})
_HTML = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_MARKS = re.compile(r"([\\`*_{}\[\]|#~$])")


def markdown_table(grid: Sequence[Sequence[str]], words: Collection[int] = ()) -> str:
    """Return the grid, its first row the head, as a Markdown table with every cell escaped.

    The first column and those of `words` stand to the left, the others to the right.
    """
    head, *rows = ["| " + " | ".join(escaped(cell) for cell in row) + " |" for row in grid]
    columns = range(len(grid[0]))
    rule = "|" + "|".join(" --- " if column in {0, *words} else " ---: " for column in columns) + "|"
    return "\n".join([head, rule, *rows])


def escaped(text: str) -> str:
    """Return text that is neither Markdown nor the HTML that Markdown may hold."""
    return _MARKS.sub(r"\\\1", text).translate(_HTML)


def aligned(grid: Sequence[Sequence[str]], width: int = MAX_WIDTH, words: Collection[int] = ()) -> list[str]:
    """Return the grid's lines: the first column and those of `words` to the left, the others to the right."""
    return _padded([[_cut(plain(cell), width) for cell in row] for row in grid], words)


def wrapped(grid: Sequence[Sequence[str]], width: int, words: Collection[int] = ()) -> list[str]:
    """Return the grid's lines as `aligned` does, a cell wider than `width` on several lines and none cut."""
    rows = []
    for row in grid:
        pieces = [_pieces(plain(cell), width) for cell in row]
        rows += [list(line) for line in zip_longest(*pieces, fillvalue="")]
    return _padded(rows, words)


def plain(text: str) -> str:
    """Return text on one line, in characters that every terminal shows alike."""
    return numbers.one_line(text.translate(_PLAIN))


def display_width(text: str) -> int:
    """Return the columns `text` takes on a terminal: wide and full-width characters two, marks none.

    Source: Unicode Standard Annex 11, ambiguous characters counted as narrow.
    """
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _padded(rows: Sequence[Sequence[str]], words: Collection[int]) -> list[str]:
    widths = [max(display_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [_line(row, widths, {0, *words}) for row in rows]


def _line(row: Sequence[str], widths: Sequence[int], words: Collection[int]) -> str:
    padded = []
    for number, (cell, width) in enumerate(zip(row, widths, strict=True)):
        blank = " " * (width - display_width(cell))
        padded.append(cell + blank if number in words else blank + cell)
    return GAP.join(padded)


def _pieces(text: str, width: int) -> list[str]:
    """Return `text` in pieces of at most `width` columns, broken after a mark of `_BREAKS` if it can."""
    pieces = []
    while display_width(text) > width:
        fitting = _fitting(text, width)
        ends = (max(fitting.rfind(mark) for mark in marks) + 1 for marks in _BREAKS)
        end = next((end for end in ends if end), len(fitting))
        pieces.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*pieces, text]


def _fitting(text: str, width: int) -> str:
    kept = ""
    for character in text:
        if display_width(kept + character) > width:
            break
        kept += character
    return kept


def _cut(text: str, width: int) -> str:
    return text if display_width(text) <= width else _fitting(text, width - 2) + ".."
