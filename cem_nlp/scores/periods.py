"""The present and the period before, as windows of as many days."""

from datetime import timedelta
from typing import Final

import numpy as np
import pandas as pd

NOW: Final = "now"
BEFORE: Final = "before"
EARLIER: Final = "earlier"
"""Further back, or undated."""


def windows(feedback: pd.DataFrame, days: int) -> pd.Series:
    """Return the window of each row of `feedback`: now, before or earlier.

    'now' is the last `days` days to the last dated row, 'before' as many days before them. Rows without
    `created_at` have no date but the night's that read them, and belong to neither.
    """
    dated = feedback["created_at"].notna().to_numpy()
    day = pd.Series(pd.to_datetime(feedback["business_date"]).to_numpy(), feedback.index)
    last = day[dated].max()
    found = np.full(len(feedback), EARLIER, dtype=object)
    if not pd.isna(last):
        span = timedelta(days=days)
        found[dated & (day > last - span - span).to_numpy()] = BEFORE
        found[dated & (day > last - span).to_numpy()] = NOW
    return pd.Series(found, feedback.index, dtype="str")
