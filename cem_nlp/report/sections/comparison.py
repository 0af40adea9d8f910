"""The section on rivals: where the own brand is better, where worse, and what both sides' customers say."""

from typing import Any, Final

import pandas as pd

from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Details, Heading, Note, Paragraph, Quotes, Section, Tone
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.quotes import telling_quotes
from cem_nlp.report.rivalry import Place, Verdict, places
from cem_nlp.report.sections.comparison_tables import (
    MAX_PLACES,
    by_size,
    category_table,
    difference_range,
    is_ranked,
    pair_table,
    place_name,
    place_table,
    rank_of,
    rival_table,
)
from cem_nlp.report.sections.comparison_wording import WORDS
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.report.view import MAX_OWN
from cem_nlp.vocabulary import ALL

MAX_QUOTED = 2
"""Strengths, and weaknesses, that customers' words stand beside."""

QUOTES_EACH = 2

_SAID: Final[dict[Verdict, tuple[str, str]]] = {
    "better": ("positive", "negative"),
    "worse": ("negative", "positive"),
}
"""What customers of the own brand and of its rivals say in a strength, and in a weakness."""


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section `comparison`, None where no own brand could be compared with anybody."""
    compared = tables.more.get("comparisons")
    if compared is None or compared.empty:
        return None
    compared = _small_apart(compared, context.comparison.false_discovery_rate)
    say = speaker(WORDS, phrases.language)
    named = list(dict.fromkeys(compared["brand"].astype(str)))[:MAX_OWN]
    leads, taken = [], set[str]()
    blocks: list[Block] = []
    for brand in named:
        mine = compared[compared["brand"] == brand]
        found = places(mine)
        leads += _lead(mine, brand, found, say, phrases)
        blocks += [Heading(phrases.brand(brand))] if len(named) > 1 else []
        blocks += _figures(mine, brand, found, say, phrases)
        voices = _voices(tables, brand, found, taken, say, phrases)
        blocks += [Details(say("voices"), tuple(voices))] if voices else []
        blocks += _coverage(mine, brand, say, phrases)
    blocks += [_how_sure(compared, context, say), *(Note(n, caution=True) for n in context.data_notes)]
    return Section("comparison", say("title"), phrases.paragraph(leads), tuple(blocks))


def _small_apart(compared: pd.DataFrame, false_discovery_rate: float) -> pd.DataFrame:
    """Return the table with 'small' for the verdict of a sure difference below the minimum effect: a reader
    who sees a range without 0 would not understand 'no evidence'.
    """
    small = (compared["verdict"] == "no_evidence") & (compared["q_value"] <= false_discovery_rate)
    return compared.assign(verdict=compared["verdict"].mask(small, "small"))


def _lead(
    mine: pd.DataFrame, brand: str, found: dict[Verdict, tuple[Place, ...]], say: Say, phrases: Phrases
) -> list[str]:
    """Return the answer: industry and rank, then the rivals, then the surest weakness and strength."""
    total = mine[mine["grain"] == "total"]
    sentences = [_against_industry(total[total["rival"] == ALL], brand, say, phrases)]
    sentences.append(_against_rivals(total[total["rival"] != ALL], brand, say, phrases))
    keys: dict[Verdict, str] = {"worse": "lead_weakness", "better": "lead_strength"}
    surest = [
        say(key, place=place_name(found[verdict][0], say, phrases))
        for verdict, key in keys.items()
        if found[verdict]
    ]
    return [phrases.sentence(clauses) for clauses in (*sentences, surest) if clauses]


def _against_industry(rows: pd.DataFrame, brand: str, say: Say, phrases: Phrases) -> list[str]:
    shown = rows[rows["verdict"] != "suppressed"]
    if shown.empty:
        return []
    line: dict[Any, Any] = shown.iloc[0].to_dict()
    points = line["difference"]
    values = {"brand": phrases.brand(brand), "range": difference_range(line, phrases)}
    if line["verdict"] in ("no_evidence", "small"):
        clauses = [say(f"lead_industry_{line['verdict']}", difference=numbers.signed(points), **values)]
    else:
        direction = say("above" if points > 0 else "below")
        clauses = [say("lead_industry", direction=direction, points=numbers.score(abs(points)), **values)]
    if is_ranked(line):
        clauses.append(_rank(line, say))
    return clauses


def _rank(line: dict[Any, Any], say: Say) -> str:
    rank = rank_of(line)
    ends = say("rank_range", **rank) if rank["low"] < rank["high"] else ""
    return say("lead_rank", **rank, range=ends)


def _against_rivals(rows: pd.DataFrame, brand: str, say: Say, phrases: Phrases) -> list[str]:
    """Return one clause per verdict, the worse ones first."""
    clauses: list[str] = []
    for verdict in ("worse", "better", "small", "no_evidence"):
        names = [phrases.brand(name) for name in by_size(rows[rows["verdict"] == verdict])["rival"]]
        if names:
            key = f"also_{verdict}" if clauses else f"lead_{verdict}"
            clauses.append(say(key, brand=phrases.brand(brand), rivals=phrases.listed(names)))
    return clauses or [say("lead_suppressed", brand=phrases.brand(brand))]


def _figures(
    mine: pd.DataFrame, brand: str, found: dict[Verdict, tuple[Place, ...]], say: Say, phrases: Phrases
) -> list[Block]:
    """Return the tables: rivals, categories, categories by rival, weaknesses, strengths."""
    blocks: list[Block] = [
        rival_table(mine, brand, say, phrases),
        category_table(mine, brand, say, phrases),
    ]
    if (pairs := pair_table(mine, brand, say, phrases)) is not None:
        blocks.append(Details(pairs.caption, (pairs,)))
    captions: dict[Verdict, str] = {"worse": "weaknesses", "better": "strengths"}
    for verdict, key in captions.items():
        if not found[verdict]:
            blocks.append(Paragraph(say(f"no_{key}")))
            continue
        blocks.append(place_table(found[verdict], say(key, brand=phrases.brand(brand)), say, phrases))
        if (more := len(found[verdict]) - MAX_PLACES) > 0:
            blocks.append(Note(say(f"more_{verdict}", n=more)))
    return blocks


def _coverage(mine: pd.DataFrame, brand: str, say: Say, phrases: Phrases) -> list[Block]:
    """Return what was compared, and the rivals that too little is said of."""
    total = mine[mine["grain"] == "total"]
    thin = total.loc[(total["verdict"] == "suppressed") & (total["rival"] != ALL), "rival"]
    names = [phrases.brand(name) for name in thin]
    blocks: list[Block] = [Note(say("thin_rivals", rivals=phrases.listed(names)))] if names else []
    for covered in total.loc[total["rival"] == ALL, "covered"]:
        values = {"brand": phrases.brand(brand), "covered": numbers.percent(covered)}
        blocks.append(Note(say("how", **values)))
    return blocks


def _voices(
    tables: ReportTables,
    brand: str,
    found: dict[Verdict, tuple[Place, ...]],
    taken: set[str],
    say: Say,
    phrases: Phrases,
) -> list[Block]:
    """Return what customers of both sides say of the surest weaknesses and strengths."""
    blocks: list[Block] = []
    for verdict in ("worse", "better"):
        for place in found[verdict][:MAX_QUOTED]:
            named = {"place": place_name(place, say, phrases), "brand": phrases.brand(brand)}
            rivals = _rivals_in(tables, brand) if place.rivals[0] == ALL else place.rivals
            sides = (("own", (brand,)), ("theirs", rivals))
            for (side, brands), polarity in zip(sides, _SAID[verdict], strict=True):
                quotes = telling_quotes(
                    _of_place(tables.opinions, place, polarity),
                    tables.feedback,
                    tables.comments,
                    brands,
                    QUOTES_EACH,
                    taken,
                )
                tone: Tone = "good" if polarity == "positive" else "bad"
                blocks += [Quotes(say(f"quotes_{side}_{verdict}", **named), quotes, tone)] if quotes else []
    return blocks


def _rivals_in(tables: ReportTables, brand: str) -> tuple[str, ...]:
    compared = tables.more["comparisons"]
    return tuple(sorted(set(compared.loc[compared["brand"] == brand, "rival"]) - {ALL}))


def _of_place(opinions: pd.DataFrame, place: Place, polarity: str) -> pd.DataFrame:
    chosen = (opinions["category"] == place.category) & (opinions["polarity"] == polarity)
    for name, value in (("touchpoint", place.touchpoint), ("topic", place.topic)):
        if value != ALL:
            chosen &= opinions[name] == value
    return opinions[chosen]


def _how_sure(compared: pd.DataFrame, context: ReportContext, say: Say) -> Note:
    settings = context.comparison
    return Note(
        say(
            "how_sure",
            confidence=numbers.percent(context.scores.confidence),
            cells=numbers.count(int((compared["verdict"] != "suppressed").sum())),
            rate=numbers.percent(settings.false_discovery_rate),
            effect=numbers.score(settings.minimum_effect),
            minimum=numbers.count(settings.minimum_mentions),
        )
    )
