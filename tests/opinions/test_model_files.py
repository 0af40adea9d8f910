import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from opinions_factories import SMALL, comments, engine, model, segmenter, taxonomy, trained

from cem_nlp.errors import BrokenLabels, ConfigError, ModelError, UnreadableSource
from cem_nlp.label_files import load_label_files, load_labels, load_pool
from cem_nlp.model_files import load_model, load_segmenter, save_model
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.model import ARRAYS, FACTS, FILES, pack, quantise, unpack
from cem_nlp.opinions.training import train
from cem_nlp.resources import shipped


def test_a_model_reads_the_same_after_a_round_trip(tmp_path: Path) -> None:
    save_model(model(), tmp_path)
    loaded = load_model(tmp_path)
    assert pack(loaded) == pack(model())
    assert loaded.version.startswith("test+")
    again = NetworkEngine(loaded, taxonomy(), segmenter())
    texts = [comment.text for comment in comments()[:20]]
    found, expected = (each.read(texts, ["review"] * 20) for each in (again, engine()))
    assert found == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)


def test_training_twice_gives_the_same_bytes() -> None:
    assert pack(trained()) == pack(model())
    assert pack(trained(seed=2)) != pack(model())


def test_what_was_trained_is_learnt() -> None:
    readings = engine().read([comment.text for comment in comments()], ["review"] * len(comments()))
    right = sum(
        {(o.category, o.polarity) for o in reading.opinions}
        == {(o.category, o.polarity) for o in comment.opinions}
        for reading, comment in zip(readings, comments(), strict=True)
    )
    assert right > 0.9 * len(comments())


@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_is_refused_wherever_it_is(name: str) -> None:
    files = pack(model())
    for place in np.linspace(0, len(files[name]) - 1, 12).astype(int):
        changed = bytearray(files[name])
        changed[place] ^= 1
        with pytest.raises(ModelError) as caught:
            unpack({**files, name: bytes(changed)}, "models/x")
        assert "models/x" in caught.value.explain("en")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    save_model(model(), tmp_path)
    (tmp_path / ARRAYS).unlink()
    with pytest.raises(ModelError, match=ARRAYS):
        load_model(tmp_path)
    with pytest.raises(ModelError, match=FACTS):
        unpack({name: b"" for name in FILES if name != FACTS}, "x")


def test_no_pickle_is_ever_loaded() -> None:
    assert b"pickle" not in pack(model())[ARRAYS]
    with np.load(shipped("models/default") / ARRAYS, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


def test_coarse_weights_are_close_enough() -> None:
    rows = np.random.default_rng(0).standard_normal((50, 16)).astype(np.float32)
    quantised, scales = quantise(rows)
    assert np.abs(quantised * scales[:, None] - rows).max() <= np.abs(rows).max() / 15


def test_labels_and_pools_are_read_plain_and_gzipped(tmp_path: Path) -> None:
    records = [
        {"id": "1", "kind": "review", "text": "好", "positive": 1},
        {"id": "2", "kind": "review", "text": "差", "rating": 2.0},
        {"id": "3", "kind": "review", "text": "行", "rating": 3},
        {"id": "4", "kind": "review", "text": "行", "rating": float("nan")},
        {"id": "5", "kind": "review", "text": "差", "polarity": "negative"},
        {
            "id": "6",
            "kind": "transcript",
            "turns": [{"role": "customer", "text": "谢谢"}],
            "satisfaction": 1.5,
        },
        {"id": "7", "kind": "review", "text": "？"},
    ]
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    (tmp_path / "b.jsonl").write_text(lines, "utf-8")
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.write(lines)
    read = load_pool(tmp_path)
    assert [comment.good for comment in read] == [True, False, None, None, False, True, None] * 2
    assert read[5].text == "客户：谢谢"


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="jsonl"):
        load_pool(tmp_path)
    with pytest.raises(UnreadableSource, match="missing"):
        load_labels(tmp_path / "missing.jsonl")
    (tmp_path / "broken.jsonl.gz").write_bytes(b"not gzip")
    with pytest.raises(UnreadableSource, match="broken"):
        load_labels(tmp_path / "broken.jsonl.gz")
    with pytest.raises(ConfigError, match="words"):
        load_segmenter(tmp_path / "words.txt")


def test_label_files_are_read_together_and_share_no_id(tmp_path: Path) -> None:
    labels = {
        "kind": "review",
        "domain": "",
        "text": "好",
        "opinions": [],
        "intent": None,
        "expectation": None,
    }
    for name, numbers in (("one", "ab"), ("two", "c"), ("three", "cb")):
        lines = [json.dumps({"id": number, **labels}) for number in numbers]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    one, two, three = (tmp_path / f"{name}.jsonl" for name in ("one", "two", "three"))
    assert [comment.id for comment in load_label_files([one, two])] == ["a", "b", "c"]
    with pytest.raises(BrokenLabels, match=r"two\.jsonl has it already"):
        load_label_files([one, two, three])


def test_a_broken_label_is_found_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text('\n{"id": 5}', "utf-8")
    with pytest.raises(BrokenLabels, match=r"mine\.jsonl, line 2, field kind"):
        load_labels(tmp_path / "mine.jsonl")


def test_training_needs_no_pool() -> None:
    alone = train(comments()[:80], [], segmenter(), seed=1, version="alone", facts={}, recipe=SMALL)
    readings = NetworkEngine(alone, taxonomy(), segmenter()).read([comments()[0].text], ["review"])
    assert readings[0].opinions
