"""The report in short, as the plain text a run prints when it is done."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from cem_nlp.language import Language
from cem_nlp.report import format as numbers
from cem_nlp.report.findings import key_points
from cem_nlp.report.grids import files_grid, score_grid
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.view import build_view

MAX_BRANDS = 5
"""Columns of brands: with these a line stays within about a hundred columns."""

MAX_WIDTH = 24
"""Columns of one cell; longer names are cut."""

_GAP = "  "
# Terminals and their encodings disagree about these; ASCII is the same everywhere.
_PLAIN = str.maketrans({numbers.MINUS: "-", numbers.EN_DASH: "-", "✓": "", "✗": "!"})


def render_terminal(
    tables: ReportTables,
    context: ReportContext,
    language: Language,
    report_path: Path,
    warehouse_path: Path,
) -> str:
    """Return scores by category and brand with ranges, the key experience, the rows of each file, the paths.

    Columns are aligned for terminals that show East Asian characters two columns wide.
    """
    view = build_view(tables, context)
    phrases = Phrases(language, context)
    brands = view.brands.shown[:MAX_BRANDS]
    left_out = view.brands.rivals_left_out + len(view.brands.shown) - len(brands)
    lines = [
        f"{phrases.say('title')}  {context.night}",
        "",
        *_aligned(score_grid(view, brands, phrases)),
        *([_plain(phrases.say("rivals_left_out", n=left_out))] if left_out else []),
        *([phrases.compared_in_kind(view.compared_kind)] if view.compared_kind else []),
        "",
    ]
    points = {point.question: point for point in key_points(view, context, phrases)}
    if "key" in points:
        lines += [phrases.say("question_key") + _GAP + _plain(points["key"].text), ""]
    lines += [
        phrases.say("files_caption"),
        *_aligned(files_grid(view, phrases)),
        "",
        f"{phrases.say('report_path')}{_GAP}{report_path}",
        f"{phrases.say('warehouse_path')}{_GAP}{warehouse_path}",
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def display_width(text: str) -> int:
    """Return the columns `text` takes on a terminal: wide and full-width characters two, marks none.

    Source: Unicode Standard Annex 11, ambiguous characters counted as narrow.
    """
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _plain(text: str) -> str:
    return numbers.one_line(text.translate(_PLAIN))


def _aligned(grid: Sequence[Sequence[str]]) -> list[str]:
    """Return the grid's lines: the first column to the left, the others to the right, of equal width."""
    rows = [[_cut(_plain(cell)) for cell in row] for row in grid]
    widths = [max(display_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [_line(row, widths) for row in rows]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = row
    padded = [first + " " * (widths[0] - display_width(first))]
    padded += [" " * (w - display_width(cell)) + cell for cell, w in zip(others, widths[1:], strict=True)]
    return _GAP.join(padded)


def _cut(text: str) -> str:
    if display_width(text) <= MAX_WIDTH:
        return text
    kept = ""
    for character in text:
        if display_width(kept + character) > MAX_WIDTH - 2:
            break
        kept += character
    return kept + ".."
