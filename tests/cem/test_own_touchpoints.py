"""Touchpoints from a survey alone: where they lie, their diagnosis, wishes, and where to steer."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.cem.blueprint import LAYERS, parse_blueprint
from cem_nlp.cem.own_touchpoints import own_places, own_touchpoint_tables
from cem_nlp.cem.touchpoint_survey import WITH_WISHES, read_touchpoint_survey
from cem_nlp.errors import BrokenSurvey
from cem_nlp.model_files import load_taxonomy
from cem_nlp.resources import shipped
from cem_nlp.schemas import TABLES
from cem_nlp.vocabulary import ALL

KNOWN = load_taxonomy(shipped("data/taxonomy.toml")).touchpoints
HEAD = ["respondent", "touchpoint", "channel", "stage", "measure", "score", "wish", "brand", "product"]
Row = Sequence[str]
few = settings(max_examples=8, deadline=None)


def file(*rows: Row) -> pd.DataFrame:
    return pd.DataFrame([[*row, *[""] * (len(HEAD) - len(row))] for row in rows], columns=HEAD, dtype="str")


def tables(*rows: Row, own: Sequence[str] = (), blueprint: Sequence[Any] = ()) -> dict[str, pd.DataFrame]:
    table = file(*rows)
    places = own_places(table, KNOWN)
    answers = read_touchpoint_survey(table, places, measures=WITH_WISHES)
    return own_touchpoint_tables(answers, places, blueprint, own)


def at(table: pd.DataFrame, touchpoint: str, product: str = ALL, brand: str = ALL) -> pd.Series:
    chosen = (table["touchpoint"] == touchpoint) & (table["product"] == product) & (table["brand"] == brand)
    assert chosen.sum() == 1
    return table[chosen].iloc[0]


def everybody(*rows: Row, people: int = 6) -> list[Row]:
    """The same answers from several respondents."""
    return [(f"R{number}", *row) for number in range(people) for row in rows]


PHONE = ("电话报修", "电话呼入", "购买后")
WEB = ("网上报修", "网络", "购买后")
AD = ("ad", "", "")
BANK = everybody(
    (*PHONE, "重要性", "9"),
    (*PHONE, "体验", "2"),
    (*WEB, "重要性", "6"),
    (*WEB, "体验", "8"),
    (*AD, "重要性", "1"),
    (*AD, "体验", "6"),
    ("电话报修", "网络", "", "偏好", "8"),
    ("电话报修", "电话呼入", "", "偏好", "2"),
    ("电话报修", "电话呼入", "", "使用", "90%"),
    ("电话报修", "网络", "", "使用", "10%"),
)


def test_a_company_s_own_touchpoints_lie_where_its_file_says() -> None:
    places = own_places(file(*BANK), KNOWN)
    assert {code: (place.channel, place.stage) for code, place in places.items()} == {
        "ad": ("other", "before"),
        "电话报修": ("phone_inbound", "after"),
        "网上报修": ("web", "after"),
    }
    assert places["ad"].name == KNOWN["ad"].name


def test_a_known_touchpoint_can_be_put_elsewhere_and_a_cell_needs_no_touchpoint() -> None:
    rows = [("a", "售后维修", "网络", "", "体验", "3"), ("a", "", "面对面", "购买前", "体验", "7")]
    places = own_places(file(*rows), KNOWN)
    assert (places["after"].channel, places["after"].stage) == ("web", "after")
    assert places["face_to_face×before"].name.zh == "面对面·购买前"
    table = tables(*rows)["touchpoints"]
    assert at(table, "face_to_face×before")["experience"] == 7.0


def test_the_diagnosis_is_the_nightly_one() -> None:
    table = tables(*BANK)["touchpoints"]
    phone = at(table, "电话报修")
    assert phone[["diagnosis", "reason"]].tolist() == ["defect", "important_and_poor"]
    assert phone[["preferred_channel", "preference", "use", "n_preferences"]].tolist() == [
        "web",
        0.8,
        pytest.approx(0.9),
        6,
    ]
    assert phone[["steer_to", "steer_experience"]].tolist() == ["web", 8.0]
    assert at(table, "网上报修")["diagnosis"] == "none"
    assert phone[["n_mentions", "experience_from"]].tolist() == [0, "survey"]
    assert table[["share_of_voice"]].isna().all().all()


def test_answers_of_one_voice_stand_for_themselves_without_a_range() -> None:
    table = tables(*[row for row in BANK if row[0] == "R0"])["touchpoints"]
    phone = at(table, "电话报修")
    assert (phone["diagnosis"], phone["steer_to"]) == ("defect", "web")
    assert phone[["experience_low", "importance_high", "steer_experience_low"]].isna().all()


def test_wishes_that_no_touchpoint_serves_are_missing_points() -> None:
    wishes = [
        ("R0", "电话报修", "", "", "希望", "", "夜间上门"),
        ("R1", "电话报修", "", "", "希望", "", "夜间上门"),
        ("R1", "电话报修", "面对面", "", "希望", "", ""),
        ("R2", "电话报修", "网络", "", "希望", "", ""),
    ]
    points = tables(*BANK, *wishes)["missing_points"].set_index("name")
    assert points.loc["夜间上门", ["n_wishes", "diagnosis", "touchpoint"]].tolist() == [
        2,
        "missing",
        "电话报修",
    ]
    assert points.loc["夜间上门", "share"] == pytest.approx(2 / 6)
    assert points.loc["face_to_face×after", "diagnosis"] == "missing"
    assert points.loc["web×after", ["diagnosis", "served_by"]].tolist() == ["served", "网上报修"]


def test_a_wish_alone_can_place_a_touchpoint() -> None:
    found = tables(*BANK, ("R0", "贵宾厅", "面对面", "购买前", "希望", "", "能带家人"))
    assert at(found["touchpoints"], "贵宾厅")[["channel", "stage"]].tolist() == ["face_to_face", "before"]
    assert found["missing_points"]["touchpoint"].tolist() == ["贵宾厅"]


def test_of_anonymous_wishes_nobody_knows_the_share() -> None:
    points = tables(*BANK, ("", "ad", "", "", "希望", "", "少一点短信"))["missing_points"]
    assert points["n_wishes"].tolist() == [1]
    assert points[["share", "share_low", "share_high"]].isna().all().all()


def test_products_and_brands_keep_apart_and_the_whole_pools_products() -> None:
    rows = [
        (who, *PHONE, "体验", score, "", brand, product)
        for who, brand, product, score in [
            ("a", "甲", "卡", "2"),
            ("b", "甲", "贷", "6"),
            ("c", "乙", "卡", "9"),
        ]
    ]
    table = tables(*rows, own=["甲"])["touchpoints"]
    assert at(table, "电话报修", brand="甲")["experience"] == 4.0
    assert at(table, "电话报修", "卡", "甲")["experience"] == 2.0
    assert at(table, "电话报修", "卡", "乙")["experience"] == 9.0
    assert not at(table, "电话报修", brand="乙")["is_own"]


def test_what_is_asked_of_the_whole_stands_in_for_products() -> None:
    rows = [("a", *PHONE, "体验", "2", "", "", "卡"), ("a", *PHONE, "重要性", "9")]
    table = tables(*rows, own=["甲"])["touchpoints"]
    assert at(table, "电话报修", "卡", "甲")[["experience", "importance"]].tolist() == [2.0, 9.0]


def test_the_blueprint_hangs_the_survey_s_scores_on_own_touchpoints() -> None:
    names = {code: place.name for code, place in own_places(file(*BANK), KNOWN).items()}
    texts = dict.fromkeys(LAYERS, "text")
    described = parse_blueprint({"touchpoints": [{"touchpoint": "电话报修"} | texts]}, names)
    (row,) = tables(*BANK, blueprint=described)["blueprint"].to_dict("records")
    assert (row["touchpoint"], row["experience"], row["n_mentions"]) == ("电话报修", 2.0, 0)


EXPERIENCE = ("a", *PHONE, "体验", "5")
BAD = [
    ([("a", "自助机", "面对面", "", "体验", "5")], 2, "touchpoint", "'自助机'", "售后维修"),
    (
        [EXPERIENCE, ("b", "电话报修", "网络", "", "体验", "5")],
        3,
        "channel",
        "in another channel",
        "电话呼入",
    ),
    ([EXPERIENCE, ("b", "电话报修", "网络", "购买前", "偏好", "5")], 3, "stage", "another stage", "购买后"),
    ([("a", "ad", "", "购买时", "体验", "5")], 2, "stage", "'购买时'", "购买中"),
    ([("a", "ad", "传真", "", "体验", "5")], 2, "channel", "'传真'", "网络"),
    ([("a", "ad", "", "", "希望", "", "")], 2, "wish", "say what is wished for", ""),
    ([("a", "ad", "网络", "", "偏好", "120%")], 2, "score", "'120%'", "0–100"),
    ([("a", "ad", "", "", "希望", "", "快")] * 2, 3, "score", "one question twice", ""),
]


@pytest.mark.parametrize(("rows", "line", "column", "what", "valid"), BAD)
def test_bad_rows_are_named_with_line_value_and_what_is_valid(
    rows: list[Row], line: int, column: str, what: str, valid: str
) -> None:
    with pytest.raises(BrokenSurvey) as raised:
        tables(*rows)
    said = raised.value.explain("en")
    assert f"touchpoints, line {line}, column {column}" in said
    assert what in said
    assert valid in said


ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(["", "a", "b", "c"]),
        st.sampled_from([PHONE, WEB, AD]),
        st.sampled_from(["重要性", "体验", "偏好"]),
        st.integers(0, 10),
        st.sampled_from(["", "卡", "贷"]),
    ),
    min_size=1,
    max_size=25,
    unique_by=lambda said: (said[0], said[1], said[2], said[4]) if said[0] else said,
)


@few
@given(ANSWERS)
def test_tables_follow_the_schema_and_keep_their_scales(said: list[Any]) -> None:
    rows = [
        (who, place[0], place[1] or "其他", place[2], measure, str(score), "", "", product)
        for who, place, measure, score, product in said
    ] + [("z", *PHONE, "体验", "5"), ("z", *WEB, "体验", "5")]
    found = tables(*rows, own=["甲"])
    for name, table in found.items():
        schema = TABLES[name].remove(TABLES[name].get_field_index("run_id"))
        assert pa.Table.from_pandas(table, schema=schema, preserve_index=False).num_rows == len(table)
    table = found["touchpoints"]
    assert not table.duplicated(["brand", "product", "touchpoint"]).any()
    for name, most in (("experience", 10), ("importance", 10), ("preference", 1)):
        known = table.dropna(subset=[f"{name}_low"])
        assert (known[f"{name}_low"] <= known[name] + 1e-9).all()
        assert (known[name] <= known[f"{name}_high"] + 1e-9).all()
        assert table[name].dropna().between(0, most).all()
