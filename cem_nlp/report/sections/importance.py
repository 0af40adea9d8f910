"""The section on importance: what moves the rating where no survey asked, and of which type it is."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Details, Note, Section, Strip, Table, Tone
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.importance_wording import WORDS
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.vocabulary import ALL, CATEGORIES

BRANDS: Final = 3
"""Own brands with a table of their own."""
RIVALS: Final = 4
"""Rivals shown beside each other."""
_ACTED_ON: Final = ("must_be", "attractive")
"""Types that tell what to do; the lead names them."""
_HEADS: Final = ("category", "importance", "reward", "penalty", "lmg", "kano")


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section, None where no own brand is spoken of."""
    drivers = tables.more.get("drivers", pd.DataFrame(columns=["brand", "product", "segment"]))
    whole = drivers[(drivers["product"] == ALL) & (drivers["segment"] == ALL)]
    brands = [brand for brand in context.own if brand in set(whole["brand"])][:BRANDS]
    if not brands:
        return None
    say = speaker(WORDS, phrases.language)
    own = [_ordered(whole[whole["brand"] == brand]) for brand in brands]
    blocks: list[Block] = [_table(rows, phrases, say) for rows in own if rows["r_squared"].notna().any()]
    lead = phrases.paragraph([_lead(rows, phrases, say) for rows in own])
    if blocks:
        blocks += [*_rivals(whole, phrases, say), Note(say("types")), Note(say("method"))]
        blocks += [Note(say("survey"))] if _surveyed(tables.gaps, brands) else []
        notes = phrases.paragraph([numbers.one_line(note) for note in context.data_notes])
        blocks += [Note(say("data", notes=notes), caution=True)] if notes else []
    return Section("importance", say("title"), lead, tuple(blocks))


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a brand's categories, the most important first, those without a figure last."""
    place = rows["category"].map({code: number for number, code in enumerate(CATEGORIES)})
    ordered = rows.assign(place=place).sort_values("place", kind="stable")
    return ordered.sort_values("importance", ascending=False, kind="stable", na_position="last")


def _lead(rows: pd.DataFrame, phrases: Phrases, say: Say) -> str:
    first = rows.iloc[0]
    brand = phrases.brand(first["brand"])
    if pd.isna(first["importance"]):
        return say("no_lead", brand=brand, reason=say(rows["reason"].mode().iloc[0]))
    spread = numbers.spread(first["importance_low"], first["importance_high"])
    category, points = phrases.category(first["category"]), numbers.score(first["importance"])
    compared = int(rows["importance"].notna().sum())
    key = "lead" if compared == len(rows) else "lead_of"
    sentences = [say(key, brand=brand, category=category, points=points, range=spread, n=compared)]
    for kind in _ACTED_ON:
        named = [phrases.category(code) for code in rows.loc[rows["kano"] == kind, "category"]]
        sentences += [say(kind, categories=phrases.listed(named))] if named else []
    return phrases.paragraph(sentences)


def _table(rows: pd.DataFrame, phrases: Phrases, say: Say) -> Table:
    head = tuple(say(f"head_{name}") for name in _HEADS)
    cells = tuple(_row(row, phrases, say) for row in rows.to_dict("records"))
    first = rows.iloc[0]
    caption = say("table", brand=phrases.brand(first["brand"]), n=numbers.count(int(first["n"])))
    return Table(caption, head, cells, frozenset({5}))


def _row(row: Mapping[Any, Any], phrases: Phrases, say: Say) -> tuple[Cell, ...]:
    return (
        Cell(phrases.head(phrases.category(row["category"]))),
        _importance(row, say),
        _points(row, "reward", "n_praised", say),
        _points(row, "penalty", "n_blamed", say),
        Cell(say("unknown"), "quiet") if pd.isna(row["lmg"]) else Cell(numbers.percent(row["lmg"])),
        _type(row, say),
    )


def _importance(row: Mapping[Any, Any], say: Say) -> Cell:
    if pd.isna(row["importance"]):
        return Cell(say("unknown"), "quiet", say(row["reason"]))
    value, low, high = (float(row[f"importance{end}"]) for end in ("", "_low", "_high"))
    return Cell(numbers.score(value), under=numbers.spread(low, high), strip=Strip(value, low, high))


def _points(row: Mapping[Any, Any], name: str, voices: str, say: Say) -> Cell:
    """Return points of the rating with their range; coloured where the range leaves out 0."""
    people = say("people", n=numbers.count(int(row[voices])))
    if pd.isna(row[name]):
        return Cell(say("unknown"), "quiet", people)
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    tone: Tone = "bad" if high < 0 else "good" if low > 0 else "plain"
    between = say("between", low=numbers.signed(low), high=numbers.signed(high))
    return Cell(numbers.signed(row[name]), tone, between)


def _type(row: Mapping[Any, Any], say: Say) -> Cell:
    if pd.isna(row["kano"]):
        repeated = row["kano_reason"] == row["reason"]
        return Cell(say("unknown" if repeated else row["kano_reason"]), "quiet")
    return Cell(say(f"kano_{row['kano']}"), "strong")


def _rivals(whole: pd.DataFrame, phrases: Phrases, say: Say) -> list[Block]:
    """Return the importance of each category to the customers of the rivals with most rated comments."""
    known = whole[~whole["is_own"] & whole["importance"].notna()]
    rivals = known.groupby("brand")["n"].max().sort_values(ascending=False, kind="stable").index[:RIVALS]
    if rivals.empty:
        return []
    values = known.pivot(index="category", columns="brand", values="importance")
    rows = [
        (
            Cell(phrases.head(phrases.category(code))),
            *(_of_rival(values[brand].get(code), say) for brand in rivals),
        )
        for code in CATEGORIES
    ]
    head = (say("head_category"), *(phrases.brand(str(brand)) for brand in rivals))
    return [Details(say("rivals"), (Table(say("rivals_table"), head, tuple(rows)),))]


def _of_rival(value: Any, say: Say) -> Cell:
    return Cell(say("unknown"), "quiet") if pd.isna(value) else Cell(numbers.score(value))


def _surveyed(gaps: pd.DataFrame, brands: list[str]) -> bool:
    return bool(((gaps["importance_from"] == "survey") & gaps["brand"].isin([*brands, ALL])).any())
