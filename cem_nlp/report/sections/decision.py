"""The section on the decision: what to improve first, why, and whether strategy and capability allow it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import pandas as pd

from cem_nlp.cem.gaps import RAISE
from cem_nlp.report.blocks import Block, Cell, Details, Note, Section, Table, Tone, row
from cem_nlp.report.cells import number, word
from cem_nlp.report.findings import EVEN
from cem_nlp.report.format import EN_DASH, one_line, percent, score
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.decision_tables import (
    brand_value_blocks,
    quadrant_blocks,
    requirement_blocks,
    start_blocks,
)
from cem_nlp.report.sections.decision_wording import WORDS
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.vocabulary import ALL

Candidate: TypeAlias = Mapping[Any, Any]
"""A row of the table `decisions`."""

MAX_GROUPS: Final = 12
"""Products and segments that are listed; the table holds all."""

_GROUP: Final = ["brand", "product", "segment"]
_TONES: Final[Mapping[str, Tone]] = {
    "proposed": "good",
    "ruled_out": "bad",
    "not_affordable": "bad",
    "beyond_reach": "bad",
    "no_gap": "quiet",
    "reserve": "quiet",
}


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section `decision`, None where nothing is in line."""
    return decision_section(tables.more, context.own, phrases)


def decision_section(
    tables: Mapping[str, pd.DataFrame], own: Sequence[str], phrases: Phrases
) -> Section | None:
    """Return the section made of the tables `decisions`, `requirements`, `quadrants`, `brand_value` and
    `feedback_loop`, of which only the first must be there; None where nothing is in line.
    """
    decisions = tables.get("decisions")
    if decisions is None or decisions.empty:
        return None
    say = speaker(WORDS, phrases.language)
    groups = _groups(decisions, own)
    main = groups[0]
    scope = {name: main[0][name] for name in _GROUP}
    chosen = _proposed(main)
    cell = None if chosen is None else scope | {"category": chosen["category"]}
    blocks: list[Block] = [] if cell is None else start_blocks(tables, cell, say, phrases)
    blocks += [_line(main, say, phrases), Note(say("note_target", points=f"{RAISE:.0f}"))]
    if number(main[0]["key_probability"]) is not None:
        blocks.append(Note(say("note_probability")))
    if cell is not None:
        blocks += requirement_blocks(tables, cell, say, phrases)
    parts: dict[str, Sequence[Block]] = {
        "more_groups": [_by_group(groups[1:], say, phrases)] if len(groups) > 1 else [],
        "more_quadrants": quadrant_blocks(tables, scope, say, phrases),
        "more_value": brand_value_blocks(tables, str(scope["brand"]), say, phrases),
    }
    if any(parts.values()):
        named = phrases.listed([say(name) for name, folded in parts.items() if folded])
        inside = tuple(block for folded in parts.values() for block in folded)
        blocks.append(Details(say("more", parts=named), inside))
    blocks.append(Note(say("note_loop")))
    return Section("decision", say("title"), _lead(main, say, phrases), tuple(blocks))


def _groups(decisions: pd.DataFrame, own: Sequence[str]) -> list[list[Candidate]]:
    """Return each group's candidates in line: whole brands first, in the order of `own`; then the
    products and segments with most unhappy customers.
    """
    groups = [rows.to_dict("records") for _, rows in decisions.groupby(_GROUP, sort=False)]

    def rank(group: list[dict[Any, Any]]) -> tuple[object, ...]:
        brand, product, segment = (str(group[0][name]) for name in _GROUP)
        place = own.index(brand) if brand in own else len(own)
        unhappy = max(number(candidate["n_customers"]) or 0.0 for candidate in group)
        return product != ALL, segment != ALL, place, brand, -unhappy, product, segment

    return [
        sorted(group, key=lambda candidate: int(candidate["place"])) for group in sorted(groups, key=rank)
    ]


def _proposed(group: Sequence[Candidate]) -> Candidate | None:
    return next((candidate for candidate in group if candidate["verdict"] == "proposed"), None)


def _lead(group: Sequence[Candidate], say: Say, phrases: Phrases) -> str:
    key, chosen = group[0], _proposed(group)
    if all(one["verdict"] == "no_gap" for one in group):
        return say("lead_nothing_left")
    if chosen is None:
        reasons = [
            say("excluded", category=phrases.category(one["category"]), why=_why(one, say, phrases))
            for one in group
        ]
        return say("lead_none", reasons=say("excluded_gap").join(reasons))
    probability = number(key["key_probability"])
    shown = "" if probability is None else say("probability", share=percent(probability))
    names = {"category": phrases.category(chosen["category"]), "probability": shown}
    level = [phrases.category(one["category"]) for one in group if one.get("tied") is True]
    if chosen is key and level:
        sentences = [say("lead_tied", tied=phrases.listed(level), **names)]
    elif chosen is key and probability is not None and probability < EVEN:
        sentences = [say("lead_unsure", others=_others(group[1:], say, phrases), **names)]
    elif chosen is key:
        sentences = [say("lead_key", **names)]
    else:
        why = _why(key, say, phrases)
        sentences = [say("lead_second", key=phrases.category(key["category"]), why=why, **names)]
        if level:
            sentences.append(say("level", tied=phrases.listed(level)))
    if requirement := _requirement(chosen, phrases):
        sentences.append(
            say("lead_requirement", topic=phrases.topic(chosen["topic"]), requirement=requirement)
        )
    reserve = next((one for one in group if one["verdict"] == "reserve"), None)
    if reserve is not None:
        sentences.append(say("lead_reserve", category=phrases.category(reserve["category"])))
    return phrases.paragraph(sentences)


def _others(rest: Sequence[Candidate], say: Say, phrases: Phrases) -> str:
    """Return the categories that are the likeliest besides the key, at most two."""
    known = [one for one in rest if number(one["key_probability"])]
    likely = sorted(known, key=lambda one: -one["key_probability"])[:2]
    return phrases.listed(
        [
            say("other", category=phrases.category(one["category"]), share=percent(one["key_probability"]))
            for one in likely
        ]
    )


def _why(candidate: Candidate, say: Say, phrases: Phrases) -> str:
    """Return why a candidate does not fit."""
    return say(
        f"why_{candidate['verdict']}",
        reason=one_line(word(candidate["reason"]) or ""),
        **_amounts(candidate, phrases),
    )


def _amounts(candidate: Candidate, phrases: Phrases) -> dict[str, str]:
    amounts = {name: number(candidate[name]) for name in ("cost", "budget")}
    return {name: EN_DASH if value is None else phrases.money(value) for name, value in amounts.items()}


def _line(group: Sequence[Candidate], say: Say, phrases: Phrases) -> Table:
    head = ("category", "is_key", "verdict", "from_to", "begin_with")
    rows = [
        row(
            phrases.head(phrases.category(one["category"])),
            _probability(one),
            _verdict(one, say, phrases),
            f"{score(one['experience'])} → {score(one['target'])}",
            _requirement(one, phrases) or EN_DASH,
        )
        for one in group
    ]
    return Table(say("line_caption"), tuple(say(name) for name in head), tuple(rows), frozenset({2, 4}))


def _verdict(candidate: Candidate, say: Say, phrases: Phrases) -> Cell:
    verdict = str(candidate["verdict"])
    under = one_line(word(candidate["reason"]) or "")
    if verdict == "not_affordable":
        under = say("over_budget", **_amounts(candidate, phrases))
    return Cell(say(verdict), _TONES[verdict], under=under)


def _probability(candidate: Candidate) -> str:
    probability = number(candidate["key_probability"])
    return EN_DASH if probability is None else percent(probability)


def _requirement(candidate: Candidate, phrases: Phrases) -> str | None:
    """Return what the candidate's first sub-topic requires, in the reader's language."""
    text = word(candidate["requirement" if phrases.language == "zh" else "requirement_en"])
    return None if text is None else one_line(text)


def _by_group(groups: Sequence[Sequence[Candidate]], say: Say, phrases: Phrases) -> Table:
    rows = []
    for group in groups[:MAX_GROUPS]:
        names = [phrases.brand(str(group[0][name])) for name in _GROUP[1:] if group[0][name] != ALL]
        chosen = _proposed(group)
        proposal = Cell(say("nothing_fits"), "bad")
        if chosen is not None:
            proposal = Cell(phrases.category(chosen["category"]), under=_requirement(chosen, phrases) or "")
        rows.append(
            row(
                " · ".join(names) or phrases.brand(str(group[0]["brand"])),
                phrases.category(group[0]["category"]),
                _probability(group[0]),
                proposal,
            )
        )
    head = tuple(say(name) for name in ("scope", "key", "is_key", "proposal"))
    return Table(say("groups_caption"), head, tuple(rows), frozenset({1, 3}))
