"""Whether what is heard changed instead of what customers feel: other sources, another model or taxonomy."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency

from cem_nlp.scores.reference import EXPERIENCE

SOURCE_MIX: Final = ("kind", "source", "channel")
VERSIONS: Final = ("model_version", "taxonomy_version")

MOVED: Final = 0.2
"""Share of the comments that would have to be others for the mix to be as before: from a fifth on it moved.
A convention; a fifth of comments that differ by half the scale move experience by one point."""
_CHANCE: Final = 0.01
_EXPLAINED: Final = 0.5
"""Share of a change that the mix has to account for to explain it."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What moved: a dimension, its value that rose most, and that value's shares of the comments, 0–1."""

    explained_by: str
    mix_value: str | None = None
    mix_before: float | None = None
    mix_after: float | None = None


def explanation(before: pd.DataFrame, after: pd.DataFrame, measure: str) -> Explanation | None:
    """Return what explains a change between two sets of mentions, None where nothing does.

    A version that moved explains everything. The mix of kinds, sources or channels explains a change of
    `experience` if at least half of it is gone once each value has its share of before; a change of how often
    customers speak, if the mix moved at all.
    """
    for found in _moved(before, after):
        dimension = found.explained_by
        if dimension in VERSIONS or measure != EXPERIENCE.name or _mostly_mix(before, after, dimension):
            return found
    return None


def _moved(before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Explanation]:
    for dimension in (*VERSIONS, *SOURCE_MIX):
        counts = pd.DataFrame({"before": _comments(before, dimension), "after": _comments(after, dimension)})
        counts = counts.fillna(0).sort_index()
        if len(counts) < 2 or not counts.sum().all():
            continue
        shares = counts / counts.sum()
        distance = np.abs(shares["after"] - shares["before"]).sum() / 2
        if distance >= MOVED and chi2_contingency(counts.to_numpy()).pvalue < _CHANCE:
            most = int(np.argmax(shares["after"] - shares["before"]))
            share_before, share_after = (float(value) for value in shares.iloc[most])
            yield Explanation(dimension, str(shares.index[most]), share_before, share_after)


def _comments(mentions: pd.DataFrame, dimension: str) -> pd.Series:
    return mentions.drop_duplicates("comment")[dimension].astype("str").value_counts()


def _mostly_mix(before: pd.DataFrame, after: pd.DataFrame, dimension: str) -> bool:
    """Tell whether the change inside the values both sides have is less than half of the whole change."""
    raw = after["half_points"].mean() - before["half_points"].mean()
    inside = pd.DataFrame(
        {
            "before": before.groupby(dimension, observed=True)["half_points"].mean(),
            "after": after.groupby(dimension, observed=True)["half_points"].mean(),
            "weight": before.groupby(dimension, observed=True).size(),
        }
    ).dropna()
    if inside.empty:
        return True
    kept = np.average(inside["after"] - inside["before"], weights=inside["weight"])
    return bool(kept / raw < 1 - _EXPLAINED) if raw else True
