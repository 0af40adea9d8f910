"""The service blueprint with what was measured at each touchpoint, folded away under its weakest link."""

from typing import Any

import pandas as pd

from cem_nlp.cem.blueprint import LAYERS
from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Cell, Details, Section, Strip, Table
from cem_nlp.report.cells import number
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.blueprint_wording import WORDS
from cem_nlp.report.sections.focus import focus_of
from cem_nlp.report.sections.speech import Say, speaker


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section `blueprint`, None without a blueprint."""
    table = tables.more.get("blueprint")
    if table is None or table.empty:
        return None
    say = speaker(WORDS, phrases.language, context.basis)
    mine = table[table["brand"] == focus_of(table, context.own, "n_mentions")]
    # A survey tells nothing of sub-topics.
    has_topics = bool(mine["worst_topic"].notna().any())
    head = ("touchpoint", "experience", *(["worst"] if has_topics else []), *LAYERS)
    rows = tuple(
        (
            Cell(phrases.touchpoint(str(row["touchpoint"]))),
            _scored(row, say),
            *([_worst(row, say, phrases)] if has_topics else []),
            *(Cell(numbers.one_line(str(row[layer]))) for layer in LAYERS),
        )
        for row in mine.to_dict("records")
    )
    grid = Table(say("table"), tuple(say(name) for name in head), rows, frozenset(range(2, len(head))))
    folded = Details(say("open", n=len(rows)), (grid,))
    return Section("blueprint", say("title"), phrases.head(_lead(mine, say, phrases)), (folded,))


def _lead(mine: pd.DataFrame, say: Say, phrases: Phrases) -> str:
    known = mine.dropna(subset="experience").sort_values("experience", kind="stable")
    if known.empty:
        return say("lead_unknown")
    weakest: dict[Any, Any] = known.iloc[0].to_dict()
    shown = {
        "touchpoint": phrases.touchpoint(str(weakest["touchpoint"])),
        "score": numbers.score(weakest["experience"]),
        "back_stage": numbers.one_line(str(weakest["back_stage"])),
        "support": numbers.one_line(str(weakest["support"])),
    }
    if pd.isna(weakest["worst_topic"]):
        return say("lead_no_topic", **shown)
    return say(
        "lead",
        **shown,
        topic=phrases.topic(str(weakest["worst_topic"])),
        topic_score=numbers.score(weakest["worst_experience"]),
        n=numbers.count(weakest["worst_n_mentions"]),
    )


def _scored(row: dict[Any, Any], say: Say) -> Cell:
    value, low, high = (number(row[f"experience{end}"]) for end in ("", "_low", "_high"))
    under = say("n", n=numbers.count(row["n_mentions"]))
    if value is None:
        return Cell(say("few"), "quiet", under)
    if not row["n_mentions"]:
        # Nobody said so unasked: a survey's score, with its range where there is one.
        under = "" if low is None or high is None else numbers.spread(low, high)
    return Cell(numbers.score(value), under=under, strip=Strip(value, low, high))


def _worst(row: dict[Any, Any], say: Say, phrases: Phrases) -> Cell:
    if pd.isna(row["worst_topic"]):
        return Cell("")
    score = numbers.score(row["worst_experience"])
    n = say("n", n=numbers.count(row["worst_n_mentions"]))
    return Cell(phrases.topic(str(row["worst_topic"])), "bad", f"{score}, {n}")
