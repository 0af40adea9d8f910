"""Cells of a section's tables: a figure, its range below it, and its tone where the range leaves no doubt."""

from collections.abc import Mapping
from typing import Any

from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Cell, Strip, Tone
from cem_nlp.report.cells import number


def ends(row: Mapping[Any, Any], name: str) -> tuple[float | None, float | None, float | None]:
    """Return a row's measure with both ends of its range, None where unknown."""
    value, low, high = (number(row[f"{name}{end}"]) for end in ("", "_low", "_high"))
    return value, low, high


def score_cell(row: Mapping[Any, Any], name: str, unknown: str, under: str | None = None) -> Cell:
    """Return a score of 0–10 with its range; `under`, where given, stands below it in the range's place."""
    value, low, high = ends(row, name)
    if value is None:
        return Cell(unknown, "quiet", under or "")
    below = score_range(low, high) if under is None else under
    return Cell(numbers.score(value), under=below, strip=Strip(value, low, high))


def gap_cell(row: Mapping[Any, Any], name: str, unknown: str, reach: float, tone: Tone) -> Cell:
    """Return a difference with its sign and range, drawn from −`reach` to `reach`."""
    value, low, high = ends(row, name)
    if value is None:
        return Cell(unknown, "quiet")
    return Cell(numbers.signed(value), tone, signed_range(low, high), Strip(value, low, high, -reach, reach))


def share_cell(row: Mapping[Any, Any], name: str, unknown: str) -> Cell:
    """Return a share of 0–1 as per cent with its range."""
    value, low, high = ends(row, name)
    return (
        Cell(unknown, "quiet")
        if value is None
        else Cell(numbers.percent(value), under=share_range(low, high))
    )


def score_range(low: float | None, high: float | None) -> str:
    """Return a range of scores, '' where it is unknown."""
    return "" if low is None or high is None else numbers.spread(low, high)


def signed_range(low: float | None, high: float | None) -> str:
    """Return a range of differences, '' where it is unknown."""
    return "" if low is None or high is None else f"{numbers.signed(low)} … {numbers.signed(high)}"


def share_range(low: float | None, high: float | None) -> str:
    """Return a range of shares in per cent, '' where it is unknown."""
    if low is None or high is None:
        return ""
    return f"{numbers.percent(low)}{numbers.EN_DASH}{numbers.percent(high)}"
