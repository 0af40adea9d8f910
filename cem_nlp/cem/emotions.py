"""The emotion map: how each stage of the customer's way is felt, and where peaks and ends go wrong."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from cem_nlp.cem.journeys import MIDDLE, SEVERAL, episodes
from cem_nlp.cem.stages import VIEWS
from cem_nlp.schemas import TABLES
from cem_nlp.scores.plain import plain_scores
from cem_nlp.vocabulary import ALL

COLUMNS: Final = tuple(name for name in TABLES["emotions"].names if name != "run_id")
COMPARED: Final = (
    "n_rival",
    *(f"{name}{end}" for name in ("experience_rival", "difference") for end in ("", "_low", "_high")),
    "verdict",
)
"""Columns that hold an own brand against its rivals."""

CELL: Final = ["view", "stage", "brand", "product"]
GRAINS: Final[tuple[tuple[str, ...], ...]] = (("brand",), ("brand", "product"))
_LOW: Final = ("n_low_peaks", "n_low_ends")


def stage_scores(mentions: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Return the score of every stage of each view, for every brand, with and without its products; mentions
    come from `scores.cells.mentions_of`.
    """
    parts = [_scored(mentions, view, grain, confidence) for view in VIEWS for grain in GRAINS]
    return pd.concat(parts, ignore_index=True)


def emotion_table(
    scored: pd.DataFrame, said: pd.DataFrame, compared: pd.DataFrame, minimum_mentions: int
) -> pd.DataFrame:
    """Return the `emotions` table of the schema, without `run_id`: stages in order, for every brand, with and
    without its products.

    `scored` comes from `stage_scores`, `said` from `journeys.emotions_said`, `compared` from
    `compared_stages`; or all three from a file of scores (`own_journeys`). A stage nobody speaks of has no
    row; one below `minimum_mentions` no score.
    """
    table = scored.merge(_low_points(said), on=CELL, how="left").merge(compared, on=CELL, how="left")
    counts = [*_LOW, "n_rival"]
    table[counts] = table[counts].fillna(0).astype("int64")
    table["is_own"] = table["brand"].isin(set(said.loc[said["is_own"], "brand"]))
    table["suppressed"] = table["n_mentions"] < minimum_mentions
    hidden = ["experience", "experience_low", "experience_high"]
    table[hidden] = table[hidden].mask(table["suppressed"])
    order = {stage: number for stages, _ in VIEWS.values() for number, stage in enumerate(stages)}
    by = table.assign(number=table["stage"].map(order), whole=table["product"] != ALL)
    ordered = by.sort_values(["view", "brand", "whole", "product", "number"], ignore_index=True)
    return ordered[list(COLUMNS)].astype(_dtypes())


def staged(mentions: pd.DataFrame, view: str) -> pd.DataFrame:
    """Return the mentions whose touchpoint has a stage in `view`, with the column `stage`."""
    stages, stage_of = VIEWS[view]
    stage = pd.Categorical(mentions["touchpoint"].astype("str").map(stage_of), categories=list(stages))
    return mentions.assign(stage=stage).dropna(subset="stage")


def compared_stages(found: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the own brands against all rivals per stage, from `comparison.compare_brands` of each view's
    `staged` mentions with the stage in place of the touchpoint; see `COMPARED`.
    """
    parts = [pd.DataFrame(columns=[*CELL, *COMPARED])]
    for view, comparisons in found.items():
        industry = comparisons[(comparisons["rival"] == ALL) & (comparisons["touchpoint"] != ALL)]
        named = industry.rename(columns={"touchpoint": "stage"}).assign(view=view, product=ALL)
        parts.append(named[[*CELL, *COMPARED]])
    return pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)


def _scored(mentions: pd.DataFrame, view: str, grain: Sequence[str], confidence: float) -> pd.DataFrame:
    cells = plain_scores(staged(mentions, view), (*grain, "stage"), confidence)
    absent = {name: ALL for name in ("brand", "product") if name not in grain}
    kept = [*CELL, "n_mentions", "experience", "experience_low", "experience_high"]
    return cells.assign(view=view, **absent)[kept]


def _low_points(said: pd.DataFrame) -> pd.DataFrame:
    """Count the negative peaks and ends of comments and calls in each cell, and name the worst touchpoint."""
    found = episodes(said, ["brand", "product", "feedback_id"])
    found = found[found["n_opinions"] >= SEVERAL]
    sorts = {"n_low_peaks": ("peak", "peak_touchpoint"), "n_low_ends": ("end", "end_touchpoint")}
    low = pd.concat(
        [
            found.loc[found[emotion] < MIDDLE, ["brand", "product", place]]
            .rename(columns={place: "touchpoint"})
            .assign(**{name: int(name == sort) for name in _LOW})
            for sort, (emotion, place) in sorts.items()
        ],
        ignore_index=True,
    )
    low = pd.concat([low, low.assign(product=ALL)], ignore_index=True)
    low = pd.concat(
        [low.assign(view=view, stage=low["touchpoint"].map(of)) for view, (_, of) in VIEWS.items()],
        ignore_index=True,
    ).dropna(subset="stage")
    places = low.groupby([*CELL, "touchpoint"])[list(_LOW)].sum()
    worst = places.sum(axis=1).rename("n").reset_index()
    worst = worst.sort_values(["n", "touchpoint"], ascending=[False, True]).drop_duplicates(CELL)
    counts = places.groupby(CELL).sum().reset_index()
    named = worst[[*CELL, "touchpoint"]].rename(columns={"touchpoint": "worst_touchpoint"})
    return counts.merge(named, on=CELL)


def _dtypes() -> dict[str, str]:
    names = {"string": "str", "double": "float64", "bool": "bool", "int64": "int64"}
    return {name: names[str(TABLES["emotions"].field(name).type)] for name in COLUMNS}
