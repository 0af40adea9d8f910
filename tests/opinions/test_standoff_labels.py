"""Labels apart from their texts: nothing of the customer stands in them, and nothing is lost."""

import json
from pathlib import Path

import pytest

from cem_nlp.cli import main
from cem_nlp.errors import BrokenLabels
from cem_nlp.opinions.labels import read_labels
from cem_nlp.opinions.standoff import PooledText, without_text

TEXT = "冰箱声音很大，客服倒是挺耐心"
RECORD = {
    "id": "p7",
    "kind": "review",
    "domain": "家电",
    "text": TEXT,
    "opinions": [
        {
            "category": "service",
            "polarity": "positive",
            "touchpoint": "after",
            "start": 7,
            "end": 14,
            "evidence": TEXT[7:14],
        }
    ],
    "intent": None,
    "expectation": None,
}
POOL = {"p7": PooledText(TEXT, "review", "家电")}
STANDOFF = json.dumps(without_text(RECORD), ensure_ascii=False)


def test_no_word_of_the_customer_is_left() -> None:
    assert not {character for character in STANDOFF if character > "\x7f"}


def test_the_pool_gives_everything_back() -> None:
    assert read_labels([STANDOFF], POOL) == read_labels([json.dumps(RECORD)])


def test_whole_labels_need_no_pool() -> None:
    assert read_labels([json.dumps(RECORD)], POOL) == read_labels([json.dumps(RECORD)])


def test_a_text_that_is_not_there_is_named() -> None:
    with pytest.raises(BrokenLabels) as caught:
        read_labels(["", STANDOFF])
    assert "line 2, field id" in caught.value.explain("en")
    assert "p7" in caught.value.explain("en")
    assert "--pool" in caught.value.explain("en")


def test_another_text_is_refused_without_quoting_it() -> None:
    with pytest.raises(BrokenLabels) as caught:
        read_labels([STANDOFF], {"p7": PooledText("改过的原文" + TEXT, "review", "家电")})
    assert "text_digest" in caught.value.explain("zh")
    assert "冰箱" not in caught.value.explain("zh")


def test_a_span_outside_the_pooled_text_is_refused() -> None:
    record = json.loads(STANDOFF)
    record["opinions"][0]["end"] = 400
    with pytest.raises(BrokenLabels, match="opinions"):
        read_labels([json.dumps(record)], POOL)


def test_label_detach_writes_what_training_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels, detached = tmp_path / "labels.jsonl", tmp_path / "detached.jsonl"
    labels.write_text(json.dumps(RECORD, ensure_ascii=False) + "\n\n", "utf-8")
    assert main(["label", "detach", str(labels), "--output", str(detached)]) == 0
    assert "1 条标注" in capsys.readouterr().out
    assert detached.read_text("utf-8") == STANDOFF + "\n"


def test_label_detach_refuses_broken_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels, detached = tmp_path / "labels.jsonl", tmp_path / "detached.jsonl"
    labels.write_text(json.dumps(RECORD | {"kind": "诗"}), "utf-8")
    assert main(["label", "detach", str(labels), "--output", str(detached)]) == 4
    assert "labels.jsonl 第 1 行“kind”字段" in capsys.readouterr().err
    assert not detached.exists()
