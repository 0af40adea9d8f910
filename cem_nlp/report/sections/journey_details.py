"""Peak, end and stages of single products and of rivals, folded away in the section on journeys."""

from dataclasses import replace

import pandas as pd

from cem_nlp.cem.journeys import MEASURES
from cem_nlp.cem.stages import VIEWS
from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Cell, Details, Note, Table
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.journey_cells import measure_cell, stage_cell
from cem_nlp.report.sections.speech import Say
from cem_nlp.vocabulary import ALL

MAX_ROWS = 8
"""Products or brands that are listed; the tables hold all."""


def by_product(
    journeys: pd.DataFrame, emotions: pd.DataFrame, brand: str | None, say: Say, phrases: Phrases
) -> Details | None:
    """Return the products of the brand with most to say; None for fewer than two."""
    of = emotions[(emotions["brand"] == brand) & (emotions["product"] != ALL)]
    told = journeys[(journeys["brand"] == brand) & (journeys["product"] != ALL)]
    return _listed("product", told, of, say, phrases)


def by_brand(
    journeys: pd.DataFrame, emotions: pd.DataFrame, brand: str | None, say: Say, phrases: Phrases
) -> Details | None:
    """Return the brand beside its rivals; None without any."""
    of = emotions[emotions["product"] == ALL]
    told = journeys[(journeys["product"] == ALL) & (journeys["brand"] != ALL)]
    found = _listed("brand", told, of, say, phrases, first=brand)
    return None if found is None else replace(found, blocks=(*found.blocks, Note(say("side_by_side"))))


def _listed(
    key: str,
    journeys: pd.DataFrame,
    emotions: pd.DataFrame,
    say: Say,
    phrases: Phrases,
    first: str | None = None,
) -> Details | None:
    of = emotions[emotions["view"] == "journey"]
    most = of.groupby(key)["n_mentions"].sum().sort_values(ascending=False, kind="stable")
    named = sorted(map(str, most.index), key=lambda name: name != first)[:MAX_ROWS]
    if len(named) < 2:
        return None
    title = say(f"by_{key}")
    tables = (
        _stages(key, named, of, say, phrases),
        _episodes(key, named, journeys, say, phrases),
    )
    return Details(title, tuple(table for table in tables if table.rows))


def _stages(key: str, named: list[str], of: pd.DataFrame, say: Say, phrases: Phrases) -> Table:
    names, _ = VIEWS["journey"]
    rows = []
    for name in named:
        stages = {str(found["stage"]): found for found in of[of[key] == name].to_dict("records")}
        cells = [stage_cell(stages[stage], say) if stage in stages else Cell("") for stage in names]
        rows.append((Cell(phrases.brand(name)), *cells))
    head = (say(key), *(phrases.named(names, stage) for stage in names))
    return Table(say("journey"), head, tuple(rows))


def _episodes(key: str, named: list[str], journeys: pd.DataFrame, say: Say, phrases: Phrases) -> Table:
    """Return peak and end of customers' journeys; of calls where no customer is known."""
    level = "customer" if (journeys["level"] == "customer").any() else "call"
    found = journeys[journeys["level"] == level].set_index(key)
    rows = []
    for name in (name for name in named if name in found.index):
        told = found.loc[name].to_dict()
        counts = f"{numbers.count(told['n_compared'])} / {numbers.count(told['n_episodes'])}"
        measures = [measure_cell(told, measure, say) for measure in MEASURES]
        rows.append((Cell(phrases.brand(name)), Cell(counts), *measures))
    head = (say(key), say("n"), *(say(measure) for measure in MEASURES))
    return Table(say("episodes"), head, tuple(rows))
