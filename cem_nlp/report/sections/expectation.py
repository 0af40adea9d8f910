"""The section on expectation: what it is made of where no survey asked for it."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import pandas as pd

from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Note, Section, Strip, Table
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.expectation_wording import WORDS
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.vocabulary import ALL, CATEGORIES

Cells: TypeAlias = Mapping[tuple[str, str], Mapping[Any, Any]]
"""Rows of `expectations` of one brand, by category and determinant."""

BRANDS: Final = 3
"""Own brands with a table of their own."""
_DETERMINANTS: Final = ("earlier_here", "earlier_elsewhere", "word_of_mouth", "promotion", "hints")


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section, None where no own brand is spoken of."""
    found = tables.more.get("expectations", pd.DataFrame(columns=["brand"]))
    brands = [brand for brand in context.own if brand in set(found["brand"])][:BRANDS]
    if not brands:
        return None
    say = speaker(WORDS, phrases.language)
    cells = {brand: _cells(found[found["brand"] == brand]) for brand in brands}
    lead = phrases.paragraph([_lead(cells[brand], brand, phrases, say) for brand in brands])
    blocks: list[Block] = [
        _table(cells[brand], brand, phrases, say) for brand in brands if _known(cells[brand])
    ]
    if blocks:
        blocks += [Note(say("method")), Note(say("weights"))]
        blocks += [Note(say("survey"))] if _surveyed(tables.gaps, brands) else []
    return Section("expectation", say("title"), lead, tuple(blocks))


def _cells(rows: pd.DataFrame) -> Cells:
    return {(row["category"], row["determinant"]): row for row in rows.to_dict("records")}


def _known(cells: Cells) -> list[str]:
    """Return the categories with an expectation, the highest first."""
    values = {category: row["value"] for (category, name), row in cells.items() if name == ALL}
    known = [category for category in CATEGORIES if pd.notna(values.get(category))]
    return sorted(known, key=lambda category: -values[category])


def _lead(cells: Cells, brand: str, phrases: Phrases, say: Say) -> str:
    known = _known(cells)
    if not known:
        return say("no_lead", brand=phrases.brand(brand))
    top = cells[known[0], ALL]
    parts = {name: cells[known[0], name]["value"] for name in _DETERMINANTS}
    parts = {name: value for name, value in parts.items() if pd.notna(value)}
    highest = max(parts, key=lambda name: parts[name])
    return say(
        "lead" if len(parts) > 1 else "lead_single",
        brand=phrases.brand(brand),
        category=phrases.category(known[0]),
        value=numbers.score(top["value"]),
        range=numbers.spread(top["value_low"], top["value_high"]),
        determinant=say(highest),
        highest=numbers.score(parts[highest]),
    )


def _table(cells: Cells, brand: str, phrases: Phrases, say: Say) -> Table:
    head = (say("head_category"), say("head_all"), *(say(name) for name in _DETERMINANTS))
    rows = tuple(
        (
            Cell(phrases.head(phrases.category(code))),
            _whole(cells[code, ALL], say),
            *(_part(cells[code, name], say) for name in _DETERMINANTS),
        )
        for code in CATEGORIES
        if (code, ALL) in cells
    )
    return Table(say("table", brand=phrases.brand(brand)), head, rows)


def _whole(row: Mapping[Any, Any], say: Say) -> Cell:
    if pd.isna(row["value"]):
        return Cell(say("unknown"), "quiet")
    value, low, high = (float(row[f"value{end}"]) for end in ("", "_low", "_high"))
    return Cell(numbers.score(value), "strong", numbers.spread(low, high), Strip(value, low, high))


def _part(row: Mapping[Any, Any], say: Say) -> Cell:
    n = numbers.count(int(row["n"]))
    if pd.isna(row["value"]):
        return Cell(say("unknown"), "quiet", say("thin", n=n) if row["n"] else "")
    return Cell(numbers.score(row["value"]), under=say("part", weight=numbers.percent(row["weight"]), n=n))


def _surveyed(gaps: pd.DataFrame, brands: list[str]) -> bool:
    return bool(((gaps["expectation_from"] == "survey") & gaps["brand"].isin([*brands, ALL])).any())
