"""The section on how the company rates itself, and where it stands against its reference group."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Note, Section, Table, Tone
from cem_nlp.report.cells import number
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.figures import ends, gap_cell, score_cell, signed_range
from cem_nlp.report.sections.focus import focus_of
from cem_nlp.report.sections.perception_wording import WORDS
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.vocabulary import ALL

_TONES: dict[str, Tone] = {"higher": "bad", "worse": "bad", "better": "good"}


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section `perception`, None without own ratings and benchmark."""
    perception, benchmarks = (
        tables.more.get(name, pd.DataFrame({"brand": []})) for name in ("perception", "benchmarks")
    )
    absent = _absent(benchmarks, context)
    if perception.empty and benchmarks.empty and not absent:
        return None
    say = speaker(WORDS, phrases.language, context.basis)
    rated = perception[perception["brand"] == focus_of(perception, context.own, "n_ratings")]
    measured = benchmarks[benchmarks["brand"] == focus_of(benchmarks, context.own, "n_mentions")]
    sentences: list[str] = []
    blocks: list[Block] = []
    if len(rated):
        sentences.append(_lead(rated[rated["department"] == ALL], say, phrases))
        surveyed = (rated["experience_from"] == "survey").all()
        note = Note(say("from_survey" if surveyed else "from_text"))
        blocks += [_gaps(rated, say, phrases), note]
    if len(measured):
        sentences += _stand(measured, say, phrases)
        by_brands = measured["reference_from"].iloc[0] == "brands"
        note = Note(say("by_brands" if by_brands else "by_values"))
        blocks += [_benchmark(measured, say, phrases), note]
    if absent:
        brands = phrases.listed([phrases.brand(name) for name in absent])
        sentences.append(say("lead_absent", brands=brands))
    return Section("perception", say("title"), phrases.paragraph(sentences), tuple(blocks))


def _absent(benchmarks: pd.DataFrame, context: ReportContext) -> Sequence[str]:
    """Return the brands of a reference group of which nothing is known; () where they are compared."""
    return () if context.benchmark is None or len(benchmarks) else context.benchmark.brands


def _lead(rated: pd.DataFrame, say: Say, phrases: Phrases) -> str:
    categories = rated[rated["category"] != ALL]
    higher = categories[categories["verdict"] == "higher"]
    n_lower = int((categories["verdict"] == "lower").sum())
    if higher.empty:
        return say("lead_lower", n=n_lower, all=len(categories)) if n_lower else say("lead_none")
    most: dict[Any, Any] = higher.sort_values("gap", ascending=False).iloc[0].to_dict()
    _, low, high = ends(most, "gap")
    return say(
        "lead_higher",
        n=len(higher),
        all=len(categories),
        category=phrases.category(str(most["category"])),
        own=numbers.score(most["own_rating"]),
        customers=numbers.score(most["experience"]),
        gap=numbers.score(most["gap"]),
        range=signed_range(low, high),
    )


def _gaps(rated: pd.DataFrame, say: Say, phrases: Phrases) -> Table:
    rows = []
    for found in rated[rated["department"] == ALL].to_dict("records"):
        parts = rated[(rated["category"] == found["category"]) & (rated["department"] != ALL)]
        verdict = str(found["verdict"])
        rows.append(
            (
                Cell(phrases.category(str(found["category"]))),
                Cell(numbers.score(found["own_rating"]), under=_departments(parts, say, phrases)),
                score_cell(found, "experience", say("too_few")),
                gap_cell(found, "gap", numbers.EN_DASH, 10.0, _TONES.get(verdict, "plain")),
                Cell(say(verdict), _TONES.get(verdict, "plain")),
            )
        )
    head = ("category", "own", "customers", "gap", "verdict")
    return Table(say("gaps"), tuple(say(name) for name in head), tuple(rows), frozenset({4}))


def _departments(parts: pd.DataFrame, say: Say, phrases: Phrases) -> str:
    return phrases.listed(
        [
            say("department", department=phrases.brand(str(name)), score=numbers.score(score))
            for name, score in zip(parts["department"], parts["own_rating"], strict=True)
        ]
    )


def _stand(measured: pd.DataFrame, say: Say, phrases: Phrases) -> list[str]:
    """Say where the brand as a whole stands, or in how many categories it lags where that is not known."""
    whole = measured[measured["category"] == ALL]
    if whole.empty or number(whole["points"].iloc[0]) is None:
        counted = {verdict: int((measured["verdict"] == verdict).sum()) for verdict in ("worse", "better")}
        reference = phrases.brand(str(measured["reference"].iloc[0]))
        return [say("lead_categories", reference=reference, all=len(measured), **counted)]
    found: dict[Any, Any] = whole.iloc[0].to_dict()
    points, low, high = ends(found, "points")
    assert points is not None
    which = {"better": "lead_above", "worse": "lead_below"}.get(str(found["verdict"]), "lead_level")
    reference = phrases.brand(str(found["reference"]))
    spread = signed_range(low, high)
    return [say(which, reference=reference, points=numbers.score(abs(points)), range=spread)]


def _benchmark(measured: pd.DataFrame, say: Say, phrases: Phrases) -> Table:
    rows = []
    for found in measured.to_dict("records"):
        verdict = str(found["verdict"])
        tone = _TONES.get(verdict, "plain")
        rows.append(
            (
                Cell(phrases.category(str(found["category"]))),
                score_cell(found, "experience", say("too_few")),
                score_cell(found, "reference_value", say("too_few")),
                gap_cell(found, "points", numbers.EN_DASH, 100.0, tone),
                Cell(say(verdict), tone),
            )
        )
    head = ("category", "brand", "reference", "points", "verdict")
    first: dict[Any, Any] = measured.iloc[0].to_dict()
    names = {name: phrases.brand(str(first[name])) for name in ("brand", "reference")}
    caption = say("benchmark" if first["brand"] != ALL else "benchmark_unnamed", **names)
    return Table(caption, tuple(say(name) for name in head), tuple(rows), frozenset({4}))
