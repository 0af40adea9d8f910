"""The sections of a department's own page, made from finished tables."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from cem_nlp.cem.findings import SEVERE
from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Note, Quotes, Section, Table, Tone
from cem_nlp.report.cells import word
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.quotes import telling_quotes
from cem_nlp.report.sections import loop, loop_wording
from cem_nlp.report.sections.figures import gap_cell, score_cell
from cem_nlp.report.sections.owners import Finding, findings_table, in_short
from cem_nlp.report.sections.owners_wording import WORDS
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.vocabulary import ALL

_QUOTES: Final = {"negative": 6, "positive": 3}
"""Quotes shown of each polarity: enough to see a pattern, few enough to be read."""
_REQUIREMENTS: Final = 6
_REACH: Final = 6.0
"""Ends of the scale on which differences are drawn, in points."""
_TONES: Final[dict[str, Tone]] = {"worse": "bad", "better": "good"}
_GRAINS: Final = ("brand×touchpoint", "brand×touchpoint×category")


@dataclass(frozen=True, slots=True)
class _Page:
    """What all sections of the page need: the department's touchpoints and what is said there."""

    tables: ReportTables
    context: ReportContext
    phrases: Phrases
    say: Say
    name: str
    owner: str
    touchpoints: tuple[str, ...]
    brands: tuple[str, ...]
    opinions: pd.DataFrame

    def of(self, table: str) -> pd.DataFrame:
        """Return the rows of a further table at the department's touchpoints; empty where there is none."""
        rows = self.tables.more.get(table, pd.DataFrame(columns=["touchpoint"]))
        return rows[rows["touchpoint"].isin(self.touchpoints)]


def owner_sections(
    tables: ReportTables, context: ReportContext, owner: str, phrases: Phrases
) -> list[Section]:
    """Return what hurts, how customers rate it, what they ask for, their words, and what is being done."""
    touchpoints = tuple(code for code, code_owner in context.owner_of.items() if code_owner == owner)
    brands = context.own or tuple(sorted(set(tables.feedback["brand"].astype(str))))
    originals = tables.feedback["brand"].isin(list(brands)) & tables.feedback["duplicate_of"].isna()
    here = tables.opinions["touchpoint"].isin(touchpoints)
    opinions = tables.opinions[
        here & tables.opinions["feedback_id"].isin(tables.feedback["feedback_id"][originals])
    ]
    say, name = speaker(WORDS, phrases.language), phrases.named(context.owners, owner)
    page = _Page(tables, context, phrases, say, name, owner, touchpoints, brands, opinions)
    built = [_hurts(page), _standing(page), _asked(page), _said(page), _doing(page)]
    return [section for section in built if section is not None]


def _hurts(page: _Page) -> Section:
    say, phrases = page.say, page.phrases
    table = page.tables.more.get("findings", pd.DataFrame())
    rows: list[Finding] = []
    if len(table):
        rows = list(table[table["owner"] == page.owner].sort_values("finding_no").to_dict("records"))
    named = phrases.listed([phrases.touchpoint(code) for code in page.touchpoints])
    values = {"owner": page.name, "touchpoints": named or say("no_touchpoint")}
    if not rows:
        return Section("hurts", say("hurts"), say("hurts_none", **values))
    high = sum(row["severity"] == "high" for row in rows)
    lead = say("hurts_lead", n=len(rows), high=high, what=in_short(rows[0], say, phrases), **values)
    blocks = (findings_table(rows, say, phrases), Note(say("how", **SEVERE)))
    return Section("hurts", say("hurts"), lead, blocks)


def _standing(page: _Page) -> Section:
    say = page.say
    if page.opinions.empty:
        return Section("standing", say("standing"), say("standing_none"))
    negative = int((page.opinions["polarity"] == "negative").sum())
    n = len(page.opinions)
    lead = say(
        "standing_lead",
        n=numbers.count(n),
        negative=numbers.count(negative),
        share=numbers.percent(negative / n),
    )
    head = tuple(say(name) for name in ("place", "score", "rivals", "n"))
    table = Table(say("scores"), head, tuple(_scores(page)))
    return Section("standing", say("standing"), lead, (table, Note(say("shrunk"))))


def _scores(page: _Page) -> list[tuple[Cell, ...]]:
    scores, say = page.tables.scores, page.say
    mine = scores["brand"].isin(list(page.brands)) & scores["touchpoint"].isin(page.touchpoints)
    cells = scores[mine & scores["grain"].isin(_GRAINS) & (scores["n_mentions"] > 0)]
    order = ["brand", "touchpoint", "grain", "n_mentions"]
    cells = cells.sort_values(order, ascending=[True, True, True, False])
    # A touchpoint with one category alone has the same opinions twice.
    cells = cells.drop_duplicates(["brand", "touchpoint", "n_mentions"])
    against = _against(page.of("comparisons"))
    rows: list[tuple[Cell, ...]] = []
    for cell in cells.to_dict("records"):
        measured = {"experience": cell["experience"]}
        measured |= {f"experience_{end}": cell[end] for end in ("low", "high")}
        rows.append(
            (
                Cell(_place(cell, page), "strong" if cell["category"] == ALL else "plain"),
                score_cell(measured, "experience", say("few")),
                _gap(against.get((cell["brand"], cell["touchpoint"], cell["category"])), say),
                Cell(numbers.count(int(cell["n_mentions"]))),
            )
        )
    return rows


def _against(comparisons: pd.DataFrame) -> dict[tuple[str, str, str], Finding]:
    """Return the comparisons with the industry by brand, touchpoint and category."""
    if comparisons.empty:
        return {}
    industry = comparisons[(comparisons["rival"] == ALL) & (comparisons["topic"] == ALL)]
    return {
        (str(row["brand"]), str(row["touchpoint"]), str(row["category"])): row
        for row in industry.to_dict("records")
    }


def _place(cell: Finding, page: _Page) -> str:
    touchpoint, category = str(cell["touchpoint"]), str(cell["category"])
    if category == ALL:
        return page.phrases.touchpoint(touchpoint)
    return page.phrases.place(touchpoint, category)


def _gap(found: Finding | None, say: Say) -> Cell:
    if found is None or found["verdict"] == "suppressed":
        return Cell(say("few"), "quiet")
    return gap_cell(found, "difference", say("few"), _REACH, _TONES.get(found["verdict"], "plain"))


def _asked(page: _Page) -> Section | None:
    """Return what unhappy customers ask for at the department's touchpoints."""
    say, phrases = page.say, page.phrases
    rows = page.of("requirements")
    if rows.empty:
        return None
    whole = (rows["product"] == ALL) & (rows["segment"] == ALL) & (rows["verdict"] != "thin")
    rows = rows[whole].sort_values("n_customers", ascending=False).head(_REQUIREMENTS)
    if rows.empty:
        return None
    worded = "requirement" if phrases.language == "zh" else "requirement_en"
    lines = tuple(
        (
            Cell(phrases.topic(str(row["topic"])), under=phrases.category(str(row["category"]))),
            Cell(word(row[worded]) or numbers.EN_DASH),
            Cell(numbers.count(int(row["n_customers"]))),
        )
        for row in rows.to_dict("records")
    )
    head = tuple(say(name) for name in ("topic_name", "requirement", "customers"))
    table = Table(say("asked_table"), head, lines, words=frozenset({1}))
    first = rows.iloc[0]
    lead = say(
        "asked_lead", topic=phrases.topic(str(first["topic"])), n=numbers.count(int(first["n_customers"]))
    )
    return Section("asked", say("asked"), lead, (table,))


def _said(page: _Page) -> Section | None:
    taken: set[str] = set()
    blocks: list[Block] = []
    for polarity, each in _QUOTES.items():
        said = page.opinions[page.opinions["polarity"] == polarity]
        quotes = telling_quotes(said, page.tables.feedback, page.tables.comments, page.brands, each, taken)
        if quotes:
            bad = polarity == "negative"
            blocks.append(
                Quotes(page.say("bad_quotes" if bad else "good_quotes"), quotes, "bad" if bad else "good")
            )
    return Section("said", page.say("said"), page.say("said_lead"), tuple(blocks)) if blocks else None


def _doing(page: _Page) -> Section:
    say = page.say
    actions = page.of("feedback_loop")
    if actions.empty:
        return Section("doing", say("doing"), say("doing_none"))
    loop_say = speaker(loop_wording.WORDS, page.phrases.language)
    table = loop.actions_table(loop.in_order(actions), loop_say, page.phrases)
    note = Note(loop_say("how", least=numbers.score(page.context.least_effect)))
    return Section("doing", say("doing"), say("doing_lead", n=len(actions)), (table, note))
