"""The section on how the company listens, and whom it does not hear."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from cem_nlp.cem.listening import PATTERNS
from cem_nlp.cem.stages import CHANNELS, PURCHASE
from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Section, Table
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.listening_wording import WORDS
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.vocabulary import UNKNOWN

MAX_MONTHS = 6
"""Months that have a column of their own, the latest ones."""
EARLIER = "earlier"
"""Stands for the months before those shown, so that the columns add up to the total."""
MAX_NAMES = 8
"""Names listed in one cell or sentence."""

_CODES: Final = {"pattern": PATTERNS, "channel": CHANNELS, "stage": PURCHASE}
_STATUS = ("silent", "stopped", "thin")


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section `listening`, None where no own brand is heard of."""
    listening, unheard = tables.more.get("listening"), tables.more.get("unheard")
    if listening is None or unheard is None or not listening["n_own"].sum():
        return None
    say = speaker(WORDS, phrases.language, context.basis)
    blocks: list[Block] = [_coverage(listening, say, phrases)]
    if len(unheard):
        blocks.append(_unheard(unheard, say, phrases))
    lead = phrases.paragraph(_lead(listening, unheard, say, phrases))
    return Section("listening", say("title"), lead, tuple(blocks))


def _lead(listening: pd.DataFrame, unheard: pd.DataFrame, say: Say, phrases: Phrases) -> list[str]:
    sums = listening.groupby("pattern")["n_own"].sum()
    heard = listening.loc[listening["rests_on"] == "source", "n_own"].sum()
    counts = [
        say(
            "count",
            pattern=phrases.named(PATTERNS, pattern),
            n=numbers.count(int(sums.get(pattern, 0))),
            share=numbers.percent(sums.get(pattern, 0) / heard),
        )
        for pattern in PATTERNS
    ]
    sentences = [say("lead", counts=phrases.listed(counts))]
    probing = listening[(listening["pattern"] == "potential") & (listening["rests_on"] == "source")]
    if probing.empty:
        sentences.append(say("lead_no_probe"))
    silent = unheard[unheard["status"] == "silent"]
    names = [
        say("silent_pattern", name=_name(dimension, name, say, phrases))
        if dimension == "pattern"
        else _name(dimension, name, say, phrases)
        for dimension, name in zip(silent["dimension"], silent["name"], strict=True)
    ]
    sentences.append(say("lead_silent", names=_some(names, say, phrases)) if names else say("lead_all"))
    return sentences


def _coverage(listening: pd.DataFrame, say: Say, phrases: Phrases) -> Table:
    months = sorted(set(listening["month"]) - {UNKNOWN})
    listening = listening.assign(month=listening["month"].replace(months[:-MAX_MONTHS], EARLIER))
    shown = [name for name in (EARLIER, *months[-MAX_MONTHS:], UNKNOWN) if name in set(listening["month"])]
    rows = []
    for pattern in PATTERNS:
        of_pattern = listening[(listening["pattern"] == pattern) & (listening["n_own"] > 0)]
        sums = of_pattern.groupby("month")["n_own"].sum()
        sources = [phrases.brand(name) for name in dict.fromkeys(of_pattern["source"])]
        counts = [Cell(numbers.count(int(sums[month])) if month in sums else "") for month in shown]
        name = Cell(phrases.named(PATTERNS, pattern), under=say(pattern))
        total = Cell(numbers.count(int(sums.sum())), "strong" if len(of_pattern) else "bad")
        rows.append((name, Cell(_some(sources, say, phrases)), *counts, total))
    named = [{UNKNOWN: say("undated"), EARLIER: say("earlier")}.get(month, month) for month in shown]
    head = (say("pattern"), say("sources"), *named, say("total"))
    return Table(say("coverage"), head, tuple(rows), frozenset({1}))


def _unheard(unheard: pd.DataFrame, say: Say, phrases: Phrases) -> Table:
    rows = []
    for dimension, part in unheard.groupby("dimension", sort=False):
        cells = [Cell(say(f"dimension_{dimension}"))]
        for status in _STATUS:
            names = [
                _name(str(dimension), name, say, phrases)
                for name in part.loc[part["status"] == status, "name"]
            ]
            cells.append(Cell(_some(names, say, phrases), "bad" if status == "silent" and names else "plain"))
        rows.append(tuple(cells))
    head = tuple(say(name) for name in ("where", *_STATUS))
    return Table(say("unheard"), head, tuple(rows), frozenset({1, 2, 3}))


def _name(dimension: str, name: str, say: Say, phrases: Phrases) -> str:
    if dimension == "touchpoint":
        return phrases.touchpoint(name)
    if dimension in _CODES:
        return phrases.named(_CODES[dimension], name)
    return phrases.brand(name)


def _some(names: Sequence[str], say: Say, phrases: Phrases) -> str:
    """Return the first names in a row, and how many there are if not all are listed."""
    listed = phrases.listed(names[:MAX_NAMES])
    return listed if len(names) <= MAX_NAMES else f"{listed} {say('more', n=len(names))}"
