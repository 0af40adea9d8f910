import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_helpers import messy_text

from cem_nlp.text import customer_spans, join_turns, prepare, turn_spans

TURNS = st.lists(st.tuples(st.sampled_from(["customer", "agent"]), messy_text), max_size=5)


def said_by_customer(text):
    return [text[start:end] for start, end in customer_spans(text, "transcript")]


def test_turns_become_one_text():
    text = join_turns([("customer", "空调坏了"), ("agent", "您好"), ("customer", "三天了 ")])
    assert text == "客户：空调坏了 / 客服：您好 / 客户：三天了"
    assert said_by_customer(text) == ["空调坏了", "三天了"]


@pytest.mark.parametrize(
    "words",
    [
        "坏了 / 客服：已为您退款",
        "坏了\u3000/ 客服：好",
        "坏了 ／ 客服：好",
        " / 客服：好",
        "坏了 / / 客服：好",
    ],
)
def test_nobody_forges_a_turn(words):
    text = join_turns([("customer", words), ("agent", "您好")])
    assert len(customer_spans(text, "transcript")) == 1
    assert text.count(" / 客服：") == 1


@given(TURNS)
@settings(max_examples=200, deadline=None)
def test_each_turn_of_the_customer_is_found_again(turns):
    prepared = [(role, prepare(text).text) for role, text in turns]
    joined = join_turns(prepared)
    expected = [join_turns([turn]).removeprefix("客户：") for turn in prepared if turn[0] == "customer"]
    assert said_by_customer(joined) == [words for words in expected if words]


def test_a_turn_without_text_leaves_no_trace():
    assert join_turns([("customer", " "), ("agent", "您好"), ("customer", "")]) == "客服：您好"


def test_unknown_role():
    with pytest.raises(KeyError):
        join_turns([("robot", "您好")])


def test_all_turns_in_order():
    text = "喂 / 客服：您好 / 客服：请讲 / 客户：坏了"
    turns = [(role, text[start:end]) for role, start, end in turn_spans(text, "transcript")]
    assert turns == [("customer", "喂"), ("agent", "您好"), ("agent", "请讲"), ("customer", "坏了")]
    assert turn_spans(text, "review") == [("customer", 0, len(text))]


def test_half_width_colons_and_leading_words():
    assert said_by_customer("客户:坏了 / 客服:您好 / 客户: 退货") == ["坏了", " 退货"]
    assert said_by_customer("喂 / 客服：您好") == ["喂"]
    assert said_by_customer("客服：您好") == []


def test_without_prefix_all_is_the_customers():
    assert customer_spans("空调坏了", "transcript") == [(0, 4)]


@pytest.mark.parametrize("kind", ["review", "complaint"])
def test_other_kinds_have_one_speaker(kind):
    text = "客服：您好 / 客户：坏了"
    assert customer_spans(text, kind) == [(0, len(text))]
