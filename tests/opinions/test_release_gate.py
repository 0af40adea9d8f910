"""A model that reads a category worse than the one in use, by more than chance, is not released."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from opinions_factories import as_line, comments, model

from cem_nlp.cli import main, training
from cem_nlp.opinions.labels import LabelledComment
from cem_nlp.opinions.release import LEAST_F1, blindness, declines
from cem_nlp.opinions.types import Opinion, Reading

LABELLED = comments()[:120]


def right(comment: LabelledComment) -> Reading:
    return Reading(
        opinions=tuple(
            Opinion(o.category, o.polarity, o.touchpoint, o.start, o.end, 0.9, "model", None)
            for o in comment.opinions
        )
    )


def blind(category: str, share: float) -> list[Reading]:
    """Readings that miss `category` in every comment whose number falls below `share`."""
    readings = []
    for number, comment in enumerate(LABELLED):
        reading = right(comment)
        kept = tuple(o for o in reading.opinions if o.category != category or number % 100 >= share * 100)
        readings.append(replace(reading, opinions=kept))
    return readings


def test_the_same_model_passes() -> None:
    readings = blind("price", 0.3)
    assert declines(LABELLED, readings, readings) == ()


def test_a_better_model_passes() -> None:
    assert declines(LABELLED, blind("price", 0.3), [right(comment) for comment in LABELLED]) == ()


def test_a_clear_loss_in_one_category_is_named() -> None:
    (found,) = declines(LABELLED, blind("price", 0.1), blind("price", 0.8))
    assert found.category == "price"
    assert found.new.f1 < found.used.low <= found.used.f1


def test_a_loss_within_the_range_passes() -> None:
    assert declines(LABELLED, blind("price", 0.30), blind("price", 0.32)) == ()


def test_a_model_that_finds_nothing_does_not_pass() -> None:
    # Of two comments read half right the range begins at 0, which no model falls below.
    two = [next(c for c in LABELLED if c.opinions[0].category == "price")] * 2
    used = [right(two[0]), Reading()]
    assert {found.category for found in declines(two, used, [Reading(), Reading()])} >= {"price"}
    assert declines(two, used, used) == ()


@pytest.mark.parametrize(("share", "passes"), [(0, True), (0.3, True), (0.8, False), (1, False)])
def test_a_model_must_know_what_it_was_trained_on(share: float, passes: bool) -> None:
    forgot = round(share * len(LABELLED))
    readings = [Reading()] * forgot + [right(comment) for comment in LABELLED[forgot:]]
    found = blindness(LABELLED, readings)
    assert (found is None) == passes
    assert found is None or found.f1 < LEAST_F1


@pytest.mark.parametrize(
    ("category", "said"),
    [(None, []), ("brand", ["beware", "F1 0.000", "0.5 is the least", "1,500", "--data"])],
)
def test_train_warns_of_a_model_that_is_blind(
    category: str | None,
    said: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(training, "train", lambda *_, **__: model())
    labels, output = tmp_path / "labels.jsonl", tmp_path / "model"
    labels.write_text("\n".join(as_line(comment, category) for comment in comments()), "utf-8")
    assert main(["train", "--data", str(labels), "--output", str(output), "--lang", "en"]) == 0
    told = capsys.readouterr().err
    assert [words for words in said if words not in told] == []
    assert ("beware" in told) == bool(said)
    assert output.exists()


@pytest.mark.parametrize(
    ("output", "said"), [("file", "已有同名的文件"), ("file/model", "路径中间有一段是文件")]
)
def test_train_looks_for_its_output_before_the_work(
    output: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("from before", "utf-8")
    nowhere = str(tmp_path / "nowhere.jsonl")
    assert main(["train", "--data", nowhere, "--output", str(tmp_path / output)]) == 6
    told = capsys.readouterr().err
    assert f"无法写入：{said}" in told
    assert str(tmp_path / output) in told
    assert (tmp_path / "file").read_text("utf-8") == "from before"


def test_train_refuses_labels_without_an_opinion(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = tmp_path / "labels.jsonl"
    lines = [as_line(replace(comment, opinions=())) for comment in comments()]
    labels.write_text("\n".join(lines), "utf-8")
    assert main(["train", "--data", str(labels), "--output", str(tmp_path / "model"), "--lang", "en"]) == 4
    said = capsys.readouterr().err
    assert "no opinion among the labels" in said
    assert str(labels) in said
    assert "1,500" in said
    assert not (tmp_path / "model").exists()


@pytest.mark.slow
def test_train_saves_nothing_that_is_worse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def line(number: int, text: str, category: str, polarity: str) -> str:
        opinion = {"category": category, "polarity": polarity, "touchpoint": "use", "start": 0}
        opinion |= {"end": len(text), "evidence": text}
        record = {"id": f"r{number}", "kind": "review", "domain": "家电", "text": text}
        return json.dumps({**record, "opinions": [opinion], "intent": None, "expectation": None})

    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text("\n".join(line(n, f"客服态度很好{n}", "price", "negative") for n in range(40)))
    held = tmp_path / "held.jsonl"
    said = ["客服态度很好，解决得很快", "售后师傅很热情，服务周到", "客服很耐心，态度没得说"]
    held.write_text(
        "\n".join(line(n, said[n % 3] + "。" * (n // 3), "service", "positive") for n in range(30))
    )
    output = tmp_path / "model"
    arguments = ["train", "--data", str(wrong), "--hold-out", str(held), "--output", str(output)]
    assert main([*arguments, "--lang", "en"]) == 5
    said_of_it = capsys.readouterr().err
    assert "not saved" in said_of_it
    assert "service F1" in said_of_it
    assert not output.exists()


def test_without_a_comment_to_train_on_there_is_no_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "labelled.jsonl"
    empty.write_text("", "utf-8")
    assert main(["train", "--data", str(empty), "--output", str(tmp_path / "model"), "--lang", "en"]) == 4
    said = capsys.readouterr().err
    assert "there is no comment to train on" in said
    assert str(empty) in said
    assert not (tmp_path / "model").exists()
