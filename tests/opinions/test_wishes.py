"""What customers wish for and ask, told by the shipped taxonomy's words."""

from pathlib import Path

import pytest

from cem_nlp.model_files import load_taxonomy
from cem_nlp.opinions.wishes import Wish, WishReader

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def reader() -> WishReader:
    return WishReader(load_taxonomy(ROOT / "data" / "taxonomy.toml"))


@pytest.mark.parametrize(
    ("text", "sort", "channel"),
    [
        ("要是能在网上报修就好了", "missing", "web"),
        ("希望你们增加夜间配送", "missing", None),
        ("为什么不能开电子发票", "missing", None),
        ("什么时候才能支持自提", "missing", "face_to_face"),
        ("宁愿去实体店买", "preference", "face_to_face"),
        ("能不能给我回个电话", "preference", "phone_outbound"),
        ("滤网怎么取消提醒", "question", None),
        ("要是能在網上報修就好了", "missing", "web"),
    ],
)
def test_wishes_are_told_apart(reader: WishReader, text: str, sort: str, channel: str | None) -> None:
    (wish,) = reader.read(f"买了三个月，{text}。", "review")
    assert (wish.sort, wish.channel) == (sort, channel)
    assert f"买了三个月，{text}。"[wish.start : wish.end] == text


@pytest.mark.parametrize(
    "text",
    ["空调很好用", "不要再打电话推销了", "希望质量好一点", "后期若有故障或效果不好", "感谢您的建议", ""],
)
def test_what_is_no_wish_is_none(reader: WishReader, text: str) -> None:
    assert reader.read(text, "review") == []


def test_only_the_customer_wishes_in_a_call(reader: WishReader) -> None:
    call = "客服：请问您想咨询怎么安装吗 / 客户：我要退货"
    assert reader.read(call, "transcript") == []
    (wish,) = reader.read("客服：您好 / 客户：发票怎么申请", "transcript")
    assert wish == Wish(11, 17, "question", None, "service", "invoice")
