"""What an action that worked cost for each point gained, and what it saves."""

import numpy as np
import pandas as pd

from cem_nlp.scores.intervals import SCALE


def with_returns(loop: pd.DataFrame, costs: pd.DataFrame) -> pd.DataFrame:
    """Return the table `feedback_loop` with cost_per_point, saved and currency, for working actions alone.

    `costs` is the table `costs`, or empty. A point gained is a tenth of the cell's opinions turned from
    negative to positive, and revenue is lost in proportion to negative opinions: a derived figure, as long as
    nobody has counted customers.
    """
    works = loop["status"] == "working"
    point, low, high = (
        loop[name].where(works & (loop[name] > 0)) for name in ("effect", "effect_low", "effect_high")
    )
    per_point = {
        "cost_per_point": loop["cost"] / point,
        "cost_per_point_low": loop["cost"] / high,
        "cost_per_point_high": loop["cost"] / low,
    }
    lost, currency = _lost(costs)
    each = lost * loop["share_of_blame"] / SCALE
    saved = {"saved": each * point, "saved_low": each * low, "saved_high": each * high}
    return loop.assign(**per_point, **saved, currency=currency)


def _lost(costs: pd.DataFrame) -> tuple[float, str | None]:
    if costs.empty:
        return np.nan, None
    now = costs[(costs["scenario"] == "now") & (costs["quantity"] == "lost")]
    if now.empty:
        return np.nan, None
    return float(now["value"].iloc[0]), str(now["currency"].iloc[0])
