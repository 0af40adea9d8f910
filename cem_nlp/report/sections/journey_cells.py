"""Cells of the tables on journeys: a measure of episodes, a stage's score."""

from typing import Any

from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Cell, Strip, Tone
from cem_nlp.report.sections.figures import ends, score_cell, score_range
from cem_nlp.report.sections.speech import Say


def measure_cell(found: dict[Any, Any], name: str, say: Say) -> Cell:
    """Return a measure of calls or journeys with its range; the difference is coloured where it is sure."""
    value, low, high = ends(found, name)
    if value is None:
        return Cell(say("too_few"), "quiet")
    if name != "difference":
        return Cell(numbers.score(value), under=spread(low, high))
    sure = low is not None and high is not None and (low > 0 or high < 0)
    tone: Tone = "plain" if not sure else "bad" if value < 0 else "good"
    return Cell(numbers.signed(value), tone, spread(low, high), Strip(value, low, high, -5.0, 5.0))


def spread(low: float | None, high: float | None) -> str:
    """Return a range whose ends may be below 0; '' where there is none."""
    return "" if low is None or high is None else f"{numbers.score(low)} … {numbers.score(high)}"


def stage_cell(found: dict[Any, Any], say: Say) -> Cell:
    """Return a stage's score with the number of opinions or scores behind it."""
    _, low, high = ends(found, "experience")
    within, n = score_range(low, high), numbers.count(found["n_mentions"])
    under = say("n_ranged", n=n, range=within) if within else say("n_mentions", n=n)
    return score_cell(found, "experience", say("too_few"), under=under)
