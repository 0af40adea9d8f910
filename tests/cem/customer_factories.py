"""Small feedback tables of known customers."""

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

LAST = date(2026, 9, 30)
SIGNS = {"+": "positive", "0": "neutral", "-": "negative"}

FEEDBACK = [
    "feedback_id", "kind", "source", "brand", "product", "is_own", "channel", "segment", "customer_key",
    "business_date", "created_at", "rating_scaled", "duplicate_of",
]  # fmt: skip

Said = tuple[str, str, int]
"""Customer, signs of the opinions (such as '++-'), days before the last day."""


def spoken(
    said: Sequence[Said], brand: str = "甲", segment: str = "unknown"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return feedback and opinions: one comment for each of `said`, on an own brand."""
    rows = [
        {
            "feedback_id": f"{brand}{number}",
            "kind": "review",
            "source": "评论",
            "brand": brand,
            "product": "空调",
            "is_own": brand == "甲",
            "channel": "商城",
            "segment": segment,
            "customer_key": customer or None,
            "business_date": LAST - timedelta(days=days),
            "created_at": pd.Timestamp(LAST - timedelta(days=days), tz="UTC"),
            "rating_scaled": None,
            "duplicate_of": None,
        }
        for number, (customer, _, days) in enumerate(said)
    ]
    opinions = [
        {
            "feedback_id": f"{brand}{number}",
            "category": "service",
            "polarity": SIGNS[sign],
            "touchpoint": "after",
        }
        for number, (_, signs, _) in enumerate(said)
        for sign in signs
    ]
    feedback = pd.DataFrame(rows, columns=FEEDBACK).astype(
        {"customer_key": "str", "duplicate_of": "str", "rating_scaled": "float64", "is_own": "bool"}
    )
    columns = ["feedback_id", "category", "polarity", "touchpoint"]
    return feedback, pd.DataFrame(opinions, columns=columns).astype("str")


def listed(*rows: tuple[str, float, str]) -> pd.DataFrame:
    """Return a customer table of (key, value, segment)."""
    table = pd.DataFrame(rows, columns=["customer_key", "value", "segment"])
    return table.assign(growth=float("nan"), tenure=float("nan"), region="unknown", tenure_band="unknown")
