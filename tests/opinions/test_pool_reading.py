"""What another reader says of a pool is kept exactly enough, belongs to it, and is heard in training."""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from opinions_factories import SMALL, comments, pool, segmenter, taxonomy, trained

from cem_nlp.cli import main
from cem_nlp.cli.training_data import bare
from cem_nlp.errors import BrokenLabels, UnreadableSource
from cem_nlp.label_files import load_pool, load_pool_reading, load_pool_texts
from cem_nlp.language import Bilingual
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.network import LABELS, N_OPINIONS, OPINION_LABELS, Floats
from cem_nlp.opinions.pool_reading import (
    check_pool,
    digest_of,
    pack_reading,
    reading_of,
    unpack_reading,
)
from cem_nlp.opinions.training import encode_all, train

TEXTS = ["屏幕清晰，价格太贵了。", "物流很快。"]


def chances(rows: int, columns: int) -> st.SearchStrategy[Floats]:
    return arrays(np.float32, (rows, columns), elements=st.floats(0, 1, width=32))


@given(comment=chances(2, len(LABELS)), clause=chances(3, N_OPINIONS))
def test_a_reading_comes_back_within_half_a_step(comment: Floats, clause: Floats) -> None:
    reading = unpack_reading(pack_reading(reading_of(TEXTS, comment, clause)), "reading.npz")
    check_pool(reading, TEXTS, "reading.npz")
    assert np.abs(reading.of_comments(slice(0, 2)) - comment).max() <= 0.5 / 255 + 1e-6
    assert np.abs(reading.of_clauses(slice(1, 3)) - clause[1:]).max() <= 0.5 / 255 + 1e-6
    assert pack_reading(reading) == pack_reading(reading_of(TEXTS, comment, clause))


@pytest.mark.parametrize("texts", [TEXTS[::-1], TEXTS[:1], [TEXTS[0], "物流很快！"], ["".join(TEXTS)]])
def test_a_reading_of_another_pool_is_refused(texts: list[str]) -> None:
    reading = reading_of(TEXTS, np.zeros((2, len(LABELS)), np.float32), np.zeros((3, N_OPINIONS), np.float32))
    with pytest.raises(BrokenLabels, match=r"reading\.npz"):
        check_pool(reading, texts, "reading.npz")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": "质量', "line 3"),
        ("[1]", "line 3"),
        ('{"text": "质量很好", "rating": "5星"}', "line 3, field rating"),
        ('{"text": "质量很好", "satisfaction": true}', "line 3, field satisfaction"),
        ('{"text": ["质量很好"]}', "line 3, field text"),
        ('{"text": "质量很好", "kind": "评论"}', "line 3, field kind"),
        ('{"turns": [{"role": "客户", "text": "质量很好"}]}', "line 3, field turns"),
        ('{"turns": [{"role": "customer"}]}', "line 3, field turns"),
        ('{"turns": "质量很好"}', "line 3, field turns"),
        ('{"id": "a", "text": "质量很好", "domain": 7}', "line 3, field domain"),
    ],
)
def test_a_broken_comment_of_a_pool_is_named_without_its_words(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "pool.jsonl").write_text(f'{{"text": "很好", "rating": 5}}\n\n{line}\n', "utf-8")
    with pytest.raises(BrokenLabels) as caught:
        assert load_pool(tmp_path) == load_pool_texts(tmp_path)
    assert f"pool.jsonl, {said}" in caught.value.explain("en")
    assert "质量" not in caught.value.explain("zh")


def test_a_pool_says_what_was_rated_well(tmp_path: Path) -> None:
    given = [
        ({"positive": 1}, True),
        ({"polarity": "negative"}, False),
        ({"rating": 4.0}, True),
        ({"rating": 3}, None),
        ({"rating": float("nan")}, None),
        ({"satisfaction": -0.9}, False),
        ({"satisfaction": None, "id": 7, "kind": None, "domain": None}, None),
    ]
    lines = [json.dumps({"text": "很好", **rated}) for rated, _ in given]
    (tmp_path / "pool.jsonl").write_text("\n".join(lines), "utf-8")
    assert [comment.good for comment in load_pool(tmp_path)] == [good for _, good in given]
    assert load_pool_texts(tmp_path) == {}
    with pytest.raises(UnreadableSource):
        load_pool(tmp_path / "nowhere")


def test_texts_that_run_together_have_other_digests() -> None:
    assert digest_of(["很好", "吃"]) != digest_of(["很", "好吃"])


@pytest.mark.parametrize("keep", [0, 10, -40])
def test_a_damaged_file_is_named(tmp_path: Path, keep: int) -> None:
    whole = pack_reading(
        reading_of(TEXTS, np.ones((2, len(LABELS)), np.float32), np.ones((3, N_OPINIONS), np.float32))
    )
    file = tmp_path / "half.npz"
    file.write_bytes(whole[:keep])
    with pytest.raises(BrokenLabels, match=r"half\.npz"):
        load_pool_reading(file)


def test_a_reading_with_other_labels_is_refused() -> None:
    content = pack_reading(
        reading_of(TEXTS, np.zeros((2, 3), np.float32), np.zeros((3, N_OPINIONS), np.float32))
    )
    with pytest.raises(BrokenLabels):
        unpack_reading(content, "reading.npz")


def test_a_reading_of_other_clauses_is_refused_before_any_teacher_learns() -> None:
    texts = [comment.text for comment in pool()]
    rows = np.zeros((len(texts), len(LABELS)), np.float32), np.zeros((3, N_OPINIONS), np.float32)
    heard: list[Bilingual] = []
    with pytest.raises(BrokenLabels, match="other clauses"):
        train(
            comments(),
            pool(),
            segmenter(),
            seed=1,
            version="test",
            facts={},
            reading=reading_of(texts, *rows),
            recipe=SMALL,
            report=heard.append,
        )
    assert "标注评论" in heard[0].zh
    assert not any("teacher" in step.en for step in heard)


@pytest.mark.slow
def test_training_hears_the_reading() -> None:
    texts = [comment.text for comment in pool()]
    n_clauses = len(encode_all(texts, ["review"] * len(texts), segmenter()).spans)
    label = OPINION_LABELS.index(("brand", "positive"))
    comment = np.zeros((len(texts), len(LABELS)), np.float32)
    clause = np.zeros((n_clauses, N_OPINIONS), np.float32)
    comment[:, label] = clause[:, label] = 1
    reading = reading_of(texts, comment, clause)
    taught = train(
        comments(), pool(), segmenter(), seed=1, version="test", facts={}, reading=reading, recipe=SMALL
    )
    with_it, without = (
        NetworkEngine(model, taxonomy(), segmenter()).opinion_chances(texts[:20], ["review"] * 20)[:, label]
        for model in (taught, trained())
    )
    assert with_it.min() > 0.2 > 0.1 > without.max()


@pytest.mark.slow
def test_the_command_refuses_a_reading_of_another_pool(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = json.dumps(
        {"id": "a", "kind": "review", "domain": "家电", "text": "屏幕清晰", "opinions": [], "intent": None}
        | {"expectation": None},
        ensure_ascii=False,
    )
    data, folder, reading = tmp_path / "data.jsonl", tmp_path / "pool", tmp_path / "reading.npz"
    data.write_text(line + "\n", encoding="utf-8")
    folder.mkdir()
    with gzip.open(folder / "pool.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.write(json.dumps({"id": "p", "text": "物流很快"}, ensure_ascii=False) + "\n")
    nothing = np.zeros((2, len(LABELS)), np.float32), np.zeros((3, N_OPINIONS), np.float32)
    reading.write_bytes(pack_reading(reading_of(TEXTS, *nothing)))
    given = ["--data", str(data), "--pool", str(folder), "--pool-reading", str(reading)]
    code = main(["train", *given, "--output", str(tmp_path / "model")])
    assert code == 4
    assert "reading.npz" in capsys.readouterr().err
    assert not (tmp_path / "model").exists()


def test_without_pytorch_the_command_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("cem_nlp.teacher.lessons", raising=False)
    for name in ("torch", "cem_nlp.teacher.lessons"):
        monkeypatch.setitem(sys.modules, name, None)
    folder = str(tmp_path)
    given = ["--data", "a.jsonl", "--pool", folder, "--start", folder, "--output", str(tmp_path / "r.npz")]
    assert main(["pool-reading", *given]) == 3
    assert "cem-nlp[teacher]" in capsys.readouterr().err


def test_spaces_and_marks_hide_no_text_that_is_measured_on() -> None:
    assert bare("物流 很快，第二天就送到！") == bare("物流很快。第二天就送到")
    assert bare("物流很快") != bare("物流很慢")
