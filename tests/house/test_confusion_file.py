"""The confusion beside a model is written and read as it is, and refused where it is something else."""

import json
from pathlib import Path

import numpy as np
import pytest

from cem_nlp.confusion_file import CONFUSION, load_confusion, save_confusion
from cem_nlp.errors import ModelError
from cem_nlp.model_files import load_model
from cem_nlp.resources import shipped
from cem_nlp.scores.confusion import Confusion, count_confusion


def measured() -> Confusion:
    praise, both = (
        {("price", "positive")},
        {("price", "positive"), ("price", "negative"), ("brand", "neutral")},
    )
    sure, doubtful = ([("price", "positive", probability)] for probability in (0.97, 0.6))
    found = [(*pair, 0.9) for pair in sorted(both)]
    return count_confusion(
        ["review", "review", "complaint", "review", "review"],
        [praise, praise, both, set(), praise],
        [sure, sure, sure, found, doubtful],
        model_version="m",
        measured_on="标注.jsonl",
    )


def test_what_is_written_is_read(tmp_path: Path) -> None:
    save_confusion(measured(), tmp_path)
    found, expected = load_confusion(tmp_path), measured()
    assert found is not None
    assert (found.kinds, found.model_version, found.measured_on) == (expected.kinds, "m", "标注.jsonl")
    for name in ("labelled", "found", "n"):
        assert np.array_equal(getattr(found, name), getattr(expected, name))
    assert found.n.tolist() == [1, 1, 1, 2]
    assert [file.name for file in tmp_path.iterdir()] == [CONFUSION]


def test_a_model_without_one_has_none(tmp_path: Path) -> None:
    assert load_confusion(tmp_path) is None


@pytest.mark.parametrize(
    "change",
    [
        {"comments": [["review", "......", "......", 0]]},
        {"comments": [["review", "......", "......", 1.5]]},
        {"comments": [["email", "......", "......", 1]]},
        {"comments": [["review", "...", "......", 1]]},
        {"comments": [["review", "?.....", "......", 1]]},
        {"comments": []},
        {"categories": ["product"]},
        {"states": {}},
        {"findings": {}},
        {"certainties": [0.5]},
        {"comments": [["review", "P.....", "P.....", 1]]},
    ],
)
def test_another_form_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    save_confusion(measured(), tmp_path)
    file = tmp_path / CONFUSION
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | change), encoding="utf-8")
    with pytest.raises(ModelError, match="the file of the model's confusion is malformed") as refused:
        load_confusion(tmp_path)
    assert refused.value.where == str(file)


@pytest.mark.parametrize("content", ["", "[]", "{}", "null"])
def test_no_confusion_at_all_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / CONFUSION).write_text(content)
    with pytest.raises(ModelError, match="write it anew with cem evaluate --record"):
        load_confusion(tmp_path)


def test_the_shipped_confusion_is_of_its_model() -> None:
    folder = shipped("models/default")
    confusion = load_confusion(folder)
    assert confusion is not None
    assert confusion.model_version == load_model(folder).version
    assert confusion.n.sum() > 1000
