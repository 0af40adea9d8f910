"""Expectation where no survey asked for it: a blend of the determinants that the data hold.

Of the method's six determinants text shows the level of four; of values and background, circumstance and life
stage it shows that they act, not how high they set expectation. A fifth voice are customers who say outright
that they expected more, or less. Each alone would make an expectation between 0 and 10:

- earlier_here: the brand's own score over the months before its latest, `MEMORY` at most;
- earlier_elsewhere: the rivals' score, all their mentions of a kind of feedback together, the kinds weighed
  as the own brand has them;
- word_of_mouth: 10 × the share of reviews that advise for the brand (recommend, repurchase) among those that
  advise for or against it (churn, complain);
- promotion: what customers get, raised towards 10 by the share of blame where they speak of advertising or of
  what was promised: promises that are kept promise what customers get, broken ones promise the best;
- hints: what customers get, raised by `SHORTFALL` points if all who compare say it fell short, lowered as
  much if all say it exceeded.

The blend is their weighted mean over those known, at least `LEAST`, or the only one that the configuration
gives a weight: one voice that happens to be heard is no expectation. Its range counts two doubts: that of
each determinant, and that of the weights, which are conventions: they are taken as no surer than one
observation for each determinant would make them (a Dirichlet distribution), so that determinants that
disagree make a wide range.
"""

from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.config.expectation import Expectation
from cem_nlp.scores.intervals import DEVIATIONS, SCALE, net_score, net_score_range, share_range
from cem_nlp.vocabulary import ALL, CATEGORIES, POLARITIES

DETERMINANTS: Final = ("earlier_here", "earlier_elsewhere", "word_of_mouth", "promotion", "hints")

MEMORY: Final = 12
"""Months before the latest that count as earlier experience: a year, a convention."""

SHORTFALL: Final = 2.0
"""Points by which experience misses an expectation that customers call disappointed: the largest shortfall
in the method's worked example (an experience of 5 where 7 was expected)."""

LEAST: Final = 2
"""Known determinants from which an expectation is derived: the fewest that make a blend, a convention."""

_KEY: Final = ["brand", "category"]
_ENDS: Final = ["value", "low", "high"]
_ADVICE: Final = {"recommend": True, "repurchase": True, "churn": False, "complain": False}


def expectation_table(
    scores: pd.DataFrame,
    feedback: pd.DataFrame,
    opinions: pd.DataFrame,
    comments: pd.DataFrame,
    settings: Expectation,
    minimum: int,
) -> pd.DataFrame:
    """Return the `expectations` table of the schema, without `run_id`: own brands only.

    The four tables follow their schemas; near-duplicates do not count. A determinant that rests on fewer
    than `minimum` opinions or comments, or whose weight is 0, is unknown: its value is null, and the
    others' weights make up for it. Every own brand × category that is mentioned has a row a determinant,
    and one for 'all', whose value is null where too few determinants are known; none of these has a weight.
    """
    said = _said(feedback, opinions, comments)
    current = _current(scores)
    found = {
        "earlier_here": _earlier_here(scores),
        "earlier_elsewhere": _earlier_elsewhere(scores),
        "word_of_mouth": _word_of_mouth(said),
        "promotion": _promotion(feedback, opinions, comments, current),
        "hints": _hints(said, current),
    }
    own = _own_cells(scores)
    parts = pd.concat(
        [
            _known(own, found[name], minimum, getattr(settings, name)).assign(determinant=name)
            for name in DETERMINANTS
        ],
        ignore_index=True,
    )
    weighted = sum(weight > 0 for weight in settings.model_dump().values())
    enough = parts.groupby(_KEY)["value"].transform("count") >= min(LEAST, weighted)
    parts["weight"] = (parts["weight"] / parts.groupby(_KEY)["weight"].transform("sum")).where(enough, 0.0)
    parts["contribution"] = (parts["value"] * parts["weight"]).where(enough)
    return _ordered(pd.concat([parts, _blend(parts)], ignore_index=True))


def _own_cells(scores: pd.DataFrame) -> pd.DataFrame:
    own = scores[(scores["grain"] == "brand×category") & scores["is_own"]]
    return own[_KEY].astype("str").reset_index(drop=True)


def _known(cells: pd.DataFrame, found: pd.DataFrame, minimum: int, weight: float) -> pd.DataFrame:
    """Return value, range, n and raw weight of one determinant for each cell."""
    parts = cells.merge(found, on=_KEY, how="left")
    parts["n"] = parts["n"].fillna(0).astype("int64")
    known = parts["value"].notna() & (parts["n"] >= minimum) & (weight > 0)
    parts[_ENDS] = parts[_ENDS].astype("float64").where(known)
    return parts.assign(weight=known * weight)


def _blend(parts: pd.DataFrame) -> pd.DataFrame:
    """Return the expectation of each cell, its weight 1 where any determinant has one."""
    total = parts.groupby(_KEY, as_index=False).agg(value=("contribution", "sum"), n=("n", "sum"))
    centre = parts[_KEY].merge(total, on=_KEY, how="left")["value"].to_numpy()
    known = parts["weight"] > 0
    count = known.groupby([parts[name] for name in _KEY]).transform("sum")
    of_weights = parts["weight"] * (parts["value"] - centre) ** 2 / (count + 1) * DEVIATIONS**2
    squares = parts[_KEY].assign(
        down=of_weights + (parts["weight"] * (parts["value"] - parts["low"])) ** 2,
        up=of_weights + (parts["weight"] * (parts["high"] - parts["value"])) ** 2,
        known=known,
    )
    sums = squares.groupby(_KEY)[["down", "up", "known"]].sum().reset_index(drop=True)
    any_known = sums["known"] > 0
    value = total["value"].where(any_known)
    ends = {
        "low": (value - sums["down"] ** 0.5).clip(lower=0),
        "high": (value + sums["up"] ** 0.5).clip(upper=SCALE),
    }
    weight = any_known.astype("float64")
    return total.assign(value=value, **ends, weight=weight, contribution=value, determinant=ALL)


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in the order of brands, categories and determinants, as the schema has them."""
    places = {
        "category": {code: number for number, code in enumerate(CATEGORIES)},
        "determinant": {code: number for number, code in enumerate((*DETERMINANTS, ALL))},
    }
    keys = {f"{name} number": rows[name].map(numbers) for name, numbers in places.items()}
    ordered = rows.assign(**keys).sort_values(["brand", *keys], ignore_index=True)
    found = ordered[[*_KEY, "determinant", *_ENDS, "weight", "contribution", "n"]]
    return found.rename(columns={"low": "value_low", "high": "value_high"})


def _current(scores: pd.DataFrame) -> pd.DataFrame:
    """Return what customers get now: the own brands' score per category, with its range."""
    rows = scores[(scores["grain"] == "brand×category") & scores["is_own"] & ~scores["suppressed"]]
    return rows[[*_KEY, "experience", "low", "high"]].rename(columns={"experience": "value"})


def _pooled(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the score of all mentions of `rows` together, with its range and the number of mentions."""
    sums = rows.groupby(key, as_index=False)[[*POLARITIES, "n_mentions", "effective_n"]].sum()
    worth = sums["effective_n"] / sums["n_mentions"]
    positive, neutral, negative = ((sums[name] * worth).to_numpy(np.float64) for name in POLARITIES)
    low, high = net_score_range(positive, neutral, negative)
    value = net_score(positive, neutral, negative)
    return sums[key].assign(value=value, low=low, high=high, n=sums["n_mentions"])


def _earlier_here(scores: pd.DataFrame) -> pd.DataFrame:
    months = scores[(scores["grain"] == "month×brand×category") & scores["is_own"]]
    number = pd.Series(pd.PeriodIndex(months["period"], freq="M").astype("int64"), index=months.index)
    age = number.groupby(months["brand"]).transform("max") - number
    return _pooled(months[(age > 0) & (age <= MEMORY)], _KEY)


def _earlier_elsewhere(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the rivals' score as if they had the own brand's mix of kinds, over the kinds both have.

    Complaints are negative by nature: rivals known by complaints alone would set no expectation otherwise.
    """
    rows = scores[scores["grain"] == "brand×kind×category"]
    rivals = _pooled(rows[~rows["is_own"]], ["kind", "category"])
    own = rows.loc[rows["is_own"], [*_KEY, "kind", "n_mentions"]]
    both = own.merge(rivals, on=["kind", "category"])
    share = both["n_mentions"] / both.groupby(_KEY)["n_mentions"].transform("sum")
    parts = both[_KEY].assign(
        value=share * both["value"],
        down=(share * (both["value"] - both["low"])) ** 2,
        up=(share * (both["high"] - both["value"])) ** 2,
        n=both["n"],
    )
    sums = parts.groupby(_KEY, as_index=False).sum()
    ends = {"low": sums["value"] - sums["down"] ** 0.5, "high": sums["value"] + sums["up"] ** 0.5}
    return sums.assign(**ends)[[*_KEY, *_ENDS, "n"]]


def _said(feedback: pd.DataFrame, opinions: pd.DataFrame, comments: pd.DataFrame) -> pd.DataFrame:
    """Return one row per comment on an own brand and category it mentions, with the comment's reading."""
    kept = feedback.loc[
        feedback["duplicate_of"].isna() & feedback["is_own"], ["feedback_id", "brand", "kind"]
    ]
    mentioned = opinions[["feedback_id", "category"]].drop_duplicates()
    read = comments[["feedback_id", "intent", "expectation"]]
    return mentioned.merge(kept, on="feedback_id").merge(read, on="feedback_id")


def _word_of_mouth(said: pd.DataFrame) -> pd.DataFrame:
    """Return the balance of public advice; complaints and calls reach the company alone."""
    advice = said[(said["kind"] == "review") & said["intent"].isin(_ADVICE)]
    share = _share(advice[_KEY].assign(counted=advice["intent"].map(_ADVICE).astype("bool")))
    return share.assign(**{name: SCALE * share[name] for name in _ENDS})


def _promotion(
    feedback: pd.DataFrame, opinions: pd.DataFrame, comments: pd.DataFrame, current: pd.DataFrame
) -> pd.DataFrame:
    promised = comments.loc[comments["determinants"].map(lambda named: "promotion" in named), "feedback_id"]
    kept = feedback.loc[feedback["duplicate_of"].isna() & feedback["is_own"], ["feedback_id", "brand"]]
    # Opinions on brand image stand at advertising whenever no other touchpoint is named: no promise in that.
    advertised = (opinions["touchpoint"] == "ad") & (opinions["category"] != "brand")
    about = advertised | opinions["feedback_id"].isin(promised)
    spoken = opinions.loc[about, ["feedback_id", "category", "polarity"]].merge(kept, on="feedback_id")
    broken = _share(spoken[_KEY].assign(counted=spoken["polarity"] == "negative"))
    both = broken.merge(current, on=_KEY, suffixes=("_broken", ""))
    for name in _ENDS:
        both[name] += (SCALE - both[name]) * both[f"{name}_broken"]
    return both[[*_KEY, *_ENDS, "n"]]


def _hints(said: pd.DataFrame, current: pd.DataFrame) -> pd.DataFrame:
    """Return current experience plus the balance of those who expected more and those who expected less."""
    told = said.dropna(subset="expectation")
    counts = pd.crosstab([told["brand"], told["category"]], told["expectation"])
    counts = counts.reindex(columns=["below", "met", "above"], fill_value=0).astype("float64")
    below, met, above = (counts[name].to_numpy() for name in counts)
    # A net score of 10 is all below expectation, 0 all above it.
    balance = (net_score(below, met, above), *net_score_range(below, met, above))
    steps = {name: (end / SCALE * 2 - 1) * SHORTFALL for name, end in zip(_ENDS, balance, strict=True)}
    shift = counts.index.to_frame(index=False).assign(**steps, n=counts.sum(axis=1).to_numpy())
    both = shift.merge(current, on=_KEY, suffixes=("_shift", ""))
    for name in _ENDS:
        both[name] = (both[name] + both[f"{name}_shift"]).clip(0, SCALE)
    return both[[*_KEY, *_ENDS, "n"]]


def _share(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the share of rows that are `counted` per brand and category, 0–1, with its range."""
    counts = rows.groupby(_KEY, as_index=False)["counted"].agg(["sum", "count"]).reset_index(drop=True)
    part, whole = (counts[name].to_numpy(np.float64) for name in ("sum", "count"))
    low, high = share_range(part, whole)
    return counts[_KEY].assign(value=part / whole, low=low, high=high, n=counts["count"])
