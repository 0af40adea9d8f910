import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_helpers import messy_text

from cem_nlp.text import join_turns, normalise, written_language

TEXTS = {
    "zh": "好|服務很好|iPhone 11 Pro Max 很好|の很好喝|👍好评|very good 很好|好吃ㅋㅋ|[手机号]打不通",
    "other": "ok|very good|hen hao chi|good 好 service and very nice room|Sehr gute Qualität|とても良いです"
    "|サービス最高|정말 좋아요|Очень хорошо|คุณภาพดี|جودة ممتازة|I bought this 海尔 fridge and it is bad"
    "|call [手机号] now, very bad service|·þÎñºÜºÃ£¬¼Û¸ñ¹ó",  # the last: GBK shown as Latin-1
    "none": "| |👍👍|！！！|13812|[手机号]|[订单号] 138|����|锟斤拷锟斤拷锟叫碉拷锟�"
    "|烫烫烫烫|锟斤拷屯屯屯烫烫烫|^_^ 0.0",
}
CASES = [(text, language) for language, texts in TEXTS.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "language"), CASES)
def test_language(text, language):
    assert written_language(text, "review") == language


@pytest.mark.parametrize(
    ("turns", "language"),
    [
        ([("agent", "您好，我们的质量很好"), ("customer", "hello, my order is late")], "other"),
        ([("agent", "Hello!"), ("customer", "订单还没到")], "zh"),
        ([("agent", "您好，我们的质量很好"), ("agent", "再见")], "none"),
        ([("agent", "您好"), ("customer", "[手机号]")], "none"),
    ],
)
def test_only_the_customers_words_decide_in_a_transcript(turns, language):
    assert written_language(join_turns(turns), "transcript") == language


@given(messy_text)
@settings(max_examples=200, deadline=None)
def test_every_text_has_a_language_that_no_digit_or_mark_changes(text):
    plain = normalise(text).text
    assert written_language(f"{plain} 12！👍", "review") == written_language(plain, "review")


@given(st.text("好很不服务态度慢", min_size=1), st.text("abcXYZ 12。", max_size=30))
@settings(max_examples=100, deadline=None)
def test_a_third_of_han_makes_a_text_chinese(han, rest):
    words = len(rest.replace("。", " ").translate({ord("1"): " ", ord("2"): " "}).split())
    chinese = written_language(f"{rest} {han}", "review") == "zh"
    assert chinese == (len(han) >= 0.3 * (len(han) + words))


@pytest.mark.parametrize("text", [piece * 330_000 for piece in ("好好好", "ok ", "锟斤拷", "[[[", "か a")])
def test_a_megabyte_is_no_trouble(text):
    assert written_language(text, "review") in ("zh", "other", "none")
