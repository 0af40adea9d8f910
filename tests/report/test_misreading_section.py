"""The section on the model's own errors says whether they matter, and why where nothing is corrected."""

from typing import Any

import pytest
from report_factories import OWN, context, demo_tables, frame, score

from cem_nlp.config import Mix, Scores
from cem_nlp.language import Language
from cem_nlp.report.blocks import Section, Table
from cem_nlp.report.html import render_html
from cem_nlp.report.inputs import ReportTables
from cem_nlp.report.markdown import render_markdown
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections import misreading
from cem_nlp.report.sections.misreading_wording import WORDS


def cell(correction: str, corrected: float | None = None, **values: Any) -> dict[str, Any]:
    row = score(brand=OWN, positive=120, negative=80, **values) | {"correction": correction}
    if corrected is None:
        return row
    figures = {"experience_corrected": corrected, "corrected_low": corrected - 0.5}
    return row | figures | {"corrected_high": corrected + 0.5}


def built(*rows: dict[str, Any], language: Language = "en") -> Section | None:
    tables = demo_tables()
    values = {name: getattr(tables, name) for name in ReportTables.__dataclass_fields__}
    tables = ReportTables(**(values | {"scores": frame("scores", rows)}))
    return misreading.section(tables, context(), Phrases(language, context()))


def texts(section: Section) -> list[list[str]]:
    table = section.blocks[0]
    assert isinstance(table, Table)
    return [[cell.text for cell in row] for row in table.rows]


def test_it_says_where_the_score_as_read_is_wrong() -> None:
    section = built(
        cell("applied", 5.2),
        cell("applied", 6.1, category="product"),
        cell("applied", 7.0, category="price"),
        cell("few_mentions", category="service"),
    )
    assert section is not None
    assert f"Without the model's own errors {OWN} as a whole goes from 6.0 to 5.2 (4.7–5.7)" in section.lead
    assert "is too high" in section.lead
    assert "By category: price too low." in section.lead
    assert texts(section) == [
        ["Overall", "6.0", "5.2", "too high"],
        ["Product", "6.0", "6.1", "none to be seen"],
        ["Service", "6.0", "", "not corrected: fewer than 100 opinions"],
        ["Price", "6.0", "7.0", "too low"],
    ]


def test_errors_that_change_nothing_are_said_to() -> None:
    section = built(cell("applied", 6.2), language="zh")
    assert section is not None
    assert section.lead == f"把模型自身的误读扣除后，{OWN}总体仍在 6.2 分左右（5.7–6.7）：结论不因误读而变。"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "reason", ["few_gold", "few_mentions", "other_model", "drift", "ill_conditioned", "outside_hull"]
)
def test_every_reason_is_said_in_words(reason: str, language: Language) -> None:
    section = built(cell(reason), language=language)
    assert section is not None
    assert WORDS[reason].say(language).format(fewest=100) in section.lead
    assert section.blocks == ()


def test_without_measured_errors_there_is_no_section() -> None:
    assert built(cell("no_confusion")) is None
    assert built(cell("applied", 5.0) | {"suppressed": True}) is None


def test_the_page_shows_the_section_and_says_which_mix_scores_stand_for() -> None:
    tables = demo_tables()
    mix = Mix(kinds={"review": 0.7, "complaint": 0.3})
    for said in (render_html, render_markdown):
        mixed = said(tables, context(scores=Scores(mix=mix)), "zh")
        assert "得分按固定配比合成（评论 70%、投诉 30%）" in mixed
        assert "固定配比" not in said(tables, context(), "zh")
