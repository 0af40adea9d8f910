"""What text says where the survey is silent: experience, expectation and importance of the own brands.

Experience is measured. Expectation and importance are worked out from the tables `expectations` and `drivers`
and marked 'derived', or 'assumed' where these hold too little. Frequency alone is not importance and is never
passed off as such: how often a category is mentioned enters none of these figures.
"""

from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.figures import CELL, COLUMNS, widen
from cem_nlp.vocabulary import ALL, UNKNOWN

ASSUMED_IMPORTANCE: Final = 5.0
"""The middle of the scale, where no category of a brand has a derived importance; where some have, the others
are assumed to be their mean, so that what is not measured neither leads nor trails."""

ASSUMED_EXPECTATION: Final = 7.0
"""What the method's worked example states for each category whose expectation it gives."""

_OUTSIDE_THE_CELL: Final = ("period", "kind", "channel", "touchpoint")


def text_figures(scores: pd.DataFrame, drivers: pd.DataFrame, expectations: pd.DataFrame) -> pd.DataFrame:
    """Return the table of figures (see `figures`) that the text gives for the own brands.

    All three tables follow their schemas. Every experience is `listed`, suppressed ones with a null value.
    """
    experience = experience_figures(scores)
    brands = widen(experience, ()).drop_duplicates(CELL)
    expectation, importance = expectation_figures(expectations), importance_figures(drivers)
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


def expectation_figures(expectations: pd.DataFrame) -> pd.DataFrame:
    """Return the own brands' expectation per category, where enough of its determinants are known."""
    known = expectations[(expectations["determinant"] == ALL) & expectations["value"].notna()]
    figures = known.rename(columns={"value_low": "low", "value_high": "high"})
    whole = figures.assign(product=ALL, segment=ALL)
    return whole.assign(measure="expectation", origin="derived", listed=False)[COLUMNS]


def importance_figures(drivers: pd.DataFrame) -> pd.DataFrame:
    """Return the impact of each category on the rating, for the own brands' products and segments."""
    known = drivers[drivers["is_own"] & drivers["importance"].notna()]
    names = {"importance": "value", "importance_low": "low", "importance_high": "high"}
    figures = known.rename(columns=names)
    return figures.assign(measure="importance", origin="derived", listed=False)[COLUMNS]


def _assumed(measure: str, derived: pd.DataFrame, brands: pd.DataFrame) -> pd.DataFrame:
    """Return the value in `brands` for each brand × category that `derived` is silent about."""
    known = pd.MultiIndex.from_frame(brands[CELL]).isin(pd.MultiIndex.from_frame(derived[CELL]))
    unknown = {"low": np.nan, "high": np.nan, "listed": False}
    return brands[~known].assign(measure=measure, origin="assumed", **unknown)[COLUMNS]
