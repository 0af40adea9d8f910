"""How often `cem compare` sees a difference where there is none, and how often it finds one that is there.

Run `python benchmarks/comparison_false_alarms.py`; it takes some twenty seconds, and half an hour with
`--full`, which draws more grids. Invented markets go through the product's own functions, from the tables
`feedback` and `opinions` to the verdicts: brands of unequal size, each with its own mix of sources, kinds and
months, whose customers speak several times and stay in the mood they are in. Sources, months, touchpoints and
topics differ in how they are spoken of; brands do not, unless one is made to.
"""

import argparse
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cem_nlp.config import Comparison, Scores
from cem_nlp.scores.comparison import comparable_mentions, compare_brands
from cem_nlp.scores.intervals import share_range
from cem_nlp.vocabulary import ALL, CATEGORIES, TOUCHPOINTS

OWN, RIVALS = "甲", tuple("乙丙丁戊己庚辛")
SOURCES = (("商城甲", "review"), ("商城乙", "review"), ("投诉平台", "complaint"), ("热线", "transcript"))
LEVELS = np.array([0.9, 0.5, -2.2, -0.8])
"""Log-odds of praise by source: complaints are hardly ever praise."""
MONTHS = [f"2026-{month:02d}-15" for month in range(1, 7)]
TOPICS_EACH = 8
NEUTRAL = 0.08
SPOILT = 1
"""Number of the category in which the own brand may be worse: service."""

GRIDS, GRIDS_FULL = 8, 500
"""Grids drawn of each market."""

POINTS_LOST = (1.0, 2.0)
MOODS = (0.0, 1.0, 2.5)
"""Standard deviations of customers' moods in log-odds: his opinions correlate at 0 to about 0.5."""


@dataclass(frozen=True, slots=True)
class Market:
    """An invented market; the own brand's service is `worse_by` points worse than its rivals'."""

    comments: int
    mood: float
    worse_by: float = 0.0


def draw(market: Market, random: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables `feedback` and `opinions` of one market."""
    brands = np.array([OWN, *RIVALS])
    sizes = random.dirichlet(np.full(len(brands), 2.0))
    brand = random.choice(len(brands), market.comments, p=sizes)
    source = draw_each(random.dirichlet(np.ones(len(SOURCES)), len(brands)), brand, random)
    month = draw_each(random.dirichlet(np.full(len(MONTHS), 2.0), len(brands)), brand, random)
    customer = brand * market.comments + random.integers(0, market.comments // 12, market.comments)
    mood = random.normal(0, market.mood, market.comments * len(brands))[customer]
    feedback = pd.DataFrame(
        {
            "feedback_id": [f"f{n}" for n in range(market.comments)],
            "source": np.array([name for name, _ in SOURCES])[source],
            "kind": np.array([kind for _, kind in SOURCES])[source],
            "brand": brands[brand],
            "product": "x",
            "channel": "x",
            "segment": "x",
            "customer_key": [f"c{n}" for n in customer],
            "business_date": pd.to_datetime(np.array(MONTHS)[month]),
            "duplicate_of": pd.Series(pd.NA, range(market.comments), dtype="str"),
        }
    )
    level = mood + LEVELS[source] + random.normal(0, 0.3, len(MONTHS))[month]
    return feedback, draw_opinions(market, brand == 0, level, random)


def draw_opinions(
    market: Market, is_own: np.ndarray, level: np.ndarray, random: np.random.Generator
) -> pd.DataFrame:
    """Return one to five opinions a comment."""
    comment = np.repeat(np.arange(len(level)), random.integers(1, 6, len(level)))
    category = draw_skewed(len(CATEGORIES), len(comment), random)
    touchpoint = draw_skewed(len(TOUCHPOINTS), len(comment), random)
    topic = draw_skewed(TOPICS_EACH, len(comment), random)
    odds = level[comment] + random.normal(0, 0.6, len(TOUCHPOINTS))[touchpoint]
    odds += random.normal(0, 0.6, (len(CATEGORIES), TOPICS_EACH))[category, topic]
    praised = random.random(len(comment)) < 1 / (1 + np.exp(-odds))
    # Praise turns into its opposite so often that the mean falls by what is asked.
    here = is_own[comment] & (category == SPOILT)
    loss = market.worse_by / 10 / max(praised[here].mean(), 0.01) if here.any() else 0.0
    praised &= ~(here & (random.random(len(comment)) < loss))
    neutral = random.random(len(comment)) < NEUTRAL
    return pd.DataFrame(
        {
            "feedback_id": [f"f{n}" for n in comment],
            "category": np.array(list(CATEGORIES))[category],
            "touchpoint": np.array(list(TOUCHPOINTS))[touchpoint],
            "topic": [f"t{c}.{t}" for c, t in zip(category, topic, strict=True)],
            "polarity": np.where(neutral, "neutral", np.where(praised, "positive", "negative")),
        }
    )


def draw_each(shares: np.ndarray, brand: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Return one draw for each comment from its brand's own shares."""
    drawn = (random.random(len(brand))[:, np.newaxis] > shares.cumsum(axis=1)[brand]).sum(axis=1)
    return np.minimum(drawn, shares.shape[1] - 1)


def draw_skewed(size: int, n: int, random: np.random.Generator) -> np.ndarray:
    """Return draws of which the first values are the most frequent."""
    weight = 1 / np.arange(1, size + 1)
    return random.choice(size, n, p=weight / weight.sum())


def compare(market: Market, random: np.random.Generator) -> pd.DataFrame:
    """Return the product's comparison of one market."""
    mentions = comparable_mentions(*draw(market, random))
    return compare_brands(mentions, [OWN], RIVALS, RIVALS, Comparison(), Scores())


def verdicts_of(market: Market, grids: int) -> pd.DataFrame:
    """Return one row per grid: cells compared, verdicts, and what is said of the own brand's service."""
    rows = []
    for number in range(grids):
        table = compare(market, np.random.default_rng([number, market.comments, int(10 * market.mood)]))
        judged = table[table["verdict"] != "suppressed"]
        service = judged[(judged["grain"] == "category") & (judged["category"] == "service")]
        against_all = service[service["rival"] == ALL]
        rows.append(
            {
                "cells": len(judged),
                "any": judged["verdict"].isin(["better", "worse"]).any(),
                "below_5": (judged["p_value"] <= 0.05).mean(),
                "service": (service["verdict"] == "worse").mean(),
                "industry": (against_all["verdict"] == "worse").any(),
                "lost": -against_all["difference"].mean(),
            }
        )
    return pd.DataFrame(rows)


def main() -> None:
    """Print false alarms, then power, then the verdict."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="draw more grids")
    grids = GRIDS_FULL if parser.parse_args().full else GRIDS
    print(
        f"no true difference, {grids} grids each: grids with any verdict at all, at most 5 % wanted"
        f"\n{'comments':>9} {'mood':>5} {'cells':>6} {'p ≤ 0.05':>9} {'any verdict':>12}"
    )
    alarms = []
    for comments in (1000, 4000):
        for mood in MOODS:
            found = verdicts_of(Market(comments, mood), grids)
            alarms.append(found["any"])
            shown = f"{found['below_5'].mean():>9.1%} {found['any'].mean():>12.1%}"
            print(f"{comments:>9} {mood:>5} {found['cells'].mean():>6.0f} {shown}")
    everything = pd.concat(alarms)
    low, high = share_range(np.array([everything.sum()]), np.array([len(everything)]))
    print(f"all together: {everything.mean():.1%} ({low[0]:.1%}–{high[0]:.1%})")
    print(
        f"\nthe own brand's service is worse, {grids} grids each: how often it is found"
        f"\n{'comments':>9} {'points':>7} {'measured':>9} {'single rivals':>14} {'industry':>9}"
    )
    for comments in (4000, 12000):
        for points in POINTS_LOST:
            found = verdicts_of(Market(comments, 1.0, points), grids)
            shown = f"{found['service'].mean():>14.0%} {found['industry'].mean():>9.0%}"
            print(f"{comments:>9} {points:>7} {found['lost'].mean():>9.2f} {shown}")
    print(
        "\nasked: without true differences at most 5 % of grids raise any verdict; "
        f"found: {everything.mean():.1%} ({low[0]:.1%}–{high[0]:.1%}): "
        f"{'kept' if everything.mean() <= 0.05 else 'NOT kept'}"
    )


if __name__ == "__main__":
    main()
