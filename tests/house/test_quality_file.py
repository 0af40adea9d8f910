"""What was measured of a model is said of that model only."""

from pathlib import Path

import pytest

from cem_nlp.errors import ModelError
from cem_nlp.opinions import Opinion, Reading
from cem_nlp.opinions.evaluation import evaluate
from cem_nlp.opinions.labels import LabelledComment, LabelledOpinion
from cem_nlp.quality_file import QUALITY, load_quality, save_quality


def test_the_measured_quality_of_a_model_is_read_back(tmp_path: Path) -> None:
    labelled = LabelledOpinion("service", "negative", "store", 0, 4)
    comments = [LabelledComment("1", "review", "", "态度很差", (labelled,), None, None)]
    found = Opinion("service", "negative", "store", 0, 4, 0.9, "model", None)
    save_quality(evaluate(comments, [Reading((found,))]), "dev.jsonl", "v1", tmp_path)
    quality = load_quality(tmp_path, "v1")
    assert quality is not None
    assert (quality.f1, quality.n_comments, quality.measured_on) == (1.0, 1, "dev.jsonl")
    assert quality.by_category == {"service": 1.0}
    assert load_quality(tmp_path, "v2") is None


def test_nothing_measured_is_nothing_said(tmp_path: Path) -> None:
    assert load_quality(tmp_path, "v1") is None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"model_version": "v1", "f1": 1, "more": 2}'])
def test_a_malformed_file_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / QUALITY).write_text(content, "utf-8")
    with pytest.raises(ModelError) as caught:
        load_quality(tmp_path, "v1")
    assert "--record" in caught.value.explain("zh")
