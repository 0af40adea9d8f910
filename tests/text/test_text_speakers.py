import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_helpers import messy_text

from cem_nlp.text import customer_spans, join_turns, kind_of, prepare, to_source_span

CUSTOMERS = [
    "客户",
    "顾客",
    "用户",
    "买家",
    "消费者",
    "客戶",
    "顧客",
    "用戶",
    "買家",
    "Customer",
    "USER",
    "caller",
    "Buyer",
]
AGENTS = [
    "客服",
    "坐席",
    "座席",
    "商家",
    "卖家",
    "人工客服",
    "客服专员",
    "机器人",
    "賣家",
    "機器人",
    "Agent",
    "assistant",
    "CSR",
    "Bot",
]
LABELS = ["{}：", "{}:", "{} ：", "{}01：", "{} 10:01：", "{}A 2026-09-01 10:01:22: "]
LABELS += ["[{}]", "【{}】", "【{}】："]
BORDERS = [" / ", " ／ ", "  /  ", "/", "\n", "\r\n"]
TURNS = [("customer", "宽带又断了"), ("agent", "服务太差了，抱歉"), ("customer", "私信了没人理")]
USUAL = join_turns(TURNS)

written = st.builds(
    lambda customer, agent, label, border: border.join(
        label.format(customer if role == "customer" else agent) + words for role, words in TURNS
    ),
    st.sampled_from(CUSTOMERS),
    st.sampled_from(AGENTS),
    st.sampled_from(LABELS),
    st.sampled_from(BORDERS),
)


@given(st.sampled_from(["", "  ", "\ufeff"]), written)
@settings(max_examples=300, deadline=None)
def test_however_speakers_are_named_the_same_is_read(before, call):
    text = before + call
    assert kind_of(text) == "transcript"
    prepared = prepare(text, "transcript")
    assert prepared.text == USUAL
    spans = [to_source_span(prepared, *span) for span in customer_spans(prepared.text, "transcript")]
    assert [text[start:end] for start, end in spans] == ["宽带又断了", "私信了没人理"]


def test_a_time_may_come_first_and_other_names_of_the_agents_between():
    call = "[10:01] 客户：坏了\n[10:02:33] 智能客服：您好\n[10:03] 工作人员：在\n[10:04] 客户：退货"
    assert prepare(call, "transcript").text == "客户：坏了 / 客服：您好 / 客服：在 / 客户：退货"
    assert prepare(call, "review").text == call


def test_the_usual_form_stays_as_it_is():
    call = "喂 / 客服：您好\n商家：在/客服：在 / 客户：坏了"
    prepared = prepare(call, "transcript")
    assert (prepared.text, prepared.fixes, prepared.origin) == (call, (), None)
    assert prepare("坏了\n没人理", "transcript").text == "坏了\n没人理"


@given(st.lists(st.sampled_from([*LABELS[:4], "{}", "/", " / ", "\n", " ", "坏了"]), max_size=9), messy_text)
@settings(max_examples=300, deadline=None)
def test_preparing_twice_changes_nothing_more(pieces, words):
    text = "".join(piece.format("买家") for piece in pieces) + words
    once = prepare(text, "transcript").text
    assert prepare(once, "transcript").text == once


@pytest.mark.parametrize(
    "text",
    ["客户：坏了", " 客户:坏了", "客服：您好 / 客户：坏了", "客戶：壞了", "记录\n买家：坏了\n卖家：好"],
)
def test_what_looks_like_a_call_is_one(text):
    assert kind_of(text) == "transcript"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "客服",
        "我问客服：没人理",
        "质量：很好",
        "客服:差，物流:慢",
        "用户：我觉得不错",
        "问了商家/客服：都不理/用户：不行",
        "质量好\n客服：差\n物流：慢",
        "用户：张三\n商家：某店\n问题：质量差",
    ],
)
def test_what_only_names_a_speaker_is_a_review(text):
    assert kind_of(text) == "review"


def test_time_is_linear_in_the_length():
    for unit in ["\n", " ", "/ ", "\n  /  ", "客户", "[10:01 ", "客户 1", "\n用户 "]:
        text = unit * 50_000 + ":"
        begin = time.perf_counter()
        kind_of(text)
        prepare(text, "transcript")
        assert time.perf_counter() - begin < 5, unit
