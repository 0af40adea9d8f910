"""Why customers choose a brand: supporters' praise against that of others."""

from typing import Any

import pandas as pd
import pytest

from cem_nlp.cem.brand_value import brand_value_table
from cem_nlp.schemas import TABLES

Said = tuple[str, float | None, str | None, str, str, str | None]
"""Customer, rating, intent, category, polarity, topic."""

SAID: list[Said] = [
    ("a", 10.0, None, "price", "positive", "value"),
    ("a", 4.0, None, "price", "positive", "value"),  # a stays a supporter and counts once
    ("b", None, "repurchase", "price", "positive", None),
    ("b", None, None, "service", "positive", "attitude"),
    ("c", 8.9, None, "service", "positive", "attitude"),
    ("d", None, "churn", "service", "positive", None),
    ("d", None, None, "price", "negative", "value"),
    ("e", 10.0, "recommend", "price", "negative", None),  # praises nothing: not among those compared
]


def table_of(said: list[Said], fewest: int = 1, **changes: Any) -> pd.DataFrame:
    ids = [f"f{n}" for n in range(len(said))]
    customer, rating, intent, category, polarity, topic = zip(*said, strict=True)
    feedback = pd.DataFrame(
        {"feedback_id": ids, "customer_key": customer, "rating_scaled": pd.Series(rating, dtype="float64")}
    )
    feedback = feedback.assign(brand="甲", is_own=True, duplicate_of=None).assign(**changes)
    opinions = pd.DataFrame({"feedback_id": ids, "category": category, "polarity": polarity, "topic": topic})
    comments = pd.DataFrame({"feedback_id": ids, "intent": intent})
    return brand_value_table(feedback, opinions, comments, fewest)


def test_supporters_are_compared_with_others_among_those_who_praise() -> None:
    table: Any = table_of(SAID).set_index(["category", "topic"])
    price = table.loc[("price", "all")]
    assert (price["supporters"], price["n_supporters"], price["others"], price["n_others"]) == (2, 2, 0, 2)
    assert price["share_supporters"] == 1
    assert price["difference"] == 1
    assert price["difference_low"] < 1 <= price["difference_high"]
    assert table.loc[("price", "value"), "supporters"] == 1
    service = table.loc[("service", "all")]
    assert service[["share_supporters", "share_others", "difference"]].tolist() == [0.5, 1, -0.5]


def test_the_table_follows_its_schema_in_the_method_s_order() -> None:
    table = table_of(SAID)
    assert [*table.columns, "run_id"] == TABLES["brand_value"].names
    assert list(zip(table["category"], table["topic"], strict=True)) == [
        ("service", "all"),
        ("service", "attitude"),
        ("price", "all"),
        ("price", "value"),
    ]


def test_a_side_of_too_few_has_no_share() -> None:
    table = table_of(SAID, fewest=3)
    assert table["n_supporters"].eq(2).all()
    assert table[["share_supporters", "share_others", "difference", "difference_low"]].isna().all(axis=None)


def test_only_others_leave_supporters_without_a_share() -> None:
    table = table_of([("c", 5.0, None, "service", "positive", None)])
    assert table["n_supporters"].tolist() == [0]
    assert table["share_supporters"].isna().all()
    assert table["share_others"].tolist() == [1]


def test_comments_without_a_customer_and_near_duplicates() -> None:
    assert table_of(SAID, customer_key=None)["n_supporters"].tolist()[0] == 2
    assert table_of(SAID, duplicate_of="f9").empty


def test_more_customers_make_the_range_narrower() -> None:
    many = [(f"{n}{said[0]}", *said[1:]) for n in range(20) for said in SAID]
    service: list[Any] = [
        table.set_index(["category", "topic"]).loc[("service", "all")]
        for table in (table_of(SAID), table_of(many))
    ]
    width = [one["difference_high"] - one["difference_low"] for one in service]
    assert service[1]["difference"] == pytest.approx(service[0]["difference"])
    assert width[1] < width[0] / 2
