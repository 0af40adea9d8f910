"""What customers remember: peak and end of every call and of every customer's journey.

People remember an episode by its peak and its end, not by its length or its mean (Kahneman, Fredrickson,
Schreiber and Redelmeier 1993, "When more pain is preferred to less"). Peak is the emotion furthest from the
middle, the earlier one of two; end is that of the last opinion, as in the table `comments`.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.schemas import TABLES
from cem_nlp.scores.intervals import Numbers
from cem_nlp.scores.means import mean_ranges
from cem_nlp.vocabulary import ALL

COLUMNS: Final = tuple(name for name in TABLES["journeys"].names if name != "run_id")
MEASURES: Final = ("mean", "peak", "end", "peak_end", "difference")
MIDDLE: Final = 5.0
"""Middle of the emotion scale 0–10."""
SEVERAL: Final = 2
"""Opinions from which peak, end and mean can differ."""

_SIGN: Final = {"positive": 1.0, "neutral": 0.0, "negative": -1.0}
_GRAINS: Final = ((), ("brand",), ("brand", "product"))


def emotions_said(feedback: pd.DataFrame, opinions: pd.DataFrame) -> pd.DataFrame:
    """Return one row per opinion, in the order in which it was said, near-duplicates left out.

    `feedback` and `opinions` follow their schemas. Columns: feedback_id, brand, product, is_own, kind,
    customer_key, created_at, touchpoint and `emotion`, from 0 (surely negative) over 5 to 10 (surely
    positive), as `opinions.decode.emotion` has it. Comments without a time come last.
    """
    kept = feedback.loc[
        feedback["duplicate_of"].isna(),
        ["feedback_id", "brand", "product", "is_own", "kind", "customer_key", "created_at"],
    ]
    columns = ["feedback_id", "opinion_no", "touchpoint", "polarity", "probability"]
    said = opinions[columns].merge(kept, on="feedback_id")
    emotion = MIDDLE + said["polarity"].map(_SIGN).astype("float64") * MIDDLE * said["probability"]
    said = said.assign(emotion=emotion).drop(columns=["polarity", "probability"])
    return said.sort_values(["created_at", "feedback_id", "opinion_no"], ignore_index=True)


def episodes(said: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return one row per episode: the opinions of `emotions_said` that share a value in the columns `by`.

    Columns: those of `by`, n_opinions, mean, peak, end, peak_end, difference (peak_end − mean), and the
    touchpoint of peak and end. Opinions without a value in one of `by` belong to no episode.
    """
    said = said.dropna(subset=list(by))
    distance = (said["emotion"] - MIDDLE).abs().round(4)
    groups = said.assign(distance=distance).groupby(list(by), observed=True, sort=True)
    # The first row of the largest distance: the earlier of two peaks.
    peak = said.loc[groups["distance"].idxmax()]
    last = groups.tail(1).set_index(list(by)).sort_index()
    found = groups["emotion"].agg(["size", "mean"]).rename(columns={"size": "n_opinions"})
    found = found.assign(
        peak=peak["emotion"].to_numpy(),
        end=last["emotion"].to_numpy(),
        peak_touchpoint=peak["touchpoint"].to_numpy(),
        end_touchpoint=last["touchpoint"].to_numpy(),
    )
    peak_end = (found["peak"] + found["end"]) / 2
    return found.assign(peak_end=peak_end, difference=peak_end - found["mean"]).reset_index()


def journey_table(said: pd.DataFrame, minimum_episodes: int, confidence: float = 0.95) -> pd.DataFrame:
    """Return the `journeys` table of the schema, without `run_id`, from the opinions of `emotions_said`.

    A call is a transcript; a customer's journey is all of his feedback on the brand or product in order of
    time, and is left out where one of several pieces has no time. Measures are of the episodes with
    `SEVERAL` opinions or more and are null below `minimum_episodes` of them; ranges allow for customers who
    called more than once.
    """
    own = set(said.loc[said["is_own"], "brand"])
    parts = [pd.DataFrame(columns=list(COLUMNS))]
    for grain in _GRAINS:
        calls = episodes(_named_customer(said[said["kind"] == "transcript"]), [*grain, "feedback_id", "who"])
        people = episodes(_in_order(said, grain), [*grain, "customer_key"])
        for level, found, customer in (("call", calls, "who"), ("customer", people, "customer_key")):
            parts.append(_summed(found, grain, customer, confidence).assign(level=level))
    table = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    table["is_own"] = table["brand"].isin(own)
    table["suppressed"] = table["n_compared"].astype("int64") < minimum_episodes
    hidden = [name for measure in MEASURES for name in (measure, f"{measure}_low", f"{measure}_high")]
    table[hidden] = table[hidden].astype("float64").mask(table["suppressed"])
    return table[list(COLUMNS)].astype(_dtypes())


def _named_customer(said: pd.DataFrame) -> pd.DataFrame:
    """Add `who` spoke: the customer, or the call itself where nobody knows him."""
    return said.assign(who=said["customer_key"].fillna(said["feedback_id"]))


def _in_order(said: pd.DataFrame, grain: Sequence[str]) -> pd.DataFrame:
    """Return the opinions of the journeys whose order is known."""
    of_customer = said.dropna(subset="customer_key").groupby([*grain, "customer_key"], observed=True)
    pieces = of_customer["feedback_id"].transform("nunique")
    timed = of_customer["created_at"].transform("count") == of_customer["created_at"].transform("size")
    return said.loc[pieces.index[(pieces == 1) | timed]]


def _summed(found: pd.DataFrame, grain: Sequence[str], customer: str, confidence: float) -> pd.DataFrame:
    """Return one row per cell of `grain`, with the means over its episodes."""
    if found.empty:
        return pd.DataFrame()
    names = list(grain)
    cell = found.groupby(names).ngroup() if names else pd.Series(0, index=found.index)
    labels = found.assign(cell=cell).drop_duplicates("cell").set_index("cell")[names].sort_index()
    counts = cell.value_counts().sort_index().to_numpy()
    several = found["n_opinions"] >= SEVERAL
    compared, place = found[several], np.asarray(cell[several], dtype=np.int64)
    who = np.asarray(pd.factorize(compared[customer])[0], dtype=np.int64)
    counted = {
        "n_episodes": counts,
        "n_compared": np.bincount(place, minlength=len(counts)),
        "n_opinions": np.bincount(place, compared["n_opinions"], len(counts)).astype(np.int64),
    }
    measures: dict[str, Numbers] = {}
    for name in MEASURES:
        ranges = mean_ranges(compared[name].to_numpy(np.float64), place, who, len(counts), confidence)
        scale = (-10.0, 10.0) if name == "difference" else (0.0, 10.0)
        keys = (name, f"{name}_low", f"{name}_high")
        measures |= {key: np.clip(end, *scale) for key, end in zip(keys, ranges, strict=True)}
    absent = {name: ALL for name in ("brand", "product") if name not in names}
    return labels.reset_index(drop=True).assign(**absent, **counted, **measures)


def _dtypes() -> dict[str, str]:
    names = {"string": "str", "double": "float64", "bool": "bool", "int64": "int64"}
    return {name: names[str(TABLES["journeys"].field(name).type)] for name in COLUMNS}
