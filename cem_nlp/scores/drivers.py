"""What moves the rating: the table `drivers`, from comments that carry a rating.

Each comment with an opinion is a row of a regression of its rating (0–10) on twelve dummies: does it praise
the category, does it blame it (Brandt's penalty–reward contrast, see `kano`). What praise adds is the
reward, what blame adds the penalty, and their distance the impact: the points by which the rating moves
from blame to praise with all else alike (the range of impact of Mikulić and Prebežac 2008, "Prioritizing
improvement of service attributes using impact range-performance analysis and impact-asymmetry analysis").

Importance is the impact, kept inside 0–10. Its ends mean what they mean in a survey: 0 plays no part, 10
decides alone between the worst and the best rating. How often a category is mentioned moves neither end,
only the width of the range. The Shapley shares (`shapley`) are shown beside it: how much of the differences
between ratings a category explains, which does grow with mentions and therefore is not importance.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from cem_nlp.schemas import TABLES
from cem_nlp.scores.cells import Integers
from cem_nlp.scores.intervals import SCALE, Numbers
from cem_nlp.scores.kano import TWICE, Contrast, Range, kano_type
from cem_nlp.scores.regression import Fit, effects, fit, fit_order
from cem_nlp.scores.shapley import moments, replicate_moments, shapley_shares
from cem_nlp.vocabulary import ALL, CATEGORIES, UNKNOWN

MINIMUM_VOICES: Final = 20
"""Customers who must praise a category, and as many who must blame it, before its importance is derived: a
convention; with twenty a side and ratings that vary by 3 points the range is about ±2 points."""

COMMENTS_PER_EFFECT: Final = 10
"""Rated comments for each dummy that occurs: the usual rule of thumb (Harrell 2015, "Regression modeling
strategies", section 4.4, asks for 10 to 20)."""

REPLICATES: Final = 200
"""Replicates behind the range of a Shapley share: its ends then vary by a tenth of its width."""

REASONS: Final = ("no_ratings", "few_ratings", "same_rating", "few_praised", "few_blamed", "inseparable")
"""Why a category has no importance: no rated comment; fewer than `COMMENTS_PER_EFFECT` a dummy, or than
`MINIMUM_VOICES` customers; all ratings the same; fewer than `MINIMUM_VOICES` on a side; praise or blame that
always comes together with another's."""

_CELL: Final = ("brand", "product", "segment")
_N: Final = len(CATEGORIES)
_GROUPS: Final = tuple((number, _N + number) for number in range(_N))
"""Columns of each category among the dummies: praise of the six, then blame of the six."""
_CONTRASTS: Final = np.array([[1, 0], [0, 1], [1, 1], [1, -1], [TWICE, 1], [-1, -TWICE]])
"""The fields of `Contrast` as combinations of praise and blame."""


def driver_table(
    feedback: pd.DataFrame, opinions: pd.DataFrame, rng: np.random.Generator, n_replicates: int = REPLICATES
) -> pd.DataFrame:
    """Return the `drivers` table of the schema, without `run_id`.

    `feedback` and `opinions` follow their schemas; near-duplicates do not count. Every brand has six rows,
    with a `reason` where no figure can be given. Own brands' products and segments have six where one of
    the six has an importance; there the Shapley shares are null. Ranges rest on customers, unknown ones
    being their comment each.
    """
    comments = _comments(feedback, opinions)
    rows: list[dict[str, Any]] = []
    for brand, said in comments.groupby("brand", sort=True):
        rows += _with_shares(_drivers(said, (str(brand), ALL, ALL)), said, rng, n_replicates)
    own = comments[comments["is_own"]]
    for named in (("product",), ("segment",), ("product", "segment")):
        for key, said in own.groupby(["brand", *named], sort=True):
            cell = dict(zip(("brand", *named), key, strict=True))
            found = _drivers(said, tuple(str(cell.get(name, ALL)) for name in _CELL))
            if UNKNOWN not in cell.values() and any(row["reason"] is None for row in found):
                rows += found
    names = [name for name in TABLES["drivers"].names if name != "run_id"]
    return pd.DataFrame(rows, columns=names)


def _comments(feedback: pd.DataFrame, opinions: pd.DataFrame) -> pd.DataFrame:
    """Return the comments with an opinion, one row each in an order of their own, and their dummies."""
    known = feedback["duplicate_of"].isna() & (feedback["brand"] != UNKNOWN)
    kept = feedback.loc[known, [*_CELL, "is_own", "customer_key", "feedback_id", "rating_scaled"]]
    row = pd.Index(kept["feedback_id"]).get_indexer(pd.Index(opinions["feedback_id"]))
    said = row >= 0
    column = pd.Index(list(CATEGORIES)).get_indexer(pd.Index(opinions["category"]))
    dummies = np.zeros((len(kept), 2 * _N), dtype=np.bool_)
    for side, polarity in enumerate(("positive", "negative")):
        meant = said & (opinions["polarity"] == polarity).to_numpy()
        dummies[row[meant], column[meant] + side * _N] = True
    spoken = np.zeros(len(kept), dtype=np.bool_)
    spoken[row[said]] = True
    customer = kept["customer_key"].astype("str").fillna(kept["feedback_id"])
    table = kept.assign(customer=customer, **{f"dummy{n}": dummies[:, n] for n in range(2 * _N)})
    return table[spoken].sort_values(["brand", "customer", "feedback_id"], kind="stable", ignore_index=True)


def _drivers(said: pd.DataFrame, cell: Sequence[str]) -> list[dict[str, Any]]:
    """Return the six rows of one brand, product and segment, without Shapley shares."""
    rated = _rated(said)
    rating, dummies, customer = _arrays(rated)
    voices = np.array([len(np.unique(customer[praised])) for praised in dummies.T])
    reason = _why_none(rating, dummies, customer)
    common = dict(zip(_CELL, cell, strict=True)) | {"is_own": bool(said["is_own"].iloc[0]), "n": len(rated)}
    fits = None if reason else _fit(rating, dummies, customer)
    return [
        common
        | {"category": name, "n_praised": voices[number], "n_blamed": voices[_N + number]}
        | (_nothing(reason) if fits is None else _category(number, fits, voices))
        for number, name in enumerate(CATEGORIES)
    ]


def _rated(said: pd.DataFrame) -> pd.DataFrame:
    return said[said["rating_scaled"].notna()]


def _arrays(rated: pd.DataFrame) -> tuple[Numbers, npt.NDArray[np.bool_], Integers]:
    """Return ratings, dummies and the numbers of the customers, in the order of the rows."""
    dummies = rated[[f"dummy{number}" for number in range(2 * _N)]].to_numpy(np.bool_)
    customer = pd.factorize(rated["customer"])[0].astype(np.int64)
    return rated["rating_scaled"].to_numpy(np.float64), dummies, customer


def _why_none(rating: Numbers, dummies: npt.NDArray[np.bool_], customer: Integers) -> str | None:
    """Return why no category can have a figure, None where nothing stands against it."""
    if not len(rating):
        return "no_ratings"
    few = len(rating) < COMMENTS_PER_EFFECT * dummies.any(axis=0).sum()
    if few or len(np.unique(customer)) < MINIMUM_VOICES:
        return "few_ratings"
    return "same_rating" if np.ptp(rating) == 0 else None


def _nothing(reason: str | None) -> dict[str, Any]:
    return {"reason": reason, "kano_reason": reason}


def _fit(rating: Numbers, dummies: npt.NDArray[np.bool_], customer: Integers) -> tuple[Fit, Fit]:
    """Return the regression of the rating's points, and that of its order."""
    design = np.column_stack([np.ones(len(rating)), dummies])
    return fit(design, rating, customer), fit_order(design, rating, customer)


def _category(number: int, fits: tuple[Fit, Fit], voices: Integers) -> dict[str, Any]:
    """Return reward, penalty, asymmetry, type and importance of one category, as far as they are known."""
    columns = list(_GROUPS[number])
    thin = voices[columns] < MINIMUM_VOICES
    points, order = (_contrast(fitted, columns, voices) for fitted in fits)
    reason = _why_no_importance(thin, points.impact)
    found: dict[str, Any] = {"reason": reason}
    for name in ("reward", "penalty", "asymmetry"):
        found |= _columns(name, getattr(points, name))
    if reason is None:
        found |= _columns("importance", points.impact.inside(0, SCALE))
    if np.isnan(points.asymmetry.value):
        return found | {"kano_reason": reason or "inseparable"}
    kind, why = kano_type(points, order)
    return found | {"kano": kind, "kano_reason": why}


def _contrast(fitted: Fit, columns: list[int], voices: Integers) -> Contrast:
    """Return a category's contrast, its t ranges as wide as the thinner side's customers demand; NaN where a
    side it needs has too few.
    """
    combinations = np.zeros((len(_CONTRASTS), len(fitted.coefficients)))
    combinations[:, [1 + column for column in columns]] = _CONTRASTS
    fewest = np.where(_CONTRASTS != 0, voices[columns], np.inf).min(axis=1)
    told = effects(fitted, combinations, np.maximum(fewest - 1, 1))
    ends = np.where(fewest < MINIMUM_VOICES, np.nan, [told.value, told.low, told.high])
    return Contrast(*(Range(*map(float, column)) for column in ends.T))


def _why_no_importance(thin: npt.NDArray[np.bool_], impact: Range) -> str | None:
    if thin.any():
        return "few_praised" if thin[0] else "few_blamed"
    return "inseparable" if np.isnan(impact.value) else None


def _columns(name: str, found: Range) -> dict[str, float]:
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}


def _with_shares(
    rows: list[dict[str, Any]], said: pd.DataFrame, rng: np.random.Generator, n_replicates: int
) -> list[dict[str, Any]]:
    """Add the Shapley shares of a brand's six categories, where its ratings can be explained at all.

    R² of a replicate is larger than that of the comments, as that of the comments is larger than the truth's:
    the replicates are moved so that their mean is the share itself.
    """
    if any(row["reason"] in ("no_ratings", "few_ratings", "same_rating") for row in rows):
        return rows
    rating, dummies, customer = _arrays(_rated(said))
    table = np.column_stack([dummies, rating])
    share = shapley_shares(moments(table), _GROUPS)[0]
    drawn = shapley_shares(replicate_moments(table, customer, n_replicates, rng), _GROUPS)
    low, high = np.quantile(drawn - drawn.mean(axis=0) + share, [0.025, 0.975], axis=0).clip(0, 1)
    ends = zip(share, np.minimum(low, share), np.maximum(high, share), strict=True)
    explained = {"r_squared": float(share.sum())}
    return [row | _columns("lmg", Range(*end)) | explained for row, end in zip(rows, ends, strict=True)]
