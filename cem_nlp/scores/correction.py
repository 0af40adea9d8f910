"""Scores without the model's own errors, as far as these have been measured.

Adjusted classify-and-count (Forman 2008, "Quantifying counts and costs via classification"; Hopkins and King
2010 for several classes): if C holds the probability of each finding given the true state of a comment,
measured on labelled comments, what is found is y = C x, where x are the true states. A finding tells how sure
the model is beside the state, so that doubtful blame among comments that say nothing counts for less than
sure blame. The column of comments in which nothing is said of a category is the background of false finds.
Solved for the likeliest x ≥ 0 (`simplex.explain`) for each kind of feedback and category, so that the same C
serves whatever the shares; what has to hold is that the model errs in the same way on the same true state.
Where signs are against that, nothing is corrected, and `correction` says why. The range comes from resampling
the labelled comments and the mentions.

Leaning the estimate on the raw score where it is noisy was tried and gains nothing: both rest on the same
comments, so that their errors go together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from cem_nlp.config import Scores
from cem_nlp.scores.aggregate import GRAINS, grain_name
from cem_nlp.scores.confusion import IS_STATE, MENTIONS, POINTS, Confusion, rates, resampled
from cem_nlp.scores.intervals import SCALE, Numbers
from cem_nlp.scores.mix import weights
from cem_nlp.scores.simplex import explain
from cem_nlp.scores.states import CommentStates, comment_states, populations
from cem_nlp.vocabulary import ALL, CATEGORIES, KINDS

FEWEST_GOLD: Final = 300
"""Labelled comments without which nothing is corrected: with fewer most states rest on a handful."""
FEWEST_MENTIONS: Final = 100
"""Below this chance moves a score more than the model's errors do (`benchmarks/correction.py`)."""
UNFIT_SHARE: Final = 0.2
"""Share of a cell's comments that drifted, or that another model read, from which on it is not corrected."""
LARGEST_CONDITION: Final = 20.0
"""Condition number of C, certainty aside, from which on errors in y would come back many times larger. A
convention: the shipped model's are between 2 and 4."""
MISFIT_DEVIATIONS: Final = 4.0
MISFIT_SHARE: Final = 0.02
"""A cell is outside the hull of C's columns where its states miss C x by more than both: four standard
deviations, which chance hardly ever leaves among the some ninety states of a cell, and a fiftieth of the
comments with mentions, which is enough to matter. So is a cell of whose mentions fewer than that are left."""
LARGEST_CONTRADICTION: Final = 0.3
"""Points between the score corrected with and without the model's certainty from which on, if chance does not
explain it either, certainty does not mean there what it means in labelled comments. What a comparison takes
for the least difference worth a verdict."""

N_REPLICATES: Final = 300
_CELLS_AT_ONCE: Final = 40
_FOUND_MENTIONS: Final = MENTIONS @ IS_STATE
_FOUND_POINTS: Final = POINTS @ IS_STATE

_COLUMNS: Final = ["experience_corrected", "corrected_low", "corrected_high", "correction"]


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of `scores`, and the comments behind each by kind, category and finding, weighed by the mix;
    `unfit` is the commonest reason against a cell's comments where it is common enough, else empty.
    """

    cells: pd.DataFrame
    found: Numbers
    unfit: list[str]


@dataclass(frozen=True, slots=True)
class _Corrected:
    """What the correction adds to each cell's score, the same in each replicate (replicates × cells), and the
    reasons, `applied` where there is none against it.
    """

    shift: Numbers
    replicates: Numbers
    reasons: list[str]


def correct(
    scores: pd.DataFrame,
    feedback: pd.DataFrame,
    opinions: pd.DataFrame,
    unfit: pd.Series,
    confusion: Confusion,
    settings: Scores,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return `scores` of `score_table` with the columns of the correction filled.

    `feedback` and `opinions` are what the scores were made from, `unfit` holds the reason why a row of
    `feedback` is none that the confusion speaks of (`other_model`, `drift`), else null. Corrected is every
    cell of a grain without touchpoint, whose confusion is not measured, with `FEWEST_MENTIONS`; the others
    keep null and the reason in `correction`.
    """
    filled = scores.assign(correction=_first_reasons(scores, confusion))
    comments = comment_states(feedback, opinions, unfit, settings.mix)
    drawn = resampled(confusion, N_REPLICATES, rng)
    known = np.stack([rates(confusion, kind, drawn, rng) for kind in KINDS], axis=1)
    tail = (1 - settings.confidence) / 2
    for grain in GRAINS:
        cells = filled[(filled["grain"] == grain_name(grain)) & (filled["correction"] == "applied")]
        for part in _parts(cells, grain, comments):
            found = _corrected(part, known, rng)
            filled.loc[part.cells.index, _COLUMNS] = _columns(part.cells, found, tail)
    return filled


def _first_reasons(scores: pd.DataFrame, confusion: Confusion) -> npt.NDArray[np.str_]:
    """Return why each row is not corrected, as far as the row itself tells; else `applied`."""
    if confusion.n.sum() < FEWEST_GOLD:
        return np.full(len(scores), "few_gold")
    few = scores["suppressed"] | (scores["n_mentions"] < FEWEST_MENTIONS)
    touchpoint = scores["grain"].str.contains("touchpoint", regex=False)
    return np.select([touchpoint, few], ["not_measured", "few_mentions"], "applied")


def _parts(cells: pd.DataFrame, grain: Sequence[str], comments: CommentStates) -> Iterator[_Part]:
    """Yield some cells of a grain at a time, so that memory stays small."""
    if cells.empty:
        return
    names = {name: "period" if name in ("month", "week") else name for name in grain if name != "category"}
    wanted = pd.DataFrame({name: cells[column] for name, column in names.items()}, index=cells.index)
    row, counted = populations(comments, wanted)
    unfit = counted.unfit.drop(index="fit", errors="ignore")
    for start in range(0, len(cells), _CELLS_AT_ONCE):
        part, number = cells.iloc[start : start + _CELLS_AT_ONCE], row[start : start + _CELLS_AT_ONCE]
        counts = counted.counts[number]
        # A cell in one category is explained by what is found in that category.
        counts *= _is_in(part["category"])[:, np.newaxis, np.newaxis, :, np.newaxis]
        mentions = (counts @ _FOUND_MENTIONS).sum(axis=(1, 3))
        weight = weights(mentions[:, :, np.newaxis], comments.strata.shares)
        yield _Part(
            cells=part,
            found=np.einsum("eksct,es->ekct", counts, weight),
            unfit=[_commonest(unfit[column]) for column in number],
        )


def _is_in(category: pd.Series) -> npt.NDArray[np.bool_]:
    """Mark the categories that each cell is about, cells × categories."""
    return np.array([[value in (name, ALL) for name in CATEGORIES] for value in category])


def _commonest(shares: pd.Series) -> str:
    return str(shares.idxmax()) if len(shares) and shares.max() > UNFIT_SHARE else ""


def _corrected(part: _Part, known: Numbers, rng: np.random.Generator) -> _Corrected:
    """Correct some cells, by findings and by their states alone; `known` is replicates × kinds × categories ×
    findings × true, the measured rates first.
    """
    found_mentions, found_points = part.found @ _FOUND_MENTIONS, part.found @ _FOUND_POINTS
    n_mentions = found_mentions.sum(axis=(1, 2))
    found_score = SCALE * found_points.sum(axis=(1, 2)) / n_mentions
    spread = n_mentions / part.cells["effective_n"].to_numpy()
    mentions, points = np.zeros((2, 2, len(known), len(part.cells)))
    missed, ill = np.zeros(len(part.cells)), np.zeros(len(part.cells), dtype=np.bool_)
    for kind, category in product(range(len(KINDS)), range(len(CATEGORIES))):
        said = np.flatnonzero(found_mentions[:, kind, category] > 0)
        if not len(said):
            continue
        rates_of = (known[:, kind, category], IS_STATE @ known[:, kind, category])
        found = _drawn(part.found[said, kind, category], spread[said], len(known) - 1, rng)
        found_of = (found, found @ IS_STATE.T)
        true = [explain(matrix, seen) for matrix, seen in zip(rates_of, found_of, strict=True)]
        mentions[:, :, said] += np.stack(true) @ MENTIONS
        points[:, :, said] += np.stack(true) @ POINTS
        missed[said] += _missed(found_of[1] - true[1] @ rates_of[1].transpose(0, 2, 1))
        ill[said] |= np.linalg.cond(rates_of[1][0]) > LARGEST_CONDITION
    score, by_state = SCALE * points / np.fmax(mentions, np.finfo(np.float64).tiny)
    enough = MISFIT_SHARE * n_mentions
    outside = (missed > enough) | (mentions[:, 0] < enough).any(axis=0) | _contradict(score, by_state)
    signs = np.select([ill, outside], ["ill_conditioned", "outside_hull"], "applied").tolist()
    reasons = [unfit or sign for unfit, sign in zip(part.unfit, signs, strict=True)]
    return _Corrected(score[0] - found_score, score[1:] - found_score, reasons)


def _drawn(found: Numbers, spread: Numbers, n_replicates: int, rng: np.random.Generator) -> Numbers:
    """Return what is found (cells × findings), and draws of it by the Bayesian bootstrap, of as many
    independent mentions as each cell is worth; (1 + replicates) × cells × findings.
    """
    one = spread[:, np.newaxis]
    draws = rng.standard_gamma(found / one, (n_replicates, *found.shape)) * one
    return np.concatenate([found[np.newaxis], draws])


def _missed(misfit: Numbers) -> Numbers:
    """Return how many comments of each cell are in states beyond what chance leaves unexplained."""
    beyond = np.abs(misfit[0]) > MISFIT_DEVIATIONS * misfit[1:].std(axis=0)
    missed: Numbers = (np.abs(misfit[0]) * beyond).sum(axis=1) / 2
    return missed


def _contradict(score: Numbers, by_state: Numbers) -> npt.NDArray[np.bool_]:
    """Mark the cells whose two corrected scores (replicates × cells) differ by more than chance allows."""
    difference = score - by_state
    noise = MISFIT_DEVIATIONS * difference[1:].std(axis=0)
    beyond: npt.NDArray[np.bool_] = np.abs(difference[0]) > np.fmax(noise, LARGEST_CONTRADICTION)
    return beyond


def _columns(cells: pd.DataFrame, found: _Corrected, tail: float) -> pd.DataFrame:
    """Return the four columns; a cell with a reason against it has no figures."""
    experience = cells["experience"].to_numpy()
    corrected = np.clip(experience + found.shift, 0, SCALE)
    low, high = np.quantile(np.clip(experience + found.replicates, 0, SCALE), [tail, 1 - tail], axis=0)
    figures = [corrected, np.fmin(low, corrected), np.fmax(high, corrected)]
    applied = np.array(found.reasons) == "applied"
    columns = [*(np.where(applied, values, np.nan) for values in figures), found.reasons]
    return pd.DataFrame(dict(zip(_COLUMNS, columns, strict=True)), index=cells.index)
