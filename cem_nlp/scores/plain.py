"""Scores of cells that lean on no other: for groupings the table `scores` does not have."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cem_nlp.scores.cells import correlation_within_customers, count_cells, effective_mentions
from cem_nlp.scores.intervals import net_score, net_score_range
from cem_nlp.vocabulary import POLARITIES


def plain_scores(mentions: pd.DataFrame, grain: Sequence[str], confidence: float = 0.95) -> pd.DataFrame:
    """Return one row per cell of `grain` that occurs in the mentions of `cells.mentions_of`; those
    without a value in one of its dimensions do not count.

    Columns: the grain's dimensions as strings, n_feedback, n_mentions, effective_n, and experience with its
    range: the net score 0–10, not shrunk, over as many independent mentions as the cell is worth.
    """
    cells = count_cells(mentions.dropna(subset=list(grain)), grain)
    names = cells[list(grain)].astype("str")
    if cells.empty:
        columns = [
            "n_feedback",
            "n_mentions",
            "effective_n",
            "experience",
            "experience_low",
            "experience_high",
        ]
        return names.assign(**{name: pd.Series(dtype="float64") for name in columns})
    independent = effective_mentions(cells, correlation_within_customers(cells))
    counts = cells[list(POLARITIES)].to_numpy(np.float64)
    worth = independent / cells["n_mentions"].to_numpy(np.float64)
    positive, neutral, negative = (counts * worth[:, np.newaxis]).T
    low, high = net_score_range(positive, neutral, negative, confidence)
    score = net_score(counts[:, 0], counts[:, 1], counts[:, 2])
    # The same score from discounted counts differs in its last digit: the range must hold this one.
    return names.assign(
        n_feedback=cells["n_feedback"],
        n_mentions=cells["n_mentions"],
        effective_n=independent,
        experience=score,
        experience_low=np.fmin(low, score),
        experience_high=np.fmax(high, score),
    )
