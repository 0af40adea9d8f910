"""The section on the four kinds of customer, who moved, and what target segments say."""

from typing import Any

import pandas as pd

from cem_nlp.cem.customer_kinds import KINDS_OF_CUSTOMER
from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Note, Section, Table, Tone, row
from cem_nlp.report.cells import number
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.figures import ends, gap_cell, score_cell, share_cell, share_range
from cem_nlp.report.sections.segments_wording import WORDS
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.vocabulary import ALL, UNKNOWN

_SATISFIED = ("model", "growth")
_TONES: dict[str, Tone] = {"higher": "good", "lower": "bad", "model": "good", "at_risk": "bad"}


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section `segments`; a sentence where customers are not known, None without own brands."""
    portfolio = tables.more.get("portfolio")
    if portfolio is None or not context.own:
        return None
    say = speaker(WORDS, phrases.language, context.basis)
    if portfolio.empty:
        return Section("segments", say("title"), say("lead_no_customers"))
    whole = portfolio[portfolio["dimension"] == ALL].set_index("kind")
    moves = tables.more["portfolio_moves"]
    moved = moves[moves["dimension"] == ALL]
    blocks: list[Block] = [_kinds(whole, say, phrases), *_groups(portfolio, context, say, phrases)]
    if (moved["kind"] != moved["kind_before"]).any():
        blocks += [_moves(moved, context, say, phrases), Note(say("moves_note"))]
    blocks += _targets(tables.more["target_scores"], context, say, phrases)
    blocks.append(_how(str(whole["axis"].iloc[0]), context, say))
    lead = phrases.paragraph([_lead(whole, say), *_moved(moved, context, say)])
    return Section("segments", say("title"), lead, tuple(blocks))


def _lead(whole: pd.DataFrame, say: Say) -> str:
    known = int(whole["n_customers"].reindex([*KINDS_OF_CUSTOMER]).sum())
    everybody: dict[Any, Any] = whole.loc[ALL].to_dict()
    risk: dict[Any, Any] = whole.reindex(["at_risk"]).iloc[0].to_dict()
    if number(risk["share"]) is None:
        return say("lead_none" if known else "lead_unknown", n=numbers.count(everybody["n_customers"]))
    share, low, high = ends(risk, "share")
    value = number(risk["value_share"])
    assert share is not None
    return say(
        f"lead_{risk['axis']}",
        known=numbers.count(known),
        n=numbers.count(int(risk["n_customers"])),
        share=numbers.percent(share),
        range=share_range(low, high),
        worth="" if value is None else say("worth", share=numbers.percent(value)),
    )


def _moved(moved: pd.DataFrame, context: ReportContext, say: Say) -> list[str]:
    was, now = (moved[name].isin(_SATISFIED) for name in ("kind_before", "kind"))
    lost, won = (int(moved.loc[which, "n_customers"].sum()) for which in (was & ~now, now & ~was))
    if not lost + won:
        return []
    days = context.segments.period_days
    return [say("lead_moved", days=days, lost=numbers.count(lost), won=numbers.count(won))]


def _kinds(whole: pd.DataFrame, say: Say, phrases: Phrases) -> Table:
    rows = []
    for kind in (*KINDS_OF_CUSTOMER, UNKNOWN):
        if kind in whole.index:
            found: dict[Any, Any] = whole.loc[kind].to_dict()
            name = Cell(_kind(kind, say, phrases), _TONES.get(kind, "plain"), _meaning(kind, found, say))
            rows.append((name, *_figures(found, say)))
    head = ("kind", "customers", "share", "value_share", "experience")
    return Table(say("kinds"), tuple(say(name) for name in head), tuple(rows))


def _kind(kind: str, say: Say, phrases: Phrases) -> str:
    return say("unknown_kind") if kind == UNKNOWN else phrases.named(KINDS_OF_CUSTOMER, kind)


def _meaning(kind: str, found: dict[Any, Any], say: Say) -> str:
    return say(kind) if found["axis"] == "value" or kind == UNKNOWN else ""


def _figures(found: dict[Any, Any], say: Say) -> tuple[Cell, ...]:
    value = number(found["value_share"])
    return (
        Cell(numbers.count(int(found["n_customers"]))),
        share_cell(found, "share", numbers.EN_DASH),
        Cell(numbers.EN_DASH if value is None else numbers.percent(value)),
        score_cell(found, "experience", say("too_few")),
    )


def _groups(portfolio: pd.DataFrame, context: ReportContext, say: Say, phrases: Phrases) -> list[Block]:
    """Return who is at risk in each group, the groups of one dimension together."""
    rows = []
    for (dimension, group), part in portfolio.groupby(["dimension", "group"], sort=False):
        if dimension == ALL or group == UNKNOWN:
            continue
        kinds = part.set_index("kind")
        known = int(kinds["n_customers"].reindex([*KINDS_OF_CUSTOMER]).sum())
        whole: dict[Any, Any] = kinds.loc[ALL].to_dict()
        risk: dict[Any, Any] = kinds.reindex(["at_risk"]).iloc[0].to_dict()
        value = number(risk["value_share"])
        nobody = "at_risk" not in kinds.index and known >= context.scores.minimum_mentions
        rows.append(
            row(
                Cell(phrases.brand(str(group)), under=say(str(dimension))),
                f"{numbers.count(known)} / {numbers.count(int(whole['n_customers']))}",
                Cell(numbers.percent(0.0)) if nobody else share_cell(risk, "share", say("too_few")),
                numbers.EN_DASH if value is None else numbers.percent(value),
                score_cell(whole, "experience", say("too_few")),
            )
        )
    head = ("group", "n_known", "risk_share", "risk_value", "experience")
    return [Table(say("groups"), tuple(say(name) for name in head), tuple(rows))] if rows else []


def _moves(moved: pd.DataFrame, context: ReportContext, say: Say, phrases: Phrases) -> Table:
    counts = moved.set_index(["kind_before", "kind"])["n_customers"]
    rows = []
    for before in KINDS_OF_CUSTOMER:
        went = [int(counts.get((before, kind), 0)) for kind in KINDS_OF_CUSTOMER]
        cells = [
            Cell(numbers.count(n) if n else "", "quiet" if kind == before else "plain")
            for n, kind in zip(went, KINDS_OF_CUSTOMER, strict=True)
        ]
        rows.append((Cell(_kind(before, say, phrases)), *cells))
    head = (say("from"), *(_kind(kind, say, phrases) for kind in KINDS_OF_CUSTOMER))
    return Table(say("moves", days=context.segments.period_days), head, tuple(rows))


def _targets(scores: pd.DataFrame, context: ReportContext, say: Say, phrases: Phrases) -> list[Block]:
    if scores.empty:
        return []
    rows = []
    for found in scores[scores["brand"] == scores["brand"].iloc[0]].to_dict("records"):
        tone = _TONES.get(str(found["verdict"]), "plain")
        plain, weighted = number(found["satisfaction"]), number(found["satisfaction_weighted"])
        rows.append(
            row(
                phrases.category(str(found["category"])),
                score_cell(found, "experience", say("too_few")),
                score_cell(found, "experience_weighted", say("too_few")),
                gap_cell(found, "difference", say("too_few"), 5.0, tone),
                numbers.EN_DASH
                if plain is None or weighted is None
                else f"{numbers.signed(plain)} → {numbers.signed(weighted)}",
            )
        )
    head = ["category", "plain", "weighted", "difference", "satisfaction"]
    if scores["satisfaction"].isna().all():
        head, rows = head[:-1], [cells[:-1] for cells in rows]
    named = context.segments.target.items()
    weights = [say("weight", segment=phrases.brand(name), weight=f"{weight:g}") for name, weight in named]
    table = Table(say("targets"), tuple(say(name) for name in head), tuple(rows))
    return [table, Note(say("weights", weights=phrases.listed(weights)))]


def _how(axis: str, context: ReportContext, say: Say) -> Note:
    settings = context.segments
    if axis == "value":
        cut = settings.value_cut
        value = say("by_median") if cut is None else say("by_value", cut=f"{cut:g}")
    else:
        value = say(f"by_{axis}", cut=f"{settings.growth_cut:g}")
    experience, minimum = f"{settings.experience_cut:g}", settings.minimum_mentions
    return Note(say("how_value", days=settings.window_days, cut=experience, value=value, minimum=minimum))
