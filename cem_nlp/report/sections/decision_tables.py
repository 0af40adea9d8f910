"""What a decision rests on: requirements, quadrants, brand value, each with what it does not say."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from cem_nlp.cem.quadrants import QUADRANTS
from cem_nlp.report.blocks import Block, Cell, Note, Paragraph, Strip, Table, Tone, row
from cem_nlp.report.cells import number, word
from cem_nlp.report.format import EN_DASH, MINUS, count, one_line, percent, score
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.loop_wording import WORDS as LOOP_WORDS
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.vocabulary import ALL

Row = Mapping[Any, Any]

MAX_REQUIREMENTS: Final = 5
MAX_ACTIONS: Final = 3
"""Actions on the category that are named; the section on actions lists all."""
MAX_TOPICS: Final = 3
"""Sub-topics that are listed under what supporters praise: those they set themselves apart by most."""

_QUADRANT_TONES: Final[Mapping[str, Tone]] = {"concentrate_here": "bad", "keep_up": "good"}


def requirement_blocks(
    tables: Mapping[str, pd.DataFrame], cell: Mapping[str, Any], say: Say, phrases: Phrases
) -> list[Block]:
    """Return the worst sub-topics of a category, the worst first."""
    rows = [
        row(
            phrases.head(phrases.topic(one["topic"])),
            Cell(phrases.touchpoint(one["touchpoint"]), under=phrases.owner(one["touchpoint"])),
            Cell(count(one["n_customers"]), under=_share(one, say)),
            _requirement(one, phrases),
            Cell(say(one["verdict"]), under=one_line(word(one["reason"]) or "")),
        )
        for one in _rows_of(tables, "requirements", cell)[:MAX_REQUIREMENTS]
    ]
    if not rows:
        return []
    head = ("topic", "touchpoint", "n_customers", "requirement", "verdict")
    caption = say("requirements_caption", category=phrases.head(phrases.category(cell["category"])))
    return [Table(caption, tuple(say(name) for name in head), tuple(rows), frozenset({1, 3, 4}))]


def start_blocks(
    tables: Mapping[str, pd.DataFrame], cell: Mapping[str, Any], say: Say, phrases: Phrases
) -> list[Block]:
    """Return who begins with the first open sub-topic of a category, and what is being done about the
    category already.
    """
    sentences = []
    first = next((one for one in _rows_of(tables, "requirements", cell) if one["verdict"] == "open"), None)
    if first is not None:
        owner = phrases.owner(first["touchpoint"])
        sentences.append(
            say(
                "start_owner" if owner else "start_place",
                topic=phrases.topic(first["topic"]),
                place=phrases.touchpoint(first["touchpoint"]),
                owner=owner,
            )
        )
    actions = _rows_of(tables, "feedback_loop", {"category": cell["category"]})
    if actions:
        of_loop = speaker(LOOP_WORDS, phrases.language)
        named = [
            say("start_action", action=one_line(one["action"]), status=of_loop(one["status"]))
            for one in actions[:MAX_ACTIONS]
        ]
        sentences.append(
            say(
                "start_actions",
                n=count(len(actions)),
                category=phrases.category(cell["category"]),
                actions=phrases.listed(named),
            )
        )
    return [Paragraph(phrases.paragraph(sentences))] if sentences else []


def quadrant_blocks(
    tables: Mapping[str, pd.DataFrame], scope: Mapping[str, Any], say: Say, phrases: Phrases
) -> list[Block]:
    """Return the quadrants of a product and segment, what to improve first."""
    order = list(QUADRANTS)
    found = sorted(
        _rows_of(tables, "quadrants", scope),
        key=lambda one: (order.index(one["quadrant"]), -one["importance"]),
    )
    rows = [
        row(
            phrases.head(phrases.category(one["category"])),
            score(one["importance"]),
            score(one["experience"]),
            Cell(phrases.named(QUADRANTS, one["quadrant"]), _QUADRANT_TONES.get(one["quadrant"], "plain")),
            _probability(one[f"probability_{one['quadrant']}"]),
        )
        for one in found
    ]
    if not rows:
        return []
    head = ("category", "importance", "experience", "quadrant", "sure")
    words = frozenset({3})
    table = Table(say("quadrants_caption"), tuple(say(name) for name in head), tuple(rows), words)
    return [table, Note(say("note_quadrants"))]


def brand_value_blocks(
    tables: Mapping[str, pd.DataFrame], brand: str, say: Say, phrases: Phrases
) -> list[Block]:
    """Return what the brand's supporters praise, by category and by the sub-topics that tell them apart."""
    found = [
        one
        for one in _rows_of(tables, "brand_value", {"brand": brand})
        if number(one["difference"]) is not None
    ]
    whole = [one for one in found if one["topic"] == ALL]
    topics = [one for one in found if one["topic"] != ALL and one["difference_low"] > 0]
    if not whole:
        return []
    whole.sort(key=lambda one: -one["share_supporters"])
    topics.sort(key=lambda one: -one["difference"])
    head = (
        say("praised"),
        say("supporters", n=count(whole[0]["n_supporters"])),
        say("others", n=count(whole[0]["n_others"])),
        say("difference"),
    )
    rows = [_praise(one, say, phrases) for one in [*whole, *topics[:MAX_TOPICS]]]
    caption = say("value_caption", brand=phrases.brand(brand))
    return [Table(caption, head, tuple(rows)), Note(say("note_value"))]


def _praise(one: Row, say: Say, phrases: Phrases) -> tuple[Cell, ...]:
    name = phrases.head(phrases.category(one["category"]))
    if one["topic"] != ALL:
        name = f"{name} · {phrases.topic(one['topic'])}"
    points, low, high = (100 * one[f"difference{end}"] for end in ("", "_low", "_high"))
    tone: Tone = "good" if low > 0 else "bad" if high < 0 else "quiet"
    spread = say("to", low=_whole_points(low), high=_whole_points(high))
    difference = Cell(_whole_points(points), tone, spread, Strip(points, low, high, -100, 100))
    return row(name, percent(one["share_supporters"]), percent(one["share_others"]), difference)


def _whole_points(value: float) -> str:
    return f"{round(value):+d}".replace("-", MINUS)


def _rows_of(tables: Mapping[str, pd.DataFrame], name: str, where: Mapping[str, Any]) -> list[dict[Any, Any]]:
    """Return the rows of a table with these values; none where the table is absent."""
    table = tables.get(name)
    if table is None or table.empty:
        return []
    return table[(table[list(where)] == pd.Series(where)).all(axis=1)].to_dict("records")


def _share(one: Row, say: Say) -> str:
    if number(one["share"]) is None:
        return ""
    share, low, high = (percent(one[f"share{end}"]) for end in ("", "_low", "_high"))
    return say("of_unhappy", share=share, low=low, high=high)


def _requirement(one: Row, phrases: Phrases) -> str:
    text = word(one["requirement" if phrases.language == "zh" else "requirement_en"])
    return EN_DASH if text is None else one_line(text)


def _probability(value: Any) -> str:
    probability = number(value)
    return EN_DASH if probability is None else percent(probability)
