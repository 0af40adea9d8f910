"""Figures drawn again and again, as if chance had picked other customers.

Draws have one row for each figure and one column for each replicate, all on 0–10. Respondents of a survey
and customers who wrote are weighed anew as a whole in every replicate (Rubin 1981, "The Bayesian
bootstrap"), so that whoever is hard to please stays so in every category. What comes with a range alone,
such as the expectation that rivals set, is drawn from its range; what is assumed has no range and stays; what
rests on a single answer is NaN.
"""

from typing import Final

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.stats import norm

from cem_nlp.cem.figures import CELL, NARROWER, widen
from cem_nlp.cem.ranges import ROUNDING, Numbers
from cem_nlp.cem.survey_figures import FIGURE, voices_of
from cem_nlp.scores.resampling import replicate_scores
from cem_nlp.vocabulary import ALL

REPLICATES: Final = 1000
"""A probability of 0.5 then has a standard error of 1.6 points, finer than anybody would act on."""

_WEIGHTS_AT_ONCE: Final = 4_000_000
"""Weights in memory at a time: 32 MB."""
_Z: Final = float(norm.isf(0.025))


def survey_draws(answers: pd.DataFrame, n_replicates: int, rng: np.random.Generator) -> Numbers:
    """Return draws of the rows of `survey_figures(answers)`: means over respondents, weighed anew.

    The spread is that of the mean, s / √n, as in its range: exponential weights alone would spread it
    √((n − 1) / (n + 1)) times as wide, and not at all among people who agree, where half a point of rounding
    either way is drawn in its place.
    """
    voices = voices_of(answers)
    figure = voices.groupby(FIGURE).ngroup().to_numpy(np.int64)
    person, people = pd.factorize(voices["voice"])
    said = voices.groupby(FIGURE)["score"].agg(["mean", "std", "count"])
    scores, deviation, n = (said[[name]].to_numpy(np.float64) for name in ("mean", "std", "count"))
    shape = (len(said), len(people))
    asked = csr_array((np.ones(len(voices)), (figure, person)), shape=shape)
    points = csr_array((voices["score"].to_numpy(np.float64), (figure, person)), shape=shape)
    several = np.where(n > 1, n, np.nan)
    wider = np.sqrt((several + 1) / (several - 1))
    rounding = np.sqrt(np.maximum(ROUNDING**2 - deviation**2, 0.0) / several)
    draws = np.empty((len(said), n_replicates))
    at_once = max(1, _WEIGHTS_AT_ONCE // max(1, len(people)))
    for start in range(0, n_replicates, at_once):
        weights = rng.standard_exponential((len(people), min(at_once, n_replicates - start)))
        moved = wider * ((points @ weights) / (asked @ weights) - scores)
        jitter = rounding * rng.standard_normal(moved.shape)
        draws[:, start : start + at_once] = scores + moved + jitter
    return draws.clip(0, 10)


def text_draws(
    text: pd.DataFrame, mentions: pd.DataFrame, n_replicates: int, rng: np.random.Generator
) -> Numbers:
    """Return draws of the rows of `text`, as `text_figures` returns them.

    `mentions` is what `scores.cells.mentions_of` returns for the same feedback, at least the own brands'. An
    experience moves about its shrunk score as far as the score without shrinkage does, which errs on the side
    of caution in thin cells.
    """
    draws = range_draws(text, n_replicates, rng)
    experience = (text["measure"] == "experience") & text["value"].notna()
    for named in NARROWER:
        absent = [name for name in NARROWER[0] if name not in named]
        rows = experience & (text[absent] == ALL).all(axis=1) & (text[list(named)] != ALL).all(axis=1)
        wanted = text[rows]
        grain = ["brand", *named, "category"]
        cells, scores = replicate_scores(mentions, grain, n_replicates, rng)
        cells = widen(cells.astype(dict.fromkeys(grain, "str")), named)
        number = pd.MultiIndex.from_frame(cells[CELL]).get_indexer(pd.MultiIndex.from_frame(wanted[CELL]))
        drawn = scores[:, number].T
        moved = drawn - drawn.mean(axis=1, keepdims=True)
        draws[np.flatnonzero(rows)] = wanted[["value"]].to_numpy(np.float64) + moved
    return draws.clip(0, 10)


def range_draws(figures: pd.DataFrame, n_replicates: int, rng: np.random.Generator) -> Numbers:
    """Return draws of figures from their 95 % ranges: half a normal distribution on either side, each as wide
    as that side of the range.
    """
    value, low, high = (figures[[name]].to_numpy(np.float64) for name in ("value", "low", "high"))
    certain = (figures[["origin"]] == "assumed").to_numpy()
    below, above = (np.where(certain, 0.0, side) for side in (value - low, high - value))
    z = rng.standard_normal((len(figures), n_replicates)) / _Z
    return (value + z * np.where(z < 0, below, above)).clip(0, 10)
