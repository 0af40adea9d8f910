"""Journeys and the emotion map from a file of scores alone."""

from datetime import UTC
from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.cem.journey_survey import read_journeys
from cem_nlp.cem.own_journeys import own_journey_tables
from cem_nlp.config import Comparison
from cem_nlp.errors import BrokenSurvey
from cem_nlp.ingest.moments import parse_moment
from cem_nlp.schemas import TABLES
from cem_nlp.vocabulary import ALL

PARSE = partial(parse_moment, formats=(), zone=UTC)
HEAD = ["customer", "step", "stage", "score", "brand", "product", "touchpoint"]
Row = tuple[str, ...]
few = settings(max_examples=8, deadline=None)


def file(*rows: Row, head: list[str] = HEAD) -> pd.DataFrame:
    return pd.DataFrame([[*row, *[""] * (len(head) - len(row))] for row in rows], columns=head, dtype="str")


def tables(*rows: Row, own: tuple[str, ...] = (), head: list[str] = HEAD) -> dict[str, pd.DataFrame]:
    return own_journey_tables(read_journeys(file(*rows, head=head), PARSE), own, Comparison())


def only(table: pd.DataFrame, **values: str) -> pd.Series:
    for name, value in values.items():
        table = table[table[name] == value]
    assert len(table) == 1
    return table.iloc[0]


ONE = [("a", str(step), stage, score) for step, stage, score in [
    (1, "认知", "4"), (2, "考虑", "2"), (3, "购买", "9"), (4, "使用", "7"),
]]  # fmt: skip


def test_one_journey_by_hand() -> None:
    found = only(tables(*ONE)["journeys"])
    # The distances from the middle are 1, 3, 4 and 2.
    assert found[["level", "brand", "product"]].tolist() == ["customer", ALL, ALL]
    assert found[["mean", "peak", "end", "peak_end", "difference"]].tolist() == [5.5, 9.0, 7.0, 8.0, 2.5]
    assert found[["difference_low", "difference_high"]].isna().all()


def test_neither_length_nor_the_middle_of_a_journey_is_remembered() -> None:
    """The rule itself: what lies between peak and end moves the mean and nothing else."""
    longer = [*ONE[:3], ("a", "3.1", "购买", "6"), ("a", "3.2", "购买", "6"), ONE[3]]
    short, long = (only(tables(*rows)["journeys"]) for rows in (ONE, longer))
    for name in ("peak", "end", "peak_end"):
        assert short[name] == long[name]
    assert long["mean"] > short["mean"]


def test_the_emotion_curve_has_both_views() -> None:
    table = tables(*ONE)["emotions"]
    curve = table[table["view"] == "journey"]
    assert dict(zip(curve["stage"], curve["experience"], strict=True)) == {
        "awareness": 4.0,
        "consideration": 2.0,
        "purchase": 9.0,
        "use": 7.0,
    }
    relation = table[table["view"] == "life_cycle"]
    assert dict(zip(relation["stage"], relation["experience"], strict=True)) == {
        "attract": 3.0,
        "develop": 8.0,
    }
    assert table["worst_touchpoint"].isna().all(), "nobody names a touchpoint"


def test_bad_peaks_and_ends_lie_at_their_stage_and_touchpoint() -> None:
    head = [*HEAD[:3], "score", "touchpoint"]
    rows = [("a", "1", "", "8", "下单支付"), ("a", "2", "", "1", "售后维修"), ("b", "1", "反馈", "2", "")]
    table = tables(*rows, head=head)["emotions"]
    feedback = only(table, view="journey", stage="feedback")
    assert feedback[["n_low_peaks", "n_low_ends", "worst_touchpoint"]].tolist() == [1, 1, "after"]
    assert only(table, view="life_cycle", stage="retain")["n_mentions"] == 2


def test_times_order_what_steps_cannot() -> None:
    head = ["客户", "时间", "阶段", "分数"]
    rows = [
        ("a", "2026/9/3", "反馈", "1"),
        ("a", "2026年9月1日", "认知", "6"),
        ("a", "2026-09-02", "购买", "7"),
    ]
    assert only(tables(*rows, head=head)["journeys"])["end"] == 1.0


def test_ways_with_several_products_are_joined_by_time_and_not_by_step() -> None:
    stepped = [("a", "1", "购买", "8", "甲", "卡"), ("a", "1", "购买", "2", "甲", "贷")]
    head = ["customer", "time", "stage", "score", "brand", "product"]
    timed = [("a", "2026-09-02", "购买", "8", "甲", "卡"), ("a", "2026-09-01", "购买", "2", "甲", "贷")]
    assert set(tables(*stepped, own=("甲",))["journeys"]["product"]) == {"卡", "贷"}
    whole = only(tables(*timed, own=("甲",), head=head)["journeys"], brand="甲", product=ALL)
    assert (whole["n_episodes"], whole["end"]) == (1, 8.0)


def test_calls_are_episodes_of_their_own_and_join_to_journeys_by_time() -> None:
    head = ["customer", "call", "time", "stage", "score"]
    rows = [
        ("a", "1", "2026-09-01 09:00", "购买", "7"),
        ("a", "1", "2026-09-01 09:05", "购买", "2"),
        ("a", "2", "2026-09-09 09:00", "反馈", "6"),
        ("a", "2", "2026-09-09 09:05", "反馈", "9"),
    ]
    journeys = tables(*rows, head=head)["journeys"]
    call, customer = only(journeys, level="call"), only(journeys, level="customer")
    assert call[["n_compared", "peak", "end"]].tolist() == [2, (2 + 9) / 2, (2 + 9) / 2]
    assert customer[["n_compared", "peak", "end"]].tolist() == [1, 9.0, 9.0]
    stepped = [(who, call, step[-1], stage, score) for who, call, step, stage, score in rows]
    steps = tables(*stepped, head=["customer", "call", "step", "stage", "score"])["journeys"]
    assert steps["level"].tolist() == ["call"], "nobody knows which call came first"


def test_a_call_of_two_customers_is_refused() -> None:
    head = ["customer", "call", "step", "stage", "score"]
    with pytest.raises(BrokenSurvey) as raised:
        tables(("a", "1", "1", "购买", "8"), ("b", "1", "2", "购买", "8"), head=head)
    assert "line 3, column call" in raised.value.explain("en")


def both_sides(own: int, rival: int, people: int = 8) -> list[Row]:
    return [
        (f"{brand}{number}", str(step), stage, str(score - number % 2), brand, "卡")
        for number in range(people)
        for brand, after in (("甲", own), ("乙", rival))
        for step, stage, score in ((1, "购买", 7), (2, "反馈", after))
    ]


def test_a_stage_where_rivals_are_better_is_said_so() -> None:
    table = tables(*both_sides(2, 8), own=("甲",))["emotions"]
    mine = table[(table["brand"] == "甲") & (table["product"] == ALL)]
    worse = only(mine, stage="feedback")
    assert worse[["difference", "verdict", "n_rival"]].tolist() == [-6.0, "worse", 8]
    assert worse["difference_low"] < -6 < worse["difference_high"] < 0
    assert only(mine, stage="purchase")["verdict"] == "no_evidence"
    assert table.loc[table["brand"] == "乙", "verdict"].isna().all()
    swapped = tables(*both_sides(2, 8), own=("乙",))["emotions"]
    assert only(swapped, brand="乙", product=ALL, stage="feedback")["verdict"] == "better"


def test_one_customer_a_side_is_no_evidence() -> None:
    table = tables(*both_sides(2, 8, people=1), own=("甲",))["emotions"]
    assert only(table, brand="甲", product=ALL, stage="feedback")["verdict"] == "no_evidence"


def test_a_brandless_file_takes_the_own_brand_s_name() -> None:
    found = tables(*ONE, own=("甲",))
    assert set(found["emotions"]["brand"]) == {"甲"}
    assert found["emotions"]["is_own"].all()


MOMENT = ("a", "1", "购买", "5")
BAD = [
    ([("", "1", "购买", "5")], 2, "customer", "a row without customer", ""),
    ([("a", "", "购买", "5"), MOMENT], 2, "step", "a row without step", ""),
    ([("a", "一", "购买", "5")], 2, "step", "'一'", ""),
    ([("a", "1", "下单", "5")], 2, "stage", "'下单'", "购买"),
    ([("a", "1", "", "5")], 2, "stage", "neither stage nor touchpoint", "售后维修"),
    ([("a", "1", "购买", "5", "", "", "柜台")], 2, "touchpoint", "'柜台'", "门店现场"),
    ([("a", "1", "购买", "5", "", "", "售后维修")], 2, "stage", "belongs to the stage feedback", "反馈"),
    ([("a", "1", "发展", "5", "", "", "售后维修")], 2, "stage", "belongs to the stage retain", "保留"),
    ([("a", "1", "购买", "11")], 2, "score", "'11'", "0–10"),
    ([("a", "1", "购买", "")], 2, "score", "a score is missing", ""),
    ([MOMENT, ("a", "1", "反馈", "6")], 3, "step", "see also line 2", ""),
]


@pytest.mark.parametrize(("rows", "line", "column", "what", "valid"), BAD)
def test_bad_rows_are_named_with_line_value_and_what_is_valid(
    rows: list[Row], line: int, column: str, what: str, valid: str
) -> None:
    with pytest.raises(BrokenSurvey) as raised:
        tables(*rows)
    said = raised.value.explain("en")
    assert f"journeys, line {line}, column {column}" in said
    assert what in said
    assert valid in said


def test_customers_numbers_stay_out_of_errors() -> None:
    with pytest.raises(BrokenSurvey) as raised:
        tables(("13800138000", "1", "购买", "5"), ("13800138000", "1", "购买", "6"))
    assert "13800138000" not in raised.value.explain("zh")


@pytest.mark.parametrize(
    ("head", "row", "missing"),
    [
        (["customer", "stage", "score"], ("a", "购买", "5"), "'time' or 'step'"),
        (["step", "stage", "score"], ("1", "购买", "5"), "'customer'"),
        (["customer", "step", "stage"], ("a", "1", "购买"), "'score'"),
        (["customer", "step", "score"], ("a", "1", "5"), "neither stage nor touchpoint"),
    ],
)
def test_missing_columns_are_named(head: list[str], row: Row, missing: str) -> None:
    with pytest.raises(BrokenSurvey) as raised:
        tables(row, head=head)
    assert missing in raised.value.explain("en")
    assert "journeys, line" in raised.value.explain("en")


WAYS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.integers(1, 4),
        st.sampled_from(["认知", "购买", "反馈", "保留"]),
        st.integers(0, 10),
        st.sampled_from(["甲", "乙"]),
        st.sampled_from(["卡", "贷"]),
    ),
    min_size=1,
    max_size=30,
    unique_by=lambda said: (said[0], said[1], said[4], said[5]),
)


@few
@given(WAYS, st.randoms(use_true_random=False))
def test_tables_follow_the_schema_and_do_not_mind_the_order_of_rows(said: list[Any], random: Any) -> None:
    rows = [tuple(map(str, row)) for row in said]
    found = tables(*rows, own=("甲",))
    for name, table in found.items():
        schema = TABLES[name].remove(TABLES[name].get_field_index("run_id"))
        assert pa.Table.from_pandas(table, schema=schema, preserve_index=False).num_rows == len(table)
    key = ["level", "brand", "product"]
    assert not found["journeys"].duplicated(key).any()
    random.shuffle(rows)
    for name, table in tables(*rows, own=("甲",)).items():
        pd.testing.assert_frame_equal(table, found[name])


@few
@given(WAYS)
def test_a_declared_scale_gives_what_rescaled_scores_give(said: list[Any]) -> None:
    plain = file(*(tuple(map(str, row)) for row in said))
    twice = plain.assign(score=[str(1 + 4 * row[3] / 10) for row in said])
    left, right = (
        own_journey_tables(read, (), Comparison())["emotions"]["experience"]
        for read in (read_journeys(plain, PARSE), read_journeys(twice, PARSE, low=1, high=5))
    )
    pd.testing.assert_series_equal(left, right)
