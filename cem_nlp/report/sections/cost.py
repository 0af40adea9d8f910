"""The section on what negative experience costs, and what the two levers would save."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import pandas as pd

from cem_nlp.cem.cost_shares import observed_shares
from cem_nlp.language import Language
from cem_nlp.report.blocks import Block, Cell, Note, Section, Table, row
from cem_nlp.report.cells import number
from cem_nlp.report.format import count, one_line
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import YUAN, Phrases
from cem_nlp.report.sections.cost_wording import WORDS
from cem_nlp.report.sections.speech import Say, speaker

Figure: TypeAlias = Mapping[Any, Any]
"""A row of the table `costs`."""

SPOKEN: Final = 100_000
"""Yuan from which a sentence rounds: a range spans more than what is rounded away."""

_OUTCOMES: Final = ("won_back", "at_risk", "lost")
_BASIS: Final = (
    "revenue",
    "negative_share",
    "complaint_share",
    "won_back_rate",
    "at_risk_rate",
    "lost_rate",
    "silent_at_risk_rate",
    "silent_lost_rate",
)
_NEEDED: Final = ("negative_share", "complaint_share")
"""Shares that the method has no figure for."""
_LEVERS: Final = {"won_back": "won_back_rate", "complaint_share": "complaint_share"}


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section `cost`, a sentence where a share is not known; None without a revenue."""
    costs = tables.more.get("costs")
    if costs is not None and len(costs):
        return cost_section(costs, phrases.language)
    unknown = _unknown_shares(tables, context)
    if not unknown:
        return None
    say = speaker(WORDS, phrases.language)
    why = say(f"no_{unknown[0]}", n=context.scores.minimum_mentions)
    return Section("cost", say("title"), say("lead_unknown", why=why, keys=phrases.listed(unknown)))


def cost_section(costs: pd.DataFrame, language: Language) -> Section:
    """Return the section made of a table `costs`."""
    say = speaker(WORDS, language)
    now = {figure["quantity"]: figure for figure in costs[costs["scenario"] == "now"].to_dict("records")}
    blocks: list[Block] = [_outcomes(now, say), _levers(costs, now, say), Note(say("note_complaints"))]
    if (costs.loc[costs["quantity"] == "saved", "value_low"] < 0).any():
        blocks.append(Note(say("note_unsure")))
    blocks += [_basis(now, say), Note(say("note_range" if _has_range(now["lost"]) else "note_no_range"))]
    if any(figure["origin"] == "derived" for figure in now.values()):
        blocks.append(Note(say("note_text"), caution=True))
    if any(now[name]["origin"] == "derived" for name in ("lost_rate", "silent_lost_rate")):
        blocks.append(Note(say("note_lost"), caution=True))
    return Section("cost", say("title"), _lead(now, say), tuple(blocks))


def _unknown_shares(tables: ReportTables, context: ReportContext) -> list[str]:
    """Return the shares without which there are no costs and that neither configuration nor feedback gives;
    none where no revenue is configured.
    """
    if context.cost is None:
        return []
    observed = observed_shares(tables.feedback, tables.comments, context.scores.minimum_mentions)
    given = context.cost.model_dump(exclude_none=True)
    return [name for name in _NEEDED if name not in observed and name not in given]


def _lead(now: Mapping[str, Figure], say: Say) -> str:
    lost, revenue = now["lost"], now["revenue"]["value"]
    if not lost["value"]:
        return say("lead_none")
    at_risk = now["at_risk_complainers"]["value"] + now["at_risk_silent"]["value"]
    silent = now["lost_silent"]["value"] / lost["value"]
    return say(
        "lead",
        lost=_about(lost["value"], lost, say),
        range=say(
            "range", low=_about(lost["value_low"], lost, say), high=_about(lost["value_high"], lost, say)
        )
        if _has_range(lost)
        else "",
        share=_percent(lost["value"] / revenue),
        at_risk=_about(at_risk, lost, say),
        silent=say("silent_share", share=_percent(silent)),
    )


def _outcomes(now: Mapping[str, Figure], say: Say) -> Table:
    """Return complainers and the silent by what becomes of them; nobody silent can be won back."""
    complainers = [now["won_back"], now["at_risk_complainers"], now["lost_complainers"]]
    silent = [None, now["at_risk_silent"], now["lost_silent"]]
    both = [
        one["value"] + (0.0 if other is None else other["value"])
        for one, other in zip(complainers, silent, strict=True)
    ]
    total = [*(Cell(_whole(value), "strong") for value in both[:2]), _amount(now["lost"], say)]
    rows = (
        row(say("complainers"), *(_amount(figure, say) for figure in complainers)),
        row(
            say("silent"),
            *(Cell("–", "quiet") if figure is None else _amount(figure, say) for figure in silent),
        ),
        row(say("all"), *total),
    )
    return Table(say("outcome_caption"), (say("who"), *(say(name) for name in _OUTCOMES)), rows)


def _levers(costs: pd.DataFrame, now: Mapping[str, Figure], say: Say) -> Table:
    rows = []
    for (scenario, to), figures in costs.dropna(subset="changed_to").groupby(
        ["scenario", "changed_to"], sort=False
    ):
        then = {figure["quantity"]: figure for figure in figures.to_dict("records")}
        lever = say(
            f"if_{scenario}", now=_percent(now[_LEVERS[str(scenario)]]["value"]), to=_percent(float(str(to)))
        )
        rows.append(row(lever, _amount(then["lost"], say), _amount(then["saved"], say)))
    return Table(say("lever_caption"), (say("lever"), say("lost_then"), say("saved")), tuple(rows))


def _basis(now: Mapping[str, Figure], say: Say) -> Table:
    rows = []
    for name in _BASIS:
        figure = now[name]
        value = _money(figure["value"], figure, say) if name == "revenue" else _percent(figure["value"])
        counted = number(figure["n_customers"])
        origin = say(figure["origin"], n=count(round(counted or 0)))
        rows.append(row(say(name), Cell(value, under=_share_range(figure, say)), origin))
    return Table(
        say("basis_caption"), (say("figure"), say("value"), say("origin")), tuple(rows), frozenset({2})
    )


def _amount(figure: Figure, say: Say) -> Cell:
    spread = (
        say("to", low=_whole(figure["value_low"]), high=_whole(figure["value_high"]))
        if _has_range(figure)
        else ""
    )
    return Cell(_whole(figure["value"]), under=spread)


def _share_range(figure: Figure, say: Say) -> str:
    if not _has_range(figure):
        return ""
    return say("to", low=_percent(figure["value_low"]), high=_percent(figure["value_high"]))


def _has_range(figure: Figure) -> bool:
    return number(figure["value_low"]) is not None


def _money(value: float, figure: Figure, say: Say) -> str:
    currency = one_line(str(figure["currency"]))
    return say("money", amount=_whole(value), currency=say("yuan") if currency == YUAN else currency)


def _about(value: float, figure: Figure, say: Say) -> str:
    """Return an amount as a sentence names it: of yuan no more than three figures, as they are spoken of."""
    if figure["currency"] != YUAN or value < SPOKEN:
        return _money(value, figure, say)
    rounded = float(f"{value:.3g}")
    unit = 1e8 if rounded >= 1e8 else 1e4
    return say(
        "hundred_millions" if unit == 1e8 else "ten_thousands",
        amount=f"{rounded / unit:,.10g}",
        whole=_whole(rounded),
    )


def _whole(value: float) -> str:
    return f"{value:,.0f}".replace("-", "−")


def _percent(share: float) -> str:
    """Return a share as per cent, with a decimal below ten: 22%, 2.0%."""
    return f"{share:.1%}" if share < 0.0995 else f"{share:.0%}"
