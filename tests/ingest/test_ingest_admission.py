"""The contract, row by row."""

import json
import pickle
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_helpers import COLUMNS, HEADER, ROW, admission, admit_rows, reviews

from cem_nlp.config import Brands, Source
from cem_nlp.ingest import REASONS, RawChunk, RawTurn, Rejected, admit
from cem_nlp.ingest.admission import LONGEST_TEXT


def row(**changes: str | None) -> list[str | None]:
    """The good row, with some cells changed."""
    cells: dict[str, str | None] = dict(zip(HEADER, ROW, strict=True))
    assert changes.keys() <= cells.keys()
    return list((cells | changes).values())


def test_good_row() -> None:
    (record,) = admit_rows(reviews(), [row()]).accepted
    assert (record.number, record.kind, record.source, record.file, record.row) == (
        "0007",
        "review",
        "评论",
        "rows.csv",
        2,
    )
    assert (record.brand, record.is_own, record.product, record.segment) == (
        "贝岭",
        True,
        "unknown",
        "unknown",
    )
    assert record.created_at == datetime(2026, 8, 1, 1, 30, tzinfo=UTC)
    assert record.business_date == date(2026, 8, 1)
    assert (record.rating, record.rating_scaled) == (5.0, 10.0)
    assert (record.text, record.turns, record.customer_key) == (ROW[-1], (), None)


@pytest.mark.parametrize(
    ("changes", "reason", "column"),
    [
        ({"评论": ""}, "missing_text", "评论"),
        ({"评论": None}, "missing_text", "评论"),
        ({"评论": " \u3000\u200b\ufeff\t\0\n"}, "missing_text", "评论"),
        ({"评论": "x" * (LONGEST_TEXT + 1)}, "text_too_long", "评论"),
        ({"评论": "半个\ud83d表情"}, "undecodable", None),
        ({"编号": "\ud83d"}, "undecodable", None),
        ({"时间": "昨天"}, "bad_date", "时间"),
        ({"时间": "2026-02-30"}, "bad_date", "时间"),
        ({"时间": "2026-09-04"}, "date_in_future", "时间"),
        ({"时间": "2026-09-03T16:00:00Z"}, "date_in_future", "时间"),
        ({"时间": "1989-12-31"}, "date_too_early", "时间"),
        ({"时间": "1970-01-01 08:00:00"}, "date_too_early", "时间"),
        ({"评分": "五星"}, "bad_rating", "评分"),
        ({"评分": "nan"}, "bad_rating", "评分"),
        ({"评分": "1_0"}, "bad_rating", "评分"),
        ({"评分": "0.9"}, "rating_out_of_scale", "评分"),
        ({"评分": "5.01"}, "rating_out_of_scale", "评分"),
        ({"编号": "1\0"}, "nul_byte", "编号"),
        ({"品牌": "贝\0岭"}, "nul_byte", "品牌"),
    ],
)
def test_breach_names_reason_column_value_and_valid_values(
    changes: dict[str, str | None], reason: str, column: str
) -> None:
    admitted = admit_rows(reviews(), [row(), row(**changes), row(编号="8")])
    assert [record.row for record in admitted.accepted] == [2, 4]
    (reject,) = admitted.rejected
    assert (reject.row, reject.reason, reject.column) == (3, reason, column)
    assert reason in REASONS
    if column in ("时间", "评分"):
        assert reject.value == changes[column]
        assert reject.valid == {"时间": "1990-01-01 … 2026-09-03", "评分": "1 … 5"}[column]
    assert list(reject.content) == list(HEADER)
    json.dumps(dict(reject.content), ensure_ascii=False).encode()


@pytest.mark.parametrize("time", ["2026-09-03", "2026-09-03 23:59:59", "1990-01-01", "2026-09-03T15:59:59Z"])
def test_first_and_last_admissible_moment(time: str) -> None:
    assert len(admit_rows(reviews(), [row(时间=time)]).accepted) == 1


def test_the_night_is_a_day_of_the_configured_time_zone() -> None:
    chunk = RawChunk("a.csv", HEADER, [(2, row(时间="2026-09-03T16:00:00Z"))])
    assert admit(chunk, reviews(), admission(timezone="UTC")).accepted[0].business_date == date(2026, 9, 3)


def test_empty_optional_cells_are_missing_values() -> None:
    (record,) = admit_rows(reviews(), [row(编号=" ", 品牌="", 评分=None, 时间="")]).accepted
    assert (record.number, record.brand, record.rating, record.created_at) == (None, "unknown", None, None)
    assert record.business_date == date(2026, 9, 3)


@pytest.mark.parametrize(("rating", "scaled"), [("0", 0.0), ("50", 5.0), ("100", 10.0), ("２５", 2.5)])
def test_rating_on_another_scale(rating: str, scaled: float) -> None:
    source = reviews(rating={"low": 0, "high": 100})
    assert admit_rows(source, [row(评分=rating)]).accepted[0].rating_scaled == scaled


def test_brand_aliases_and_own_brand() -> None:
    brands = Brands(own=("贝岭",), aliases={"BEILING": "贝岭", "贝岭牌": "贝岭"})
    rows = list(enumerate([row(品牌=name) for name in ["BEILING", " 贝岭牌 ", "贝岭", "合悦"]], 2))
    accepted = admit(RawChunk("a.csv", HEADER, rows), reviews(), admission(brands=brands)).accepted
    assert [(record.brand, record.is_own) for record in accepted] == [*[("贝岭", True)] * 3, ("合悦", False)]


def test_constants_stand_in_for_columns_and_empty_cells() -> None:
    source = reviews(constants={"brand": "贝岭", "channel": "京东"})
    accepted = admit_rows(source, [row(品牌="合悦"), row(品牌="")]).accepted
    assert [(record.brand, record.channel) for record in accepted] == [("合悦", "京东"), ("贝岭", "京东")]


def test_several_columns_make_one_text_and_one_product() -> None:
    source = reviews(columns={"text": ["标题", "详情"], "product": ["车系", "车型"]})
    header = ("标题", "详情", "车系", "车型")
    rows = [("异响", "每天\n都响 ", "星越", "2020款"), ("异响", " ", "", "2020款")]
    first, second = admit_rows(source, rows, header).accepted
    assert (first.text, first.product) == ("异响\n每天\n都响", "星越 2020款")
    assert (second.text, second.product) == ("异响", "2020款")


def test_nul_in_the_text_is_left_to_the_text_room() -> None:
    assert admit_rows(reviews(), [row(评论="好\0评")]).accepted[0].text == "好\0评"


def test_kind_column() -> None:
    source = reviews(columns=COLUMNS | {"kind": "类型"}, kinds={"投诉": "complaint", "评价": "review"})
    header = (*HEADER, "类型")
    admitted = admit_rows(source, [[*ROW, "投诉"], [*ROW, "表扬"], [*ROW, None]], header)
    assert [record.kind for record in admitted.accepted] == ["complaint"]
    assert [(reject.reason, reject.value) for reject in admitted.rejected] == [
        ("unknown_kind", "表扬"),
        ("unknown_kind", None),
    ]
    assert admitted.rejected[0].valid == "投诉 / 评价"
    by_code = reviews(columns=COLUMNS | {"kind": "类型"})
    assert admit_rows(by_code, [[*ROW, "complaint"]], header).accepted[0].kind == "complaint"


def test_customer_key_is_salted_and_not_the_number() -> None:
    source = reviews(columns=COLUMNS | {"customer": "手机"})
    chunk = RawChunk(
        "a.csv",
        (*HEADER, "手机"),
        [(2, [*ROW, "13800138000"]), (3, [*ROW, " 13800138000 "]), (4, [*ROW, ""])],
    )
    first, again, none = (record.customer_key for record in admit(chunk, source, admission()).accepted)
    other = admit(chunk, source, admission(salt=b"pepper")).accepted[0].customer_key
    assert first == again
    assert none is None
    assert first is not None
    assert len({first, other}) == 2
    assert "138" not in repr(admit(chunk, source, admission()).accepted[0])


def test_column_that_a_later_chunk_lacks_is_missing() -> None:
    (record,) = admit_rows(reviews(), [["好"]], header=("评论",)).accepted
    assert record.brand == "unknown"


CALL = {
    "call_id": "c1",
    "turns": [{"who": "甲", "says": "您好", "at": 0}, {"who": "乙", "says": " 空调不冷 ", "at": 3.5}],
}


def calls() -> Source:
    return Source.model_validate(
        {
            "name": "通话",
            "kind": "transcript",
            "path": "calls.jsonl",
            "columns": {"id": "call_id"},
            "turns": {
                "role": "who",
                "text": "says",
                "seconds": "at",
                "roles": {"甲": "agent", "乙": "customer"},
            },
        }
    )


def admit_turns(turns: object) -> tuple[tuple[RawTurn, ...], Rejected | None]:
    cell = turns if turns is None or isinstance(turns, str) else json.dumps(turns)
    admitted = admit_rows(calls(), [["c1", cell]], ("call_id", "turns"))
    if admitted.accepted:
        assert admitted.accepted[0].text is None
        return admitted.accepted[0].turns, None
    return (), admitted.rejected[0]


def test_transcript() -> None:
    turns, _ = admit_turns(CALL["turns"])
    assert turns == (RawTurn("agent", "您好", 0.0), RawTurn("customer", "空调不冷", 3.5))


def test_turn_without_text_leaves_no_trace_and_seconds_may_be_missing() -> None:
    turns, _ = admit_turns(
        [{"who": "甲", "says": None}, {"who": "乙", "says": "好", "at": "12"}, {"who": "乙", "says": "行"}]
    )
    assert turns == (RawTurn("customer", "好", 12.0), RawTurn("customer", "行", None))


@pytest.mark.parametrize(
    ("turns", "reason", "value"),
    [
        (None, "missing_text", None),
        ("", "missing_text", None),
        ([], "missing_text", None),
        ([{"who": "甲", "says": " \u200b"}], "missing_text", None),
        ("您好", "bad_turns", None),
        ({"who": "甲", "says": "您好"}, "bad_turns", None),
        (["您好"], "bad_turns", None),
        ([{"who": "甲", "says": ["您好"]}], "bad_turns", None),
        ([{"who": "丙", "says": "您好"}], "unknown_role", "丙"),
        ([{"says": "您好"}], "unknown_role", None),
        ([{"who": "甲", "says": "您好", "at": -1}], "bad_seconds", "-1"),
        ([{"who": "甲", "says": "您好", "at": "三秒"}], "bad_seconds", "三秒"),
        ([{"who": "甲", "says": "您好", "at": "inf"}], "bad_seconds", "inf"),
        ([{"who": "甲", "says": "您好", "at": [1]}], "bad_seconds", "[1]"),
        (
            [{"who": "甲", "says": "您好", "at": 9}, {"who": "乙", "says": "嗯", "at": 8}],
            "bad_seconds",
            "9 → 8",
        ),
        ([{"who": "甲", "says": "x" * LONGEST_TEXT}, {"who": "乙", "says": "嗯"}], "text_too_long", None),
    ],
)
def test_broken_transcript(turns: object, reason: str, value: str | None) -> None:
    _, reject = admit_turns(turns)
    assert reject is not None
    assert (reject.reason, reject.column, reject.value) == (reason, "turns", value)


def test_unknown_role_names_the_known_ones() -> None:
    _, reject = admit_turns([{"who": "丙", "says": "您好"}])
    assert reject is not None
    assert reject.valid == "甲 / 乙"


def test_admission_crosses_process_borders() -> None:
    chunk, source, settings_ = (
        RawChunk("a.csv", HEADER, [(2, row()), (3, row(评论=""))]),
        reviews(),
        admission(),
    )
    sent = pickle.loads(pickle.dumps((chunk, source, settings_)))
    assert pickle.loads(pickle.dumps(admit(*sent))) == admit(chunk, source, settings_)


def test_rows_rejected_by_the_reader_are_handed_on_in_order() -> None:
    earlier = Rejected(4, "ragged_row", {"编号": "1"})
    chunk = RawChunk("a.csv", HEADER, [(2, row()), (3, row(评论="")), (5, row(评论=""))], [earlier])
    assert [reject.row for reject in admit(chunk, reviews(), admission()).rejected] == [3, 4, 5]


CELL = st.none() | st.text(max_size=8) | st.sampled_from(["5", "2026-08-01", "9", "2027-01-01", "好", "贝岭"])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELL, min_size=5, max_size=5), max_size=12))
def test_rows_in_are_accepted_or_rejected(rows: list[list[str | None]]) -> None:
    admitted = admit_rows(reviews(), rows)
    numbers = sorted(
        [record.row for record in admitted.accepted] + [reject.row for reject in admitted.rejected]
    )
    assert numbers == list(range(2, len(rows) + 2))
    assert {reject.reason for reject in admitted.rejected} <= REASONS.keys()
