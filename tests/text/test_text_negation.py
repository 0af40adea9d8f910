import pytest
from hypothesis import given
from hypothesis import strategies as st

from cem_nlp.text.negation import said_plainly


@pytest.mark.parametrize(
    ("clause", "plain"),
    [
        ("快递不慢", "快递很快"),
        ("房间不太脏", "房间很干净"),
        ("没有任何异味", "味道好闻"),
        ("一点异味都没有", "味道好闻"),
        ("洗了几次也不掉色", "洗了几次也质量很好"),
        ("包装没破损", "包装包装完好"),
        ("客服没有推脱", "客服服务态度很好"),
        ("安装不麻烦", "安装很方便"),
        ("不是假货", "是正品"),
        ("没有让我失望", "很满意"),
        ("没有一样不满意", "很满意"),
        ("等的时间不长", "很快"),
        ("不用排队", "很方便"),
    ],
)
def test_a_negated_fault_becomes_praise(clause: str, plain: str) -> None:
    assert said_plainly(clause) == plain


@pytest.mark.parametrize(
    "clause",
    [
        "快递太慢",
        "不干净",
        "没有客服",
        "没有效果",
        "水不热",
        "脏不脏",
        "会不会掉色",
        "有没有异味",
        "房间不脏吗",
        "快递不慢？",
        "希望不掉色",
        "要是不吵就好了",
        "说是不掉色",
        "宣传没有异味",
        "别的牌子都不漏水",
        "怎么不嫌麻烦",
        "不麻烦您了",
        "不差钱",
        "不差这几块",
        "没有一件不起球",
        "不好不差",
        "没有不好意思",
        "没有故障号",
    ],
)
def test_questions_wishes_promises_and_faults_stay(clause: str) -> None:
    assert said_plainly(clause) == clause


@given(st.text(st.sampled_from("不没有会太慢脏吵异味故障的了吗我快递房间，? ab"), max_size=20))
def test_nothing_is_said_twice(clause: str) -> None:
    once = said_plainly(clause)
    assert said_plainly(once) == once


@given(st.text(st.sampled_from("很太快慢脏吵异味故障的了吗我"), max_size=20))
def test_without_a_negation_nothing_changes(clause: str) -> None:
    assert said_plainly(clause) == clause
