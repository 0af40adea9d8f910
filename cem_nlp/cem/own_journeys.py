"""Journeys and the emotion map as a file of scores alone tells them."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.emotions import CELL, COMPARED, GRAINS, emotion_table, staged
from cem_nlp.cem.journeys import journey_table
from cem_nlp.cem.ranges import Estimate
from cem_nlp.cem.stages import AT, VIEWS
from cem_nlp.config import Comparison
from cem_nlp.scores.means import mean_ranges
from cem_nlp.vocabulary import ALL, UNKNOWN

_ENDS: Final = ("experience", "experience_low", "experience_high")

ANSWERED: Final = 1
"""Journeys from which a figure is shown: what somebody scored stands for itself, and its range, or that it
has none, tells how sure it is."""


def own_journey_tables(
    said: pd.DataFrame, own: Sequence[str], settings: Comparison, confidence: float = 0.95
) -> dict[str, pd.DataFrame]:
    """Return the tables `journeys` and `emotions` of the schema, without `run_id`, from the moments of
    `read_journeys`; moments without a brand are of the first brand of `own`, if there is one.

    A stage's score is the mean of its scores. Nothing is suppressed (see `ANSWERED`).
    """
    said = said.assign(brand=said["brand"].replace(ALL, own[0])) if own else said
    said = said.assign(is_own=said["brand"].isin(list(own)))
    journeys = journey_table(said, ANSWERED, confidence).drop_duplicates(["level", "brand", "product"])
    compared = rated_against(said, own, settings, confidence)
    emotions = emotion_table(rated_stages(said, confidence), said, compared, ANSWERED)
    # Of a stage alone no touchpoint is known.
    nowhere = emotions["worst_touchpoint"].str.startswith(AT, na=False)
    emotions["worst_touchpoint"] = emotions["worst_touchpoint"].mask(nowhere)
    tables = {"journeys": journeys, "emotions": emotions}
    if set(said["product"]) == {UNKNOWN}:
        tables = {name: table[table["product"] == ALL] for name, table in tables.items()}
    return {name: table.reset_index(drop=True) for name, table in tables.items()}


def rated_stages(said: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Return what `emotions.stage_scores` does, from scores: their mean, ranges allowing for customers who
    score a stage several times.
    """
    return _scored(said, GRAINS, confidence)


def rated_against(
    said: pd.DataFrame, own: Sequence[str], settings: Comparison, confidence: float = 0.95
) -> pd.DataFrame:
    """Return `CELL` and `COMPARED`: every own brand against all others together, per stage that both have.

    The two sides are taken as independent, which makes ranges too wide rather than too narrow where the same
    customers score both. A verdict takes a difference of `settings.minimum_effect` whose range excludes 0 at
    a level divided by the number of stages compared (Bonferroni), so that at most `false_discovery_rate` of
    files without any difference raise one.
    """
    parts = [pd.DataFrame(columns=[*CELL, *COMPARED])]
    for brand in own:
        mine, theirs = said[said["brand"] == brand], said[~said["brand"].isin([*own])].assign(brand=brand)
        both = _side_by_side(mine, theirs, confidence)
        if len(both):
            strict = 1 - settings.false_discovery_rate / len(both)
            parts.append(_judged(both, _side_by_side(mine, theirs, strict), settings.minimum_effect))
    return pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)


def _scored(said: pd.DataFrame, grains: Sequence[Sequence[str]], confidence: float) -> pd.DataFrame:
    parts = [
        _rated(staged(said, view), grain, confidence).assign(view=view) for view in VIEWS for grain in grains
    ]
    return pd.concat(parts, ignore_index=True)[[*CELL, "n_mentions", *_ENDS]]


def _rated(placed: pd.DataFrame, grain: Sequence[str], confidence: float) -> pd.DataFrame:
    cell = [*grain, "stage"]
    placed = placed.astype({"stage": "str"}).reset_index(drop=True)
    number = np.asarray(placed.groupby(cell).ngroup(), dtype=np.int64)
    labels = placed.assign(number=number).drop_duplicates("number").sort_values("number")[cell]
    customer = np.asarray(pd.factorize(placed["customer_key"])[0], dtype=np.int64)
    found = mean_ranges(placed["emotion"].to_numpy(np.float64), number, customer, len(labels), confidence)
    ends = {name: np.clip(end, 0, 10) for name, end in zip(_ENDS, found, strict=True)}
    absent = {name: ALL for name in ("brand", "product") if name not in grain}
    counts = np.bincount(number, minlength=len(labels))
    return labels.reset_index(drop=True).assign(**absent, n_mentions=counts, **ends)


def _side_by_side(mine: pd.DataFrame, theirs: pd.DataFrame, confidence: float) -> pd.DataFrame:
    own, rival = (_scored(side, GRAINS[:1], confidence) for side in (mine, theirs))
    return own.merge(rival, on=CELL, suffixes=("", "_rival"))


def _judged(both: pd.DataFrame, strict: pd.DataFrame, minimum_effect: float) -> pd.DataFrame:
    value, low, high = _difference(both)
    _, surely_low, surely_high = _difference(strict)
    sure = ((surely_low > 0) | (surely_high < 0)) & (np.abs(value) >= minimum_effect)
    verdict = np.where(sure, np.where(value > 0, "better", "worse"), "no_evidence")
    ends = {"difference": value, "difference_low": low, "difference_high": high}
    names = {"n_mentions_rival": "n_rival"} | {
        f"{name}_rival": name.replace("experience", "experience_rival") for name in _ENDS
    }
    return both.rename(columns=names).assign(**ends, verdict=verdict)[[*CELL, *COMPARED]]


def _difference(both: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    own, rival = (
        Estimate(*(both[f"{name}{side}"].to_numpy(np.float64) for name in _ENDS)) for side in ("", "_rival")
    )
    return (own - rival).ends
