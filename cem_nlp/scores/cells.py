"""Mentions counted into cells, and how many independent mentions a cell is worth.

A grain is a tuple of dimensions; each combination of values that occurs is a cell. Mentions by one customer
resemble each other, so a cell is worth fewer independent mentions than it holds: Kish's design effect is
1 + ρ (Σm² / Σm − 1) for m mentions by each customer (Kish 1965, "Survey Sampling"), with the correlation ρ
within a customer measured on the data themselves.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from cem_nlp.scores.intervals import Numbers

Integers: TypeAlias = npt.NDArray[np.int64]

HALF_POINTS: Final = {"negative": 0, "neutral": 1, "positive": 2}
"""What a mention contributes to the score, in halves: whole numbers keep the sums exact in any order."""

FROM_FEEDBACK: Final = ("brand", "product", "kind", "channel", "segment")
FROM_OPINIONS: Final = ("touchpoint", "category")

PRIOR_PAIRS: Final = 100.0
"""Pairs of mentions by one customer that the cautious guess ρ = 1 is worth. A convention: below about a
hundred pairs the measured correlation is mostly chance."""


def mentions_of(
    feedback: pd.DataFrame,
    opinions: pd.DataFrame,
    from_feedback: Sequence[str] = FROM_FEEDBACK,
    from_opinions: Sequence[str] = FROM_OPINIONS,
) -> pd.DataFrame:
    """Return one row per opinion on feedback that is no near-duplicate, with every dimension of the scores.

    `feedback` and `opinions` follow their schemas; opinions on absent feedback do not count. Columns: the
    named dimensions as categories (and month 2026-08, ISO week 2026-W35), `half_points`, and the number
    of the `comment` and of the `customer` (the comment itself where the customer is unknown). Rows are
    ordered by customer and comment, which `count_cells` relies on.
    """
    kept = feedback[feedback["duplicate_of"].isna()].reset_index(drop=True)
    row = pd.Index(kept["feedback_id"]).get_indexer(pd.Index(opinions["feedback_id"]))
    spoken, row = opinions[row >= 0], row[row >= 0]
    known = kept["customer_key"].astype("str")
    customer = pd.factorize(known.fillna(kept["feedback_id"]), sort=True)[0]
    dimensions = comment_dimensions(kept, from_feedback)
    columns = {name: values.array.take(row) for name, values in dimensions.items()}
    columns |= {name: spoken[name].astype("category").array for name in from_opinions}
    numbers = {
        "half_points": spoken["polarity"].map(HALF_POINTS).to_numpy(np.int64),
        "comment": row,
        "customer": customer[row],
    }
    table = pd.DataFrame(columns | numbers)
    return table.iloc[np.lexsort((table["comment"], table["customer"]))].reset_index(drop=True)


def comment_dimensions(comments: pd.DataFrame, names: Sequence[str] = FROM_FEEDBACK) -> pd.DataFrame:
    """Return the named dimensions of comments of `feedback`, month and week too, as categories."""
    columns = comments[list(names)].reset_index(drop=True)
    return columns.join(_periods(comments["business_date"])).astype("category")


def _periods(days: pd.Series) -> pd.DataFrame:
    codes, distinct = pd.factorize(days)
    stamps = pd.DatetimeIndex(distinct)
    iso = stamps.isocalendar()
    weeks = [f"{year}-W{week:02d}" for year, week in zip(iso["year"], iso["week"], strict=True)]
    names = pd.DataFrame({"month": stamps.strftime("%Y-%m"), "week": weeks}, dtype="str")
    return names.iloc[codes].reset_index(drop=True)


def count_cells(mentions: pd.DataFrame, grain: Sequence[str]) -> pd.DataFrame:
    """Return one row per cell of `grain` that occurs, in the order of its values.

    Columns: the grain's dimensions, n_feedback, n_mentions, positive, neutral, negative, and four sums over
    the cell's customers, each with m mentions worth y half points: `squares` Σm², `cubes` Σm³, `products`
    Σmy, `square_points` Σy².
    """
    cell = cell_numbers(mentions, grain)
    order = np.argsort(cell, kind="stable")
    cell = cell[order]
    half_points = mentions["half_points"].to_numpy()[order]
    first = _changes(cell)
    first_of_comment = first | _changes(mentions["comment"].to_numpy()[order])
    first_of_customer = first | _changes(mentions["customer"].to_numpy()[order])
    counts = {"n_feedback": np.bincount(cell[first_of_comment]), "n_mentions": np.bincount(cell)}
    for name, worth in HALF_POINTS.items():
        counts[name] = np.bincount(cell[half_points == worth], minlength=first.sum())
    start = np.flatnonzero(first_of_customer)
    m = np.diff(start, append=len(cell))
    y = np.add.reduceat(half_points, start)
    sums = {"squares": m * m, "cubes": m**3, "products": m * y, "square_points": y * y}
    sums = {name: np.bincount(cell[start], weights=values) for name, values in sums.items()}
    labels = mentions.iloc[order[first]][list(grain)].reset_index(drop=True)
    return labels.join(pd.DataFrame(counts | sums))


def cell_numbers(mentions: pd.DataFrame, grain: Sequence[str]) -> Integers:
    """Return the number of each row's cell, from 0 in the order of the grain's values, none of them null."""
    number = np.zeros(len(mentions), dtype=np.int64)
    for name in grain:
        codes, distinct = pd.factorize(mentions[name], sort=True)
        # Numbered anew at each step, so that no product of many dimensions grows too large.
        number = pd.factorize(number * len(distinct) + codes, sort=True)[0]
    return number


def _changes(values: Integers) -> npt.NDArray[np.bool_]:
    """Mark the first row of each run of equal values."""
    return np.append(np.ones(min(len(values), 1), dtype=np.bool_), values[1:] != values[:-1])


def correlation_within_customers(cells: pd.DataFrame) -> float:
    """Return ρ, the correlation of two mentions by one customer in one cell of `count_cells`, 0–1.

    By the method of moments, pooled over the cells: the squared deviations of mentions, and those of
    customers' sums, from their cell's mean are set to what they are expected to be. That a cell's mean
    follows its own customers is part of the expectation; without it ρ would come out too small where
    customers are few. Few pairs pull the result to the cautious 1.
    """
    n, squares = cells["n_mentions"], cells["squares"]
    pairs = squares - n
    mean = (2 * cells["positive"] + cells["neutral"]) / n
    spread = 4 * cells["positive"] + cells["neutral"] - n * mean**2
    clustered = cells["square_points"] - 2 * mean * cells["products"] + mean**2 * squares
    # Rows: spread and clustered deviations; columns: what a unit of variance and of covariance adds to them.
    expected = np.array(
        [
            [(n - 1).sum(), -(pairs / n).sum()],
            [
                (n - squares / n).sum(),
                (pairs - 2 * (cells["cubes"] - squares) / n + squares * pairs / n**2).sum(),
            ],
        ]
    )
    if abs(np.linalg.det(expected)) < 1e-9 or spread.sum() == 0:
        return 1.0
    variance, covariance = np.linalg.solve(expected, [spread.sum(), clustered.sum()])
    measured = np.clip(covariance / variance, 0.0, 1.0) if variance > 0 else 1.0
    total = pairs.sum()
    return float((total * measured + PRIOR_PAIRS) / (total + PRIOR_PAIRS))


def effective_mentions(cells: pd.DataFrame, correlation: float) -> Numbers:
    """Return the number of independent mentions each cell is worth, at most `n_mentions`."""
    n: Numbers = cells["n_mentions"].to_numpy(np.float64)
    design_effect: Numbers = 1 + correlation * (cells["squares"].to_numpy(np.float64) / n - 1)
    return n / design_effect
