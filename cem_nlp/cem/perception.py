"""The perception gap: what the company thinks of itself − what its customers say, per category.

The ratings of the departments are all there are, not a sample: they have no range of their own, and that of
the gap is the customers'.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.schemas import TABLES
from cem_nlp.vocabulary import ALL, CATEGORIES

COLUMNS: Final = tuple(name for name in TABLES["perception"].names if name != "run_id")

_CELL: Final = ["brand", "category"]
_ENDS: Final = ["experience", "experience_low", "experience_high"]


def perception_table(ratings: pd.DataFrame, experience: pd.DataFrame, own: Sequence[str]) -> pd.DataFrame:
    """Return the `perception` table of the schema, without `run_id`.

    `ratings` comes from `read_own_rating`; one without a brand holds for every brand of `own`, those of other
    brands are left out. `experience` comes from `customers_experience`, or from `survey_experience` where
    nothing but a survey is known. A row per brand, category and department, and one for all departments
    together: the mean of theirs. The verdict is 'higher' (the company
    rates itself higher than its customers do) or 'lower' where the range of the gap leaves 0 out, else
    'no_evidence', and 'unknown' where customers have no score.
    """
    silent = (
        ratings[ratings["brand"] == ALL]
        .drop(columns="brand")
        .merge(pd.DataFrame({"brand": [*own]}), how="cross")
    )
    spoken = ratings[ratings["brand"].isin([*own]) & (ratings["brand"] != ALL)]
    named = pd.concat([spoken, silent], ignore_index=True)
    whole = named.groupby(_CELL, as_index=False).agg(score=("score", "mean"), n_ratings=("score", "size"))
    alone = named[named["department"] != ALL].assign(n_ratings=1)
    rows = pd.concat([whole.assign(department=ALL), alone], ignore_index=True)
    customers = experience[[*_CELL, *_ENDS, "experience_from"]]
    table = rows.rename(columns={"score": "own_rating"}).merge(customers, how="left", on=_CELL)
    table["gap"] = table["own_rating"] - table["experience"]
    table["gap_low"] = table["own_rating"] - table["experience_high"]
    table["gap_high"] = table["own_rating"] - table["experience_low"]
    sure = np.where(table["gap_low"] > 0, "higher", np.where(table["gap_high"] < 0, "lower", "no_evidence"))
    table["verdict"] = np.where(table["gap_low"].isna() | table["gap_high"].isna(), "unknown", sure)
    order = table["category"].map({code: number for number, code in enumerate((ALL, *CATEGORIES))})
    one = table["department"] != ALL
    table = table.assign(order=order, one=one).sort_values(["brand", "order", "one", "department"])
    return table[list(COLUMNS)].reset_index(drop=True)


def customers_experience(gaps: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Return experience with range and origin per brand and category, 'all' among them.

    It is that of `gaps`, over all products and segments: the survey's where there is one, else the text's;
    for the whole that of `scores`.
    """
    widest = gaps[(gaps["product"] == ALL) & (gaps["segment"] == ALL)]
    total = scores[(scores["grain"] == "brand") & ~scores["suppressed"]]
    ends = {"low": "experience_low", "high": "experience_high"}
    total = total.rename(columns=ends).assign(category=ALL, experience_from="derived")
    columns = [*_CELL, *_ENDS, "experience_from"]
    return pd.concat([widest[columns], total[columns]], ignore_index=True)
