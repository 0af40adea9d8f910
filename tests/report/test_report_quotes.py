from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_factories import NIGHT, OWN, comment_row, feedback_row, opinion_row, tables

from cem_nlp.report.inputs import ReportTables
from cem_nlp.report.quotes import Quote, pick_quotes

PRODUCT_BAD = ("product", "negative")


def pick(night: ReportTables, each: int = 2) -> dict[tuple[str, str], tuple[Quote, ...]]:
    return pick_quotes(night.opinions, night.feedback, night.comments, (OWN,), each)


def night(*said: tuple[str, str, dict[str, Any]]) -> ReportTables:
    """Comments as (text, evidence, values of the feedback or the opinion)."""
    opinion_keys = {"probability", "touchpoint", "category", "polarity", "topic"}
    feedback, opinions, comments = [], [], []
    for number, (text, evidence, values) in enumerate(said):
        of_opinion = {key: value for key, value in values.items() if key in opinion_keys}
        of_comment = {key: value for key, value in values.items() if key in {"intent", "expectation"}}
        rest = {key: value for key, value in values.items() if key not in opinion_keys | set(of_comment)}
        feedback.append(feedback_row(number, text, **rest))
        opinions.append(opinion_row(number, text, evidence, **of_opinion))
        comments.append(comment_row(number, **of_comment))
    return tables(feedback=feedback, opinions=opinions, comments=comments)


def evidence(night: ReportTables, each: int = 2) -> list[str]:
    return [quote.evidence for quote in pick(night, each)[PRODUCT_BAD]]


def test_the_surest_comes_first_and_carries_its_facts() -> None:
    found = pick(
        night(
            ("买了一个月，压缩机响得睡不着，要退货", "压缩机响得睡不着", {"probability": 0.8}),
            (
                "门封条三周就翘了，真失望",
                "门封条三周就翘了",
                {"probability": 0.97, "intent": "churn", "topic": "做工"},
            ),
        )
    )[PRODUCT_BAD]
    assert [quote.evidence for quote in found] == ["门封条三周就翘了", "压缩机响得睡不着"]
    assert (found[0].before, found[0].after) == ("", "，真失望")
    assert (found[0].intent, found[0].topic, found[0].probability) == ("churn", "做工", 0.97)
    assert found[0].said_on is not None
    assert found[0].said_on < NIGHT


def test_telling_words_go_before_a_bare_verdict() -> None:
    said = night(
        ("很差", "很差", {"probability": 0.99}),
        ("滤网卡扣断了两次", "滤网卡扣断了两次", {"probability": 0.8}),
    )
    assert evidence(said, each=1) == ["滤网卡扣断了两次"]


def test_a_wish_to_leave_weighs_more() -> None:
    said = night(
        ("冰箱门关不严实，结霜", "冰箱门关不严实", {"probability": 0.9}),
        ("洗衣机甩干跳得厉害", "洗衣机甩干跳得厉害", {"probability": 0.85, "expectation": "below"}),
    )
    assert evidence(said, each=1) == ["洗衣机甩干跳得厉害"]


def test_near_duplicates_rivals_and_echoes_are_left_out() -> None:
    said = night(
        ("遥控器三天两头失灵", "遥控器三天两头失灵", {"probability": 0.95}),
        ("遥控器三天两头失灵啊", "遥控器三天两头失灵", {"probability": 0.94}),
        ("水箱漏水泡了地板", "水箱漏水泡了地板", {"probability": 0.93, "duplicate_of": "f000099"}),
        ("面板一按就黑屏", "面板一按就黑屏", {"probability": 0.92, "brand": "北岭"}),
        ("风口积水往下滴", "风口积水往下滴", {"probability": 0.6}),
    )
    assert evidence(said, each=5) == ["遥控器三天两头失灵", "风口积水往下滴"]


def test_another_product_or_touchpoint_goes_first() -> None:
    said = night(
        ("排水管接口一直渗水", "排水管接口一直渗水", {"probability": 0.95, "product": "甲"}),
        ("滚筒里总有股怪味道", "滚筒里总有股怪味道", {"probability": 0.94, "product": "甲"}),
        ("压缩机启动抖得厉害", "压缩机启动抖得厉害", {"probability": 0.7, "product": "乙"}),
    )
    assert evidence(said) == ["排水管接口一直渗水", "压缩机启动抖得厉害"]
    assert len(evidence(said, each=3)) == 3


def test_one_comment_speaks_once() -> None:
    text = "压缩机响得睡不着，门封条也翘了边"
    said = tables(
        feedback=[feedback_row(1, text)],
        opinions=[
            opinion_row(1, text, "压缩机响得睡不着", opinion_no=0),
            opinion_row(1, text, "门封条也翘了边", opinion_no=1),
            opinion_row(1, text, "门封条也翘了边", opinion_no=2, category="service"),
        ],
        comments=[comment_row(1)],
    )
    assert sum(len(quotes) for quotes in pick(said).values()) == 1


def test_a_call_is_quoted_by_the_turn() -> None:
    text = "客服：您好 / 客户：装完第二天就漏氟，你们管不管 / 客服：马上登记"
    (quote,) = pick(night((text, "装完第二天就漏氟", {"kind": "transcript"})))[PRODUCT_BAD]
    assert quote.before + "|" + quote.evidence + "|" + quote.after == "客户：|装完第二天就漏氟|，你们管不管"


def test_long_context_begins_and_ends_at_a_break() -> None:
    before, after = "甲" * 60 + "，" + "乙" * 50, "丙" * 50 + "。" + "丁" * 60
    (quote,) = pick(night((before + "空调漏水漏了一地" + after, "空调漏水漏了一地", {})))[PRODUCT_BAD]
    assert quote.before == "…" + "乙" * 50
    assert quote.after == "丙" * 50 + "。…"


def test_feedback_without_a_time_has_no_day() -> None:
    (quote,) = pick(night(("空调漏水漏了一地", "空调漏水漏了一地", {"day": None})))[PRODUCT_BAD]
    assert quote.said_on is None


TEXT = st.text(st.sampled_from("好坏，。 /\n\u202ea"), max_size=200)


@settings(deadline=None, max_examples=50)
@given(TEXT, st.text(st.sampled_from("吵得睡"), min_size=1, max_size=9), TEXT)
def test_a_quote_is_a_stretch_of_its_comment(before: str, words: str, after: str) -> None:
    text = before + words + after
    (quote,) = pick(night((text, words, {})))[PRODUCT_BAD]
    kept = (quote.before + quote.evidence + quote.after).replace("…", "")
    printed = text.replace("\u202e", "")
    assert "".join(kept.split()) in "".join(printed.split())
    assert quote.evidence == words


@pytest.mark.parametrize("each", [0, 1, 2, 3])
def test_no_side_has_more_than_asked(demo_tables: ReportTables, each: int) -> None:
    found = pick(demo_tables, each)
    assert len(found) == 12
    assert max(len(quotes) for quotes in found.values()) <= each
