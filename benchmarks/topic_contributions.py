"""How often the range of a topic's contribution holds the truth, and how often a verdict is false.

Run `python benchmarks/topic_contributions.py`; it takes about twenty seconds, `--full` ten times as long.
Customers speak one to four times in one category, repeating their mood seven times in ten. A tenth of the
mentions are about the topic, which is worse than the rest, or as good. Nominal coverage is 95 %.
"""

import argparse

import numpy as np
import pandas as pd

from cem_nlp.config import Scores
from cem_nlp.scores.periods import NOW
from cem_nlp.scores.topics import topic_table

SHARE = 0.1
GOOD = 0.6
MARKETS = 40
"""Brands a table holds: each is a draw of its own."""


def mentions(customers: int, good_in_topic: float, random: np.random.Generator) -> pd.DataFrame:
    """Return the mentions of `MARKETS` brands as `topical_mentions` does."""
    size = random.integers(1, 5, customers * MARKETS)
    customer = np.repeat(np.arange(len(size)), size)
    is_topic = random.random(len(customer)) < SHARE
    mood = random.random(len(size))[customer]
    mood = np.where(random.random(len(customer)) < 0.7, mood, random.random(len(customer)))
    positive = mood < np.where(is_topic, good_in_topic, GOOD)
    return pd.DataFrame(
        {
            "brand": pd.Categorical((customer // customers).astype("str")),
            "source": "评论",
            "window": NOW,
            "category": pd.Categorical(["service"] * len(customer)),
            "topic": pd.Categorical(np.where(is_topic, "topic", "rest")),
            "half_points": np.where(positive, 2, 0),
            "comment": np.arange(len(customer)),
            "customer": customer,
        }
    )


def measured(
    customers: int, good: float, trials: int, random: np.random.Generator
) -> tuple[float, float, float]:
    """Return the coverage, the share of brands with a verdict, and of tables with any."""
    truth = SHARE * (1 - SHARE) * 10 * (good - GOOD)
    held, judged, tables = [], [], []
    for _ in range(trials):
        table = topic_table(mentions(customers, good, random), [], Scores())
        found = table[(table["topic"] == "topic") & (table["verdict"] != "suppressed")]
        held += list(found["contribution_low"].le(truth) & found["contribution_high"].ge(truth))
        verdict = found["verdict"] != "no_evidence"
        judged += list(verdict)
        tables.append(bool(verdict.any()))
    return float(np.mean(held)), float(np.mean(judged)), float(np.mean(tables))


def main() -> None:
    """Print coverage and verdicts for topics as good as the rest, and worse; then the verdict on both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="ten times the trials")
    trials = 200 if parser.parse_args().full else 20
    random = np.random.default_rng(11)
    covered, false = [], []
    for title, good in (("as good as the rest", GOOD), ("worse: 30 % positive instead of 60 %", 0.3)):
        print(f"\ntopic {title}, {MARKETS} brands a table")
        print(f"{'customers':>9} {'held':>6} {'judged':>7} {'tables':>7}")
        for customers in (30, 100, 300, 1000):
            held, judged, tables = measured(customers, good, trials, random)
            print(f"{customers:>9} {held:>6.1%} {judged:>7.1%} {tables:>7.1%}")
            covered.append(held)
            if good == GOOD:
                false.append(tables)
    kept = min(covered) >= 0.93 and np.mean(false) <= 0.05
    print(
        "\nasked: at least 93 % of the ranges hold the truth, and at most 5 % of tables say anything where "
        f"nothing is; found: {min(covered):.1%} or more, {np.mean(false):.1%}: "
        f"{'kept' if kept else 'NOT kept'}"
    )


if __name__ == "__main__":
    main()
