"""A company's table of actions is read as written, and refused with the place and the valid values."""

from datetime import date

import pandas as pd
import pytest

from cem_nlp.cem.actions import read_actions
from cem_nlp.cem.results import read_results, result_table
from cem_nlp.errors import BrokenActions

NIGHT = date(2026, 9, 29)


def frame(text: str) -> pd.DataFrame:
    header, *rows = (line.split(",") for line in text.strip().splitlines())
    return pd.DataFrame(rows, columns=header, dtype="str")


def actions(text: str) -> pd.DataFrame:
    return read_actions(frame(text), NIGHT, name="actions.csv")


def test_chinese_headings_names_and_dates() -> None:
    read = actions(
        "行动,触点,类别,开始,计划结束,费用,产品\n"
        "预约送货,配送物流,便利性,2026年9月1日,2027/3/31,\uff11\uff18万,静澜空调".replace("万", "0")
    )
    row = read.iloc[0]
    assert (row["touchpoint"], row["category"], row["product"]) == ("delivery", "convenience", "静澜空调")
    assert (row["since"], row["until"], row["cost"]) == (date(2026, 9, 1), date(2027, 3, 31), 180)


@pytest.mark.parametrize(
    "said",
    [
        "2026-09-01",
        "2026/9/1",
        "2026.9.1",
        "2026年9月1日",
        "20260901",
        "2026-09-01 00:00:00",
        "２０２６／９／１",
    ],
)
def test_a_day_may_be_written_in_any_usual_form(said: str) -> None:
    assert actions(f"行动,触点,类别,开始\n回访,售后维修,服务,{said}")["since"].tolist() == [date(2026, 9, 1)]


def test_a_cost_may_be_written_in_ten_thousands() -> None:
    assert actions("行动,触点,类别,开始,费用\n回访,售后维修,服务,2026-09-01,18万")["cost"].tolist() == [
        180_000
    ]


def test_two_results_of_one_day_are_refused_but_not_of_two_actions() -> None:
    known = actions("action,touchpoint,category,since\n甲,after,,2026-09-01\n乙,after,,2026-09-01")
    two = "date,value,action\n2026-08-01,5,甲\n2026-08-01,5,乙\n2026/8/1,6,"
    assert len(read_results(frame(two), known)) == 3
    with pytest.raises(BrokenActions, match=r"line 5, column date"):
        read_results(frame(two + "\n2026-08-01,5,乙"), known)


def test_what_is_absent_is_open_or_everything() -> None:
    row = actions("action,touchpoint,category,since\n回访,after,,2026-09-01").iloc[0]
    assert row["category"] == row["product"] == "all"
    assert row["until"] is None
    assert pd.isna(row["cost"])


def test_a_start_in_the_near_future_is_a_plan_and_no_error() -> None:
    assert actions("action,touchpoint,category,since\n送装一体,install,,2027-11-01").shape[0] == 1


HEAD = "action,touchpoint,category,since,until,cost\n好,after,service,2026-09-01,,\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("甲,前台,service,2026-09-01,,", ["line 3, column touchpoint", "'前台'", "after", "售后维修"]),
        ("甲,after,态度,2026-09-01,,", ["line 3, column category", "'态度'", "service", "服务"]),
        ("甲,after,service,九月一日,,", ["line 3, column since", "'九月一日'", "2026-09-01"]),
        ("甲,after,service,2026-02-30,,", ["column since", "'2026-02-30'", "no date"]),
        ("甲,after,service,,,", ["column since", "the date is missing"]),
        ("甲,after,service,09/01/2026,,", ["column since", "no date", "2026/9/1"]),
        ("甲,after,service,2026-09-01,,5%", ["column cost", "'5%'", "≥ 0"]),
        ("甲,after,service,2062-09-01,,", ["column since", "'2062-09-01'", "≤ 2028-09-28", "is a plan"]),
        ("甲,after,service,2026-09-01,2026-08-01,", ["column until", "≥ 2026-09-01"]),
        ("甲,after,service,2026-09-01,,-5", ["column cost", "'-5'", "≥ 0"]),
        (",after,service,2026-09-01,,", ["column action", "no name"]),
        ("甲,,,2026-09-01,,", ["column touchpoint", "nothing to hold it against"]),
        ("好,after,service,2026-09-01,,", ["line 3", "twice"]),
    ],
)
def test_a_broken_row_is_named_with_line_value_and_valid_values(row: str, said: list[str]) -> None:
    with pytest.raises(BrokenActions) as caught:
        actions(HEAD + row)
    message = caught.value.explain("en")
    assert "actions.csv" in message
    for words in said:
        assert words in message
    assert caught.value.explain("zh") != message


def test_a_missing_column_is_named() -> None:
    with pytest.raises(BrokenActions, match="since"):
        actions("action,touchpoint,category\n甲,after,service")


# Step 7 of the method: a shop in the same street, then another, then a third; sales of one shop are 1.
SHOPS = """action,touchpoint,category,since
同街开店,store,convenience,2023-01-01
同街开店,store,convenience,2024-01-01
同街开店,store,convenience,2025-01-01"""
SALES = """日期,销售额
2022-03-01,100
2022-09-01,100
2023-03-01,200
2023-09-01,200
2024-03-01,295
2024-09-01,305
2025-03-01,410
2025-09-01,440"""


def test_sales_with_two_three_and_four_shops_are_twice_three_and_more_than_four_times_one_shops() -> None:
    shops = actions(SHOPS)
    table = result_table(shops, read_results(frame(SALES), shops))
    assert table["stage"].tolist() == [0, 1, 2, 3]
    assert table["ratio"].tolist()[:3] == pytest.approx([1, 2, 3])
    assert table["ratio"].tolist()[3] > 4
    last = table.iloc[3]
    assert last["ratio_low"] < last["ratio"] < last["ratio_high"]
    assert table.iloc[1][["ratio_low", "ratio_high"]].tolist() == [2, 2]


def test_results_may_belong_to_one_action_and_need_a_time_before() -> None:
    shops = actions(SHOPS)
    results = read_results(frame("date,value,action\n2023-05-01,7,同街开店"), shops)
    assert result_table(shops, results)["ratio"].isna().all()
    early = read_results(frame("date,value\n2022-05-01,7"), shops)
    assert result_table(shops, early).empty
    with pytest.raises(BrokenActions, match="no such action"):
        read_results(frame("date,value,action\n2023-05-01,7,别的"), shops)
    with pytest.raises(BrokenActions, match="line 2, column value"):
        read_results(frame("date,value\n2023-05-01,"), shops)
