"""The four kinds of customer from a survey, by hand; what it refuses; target segments that weigh more."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from own_csv import own_csv
from scipy.stats import t

from cem_nlp.cem import read_survey
from cem_nlp.cem.customer_survey import (
    asks_by_category,
    customers_in,
    customers_of_survey,
    read_customer_survey,
)
from cem_nlp.cem.customers import read_customers
from cem_nlp.cem.portfolio import experience_of_answers, moves_table, portfolio_table
from cem_nlp.cem.weighted_answers import weighted_answers
from cem_nlp.config import Scores, Segments
from cem_nlp.errors import BrokenSurvey

ONE_EACH = """客户编号,满意度,价值,客群
A,9,100,金卡
B,6,10,普卡
C,5,90,金卡
D,0,5,普卡
E,,100,金卡
F,9,,普卡
"""
"""A customer of each kind, one who gave no score and one of no known value."""

TWO_PERIODS = """客户编号,期次,满意度,价值
A,2026Q3,3,100
A,2026Q2,8,90
B,2026Q3,8,10
C,2026Q2,2,60
"""


def read(text: str, **scale: float) -> pd.DataFrame:
    return read_customer_survey(own_csv(text), name="s.csv", **scale)


def kinds(text: str, chosen: Segments | None = None) -> dict[str, str]:
    customers = customers_of_survey(read(text), None, chosen or Segments())
    return dict(zip(customers["customer_key"], customers["kind"], strict=True))


def test_the_four_kinds_and_those_nobody_can_tell() -> None:
    # The median of 100, 10, 90, 5 and 100 is 90; the middle of the scale is no satisfaction.
    assert kinds(ONE_EACH) == {
        "A": "model", "B": "growth", "C": "at_risk", "D": "dangling", "E": "unknown", "F": "unknown",
    }  # fmt: skip


def test_cuts_are_given() -> None:
    assert kinds(ONE_EACH, Segments(experience_cut=6))["B"] == "dangling"
    assert kinds(ONE_EACH, Segments(value_cut=10))["B"] == "model"


def test_by_the_triangle_law_who_expected_no_more_is_satisfied() -> None:
    text = "客户编号,满意度,期望,价值\nA,4,3,9\nB,4,4,9\nC,8,9,9\nD,4,,9"
    assert kinds(text) == {"A": "model", "B": "model", "C": "at_risk", "D": "at_risk"}


def test_growth_sorts_where_it_is_asked_to() -> None:
    text = "客户编号,满意度,增长\nA,9,5%\nB,9,-2\nC,1,3"
    assert kinds(text, Segments(axis="growth")) == {"A": "model", "B": "growth", "C": "at_risk"}


def test_who_moved_between_the_last_two_periods() -> None:
    customers = customers_of_survey(read(TWO_PERIODS), None, Segments())
    found = customers.set_index("customer_key")[["kind_before", "kind"]]
    # Today's value decides in both periods: of 100, 10 and 60 the upper half is 60 and more.
    assert found.loc["A"].tolist() == ["model", "at_risk"]
    assert found.loc["B"].tolist() == ["unknown", "growth"]
    assert found.loc["C"].tolist() == ["at_risk", "unknown"]
    moves = moves_table(customers, Scores(minimum_mentions=1))
    assert moves[["kind_before", "kind", "n_customers"]].to_numpy().tolist() == [["model", "at_risk", 1]]


@pytest.mark.parametrize(
    ("earlier", "later"), [("2026-9", "2026-10"), ("2025Q4", "2026Q1"), ("第9期", "第10期"), ("2025", "2026")]
)
def test_periods_follow_their_figures_not_their_letters(earlier: str, later: str) -> None:
    read_ = read(f"客户编号,期次,满意度\nA,{later},3\nA,{earlier},8")
    assert read_.sort_values("period")["score"].tolist() == [8, 3]


def test_a_customer_table_fills_in_what_the_survey_lacks() -> None:
    table = read_customers(own_csv("客户编号,价值,地区,年限\nA,100,华东,2\nC,5,,\nX,7,华北,9"))
    customers = customers_of_survey(read("客户编号,满意度,客群\nA,9,金卡\nB,9,普卡"), table, Segments())
    found = customers.set_index("customer_key")
    assert found["kind"].to_dict() == {"A": "model", "B": "unknown", "C": "unknown", "X": "unknown"}
    assert found.loc["A", ["region", "segment", "tenure_band"]].tolist() == ["华东", "金卡", "1–3"]
    assert found.loc["C", ["region", "segment", "tenure_band"]].tolist() == ["unknown", "unknown", "unknown"]


def test_a_scale_of_1_to_5_has_its_middle_at_3() -> None:
    customers = customers_of_survey(read("满意度,价值\n4,1\n3,1", low=1, high=5), None, Segments())
    assert customers["experience"].tolist() == [7.5, 5]
    assert customers["kind"].tolist() == ["model", "at_risk"]


STEPS = """客群,受访者,类别,指标,分数
金,A,产品,体验,9
金,A,服务,体验,4
金,A,产品,期望,6
金,A,服务,期望,7
,B,产品,体验,8
,B,服务,体验,6
,B,服务,期望,9
金,C,产品,期望,9
"""
"""A was asked what he expected of all he experienced, B not of all, and C of nothing else."""


def test_respondents_of_the_seven_steps_survey_are_customers() -> None:
    table = own_csv(STEPS)
    assert asks_by_category(table)
    assert not asks_by_category(own_csv(TWO_PERIODS))
    found = customers_in(read_survey(table)).set_index("customer")
    assert found.loc["A", ["score", "expectation", "segment"]].tolist() == [6.5, 6.5, "金"]
    assert found.loc["B", ["score", "segment"]].tolist() == [7, "unknown"]
    assert np.isnan(found.loc["B", "expectation"])
    assert [*found.index] == ["A", "B"]
    worth = read_customers(own_csv("客户编号,价值\nA,9\nB,1"))
    customers = customers_of_survey(found.reset_index(), worth, Segments())
    assert customers["kind"].tolist() == ["model", "growth"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("甲,R1,产品,体验,9\n乙,R1,产品,体验,9", "several"),
        ("甲,,产品,体验,9", "respondent"),
        ("甲,R1,产品,期望,9", "experience"),
    ],
)
def test_a_survey_that_tells_no_customers_is_refused(rows: str, words: str) -> None:
    answers = read_survey(own_csv(f"品牌,受访者,类别,指标,分数\n{rows}"))
    with pytest.raises(BrokenSurvey, match=words):
        customers_in(answers, "s.csv")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("客户编号,满意度\nA,11", ["line 2, column 满意度", "'11'", "0–10"]),
        ("客户编号,满意度\nA,好", ["line 2", "'好'"]),
        ("客户编号,价值\nA,11", ["line 1", "'score'", "满意度"]),
        ("期次,满意度\n2026,5", ["line 1", "'customer'"]),
        ("客户编号,期次,满意度\n秘密7,2026,5\n秘密7,2026,6", ["line 3", "twice in one period"]),
        ("客户编号,期次,满意度\nA,去年,5", ["line 2, column 期次", "'去年'", "2026Q3"]),
        ("客户编号,期次,满意度\nA,2026-08-01,5", ["'2026-08-01'"]),
        ("客户编号,期次,满意度\nA,2026,5\nA,2026-08,6", ["line 3", "'2026-08'"]),
        ("客户编号,满意度\n,5", ["line 2", "without customer"]),
        ("客户编号,满意度\nA,", ["no score"]),
        ("客户编号,满意度,价值\nA,5,-1", ["line 2, column 价值", "'-1'"]),
        ("客户编号,满意度", ["no row"]),
    ],
)
def test_a_mistake_is_named_with_its_place_and_the_valid_values(text: str, words: list[str]) -> None:
    with pytest.raises(BrokenSurvey) as caught:
        read(text)
    said = caught.value.explain("en")
    for word in ["s.csv", *words]:
        assert word in said
    assert "秘密7" not in said


def test_satisfaction_without_any_value_tells_no_kinds() -> None:
    with pytest.raises(BrokenSurvey, match="alone") as caught:
        kinds("客户编号,满意度\nA,5\nB,7")
    assert "--customers" in caught.value.explain("zh")


def test_a_customer_table_of_other_customers_is_refused() -> None:
    table = read_customers(own_csv("客户编号,价值\nX,100"))
    with pytest.raises(BrokenSurvey, match="knows no customer"):
        customers_of_survey(read("客户编号,满意度\nA,5"), table, Segments())


def test_groups_have_the_mean_of_their_customers_scores() -> None:
    customers = customers_of_survey(read(ONE_EACH), None, Segments())
    scores = Scores(minimum_mentions=2)
    table = portfolio_table(customers, experience_of_answers(customers, scores), scores)
    of_segment = table[table["kind"] == "all"].set_index("group")
    assert of_segment.loc["金卡", ["n_customers", "n_mentions", "experience"]].tolist() == [3, 2, 7]
    assert of_segment.loc["all", "experience"] == pytest.approx(29 / 5)
    spread = np.std([9, 6, 5, 0, 9], ddof=1) / 5**0.5 * t.ppf(0.975, 4)
    assert of_segment.loc["all", "experience_low"] == pytest.approx(29 / 5 - spread)
    assert table[table["kind"] == "model"]["experience"].isna().all(), "one customer is too few"
    known = table[(table["dimension"] == "all") & (table["kind"] == "at_risk")].iloc[0]
    assert known["share"] == pytest.approx(1 / 4)
    assert np.isnan(known["value_share"])


def customers(scores: list[int], segment: list[str]) -> pd.DataFrame:
    rows = "\n".join(f"{score},1,{name}" for score, name in zip(scores, segment, strict=True))
    return customers_of_survey(read(f"满意度,价值,客群\n{rows}"), None, Segments())


def test_target_segments_weigh_more() -> None:
    table = weighted_answers(customers([9, 9, 3, 3, 3], [*"金金普普普"]), {"金": 3}, Scores())
    found = table.iloc[0]
    assert found["experience"] == pytest.approx(27 / 5)
    assert found["experience_weighted"] == pytest.approx((3 * 18 + 9) / 9)
    assert found["difference"] == pytest.approx(7 - 5.4)
    assert found[["n_mentions", "n_target", "brand", "category"]].tolist() == [5, 2, "all", "all"]
    assert np.isnan(found["satisfaction"])
    few = weighted_answers(customers([9, 9], [*"金普"]), {"金": 3}, Scores()).iloc[0]
    assert (few["verdict"], np.isnan(few["experience"])) == ("suppressed", True)
    assert weighted_answers(customers([9, 9], [*"金普"]), {}, Scores()).empty


def test_satisfaction_is_experience_minus_expectation() -> None:
    text = "满意度,期望,价值,客群\n" + "6,8,1,金\n9,7,1,普\n" * 4
    table = weighted_answers(customers_of_survey(read(text), None, Segments()), {"金": 3}, Scores())
    assert table.loc[0, ["satisfaction", "satisfaction_weighted", "expectation_from"]].tolist() == [
        0,
        -1,
        "survey",
    ]


answers = st.lists(st.tuples(st.integers(0, 10), st.sampled_from("金普")), min_size=5, max_size=30)


@settings(max_examples=20, deadline=None)
@given(answers, st.floats(0.2, 9))
def test_equal_weights_change_nothing_and_ranges_hold_the_mean(
    said: list[tuple[int, str]], weight: float
) -> None:
    asked = customers([score for score, _ in said], [name for _, name in said])
    same = weighted_answers(asked, dict.fromkeys("金普", weight), Scores()).iloc[0]
    assert same["difference"] == pytest.approx(0, abs=1e-9)
    assert same["verdict"] == "no_evidence"
    table = weighted_answers(asked, {"金": weight}, Scores()).iloc[0]
    for name in ("experience", "experience_weighted", "difference"):
        assert table[f"{name}_low"] - 1e-9 <= table[name] <= table[f"{name}_high"] + 1e-9
