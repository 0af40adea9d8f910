"""Traditional and mixed script read as simplified script does, with the shipped model."""

import gzip
import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from cem_nlp.model_files import load_engine
from cem_nlp.opinions import Opinion
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.resources import shipped
from cem_nlp.text import prepare

POOL = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "pool"
FORMS = {form: OpenCC(form) for form in ("s2t", "s2tw", "s2hk")}
PIECES = """
    物流太慢了，等了十天才到|客服态度很差，打电话没人接|质量很好，想象中还要好|价格有点贵，不过做工精细
    老顾客了，一直用这个牌子|安装师傅乱收费，说好免费的|房间里面很干净，卫生间也没有异味|面条很好吃，只是汤有点咸
    发货很快，后面还会回购|睡不着觉，隔音太差|系统老是死机，软件闪退，网络也慢|以后再也不来了，大家别买
    此用户没有填写评价|订单号：20230105123456，查询不到物流|联系电话13800138000，请尽快处理|very good|👍👍
    屏幕清晰，声音也够大|说是正品，结果是假货|背着包走了半天，找不到停车场
"""


@cache
def engine() -> NetworkEngine:
    return load_engine(
        shipped("models/default"), shipped("data/taxonomy.toml"), shipped("data/user_dictionary.txt")
    )


def said(texts: list[str]) -> list[tuple[object, ...]]:
    """What is read in each text, but for probabilities: their last digit depends on the batch."""
    readings = engine().read([prepare(text).text for text in texts], ["review"] * len(texts))
    return [
        (reading.intent, reading.expectation, reading.language, *map(_said, reading.opinions))
        for reading in readings
    ]


def _said(opinion: Opinion) -> tuple[object, ...]:
    return opinion.category, opinion.polarity, opinion.touchpoint, opinion.start, opinion.end, opinion.topic


@given(st.lists(st.sampled_from(re.split(r"\s*[|\n]\s*", PIECES.strip())), min_size=1, max_size=4))
@settings(max_examples=10, deadline=None)
def test_written_comments_read_alike(pieces: list[str]) -> None:
    text, half = "。".join(pieces), len("。".join(pieces)) // 2
    forms = [converter.convert(text) for converter in FORMS.values()]
    mixed = [form[:half] + text[half:] for form in forms]
    simplified, *others = said([text, *forms, *mixed])
    assert all(other == simplified for other in others)


@pytest.mark.skipif(not POOL.exists(), reason="needs ../shared/corpus")
@pytest.mark.parametrize("form", FORMS)
def test_real_comments_read_alike(form: str) -> None:
    texts = []
    for name in ("hotel", "appliances", "online_shopping", "bank", "takeaway"):
        with gzip.open(POOL / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for number, line in enumerate(lines) if number % 400 == 7]
    pairs = zip(said(texts), said([FORMS[form].convert(text) for text in texts]), strict=True)
    alike = [one == other for one, other in pairs]
    assert len(alike) > 200
    assert sum(alike) >= 0.99 * len(alike)  # the rest: words that the converter itself gets wrong
