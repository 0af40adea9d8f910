"""Which brand a section of several brands is about."""

from collections.abc import Sequence

import pandas as pd


def focus_of(table: pd.DataFrame, own: Sequence[str], weight: str) -> str | None:
    """Return the first own brand that has rows, else the brand with most of `weight`; None without rows."""
    if table.empty:
        return None
    present = set(table["brand"])
    most = table.groupby("brand")[weight].sum().sort_index().idxmax()
    return next((brand for brand in own if brand in present), str(most))
