"""The `topics` table: what each sub-topic does to the score of its category.

A topic's contribution is its share of the category's mentions × (its score − the category's score): the
points by which the category's score would change if the topic's mentions were as good as the category's. It
is the covariance between "is about the topic" and a mention's score, so the contributions of all topics of a
category, mentions without a topic among them, sum to 0. Its standard error follows from the covariance's
influence function, summed over each customer's mentions, for one customer repeats himself (cluster-robust
variance: Liang and Zeger 1986; influence functions: Hampel 1974). Student's t with as many degrees of freedom
as the topic has customers, less one, keeps a few of them from looking sure;
`benchmarks/topic_contributions.py` shows how often the ranges hold the truth.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control, t

from cem_nlp.config import Scores
from cem_nlp.schemas import TABLES
from cem_nlp.scores.cells import correlation_within_customers, count_cells, effective_mentions, mentions_of
from cem_nlp.scores.comparison import rivals_of
from cem_nlp.scores.intervals import SCALE, Numbers, net_score, net_score_range
from cem_nlp.scores.periods import BEFORE, NOW
from cem_nlp.vocabulary import POLARITIES, UNKNOWN

FALSE_DISCOVERY_RATE: Final = 0.05
"""Share of false ones among all verdicts of the table."""

COLUMNS: Final = tuple(name for name in TABLES["topics"].names if name != "run_id")

_CELL: Final = ["brand", "category"]
_TOPIC: Final = [*_CELL, "topic"]


def topical_mentions(feedback: pd.DataFrame, opinions: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions of `cells.mentions_of` with `source`, `window`, `topic` and `evidence`.

    `feedback` has the column `window` of `periods.windows`; opinions on no known brand are left out.
    """
    said = mentions_of(feedback, opinions, ("brand", "source", "window"), ("category", "topic", "evidence"))
    return said[(said["brand"] != UNKNOWN).to_numpy()].reset_index(drop=True)


def topic_table(
    mentions: pd.DataFrame, own: Sequence[str], settings: Scores, named: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the `topics` table of the schema, without `run_id`.

    `mentions` comes from `topical_mentions`. Scores are not shrunk. Topics below `minimum_mentions` keep
    their counts only. `against_before` is the contribution in the present window less that in the window
    before; `against_rivals`, of the brands of `own` alone, the contribution less that among its rivals (those
    `named`, or every brand that is not own) in the sources that speak of both. Each needs `minimum_mentions`
    on either side. The verdict is on the contribution: helps or hurts where its q-value (Benjamini and
    Hochberg over the whole table) is at most 5 %, else no_evidence.
    """
    found = _scored(mentions, settings)
    windows = [contributions(mentions[(mentions["window"] == name).to_numpy()]) for name in (NOW, BEFORE)]
    found = _against(found, windows[0], windows[1], "against_before", settings)
    rivals = rivals_of(mentions, own, named)
    pairs = [_against_rivals(mentions, brand, rivals) for brand in sorted(own)]
    here, there = (pd.concat([pair[side] for pair in pairs] or [windows[0].iloc[:0]]) for side in (0, 1))
    found = _against(found, here, there, "against_rivals", settings)
    return _with_verdicts(found, settings.minimum_mentions).reindex(columns=list(COLUMNS))


def contributions(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return brand, category, topic, `n`, `share` of the category's mentions, `contribution` in points of the
    score, its standard `error`, and how many `customers` who say as much as each other the topic's are worth.

    The error is null for a topic of one customer: nobody else's mentions tell how far others would differ.
    """
    if mentions.empty:
        return (
            mentions[_TOPIC].astype("str").assign(n=0, share=0.0, contribution=0.0, error=0.0, customers=0.0)
        )
    said = mentions[[*_TOPIC, "customer"]].astype(dict.fromkeys(_TOPIC, "str"))
    said["points"] = mentions["half_points"].to_numpy() * (SCALE / 2)
    said["residual"] = said["points"] - said.groupby(_CELL)["points"].transform("mean")
    customer = said.groupby([*_CELL, "customer"])["residual"].agg(["sum", "size"])
    customer = customer.assign(
        ss=customer["sum"] ** 2, mm=customer["size"] ** 2, sm=customer["sum"] * customer["size"]
    )
    cell = customer.groupby(level=[0, 1])[["size", "ss", "mm", "sm"]].sum().rename(columns={"size": "total"})
    part = said.groupby([*_TOPIC, "customer"])["residual"].agg(["sum", "size"]).reset_index()
    whole = customer.reindex(pd.MultiIndex.from_frame(part[[*_CELL, "customer"]]))
    part["pp"], part["ps"] = part["sum"] ** 2, part["sum"] * whole["sum"].to_numpy()
    part["pm"] = part["sum"] * whole["size"].to_numpy()
    part["nn"] = part["size"] ** 2
    topic = (
        part.groupby(_TOPIC)[["sum", "size", "pp", "ps", "pm", "nn"]].sum().reset_index().join(cell, on=_CELL)
    )
    return _with_errors(topic)


def _with_errors(topic: pd.DataFrame) -> pd.DataFrame:
    """Sum up Σ over customers of (residuals in the topic − share × residuals − contribution × mentions)²."""
    n, customers = topic["total"], topic["size"] ** 2 / topic["nn"]
    share, contribution = topic["size"] / n, topic["sum"] / n
    squares = topic["pp"] + share**2 * topic["ss"] + contribution**2 * topic["mm"]
    squares += 2 * (share * contribution * topic["sm"] - share * topic["ps"] - contribution * topic["pm"])
    error = np.sqrt(squares.clip(lower=0) * customers / (customers - 1).where(customers > 1)) / n
    return topic[_TOPIC].assign(
        n=topic["size"], share=share, contribution=contribution, error=error, customers=customers
    )


def _scored(mentions: pd.DataFrame, settings: Scores) -> pd.DataFrame:
    """Add each topic's score with its range, and the range of its contribution."""
    named = mentions[mentions["topic"].notna().to_numpy()].reset_index(drop=True)
    cells = count_cells(named, _TOPIC).astype(dict.fromkeys(_TOPIC, "str"))
    counts = cells[list(POLARITIES)].to_numpy(np.float64)
    known = effective_mentions(cells, correlation_within_customers(cells)) if len(cells) else np.empty(0)
    independent = (known / cells["n_mentions"].to_numpy(np.float64))[:, np.newaxis]
    positive, neutral, negative = (counts * independent).T
    low, high = net_score_range(positive, neutral, negative, settings.confidence)
    experience = net_score(*counts.T)
    cells = cells.assign(
        experience=experience,
        experience_low=np.fmin(low, experience),
        experience_high=np.fmax(high, experience),
        n_mentions=cells["n_mentions"],
    )
    found = contributions(mentions).merge(cells, on=_TOPIC)
    reach = _quantile(found["customers"], settings.confidence) * found["error"]
    return found.assign(
        contribution_low=found["contribution"] - reach,
        contribution_high=found["contribution"] + reach,
        probability=2 * t.sf((found["contribution"] / found["error"]).abs(), _freedom(found["customers"])),
    )


def _against(
    found: pd.DataFrame, here: pd.DataFrame, there: pd.DataFrame, name: str, settings: Scores
) -> pd.DataFrame:
    """Add the difference of two sides' contributions with its range, null where a side is thin."""
    pair = here.merge(there, on=_TOPIC, suffixes=("", "_there"))
    pair = pair[pair[["n", "n_there"]].min(axis=1) >= settings.minimum_mentions]
    difference = pair["contribution"] - pair["contribution_there"]
    customers = pair[["customers", "customers_there"]].min(axis=1)
    reach = _quantile(customers, settings.confidence) * np.hypot(pair["error"], pair["error_there"])
    columns = {name: difference, f"{name}_low": difference - reach, f"{name}_high": difference + reach}
    return found.merge(pair[_TOPIC].assign(**columns), on=_TOPIC, how="left")


def _against_rivals(
    mentions: pd.DataFrame, brand: str, rivals: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the contributions of a brand and of its rivals together, in the sources both speak of."""
    is_brand = (mentions["brand"] == brand).to_numpy()
    is_rival = mentions["brand"].isin(list(rivals)).to_numpy()
    shared = set(mentions["source"][is_brand]) & set(mentions["source"][is_rival])
    in_shared = mentions["source"].isin(list(shared)).to_numpy()
    sides = [mentions[in_shared & side].assign(brand=brand) for side in (is_brand, is_rival)]
    return contributions(sides[0]), contributions(sides[1])


def _with_verdicts(found: pd.DataFrame, minimum: int) -> pd.DataFrame:
    thin = found["n_mentions"] < minimum
    measures: Sequence[str] = [
        name + end for name in ("experience", "contribution") for end in ("", "_low", "_high")
    ]
    found = found.assign(**{name: found[name].mask(thin) for name in measures})
    p = found.loc[~thin, "probability"].fillna(1.0)
    q = pd.Series(false_discovery_control(p) if len(p) else p, p.index, dtype=np.float64)
    q = q.reindex(found.index)
    verdict = np.where(found["contribution"] > 0, "helps", "hurts")
    verdict = np.where(q <= FALSE_DISCOVERY_RATE, verdict, "no_evidence")
    return found.assign(q_value=q, verdict=np.where(thin, "suppressed", verdict))


def _freedom(customers: pd.Series) -> Numbers:
    freedom: Numbers = np.maximum(customers.to_numpy(np.float64) - 1, 1.0)
    return freedom


def _quantile(customers: pd.Series, confidence: float) -> Numbers:
    quantile: Numbers = np.asarray(t.isf((1 - confidence) / 2, _freedom(customers)))
    return quantile
