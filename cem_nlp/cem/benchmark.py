"""The own brands read against a reference group, in points of 0–100 as published studies state them.

"Domestic companies scored 7.1 points below multinationals" is a difference of −7.1 points, −0.71 on the scale
of the scores.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.schemas import TABLES
from cem_nlp.vocabulary import ALL, CATEGORIES

COLUMNS: Final = tuple(name for name in TABLES["benchmarks"].names if name != "run_id")
POINTS: Final = 10.0
"""Points of the scale 0–100 in one of the scale 0–10."""

_MEASURES: Final = tuple(
    f"{name}{end}"
    for name in ("experience", "reference_value", "difference")
    for end in ("", "_low", "_high")
)


def against_brands(comparisons: pd.DataFrame, reference: str) -> pd.DataFrame:
    """Return the `benchmarks` table of the schema, without `run_id`, against a group of brands.

    `comparisons` holds the rows of `scores.comparison.compare_brands` with the group as its industry: both
    sides in the same sources, kinds and months.
    """
    rows = comparisons[(comparisons["rival"] == ALL) & comparisons["grain"].isin(["total", "category"])]
    renamed = {f"experience_rival{end}": f"reference_value{end}" for end in ("", "_low", "_high")}
    return finished(rows.rename(columns=renamed), reference, "brands")


def against_published(
    scores: pd.DataFrame, values: Mapping[str, float], reference: str, least: float, most: float
) -> pd.DataFrame:
    """Return the same against published values per category, or 'all', on the scale `least`–`most`.

    Customers' experience is that of `scores`, all their feedback together. A published value has no range
    here: that of the difference is the own brand's.
    """
    grains = ["brand", "brand×category"]
    rows = scores[scores["grain"].isin(grains) & scores["is_own"] & scores["category"].isin([*values])]
    renamed = {"low": "experience_low", "high": "experience_high"}
    rows = rows.rename(columns=renamed).reset_index(drop=True)
    value = rows["category"].map(values).astype("float64").sub(least) * 10 / (most - least)
    rows = rows.assign(
        reference_value=value, reference_value_low=np.nan, reference_value_high=np.nan, n_rival=None
    )
    for end in ("", "_low", "_high"):
        rows[f"difference{end}"] = rows[f"experience{end}"] - value
    sure = np.where(
        rows["difference_low"] > 0, "better", np.where(rows["difference_high"] < 0, "worse", "no_evidence")
    )
    return finished(
        rows.assign(verdict=np.where(rows["suppressed"], "suppressed", sure)), reference, "published"
    )


def finished(rows: pd.DataFrame, reference: str, source: str) -> pd.DataFrame:
    """Return the `benchmarks` table from rows with n_rival for n_reference; points, name and order are added.

    `source` is the table's reference_from.
    """
    points = {f"points{end}": rows[f"difference{end}"] * POINTS for end in ("", "_low", "_high")}
    table = rows.rename(columns={"n_rival": "n_reference"}).assign(
        **points, reference=reference, reference_from=source
    )
    order = table["category"].map({code: number for number, code in enumerate((ALL, *CATEGORIES))})
    table = table.assign(order=order).sort_values(["brand", "order"])[list(COLUMNS)]
    return table.astype({"n_reference": "Int64"}).reset_index(drop=True)
