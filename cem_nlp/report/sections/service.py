"""The section on customer service: what calls are about, whether they solve it, how they run."""

from collections import Counter
from typing import Any, Final

import pandas as pd

from cem_nlp.cem.service_summary import service_measures
from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Details, Note, Paragraph, Quotes, Section, Table, row
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.quotes import pick_quotes
from cem_nlp.report.sections.service_wording import WORDS
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.vocabulary import ALL, CATEGORIES

TOPICS: Final = 8
PRODUCTS: Final = 15
QUOTES: Final = 3
_SMALL: Final = 0.1


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section on the own brands' calls, on all calls where none is theirs; None without calls."""
    calls = tables.more.get("service_calls", pd.DataFrame())
    if calls.empty:
        return None
    say = speaker(WORDS, phrases.language)
    own = [brand for brand in context.own if (calls["brand"] == brand).any()]
    calls = calls[calls["brand"].isin(own)] if own else calls
    names = phrases.listed([phrases.brand(brand) for brand in own])
    about = say("about_own" if own else "about_all", brand=names, n=numbers.count(len(calls)))
    topics = _topics_of(tables, sorted(set(calls["brand"])))
    measures = service_measures(calls, context.scores.confidence)
    blocks: list[Block] = [
        *_topic_table(topics[(topics["product_line"] == ALL) & (topics["product"] == ALL)], phrases, say),
        _measure_table(measures, say),
        *_promises(calls, phrases, say),
        *_longest(calls, say),
        *_quotes(tables, calls, say),
        *_products(topics, phrases, say),
        Note(say("method")),
        Note(say("method_times")),
    ]
    return Section("service", say("title"), _lead(about, calls, measures, phrases, say), tuple(blocks))


def _topics_of(tables: ReportTables, brands: list[str]) -> pd.DataFrame:
    topics = tables.more.get("service_topics", pd.DataFrame())
    return topics[topics["brand"].isin(brands)]


def _lead(about: str, calls: pd.DataFrame, measures: pd.DataFrame, phrases: Phrases, say: Say) -> str:
    most = {name: _most_common(calls[name], name, phrases, say) for name in ("asked", "complained")}
    topics = say("lead_topics", about=about, **most)
    resolved: dict[Any, Any] = measures[measures["measure"] == "resolved"].iloc[0].to_dict()
    known = int(resolved["n_known"])
    unknown = numbers.count(len(calls) - known)
    if not known:
        return topics + say("lead_unknown", unknown=unknown)
    outcome = say(
        "lead_resolved",
        known=numbers.count(known),
        share=_percent(resolved["value"]),
        range=_range(resolved["low"], resolved["high"]),
        unknown=unknown,
    )
    return topics + outcome


def _most_common(said: pd.Series, name: str, phrases: Phrases, say: Say) -> str:
    """Return the most common topic asked or complained about, or that none is common enough."""
    least = phrases.context.scores.minimum_mentions
    topic, n = next(iter(_counts(said)), ("", 0))
    if n < least:
        return say(f"few_{name}", n=least)
    return say(f"most_{name}", topic=say("topic_calls", topic=phrases.topic(topic), n=numbers.count(n)))


def _counts(said: pd.Series) -> list[tuple[str, int]]:
    """Return how many calls hold each entry of a column of lists, the most common first."""
    counter = Counter(topic for topics in said for topic in topics)
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))


def _topic_table(topics: pd.DataFrame, phrases: Phrases, say: Say) -> list[Block]:
    if topics.empty:
        return []
    counts = topics.pivot_table(index="topic", columns="said", values="n_calls", aggfunc="sum", fill_value=0)
    counts = counts.reindex(columns=["asked", "complained"], fill_value=0).astype("int64")
    ordered = counts.assign(total=counts.sum(axis=1)).sort_values("total", ascending=False, kind="stable")
    complained = topics[topics["said"] == "complained"].set_index("topic")
    rows = [
        row(
            phrases.topic(str(topic)),
            numbers.count(int(counts.loc[topic, "asked"])),
            numbers.count(int(counts.loc[topic, "complained"])),
            _resolved(complained[complained.index == topic], say),
        )
        for topic in ordered.head(TOPICS).index
    ]
    head = tuple(say(f"head_{name}") for name in ("topic", "asked", "complained", "resolved"))
    return [Table(say("topics_table"), head, tuple(rows))]


def _resolved(rows: pd.DataFrame, say: Say) -> Cell:
    """Return the share resolved of the calls of one topic, where one brand alone tells it."""
    if len(rows) != 1 or pd.isna(rows.iloc[0]["resolved_share"]):
        return Cell(say("few_known"), "quiet")
    found = rows.iloc[0]
    known = int(found["n_resolved"] + found["n_unresolved"])
    spread = _range(found["resolved_share_low"], found["resolved_share_high"])
    return Cell(
        _percent(found["resolved_share"]), under=say("of_known", range=spread, n=numbers.count(known))
    )


def _measure_table(measures: pd.DataFrame, say: Say) -> Table:
    rows = []
    for found in measures.to_dict("records"):
        name, n, of = found["measure"], numbers.count(found["n"]), numbers.count(found["n_known"])
        if pd.isna(found["value"]):
            rows.append(row(say(name), Cell(say("unknown"), "quiet"), say("none"), say("n_of", n=n, of=of)))
            continue
        counted = say("n_timed", of=of) if name == "silence" else say("n_of", n=n, of=of)
        rows.append(row(say(name), _percent(found["value"]), _range(found["low"], found["high"]), counted))
    head = tuple(say(f"head_{name}") for name in ("measure", "value", "range", "n"))
    return Table(say("measures_table"), head, tuple(rows))


def _promises(calls: pd.DataFrame, phrases: Phrases, say: Say) -> list[Block]:
    named = [
        say("promise", name=phrases.named(phrases.context.promises, code), n=numbers.count(n))
        for code, n in _counts(calls["promises"])
    ]
    return [Paragraph(say("promises", promises=phrases.listed(named)))] if named else []


def _longest(calls: pd.DataFrame, say: Say) -> list[Block]:
    longest = calls["longest_silence"].dropna()
    if longest.empty:
        return []
    return [Paragraph(say("longest", seconds=f"{longest.max():.0f}", median=f"{longest.median():.0f}"))]


def _quotes(tables: ReportTables, calls: pd.DataFrame, say: Say) -> list[Block]:
    unresolved = calls.loc[calls["resolution"] == "unresolved", "feedback_id"]
    opinions = tables.opinions[tables.opinions["feedback_id"].isin(unresolved)]
    feedback = tables.feedback[tables.feedback["feedback_id"].isin(unresolved)]
    brands = sorted(set(calls["brand"]))
    found = pick_quotes(opinions, feedback, tables.comments, brands, 1)
    bad = [quote for category in CATEGORIES for quote in found[category, "negative"]]
    bad.sort(key=lambda quote: -quote.probability)
    return [Quotes(say("quotes"), tuple(bad[:QUOTES]), "bad")] if bad else []


def _products(topics: pd.DataFrame, phrases: Phrases, say: Say) -> list[Block]:
    named = topics[(topics["product_line"] != ALL) | (topics["product"] != ALL)]
    if named.empty:
        return []
    rows = []
    for (_, line, product), found in named.groupby(["brand", "product_line", "product"], sort=False):
        n = int(found["n_all"].iloc[0])
        name = product if line == ALL else line
        most = [_most(found[found["said"] == said], phrases, say) for said in ("asked", "complained")]
        rows.append((n, row(phrases.brand(str(name)), numbers.count(n), *most)))
    rows.sort(key=lambda pair: -pair[0])
    head = tuple(say(f"head_{name}") for name in ("product", "calls", "most_asked", "most_complained"))
    table = Table(say("products"), head, tuple(cells for _, cells in rows[:PRODUCTS]), frozenset({2, 3}))
    return [Details(say("products"), (table,))]


def _most(topics: pd.DataFrame, phrases: Phrases, say: Say) -> str:
    if topics.empty:
        return say("none")
    first: dict[Any, Any] = topics.sort_values("n_calls", ascending=False, kind="stable").iloc[0].to_dict()
    if first["n_calls"] < phrases.context.scores.minimum_mentions:
        return say("too_few", n=numbers.count(int(first["n_calls"])))
    return say("topic_calls", topic=phrases.topic(first["topic"]), n=numbers.count(int(first["n_calls"])))


def _percent(share: float) -> str:
    """Return a share in per cent, with a decimal where it is small: 0.8%, 48%."""
    return f"{share:.1%}" if 0 < share < _SMALL else f"{share:.0%}"


def _range(low: float, high: float) -> str:
    return f"{_percent(low)}{numbers.EN_DASH}{_percent(high)}"
