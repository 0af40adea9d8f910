"""What all calls together say of the service: shares with their ranges, each of the calls that tell."""

from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import t

from cem_nlp.scores.intervals import share_range

MEASURES: Final = (
    "resolved",
    "promised",
    "kept",
    "says_broken",
    "transferred",
    "repeated",
    "silence",
)


def service_measures(calls: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Return one row per measure of `MEASURES`: `n` of `n_known` calls, `value`, `low`, `high`, all 0–1.

    `calls` are rows of `service_calls`. Calls that tell nothing of a measure do not count in it; without any
    its value is null. Silence is the silent share of all the time of timed calls (`n` the timed calls); its
    range is that of a ratio of sums, calls being drawn (Cochran 1977, "Sampling Techniques", 6.4).
    """
    known = calls["resolution"] != "unknown"
    answers = {
        "resolved": (calls["resolution"] == "resolved").where(known),
        "promised": (calls["promises"].str.len() > 0).where(calls["n_agent_turns"] > 0),
        "kept": calls["promise_kept"],
        "says_broken": calls["says_broken"],
        "transferred": calls["transferred"],
        "repeated": calls["repeated"],
    }
    told = [answer.dropna().astype("bool") for answer in answers.values()]
    n = np.array([answer.sum() for answer in told], dtype=np.float64)
    of = np.array([len(answer) for answer in told], dtype=np.float64)
    low, high = share_range(n, of, confidence)
    with np.errstate(invalid="ignore"):
        table = pd.DataFrame(
            {"measure": list(answers), "n": n, "n_known": of, "value": n / of, "low": low, "high": high}
        )
    table.loc[table["n_known"] == 0, ["value", "low", "high"]] = np.nan
    table = pd.concat([table, pd.DataFrame([_silence(calls, confidence)])], ignore_index=True)
    return table.astype({"n": "int64", "n_known": "int64"})


def _silence(calls: pd.DataFrame, confidence: float) -> dict[str, object]:
    timed = calls.dropna(subset=["seconds", "silence_seconds"])
    row: dict[str, object] = {"measure": "silence", "n": len(timed), "n_known": len(timed)}
    total = timed["seconds"].sum()
    if len(timed) < 2 or total <= 0:
        return row | {"value": np.nan, "low": np.nan, "high": np.nan}
    share = timed["silence_seconds"].sum() / total
    left = timed["silence_seconds"] - share * timed["seconds"]
    error = np.sqrt((left**2).sum() * len(timed) / (len(timed) - 1)) / total
    reach = float(t.isf((1 - confidence) / 2, len(timed) - 1)) * error
    return row | {"value": share, "low": max(share - reach, 0.0), "high": min(share + reach, 1.0)}
