"""The cost of negative experience with ranges: the method's figures, shares from feedback, what-ifs."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.cem.cost import cost_of_negative_experience, with_complaints, with_won_back
from cem_nlp.cem.cost_shares import Share, observed_shares, settle_shares
from cem_nlp.cem.cost_table import cost_table
from cem_nlp.schemas import TABLES

REVENUE = 50_000_000
PARTS = ["won_back", "at_risk_complainers", "at_risk_silent", "lost_complainers", "lost_silent"]
SHARE = st.floats(0, 1)
quick = settings(max_examples=20, deadline=None)


def table_of(shares: Mapping[str, Share], revenue: float = REVENUE) -> pd.DataFrame:
    return cost_table(revenue, "元", shares, np.random.default_rng(3))


def given_shares(negative: float, complain: float, people: float | None = None) -> dict[str, Share]:
    unhappy = None if people is None else people * negative
    return settle_shares(
        {
            "negative_share": Share(negative, "given", people),
            "complaint_share": Share(complain, "given", unhappy),
        },
        {},
    )


def amounts(table: pd.DataFrame, scenario: str = "now", to: float | None = None) -> dict[str, float]:
    rows = table[table["scenario"] == scenario]
    if to is not None:
        rows = rows[np.isclose(rows["changed_to"], to)]
    return dict(zip(rows["quantity"], rows["value"], strict=True))


def test_worked_figures() -> None:
    now = amounts(table_of(given_shares(0.22, 0.02)))
    assert {name: now[name] for name in PARTS} == {
        "lost_complainers": 61_600,
        "lost_silent": 4_851_000,
        "at_risk_complainers": 74_800,
        "at_risk_silent": 5_929_000,
        "won_back": 83_600,
    }


def test_what_ifs_are_the_calculator_s() -> None:
    table = table_of(given_shares(0.22, 0.02))
    cost = cost_of_negative_experience(REVENUE, 0.22, 0.02)
    for to in (0.48, 0.58):
        then = with_won_back(cost, to)
        assert amounts(table, "won_back", to)["lost_complainers"] == pytest.approx(then.lost_complainers)
        assert amounts(table, "won_back", to)["saved"] == pytest.approx(cost.lost - then.lost, abs=0.02)
    for to in (0.12, 0.22):
        then = with_complaints(cost, to)
        assert amounts(table, "complaint_share", to)["saved"] == pytest.approx(
            cost.lost - then.lost, abs=0.02
        )


@quick
@given(SHARE, SHARE, SHARE, SHARE, st.floats(1, 1e9))
def test_the_parts_add_up_to_the_revenue_of_the_unhappy(
    negative: float, complain: float, won_back: float, silent_lost: float, revenue: float
) -> None:
    shares = given_shares(negative, complain) | {
        "won_back_rate": Share(won_back, "given"),
        "silent_lost_rate": Share(silent_lost, "given"),
    }
    table = table_of(settle_shares(shares | {"lost_rate": Share(1 - won_back, "given")}, {}), revenue)
    for scenario in [("now", None), *table[["scenario", "changed_to"]].dropna().itertuples(index=False)]:
        parts = amounts(table, *scenario)
        assert sum(parts[name] for name in PARTS) == pytest.approx(revenue * negative, abs=0.05, rel=1e-6)


@quick
@given(st.floats(0.05, 0.95), st.floats(0.05, 0.9), st.integers(30, 5000))
def test_counted_shares_have_ranges_that_hold_the_value(
    negative: float, complain: float, people: int
) -> None:
    table = table_of(given_shares(negative, complain, people))
    ranged = table.dropna(subset="value_low")
    assert {"lost", "lost_silent", "negative_share"} <= set(ranged["quantity"])
    assert (ranged["value_low"] <= ranged["value"] + 0.01).all()
    assert (ranged["value_high"] >= ranged["value"] - 0.01).all()


def test_more_customers_make_the_range_narrower_and_none_leave_it_out() -> None:
    widths = []
    for people in (100, 10_000):
        lost = table_of(given_shares(0.22, 0.02, people)).query("scenario == 'now' and quantity == 'lost'")
        widths.append(float((lost["value_high"] - lost["value_low"]).iloc[0]))
    assert widths[1] < widths[0] / 5
    assert table_of(given_shares(0.22, 0.02))["value_low"].isna().all()


def feedback_of(said: list[tuple[str, str, str | None, str | None]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Feedback and comments from (customer, kind, polarity, intent)."""
    ids = [f"f{n}" for n in range(len(said))]
    customers, kinds, polarities, intents = zip(*said, strict=True)
    feedback = pd.DataFrame(
        {
            "feedback_id": ids,
            "kind": kinds,
            "customer_key": customers,
            "is_own": True,
            "duplicate_of": None,
        }
    )
    return feedback, pd.DataFrame({"feedback_id": ids, "polarity": polarities, "intent": intents})


def test_shares_are_counted_among_customers_who_review() -> None:
    said: list[tuple[str, str, str | None, str | None]] = [
        ("a", "review", "negative", None),
        ("a", "complaint", "negative", None),  # a complains
        ("b", "review", "negative", "churn"),  # b is silent and leaves
        ("c", "review", "negative", None),
        ("c", "review", "negative", None),  # c counts once
        ("d", "review", "positive", "recommend"),
        ("e", "complaint", "negative", "churn"),  # e never reviewed
        ("f", "review", None, None),
        ("g", "review", "negative", "complain"),
    ]
    found = observed_shares(*feedback_of(said), minimum_customers=2)
    assert {name: (share.value, share.n_customers) for name, share in found.items()} == {
        "negative_share": (4 / 6, 6),
        "complaint_share": (2 / 4, 4),
        "lost_rate": (0, 2),
        "silent_lost_rate": (1 / 2, 2),
    }
    assert "lost_rate" not in observed_shares(*feedback_of(said), minimum_customers=3)


def test_without_reviews_everybody_counts() -> None:
    found = observed_shares(*feedback_of([("a", "complaint", "negative", None)] * 1), minimum_customers=1)
    assert found["negative_share"].value == 1


def test_what_is_given_beats_what_is_counted_and_that_the_method() -> None:
    observed = {
        "negative_share": Share(0.5, "derived", 40),
        "lost_rate": Share(0.9, "derived", 10),
        "silent_lost_rate": Share(0.1, "derived", 12),
    }
    settled = settle_shares(
        {"negative_share": Share(0.3, "given"), "won_back_rate": Share(0.7, "given")}, observed
    )
    assert settled["negative_share"] == Share(0.3, "given")
    assert settled["lost_rate"].origin == "derived"
    assert settled["silent_lost_rate"] == Share(0.1, "derived", 12)
    assert "complaint_share" not in settled
    table = table_of(settled | {"complaint_share": Share(0.5, "given")})
    assert amounts(table)["lost_rate"] == pytest.approx(0.3)
    assert settle_shares({"won_back_rate": Share(0.69, "given")}, {})["lost_rate"].value == pytest.approx(
        0.14
    )


def test_the_table_follows_its_schema() -> None:
    table = table_of(given_shares(0.22, 0.02, 500))
    assert [*table.columns, "run_id"] == TABLES["costs"].names
    assert not table.duplicated(["scenario", "changed_to", "quantity"]).any()


def test_levers_that_are_at_their_end_have_no_what_if() -> None:
    table = table_of(given_shares(0.22, 1.0))
    assert "complaint_share" not in set(table["scenario"])
    assert amounts(table)["lost_silent"] == 0


HALVES = {"negative_share": Share(0.5, "given"), "complaint_share": Share(0.5, "given")}


@pytest.mark.parametrize("lost", [0.0, 0.28, 0.7, 0.9, 1.0])
def test_a_share_lost_that_is_given_stays_as_given(lost: float) -> None:
    settled = settle_shares(HALVES | {"lost_rate": Share(lost, "given")}, {})
    assert settled["won_back_rate"].origin == "assumed"
    assert settled["won_back_rate"].value == pytest.approx((1 - lost) * 0.38 / 0.72)
    found = amounts(table_of(settled))
    assert found["lost_rate"] == pytest.approx(lost)
    assert found["at_risk_rate"] == pytest.approx((1 - lost) * 0.34 / 0.72)


SILENT = {"silent_lost_rate": Share(0.1, "derived", 60)}


@pytest.mark.parametrize("observed", [SILENT, {"lost_rate": Share(0.9, "derived", 50)}])
def test_the_two_shares_lost_are_observed_together_or_not_at_all(observed: dict[str, Share]) -> None:
    settled = settle_shares(HALVES, observed)
    assert settled["lost_rate"] == Share(pytest.approx(0.28), "assumed")
    assert settled["silent_lost_rate"] == Share(0.45, "assumed")
    table = table_of(settled)
    saved = table[(table["scenario"] == "complaint_share") & (table["quantity"] == "saved")]
    assert (saved["value"] > 0).all()


def test_a_share_lost_that_is_given_lets_the_other_be_observed() -> None:
    settled = settle_shares(HALVES | {"lost_rate": Share(0.05, "given")}, SILENT)
    assert settled["lost_rate"] == Share(0.05, "given")
    assert settled["silent_lost_rate"] == SILENT["silent_lost_rate"]


def test_what_is_assumed_makes_room_for_what_was_observed() -> None:
    observed = SILENT | {"lost_rate": Share(0.9, "derived", 50)}
    assert amounts(table_of(settle_shares(HALVES, observed)))["lost_rate"] == 0.9
