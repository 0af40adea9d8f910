"""The portfolio of customers: how many are of each kind in every group, their worth, and who moved."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.customer_kinds import KINDS_OF_CUSTOMER, LABELS, last_day
from cem_nlp.config import Scores, Segments
from cem_nlp.schemas import TABLES
from cem_nlp.scores.cells import (
    Integers,
    correlation_within_customers,
    count_cells,
    effective_mentions,
    mentions_of,
)
from cem_nlp.scores.intervals import net_score, net_score_range, share_range
from cem_nlp.scores.means import mean_ranges
from cem_nlp.vocabulary import ALL, POLARITIES, UNKNOWN

_CELL: Final = ["dimension", "group", "kind"]
_SCORED: Final = [*_CELL, "n_mentions", "experience", "experience_low", "experience_high"]


def portfolio_table(customers: pd.DataFrame, experience: pd.DataFrame, scores: Scores) -> pd.DataFrame:
    """Return the `portfolio` table of the schema, without `run_id`, from `classify_customers`.

    `experience` comes from `experience_of_opinions` or, for a survey, from `experience_of_answers`.

    One row per group and kind of customer, with 'all' for all of them together and 'unknown' for those of
    whom too little is known. `share` is of the customers whose kind is known; its range is two-sided at
    `scores.confidence` and covers the sampling of customers, not what a few opinions can tell of each. Shares
    of fewer than `minimum_mentions` customers are suppressed, as is the value of so few.
    """
    cells = (
        _grouped(customers)
        .groupby(_CELL, as_index=False)
        .agg(n_customers=("customer_key", "size"), value=("value", lambda values: values.sum(min_count=1)))
    )
    table = _with_shares(cells, scores).merge(experience, how="left", on=_CELL)
    table["n_mentions"] = table["n_mentions"].fillna(0).astype("int64")
    table["axis"] = customers["axis"].iloc[0] if len(customers) else "contacts"
    return _ordered(table)[[name for name in TABLES["portfolio"].names if name != "run_id"]]


def _dimensions(customers: pd.DataFrame) -> list[str]:
    """Return 'all' and the dimensions in which any customer is known."""
    return [ALL, *(name for name in LABELS if (customers[name] != UNKNOWN).any())]


def _grouped(customers: pd.DataFrame) -> pd.DataFrame:
    """Return the customers once for each of their groups, and there once for their kind and once for all."""
    grouped = pd.concat(
        [
            customers.assign(dimension=name, group=ALL if name == ALL else customers[name])
            for name in _dimensions(customers)
        ]
    )
    return pd.concat([grouped, grouped.assign(kind=ALL)], ignore_index=True)


def _with_shares(cells: pd.DataFrame, scores: Scores) -> pd.DataFrame:
    n = cells["n_customers"].to_numpy(np.float64)
    is_kind = cells["kind"].isin([*KINDS_OF_CUSTOMER])
    group = [cells["dimension"], cells["group"]]
    n_known = cells["n_customers"].where(is_kind, 0).groupby(group).transform("sum").to_numpy(np.float64)
    total = cells["value"].where(cells["kind"] == ALL).groupby(group).transform("max")
    shown = is_kind.to_numpy() & (n_known >= scores.minimum_mentions)
    low, high = share_range(np.where(is_kind, n, 0.0), n_known, scores.confidence)
    share = np.divide(n, n_known, out=np.full_like(n, np.nan), where=shown)
    enough = cells["n_customers"] >= scores.minimum_mentions
    return cells.assign(
        share=share,
        share_low=np.where(shown, low, np.nan),
        share_high=np.where(shown, high, np.nan),
        value_share=(cells["value"] / total.where(total > 0)).where(enough),
    )


def experience_of_opinions(
    customers: pd.DataFrame,
    feedback: pd.DataFrame,
    opinions: pd.DataFrame,
    settings: Segments,
    scores: Scores,
) -> pd.DataFrame:
    """Return n_mentions and experience with range per dimension, group and kind, of the window's opinions."""
    first = last_day(feedback) - pd.Timedelta(days=settings.window_days)
    said = feedback[feedback["is_own"] & (pd.to_datetime(feedback["business_date"]) > first)]
    said = said[["feedback_id", "customer_key", "business_date", "duplicate_of"]].merge(
        customers[["customer_key", "kind", *LABELS]], on="customer_key"
    )
    mentions = mentions_of(said, opinions, ("kind", *LABELS), ("category",))
    parts = []
    for dimension in _dimensions(customers):
        named = [] if dimension == ALL else [dimension]
        for grain in ([*named, "kind"], named):
            found = count_cells(mentions, grain).rename(columns={dimension: "group"})
            absent = {name: ALL for name in ("group", "kind") if name not in found}
            parts.append(_scored(found, scores).assign(dimension=dimension, **absent))
    return pd.concat(parts, ignore_index=True)[_SCORED].astype(dict.fromkeys(_CELL, "str"))


def experience_of_answers(customers: pd.DataFrame, scores: Scores) -> pd.DataFrame:
    """Return the same from customers who scored the company once each: means of their `experience`, 0–10,
    with t ranges; n_mentions counts them. Fewer than `scores.minimum_mentions` give none.
    """
    answered = _grouped(customers[customers["experience"].notna()])
    number: Integers = np.asarray(answered.groupby(_CELL).ngroup(), dtype=np.int64)
    cells = answered.assign(number=number).drop_duplicates("number").sort_values("number")[_CELL]
    cells = cells.reset_index(drop=True).assign(n_mentions=np.bincount(number, minlength=len(cells)))
    voice: Integers = np.arange(len(answered), dtype=np.int64)
    values = answered["experience"].to_numpy(np.float64)
    ends = mean_ranges(values, number, voice, len(cells), scores.confidence)
    shown = (cells["n_mentions"] >= scores.minimum_mentions).to_numpy()
    for name, end in zip(_SCORED[-3:], ends, strict=True):
        cells[name] = np.where(shown, np.clip(end, 0, 10), np.nan)
    return cells[_SCORED]


def _scored(cells: pd.DataFrame, scores: Scores) -> pd.DataFrame:
    if cells.empty:
        return cells.assign(experience=np.nan, experience_low=np.nan, experience_high=np.nan)
    worth = effective_mentions(cells, correlation_within_customers(cells)) / cells["n_mentions"].to_numpy()
    said = [cells[name].to_numpy(np.float64) for name in POLARITIES]
    positive, neutral, negative = (counts * worth for counts in said)
    low, high = net_score_range(positive, neutral, negative, scores.confidence)
    shown = (cells["n_mentions"] >= scores.minimum_mentions).to_numpy()
    measures = {"experience": net_score(*said), "experience_low": low, "experience_high": high}
    return cells.assign(**{name: np.where(shown, values, np.nan) for name, values in measures.items()})


def moves_table(customers: pd.DataFrame, scores: Scores) -> pd.DataFrame:
    """Return the `portfolio_moves` table of the schema, without `run_id`: from which kind to which.

    Only customers whose kind is known at both ends count; those who stay have a row of their own.
    """
    both = customers[customers[["kind_before", "kind"]].isin([*KINDS_OF_CUSTOMER]).all(axis=1)]
    parts = [
        both.assign(dimension=name, group=ALL if name == ALL else both[name])
        for name in _dimensions(customers)
    ]
    moves = pd.concat(parts).groupby(["dimension", "group", "kind_before", "kind"], as_index=False)
    table = moves.agg(n_customers=("customer_key", "size"), value=("value", lambda v: v.sum(min_count=1)))
    few = table["n_customers"] < scores.minimum_mentions
    table = table.assign(value=table["value"].astype("float64").mask(few))
    return _ordered(table)[[name for name in TABLES["portfolio_moves"].names if name != "run_id"]]


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows by dimension, group ('all' and 'unknown' at the ends) and kind."""
    place: dict[str, Sequence[str]] = {
        "dimension": (ALL, *LABELS),
        "kind_before": (ALL, *KINDS_OF_CUSTOMER, UNKNOWN),
        "kind": (ALL, *KINDS_OF_CUSTOMER, UNKNOWN),
    }
    keys = [name for name in ("dimension", "group", "kind_before", "kind") if name in table]
    order = table[keys].assign(
        **{
            name: table[name].map({code: n for n, code in enumerate(place[name])})
            for name in keys
            if name in place
        }
    )
    order["group"] = order["group"].map(_natural)
    last = (table["group"] == UNKNOWN).astype("int64")
    order.insert(1, "last", last)
    return table.loc[order.sort_values(["dimension", "last", *keys[1:]]).index].reset_index(drop=True)


def _natural(group: str) -> str:
    """Return a group such that <1 sorts before 3–5, and that before 10–20."""
    return re.sub(r"\d+", lambda digits: digits[0].zfill(9), group.replace("<", " "))
