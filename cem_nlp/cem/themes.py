"""The ten experience themes: who speaks of them, how well, and what they have to do with loyalty.

A theme's tie to satisfaction is the difference between comments that touch it and comments that do not, on
the same brand, from the same source, of the same kind and about the same main category; its tie to repurchase
the same among comments of one overall polarity, so that it is not praise alone that shows. Benjamini and
Hochberg's q-values over the whole table decide what is called a tie. It is a tie and not a cause: themes are
told by words, and some of these words praise or blame by themselves.
"""

from collections.abc import Collection, Mapping
from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from cem_nlp.cem.stages import LIFE_CYCLE, LIFE_CYCLE_OF
from cem_nlp.cem.theme_ties import Flags, outcomes, satisfaction_by, ties_of
from cem_nlp.config import Comparison, Scores
from cem_nlp.schemas import TABLES
from cem_nlp.scores.intervals import net_score, net_score_range, share_range
from cem_nlp.vocabulary import ALL, CATEGORIES, POLARITIES

COLUMNS: Final = tuple(name for name in TABLES["themes"].names if name != "run_id")

_TIES: Final = ("satisfaction", "repurchase")


def theme_table(
    feedback: pd.DataFrame,
    opinions: pd.DataFrame,
    comments: pd.DataFrame,
    levels: Mapping[str, int],
    scores: Scores,
    comparison: Comparison,
) -> pd.DataFrame:
    """Return the `themes` table of the schema, without `run_id`: a row per brand and theme, if it is touched
    at all, and per stage of the relation.

    `feedback` (with source), `opinions` and `comments` follow their schemas; `levels` gives each theme of the
    taxonomy its place in the pyramid. Near-duplicates do not count. A tie needs `comparison.minimum_mentions`
    comments on either side, that to repurchase also `scores.minimum_mentions` customers who mean to buy again
    and who do not.
    """
    told = _told(feedback, opinions, comments)
    touched = _touching(told, levels)
    parts = [pd.DataFrame(columns=[*COLUMNS])]
    for stage in (ALL, *LIFE_CYCLE):
        inside = np.ones(len(told), dtype=np.bool_) if stage == ALL else told[stage].to_numpy(np.bool_)
        whole = _worth(told[inside])
        for theme, flag in touched.items():
            if (inside & flag).any():
                found = _described(told[inside & flag], whole, scores)
                parts.append(found.assign(theme=theme, level=levels[theme], life_cycle=stage))
    table = pd.concat(parts[1:] or parts, ignore_index=True)
    table = table.merge(
        _ties(told, touched, scores, comparison), how="left", on=["brand", "theme", "life_cycle"]
    )
    table["is_own"] = table["brand"].isin(set(told.loc[told["is_own"], "brand"]))
    stages = table["life_cycle"].map({code: number for number, code in enumerate((ALL, *LIFE_CYCLE))})
    table = table.assign(stages=stages).sort_values(["brand", "level", "stages"], ignore_index=True)
    return table.reindex(columns=[*COLUMNS])


def _told(feedback: pd.DataFrame, opinions: pd.DataFrame, comments: pd.DataFrame) -> pd.DataFrame:
    """Return one row per comment: whence it comes, what it says as a whole, its main category and stages."""
    kept = feedback.loc[
        feedback["duplicate_of"].isna(),
        ["feedback_id", "brand", "is_own", "source", "kind", "customer_key", "rating_scaled"],
    ]
    told = kept.merge(comments[["feedback_id", "polarity", "intent", "themes"]], on="feedback_id")
    known = opinions[["feedback_id", "category", "touchpoint"]]
    told["main_category"] = told["feedback_id"].map(_main_categories(known)).fillna("none").astype("str")
    stage = known["touchpoint"].map(LIFE_CYCLE_OF)
    for name in LIFE_CYCLE:
        told[name] = told["feedback_id"].isin(known.loc[stage == name, "feedback_id"])
    told["customer"] = pd.factorize(told["customer_key"].fillna(told["feedback_id"]), sort=True)[0]
    return told.sort_values("customer", ignore_index=True)


def _main_categories(opinions: pd.DataFrame) -> "pd.Series[str]":
    """Return the category that most opinions of each comment are about, the method's earlier one in a tie."""
    names = [*CATEGORIES]
    comment, ids = pd.factorize(opinions["feedback_id"])
    category = pd.Index(names).get_indexer(pd.Index(opinions["category"]))
    counts = np.bincount(comment * len(names) + category, minlength=len(ids) * len(names))
    most = counts.reshape(len(ids), len(names)).argmax(axis=1)
    return pd.Series([names[place] for place in most], ids, dtype="str")


def _touching(told: pd.DataFrame, themes: Collection[str]) -> dict[str, Flags]:
    """Return, theme by theme, which comments touch it."""
    named = told["themes"].explode()
    touched = {theme: np.zeros(len(told), dtype=np.bool_) for theme in themes}
    for theme, flags in touched.items():
        flags[named.index[named == theme]] = True
    return touched


def _worth(told: pd.DataFrame) -> pd.DataFrame:
    """Return per brand its comments and how many independent ones they are worth, a customer's being one."""
    of_customer = told.groupby(["brand", "customer"]).size()
    squares = (of_customer**2).groupby("brand").sum()
    n = of_customer.groupby("brand").sum()
    return pd.DataFrame({"n": n, "worth": n**2 / squares})


def _described(touching: pd.DataFrame, whole: pd.DataFrame, scores: Scores) -> pd.DataFrame:
    """Return n_comments, share and experience per brand, from the comments that touch a theme."""
    here = _worth(touching)
    said = pd.crosstab(touching["brand"], touching["polarity"])
    said = said.reindex(index=here.index, columns=list(POLARITIES), fill_value=0)
    n_all, worth = whole["n"].reindex(here.index), whole["worth"].reindex(here.index)
    share = here["n"] / n_all
    low, high = share_range(
        (share * worth).to_numpy(np.float64), worth.to_numpy(np.float64), scores.confidence
    )
    discount = (here["worth"] / here["n"]).to_numpy(np.float64)
    counts = [said[name].to_numpy(np.float64) for name in POLARITIES]
    positive, neutral, negative = (column * discount for column in counts)
    ends = net_score_range(positive, neutral, negative, scores.confidence)
    shown = np.sum(counts, axis=0) >= scores.minimum_mentions
    measures = dict(
        zip(("experience", "experience_low", "experience_high"), (net_score(*counts), *ends), strict=True)
    )
    return pd.DataFrame(
        {
            "brand": here.index.astype("str"),
            "n_comments": here["n"].to_numpy(np.int64),
            "share": share.to_numpy(),
        }
        | {"share_low": np.fmin(low, share), "share_high": np.fmax(high, share)}
        | {name: np.where(shown, values, np.nan) for name, values in measures.items()}
    )


def _ties(
    told: pd.DataFrame, touched: Mapping[str, Flags], scores: Scores, comparison: Comparison
) -> pd.DataFrame:
    """Return both ties of every theme and brand, with verdicts."""
    brand, names = pd.factorize(told["brand"], sort=True)
    customer = told["customer"].to_numpy(np.int64)
    found = outcomes(told)
    parts = []
    for theme, flag in touched.items():
        columns: dict[str, object] = {"brand": names, "theme": theme}
        for name in _TIES:
            ties = ties_of(flag, found[name], brand, customer, scores.confidence)
            n = np.minimum(ties.n_with, ties.n_without)
            enough = n >= comparison.minimum_mentions
            if name == "repurchase":
                rest = ties.n_with + ties.n_without - ties.n_good
                enough &= np.minimum(ties.n_good, rest) >= scores.minimum_mentions
            for end, values in zip(("", "_low", "_high"), ties.difference, strict=True):
                columns[f"{name}_effect{end}"] = np.where(enough, values, np.nan)
            columns |= {f"{name}_n": ties.n_with, f"{name}_p": np.where(enough, ties.p_value, np.nan)}
        parts.append(pd.DataFrame(columns))
    table = pd.concat(parts, ignore_index=True).assign(life_cycle=ALL)
    table["satisfaction_by"] = table["brand"].map(satisfaction_by(told))
    return judged(table, comparison.false_discovery_rate)


def judged(table: pd.DataFrame, rate: float) -> pd.DataFrame:
    """Return ties with verdicts in place of their p-values, satisfaction_p and repurchase_p, which are null
    where too few can be compared. `rate` bounds the share of false ones over the whole table.
    """
    p = table[[f"{name}_p" for name in _TIES]].to_numpy(np.float64)
    q = np.full_like(p, np.nan)
    q[~np.isnan(p)] = false_discovery_control(p[~np.isnan(p)]) if (~np.isnan(p)).any() else []
    for place, name in enumerate(_TIES):
        effect = table[f"{name}_effect"]
        sure = np.where(effect > 0, "higher", "lower")
        verdict = np.where(q[:, place] <= rate, sure, "no_evidence")
        table[f"{name}_verdict"] = np.where(effect.isna(), "suppressed", verdict)
        table[f"{name}_n"] = table[f"{name}_n"].astype("Int64")
    return table.drop(columns=[f"{name}_p" for name in _TIES])
