"""Cells of the score table, taken out by the dimensions they vary in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import pandas as pd

from cem_nlp.vocabulary import ALL

DIMENSIONS = ("period", "brand", "product", "kind", "channel", "touchpoint", "category", "segment")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")

Verdict = Literal["higher", "lower", "unclear", "unknown"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of `scores`: the experience (0–10) with its range, and what it rests on."""

    experience: float | None
    low: float | None
    high: float | None
    corrected: float | None
    n_mentions: int
    n_feedback: int
    positive: int
    neutral: int
    negative: int

    @property
    def has_score(self) -> bool:
        """Whether score and range are there: false where too few mentions allow none."""
        return self.experience is not None and self.low is not None and self.high is not None


@dataclass(frozen=True, slots=True)
class Week:
    """One ISO week of a category: its name, its Monday and its cell; `partial` until its Sunday is over."""

    name: str
    monday: date
    cell: Cell
    partial: bool


def number(value: Any) -> float | None:
    """Return a table's value as a float, or None where it is missing in any of pandas' ways."""
    return None if pd.isna(value) else float(value)


def word(value: Any) -> str | None:
    """Return a table's value as a string, or None where it is missing in any of pandas' ways."""
    return None if pd.isna(value) else str(value)


def day(value: Any) -> date:
    """Return a table's day as a date, whichever of pandas' types it came in."""
    return date.fromisoformat(str(value)[:10])


def cells(scores: pd.DataFrame, *free: str) -> dict[tuple[str, ...], Cell]:
    """Return the cells that name a value in each of the `free` dimensions and 'all' in every other one.

    Keyed by the values of `free`, in that order. Suppressed cells come without a score.
    """
    chosen = pd.Series(True, index=scores.index)
    for dimension in DIMENSIONS:
        rolled_up = scores[dimension] == ALL
        chosen &= ~rolled_up if dimension in free else rolled_up
    return {tuple(str(row[name]) for name in free): _cell(row) for row in scores[chosen].to_dict("records")}


def _cell(row: Mapping[Any, Any]) -> Cell:
    suppressed = bool(row["suppressed"])
    return Cell(
        experience=None if suppressed else number(row["experience"]),
        low=None if suppressed else number(row["low"]),
        high=None if suppressed else number(row["high"]),
        corrected=None if suppressed else number(row["experience_corrected"]),
        n_mentions=int(row["n_mentions"]),
        n_feedback=int(row["n_feedback"]),
        positive=int(row["positive"]),
        neutral=int(row["neutral"]),
        negative=int(row["negative"]),
    )


def compare(cell: Cell | None, reference: Cell | None) -> Verdict:
    """Say whether `cell` lies above or below `reference`: only where their ranges do not overlap.

    'unclear' where they overlap, 'unknown' where one of the two has no score. Stricter than a test of the
    difference: two 95 % ranges that just touch differ at about the 0.5 % level.
    """
    if cell is None or reference is None:
        return "unknown"
    if cell.low is None or cell.high is None or reference.low is None or reference.high is None:
        return "unknown"
    if cell.low > reference.high:
        return "higher"
    return "lower" if cell.high < reference.low else "unclear"


def points_apart(cell: Cell, reference: Cell) -> float:
    """Return how far two scores lie apart as printed, so that the reader's own subtraction agrees."""
    assert cell.experience is not None
    assert reference.experience is not None
    return round(cell.experience, 1) - round(reference.experience, 1)


def pooled(weeks: Sequence[Week]) -> Cell:
    """Return one cell for weeks that all have a score: the mean by mentions, with a range.

    The range joins the weeks' own, which are of different comments (method of variance estimates recovery:
    Zou & Donner 2008, Statistics in Medicine 27:1693-1702).
    """
    cells_of = [week.cell for week in weeks]
    mentions = sum(cell.n_mentions for cell in cells_of)
    mean = below = above = 0.0
    for cell in cells_of:
        assert cell.experience is not None
        assert cell.low is not None
        assert cell.high is not None
        share = cell.n_mentions / mentions
        mean += share * cell.experience
        below += (share * (cell.experience - cell.low)) ** 2
        above += (share * (cell.high - cell.experience)) ** 2
    return Cell(
        experience=mean,
        low=mean - below**0.5,
        high=mean + above**0.5,
        corrected=None,
        n_mentions=mentions,
        n_feedback=sum(cell.n_feedback for cell in cells_of),
        positive=sum(cell.positive for cell in cells_of),
        neutral=sum(cell.neutral for cell in cells_of),
        negative=sum(cell.negative for cell in cells_of),
    )


def weekly(scores: pd.DataFrame, brand: str, night: date, weeks: int) -> dict[str, tuple[Week, ...]]:
    """Return the last `weeks` calendar weeks of one brand, by category ('all' for the brand as a whole).

    The window ends with the last week in the data, not with the night: old data still show their trend.
    Weeks nobody spoke in are absent.
    """
    own_rows = scores[scores["brand"] == brand]
    named = cells(own_rows, "period", "brand", "category")
    total = {(*key, ALL): cell for key, cell in cells(own_rows, "period", "brand").items()}
    series: dict[str, list[Week]] = {}
    for (period, _, category), cell in sorted((named | total).items()):
        if match := _WEEK.fullmatch(period):
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            partial = monday + timedelta(days=6) >= night
            series.setdefault(category, []).append(Week(period, monday, cell, partial))
    newest = max((points[-1].monday for points in series.values()), default=night)
    oldest = newest - timedelta(weeks=weeks - 1)
    return {category: tuple(p for p in points if p.monday >= oldest) for category, points in series.items()}


def window_of(series: Mapping[str, Sequence[Week]]) -> tuple[Week, Week]:
    """Return the first and the last week of any category."""
    weeks = [week for points in series.values() for week in points]
    return min(weeks, key=lambda week: week.monday), max(weeks, key=lambda week: week.monday)


def latest(weeks: Sequence[Week]) -> Week:
    """Return the last week that is over, or the last one where none is."""
    return next((week for week in reversed(weeks) if not week.partial), weeks[-1])
