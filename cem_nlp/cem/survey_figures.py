"""From the answers of a survey to figures with ranges."""

from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import t

from cem_nlp.cem.figures import CELL, COLUMNS, NARROWER, widen
from cem_nlp.cem.ranges import ROUNDING, Numbers
from cem_nlp.vocabulary import ALL

CONFIDENCE: Final = 0.95
FIGURE: Final = [*CELL, "measure", "listed"]
"""What tells the survey's figures apart."""


def own_answers(answers: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Return the answers of `read_survey` that are about own brands of `scores`, their brand filled in.

    A survey without brands speaks of the own company. A product goes to the brand that the scores know it
    by, and is left out if that is a rival's. Any other answer without a brand goes to the own brand; of
    several, to each if it names no product, else it stays without. Where no brand is own, all answers
    return as they are.
    """
    brands = scores.loc[scores["brand"] != ALL, ["brand", "product", "is_own"]].drop_duplicates()
    own = brands.loc[brands["is_own"], ["brand"]].drop_duplicates()
    if own.empty:
        return answers
    named = answers[
        (answers["brand"] != ALL) & ~answers["brand"].isin(set(brands["brand"]) - set(own["brand"]))
    ]
    silent = answers[answers["brand"] == ALL]
    sold = brands[brands["product"] != ALL]
    known = silent["product"].isin(sold["product"])
    to_owner = (
        silent[known].drop(columns="brand").merge(sold[sold["is_own"]][["brand", "product"]], on="product")
    )
    rest = silent[~known]
    everywhere = rest if len(own) == 1 else rest[rest["product"] == ALL]
    to_all = everywhere.drop(columns="brand").merge(own, how="cross")
    unplaced = rest.drop(everywhere.index)
    return pd.concat([named, to_owner, to_all, unplaced], ignore_index=True)[list(answers.columns)]


def survey_figures(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the table of figures (see `figures`) that the answers of `read_survey` give, origin 'survey'.

    A figure is the mean over respondents with its 95 % t range, kept inside 0–10; one answer alone has no
    range. Cells that answers name are `listed`. For wider cells that no answer names (a product over all
    segments, …) the answers are pooled, each respondent counting once.
    """
    voices = voices_of(answers)
    figures = voices.groupby(FIGURE)["score"].agg(["mean", "std", "count"]).reset_index()
    half_width = _half_width(figures["std"].to_numpy(np.float64), figures["count"].to_numpy(np.float64))
    mean = figures["mean"]
    ends = {"low": (mean - half_width).clip(lower=0), "high": (mean + half_width).clip(upper=10)}
    return figures.assign(value=mean, **ends, origin="survey")[COLUMNS]


def voices_of(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the `score` of each `voice` (a respondent, an anonymous answer) for each figure, in the order of
    the figures: the columns of `FIGURE`, voice and score.
    """
    pooled = pd.concat([_widened(answers, named) for named in NARROWER], ignore_index=True)
    said_itself = pooled.groupby(FIGURE[:-1])["listed"].transform("max")
    pooled = pooled[pooled["listed"] == said_itself]
    voice = pooled["respondent"].where(pooled["respondent"] != "", "line " + pooled["line"].astype("str"))
    return pooled.groupby([*FIGURE, voice.rename("voice")])["score"].mean().reset_index()


def _widened(answers: pd.DataFrame, named: tuple[str, ...]) -> pd.DataFrame:
    """Return the answers as they would speak of wider cells; `listed` marks those that are left unchanged."""
    dropped = [name for name in NARROWER[0] if name not in named]
    said = answers[(answers[dropped] != ALL).all(axis=1)]
    return widen(said, named).assign(listed=not dropped)


def _half_width(deviation: Numbers, n: Numbers) -> Numbers:
    several = np.where(n > 1, n, np.nan)
    quantile = t.ppf((1 + CONFIDENCE) / 2, several - 1)
    return quantile * np.maximum(deviation, ROUNDING) / np.sqrt(several)
