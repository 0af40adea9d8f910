"""The cost of negative experience with ranges, as it is and with a lever moved: the table `costs`."""

from collections.abc import Mapping
from typing import Final, TypeAlias

import numpy as np
import pandas as pd

from cem_nlp.cem.cost_shares import SHARES, Share
from cem_nlp.cem.ranges import Numbers
from cem_nlp.schemas import TABLES

COLUMNS: Final = tuple(name for name in TABLES["costs"].names if name != "run_id")

REPLICATES: Final = 4000
"""Enough for the ends of a 95 % range to hold their second digit."""

MOVES: Final = (0.1, 0.2)
"""By how much each what-if moves its lever: ten and twenty percentage points."""

LEVERS: Final[Mapping[str, str]] = {"won_back": "won_back_rate", "complaint_share": "complaint_share"}
"""The method's two levers, each with the share it moves."""

AMOUNTS: Final = (
    "lost_complainers",
    "lost_silent",
    "at_risk_complainers",
    "at_risk_silent",
    "won_back",
    "lost",
)

Draws: TypeAlias = dict[str, Numbers]


def cost_table(
    revenue: float, currency: str, shares: Mapping[str, Share], rng: np.random.Generator
) -> pd.DataFrame:
    """Return the `costs` table of the schema, without `run_id`.

    `shares` has every name of `SHARES` (see `settle_shares`). A range covers the chance in which customers
    were heard, where any share was counted; what is given or assumed counts as exact. The amounts now are
    those of `cost_of_negative_experience`. With more complainers won back those at risk and lost become fewer
    in proportion; with more of the unhappy complaining each complainer fares as complainers do.
    """
    drawn = {name: shares[name].drawn(REPLICATES, rng) for name in SHARES}
    drawn["lost_rate"] = np.minimum(drawn["lost_rate"], 1 - drawn["won_back_rate"])
    now = _amounts(revenue, drawn)
    rows = [_row("now", None, "revenue", np.full(1, revenue), "given", currency)]
    for name, values in (drawn | _rest(drawn)).items():
        share = shares.get(name)
        origin = "computed" if share is None else share.origin
        counted = None if share is None or share.origin != "derived" else share.n_customers
        rows.append(_row("now", None, name, values, origin, None) | {"n_customers": counted})
    rows += [_row("now", None, name, now[name], "computed", currency) for name in AMOUNTS]
    for scenario, lever in LEVERS.items():
        for to in _moved(float(drawn[lever][0])):
            then = _amounts(revenue, _with(drawn, lever, to))
            then["saved"] = now["lost"] - then["lost"]
            rows += [
                _row(scenario, to, name, then[name], "computed", currency) for name in (*AMOUNTS, "saved")
            ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    numbers = ["changed_to", "value", "value_low", "value_high"]
    return table.astype(dict.fromkeys(numbers, "float64") | {"n_customers": "Int64"})


def _amounts(revenue: float, drawn: Draws) -> Draws:
    unhappy = revenue * drawn["negative_share"]
    complainers = unhappy * drawn["complaint_share"]
    silent = unhappy - complainers
    rest = _rest(drawn)
    amounts = {
        "lost_complainers": complainers * drawn["lost_rate"],
        "lost_silent": silent * drawn["silent_lost_rate"],
        "at_risk_complainers": complainers * rest["at_risk_rate"],
        "at_risk_silent": silent * rest["silent_at_risk_rate"],
        "won_back": complainers * drawn["won_back_rate"],
    }
    return amounts | {"lost": amounts["lost_complainers"] + amounts["lost_silent"]}


def _rest(drawn: Draws) -> Draws:
    """Return what is left of each whole."""
    return {
        "at_risk_rate": np.maximum(1 - drawn["won_back_rate"] - drawn["lost_rate"], 0.0),
        "silent_at_risk_rate": 1 - drawn["silent_lost_rate"],
    }


def _moved(share: float) -> list[float]:
    """Return where a lever can be moved to, at most to all."""
    return list(dict.fromkeys(min(round(share + move, 9), 1.0) for move in MOVES)) if share < 1 else []


def _with(drawn: Draws, lever: str, to: float) -> Draws:
    """Return the shares with a lever moved by as much in every replicate as in the value itself."""
    moved = np.clip(drawn[lever] + (to - drawn[lever][0]), 0.0, 1.0)
    if lever != "won_back_rate":
        return drawn | {lever: moved}
    before = 1 - drawn[lever]
    left = np.divide(1 - moved, before, out=np.zeros_like(before), where=before > 0)
    return drawn | {lever: moved, "lost_rate": drawn["lost_rate"] * left}


def _row(
    scenario: str, changed_to: float | None, quantity: str, values: Numbers, origin: str, currency: str | None
) -> dict[str, object]:
    """Return a row; its range is that of the draws behind the value, null where they do not differ."""
    value, digits = float(values[0]), 9 if currency is None else 2
    low, high = np.quantile(values[1:], [0.025, 0.975]) if np.ptp(values) > 0 else (np.nan, np.nan)
    return {
        "scenario": scenario,
        "changed_to": changed_to,
        "quantity": quantity,
        "value": round(value, digits),
        "value_low": np.fmin(low, value) if np.isfinite(low) else np.nan,
        "value_high": np.fmax(high, value) if np.isfinite(high) else np.nan,
        "currency": currency,
        "origin": origin,
        "n_customers": None,
    }
