"""The section on topics and words: what drives each category's score, and what is newly said."""

from typing import Any, Final

import pandas as pd

from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import (
    Block,
    Cell,
    Details,
    Heading,
    Note,
    Paragraph,
    Quotes,
    Section,
    Strip,
    Table,
    Tone,
)
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.quotes import Quote
from cem_nlp.report.sections.brand_quotes import BrandQuotes, quotes_of
from cem_nlp.report.sections.new_words import words_blocks
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.report.sections.topics_wording import WORDS
from cem_nlp.vocabulary import CATEGORIES

MAX_QUOTED: Final = 6
"""Quotes that stand open; more are folded away, so that the next section stays in sight."""
EACH: Final = 3
"""Topics named on each side of a category: what a reader can act on."""
BRANDS: Final = 3
_SIDES: Final = {"hurts": "negative", "helps": "positive"}
_HEADS: Final = ("topic", "category", "n", "experience", "contribution", "before", "rivals")


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section, None where no topic has a score."""
    topics = tables.more.get("topics", pd.DataFrame())
    scored = topics[topics["verdict"] != "suppressed"] if len(topics) else topics
    if scored.empty:
        return None
    say = speaker(WORDS, phrases.language)
    said = scored.groupby("brand")["n_mentions"].sum().sort_values(ascending=False)
    brands = [brand for brand in context.own if brand in said.index][:BRANDS] or [str(said.index[0])]
    blocks: list[Block] = []
    for brand in brands:
        of_brand = scored[scored["brand"] == brand]
        blocks += [Heading(phrases.brand(brand))] if len(brands) > 1 else []
        said_of = quotes_of(tables, brand)
        blocks += _topics(said_of, of_brand, phrases, say)
        blocks += words_blocks(tables, said_of, phrases, say)
    blocks.append(Note(say("method")))
    lead = _lead(brands[0], scored[scored["brand"] == brands[0]], phrases, say)
    return Section("topics", say("title"), lead, tuple(blocks))


def _lead(brand: str, topics: pd.DataFrame, phrases: Phrases, say: Say) -> str:
    hurting = topics[topics["verdict"] == "hurts"].sort_values("contribution")
    if hurting.empty:
        return say("no_lead", brand=phrases.brand(brand))
    worst = hurting.iloc[0]
    return say(
        "lead",
        brand=phrases.brand(brand),
        category=phrases.category(worst["category"]),
        topic=phrases.topic(worst["topic"]),
        n=numbers.count(int(worst["n_mentions"])),
        score=numbers.score(worst["experience"]),
        points=f"{-worst['contribution']:.2f}",
    )


def _topics(said_of: BrandQuotes, topics: pd.DataFrame, phrases: Phrases, say: Say) -> list[Block]:
    """Return sentences on each category, the quotes, and the table of the topics named."""
    sentences: list[Block] = []
    rows: list[tuple[Cell, ...]] = []
    quotes: dict[str, list[Quote]] = {verdict: [] for verdict in _SIDES}
    for category in CATEGORIES:
        for verdict in _SIDES:
            chosen = _strongest(topics[topics["category"] == category], verdict)
            if not chosen:
                continue
            named = phrases.listed([_named(topic, phrases, say) for topic in chosen])
            name = phrases.head(phrases.category(category))
            sentences.append(Paragraph(say(verdict, category=name, topics=named)))
            rows += [_row(topic, phrases, say) for topic in chosen]
            for topic in chosen:
                quotes[verdict] += said_of.on_topic(category, topic["topic"], _SIDES[verdict])
    if not rows:
        return []
    bad, good = (tuple(quotes[verdict]) for verdict in _SIDES)
    hurts = Quotes(say("quotes_hurts"), bad, "bad")
    shown: list[Block] = [hurts] if bad else []
    if len(bad) > MAX_QUOTED:
        shown = [Details(hurts.title, (hurts,))]
    if good:
        shown.append(Details(say("quotes_helps"), (Quotes(say("quotes_helps"), good, "good"),)))
    head = tuple(say(f"head_{name}") for name in _HEADS)
    table = Table(say("table", brand=phrases.brand(said_of.brand)), head, tuple(rows), frozenset({1}))
    return [*sentences, table, *shown]


def _strongest(topics: pd.DataFrame, verdict: str) -> list[dict[Any, Any]]:
    found = topics[topics["verdict"] == verdict]
    ordered = found.sort_values("contribution", ascending=verdict == "hurts")
    return ordered.head(EACH).to_dict("records")


def _named(topic: dict[Any, Any], phrases: Phrases, say: Say) -> str:
    return say(
        "topic",
        topic=phrases.topic(topic["topic"]),
        n=numbers.count(int(topic["n_mentions"])),
        score=numbers.score(topic["experience"]),
        points=_points(topic["contribution"]),
    )


def _row(topic: dict[Any, Any], phrases: Phrases, say: Say) -> tuple[Cell, ...]:
    low, high = topic["experience_low"], topic["experience_high"]
    score = Strip(topic["experience"], low, high)
    return (
        Cell(phrases.topic(topic["topic"])),
        Cell(phrases.category(topic["category"])),
        Cell(
            numbers.count(int(topic["n_mentions"])),
            under=say("of_category", share=numbers.percent(topic["share"])),
        ),
        Cell(numbers.score(topic["experience"]), under=numbers.spread(low, high), strip=score),
        *(_difference(topic, name, say) for name in ("contribution", "against_before", "against_rivals")),
    )


def _difference(topic: dict[Any, Any], name: str, say: Say) -> Cell:
    """Return points with their range; coloured where the range leaves out 0."""
    value, low, high = (topic[name + end] for end in ("", "_low", "_high"))
    if pd.isna(value):
        return Cell(say("unknown"), "quiet")
    tone: Tone = "bad" if high < 0 else "good" if low > 0 else "plain"
    return Cell(_points(value), tone, say("between", low=_points(low), high=_points(high)))


def _points(value: float) -> str:
    """Return points of a score with two decimals and their sign: contributions are small."""
    printed = f"{value:+.2f}".replace("-", numbers.MINUS)
    return "0.00" if printed[1:] == "0.00" else printed
