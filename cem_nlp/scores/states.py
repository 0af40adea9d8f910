"""Comments by what is found in each category, counted over the populations that cells are taken from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cem_nlp.config import Mix
from cem_nlp.scores.cells import Integers, comment_dimensions
from cem_nlp.scores.confusion import FINDINGS, FLAGS, findings
from cem_nlp.scores.intervals import Numbers
from cem_nlp.scores.mix import Strata, strata_of
from cem_nlp.vocabulary import CATEGORIES, KINDS


@dataclass(frozen=True, slots=True)
class CommentStates:
    """Comments that are no near-duplicates: their dimensions, what is found in each category (comments ×
    categories, numbers into `FINDINGS`), place in the mix, and the reason why a confusion does not speak of
    them, or null.
    """

    dimensions: pd.DataFrame
    found: Integers
    strata: Strata
    unfit: pd.Series


@dataclass(frozen=True, slots=True)
class Populations:
    """Comments counted by population × kind × stratum × category × finding, all kinds of the vocabulary; and
    the share of each reason in `CommentStates.unfit` in each population, reasons × populations.
    """

    counts: Numbers
    unfit: pd.DataFrame


def comment_states(
    feedback: pd.DataFrame, opinions: pd.DataFrame, unfit: pd.Series, mix: Mix | None
) -> CommentStates:
    """Return what is found in all comments, those without an opinion included; `unfit` has the rows of
    `feedback`.
    """
    is_first = feedback["duplicate_of"].isna().to_numpy()
    kept = feedback[is_first].reset_index(drop=True)
    row = pd.Index(kept["feedback_id"]).get_indexer(pd.Index(opinions["feedback_id"]))
    category = pd.Index(list(CATEGORIES)).get_indexer(pd.Index(opinions["category"]))
    flag = opinions["polarity"].map(FLAGS).to_numpy(np.int64)
    counted = row >= 0
    place = (row[counted], category[counted])
    flags = np.zeros((len(kept), len(CATEGORIES)), dtype=np.int64)
    np.bitwise_or.at(flags, place, flag[counted])
    probability = np.zeros(flags.shape)
    np.maximum.at(probability, place, opinions["probability"].to_numpy(np.float64)[counted])
    return CommentStates(
        dimensions=comment_dimensions(kept),
        found=findings(flags, probability),
        strata=strata_of(kept, mix),
        unfit=unfit[is_first].reset_index(drop=True),
    )


def unfit_comments(
    feedback: pd.DataFrame, opinions: pd.DataFrame, drift: pd.DataFrame, model_version: str
) -> pd.Series:
    """Return why a confusion measured on the model `model_version` does not speak of each row of `feedback`:
    `other_model` where another read its night, `drift` where its kind was that night beyond what the model
    knows (`drift`, reference `training`, verdict `moved`), else null.
    """
    read_by = feedback["night"].map(opinions.groupby("night")["model_version"].first())
    moved = drift[(drift["reference"] == "training") & (drift["verdict"] == "moved")]
    drifted = pd.MultiIndex.from_frame(feedback[["night", "kind"]].astype("str")).isin(
        pd.MultiIndex.from_frame(moved[["night", "kind"]].astype("str"))
    )
    other = (read_by.notna() & (read_by != model_version)).to_numpy()
    reasons = np.select([other, drifted], ["other_model", "drift"], "")
    return pd.Series(reasons, index=feedback.index, dtype="str").replace("", None)


def populations(comments: CommentStates, wanted: pd.DataFrame) -> tuple[Integers, Populations]:
    """Count the populations that rows of `wanted` name by its columns, dimensions of comments.

    Returns the number of each row's population, and the populations.
    """
    labels, number = _numbered(comments.dimensions, list(wanted.columns))
    named = labels.get_indexer(pd.MultiIndex.from_frame(wanted.astype("str"))) if len(wanted.columns) else 0
    chosen, row = np.unique(np.broadcast_to(named, len(wanted)), return_inverse=True)
    place = np.full(len(labels), -1)
    place[chosen] = np.arange(len(chosen))
    return row, _counted(comments, place[number], len(chosen))


def _numbered(dimensions: pd.DataFrame, names: Sequence[str]) -> tuple["pd.Index[Any]", Integers]:
    """Return the populations that occur, and the number of each comment's."""
    if not names:
        return pd.RangeIndex(1), np.zeros(len(dimensions), dtype=np.int64)
    number = np.asarray(dimensions.groupby(list(names), observed=True).ngroup(), dtype=np.int64)
    first = np.unique(number, return_index=True)[1]
    return pd.MultiIndex.from_frame(dimensions[list(names)].iloc[first].astype("str")), number


def _counted(comments: CommentStates, population: Integers, n_populations: int) -> Populations:
    stratum = comments.strata.of_comment
    kind = pd.Index(list(KINDS)).get_indexer(pd.Index(comments.dimensions["kind"]))
    inside = (population >= 0) & (stratum >= 0)
    shape = (n_populations, len(KINDS), len(comments.strata.shares), len(FINDINGS))
    place = np.ravel_multi_index((population[inside], kind[inside], stratum[inside], 0), shape)
    found = comments.found[inside]
    counts = [
        np.bincount(place + found[:, number], minlength=int(np.prod(shape))).reshape(shape)
        for number in range(len(CATEGORIES))
    ]
    return Populations(
        counts=np.stack(counts, axis=3).astype(np.float64),
        unfit=pd.crosstab(comments.unfit[inside].fillna("fit"), population[inside], normalize="columns"),
    )
