import logging
import re
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_helpers import POOL, ROOT, messy_text, pool_texts

from cem_nlp.text import Segmenter, segment

DICTIONARY = (ROOT / "data" / "user_dictionary.txt").read_text("utf-8").splitlines()
HAN = st.text("很好的不错手机太差速度快摸起来服务员空调安装师傅价格便宜客服态度", max_size=12)
LATIN = st.text("aB1.5%-+#&_ 很手机，㐀é", max_size=8)


@pytest.fixture(scope="module")
def fast():
    return Segmenter(DICTIONARY)


@pytest.fixture(scope="module")
def reference():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment, "rjieba", None)
        return Segmenter([line for line in DICTIONARY if re.search(" [0-9]", line)])


@given(st.one_of(messy_text, HAN, LATIN))
@settings(max_examples=400, deadline=None)
def test_words_join_to_the_text(fast, text):
    words = fast.cut(text)
    assert "".join(words) == text
    assert all(words)


@given(st.one_of(HAN, LATIN, st.text(max_size=10)))
@settings(max_examples=400, deadline=None)
def test_both_ports_cut_alike(fast, reference, text):
    assert fast.cut(text) == reference.cut(text)


@pytest.mark.parametrize(
    "text",
    [
        "房间很干净，就是前台态度太差，退房还多扣了一百块",
        "快递小哥送货上门，E-mail 回复也快，耗电 3.2M",
        "1999-2008 年一直用，Wi-Fi 信号 4.5W 不掉线",
        "好好好好好好好好，真的真的真的不错",
        "型号 KFR-35GW/N8XHC1，价格2999.00元，省电50%",
        "𠮷野家的㐀字饭，鿰字认不出",
    ],
)
def test_both_ports_cut_written_examples_alike(fast, reference, text):
    assert fast.cut(text) == reference.cut(text)


@pytest.mark.skipif(
    not POOL.exists(), reason="the shared corpus lies beside the repository only where it was lent"
)
@pytest.mark.parametrize("name", ["online_shopping", "appliances", "app_reviews", "bank"])
def test_both_ports_cut_real_comments_alike(fast, reference, name):
    texts = pool_texts(name, every=40 if name == "online_shopping" else 15)
    assert len(texts) > 150
    assert [index for index, text in enumerate(texts) if fast.cut(text) != reference.cut(text)] == []


def test_the_dictionary_keeps_its_words_whole(fast):
    words = [line.split()[0] for line in DICTIONARY]
    assert len(words) == len(set(words)) > 300
    assert [word for word in words if fast.cut(word) != [word]] == []


def test_a_word_needs_no_frequency():
    assert Segmenter([]).cut("云雾茶香气扑鼻机") != ["云雾茶香气扑鼻机"]
    assert Segmenter(["云雾茶香气扑鼻机"]).cut("云雾茶香气扑鼻机") == ["云雾茶香气扑鼻机"]


@pytest.mark.parametrize("line", ["", "  ", "词 0", "词 -1", "词 n 3", "两个 词 3 n"])
def test_other_lines_are_skipped(line):
    assert Segmenter([line]).cut("很好") == ["很", "好"]


def test_jieba_leaves_no_trace(tmp_path, monkeypatch, caplog, capfd):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with caplog.at_level(logging.DEBUG):
        assert Segmenter(["很好"]).cut("Wi-Fi 很好") == ["Wi", "-", "Fi", " ", "很好"]
    assert list(tmp_path.iterdir()) == []
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
