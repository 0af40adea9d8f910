import json
from dataclasses import replace
from math import isnan
from pathlib import Path

import numpy as np
import pytest
from opinions_factories import as_line, comments, engine, model

from cem_nlp.cli import main
from cem_nlp.model_files import save_model
from cem_nlp.opinions.evaluation import evaluate, measure
from cem_nlp.opinions.evaluation_report import PARTS, note_on_ranges, range_of, render_evaluation
from cem_nlp.opinions.labels import LabelledComment, LabelledOpinion
from cem_nlp.opinions.types import Opinion, Reading


def truth(
    *opinions: tuple[str, str, str, int, int], kind: str = "review", intent: str | None = None
) -> LabelledComment:
    return LabelledComment(
        "x", kind, "家电", "质" * 50, tuple(LabelledOpinion(*o) for o in opinions), intent, None
    )


def said(*opinions: tuple[str, str, str, int, int, float], intent: str | None = None) -> Reading:
    return Reading(tuple(Opinion(*opinion, "model", None) for opinion in opinions), intent=intent)


TRUTHS = [
    truth(("product", "positive", "use", 0, 4), ("price", "negative", "order", 5, 9), intent="churn"),
    truth(("service", "negative", "after", 0, 10), kind="complaint"),
    truth(),
]
SAID = [
    said(
        ("product", "positive", "store", 0, 4, 0.9), ("price", "positive", "order", 5, 9, 0.6), intent="churn"
    ),
    said(("service", "negative", "after", 5, 15, 0.8)),
    said(("brand", "negative", "ad", 0, 3, 0.5), intent="complain"),
]


def test_counts_are_of_sets_per_comment() -> None:
    found = evaluate(TRUTHS, SAID)
    assert (found.overall.labelled, found.overall.found, found.overall.right) == (3, 4, 2)
    assert (found.overall.precision, found.overall.recall) == (0.5, pytest.approx(2 / 3))
    assert found.overall.f1 == pytest.approx(2 * 2 / 7)
    assert found.category.right == 3
    assert (found.intent.labelled, found.intent.found, found.intent.right) == (1, 2, 1)
    assert found.parts["category×polarity"]["price positive"].found == 1
    assert found.parts["kind"]["complaint"].f1 == 1
    assert isnan(found.expectation.f1)


def test_touchpoints_and_evidence_count_where_category_and_polarity_are_right() -> None:
    found = evaluate(TRUTHS, SAID)
    assert (found.touchpoint.value, found.touchpoint.of) == (0.5, 2)
    assert found.evidence.value == pytest.approx((1 + 5 / 15) / 2)


def test_calibration_compares_probability_with_how_often_it_is_right() -> None:
    found = evaluate(TRUTHS, SAID)
    assert found.calibration_error == pytest.approx((0.1 + 0.6 + 0.2 + 0.5) / 4)
    assert sum(row.opinions for row in found.reliability) == 4


def test_a_range_holds_its_measure_is_seeded_and_narrows_with_more_comments() -> None:
    random = np.random.default_rng(1)
    labelled = [{("product", "positive")} for _ in range(800)]
    found = [pairs if random.random() < 0.8 else {("price", "negative")} for pairs in labelled]
    few, many = measure(labelled[:80], found[:80], seed=3), measure(labelled, found, seed=3)
    for each in (few, many):
        assert each.low <= each.f1 <= each.high
    assert many.high - many.low < few.high - few.low
    assert many == measure(labelled, found, seed=3)


def test_the_right_answers_are_right() -> None:
    readings = [
        said(*((o.category, o.polarity, o.touchpoint, o.start, o.end, 1.0) for o in comment.opinions))
        for comment in comments()
    ]
    found = evaluate(comments(), readings)
    assert (found.overall.f1, found.touchpoint.value, found.evidence.value, found.calibration_error) == (
        1,
        1,
        1,
        0,
    )


def test_the_report_names_everything_in_both_languages() -> None:
    found = evaluate(comments(), engine().read([c.text for c in comments()], [c.kind for c in comments()]))
    chinese, english = (render_evaluation(found, language, tuple(PARTS)) for language in ("zh", "en"))  # type: ignore[arg-type]
    assert "便利性 负面" in chinese
    assert "convenience negative" in english
    assert f"{found.overall.f1:.3f}" in chinese
    assert f"{found.overall.f1:.3f}" in english


@pytest.mark.parametrize(("count", "shown"), [(0, False), (1, False), (9, False), (10, True)])
def test_a_range_takes_some_comments(count: int, shown: bool) -> None:
    pairs = [{("product", "positive")}] * count + [set()] * 20
    found = measure(pairs, pairs)
    assert found.comments == count
    assert range_of(found) == ("1.000–1.000" if shown else "–")
    assert bool(note_on_ranges([found], "zh")) == (0 < count < 10)


def test_a_report_of_few_comments_says_why_there_is_no_range() -> None:
    report = render_evaluation(evaluate(TRUTHS, SAID), "en", tuple(PARTS))
    assert "1.000–1.000" not in report
    assert "–––" not in report
    assert report.endswith("no range (–) for fewer than 10 comments")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Holds a model that was trained on `learnt.jsonl`, with that file and two that it never saw."""
    save_model(replace(model(), facts={"labels": "older.jsonl, learnt.jsonl"}), tmp_path / "model")
    for name, part in (("learnt", comments()[:40]), ("new", comments()[40:60]), ("newer", comments()[60:90])):
        audited = [replace(comment, audit=number == 0) for number, comment in enumerate(part)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(as_line, audited)), "utf-8")
    return tmp_path


def measure_in(folder: Path, *arguments: str) -> int:
    return main(["evaluate", "--model", str(folder / "model"), "--lang", "en", *arguments])


def test_several_files_are_measured_together(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [word for name in ("new", "newer") for word in ("--data", str(folder / f"{name}.jsonl"))]
    assert measure_in(folder, *files, "--record") == 0
    assert capsys.readouterr().out.startswith("50 comments\n")
    recorded = json.loads((folder / "model" / "quality.json").read_text("utf-8"))
    assert recorded["measured_on"] == "new.jsonl, newer.jsonl"


def test_what_the_model_was_trained_on_is_said_and_not_recorded(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    learnt = ["--data", str(folder / "learnt.jsonl")]
    assert measure_in(folder, *learnt) == 0
    assert "the model was trained on learnt.jsonl" in capsys.readouterr().err
    assert measure_in(folder, *learnt, "--record") == 4
    said = capsys.readouterr().err
    assert "trained on learnt.jsonl" in said
    assert "not learnt from" in said
    assert not (folder / "model" / "quality.json").exists()
    assert measure_in(folder, *learnt, "--audit-only") == 0  # audit comments are never learnt
    assert capsys.readouterr().err == ""


def test_what_the_baseline_was_trained_on_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = folder / "new.jsonl"
    again = folder / "again.jsonl"
    others = [as_line(comment) for comment in comments()[100:200]]
    again.write_text("\n".join([*others, as_line(replace(comments()[45], id="again"))]), "utf-8")
    against = ["--data", str(new), "--against", "linear", "--train"]
    assert measure_in(folder, *against, str(again)) == 0
    assert "texts stand in --train" in capsys.readouterr().err
    assert measure_in(folder, *against, str(again), "--record") == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--mapping", "m.toml", "--audit-only"], "--audit-only does not go with --mapping"),
        (["--mapping", "m.toml", "--record"], "--record does not go with --mapping"),
        (["--train", "t.jsonl"], "--train goes with --against linear"),
        (["--train", "t.jsonl", "--against", "snownlp"], "--train goes with --against linear"),
    ],
)
def test_options_that_would_be_passed_over_are_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--data", "x", *arguments, "--lang", "en"]) == 2
    assert said in capsys.readouterr().err
