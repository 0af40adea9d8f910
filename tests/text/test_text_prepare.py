import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_helpers import messy_text

from cem_nlp.text import mask_answers, prepare, to_source_span


@given(messy_text)
@settings(max_examples=300, deadline=None)
def test_twice_is_once(text):
    once = prepare(text)
    again = prepare(once.text)
    assert again.text == once.text
    assert again.n_masked == 0


@given(messy_text)
@settings(max_examples=200, deadline=None)
def test_every_span_leads_into_the_source(text):
    prepared = prepare(text)
    length = len(prepared.text)
    for start in range(length):
        begin, end = to_source_span(prepared, start, start + 1)
        assert 0 <= begin < end <= len(text)
    if length:
        begin, end = to_source_span(prepared, 0, length)
        assert begin == to_source_span(prepared, 0, 1)[0]
        assert end == to_source_span(prepared, length - 1, length)[1]


def test_normalised_first_then_masked():
    source = "电话１３８ ００１３\u200b ８０００，  很好"
    prepared = prepare(source)
    assert prepared.text == "电话[手机号]， 很好"
    assert prepared.n_masked == 1
    assert prepared.fixes == ("invisible", "width", "space")
    start = prepared.text.index("很好")
    assert source[slice(*to_source_span(prepared, start, start + 2))] == "很好"
    assert source[slice(*to_source_span(prepared, 2, 4))] == "１３８ ００１３\u200b ８０００"


def test_clean_text_is_its_own_source():
    prepared = prepare("很好，值得购买")
    assert prepared.text == "很好，值得购买"
    assert prepared.fixes == ()
    assert to_source_span(prepared, 3, 7) == (3, 7)


def test_default_praise_is_named():
    assert prepare("此用户没有填写评价。").fixes == ("default_praise",)
    assert prepare(" 系统默认好评 ").fixes == ("space", "default_praise")
    assert prepare("系统默认好评我不同意").fixes == ()


@pytest.mark.parametrize(
    ("turns", "masked"),
    [
        (["agent 您的订单号", "customer 20260903000117"], ["您的订单号", "[订单号]"]),
        (["agent 怎么称呼您？", "customer 周文博"], ["怎么称呼您？", "[姓名]"]),
        (["agent 座机号码是？", "customer 83334444，漏水"], ["座机号码是？", "[座机]，漏水"]),
        (
            ["agent 身份证号", "customer 嗯，330106 1988 0512 3456"],
            ["身份证号", "嗯，[身份证]"],
        ),
        (
            ["customer 电话139 5555", "agent 嗯", "customer 6666，漏水"],
            ["电话[手机号]", "嗯", "[手机号]，漏水"],
        ),
        (["customer 139", "customer 55556666"], ["[手机号]", "[手机号]"]),
        (["customer 139", "agent 嗯您请说后面八位", "customer 55556666"], None),
        (["customer 我花了139", "agent 嗯", "customer 退我20元"], None),
        (["agent 您的订单号", "agent 稍等", "customer 空调20260903"], None),
        (["agent ", "customer 漏水 / 客服：好", "agent 您的订单号"], None),
    ],
)
def test_an_answer_is_masked_in_the_light_of_its_question(turns, masked):
    said = [tuple(turn.split(" ", 1)) for turn in turns]
    texts, n_masked = mask_answers(said)
    assert texts == (masked or [text for _, text in said])
    assert n_masked == sum(text != before for text, (_, before) in zip(texts, said, strict=True))


@given(st.lists(st.tuples(st.sampled_from(["customer", "agent"]), messy_text), max_size=6))
@settings(max_examples=200, deadline=None)
def test_answers_are_as_many_as_turns(turns):
    prepared = [(role, prepare(text).text) for role, text in turns]
    texts, n_masked = mask_answers(prepared)
    assert len(texts) == len(turns)
    assert n_masked or texts == [text for _, text in prepared]
