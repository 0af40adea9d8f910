"""What customers ask for and no touchpoint serves: the method's missing points.

Customers who wish for something that is not there, or ask how and where, name its sub-topic or a channel. A
sub-topic is served where some touchpoint's score for it lies surely above the middle; a channel at a stage is
served where the taxonomy has a touchpoint. What is asked for and not served is missing. What nobody can wish
for, a fault or that customers leave, is no point however often its words stand in a wish.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.touchpoints import MIDDLE
from cem_nlp.opinions.taxonomy import Touchpoint
from cem_nlp.schemas import TABLES
from cem_nlp.scores.intervals import share_range
from cem_nlp.scores.plain import plain_scores

COLUMNS: Final = tuple(name for name in TABLES["missing_points"].names if name != "run_id")
EXAMPLES: Final = 3
"""Clauses shown for each point."""

_KEY: Final = ["brand", "asked", "name"]
_EXPERIENCE: Final = ["experience", "experience_low", "experience_high"]


def missing_points(
    placed: pd.DataFrame,
    mentions: pd.DataFrame,
    n_feedback: Mapping[str, int],
    places: Mapping[str, Touchpoint],
    minimum: int,
    unasked: Collection[str] = (),
) -> pd.DataFrame:
    """Return the `missing_points` table of the schema, without `run_id`, for the brands of `n_feedback`.

    `placed` comes from `preferences.placed_wishes`, `mentions` (with `topic`) from
    `scores.cells.mentions_of`; `n_feedback` counts each brand's comments, and sub-topics that are `unasked`
    make no point. A point that fewer than `minimum` comments ask for is unknown.
    """
    placed = placed[placed["brand"].isin(list(n_feedback))]
    wishable = placed[~placed["topic"].isin(list(unasked))]
    asked = pd.concat([_topics(wishable), _channels(placed, places)], ignore_index=True)
    if asked.empty:
        return _empty()
    table = _counted(asked, n_feedback)
    served = pd.concat(
        [_served_topics(mentions, minimum), _served_channels(places, n_feedback)], ignore_index=True
    )
    table = table.merge(served, on=_KEY, how="left").merge(_scores(mentions, minimum), on=_KEY, how="left")
    table["n_mentions"] = table["n_mentions"].fillna(0).astype("int64")
    few = table["n_feedback"] < minimum
    found = np.where(few, "unknown", np.where(table["served_by"].notna(), "served", "missing"))
    table = table.assign(diagnosis=found)
    ordered = table.sort_values(["brand", "n_feedback", "asked", "name"], ascending=[True, False, True, True])
    return ordered[list(COLUMNS)].reset_index(drop=True)


def _topics(placed: pd.DataFrame) -> pd.DataFrame:
    """Return the wishes for what is missing and the questions, by sub-topic."""
    named = placed[placed["topic"].notna() & (placed["sort"] != "preference")]
    return named.assign(asked="topic", name=named["topic"])


def _channels(placed: pd.DataFrame, places: Mapping[str, Touchpoint]) -> pd.DataFrame:
    """Return the wishes for a channel, by channel and stage of the touchpoint they are said at."""
    named = placed[placed["channel"].notna() & placed["touchpoint"].notna() & (placed["sort"] != "question")]
    stage = named["touchpoint"].map({code: place.stage for code, place in places.items()})
    return named.assign(asked="channel", name=named["channel"] + "×" + stage, category=None)


def _counted(asked: pd.DataFrame, n_feedback: Mapping[str, int]) -> pd.DataFrame:
    is_question = asked["sort"] == "question"
    asked = asked.assign(n_questions=is_question.astype("int64"), n_wishes=(~is_question).astype("int64"))
    # Wishes are the better evidence: they come first among the examples.
    asked = asked.sort_values([*_KEY, "n_questions", "feedback_id", "wish_no"])
    groups = asked.groupby(_KEY)
    table = groups[["n_wishes", "n_questions"]].sum()
    table["n_feedback"] = groups["feedback_id"].nunique()
    table["category"] = groups["category"].first()
    places = asked.dropna(subset="touchpoint").groupby([*_KEY, "touchpoint"]).size().rename("n").reset_index()
    most = places.sort_values(["n", "touchpoint"], ascending=[False, True]).drop_duplicates(_KEY)
    table["touchpoint"] = most.set_index(_KEY)["touchpoint"]
    examples = asked.drop_duplicates([*_KEY, "evidence"]).groupby(_KEY).head(EXAMPLES).groupby(_KEY)
    table["example_ids"] = examples["feedback_id"].agg(list)
    table["examples"] = examples["evidence"].agg(list)
    table = table.reset_index()
    whole = np.asarray(table["brand"].map(n_feedback), dtype=np.float64)
    part = np.asarray(table["n_feedback"], dtype=np.float64)
    low, high = share_range(part, whole)
    return table.assign(share=part / whole, share_low=low, share_high=high)


def _served_topics(mentions: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Return the touchpoint that serves each sub-topic best, where one surely serves it."""
    cells = plain_scores(mentions, ("brand", "topic", "touchpoint"))
    good = cells[(cells["n_mentions"] >= minimum) & (cells["experience_low"] > MIDDLE)]
    best = good.sort_values(["experience_low", "touchpoint"], ascending=[False, True])
    best = best.drop_duplicates(["brand", "topic"])
    renamed = best.rename(columns={"topic": "name", "touchpoint": "served_by"})
    return renamed.assign(asked="topic")[[*_KEY, "served_by"]]


def _served_channels(
    places: Mapping[str, Touchpoint], brands: Sequence[str] | Mapping[str, int]
) -> pd.DataFrame:
    """Return the first touchpoint of every channel and stage, the same for all brands."""
    first: dict[str, str] = {}
    for code, place in places.items():
        first.setdefault(f"{place.channel}×{place.stage}", code)
    rows = [(brand, "channel", name, code) for brand in brands for name, code in first.items()]
    return pd.DataFrame(rows, columns=[*_KEY, "served_by"])


def _scores(mentions: pd.DataFrame, minimum: int) -> pd.DataFrame:
    cells = plain_scores(mentions, ("brand", "topic")).rename(columns={"topic": "name"}).assign(asked="topic")
    cells[_EXPERIENCE] = cells[_EXPERIENCE].mask(cells["n_mentions"] < minimum)
    return cells[[*_KEY, "n_mentions", *_EXPERIENCE]]


def _empty() -> pd.DataFrame:
    texts = dict.fromkeys(
        ("brand", "asked", "name", "category", "touchpoint", "served_by", "diagnosis"), "str"
    )
    return pd.DataFrame(columns=list(COLUMNS)).astype(texts)
