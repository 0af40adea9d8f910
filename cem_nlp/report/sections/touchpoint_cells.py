"""The table of touchpoints with what each diagnosis rests on."""

from typing import Any

import pandas as pd

from cem_nlp.cem.stages import CHANNELS
from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Cell, Table, Tone
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.figures import ends, score_cell, score_range, share_cell
from cem_nlp.report.sections.speech import Say

_ORDER = {"defect": 0, "misplaced": 1, "unknown": 3, "none": 2}
_TONES: dict[str, Tone] = {"defect": "bad", "misplaced": "strong", "unknown": "quiet", "none": "plain"}


def rows_of(table: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return a table's rows, the most mentioned first, of those alike the most important."""
    by = ["n_mentions", "importance"]
    return table.sort_values(by, ascending=False, kind="stable").to_dict("records")


def diagnosis_table(mine: pd.DataFrame, least: int, say: Say, phrases: Phrases) -> Table:
    """Return one row per touchpoint that opinions or a survey speak of, those with a finding first.

    Preferences from fewer than `least` wishes are counted, not named.
    """
    told = mine[["experience", "importance", "preferred_channel"]].notna().any(axis=1)
    known = mine[(mine["n_mentions"] > 0) | told]
    rows = sorted(rows_of(known), key=lambda row: _ORDER[row["diagnosis"]])
    voices = [_voice(row, say) for row in rows] if known["share_of_voice"].notna().any() else None
    lines = [
        (
            Cell(phrases.touchpoint(str(row["touchpoint"])), under=phrases.owner(str(row["touchpoint"]))),
            Cell(_diagnosis(row, say), _TONES[row["diagnosis"]], _reason(row, say, phrases)),
            _experience(row, say),
            _importance(row, say),
            *([voices[number]] if voices else []),
            _preference(row, least, say, phrases),
        )
        for number, row in enumerate(rows)
    ]
    head = ("touchpoint", "diagnosis", "experience", "importance", *(["voice"] if voices else []), "prefers")
    words = frozenset({1, len(head) - 1})
    return Table(say("diagnoses"), tuple(say(name) for name in head), tuple(lines), words)


def _diagnosis(row: dict[Any, Any], say: Say) -> str:
    """Return the diagnosis; what is poor is not called free of problems, even where it is no defect."""
    poor = row["diagnosis"] == "none" and row["reason"] == "not_important"
    return say("short_of_defect" if poor else str(row["diagnosis"]))


def _reason(row: dict[Any, Any], say: Say, phrases: Phrases) -> str:
    if row["reason"] != "channel":
        return say(str(row["reason"]))
    return say("channel_reason", channel=phrases.named(CHANNELS, str(row["preferred_channel"])))


def _experience(row: dict[Any, Any], say: Say) -> Cell:
    _, low, high = ends(row, "experience")
    asked = row["experience_from"] == "survey"
    n = say("n", n=numbers.count(row["n_mentions"]))
    return score_cell(row, "experience", say("few_mentions"), under=_asked(low, high, say) if asked else n)


def _asked(low: float | None, high: float | None, say: Say, origin: str = "survey") -> str:
    """Return the range of a figure, where it has one, and where it comes from."""
    return f"{score_range(low, high)} {say(origin)}".strip()


def _importance(row: dict[Any, Any], say: Say) -> Cell:
    value, low, high = ends(row, "importance")
    if value is None:
        return Cell(numbers.EN_DASH, "quiet")
    return Cell(numbers.score(value), under=_asked(low, high, say, str(row["importance_from"])))


def _voice(row: dict[Any, Any], say: Say) -> Cell:
    return share_cell(row, "share_of_voice", numbers.EN_DASH)


def _preference(row: dict[Any, Any], least: int, say: Say, phrases: Phrases) -> Cell:
    if pd.isna(row["preferred_channel"]):
        return Cell(say("silent"), "quiet")
    if row["preference_from"] != "survey" and row["n_preferences"] < least:
        return Cell(say("few_preferences", n=numbers.count(row["n_preferences"])), "quiet")
    channels = [phrases.named(CHANNELS, str(row[name])) for name in ("preferred_channel", "channel")]
    said = {"share": numbers.percent(row["preference"]), "n": numbers.count(row["n_preferences"])}
    evidence = f"evidence_{row['preference_from']}"
    if row["use_from"] == "survey":
        evidence, said["use"] = "used", numbers.percent(row["use"])
    return Cell(
        say("preference", preferred=channels[0], own=channels[1]),
        under=say(evidence, **said),
    )
