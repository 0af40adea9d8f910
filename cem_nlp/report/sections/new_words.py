"""Words newly said, as a part of the section on topics."""

from typing import Any, Final

import pandas as pd

from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Heading, Note, Paragraph, Quotes, Table, Tone
from cem_nlp.report.inputs import ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.brand_quotes import BrandQuotes
from cem_nlp.report.sections.speech import Say
from cem_nlp.scores.periods import NOW, windows

NAMED: Final = 5
"""Words a sentence names."""
SHOWN: Final = 10
QUOTED: Final = 4

_VERDICTS: Final[dict[str, Tone]] = {
    "new": "strong",
    "rising": "strong",
    "falling": "quiet",
    "distinctive": "plain",
    "rarer": "quiet",
}
_HEADS: Final = ("word", "category", "verdict", "here", "there")
_WORTH_QUOTING: Final = ("new", "rising", "distinctive")


def words_blocks(tables: ReportTables, said_of: BrandQuotes, phrases: Phrases, say: Say) -> list[Block]:
    """Return what is newly said of a brand; nothing where no word was compared."""
    words = tables.more.get("words", pd.DataFrame())
    words = words[words["brand"] == said_of.brand] if len(words) else words
    if words.empty:
        return []
    heading, note = Heading(say("words_title")), Note(say("method_words", days=phrases.context.periods.days))
    found = words[words["verdict"].isin(list(_VERDICTS))]
    if found.empty:
        return [heading, Paragraph(say("no_words", n=numbers.count(len(words)))), note]
    ordered = found.assign(order=found["verdict"].map(list(_VERDICTS).index)).sort_values(
        ["order", "q_value"]
    )
    sentences = [
        Paragraph(
            say(f"words_{comparison}", words=phrases.listed([_named(word, phrases, say) for word in chosen]))
        )
        for comparison in ("before", "rivals")
        if (chosen := ordered[ordered["comparison"] == comparison].head(NAMED).to_dict("records"))
    ]
    shown = pd.concat([rows.head(SHOWN) for _, rows in ordered.groupby("comparison")])
    head = tuple(say(f"head_{name}") for name in _HEADS)
    rows = tuple(_row(word, phrases, say) for word in shown.to_dict("records"))
    table = Table(say("words_table", brand=phrases.brand(said_of.brand)), head, rows, frozenset({1, 2}))
    worth = ordered[ordered["verdict"].isin(_WORTH_QUOTING)].head(QUOTED).to_dict("records")
    now = tables.feedback["feedback_id"][windows(tables.feedback, phrases.context.periods.days) == NOW]
    quotes = tuple(
        quote
        for word in worth
        for quote in said_of.with_word(
            word["category"], word["word"], now if word["comparison"] == "before" else None
        )
    )
    spoken = [Quotes(say("quotes_words"), quotes)] if quotes else []
    return [heading, *sentences, table, *spoken, note]


def _named(word: dict[Any, Any], phrases: Phrases, say: Say) -> str:
    """Return a word with its category, without which one word of two categories reads as said twice."""
    counts = {"n": numbers.count(int(word["n"])), "m": numbers.count(int(word["n_reference"]))}
    category = phrases.category(word["category"])
    return say(word["verdict"], word=numbers.one_line(word["word"]), category=category, **counts)


def _row(word: dict[Any, Any], phrases: Phrases, say: Say) -> tuple[Cell, ...]:
    sides = (
        Cell(
            f"{1000 * word[n] / max(word[whole], 1):.1f}",
            under=say("customers", n=numbers.count(int(word[n]))),
        )
        for n, whole in (("n", "n_words"), ("n_reference", "n_words_reference"))
    )
    verdict = word["verdict"]
    category = phrases.category(word["category"])
    return (
        Cell(numbers.one_line(word["word"])),
        Cell(category),
        Cell(say(f"is_{verdict}"), _VERDICTS[verdict]),
        *sides,
    )
