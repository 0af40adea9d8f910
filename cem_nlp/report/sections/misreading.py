"""The section on the model's own errors: what scores would be without them, and whether that matters."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import pandas as pd

from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Note, Section, Strip, Table, Tone, row
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.focus import focus_of
from cem_nlp.report.sections.misreading_wording import WORDS
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.scores.correction import FEWEST_MENTIONS
from cem_nlp.vocabulary import ALL, CATEGORIES

Scored: TypeAlias = Mapping[Any, Any]

_TONES: Final[dict[str, Tone]] = {"too_high": "bad", "too_low": "good", "same": "quiet"}


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section `misreading`; None where no model's errors were measured, or nobody is spoken of."""
    scores = tables.scores[tables.scores["grain"].isin(["brand", "brand×category"])]
    measured = scores["correction"].fillna("no_confusion") != "no_confusion"
    scores = scores[~scores["suppressed"].astype(bool) & measured]
    brand = focus_of(scores, context.own, "n_mentions")
    if brand is None:
        return None
    found = {cell["category"]: cell for cell in scores[scores["brand"] == brand].to_dict("records")}
    if ALL not in found:
        return None
    say = speaker(WORDS, phrases.language)
    blocks: tuple[Block, ...] = ()
    if any(verdict_of(cell) is not None for cell in found.values()):
        blocks = (_table(found, brand, say, phrases), Note(say("method")))
    return Section("misreading", say("title"), _lead(found, brand, say, phrases), blocks)


def verdict_of(cell: Scored) -> str | None:
    """Return whether a score as read is too_high, too_low or the same; None where it is not corrected."""
    if pd.isna(cell["experience_corrected"]):
        return None
    if cell["experience"] > cell["corrected_high"]:
        return "too_high"
    return "too_low" if cell["experience"] < cell["corrected_low"] else "same"


def _lead(found: Mapping[str, Scored], brand: str, say: Say, phrases: Phrases) -> str:
    whole = found[ALL]
    verdict = verdict_of(whole)
    name = phrases.brand(brand)
    if verdict is None:
        sentences = [say("lead_none", brand=name, reason=_reason(whole, say))]
    else:
        key = "lead_same" if verdict == "same" else "lead_moved"
        corrected, spread = _corrected(whole)
        figures = {"corrected": corrected, "range": spread, "score": numbers.score(whole["experience"])}
        sentences = [say(key, brand=name, verdict=say(verdict), **figures)]
    moved = [(category, verdict_of(found[category])) for category in CATEGORIES if category in found]
    places = [
        say("place", category=phrases.category(category), verdict=say(verdict))
        for category, verdict in moved
        if verdict in ("too_high", "too_low")
    ]
    if places:
        sentences.append(say("also", places=phrases.listed(places)))
    return phrases.paragraph(sentences)


def _table(found: Mapping[str, Scored], brand: str, say: Say, phrases: Phrases) -> Table:
    head = tuple(say(name) for name in ("category", "as_read", "corrected", "verdict"))
    rows = [
        _row(found[category], phrases.head(phrases.category(category)), say)
        for category in (ALL, *CATEGORIES)
        if category in found
    ]
    return Table(say("caption", brand=phrases.brand(brand)), head, tuple(rows), words=frozenset({3}))


def _row(cell: Scored, name: str, say: Say) -> tuple[Cell, ...]:
    score = Cell(numbers.score(cell["experience"]), under=numbers.spread(cell["low"], cell["high"]))
    verdict = verdict_of(cell)
    if verdict is None:
        return row(name, score, "", Cell(say("uncorrected", reason=_reason(cell, say)), "quiet"))
    corrected, spread = _corrected(cell)
    strip = Strip(cell["experience_corrected"], cell["corrected_low"], cell["corrected_high"])
    return row(name, score, Cell(corrected, under=spread, strip=strip), Cell(say(verdict), _TONES[verdict]))


def _corrected(cell: Scored) -> tuple[str, str]:
    spread = numbers.spread(cell["corrected_low"], cell["corrected_high"])
    return numbers.score(cell["experience_corrected"]), spread


def _reason(cell: Scored, say: Say) -> str:
    return say(cell["correction"], fewest=FEWEST_MENTIONS)
