"""Texts that say nothing in Chinese, through the package's front doors and with the shipped model."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from cem_nlp import analyse
from cem_nlp.classify import classify
from cem_nlp.errors import InputError
from cem_nlp.model_files import EngineFiles, engine_of_process
from cem_nlp.opinions import OpinionEngine
from cem_nlp.resources import shipped

NOTHING = {
    "other": "Great product, fast delivery, love it|とても良い品質です。配送も早くて満足|배송이 빠르고 좋아요"
    "|Очень хорошее качество|สินค้าคุณภาพดี|Chất lượng rất tốt|·þÎñºÜºÃ£¬ËÍ»õÒ²¿ì|hen hao chi"
    "|I bought this 海尔 fridge and it is terrible",
    "none": "| |。。。！？，、|😀👍🏻👨‍👩‍👧|[手机号]|6666|锟斤拷锟斤拷，锟斤拷锟叫碉拷锟�"
    "|烫烫烫烫烫|锟斤拷烫烫烫|���������",
    "zh": "的|此用户未填写评价内容|此用戶沒有填寫評價。|鐗╂祦澶參浜嗭紝瀹㈡湇鎬佸害寰堝樊锛屽啀涔熶笉涔颁簡",
}
CASES = [(text, language) for language, texts in NOTHING.items() for text in texts.split("|")]


ENGINE = EngineFiles(
    shipped("models/default"), shipped("data/taxonomy.toml"), shipped("data/user_dictionary.txt")
)


@pytest.fixture(scope="module")
def engine() -> OpinionEngine:
    return engine_of_process(ENGINE)


def test_nothing_is_read_into_what_says_nothing() -> None:
    assert len(analyse([text for text, _ in CASES])) == 0


def test_a_few_chinese_words_among_others_are_read() -> None:
    found = analyse(["very good 很好", "の很好喝", "很好吃(๑•̀ㅂ•́)و✧", "服务很好，iPhone 11 Pro Max 也不错"])
    assert set(found["id"]) == {0, 1, 2, 3}
    assert set(found["polarity"]) == {"positive"}


@pytest.mark.parametrize(
    "text", ["好", "好" * 333_000, "物流很慢，" * 20_000, "😀" * 250_000, "ok " * 330_000]
)
def test_any_length_is_one_comment(text: str) -> None:
    found = analyse([text])
    assert len(found) <= 2
    assert (found["end"] <= len(text)).all()


@pytest.mark.parametrize(
    ("texts", "where", "value"),
    [
        ("质量太差", "texts", "str"),
        (b"good", "texts", "bytes"),
        (None, "texts", "NoneType"),
        (12, "texts", "int"),
        ({"a": "质量太差"}, "texts", "dict"),
        (pd.DataFrame({"text": ["质量太差"]}), "texts", "DataFrame"),
        (["质量太差", None], "texts[1]", "NoneType"),
        (["质量太差", "好", 12], "texts[2]", "int"),
        (pd.Series(["质量太差", float("nan")], dtype=object), "texts[1]", "float"),
        ([["质量太差"]], "texts[0]", "list"),
    ],
)
def test_what_is_no_text_is_refused(texts: Any, where: str, value: str) -> None:
    with pytest.raises(InputError) as caught:
        analyse(texts)
    assert (caught.value.where, caught.value.value) == (where, value)
    assert "质量" not in caught.value.explain("zh")


def test_the_kind_is_one_of_three() -> None:
    with pytest.raises(InputError) as caught:
        analyse([], kind="dialog")
    assert (caught.value.where, caught.value.value) == ("kind", "dialog")
    assert {"transcript", "通话记录"} <= set(caught.value.valid or ())
    call = "客服：服务太差了 / 客户：嗯"
    assert len(analyse([call], kind="通话记录")) == 0


def test_texts_may_come_in_any_sequence() -> None:
    for texts in (("质量太差",), pd.Series(["质量太差"]), iter(["质量太差"])):
        assert analyse(texts)["evidence"].tolist() == ["质量太差"]  # type: ignore[arg-type]


def test_half_a_surrogate_pair_is_no_part_of_the_evidence() -> None:
    assert analyse(["质量\ud83d太差"])["evidence"].tolist() == ["质量太差"]


def test_a_call_may_be_endless() -> None:
    call = "客户：物流还行吧，" + "慢慢看好，" * 66_000
    found = analyse([call], kind="transcript")
    assert len(found) <= 3
    assert (found["end"] <= len(call)).all()


def test_what_only_the_agent_says_is_no_opinion() -> None:
    call = "客服：您好，我们的质量很好，价格便宜，送货也快 / 客服：再见"
    assert len(analyse([call, call + " / 客户：喂，您好"], kind="transcript")) == 0


def test_a_call_is_known_without_being_told() -> None:
    call = "客服：非常抱歉，我们的服务太差了 / 客户：物流太慢"
    found = analyse(["服务太差", call])
    assert found["evidence"].tolist() == ["服务太差", "物流太慢"]
    assert "我们的服务太差了" in set(analyse([call], kind="review")["evidence"])


@pytest.mark.parametrize(
    ("customer", "agent", "border"),
    [
        ("用户：", "坐席：", " / "),
        ("Customer: ", "Agent: ", "\n"),
        ("【买家】", "【卖家】", "/"),
        ("客户:", "客服01:", "\n"),
    ],
)
def test_a_call_is_read_alike_however_its_speakers_are_named(customer: str, agent: str, border: str) -> None:
    turns = ["客户：宽带又断了，第三次", "客服：服务太差了，抱歉", "客户：私信没人理，还是贵"]
    names = {"客户": customer, "客服": agent}
    other = border.join(names[who] + words for who, _, words in (turn.partition("：") for turn in turns))
    usual = analyse([" / ".join(turns)]).drop(columns=["start", "end"])
    assert len(usual) > 1
    for kind in (None, "transcript"):
        assert analyse([other], kind=kind).drop(columns=["start", "end"]).equals(usual)


def test_the_language_stands_beside_every_comment(tmp_path: Path) -> None:
    rows = [{"id": str(number), "text": text} for number, (text, _) in enumerate(CASES)]
    call = "客戶：物流太慢了，等了十天 / 客服：我們的服務很好"
    rows.append({"id": "call", "text": call})  # a transcript by its first words, in either script
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    classify(ENGINE, source, tmp_path / "opinions.parquet", tmp_path / "comments.parquet")
    comments = pq.read_table(tmp_path / "comments.parquet").to_pylist()
    assert [row["language"] for row in comments] == [*(language for _, language in CASES), "zh"]
    assert {(row["polarity"], row["intent"], row["expectation"]) for row in comments[:-1]} == {(None,) * 3}
    opinions = pq.read_table(tmp_path / "opinions.parquet").to_pylist()
    assert {row["id"] for row in opinions} == {"call"}
    assert all(row["end"] <= call.index(" / ") for row in opinions)


def test_readings_say_how_much_the_model_did_not_know(engine: OpinionEngine) -> None:
    known, strange, empty = engine.read(
        ["物流很快，服务态度很好", "本院认为被告人的行为已构成盗窃罪，依照刑法之规定判决如下", "good"],
        ["review"] * 3,
    )
    assert known.unknown is not None
    assert strange.unknown is not None
    assert known.unknown < 0.2 < 0.4 < strange.unknown < 1
    assert empty.unknown is None
