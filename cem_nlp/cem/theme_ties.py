"""What comments with a theme and comments without it have to do with satisfaction and repurchase.

Both sides are compared within a brand and a stratum (source, kind, and main category or overall polarity).
Strata weigh as Mantel and Haenszel have it, n₁n₂ / (n₁ + n₂), so that one where a side is silent has no
weight (see `scores.stratified`). A customer's comments count as one in the range, which takes the answers for
yes or no and is if anything too wide for ratings in between.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from cem_nlp.scores.differences import difference_of, score_of
from cem_nlp.scores.intervals import SCALE, Numbers

Flags: TypeAlias = npt.NDArray[np.bool_]
Integers: TypeAlias = npt.NDArray[np.int64]

RATED: Final = 0.5
"""Share of a brand's comments with a rating from which ratings stand for satisfaction, else polarity does."""

_SHARES: Final = {
    "positive": (1.0, 0.0, 0.0),
    "neutral": (0.0, 1.0, 0.0),
    "negative": (0.0, 0.0, 1.0),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is compared, comment by comment.

    `shares` is comments × (good, middling, bad), each row 1 in sum, NaN where nothing is known; `top` is the
    outcome's largest value; comments of one `stratum` are alike but for the theme.
    """

    shares: Numbers
    stratum: Integers
    top: float


@dataclass(frozen=True, slots=True)
class Ties:
    """Differences with − without a theme, one per brand: value, range, p-value, comments compared on either
    side, and how many of all those compared were good.
    """

    difference: tuple[Numbers, Numbers, Numbers]
    p_value: Numbers
    n_with: Integers
    n_without: Integers
    n_good: Numbers


def satisfaction_by(comments: pd.DataFrame) -> "pd.Series[str]":
    """Return per brand whether 'rating' or 'polarity' stands for satisfaction."""
    rated = comments["rating_scaled"].notna().groupby(comments["brand"]).mean()
    return pd.Series(np.where(rated >= RATED, "rating", "polarity"), rated.index, dtype="str")


def outcomes(comments: pd.DataFrame) -> dict[str, Outcome]:
    """Return satisfaction and repurchase of each comment.

    `comments` has brand, source, kind, main_category, polarity, intent and rating_scaled (0–10).
    """
    place = [comments[name] for name in ("brand", "source", "kind")]
    polarity = comments["polarity"].fillna("none")
    told = polarity.map(_SHARES)
    by_polarity = np.array([said if isinstance(said, tuple) else (np.nan,) * 3 for said in told]).reshape(
        -1, 3
    )
    rating = comments["rating_scaled"].to_numpy(np.float64) / SCALE
    by_rating = np.stack([rating, np.zeros_like(rating), 1 - rating], axis=-1)
    rated = (comments["brand"].map(satisfaction_by(comments)) == "rating").to_numpy()
    again = (comments["intent"] == "repurchase").to_numpy(np.float64)
    shares = np.where(rated[:, np.newaxis], by_rating, by_polarity)
    return {
        "satisfaction": Outcome(shares, _numbers([*place, comments["main_category"]]), SCALE),
        "repurchase": Outcome(
            np.stack([again, 0 * again, 1 - again], axis=-1), _numbers([*place, polarity]), 1.0
        ),
    }


def _numbers(keys: "list[pd.Series[str]]") -> Integers:
    frame = pd.concat(keys, axis=1)
    return np.asarray(frame.groupby(list(frame.columns), dropna=False).ngroup(), dtype=np.int64)


def ties_of(touched: Flags, outcome: Outcome, brand: Integers, customer: Integers, confidence: float) -> Ties:
    """Return the ties of one theme, one per number in `brand` (from 0); NaN where nothing can be compared.

    `touched` says which comments have the theme; `customer` numbers who wrote them.
    """
    known = ~np.isnan(outcome.shares[:, 0])
    stratum, shares = outcome.stratum[known], outcome.shares[known]
    side, brand_of, who = touched[known].astype(np.int64), brand[known], customer[known]
    n_brands, n_strata = int(brand.max(initial=-1)) + 1, int(outcome.stratum.max(initial=-1)) + 1
    n = np.stack([np.bincount(stratum[side == s], minlength=n_strata) for s in (0, 1)]).astype(np.float64)
    both = n.prod(axis=0)
    weight = np.divide(both, n.sum(axis=0), out=np.zeros(n_strata), where=both > 0)
    per_comment = np.divide(weight, n, out=np.zeros_like(n), where=both > 0)[side, stratum]
    compared = per_comment > 0
    sides = []
    for s in (1, 0):
        chosen = compared & (side == s)
        sides.append(_standing(per_comment[chosen], shares[chosen], brand_of[chosen], who[chosen], n_brands))
    with np.errstate(divide="ignore", invalid="ignore"):  # brands without a shared stratum have no tie
        touching, others = (score_of(mean, worth) for mean, worth in sides)
        found = difference_of(touching, others, confidence)
    good: Numbers = np.bincount(brand_of[compared], shares[compared, 0], n_brands).astype(np.float64)
    counts = [np.bincount(brand_of[compared & (side == s)], minlength=n_brands) for s in (1, 0)]
    value, low, high = (outcome.top / SCALE * part for part in found.difference)
    return Ties(
        (value, low, high), found.p_value, counts[0].astype(np.int64), counts[1].astype(np.int64), good
    )


def _standing(
    weight: Numbers, shares: Numbers, brand: Integers, customer: Integers, n_brands: int
) -> tuple[Numbers, Numbers]:
    """Return mean shares and the number of independent comments they rest on, one row per brand."""
    total = np.bincount(brand, weight, n_brands)
    sums = np.stack([np.bincount(brand, weight * column, n_brands) for column in shares.T], axis=-1)
    speakers = pd.DataFrame({"brand": brand, "customer": customer, "weight": weight})
    of_customer = speakers.groupby(["brand", "customer"], as_index=False)["weight"].sum()
    squares = np.bincount(of_customer["brand"], of_customer["weight"] ** 2, n_brands)
    with np.errstate(divide="ignore", invalid="ignore"):
        return sums / total[:, np.newaxis], total**2 / squares
