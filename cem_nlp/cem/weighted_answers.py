"""Survey scores in which target segments weigh more: not all customers matter equally.

A weighted mean is a ratio, whose variance is that of its linear part (Cochran 1977, "Sampling Techniques",
chapter 6): with u = w (x − mean) / Σw for each of n customers it is n / (n − 1) Σu².
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import t

from cem_nlp.cem.ranges import ROUNDING
from cem_nlp.cem.targets import COLUMNS, verdict_of
from cem_nlp.config import Scores
from cem_nlp.scores.intervals import Numbers
from cem_nlp.vocabulary import ALL

_DIGITS: Final = 9


def weighted_answers(customers: pd.DataFrame, weights: Mapping[str, float], settings: Scores) -> pd.DataFrame:
    """Return the `target_scores` table of the schema, without `run_id`, from `customers_of_survey`.

    One row, brand and category 'all', none without `weights`, which are those of the target segments; every
    other weighs 1. n_mentions counts customers who gave a score. Satisfaction, score − expectation, is null
    unless all of them were asked for their expectation too. Ranges are two-sided at `settings.confidence`.
    """
    if not weights:
        return pd.DataFrame(columns=list(COLUMNS))
    answered = customers[customers["experience"].notna()]
    plain: Numbers = np.ones(len(answered), dtype=np.float64)
    weight: Numbers = np.array([weights.get(name, 1.0) for name in answered["segment"]], dtype=np.float64)
    score = answered["experience"].to_numpy(np.float64)
    satisfaction = score - answered["expectation"].to_numpy(np.float64)
    few = len(answered) < settings.minimum_mentions
    measures = {
        "experience": _mean(score, plain, 0 * plain, settings.confidence),
        "experience_weighted": _mean(score, weight, 0 * plain, settings.confidence),
        "difference": _mean(score, weight, plain, settings.confidence),
        "satisfaction": _mean(satisfaction, plain, 0 * plain, settings.confidence),
        "satisfaction_weighted": _mean(satisfaction, weight, 0 * plain, settings.confidence),
    }
    row: dict[str, object] = {"brand": ALL, "category": ALL, "n_mentions": len(answered)}
    row["n_target"] = int(answered["segment"].isin([*weights]).sum())
    for name, ends in measures.items():
        reach = (-10.0, 10.0) if name.startswith(("difference", "satisfaction")) else (0.0, 10.0)
        kept = [np.nan] * 3 if few else np.clip(ends, *reach)
        row |= {f"{name}{end}": value for end, value in zip(("", "_low", "_high"), kept, strict=True)}
    row["expectation_from"] = None if few or np.isnan(satisfaction).any() else "survey"
    row["verdict"] = "suppressed" if few else verdict_of(measures["difference"])
    return pd.DataFrame([row])[list(COLUMNS)]


def _mean(
    values: Numbers, weight: Numbers, against: Numbers, confidence: float
) -> tuple[float, float, float]:
    """Return the mean of values under `weight` − that under `against` (nothing where it is 0), with range."""
    n = len(values)
    if n < 2:
        return float(values.mean()) if n and not against.any() else np.nan, np.nan, np.nan
    mean, pull, share = 0.0, np.zeros(n), np.zeros(n)
    for sign, side in ((1.0, weight), (-1.0, against)):
        if side.any():
            part = side / side.sum()
            mean += sign * float(part @ values)
            pull += sign * part * (values - part @ values)
            share += sign * part
    variance = max(n / (n - 1) * float(pull @ pull), ROUNDING**2 * float(share @ share))
    half = float(t.ppf((1 + confidence) / 2, n - 1)) * variance**0.5
    # Equal weights make no difference: not even one in the last digits.
    return round(mean, _DIGITS), round(mean - half, _DIGITS), round(mean + half, _DIGITS)
