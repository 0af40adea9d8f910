"""The section on changes: the answer first, changes gathered, what else moved named, silence explained."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from report_factories import demo_context, demo_tables

from cem_nlp.report import ReportTables
from cem_nlp.report.blocks import Note, Section, Table
from cem_nlp.report.blocks_text import render_terminal
from cem_nlp.report.html import render_html
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.alerts import MAX_CHANGES, gathered, section
from cem_nlp.schemas import TABLES

CONTEXT = demo_context()
DEMO = demo_tables()


def alert(**values: Any) -> dict[str, Any]:
    row = {
        **dict.fromkeys(TABLES["alerts"].names),
        "brand": "澄居",
        "category": "service",
        "touchpoint": "all",
        "is_own": True,
        "series": "daily",
        "measure": "experience",
        "direction": "worse",
        "since": date(2026, 8, 20),
        "until": date(2026, 8, 26),
        "ongoing": True,
        "n": 80,
        "q_value": 0.0004,
        "severity": "high",
        "negative_before": 0.2,
        "negative_after": 0.62,
    }
    figures = {
        "before": 6.8,
        "before_low": 6.5,
        "before_high": 7.1,
        "after": 3.1,
        "after_low": 2.6,
        "after_high": 3.6,
    }
    return {**row, **figures, **values}


def watched(**values: Any) -> dict[str, Any]:
    row = dict.fromkeys(TABLES["alert_series"].names)
    cell = {"brand": "澄居", "category": "all", "touchpoint": "all", "is_own": True}
    figures = {"series": "daily", "measure": "experience", "until": date(2026, 8, 31), "detectable": 1.34}
    return {**row, **cell, **figures, "p_value": 0.4, "q_value": 0.9, **values}


def tables(alerts: list[dict[str, Any]], series: list[dict[str, Any]]) -> ReportTables:
    made = {
        name: pd.DataFrame(rows, columns=TABLES[name].names)
        for name, rows in (("alerts", alerts), ("alert_series", series))
    }
    return replace(DEMO, more=made)


def built(
    alerts: list[dict[str, Any]], series: list[dict[str, Any]] | None = None, language: Any = "zh"
) -> Section:
    made = section(
        tables(alerts, [watched()] if series is None else series), CONTEXT, Phrases(language, CONTEXT)
    )
    assert made is not None
    return made


def printed(made: Section) -> str:
    return render_terminal(made, Phrases("zh", CONTEXT))


def test_it_answers_first() -> None:
    lead = built([alert()]).lead
    assert "自有品牌 1 起变化" in lead
    assert "澄居 · 服务：自 2026-08-20 起，体验从 6.8 变为 3.1，还在持续" in lead
    assert "另有解释" not in lead


def test_quiet_days_say_what_could_have_been_seen() -> None:
    made = built([])
    assert made.lead == "截至 2026-08-31，1 条日、周序列里没有可靠的变化。"
    assert "澄居整体体验若连续五天变动 1.3 分以上，十次能发现八次" in printed(made)
    assert "两周变动" in printed(built([], [watched(series="weekly")]))
    assert "看不出来" in printed(built([], [watched(detectable=None)]))


def test_too_little_data_is_said() -> None:
    assert "有日期的反馈还太少" in built([], []).lead


def test_tables_never_made_leave_the_section_out() -> None:
    assert section(replace(DEMO, more={}), CONTEXT, Phrases("zh", CONTEXT)) is None


def test_cells_that_moved_together_are_one_change() -> None:
    rows = [
        alert(q_value=0.01),
        alert(category="all", touchpoint="install"),
        alert(category="price", direction="better"),
        alert(category="price", since=date(2026, 7, 1), until=date(2026, 7, 9)),
        alert(brand="北岭", is_own=False),
    ]
    changes = gathered(pd.DataFrame(rows))
    assert [len(change) for change in changes] == [2, 1, 1, 1]
    assert changes[0][0]["touchpoint"] == "install"
    text = printed(built(rows))
    assert "澄居 · 安装上门 (另有服务)" in text
    assert "自有品牌 3 起变化、竞品 1 起" in text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"calendar": "双11", "calendar_english": "Double 11"}, "正值双11"),
        ({"explained_by": "model_version", "mix_value": "m2"}, "换了模型"),
        ({"explained_by": "all_brands"}, "各品牌同向变动"),
        (
            {"explained_by": "kind", "mix_value": "complaint", "mix_before": 0.1, "mix_after": 0.45},
            "反馈类型构成变了：投诉 10% → 45%",
        ),
    ],
)
def test_what_else_moved_stands_beside(values: dict[str, Any], said: str) -> None:
    made = built([alert(**values)])
    assert said in printed(made)
    assert ("另有解释" in made.lead) is ("explained_by" in values)


def test_a_crowd_at_the_same_time_is_named() -> None:
    volume = alert(measure="volume", direction="more", category="all", before=20.0, after=90.0)
    made = built([alert(), volume])
    assert "还在持续（同时发生：评论量 ×4.5）" in made.lead
    assert printed(made).count("评论量 ×4.5") == 2
    assert "评论量" not in printed(built([alert()])).split("怎么读")[0]


def test_many_changes_are_cut_and_counted() -> None:
    rows = [alert(brand=f"b{number}", is_own=False) for number in range(MAX_CHANGES + 3)]
    made = built(rows)
    (table,) = [block for block in made.blocks if isinstance(block, Table)]
    assert len(table.rows) == MAX_CHANGES
    assert "另有 3 起" in printed(made)


def test_notes_on_the_data_stand_beside_alerts() -> None:
    context = replace(CONTEXT, data_notes=("星级有配额",))
    made = section(tables([alert()], [watched()]), context, Phrases("zh", context))
    assert made is not None
    assert any(isinstance(block, Note) and "星级有配额" in block.text for block in made.blocks)


def test_undated_feedback_is_counted() -> None:
    feedback = DEMO.feedback.copy()
    feedback.loc[feedback.index[:7], "created_at"] = pd.NaT
    made = section(replace(tables([], [watched()]), feedback=feedback), CONTEXT, Phrases("zh", CONTEXT))
    assert made is not None
    assert "7 条反馈没有时间" in printed(made)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_it_and_escapes_names(language: Any) -> None:
    hostile = alert(
        brand="<b>甲</b>", calendar="<i>节", calendar_english="<i>day", measure="share", before=0.1, after=0.3
    )
    page = render_html(tables([hostile], [watched()]), CONTEXT, language)
    assert 'id="alerts"' in page
    assert "<b>甲" not in page
    assert "<i>节" not in page
    assert "10% → 30%" in page
