"""Where customers wish they had been served: wishes placed at touchpoints, and channels they prefer there."""

from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.stages import CHANNELS
from cem_nlp.scores.intervals import share_range
from cem_nlp.vocabulary import ALL

COLUMNS: Final = ("brand", "product", "touchpoint", "channel", "value", "low", "high", "n")


def placed_wishes(wishes: pd.DataFrame, opinions: pd.DataFrame, feedback: pd.DataFrame) -> pd.DataFrame:
    """Return the wishes with brand, product and the touchpoint they are said at, near-duplicates left out.

    The touchpoint is that of the nearest opinion of the comment (before one after, at the same distance);
    null where the comment holds none.
    """
    kept = feedback.loc[feedback["duplicate_of"].isna(), ["feedback_id", "brand", "product", "is_own"]]
    mine = wishes.merge(kept, on="feedback_id")
    pairs = mine[["feedback_id", "wish_no", "start", "end"]].merge(
        opinions[["feedback_id", "touchpoint", "start", "end"]], on="feedback_id", suffixes=("", "_opinion")
    )
    before = (pairs["start"] - pairs["end_opinion"]).clip(lower=0)
    after = (pairs["start_opinion"] - pairs["end"]).clip(lower=0)
    pairs["distance"] = before + after
    nearest = pairs.sort_values(["feedback_id", "wish_no", "distance", "start_opinion", "touchpoint"])
    nearest = nearest.drop_duplicates(["feedback_id", "wish_no"])[["feedback_id", "wish_no", "touchpoint"]]
    return mine.merge(nearest, on=["feedback_id", "wish_no"], how="left")


def no_wished_channels() -> pd.DataFrame:
    """Return `COLUMNS` without rows: nobody wishes for any channel."""
    numbers = {"value": "float64", "low": "float64", "high": "float64", "n": "int64"}
    return pd.DataFrame(columns=list(COLUMNS)).astype(dict.fromkeys(COLUMNS, "str") | numbers)


def wished_channels(placed: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Return `COLUMNS`: each channel's share among the wishes that name a channel at a touchpoint.

    Wishes for what is missing and preferences count, questions do not; a comment counts once per channel. A
    channel nobody wishes for has the share 0 with its range, wherever another one is wished for.
    """
    named = placed[placed["channel"].notna() & (placed["sort"] != "question") & placed["touchpoint"].notna()]
    cell = ["brand", "product", "touchpoint"]
    voices = pd.concat([named, named.assign(product=ALL)], ignore_index=True)
    voices = voices.drop_duplicates([*cell, "channel", "feedback_id"])
    counts = voices.groupby([*cell, "channel"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=pd.Index(CHANNELS, name="channel"), fill_value=0)
    n = counts.sum(axis=1)
    long = counts.reset_index().melt(id_vars=cell, var_name="channel", value_name="part")
    long = long.sort_values([*cell, "channel"], ignore_index=True)
    whole = n.reindex(pd.MultiIndex.from_frame(long[cell])).to_numpy(np.float64)
    part = long["part"].to_numpy(np.float64)
    low, high = share_range(part, whole, confidence)
    return long.assign(value=part / whole, low=low, high=high, n=whole.astype(np.int64))[list(COLUMNS)]
