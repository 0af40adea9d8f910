"""The command takes files to a reading that training can hear, without the texts that are held out."""

import json
from pathlib import Path

import pytest
from teacher_factories import write_checkpoint

from cem_nlp.cli import main
from cem_nlp.errors import NotWritable
from cem_nlp.label_files import load_pool_reading
from cem_nlp.model_files import load_model
from cem_nlp.opinions.pool_reading import check_pool

pytest.importorskip("torch", reason="the extra `teacher` is not installed")


def label_file(path: Path, identity: str, text: str) -> Path:
    record = {"id": identity, "kind": "review", "domain": "家电", "text": text, "opinions": []}
    record |= {"intent": None, "expectation": None}
    path.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def test_a_folder_that_cannot_be_made_is_told_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    output = tmp_path / "file" / "reading.npz"
    given = ["--data", "none.jsonl", "--pool", str(tmp_path), "--start", str(tmp_path)]
    assert main(["pool-reading", *given, "--output", str(output)]) == NotWritable.exit_code
    assert str(output) in capsys.readouterr().err


@pytest.mark.slow
def test_files_become_a_reading(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start, pool, output = tmp_path / "start", tmp_path / "pool", tmp_path / "new" / "reading.npz"
    start.mkdir()
    pool.mkdir()
    texts = ["质量好，价格贵。", "物流快！", "客服差"]
    lines = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)]
    (pool / "pool.jsonl").write_text("\n".join(lines), encoding="utf-8")
    given = ["--data", str(label_file(tmp_path / "data.jsonl", "a", "质量坏"))]
    given += ["--hold-out", str(label_file(tmp_path / "held.jsonl", "b", "物流 快。"))]
    given += ["--pool", str(pool), "--start", str(write_checkpoint(start)), "--output", str(output)]
    reader, small = tmp_path / "kept" / "reader.npz", tmp_path / "kept" / "small.npz"
    assert (
        main(["pool-reading", *given, "--transformer", str(reader), "--small-transformer", str(small)]) == 0
    )
    assert "reading.npz" in capsys.readouterr().out
    check_pool(load_pool_reading(output), [texts[0], texts[2]], "reading.npz")
    for file in (reader, small):
        assert main(["join", "--transformer", str(file), "--output", str(tmp_path / "joint")]) == 0
        assert load_model(tmp_path / "joint").transformer is not None
