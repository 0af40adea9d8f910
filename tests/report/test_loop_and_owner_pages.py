"""What the sections on actions and departments say, and a department's own page."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from report_factories import demo_context, demo_tables

from cem_nlp.cem.feedback_loop import MEASURES
from cem_nlp.cli.parser import UsageError
from cem_nlp.cli.report import find_owner
from cem_nlp.config import Cost
from cem_nlp.language import Bilingual, Language
from cem_nlp.report import ReportContext, ReportTables, render_html, render_owner
from cem_nlp.report.blocks import Section
from cem_nlp.report.blocks_text import render_terminal
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections import loop, owners

DEPARTMENTS = {
    "aftersales": Bilingual("售后服务部", "after-sales service"),
    "logistics": Bilingual("物流部", "logistics"),
    "installation": Bilingual("安装服务部", "installation service"),
}
CONTEXT: ReportContext = replace(
    demo_context(), owners=DEPARTMENTS, owner_of={"after": "aftersales", "delivery": "logistics"}
)


def ranged(name: str, value: float) -> dict[str, float]:
    return {name: value, f"{name}_low": value - 0.6, f"{name}_high": value + 0.6}


def action(**values: object) -> dict[str, Any]:
    row: dict[str, Any] = {"action_no": 1, "action": "48 小时<b>回电", "touchpoint": "after"}
    row |= {"category": "service", "product": "all", "since": date(2026, 9, 1), "until": None}
    row |= {"status": "working", "reason": "judged", "weeks": 8, "n_before": 60, "n_after": 70, "cost": 9e4}
    row |= ranged("cost_per_point", 60_000) | ranged("saved", 250_000) | {"currency": "元"}
    for name in MEASURES:
        row |= ranged(name, 1.5)
    return row | values


def finding(**values: object) -> dict[str, Any]:
    row: dict[str, Any] = {"finding_no": 1, "kind": "defect", "brand": "澄居", "touchpoint": "after"}
    row |= {"category": "all", "topic": None, "detail": "important_and_poor", "blamed_at": "after"}
    row |= {"owner": "aftersales", "owner_from": "touchpoint", "severity": "high", "points": 0.93}
    return row | {"measure": "experience", "n": 175} | ranged("size", 1.2) | values


def tables(**more: list[dict[str, Any]]) -> ReportTables:
    return replace(demo_tables(), more={name: pd.DataFrame(rows) for name, rows in more.items()})


def text(section: Section | None, language: Language = "zh") -> str:
    assert section is not None
    return render_terminal(section, Phrases(language, CONTEXT))


def said_loop(*rows: dict[str, Any], language: Language = "zh") -> str:
    shown = tables(feedback_loop=list(rows))
    return text(loop.section(shown, CONTEXT, Phrases(language, CONTEXT)), language)


def test_without_actions_or_findings_there_is_no_section() -> None:
    assert loop.section(tables(), CONTEXT, Phrases("zh", CONTEXT)) is None
    assert owners.section(tables(), CONTEXT, Phrases("zh", CONTEXT)) is None


def test_an_action_that_works_says_what_it_gained_cost_and_saves() -> None:
    said = said_loop(action())
    for words in ("已见效", "+1.5 分", "售后服务部", "90,000", "每涨一分 60,000", "250,000 元", "推算"):
        assert words in said
    assert "works" in said_loop(action(), language="en")


def test_an_action_s_cost_is_in_the_configured_currency() -> None:
    context = replace(CONTEXT, cost=Cost(revenue=1.0))
    section = loop.section(tables(feedback_loop=[action()]), context, Phrases("zh", context))
    for words in ("90,000 元", "每涨一分 60,000 元", "250,000 元"):
        assert words in text(section)


@pytest.mark.parametrize(
    ("status", "reason", "words"),
    [
        ("planned", "not_begun", ["计划中", "还没开始"]),
        ("too_early", "few_weeks", ["为时尚早", "只有 8 周数据"]),
        ("not_working", "judged", ["没有见效", "没有用"]),
        ("no_evidence", "uncertain", ["还看不出成效", "范围太宽", "包含零"]),
        ("no_evidence", "few_mentions", ["前 60 后 70 条"]),
        ("no_evidence", "moved_before", ["走势已经不同"]),
        ("no_evidence", "untouched_disagree", ["互相矛盾"]),
        ("no_evidence", "two_actions", ["分不开"]),
        ("no_evidence", "short_history", ["数据太短"]),
        ("no_evidence", "nothing_untouched", ["没有可对照的部分"]),
    ],
)
def test_every_status_and_reason_has_its_words(status: str, reason: str, words: list[str]) -> None:
    empty = {f"{name}{end}": None for name in ("saved", "cost_per_point") for end in ("", "_low", "_high")}
    said = said_loop(action(status=status, reason=reason, **empty))
    for word in words:
        assert word in said
    assert "挽回" not in said
    assert said_loop(action(status=status, reason=reason, **empty), language="en")


def test_findings_stand_under_their_department_the_most_urgent_first() -> None:
    rows = [
        finding(),
        finding(
            finding_no=2, kind="weak_cell", touchpoint="delivery", owner="logistics", measure="difference"
        ),
        finding(finding_no=3, kind="topic", touchpoint="all", category="service", topic="x", severity="low"),
        finding(finding_no=4, kind="missing", detail="web×after", owner=None, points=None, measure="share"),
        finding(finding_no=5, kind="misplaced", detail="web", severity="medium"),
        finding(finding_no=6, kind="action_failed", detail="回电", measure="difference"),
    ]
    section = owners.section(tables(findings=rows), CONTEXT, Phrases("zh", CONTEXT))
    said = text(section)
    assert said.index("\n售后服务部") < said.index("\n物流部") < said.index("\n没有指定部门")
    for words in ("缺陷点", "明显不如对手", "“x”在拖分", "网络", "“回电”没有见效", "多在售后维修", "0.93"):
        assert words in said
    assert "对总分影响最大的在售后服务部" in said
    assert said.index("先后可以不同") < said.index("\n售后服务部")
    assert 'id="owners"' in render_html(tables(findings=rows), CONTEXT)


def test_a_departments_page_holds_its_own_things_alone() -> None:
    rows = [finding(), finding(finding_no=2, owner="logistics", touchpoint="delivery")]
    actions = [action(), action(action_no=2, action="预约送货", touchpoint="delivery")]
    page = render_owner(tables(findings=rows, feedback_loop=actions), CONTEXT, "aftersales")
    for words in ("售后服务部", "哪里最痛", "客户怎么评价", "客户原话", "正在做什么", "缺陷点"):
        assert words in page
    assert "48 小时&lt;b&gt;回电" in page
    assert "预约送货" not in page
    assert "配送物流" not in page
    assert "<script" not in page
    assert "http:" not in page
    assert "https:" not in page


def test_a_department_without_anything_has_a_page_too() -> None:
    page = render_owner(tables(), CONTEXT, "installation", "en")
    assert "Nothing is known to be wrong" in page
    assert "Nobody speaks of these touchpoints yet" in page


@pytest.mark.parametrize("said", ["aftersales", "售后服务部", "售后", "After-sales service", " 售后 "])
def test_a_department_is_known_by_code_name_or_part(said: str) -> None:
    assert find_owner(said, DEPARTMENTS) == "aftersales"


@pytest.mark.parametrize(("said", "words"), [("财务", "no such"), ("服务", "several"), ("", "no such")])
def test_an_unknown_or_ambiguous_department_lists_those_meant(said: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        find_owner(said, DEPARTMENTS)
    assert "aftersales 售后服务部" in caught.value.explain("zh")
    assert "aftersales after-sales service" in caught.value.explain("en")
