"""Findings are collected from finished tables, sized, ordered, and given to the department that answers."""

from typing import Any

import pandas as pd
import pytest

from cem_nlp.cem.findings import Departments, findings_table

DEPARTMENTS = Departments({"delivery": "logistics", "after": "aftersales", "use": "development"}, {})
FEEDBACK = pd.DataFrame(
    {
        "feedback_id": [f"f{n}" for n in range(10)],
        "brand": ["甲"] * 8 + ["乙"] * 2,
        "duplicate_of": None,
    }
)
OPINIONS = pd.DataFrame(
    {
        "feedback_id": FEEDBACK["feedback_id"],
        "category": ["service"] * 4 + ["convenience"] * 4 + ["service"] * 2,
        "polarity": "negative",
        "touchpoint": ["after"] * 3 + ["use"] + ["delivery"] * 4 + ["use"] * 2,
        "topic": ["contact"] * 3 + [None] * 7,
    }
)


def ranged(name: str, value: float) -> dict[str, float]:
    return {name: value, f"{name}_low": value - 0.5, f"{name}_high": value + 0.5}


def touchpoint(**values: object) -> dict[str, Any]:
    known: dict[str, Any] = {
        "brand": "甲",
        "product": "all",
        "touchpoint": "after",
        "diagnosis": "defect",
        "n_mentions": 3,
    }
    known |= {"reason": "important_and_poor", "share_of_voice": 0.375, "preferred_channel": None}
    return known | ranged("experience", 1.0) | ranged("preference", 0.6) | values


def topic(**values: object) -> dict[str, Any]:
    known: dict[str, Any] = {
        "brand": "甲",
        "category": "service",
        "topic": "contact",
        "verdict": "hurts",
        "n_mentions": 3,
    }
    return known | ranged("contribution", -0.6) | values


def collected(departments: Departments = DEPARTMENTS, **tables: list[dict[str, Any]]) -> pd.DataFrame:
    frames = {name: pd.DataFrame(rows) for name, rows in tables.items()}
    return findings_table(frames, FEEDBACK, OPINIONS, ["甲"], departments)


def test_nothing_found_is_an_empty_table() -> None:
    assert collected().empty
    assert collected(touchpoints=[], alerts=[]).empty


def test_a_defect_belongs_to_its_touchpoints_department_and_has_its_stake() -> None:
    row = collected(touchpoints=[touchpoint(), touchpoint(product="空调"), touchpoint(brand="乙")]).iloc[0]
    assert (row["kind"], row["owner"], row["owner_from"]) == ("defect", "aftersales", "touchpoint")
    assert row["points"] == pytest.approx((5 - 1) * 0.375)
    assert row["severity"] == "high"


def test_a_category_alone_goes_where_most_of_the_blame_falls() -> None:
    gap: dict[str, Any] = {"brand": "all", "product": "all", "segment": "all", "category": "convenience"}
    row = collected(gaps=[gap | {"is_key_experience": True} | ranged("gap", -3.0)]).iloc[0]
    assert (row["brand"], row["blamed_at"], row["owner"]) == ("甲", "delivery", "logistics")
    assert row["owner_from"] == "most_blame"
    assert row["points"] == pytest.approx(3 * 0.5)
    assert row["n"] == 4


def test_a_topic_with_an_owner_of_its_own_goes_there() -> None:
    assert collected(topics=[topic()])["owner"].tolist() == ["aftersales"]
    special = Departments(DEPARTMENTS.of_touchpoint, {"contact": "hotline"})
    row = collected(special, topics=[topic()]).iloc[0]
    assert (row["owner"], row["owner_from"]) == ("hotline", "topic")
    assert row["points"] == pytest.approx(0.6 * 0.5)


def test_alerts_count_only_unexplained_falls_of_experience() -> None:
    alert: dict[str, Any] = {
        "brand": "甲",
        "category": "service",
        "touchpoint": "all",
        "measure": "experience",
    }
    alert |= {"direction": "worse", "explained_by": None, "since": "2026-09-20", "n": 30}
    alert |= ranged("before", 6.0) | ranged("after", 4.0)
    rows = [alert, alert | {"direction": "better"}, alert | {"explained_by": "kind"}, alert | {"brand": "乙"}]
    found = collected(alerts=rows)
    assert found["kind"].tolist() == ["alert"]
    row = found.iloc[0]
    assert row["size"] == pytest.approx(-2)
    assert row["size_high"] == pytest.approx(-2 + 0.5 * 2**0.5)
    assert row["detail"] == "2026-09-20"


def test_the_most_urgent_comes_first_and_failed_actions_are_there() -> None:
    action: dict[str, Any] = {
        "status": "not_working",
        "action": "回访",
        "touchpoint": "use",
        "category": "all",
    }
    action |= {"n_before": 30, "n_after": 40} | ranged("effect", -0.7)
    missing: dict[str, Any] = {
        "brand": "甲",
        "asked": "channel",
        "name": "web×after",
        "category": None,
        "touchpoint": None,
    }
    missing |= {"n_feedback": 9, "diagnosis": "missing"} | ranged("share", 0.1)
    found = collected(
        missing_points=[missing],
        feedback_loop=[action, action | {"status": "working"}],
        touchpoints=[touchpoint(), touchpoint(diagnosis="misplaced", reason="channel")],
        topics=[topic(**ranged("contribution", -0.05))],
    )
    assert found["kind"].tolist() == ["defect", "topic", "action_failed", "misplaced", "missing"]
    assert found["severity"].tolist() == ["high", "medium", "medium", "medium", "low"]
    assert found["finding_no"].tolist() == [1, 2, 3, 4, 5]
    assert found["n"].tolist()[2] == 70
    assert pd.isna(found["owner"].iloc[4])
