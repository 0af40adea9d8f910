"""What text says where the survey is silent: experience, expectation and importance of the own brands.

Experience is measured. Expectation and importance are first readings, marked 'derived', or 'assumed' where
the text holds too little. Frequency alone is not importance and is never passed off as such: how often a
category is mentioned enters none of these figures.
"""

from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import t

from cem_nlp.cem.figures import CELL, COLUMNS, NARROWER, widen
from cem_nlp.cem.ranges import ROUNDING
from cem_nlp.scores.intervals import net_score, net_score_range
from cem_nlp.vocabulary import ALL, POLARITIES, UNKNOWN

MINIMUM_COMMENTS: Final = 20
"""Rated comments that must praise a category, and as many that must blame it, before its importance is
derived: a convention; with twenty a side and ratings that vary by 3 points the range is about ±2 points."""

ASSUMED_IMPORTANCE: Final = 5.0
"""The middle of the scale, where no category of a brand has a derived importance; where some have, the others
are assumed to be their mean, so that what is not measured neither leads nor trails."""

ASSUMED_EXPECTATION: Final = 7.0
"""What the method's worked example states for each category whose expectation it gives."""

HINT_POINTS: Final = 1.0
"""Points by which expectation lies above the rivals' experience if every comment falls short of expectation,
and below it if every comment exceeds it: a convention."""

HINT_PRIOR: Final = 10
"""Comments without direction added to the hints, so that a few do not move the expectation: a convention."""

_OUTSIDE_THE_CELL: Final = ("period", "kind", "channel", "touchpoint")


def text_figures(
    scores: pd.DataFrame, feedback: pd.DataFrame, opinions: pd.DataFrame, comments: pd.DataFrame
) -> pd.DataFrame:
    """Return the table of figures (see `figures`) that the text gives for the own brands.

    All four tables follow their schemas. Every experience is `listed`, suppressed ones with a null value.
    """
    experience = experience_figures(scores)
    brands = widen(experience, ()).drop_duplicates(CELL)
    said = _said(feedback, opinions)
    expectation, importance = expectation_figures(scores, said, comments), importance_figures(said)
    widest = importance[(importance[["product", "segment"]] == ALL).all(axis=1)]
    usual = brands["brand"].map(widest.groupby("brand")["value"].mean()).fillna(ASSUMED_IMPORTANCE)
    rest = [
        expectation,
        _assumed("expectation", expectation, brands.assign(value=ASSUMED_EXPECTATION)),
        importance,
        _assumed("importance", importance, brands.assign(value=usual)),
    ]
    return pd.concat([experience, *rest], ignore_index=True)


def experience_figures(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the own brands' experience per category, with and without product and segment."""
    whole = (scores[list(_OUTSIDE_THE_CELL)] == ALL).all(axis=1)
    known = ~scores[["product", "segment"]].isin([UNKNOWN]).any(axis=1)
    own = scores[whole & known & scores["is_own"] & (scores["category"] != ALL)]
    figures = own.rename(columns={"experience": "value"})
    return figures.assign(measure="experience", origin="derived", listed=True)[COLUMNS]


def expectation_figures(scores: pd.DataFrame, said: pd.DataFrame, comments: pd.DataFrame) -> pd.DataFrame:
    """Return what the own brands' customers may expect per category, where rivals show it.

    The starting point is one of the method's six determinants, earlier experience with other companies: the
    score of all rivals' mentions together. Customers' own words shift it by at most `HINT_POINTS`: the
    balance of comments below and above expectation among those that mention the category. The range is that
    of the rivals' score, shifted; it does not cover the conventions.
    """
    rivals = _rivals(scores)
    hints = said[said["is_own"]].merge(comments[["feedback_id", "expectation"]].dropna(), on="feedback_id")
    balance = hints["expectation"].map({"below": 1.0, "met": 0.0, "above": -1.0}).astype("float64")
    by_category = (
        hints.assign(balance=balance).groupby(["brand", "category"])["balance"].agg(["sum", "count"])
    )
    shift = HINT_POINTS * by_category["sum"] / (by_category["count"] + HINT_PRIOR)
    own = said.loc[said["is_own"], ["brand", "category"]].drop_duplicates()
    figures = own.merge(rivals, on="category").merge(shift.rename("shift").reset_index(), how="left")
    for name in ("value", "low", "high"):
        figures[name] = (figures[name] + figures["shift"].fillna(0.0)).clip(0, 10)
    return figures.assign(product=ALL, segment=ALL, measure="expectation", origin="derived", listed=False)[
        COLUMNS
    ]


def importance_figures(said: pd.DataFrame) -> pd.DataFrame:
    """Return the impact of each category on the rating, for the own brands' products and segments.

    The mean rating (0–10) of comments that praise the category less that of comments that blame it, kept
    inside 0–10, with Welch's 95 % range; comments that do both alike say nothing. It takes
    `MINIMUM_COMMENTS` of each. Comments usually praise or blame several things at once, so that the figure
    tends to be high for all.
    """
    rated = said[said["is_own"] & said["rating_scaled"].notna() & (said["leaning"] != 0)]
    levels = pd.concat([widen(rated, named) for named in NARROWER], ignore_index=True)
    levels = levels[(levels[["product", "segment"]] != UNKNOWN).all(axis=1)]
    groups = levels.groupby([*CELL, "leaning"])["rating_scaled"].agg(["mean", "var", "count"])
    groups = groups[groups["count"] >= MINIMUM_COMMENTS].reset_index("leaning")
    praised, blamed = (groups[groups["leaning"] == side] for side in (1, -1))
    praised, blamed = praised.align(blamed, join="inner", axis=0)
    impact = praised["mean"] - blamed["mean"]
    half_width = _welch_half_width(praised, blamed)
    ends = {"low": impact - half_width, "high": impact + half_width}
    figures = pd.DataFrame({"value": impact, **ends}).clip(0, 10).reset_index()
    return figures.assign(measure="importance", origin="derived", listed=False)[COLUMNS]


def _said(feedback: pd.DataFrame, opinions: pd.DataFrame) -> pd.DataFrame:
    """Return one row per comment and category it mentions, near-duplicates left out.

    `leaning` is 1 where praise prevails, −1 where blame does, else 0.
    """
    kept = feedback.loc[
        feedback["duplicate_of"].isna(),
        ["feedback_id", "brand", "product", "segment", "is_own", "rating_scaled"],
    ]
    signs = opinions["polarity"].map({"positive": 1, "neutral": 0, "negative": -1}).astype("int64")
    balance = signs.groupby([opinions["feedback_id"], opinions["category"]]).sum()
    return balance.map(np.sign).rename("leaning").reset_index().merge(kept, on="feedback_id")


def _rivals(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the score of all rivals' mentions per category, with its range."""
    theirs = scores[(scores["grain"] == "brand×category") & ~scores["is_own"] & ~scores["suppressed"]]
    sums = theirs.groupby("category")[[*POLARITIES, "n_mentions", "effective_n"]].sum()
    independent = (sums["effective_n"] / sums["n_mentions"]).to_numpy(np.float64)
    positive, neutral, negative = (sums[name].to_numpy(np.float64) * independent for name in POLARITIES)
    low, high = net_score_range(positive, neutral, negative)
    value = net_score(positive, neutral, negative)
    return pd.DataFrame({"category": sums.index, "value": value, "low": low, "high": high})


def _assumed(measure: str, derived: pd.DataFrame, brands: pd.DataFrame) -> pd.DataFrame:
    """Return the value in `brands` for each brand × category that `derived` is silent about."""
    known = pd.MultiIndex.from_frame(brands[CELL]).isin(pd.MultiIndex.from_frame(derived[CELL]))
    unknown = {"low": np.nan, "high": np.nan, "listed": False}
    return brands[~known].assign(measure=measure, origin="assumed", **unknown)[COLUMNS]


def _welch_half_width(one: pd.DataFrame, other: pd.DataFrame) -> "pd.Series[float]":
    """Return half the width of the 95 % range of a difference of means (Welch 1947)."""
    a, b = (side["var"].clip(lower=ROUNDING**2) / side["count"] for side in (one, other))
    freedom = (a + b) ** 2 / (a**2 / (one["count"] - 1) + b**2 / (other["count"] - 1))
    return (a + b) ** 0.5 * t.ppf(0.975, freedom)
