"""Scores of the own brands in which target segments weigh more: not all customers matter equally.

An opinion of a segment with the weight w counts w times. Ranges come from drawing whole customers anew (see
`scores.resampling`); experience and its weighted twin share the draws, so that their difference is as sure as
the data make it.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.ranges import Estimate
from cem_nlp.config import Scores
from cem_nlp.schemas import TABLES
from cem_nlp.scores.intervals import JEFFREYS, Numbers, net_score
from cem_nlp.scores.resampling import replicate_counts
from cem_nlp.vocabulary import ALL, CATEGORIES, ORIGINS, POLARITIES

COLUMNS: Final = tuple(name for name in TABLES["target_scores"].names if name != "run_id")
REPLICATES: Final = 1_000
"""Draws; the ends of a 95 % range then vary by some 3 % of its width."""

_ENDS: Final = ("", "_low", "_high")
_CELL: Final = ["brand", "category"]


def target_scores(
    mentions: pd.DataFrame,
    gaps: pd.DataFrame,
    weights: Mapping[str, float],
    settings: Scores,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return the `target_scores` table of the schema, without `run_id`.

    `mentions` are those of the own brands (see `cells.mentions_of`), `weights` the weight of each target
    segment; every other weighs 1. Satisfaction takes the expectation of each segment from `gaps`, the
    brand's where a segment has none, and is null where the brand has none in that category.
    """
    parts = [pd.DataFrame(columns=[*COLUMNS])]
    for grain in (["brand"], _CELL):
        cells, counts = replicate_counts(mentions, [*grain, "segment"], REPLICATES, rng)
        if len(cells):
            cells = cells.astype(dict.fromkeys([*grain, "segment"], "str")).assign(
                category=cells["category"].astype("str") if "category" in grain else ALL
            )
            parts.append(_scored(cells, counts, gaps, weights, settings, rng))
    table = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    order = {code: number for number, code in enumerate((ALL, *CATEGORIES))}
    place = table["category"].map(order)
    return table.assign(place=place).sort_values(["brand", "place"], ignore_index=True)[list(COLUMNS)]


def _scored(
    cells: pd.DataFrame,
    counts: Numbers,
    gaps: pd.DataFrame,
    weights: Mapping[str, float],
    settings: Scores,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return one row per brand and category from its segments' counts and their draws."""
    weight: Numbers = np.array([weights.get(segment, 1.0) for segment in cells["segment"]], dtype=np.float64)
    is_target = cells["segment"].isin(weights).to_numpy()
    said = cells[list(POLARITIES)].to_numpy(np.float64)
    n = said.sum(axis=1)
    expected = _expectations(cells, gaps)
    rows = []
    for _, segments in cells.groupby(_CELL, sort=False):
        place = segments.index.to_numpy()
        row: dict[str, object] = {name: segments[name].iloc[0] for name in _CELL}
        row["n_mentions"] = int(n[place].sum())
        row["n_target"] = int(n[place][is_target[place]].sum())
        prior = rng.standard_gamma(JEFFREYS, (len(counts), len(POLARITIES)))
        plain, weighed = (
            _weighed(said[place], counts[:, place], prior, w[place]) for w in (np.ones_like(weight), weight)
        )
        found = {"experience": plain, "experience_weighted": weighed}
        found["difference"] = (weighed[0] - plain[0], weighed[1] - plain[1])
        ends = {name: _with_range(*values, settings.confidence) for name, values in found.items()}
        asked = expected.iloc[place]
        ends["satisfaction"] = _satisfaction(ends["experience"], asked, n[place])
        ends["satisfaction_weighted"] = _satisfaction(
            ends["experience_weighted"], asked, weight[place] * n[place]
        )
        few = n[place].sum() < settings.minimum_mentions
        for name, values in ends.items():
            row |= {f"{name}{end}": np.nan if few else v for end, v in zip(_ENDS, values, strict=True)}
        known = asked["expectation"].notna().all() and not few
        row["expectation_from"] = _weakest(asked["expectation_from"]) if known else None
        row["verdict"] = "suppressed" if few else verdict_of(ends["difference"])
        rows.append(row)
    return pd.DataFrame(rows)


def _weighed(said: Numbers, counts: Numbers, prior: Numbers, weight: Numbers) -> tuple[float, Numbers]:
    """Return the net score of some segments together, and its draws with Jeffreys' prior.

    The prior weighs as an opinion of these segments does on average.
    """
    total = weight @ said
    drawn = np.einsum("s,rsp->rp", weight, counts) + prior * (total.sum() / said.sum())
    return float(net_score(*total)), net_score(*drawn.T)


def _with_range(value: float, draws: Numbers, confidence: float) -> tuple[float, float, float]:
    tail = (1 - confidence) / 2
    low, high = np.quantile(draws, [tail, 1 - tail])
    return value, min(float(low), value), max(float(high), value)


def _expectations(cells: pd.DataFrame, gaps: pd.DataFrame) -> pd.DataFrame:
    """Return each cell's expectation with range and origin, its brand's where the segment has none."""
    columns = ["expectation", "expectation_low", "expectation_high", "expectation_from"]
    known = gaps[(gaps["product"] == ALL) & gaps["expectation"].notna()]
    known = known.set_index(["brand", "category", "segment"])[columns]
    own = known.reindex(pd.MultiIndex.from_frame(cells[[*_CELL, "segment"]])).set_axis(cells.index)
    brand = known.reindex(pd.MultiIndex.from_frame(cells[_CELL].assign(segment=ALL))).set_axis(cells.index)
    return own.where(own["expectation"].notna(), brand)


def _satisfaction(
    experience: tuple[float, float, float], expected: pd.DataFrame, share: Numbers
) -> tuple[float, float, float]:
    """Return experience − the segments' mean expectation, whose errors are taken to go the same way."""
    ends = expected[["expectation", "expectation_low", "expectation_high"]].to_numpy(np.float64)
    mean = share @ ends / share.sum()
    gap = Estimate(*np.array(experience)[:, np.newaxis]) - Estimate(*mean[:, np.newaxis])
    value, low, high = (float(end[0]) for end in gap.ends)
    return value, low, high


def _weakest(origins: pd.Series) -> str:
    return str(max(origins, key=list(ORIGINS).index))


def verdict_of(difference: tuple[float, float, float]) -> str:
    """Return what a difference with the ends of its range says: higher, lower or no_evidence."""
    if difference[1] > 0:
        return "higher"
    return "lower" if difference[2] < 0 else "no_evidence"
