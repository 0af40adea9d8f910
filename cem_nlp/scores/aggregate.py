"""The `scores` table: opinions counted at every grain, scored, shrunk and given a range."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.config import Scores
from cem_nlp.schemas import TABLES
from cem_nlp.scores.cells import correlation_within_customers, count_cells, effective_mentions, mentions_of
from cem_nlp.scores.intervals import Numbers, net_score, net_score_range
from cem_nlp.scores.mix import blend, count_strata, strata_of
from cem_nlp.scores.shrinkage import prior_counts
from cem_nlp.vocabulary import ALL

GRAINS: Final[tuple[tuple[str, ...], ...]] = (
    (),
    ("category",),
    ("brand",),
    ("brand", "category"),
    ("brand", "touchpoint"),
    ("brand", "touchpoint", "category"),
    ("brand", "product"),
    ("brand", "product", "category"),
    ("brand", "kind"),
    ("brand", "kind", "category"),
    ("brand", "channel", "category"),
    ("brand", "category", "segment"),
    ("brand", "product", "category", "segment"),
    ("month", "brand"),
    ("month", "brand", "category"),
    ("week", "brand"),
    ("week", "brand", "category"),
    ("month", "brand", "product", "kind", "channel", "touchpoint", "category", "segment"),
)
"""Every grain of the table, its dimensions in the order of the columns; `month` and `week` fill `period`."""

DIMENSIONS: Final = ("period", "brand", "product", "kind", "channel", "touchpoint", "category", "segment")
COLUMNS: Final = tuple(name for name in TABLES["scores"].names if name != "run_id")


def grain_name(grain: Sequence[str]) -> str:
    """Return what the column `grain` says: the dimensions joined by ×, `total` for none."""
    return "×".join(grain) or "total"


_RELATIVES: Final = [grain_name(grain) for grain in GRAINS if {"brand", "category"}.issuperset(grain)]
"""Grains whose rows other cells lean on."""


def score_table(feedback: pd.DataFrame, opinions: pd.DataFrame, settings: Scores) -> pd.DataFrame:
    """Return the `scores` table of the schema, without `run_id`: every cell that occurs, at each of `GRAINS`.

    `feedback` and `opinions` follow their schemas. Near-duplicates do not count, and a category nobody
    mentions has no row. Experience is 10 × (positive + neutral / 2) / mentions, put together in the
    configured mix (module `mix`) and shrunk by `prior_mentions` (module `shrinkage`), so that without a mix
    and with 0 it is the raw score. Its range is two-sided at `confidence`, rests on the independent mentions
    `effective_n` (modules `cells` and `mix`: one factor for dependence, one for weights) and always holds it.
    Cells with fewer than `minimum_mentions` in the mix keep their counts but no score. Nothing is corrected
    for classifier error yet: that is up to `correction.correct`.
    """
    mentions = mentions_of(feedback, opinions)
    strata = strata_of(feedback[feedback["duplicate_of"].isna()], settings.mix)
    overall = correlation_within_customers(count_cells(mentions, ("brand",)))
    by_category = correlation_within_customers(count_cells(mentions, ("brand", "category")))
    cells = pd.concat(
        [_cells(mentions, grain, by_category if "category" in grain else overall) for grain in GRAINS],
        ignore_index=True,
    )
    cells[list(DIMENSIONS)] = cells[list(DIMENSIONS)].astype("str").fillna(ALL)
    counts = np.concatenate([count_strata(mentions, grain, strata) for grain in GRAINS])
    own = set(feedback.loc[feedback["is_own"], "brand"])
    cells["is_own"] = cells["brand"].isin(own)
    scored = _add_scores(cells, counts, strata.shares, settings)
    return scored[list(COLUMNS)].astype(_dtypes())


def _cells(mentions: pd.DataFrame, grain: tuple[str, ...], correlation: float) -> pd.DataFrame:
    """Count one grain; its months or weeks fill `period`."""
    cells = count_cells(mentions, grain)
    cells["independent"] = effective_mentions(cells, correlation) / cells["n_mentions"]
    cells["grain"] = grain_name(grain)
    return cells.rename(columns={"month": "period", "week": "period"})


def _add_scores(cells: pd.DataFrame, counts: Numbers, shares: Numbers, settings: Scores) -> pd.DataFrame:
    """Score cells from `counts` of cells × strata × polarities in a mix with these `shares`."""
    suppressed = counts.sum(axis=(1, 2)) < settings.minimum_mentions
    blended = blend(counts, shares)
    independent = cells["independent"].to_numpy()
    shrunk = _shrunk(cells, counts, blended.counts, shares, settings.prior_mentions)
    positive, neutral, negative = (shrunk * independent[:, np.newaxis]).T
    low, high = net_score_range(positive, neutral, negative, settings.confidence)
    experience = net_score(*shrunk.T)
    # The same score from discounted counts differs in its last digit: the range must hold this one.
    scores = {"experience": experience, "low": np.fmin(low, experience), "high": np.fmax(high, experience)}
    scores = {name: np.where(suppressed, np.nan, values) for name, values in scores.items()}
    return cells.assign(
        **scores,
        **dict.fromkeys(("experience_corrected", "corrected_low", "corrected_high"), np.nan),
        correction="no_confusion",
        effective_n=blended.counts.sum(axis=1) * independent,
        mix_covered=np.nan if settings.mix is None else blended.covered,
        suppressed=suppressed,
    )


def _shrunk(
    cells: pd.DataFrame, counts: Numbers, blended: Numbers, shares: Numbers, prior_mentions: float
) -> Numbers:
    """Return blended counts with what the cells' relatives add, put together in the same mix."""
    brand = _relatives(cells, counts, cells["brand"])
    # A row for all brands is its own brand and its own everyone: nothing near, nothing far, no shrinkage.
    everyone = _relatives(cells, counts, pd.Series(ALL, index=cells.index))
    near, far = (blend(rest, shares).counts for rest in (brand - counts, everyone - brand))
    return blended + prior_counts(near, far, prior_mentions)


def _relatives(cells: pd.DataFrame, counts: Numbers, brand: pd.Series) -> Numbers:
    """Return the counts of `brand` in each cell's category, over all other dimensions."""
    totals = np.flatnonzero(cells["grain"].isin(_RELATIVES))
    known = pd.MultiIndex.from_frame(cells.loc[totals, ["brand", "category"]])
    place = known.get_indexer(pd.MultiIndex.from_arrays([brand, cells["category"]]))
    return counts[totals[place]]


def _dtypes() -> dict[str, str]:
    names = {"string": "str", "double": "float64", "bool": "bool", "int64": "int64"}
    return {name: names[str(TABLES["scores"].field(name).type)] for name in COLUMNS}
