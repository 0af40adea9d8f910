import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC
from text_helpers import POOL, pool_texts

from cem_nlp.text import fold_script, normalise, simplify

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
        ("隨身碟壞了，軟體也差", "随身碟坏了，软件也差"),  # U盘 is shorter
        ("硬體不錯，查詢不到訂單", "硬件不错，查询不到订单"),  # 查询 is a mainland word too
        ("想像中的好，衞生也好", "想象中的好，卫生也好"),
        ("看著顯著變好的著名軟体", "看着显著变好的著名软件"),
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


FOREIGN_FORMS = ["s2t", "s2tw", "s2hk"]
PIECES = """
    服务态度很好 客服不理人 想象中还差 后面很干净 睡不着觉 效果显著 著名的老店 只有一个 订单号 查询不到
    联络了三次 卫生间 台面 面条 背着包 借着活动 这么贵 一目了然 软件闪退 网络慢 设置复杂 复制粘贴 里程
    皇后 头发 发货 系统 ， 。 good 👍
"""
PHRASES = st.lists(st.sampled_from(PIECES.split()), max_size=8).map("".join)


@pytest.mark.parametrize("form", FOREIGN_FORMS)
@given(PHRASES)
@settings(max_examples=150, deadline=None)
def test_both_scripts_and_any_mix_become_the_same(form, text):
    converter = OpenCC(form)
    traditional = converter.convert(text)
    assert simplify(traditional) == simplify(text)
    half = len(text) // 2
    assert simplify(traditional[:half] + text[half:]) == simplify(text)


@given(ANY)
@settings(max_examples=200, deadline=None)
def test_folding_keeps_the_length_and_is_final(text):
    assert len(fold_script(text)) == len(text)
    assert fold_script(fold_script(text)) == fold_script(text)


@pytest.mark.skipif(not POOL.exists(), reason="needs ../shared/corpus")
@pytest.mark.parametrize("form", FOREIGN_FORMS)
def test_real_comments_read_the_same_in_both_scripts(form):
    converter = OpenCC(form)
    pools = ("hotel", "appliances", "bank")
    texts = [normalise(text).text for pool in pools for text in pool_texts(pool, 40)]
    alike = sum(simplify(converter.convert(text)) == simplify(text) for text in texts)
    assert len(texts) > 500
    assert alike >= 0.995 * len(texts)  # the rest: words such as 等着名额, where the converter itself errs
