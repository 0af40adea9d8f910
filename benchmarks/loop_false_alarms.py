"""How often the feedback loop calls an idle action working, and how often it sees one that did something.

    python benchmarks/loop_false_alarms.py          (some 20 seconds)
    python benchmarks/loop_false_alarms.py --full   (some minutes)

Sixteen weeks of invented feedback on an own brand and two rivals: customers with tastes of their own who
speak several times, a common drift that hits every brand, and shocks that hit one brand's category for a
week. In the middle the own brand does something about delivery; it gains so many points, or none. Printed:
the shares of each status, and how often the range of the effect holds the truth.
"""

import argparse
from collections import Counter
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.feedback_loop import feedback_loop_table
from cem_nlp.config import Actions

SEED: Final = 11
WEEKS: Final = 16
FIRST: Final = date(2026, 6, 1)
SINCE: Final = FIRST + timedelta(weeks=WEEKS // 2)
LAST: Final = FIRST + timedelta(weeks=WEEKS) - timedelta(days=1)
BRANDS: Final = ("own", "rival", "other rival")
PLACES: Final = (
    ("use", "product"),
    ("after", "service"),
    ("order", "price"),
    ("delivery", "convenience"),
    ("ad", "brand"),
)
TASTE: Final = 0.12
"""Spread of customers' own share of praise."""
DRIFT: Final = 0.15
"""Common drift over the sixteen weeks, in shares of praise."""
NEUTRAL: Final = 0.1


def market(
    rng: np.random.Generator, size: int, gain: float, shock: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return feedback and opinions: `size` opinions on each brand and place a week, more or less; `gain` in
    points of 0–10, `shock` the spread of weekly shocks in shares of praise.
    """
    n = size * WEEKS * len(BRANDS) * len(PLACES)
    brand = rng.integers(len(BRANDS), size=n)
    place = rng.integers(len(PLACES), size=n)
    customer = rng.integers(n // 2, size=n)
    day = rng.integers(7 * WEEKS, size=n)
    level = rng.uniform(0.3, 0.6, (len(BRANDS), len(PLACES)))
    bumps = shock * rng.normal(size=(len(BRANDS), len(PLACES), WEEKS))
    taste = TASTE * rng.normal(size=n // 2)
    gained = gain / 10 * ((brand == 0) & (place == PLACES.index(("delivery", "convenience"))))
    praise = level[brand, place] + bumps[brand, place, day // 7] + taste[customer]
    praise += DRIFT * day / (7 * WEEKS) + gained * (day >= 7 * WEEKS // 2)
    drawn = rng.random(n)
    share = np.clip(praise, 0.02, 0.98)
    polarity = np.where(drawn < share - NEUTRAL / 2, "positive", "negative")
    polarity = np.where(np.abs(drawn - share) < NEUTRAL / 2, "neutral", polarity)
    days = pd.to_datetime(pd.Timestamp(FIRST) + pd.to_timedelta(day, "D"))
    feedback = pd.DataFrame(
        {
            "feedback_id": [f"f{number}" for number in range(n)],
            "kind": "review",
            "source": "reviews",
            "brand": np.array(BRANDS)[brand],
            "product": "one",
            "customer_key": customer.astype(str),
            "business_date": days.date,
            "created_at": days,
            "duplicate_of": None,
        }
    )
    touchpoints, categories = (np.array(names)[place] for names in zip(*PLACES, strict=True))
    opinions = pd.DataFrame(
        {
            "feedback_id": feedback["feedback_id"],
            "category": categories,
            "polarity": polarity,
            "touchpoint": touchpoints,
        }
    )
    return feedback, opinions


def judge(rng: np.random.Generator, size: int, gain: float, shock: float) -> tuple[str, bool | None]:
    """Return the status of one action, and whether the range holds the gain."""
    action = {
        "action": "more vans",
        "touchpoint": "delivery",
        "category": "convenience",
        "product": "all",
        "since": SINCE,
        "until": None,
        "cost": np.nan,
    }
    feedback, opinions = market(rng, size, gain, shock)
    table = feedback_loop_table(
        pd.DataFrame([action]), feedback, opinions, ["own"], [], LAST, Actions(path="-")
    )
    row = table.iloc[0]
    held = None if pd.isna(row["effect"]) else bool(row["effect_low"] <= gain <= row["effect_high"])
    return str(row["status"]), held


def main() -> None:
    """Print one line per size, gain and shock."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--full", action="store_true", help="more trials and sizes")
    full = parser.parse_args().full
    sizes, gains, shocks, trials = (
        ((5, 15, 40), (0.0, 1.0, 2.0), (0.0, 0.05), 200) if full else ((15, 40), (0.0, 1.0), (0.05,), 40)
    )
    rng = np.random.default_rng(SEED)
    print(f"seed {SEED}, {trials} trials a line; opinions are per week and cell, shocks in points")
    print(
        f"{'opinions':>8} {'gain':>5} {'shock':>6}  {'working':>8} {'not':>6} {'open':>6}  range holds gain"
    )
    idle = alarms = 0
    for size in sizes:
        for gain in gains:
            for shock in shocks:
                found = [judge(rng, size, gain, shock) for _ in range(trials)]
                counts = Counter(status for status, _ in found)
                if gain == 0:
                    idle, alarms = idle + trials, alarms + counts["working"]
                held = [hit for _, hit in found if hit is not None]
                shares = [counts[name] / trials for name in ("working", "not_working", "no_evidence")]
                print(
                    f"{size:8} {gain:5.1f} {10 * shock:6.1f}  {shares[0]:8.1%} {shares[1]:6.1%} "
                    f"{shares[2]:6.1%}  {np.mean(held):.1%}"
                )
    print(
        f"\nasked: at most 5 % of idle actions are called working; found: {alarms / idle:.1%} of {idle}: "
        f"{'kept' if alarms / idle <= 0.05 else 'NOT kept'}"
    )


if __name__ == "__main__":
    main()
