"""Step 1, the brand value: why customers choose this company.

Supporters are customers who mean to recommend or to buy again, or who rate `PROMOTER` or more. What they
praise is held against what the brand's other customers praise, among those who praise anything at all:
supporters praise more of everything, which by itself says nothing about what they came for.
"""

from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.ranges import Estimate
from cem_nlp.schemas import TABLES
from cem_nlp.scores.intervals import share_range
from cem_nlp.vocabulary import ALL, CATEGORIES

SUPPORTING: Final = ("recommend", "repurchase")
"""Intents of those who choose the company again or send others."""

PROMOTER: Final = 9.0
"""The rating on 0–10 from which the Net Promoter Score counts a promoter (Reichheld 2003, "The one number you
need to grow")."""

COLUMNS: Final = tuple(name for name in TABLES["brand_value"].names if name != "run_id")
_PRAISED: Final = ["brand", "category", "topic"]


def brand_value_table(
    feedback: pd.DataFrame, opinions: pd.DataFrame, comments: pd.DataFrame, minimum_customers: int
) -> pd.DataFrame:
    """Return the `brand_value` table of the schema, without `run_id`.

    The three tables follow their schemas; near-duplicates do not count. A customer counts once, however much
    he writes; a comment without a customer is a customer of its own. Shares have Jeffreys' 95 % range, their
    difference one made of both (module `ranges`). A side with fewer than `minimum_customers` has no share.
    """
    said = _voices(feedback, comments)
    praise = opinions.loc[opinions["polarity"] == "positive", ["feedback_id", "category", "topic"]]
    praise = praise.merge(said[["feedback_id", "brand", "customer", "supporter"]], on="feedback_id")
    named = pd.concat([praise.assign(topic=ALL), praise.dropna(subset="topic")], ignore_index=True)
    named = named.drop_duplicates(["brand", "customer", "category", "topic"])
    who = praise.drop_duplicates(["brand", "customer"]).groupby(["brand", "supporter"]).size()
    counts = named.groupby([*_PRAISED, "supporter"]).size().unstack("supporter", fill_value=0)
    counts = counts.reindex(columns=[True, False], fill_value=0)
    table = counts.set_axis(["supporters", "others"], axis=1).reset_index()
    for side, is_supporter in (("supporters", True), ("others", False)):
        of_side = who[who.index.get_level_values("supporter") == is_supporter].droplevel("supporter")
        table[f"n_{side}"] = table["brand"].map(of_side).fillna(0).astype("int64")
    shares = [_share(table, side, minimum_customers) for side in ("supporters", "others")]
    for name, estimate in zip(
        ("share_supporters", "share_others", "difference"), [*shares, shares[0] - shares[1]], strict=True
    ):
        table[name], table[f"{name}_low"], table[f"{name}_high"] = estimate.ends
    own = set(feedback.loc[feedback["is_own"], "brand"])
    number = table["category"].map({code: number for number, code in enumerate(CATEGORIES)})
    table = table.assign(is_own=table["brand"].isin(own), number=number, rest=table["topic"] != ALL)
    table["fewer"] = -table["supporters"]
    order = table.sort_values(["brand", "number", "rest", "fewer", "topic"])
    return order[list(COLUMNS)].reset_index(drop=True)


def _voices(feedback: pd.DataFrame, comments: pd.DataFrame) -> pd.DataFrame:
    """Return the comments that count, each with its `customer` and whether that one is a `supporter`."""
    kept = feedback[feedback["duplicate_of"].isna()].merge(
        comments[["feedback_id", "intent"]], on="feedback_id", how="left"
    )
    kept["customer"] = kept["customer_key"].astype("str").fillna(kept["feedback_id"])
    supports = kept["intent"].isin(SUPPORTING) | (kept["rating_scaled"] >= PROMOTER)
    kept["supporter"] = supports.groupby([kept["brand"], kept["customer"]]).transform("any")
    return kept


def _share(table: pd.DataFrame, side: str, minimum_customers: int) -> Estimate:
    part, whole = (table[name].to_numpy(np.float64) for name in (side, f"n_{side}"))
    enough = whole >= max(minimum_customers, 1)
    share = np.divide(part, whole, out=np.full_like(part, np.nan), where=enough)
    low, high = share_range(part, whole)
    return Estimate(share, np.where(enough, low, np.nan), np.where(enough, high, np.nan))
