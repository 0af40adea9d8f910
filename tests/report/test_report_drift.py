"""Drift in the report: said when something moved, in either language, and never louder than that."""

from typing import Any

import pytest
from report_factories import NIGHT, OWN, comment_row, context, feedback_row, score, tables
from report_page import read

from cem_nlp.language import Language
from cem_nlp.opinions.profile import BINS
from cem_nlp.report import render_html, render_markdown
from cem_nlp.report.drift import drift_of, drift_sentences
from cem_nlp.report.phrases import Phrases

EMPTY = {"n": 50, "n_reference": 500, "bins": [], "counts": [], "model_version": "m", "taxonomy_version": "t"}


def drift_row(measure: str, reference: str, verdict: str, **values: Any) -> dict[str, Any]:
    row = {"kind": "review", "measure": measure, "reference": reference, "verdict": verdict, "nights": 9}
    return {**EMPTY, **row, "night": NIGHT.isoformat(), **values}


def moved(measure: str, bin_name: str, reference: str = "past") -> dict[str, Any]:
    return drift_row(measure, reference, "moved", bin=bin_name, share=0.25, share_reference=0.125)


def method_of(language: Language, *rows: dict[str, Any], **others: Any) -> str:
    page = read(render_html(tables(drift=rows, **others), context(), language))
    return page.section("method").text


def key_points_of(language: Language, *rows: dict[str, Any]) -> str:
    scores = [score(brand=OWN, positive=40, negative=10)]
    return render_markdown(tables(drift=rows, scores=scores), context(), language)


def test_a_move_is_told_with_its_shares_and_warned_of() -> None:
    row = moved("opinions", "service negative")
    told = method_of("zh", row)
    assert "评论的类别与正负面的构成与过去 9 夜不同，变化最大的是“服务 · 负面”：25%，此前 13%。" in told
    assert "The mix of categories and polarities of reviews differs from the 9 nights before" in method_of(
        "en", row
    )
    assert "注意：今晚的评论与过去的夜晚不同" in key_points_of("zh", row)
    assert "Note: tonight's reviews differ from those of earlier nights" in key_points_of("en", row)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("measure", sorted(BINS))
def test_every_measure_and_bin_has_words(language: Language, measure: str) -> None:
    phrases = Phrases(language, context())
    moves = [tables(drift=[moved(measure, name)]).drift for name in BINS[measure]]
    told = {phrases.paragraph(drift_sentences(drift_of(move, NIGHT), phrases)) for move in moves}
    assert len(told) == len(BINS[measure])
    assert not any("{" in text for text in told)


def test_what_the_model_does_not_know_is_warned_of() -> None:
    row = moved("unknown", "unusual", "training")
    assert "25% 的评论，其模型不认识的用词超出训练数据的常见范围（训练数据本身 13%）" in method_of("zh", row)
    assert "注意：今晚的评论超出模型熟悉的范围" in key_points_of("zh", row)
    assert "beyond what the model knows well" in key_points_of("en", row)


def test_several_kinds_are_named_in_the_plural() -> None:
    rows = [{**moved("unknown", "unusual", "training"), "kind": kind} for kind in ("review", "transcript")]
    assert "今晚的评论、通话记录超出" in key_points_of("zh", *rows)
    assert "tonight's reviews and call transcripts are beyond" in key_points_of("en", *rows)


def test_another_model_is_warned_of() -> None:
    row = drift_row("model", "past", "moved", kind="all", detail="1.0+ab")
    assert "模型的版本与上一夜（1.0+ab）不同" in method_of("zh", row)
    assert "注意：模型或分类体系换了版本" in key_points_of("zh", row)


def test_calm_and_unknown_nights_are_not_warned_of() -> None:
    calm = [drift_row("length", reference, "stable") for reference in ("past", "training")]
    assert "与过去 9 夜相比，没有超出偶然的变化" in method_of("zh", *calm)
    assert "在模型训练数据的常见范围之内" in method_of("zh", *calm)
    unknown = [drift_row("length", reference, "unknown", nights=2) for reference in ("past", "training")]
    for rows in (unknown, []):
        assert "可比的夜晚还不够" in method_of("zh", *rows)
        assert "不能与训练数据比较" in method_of("zh", *rows)
    for rows in (calm, unknown, []):
        assert "注意" not in key_points_of("zh", *rows)
        assert "Note" not in key_points_of("en", *rows)


def test_other_nights_are_not_told() -> None:
    other = {**moved("length", "<4"), "night": "2026-08-31"}
    assert method_of("zh", other) == method_of("zh")


def test_comments_in_other_languages_are_counted() -> None:
    feedback = [feedback_row(number, "fine") for number in range(3)]
    comments = [comment_row(number, language=("other", "other", "zh")[number]) for number in range(3)]
    assert "2 条反馈不是中文：已标记，没有识别观点。" in method_of("zh", feedback=feedback, comments=comments)
    assert "2 comments are in another language" in method_of("en", feedback=feedback, comments=comments)
    assert "不是中文" not in method_of("zh", feedback=feedback, comments=[comment_row(0)])
