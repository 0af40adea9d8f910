"""The `scores` table: opinions counted at every grain, scored, shrunk and given a range."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.config import Scores
from cem_nlp.schemas import TABLES
from cem_nlp.scores.cells import correlation_within_customers, count_cells, effective_mentions, mentions_of
from cem_nlp.scores.intervals import Numbers, net_score, net_score_range
from cem_nlp.scores.shrinkage import prior_counts
from cem_nlp.vocabulary import ALL, POLARITIES

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


_COUNTS: Final = list(POLARITIES)
_RELATIVES: Final = [grain_name(grain) for grain in GRAINS if {"brand", "category"}.issuperset(grain)]
"""Grains whose rows other cells lean on."""


def score_table(feedback: pd.DataFrame, opinions: pd.DataFrame, settings: Scores) -> pd.DataFrame:
    """Return the `scores` table of the schema, without `run_id`: every cell that occurs, at each of `GRAINS`.

    `feedback` and `opinions` follow their schemas. Near-duplicates do not count, and a category nobody
    mentions has no row. Experience is 10 × (positive + neutral / 2) / mentions after shrinkage by
    `prior_mentions` (module `shrinkage`), so that with 0 it is the raw score. Its range is two-sided at
    `confidence`, rests on the independent mentions `effective_n` (module `cells`) and always holds it.
    Cells below `minimum_mentions` keep their counts but no score. `experience_corrected` is null: it needs a
    measured confusion of the classifier.
    """
    mentions = mentions_of(feedback, opinions)
    overall = correlation_within_customers(count_cells(mentions, ("brand",)))
    by_category = correlation_within_customers(count_cells(mentions, ("brand", "category")))
    cells = pd.concat(
        [_cells(mentions, grain, by_category if "category" in grain else overall) for grain in GRAINS],
        ignore_index=True,
    )
    own = set(feedback.loc[feedback["is_own"], "brand"])
    cells["is_own"] = cells["brand"].isin(own)
    scored = _add_scores(cells, settings)
    return scored[list(COLUMNS)].astype(_dtypes())


def _cells(mentions: pd.DataFrame, grain: tuple[str, ...], correlation: float) -> pd.DataFrame:
    """Count one grain and fill the dimensions it leaves out."""
    cells = count_cells(mentions, grain)
    cells["effective_n"] = effective_mentions(cells, correlation)
    cells = cells.rename(columns={"month": "period", "week": "period"})
    absent = {name: ALL for name in DIMENSIONS if name not in cells}
    return cells.assign(**absent, grain=grain_name(grain)).astype(dict.fromkeys(DIMENSIONS, "str"))


def _add_scores(cells: pd.DataFrame, settings: Scores) -> pd.DataFrame:
    suppressed = cells["n_mentions"] < settings.minimum_mentions
    shown = cells[~suppressed]
    counts = shown[_COUNTS].to_numpy(np.float64)
    brand = _counts_of(cells, shown["brand"], shown["category"])
    everyone = _counts_of(cells, pd.Series(ALL, index=shown.index), shown["category"])
    # A row for all brands is its own brand and its own everyone: nothing near, nothing far, no shrinkage.
    shrunk = counts + prior_counts(brand - counts, everyone - brand, settings.prior_mentions)
    independent = (shown["effective_n"] / shown["n_mentions"]).to_numpy()[:, np.newaxis]
    positive, neutral, negative = (shrunk * independent).T
    low, high = net_score_range(positive, neutral, negative, settings.confidence)
    experience = net_score(*shrunk.T)
    # The same score from discounted counts differs in its last digit: the range must hold this one.
    measures = {"experience": experience, "low": np.fmin(low, experience), "high": np.fmax(high, experience)}
    scores = pd.DataFrame(measures, index=shown.index).reindex(cells.index)
    return cells.assign(**scores, experience_corrected=np.nan, suppressed=suppressed)


def _counts_of(cells: pd.DataFrame, brand: pd.Series, category: pd.Series) -> Numbers:
    """Return the counts of `brand` in `category`, over all other dimensions, one row per cell."""
    totals = cells[cells["grain"].isin(_RELATIVES)].set_index(["brand", "category"])[_COUNTS]
    return totals.reindex(pd.MultiIndex.from_arrays([brand, category])).to_numpy(np.float64)


def _dtypes() -> dict[str, str]:
    names = {"string": "str", "double": "float64", "bool": "bool", "int64": "int64"}
    return {name: names[str(TABLES["scores"].field(name).type)] for name in COLUMNS}
