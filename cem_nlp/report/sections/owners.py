"""The section on departments: what each of them has to do, the most urgent first."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import pandas as pd

from cem_nlp.cem.findings import SEVERE
from cem_nlp.cem.stages import CHANNELS, PURCHASE
from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Heading, Note, Section, Strip, Table, Tone
from cem_nlp.report.cells import number, word
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.figures import share_range, signed_range
from cem_nlp.report.sections.owners_wording import WORDS
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.vocabulary import ALL

Finding: TypeAlias = Mapping[Any, Any]

EACH: Final = 5
"""Findings of a department that the page lists; the table holds all."""
_TONES: Final[dict[str, Tone]] = {"high": "bad", "medium": "strong", "low": "plain"}


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section `owners`; None where nothing is to be done."""
    findings = tables.more.get("findings", pd.DataFrame())
    if findings.empty:
        return None
    say = speaker(WORDS, phrases.language)
    rows = findings.sort_values("finding_no").to_dict("records")
    owners = list(dict.fromkeys(word(row["owner"]) for row in rows))
    blocks: list[Block] = []
    for owner in owners:
        mine: list[Finding] = [row for row in rows if word(row["owner"]) == owner]
        blocks += [Heading(owner_name(owner, say, phrases)), findings_table(mine[:EACH], say, phrases)]
        if len(mine) > EACH:
            blocks.append(Note(say("more", n=len(mine) - EACH)))
    blocks.append(Note(say("how", **SEVERE)))
    high = int((findings["severity"] == "high").sum())
    first = rows[0]
    lead = say(
        "lead" if high else "lead_calm",
        n=len(owners),
        findings=len(rows),
        high=high,
        owner=owner_name(word(first["owner"]), say, phrases),
        what=in_short(first, say, phrases),
    )
    return Section("owners", say("title"), lead, tuple(blocks))


def owner_name(owner: str | None, say: Say, phrases: Phrases) -> str:
    """Return a department's name."""
    return say("nobody") if owner is None else phrases.named(phrases.context.owners, owner)


def findings_table(rows: list[Finding], say: Say, phrases: Phrases) -> Table:
    """Return one row per finding: what, where, how large, and what it rests on."""
    head = tuple(say(name) for name in ("what", "place", "size", "points", "n"))
    lines = tuple(
        (
            Cell(what(row, say, phrases), _TONES[row["severity"]], say(row["severity"])),
            _where(row, say, phrases),
            _size(row, say),
            _points(row),
            Cell(numbers.count(int(row["n"]))),
        )
        for row in rows
    )
    return Table(say("caption"), head, lines, words=frozenset({1}))


def in_short(row: Finding, say: Say, phrases: Phrases) -> str:
    """Return a finding as one clause, with its place."""
    return say("in_short", place=_place(row, phrases), what=what(row, say, phrases))


def what(row: Finding, say: Say, phrases: Phrases) -> str:
    """Return what was found."""
    detail = word(row["detail"]) or ""
    match row["kind"]:
        case "topic":
            return say("topic", topic=phrases.topic(str(row["topic"])))
        case "misplaced" if detail == "effort":
            return say("misplaced_effort")
        case "misplaced":
            return say("misplaced_channel", channel=phrases.named(CHANNELS, detail))
        case "missing":
            return say("missing", name=_asked(detail, phrases))
        case "action_failed":
            return say("action_failed", action=numbers.one_line(detail))
        case kind:
            return say(str(kind))


def _asked(name: str, phrases: Phrases) -> str:
    channel, _, stage = name.partition("×")
    if not stage:
        return phrases.topic(name)
    return phrases.listed([phrases.named(CHANNELS, channel), phrases.named(PURCHASE, stage)])


def _place(row: Finding, phrases: Phrases) -> str:
    touchpoint, category = str(row["touchpoint"]), str(row["category"])
    if touchpoint == ALL:
        return phrases.category(category)
    return phrases.touchpoint(touchpoint) if category == ALL else phrases.place(touchpoint, category)


def _where(row: Finding, say: Say, phrases: Phrases) -> Cell:
    blamed = word(row["blamed_at"])
    told = row["touchpoint"] != ALL or blamed is None
    under = "" if told else say("blamed", touchpoint=phrases.touchpoint(str(blamed)))
    return Cell(_place(row, phrases), under=under)


def _size(row: Finding, say: Say) -> Cell:
    value, low, high = (number(row[f"size{end}"]) for end in ("", "_low", "_high"))
    if value is None:
        return Cell(numbers.EN_DASH, "quiet")
    measure = str(row["measure"])
    if measure == "share":
        return Cell(numbers.percent(value), under=share_range(low, high))
    if measure == "experience":
        spread = "" if low is None or high is None else numbers.spread(low, high)
        return Cell(say(measure, value=numbers.score(value)), under=spread, strip=Strip(value, low, high))
    return Cell(say(measure, value=numbers.signed(value)), under=signed_range(low, high))


def _points(row: Finding) -> Cell:
    points = number(row["points"])
    return Cell(numbers.EN_DASH, "quiet") if points is None else Cell(f"{points:.2f}")
