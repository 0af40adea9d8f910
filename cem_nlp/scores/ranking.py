"""Where an own brand stands among its rivals, and how far chance could move it."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.config import Scores
from cem_nlp.scores.aggregate import grain_name
from cem_nlp.scores.cells import HALF_POINTS
from cem_nlp.scores.intervals import Numbers
from cem_nlp.scores.resampling import replicate_counts
from cem_nlp.scores.stratified import STRATA, mantel_haenszel_weights
from cem_nlp.vocabulary import ALL, POLARITIES

RANKED: Final[tuple[tuple[str, ...], ...]] = ((), ("category",))
"""Grains in which brands are ranked: what a reader keeps in mind."""

REPLICATES: Final = 400
"""Draws of all customers: enough for the ends of a range of whole numbers."""

_NOISE: Final = 1e-9
"""What the last digits of equal scores may differ by."""

_POINTS: Final = np.array([HALF_POINTS[name] for name in POLARITIES], dtype=np.float64)


def add_ranks(
    table: pd.DataFrame, mentions: pd.DataFrame, scores: Scores, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the table of `comparison.compare_brands` with the ranks of the rows against the industry.

    An own brand's rank in a cell is 1 + the rivals above it, by the stratified differences of that cell;
    suppressed rivals are not ranked, and without any there is no rank. Its range holds the central
    `scores.confidence` of the ranks found when all customers are drawn again.
    """
    ranked = table["grain"].isin([grain_name(grain) for grain in RANKED])
    found = {
        row: _ranked(cell[cell["rival"] != ALL], mentions, scores.confidence, rng)
        for _, cell in table[ranked].groupby(["brand", "category"], sort=True)
        for row in cell.index[cell["rival"] == ALL]
    }
    ranks = pd.DataFrame.from_dict(
        {row: rank for row, rank in found.items() if rank is not None}, orient="index", dtype="Int32"
    )
    return table.assign(**ranks.reindex(table.index).astype("Int32")) if len(ranks) else table


def _ranked(
    rows: pd.DataFrame, mentions: pd.DataFrame, confidence: float, rng: np.random.Generator
) -> Mapping[str, int] | None:
    """Return the rank of an own brand in one cell with its range, None without rivals to rank it among.

    `rows` are its comparisons with single rivals in that cell.
    """
    rows = rows[rows["verdict"] != "suppressed"]
    if rows.empty:
        return None
    own, category, rivals = rows["brand"].iloc[0], rows["category"].iloc[0], list(rows["rival"])
    of_cell = mentions["brand"].isin([own, *rivals])
    if category != ALL:
        of_cell &= mentions["category"] == category
    rank = 1 + int((rows["difference"] < -_NOISE).sum())
    drawn = 1 + (_differences(mentions[of_cell], own, rivals, rng) < -_NOISE).sum(axis=1)
    tail = (1 - confidence) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], method="nearest")
    best, worst = min(rank, int(low)), max(rank, int(high))
    return {"rank": rank, "rank_low": best, "rank_high": worst, "n_ranked": 1 + len(rivals)}


def _differences(
    mentions: pd.DataFrame, own: str, rivals: Sequence[str], rng: np.random.Generator
) -> Numbers:
    """Return own − rival when customers are drawn again, in half points: replicates × rivals."""
    cells, counts = replicate_counts(mentions, ("brand", *STRATA), REPLICATES, rng)
    stratum = cells.groupby(list(STRATA), observed=True).ngroup().to_numpy()
    drawn = {}
    for brand in (own, *rivals):
        of_brand = (cells["brand"] == brand).to_numpy()
        drawn[brand] = np.zeros((REPLICATES, stratum.max() + 1, len(POLARITIES)))
        drawn[brand][:, stratum[of_brand]] = counts[:, of_brand]
    return np.stack([_difference(drawn[own], drawn[rival]) for rival in rivals], axis=-1)


def _difference(own: Numbers, rival: Numbers) -> Numbers:
    n_own, n_rival = own.sum(axis=-1), rival.sum(axis=-1)
    weight = mantel_haenszel_weights(n_own, n_rival)
    apart = np.zeros_like(n_own)
    for sign, counts, n in ((1, own, n_own), (-1, rival, n_rival)):
        apart += sign * np.divide(counts @ _POINTS, n, out=np.zeros_like(n), where=n > 0)
    found: Numbers = (weight * apart).sum(axis=-1)
    return found
