"""The findings of each finished table, in the columns that all kinds share.

`points` is what the brand's whole score would gain if the finding were cured: how far the cell lies below its
yardstick (5, the rivals, its own past, the ideal) times the share of the brand's opinions in it. Different
findings may speak of the same opinions, so points do not add up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.vocabulary import ALL

COLUMNS: Final = (
    *("kind", "brand", "touchpoint", "category", "topic", "detail"),
    *("measure", "size", "size_low", "size_high", "points", "n"),
)

BALANCED: Final = 5.0
"""As much praise as blame."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The brands that findings are about, and the opinions on them (with `brand`)."""

    brands: tuple[str, ...]
    said: pd.DataFrame

    def share(self, rows: pd.DataFrame) -> pd.Series:
        """Return the share of its brand's opinions that fall on each row's touchpoint and category, 0–1."""
        total = self.said.groupby("brand").size()
        parts = []
        for brand, touchpoint, category in rows[["brand", "touchpoint", "category"]].itertuples(index=False):
            inside = self.said["brand"] == brand
            for column, code in (("touchpoint", touchpoint), ("category", category)):
                if code != ALL:
                    inside &= self.said[column] == code
            parts.append(float(inside.sum()) / max(int(total.get(brand, 0)), 1))
        return pd.Series(parts, rows.index, dtype="float64")


def defects(table: pd.DataFrame, voice: Voice) -> pd.DataFrame:
    """Return touchpoints that matter and are poor."""
    rows = _of_brands(table[(table["diagnosis"] == "defect") & (table["product"] == ALL)], voice)
    points = (BALANCED - rows["experience"]) * rows["share_of_voice"]
    return _findings(rows, "defect", "experience", "experience", points=points, detail=rows["reason"])


def misplaced(table: pd.DataFrame, voice: Voice) -> pd.DataFrame:
    """Return touchpoints in the wrong channel, or with effort on what matters little."""
    rows = _of_brands(table[(table["diagnosis"] == "misplaced") & (table["product"] == ALL)], voice)
    wanted = rows["preferred_channel"].where(rows["reason"] == "channel", rows["reason"])
    return _findings(rows, "misplaced", "preference", "share", detail=wanted)


def weak_cells(table: pd.DataFrame, voice: Voice) -> pd.DataFrame:
    """Return cells in which the industry is surely better."""
    worse = (
        (table["verdict"] == "worse") & (table["rival"] == ALL) & (table["grain"] == "touchpoint×category")
    )
    rows = _of_brands(table[worse], voice)
    points = -rows["difference"] * voice.share(rows)
    return _findings(rows, "weak_cell", "difference", "difference", points=points)


def alerts(table: pd.DataFrame, voice: Voice) -> pd.DataFrame:
    """Return experience that fell lately, where nothing else that moved explains it."""
    fell = (table["measure"] == "experience") & (table["direction"] == "worse")
    rows = _of_brands(table[fell & table["explained_by"].isna()], voice)
    change = rows["after"] - rows["before"]
    reach = {
        "change": change,
        "change_low": change
        - np.hypot(rows["after"] - rows["after_low"], rows["before_high"] - rows["before"]),
        "change_high": change
        + np.hypot(rows["after_high"] - rows["after"], rows["before"] - rows["before_low"]),
    }
    rows = rows.assign(**reach, since=rows["since"].astype("str"))
    points = -rows["change"] * voice.share(rows)
    return _findings(rows, "alert", "change", "difference", points=points, n="n", detail=rows["since"])


def topics(table: pd.DataFrame, voice: Voice) -> pd.DataFrame:
    """Return sub-topics that surely pull their category down."""
    rows = _of_brands(table[table["verdict"] == "hurts"], voice).assign(touchpoint=ALL)
    points = -rows["contribution"] * voice.share(rows)
    return _findings(rows, "topic", "contribution", "contribution", points=points)


def missing(table: pd.DataFrame, voice: Voice) -> pd.DataFrame:
    """Return what customers ask for and no touchpoint serves."""
    rows = _of_brands(table[table["diagnosis"] == "missing"], voice)
    topic = rows["name"].where(rows["asked"] == "topic")
    rows = rows.assign(
        touchpoint=rows["touchpoint"].fillna(ALL), category=rows["category"].fillna(ALL), topic=topic
    )
    return _findings(rows, "missing", "share", "share", n="n_feedback", detail=rows["name"])


def key_experiences(table: pd.DataFrame, voice: Voice) -> pd.DataFrame:
    """Return the key experience of each brand that falls short of the ideal."""
    whole = (table["product"] == ALL) & (table["segment"] == ALL) & table["is_key_experience"]
    rows = table[whole & (table["gap"] < 0)].assign(touchpoint=ALL)
    if len(voice.brands) == 1:
        rows = rows.assign(brand=rows["brand"].replace(ALL, voice.brands[0]))
    rows = _of_brands(rows, voice)
    share = voice.share(rows)
    said = rows["brand"].map(voice.said.groupby("brand").size()).astype("float64").fillna(0)
    counted = (share * said).round()
    rows = rows.assign(n_mentions=counted)
    return _findings(rows, "key_experience", "gap", "difference", points=-rows["gap"] * share)


def failed_actions(table: pd.DataFrame, voice: Voice) -> pd.DataFrame:
    """Return actions that surely did not work."""
    brand = voice.brands[0] if len(voice.brands) == 1 else ALL
    rows = table[table["status"] == "not_working"].assign(brand=brand)
    rows = rows.assign(n_mentions=rows["n_before"] + rows["n_after"])
    return _findings(rows, "action_failed", "effect", "difference", detail=rows["action"])


BUILDERS: Final[tuple[tuple[str, Callable[[pd.DataFrame, Voice], pd.DataFrame]], ...]] = (
    ("gaps", key_experiences),
    ("touchpoints", defects),
    ("touchpoints", misplaced),
    ("comparisons", weak_cells),
    ("alerts", alerts),
    ("topics", topics),
    ("missing_points", missing),
    ("feedback_loop", failed_actions),
)
"""The finished tables that hold findings, and what takes them out."""


def _of_brands(rows: pd.DataFrame, voice: Voice) -> pd.DataFrame:
    return rows[rows["brand"].isin(voice.brands)]


def _findings(
    rows: pd.DataFrame,
    kind: str,
    size: str,
    measure: str,
    *,
    points: pd.Series | float = np.nan,
    n: str = "n_mentions",
    detail: pd.Series | None = None,
) -> pd.DataFrame:
    named = {name: rows.get(name, ALL) for name in ("brand", "touchpoint", "category")}
    topic = rows["topic"].where(rows["topic"] != ALL) if "topic" in rows else None
    found = pd.DataFrame(
        {
            "kind": kind,
            **named,
            "topic": topic,
            "detail": detail,
            "measure": measure,
            "size": rows[size],
            "size_low": rows[f"{size}_low"],
            "size_high": rows[f"{size}_high"],
            "points": points,
            "n": rows[n].astype("int64"),
        },
        index=rows.index,
    )
    return found.astype({"topic": object, "detail": object})
