"""What an error may show of a user's file: names of columns, never what a customer wrote."""

import pytest

from cem_nlp.language import Bilingual
from cem_nlp.showing import headerless, is_name, shown_headings, shown_value

WANTED = ("编号", "品牌", "评分", "评论")


@pytest.mark.parametrize("heading", ["评论", "Customer ID", "评分(1-5)", "2026年8月", "q1", "brand_name"])
def test_ordinary_headings_are_names(heading: str) -> None:
    assert is_name(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "13712345701",
        "１３７１２３４５７０１",
        "1371234\u200b5701",
        "VIP-7788991",
        "li@example.com",
        "杭州西湖区文三路90号",
        "空调漏水，太差了",
        "空调用了两天就开始漏水售后一直推脱没有人来管过这件事情",
        "5",
        "2026-08-15",
        '"评论": "漏水"',
    ],
)
def test_what_a_row_holds_is_no_name(heading: str) -> None:
    assert not is_name(heading)


def test_headings_are_listed_where_one_is_known_or_nearly() -> None:
    assert shown_headings(["编号", "评论内容", "", "备注"], WANTED) == ["编号", "评论内容", "备注"]
    assert shown_headings(["评论内容"], WANTED) == ["评论内容"]
    assert shown_headings(["李建国", "空调", "漏水"], WANTED) == []
    assert shown_headings(["编号", "评论", "13712345701"], WANTED) == []
    assert shown_headings([], WANTED) == []


def test_an_endless_heading_is_no_name() -> None:
    assert shown_headings(["漏水" * (1 << 20), "评论"], WANTED) == []


def test_full_width_numbers_are_masked_in_values() -> None:
    assert shown_value("电话１３７１２３４５７０１") == "电话[手机号]"
    assert shown_value("５分") == "５分"


def test_the_number_of_columns_stands_for_headings_that_may_not_be_listed() -> None:
    said = headerless(Bilingual("缺少“评论”", "评论 is missing"), ["李建国", "13712345701"])
    assert said.zh == "缺少“评论”，首行（JSON 则为键名）也不像表头（共 2 列）"
    assert "does not look like a header (columns: 2)" in said.en
