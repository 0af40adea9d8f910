"""Feedback and opinions with a known history, for the tests of alerts."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from cem_nlp.scores.events import Event

START = date(2026, 1, 5)
"""A Monday."""
DAYS = 200
LAST = START + timedelta(days=DAYS - 1)
NO_EVENTS: tuple[Event, ...] = ()
Tables = tuple[pd.DataFrame, pd.DataFrame]


def said(
    mean: Callable[[int], float] = lambda day: 0.8,
    number: Callable[[int], int] = lambda day: 12,
    days: int = DAYS,
    seed: int = 1,
    **constant: Any,
) -> Tables:
    """Comments with one opinion each: `number` of them a day, positive with the chance `mean` of the day."""
    random = np.random.default_rng(seed)
    brand = constant.get("brand", "澄居")
    rows, read = [], []
    for day in range(days):
        when = START + timedelta(days=day)
        for position in range(number(day)):
            name = f"{brand}-{day}-{position}"
            rows.append(
                {
                    "feedback_id": name,
                    "kind": "review",
                    "source": "shop",
                    "channel": "web",
                    "brand": brand,
                    "is_own": brand == "澄居",
                    "customer_key": None,
                    "business_date": when,
                    "created_at": datetime(when.year, when.month, when.day, 4, tzinfo=UTC),
                    "duplicate_of": None,
                }
            )
            read.append(
                {
                    "feedback_id": name,
                    "category": "service",
                    "touchpoint": "after",
                    "polarity": "positive" if random.random() < mean(day) else "negative",
                    "model_version": "m1",
                    "taxonomy_version": "t1",
                }
            )
    feedback = pd.DataFrame(rows).assign(**constant)
    return feedback, pd.DataFrame(read)


def together(*tables: Tables) -> Tables:
    """All feedback and all opinions."""
    return (
        pd.concat([feedback for feedback, _ in tables], ignore_index=True),
        pd.concat([opinions for _, opinions in tables], ignore_index=True),
    )


def falling(day: int) -> float:
    """Good until six days before the end, then bad."""
    return 0.8 if day < DAYS - 6 else 0.3
