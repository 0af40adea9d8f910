import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.text import normalise, simplify

HAN = st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=20)
MIXED = st.lists(
    st.sampled_from(
        ["乾淨", "乾坤", "軟體", "品質", "着", "著", "後", "後面", "很好", "隨身碟", "U盘", "妳", "，"]
    )
).map("".join)
ANY = st.one_of(HAN, MIXED, st.text(max_size=20).map(lambda text: normalise(text).text))


@given(ANY)
@settings(max_examples=300, deadline=None)
def test_length_stays(text):
    assert len(simplify(text)) == len(text)


@given(ANY)
@settings(max_examples=300, deadline=None)
def test_twice_is_once(text):
    assert simplify(simplify(text)) == simplify(text)


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("服務態度很好，冷氣也夠涼", "服务态度很好，冷气也够凉"),
        ("後面很乾淨，裡面有點髒", "后面很干净，里面有点脏"),
        ("妳說牠可愛嗎", "你说它可爱吗"),
        ("軟體品質很差", "软件品质很差"),  # mainland words
        ("跟著師傅學", "跟着师傅学"),
        ("乾隆年間的老店", "乾隆年间的老店"),
        ("隨身碟壞了", "随身碟坏了"),  # U盘 is shorter
        ("物流很快就是後蓋有劃痕什么的", "物流很快就是后盖有划痕什么的"),  # 么 is no 麼 here
    ],
)
def test_traditional_becomes_simplified(traditional, simplified):
    assert simplify(traditional) == simplified


@pytest.mark.parametrize(
    "text", ["", "很好 good 👍", "效果显著", "乾隆年间、瞭望台、哪吒", "皇后的头发干了", "多么好"]
)
def test_simplified_text_stays(text):
    assert simplify(text) == text
