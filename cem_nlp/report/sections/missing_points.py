"""What customers ask for and no touchpoint serves, inside the section on touchpoints."""

from datetime import date
from typing import Any

import pandas as pd

from cem_nlp.cem.stages import CHANNELS, PURCHASE
from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Quotes, Table
from cem_nlp.report.cells import number
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.quotes import Quote
from cem_nlp.report.sections.speech import Say

MAX_POINTS = 8
"""Points that are listed; the table holds all."""
IN_THE_LEAD = 3
MAX_QUOTES = 4


def missing_sentence(missing: pd.DataFrame, say: Say, phrases: Phrases) -> list[str]:
    """Return the sentence on what is missing, nothing where nothing is."""
    points = [
        say("point", name=_name(row, say, phrases), n=numbers.count(row["n_feedback"]))
        for row in missing.head(IN_THE_LEAD).to_dict("records")
    ]
    return [say("lead_missing", points=phrases.listed(points))] if points else []


def missing_blocks(missing: pd.DataFrame, feedback: pd.DataFrame, say: Say, phrases: Phrases) -> list[Block]:
    """Return the points most asked for, with customers' own words."""
    shown = missing.head(MAX_POINTS).to_dict("records")
    if not shown:
        return []
    columns = {
        "asked": [Cell(_name(row, say, phrases)) for row in shown],
        "wishes": [Cell(numbers.count(row["n_wishes"])) for row in shown],
        "questions": [Cell(numbers.count(row["n_questions"])) for row in shown],
        "of_comments": [_share(row) for row in shown],
        "score": [_score(row, say) for row in shown],
        "where": [
            Cell("" if pd.isna(row["touchpoint"]) else phrases.touchpoint(str(row["touchpoint"])))
            for row in shown
        ],
    }
    # A survey asks no questions of the kind, and scores no sub-topics.
    for name, count in (("questions", "n_questions"), ("score", "n_mentions")):
        if not missing[count].any():
            del columns[name]
    rows = tuple(zip(*columns.values(), strict=True))
    table = Table(say("missing"), tuple(map(say, columns)), rows, frozenset({len(columns) - 1}))
    quotes = _quotes(shown, feedback)
    return [table, Quotes(say("quotes"), quotes)] if quotes else [table]


def _name(row: dict[Any, Any], say: Say, phrases: Phrases) -> str:
    name = str(row["name"])
    if row["asked"] == "topic":
        return phrases.topic(name)
    channel, _, stage = name.partition("×")
    return say("channel_at", channel=phrases.named(CHANNELS, channel), stage=phrases.named(PURCHASE, stage))


def _share(row: dict[Any, Any]) -> Cell:
    if pd.isna(row["share"]):
        return Cell(numbers.EN_DASH, "quiet")
    shares = [100 * row[f"share{end}"] for end in ("", "_low", "_high")]
    return Cell(f"{shares[0]:.1f}%", under=f"{shares[1]:.1f}–{shares[2]:.1f}%")


def _score(row: dict[Any, Any], say: Say) -> Cell:
    value = number(row["experience"])
    n = say("n", n=numbers.count(row["n_mentions"]))
    return Cell(say("few_mentions"), "quiet", n) if value is None else Cell(numbers.score(value), under=n)


def _quotes(shown: list[dict[Any, Any]], feedback: pd.DataFrame) -> tuple[Quote, ...]:
    """Return the first example of each point, until there are enough."""
    firsts = [
        (str(row["example_ids"][0]), str(row["examples"][0]), row) for row in shown if len(row["example_ids"])
    ]
    said = feedback[feedback["feedback_id"].isin([key for key, _, _ in firsts])].set_index("feedback_id")
    quotes = []
    for key, words, row in firsts[:MAX_QUOTES]:
        if key in said.index:
            source = said.loc[[key]].iloc[0]
            day = source["business_date"]
            quotes.append(
                Quote(
                    before="",
                    evidence=numbers.one_line(words),
                    after="",
                    brand=str(source["brand"]),
                    product=str(source["product"]),
                    kind=str(source["kind"]),
                    touchpoint="unknown" if pd.isna(row["touchpoint"]) else str(row["touchpoint"]),
                    said_on=None if pd.isna(source["created_at"]) else date.fromisoformat(str(day)[:10]),
                    probability=1.0,
                    topic=str(row["name"]) if row["asked"] == "topic" else None,
                    intent=None,
                    expectation=None,
                )
            )
    return tuple(quotes)
