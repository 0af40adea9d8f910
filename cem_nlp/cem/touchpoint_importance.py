"""What each touchpoint is worth to behaviour: how far the rating moves with what is said of it."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.scores.cells import Integers
from cem_nlp.scores.drivers import COMMENTS_PER_EFFECT, MINIMUM_VOICES
from cem_nlp.scores.intervals import Numbers
from cem_nlp.scores.regression import effects, fit
from cem_nlp.vocabulary import ALL

COLUMNS: Final = ("brand", "product", "touchpoint", "value", "low", "high")


def importance_of_touchpoints(
    feedback: pd.DataFrame, opinions: pd.DataFrame, brands: Sequence[str]
) -> pd.DataFrame:
    """Return `COLUMNS`: the impact of each touchpoint on the rating, for `brands` with and without products.

    As `scores.drivers` does for categories: the rating (0–10) of every rated comment is explained by which
    touchpoints it praises and which it blames, all at once, so that a touchpoint does not borrow another's
    weight; the impact is the distance from blame to praise, kept inside 0–10. It takes `MINIMUM_VOICES`
    customers on either side; a touchpoint without has no row. Comments without a rating say nothing.
    """
    rated = feedback[
        feedback["duplicate_of"].isna()
        & feedback["rating_scaled"].notna()
        & feedback["brand"].isin(list(brands))
    ]
    signs = opinions["polarity"].map({"positive": 1, "neutral": 0, "negative": -1}).astype("int64")
    said = signs.groupby([opinions["feedback_id"], opinions["touchpoint"]]).sum().map(np.sign)
    leanings = said.unstack(fill_value=0)
    rows = rated.merge(leanings, left_on="feedback_id", right_index=True)
    touchpoints = list(leanings.columns)
    parts = [pd.DataFrame(columns=list(COLUMNS))]
    for grain in (["brand"], ["brand", "product"]):
        for cell, part in rows.groupby(grain, observed=True):
            brand, product = (*map(str, cell), ALL)[:2]
            parts.append(_impacts(part, touchpoints).assign(brand=brand, product=product))
    return pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)[list(COLUMNS)]


def no_importance() -> pd.DataFrame:
    """Return `COLUMNS` without rows: no rating tells anything."""
    numbers = {"value": "float64", "low": "float64", "high": "float64"}
    return pd.DataFrame(columns=list(COLUMNS)).astype(dict.fromkeys(COLUMNS, "str") | numbers)


def _impacts(rows: pd.DataFrame, touchpoints: Sequence[str]) -> pd.DataFrame:
    """Return the impacts that one brand's or product's comments can tell."""
    leaning = rows[list(touchpoints)].to_numpy()
    customer = np.asarray(pd.factorize(rows["customer_key"].fillna(rows["feedback_id"]))[0], dtype=np.int64)
    praise, blame = (leaning > 0).astype(np.float64), (leaning < 0).astype(np.float64)
    dummies = np.concatenate([praise, blame], axis=1)
    occurring = int((dummies.sum(axis=0) > 0).sum())
    voices = np.minimum(_voices(praise, customer), _voices(blame, customer))
    enough = np.flatnonzero(voices >= MINIMUM_VOICES)
    if not len(enough) or len(rows) < COMMENTS_PER_EFFECT * occurring:
        return pd.DataFrame()
    design = np.concatenate([np.ones((len(rows), 1)), dummies], axis=1)
    found = fit(design, rows["rating_scaled"].to_numpy(np.float64), customer)
    contrast = np.zeros((len(enough), design.shape[1]))
    contrast[np.arange(len(enough)), 1 + enough] = 1
    contrast[np.arange(len(enough)), 1 + len(touchpoints) + enough] = -1
    told = effects(found, contrast, voices[enough] - 1)
    names = [touchpoints[int(number)] for number in enough]
    ends = {"value": told.value, "low": told.low, "high": told.high}
    return pd.DataFrame({"touchpoint": names, **{k: np.clip(v, 0, 10) for k, v in ends.items()}}).dropna()


def _voices(dummies: Numbers, customer: Integers) -> Numbers:
    """Return how many customers stand behind each column of `dummies`."""
    row, column = np.nonzero(dummies)
    pairs = np.unique(np.stack([column, customer[row]], axis=1), axis=0)
    return np.bincount(pairs[:, 0], minlength=dummies.shape[1]).astype(np.float64)
