"""The sections on touchpoints and the service blueprint."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from report_factories import demo_context, demo_tables

from cem_nlp.report.blocks import Details, Section
from cem_nlp.report.blocks_text import render_markdown, render_terminal
from cem_nlp.report.html import render_html
from cem_nlp.report.inputs import ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections import blueprint, touchpoints
from cem_nlp.schemas import TABLES


def touchpoint(code: str, channel: str, stage: str, **values: Any) -> dict[str, Any]:
    row = dict.fromkeys(TABLES["touchpoints"].names) | {
        "brand": "澄居",
        "product": "all",
        "touchpoint": code,
        "channel": channel,
        "stage": stage,
        "is_own": True,
        "n_mentions": 40,
        "share_of_voice": 0.2,
        "share_of_voice_low": 0.15,
        "share_of_voice_high": 0.25,
        "experience": 6.0,
        "experience_low": 5.5,
        "experience_high": 6.5,
        "n_preferences": 0,
        "diagnosis": "none",
        "reason": "not_poor",
    }
    return row | values


AFTER = touchpoint(
    "after",
    "phone_inbound",
    "after",
    experience=1.2,
    importance=8.0,
    importance_low=7.0,
    importance_high=9.0,
    importance_from="survey",
    mean_importance=5.0,
    diagnosis="defect",
    reason="important_and_poor",
)
MEMBER = touchpoint(
    "member",
    "phone_outbound",
    "after",
    preferred_channel="web",
    preference=0.9,
    preference_from="derived",
    n_preferences=12,
    diagnosis="misplaced",
    reason="channel",
    steer_to="web",
    steer_experience=7.5,
    steer_experience_low=7.0,
    steer_experience_high=8.0,
)
ASKED = dict.fromkeys(TABLES["missing_points"].names) | {
    "brand": "澄居",
    "asked": "topic",
    "name": "hotline",
    "n_feedback": 9,
    "n_wishes": 6,
    "n_questions": 4,
    "share": 0.02,
    "share_low": 0.01,
    "share_high": 0.04,
    "n_mentions": 3,
    "diagnosis": "missing",
    "example_ids": [],
    "examples": [],
}


def with_tables(**rows: list[dict[str, Any]]) -> ReportTables:
    more = {name: pd.DataFrame(found, columns=TABLES[name].names) for name, found in rows.items()}
    return replace(demo_tables(), more=more)


def built(*rows: dict[str, Any], missing: Any = (), language: Any = "zh") -> Section:
    context = demo_context()
    tables = with_tables(touchpoints=list(rows), missing_points=list(missing))
    found = touchpoints.section(tables, context, Phrases(language, context))
    assert found is not None
    return found


def said(found: Section, language: Any = "zh") -> str:
    return render_terminal(found, Phrases(language, demo_context()))


def test_diagnosis_comes_first() -> None:
    lead = built(AFTER, MEMBER, missing=[ASKED]).lead
    assert lead.startswith("澄居的缺陷点是售后维修：客户看重，体验却差。")
    assert "错位点是会员关怀：客户更愿意用别的渠道。" in lead
    assert "可把会员关怀引到网络。" in lead
    assert "没有触点做好的，首先是hotline（9 条）" in lead


def test_no_finding_is_said_as_one() -> None:
    lead = built(touchpoint("order", "web", "during")).lead
    assert lead == "澄居没有能够确认的缺陷点（既重要又差）。"


def test_matrix_places_every_touchpoint_with_its_mark() -> None:
    text = said(built(AFTER, MEMBER))
    assert "售后维修 1.2·缺陷" in text
    assert "会员关怀 6.0·错位" in text
    assert "12 份偏好里网络占 90%，同阶段网络的体验是 7.5，明显更好" in text


def test_few_wishes_are_counted_not_named() -> None:
    row = touchpoint(
        "after", "phone_inbound", "after", preferred_channel="web", preference=1.0, n_preferences=2
    )
    text = said(built(row))
    assert "太少（2 条）" in text
    assert "100%" not in text


def test_products_findings_fold_away() -> None:
    found = built(AFTER, {**AFTER, "product": "云洗滚筒洗衣机"})
    (folded,) = [block for block in found.blocks if isinstance(block, Details)]
    assert "云洗滚筒洗衣机" in str(folded)


def test_quotes_are_customers_own_words_and_never_markdown() -> None:
    tables = demo_tables()
    first = str(tables.feedback["feedback_id"].iloc[0])
    found = built(AFTER, missing=[{**ASKED, "example_ids": [first], "examples": ["要是能<网上>报修就好了"]}])
    assert "要是能<网上>报修就好了" in said(found)
    assert "报修就好了" not in "\n".join(render_markdown([found]))
    page = render_html(
        replace(tables, more={"touchpoints": pd.DataFrame([AFTER], columns=TABLES["touchpoints"].names)}),
        demo_context(),
    )
    assert page.index('href="#heat"') < page.index('href="#touchpoints"') < page.index('href="#gaps"')


def test_english_reads_as_well_and_nothing_to_say_says_nothing() -> None:
    assert "defects are after-sales: important and poor." in built(AFTER, language="en").lead
    context = demo_context()
    for builder in (touchpoints.section, blueprint.section):
        assert builder(demo_tables(), context, Phrases("zh", context)) is None


LINK = dict.fromkeys(TABLES["blueprint"].names) | {
    "brand": "澄居",
    "touchpoint": "after",
    "customer_action": "报修",
    "on_stage": "坐席",
    "back_stage": "派单",
    "support": "备件库",
    "evidence": "工单",
    "n_mentions": 30,
    "experience": 1.2,
    "experience_low": 0.8,
    "experience_high": 1.9,
    "worst_topic": "hotline",
    "worst_n_mentions": 9,
    "worst_experience": 0.5,
}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {},
            "最低的一环是售后维修（1.2），最拖后腿的是hotline（0.5，n=9）；先看它的后台“派单”与支持“备件库”",
        ),
        ({"worst_topic": None}, "最低的一环是售后维修（1.2）。"),
        ({"experience": None}, "还没有分数"),
    ],
)
def test_blueprint_names_its_weakest_link(changes: dict[str, Any], words: str) -> None:
    context = demo_context()
    found = blueprint.section(with_tables(blueprint=[LINK | changes]), context, Phrases("zh", context))
    assert found is not None
    assert words in found.lead
    (folded,) = found.blocks
    assert isinstance(folded, Details)
    assert "报修" in str(folded)


def test_a_poor_touchpoint_is_never_called_free_of_problems() -> None:
    text = said(built(touchpoint("bill", "web", "after", experience=0.4, reason="not_important")))
    assert "未达缺陷点 (差，但看不出重要)" in text
    assert "未见问题" not in text
    assert "未见问题 (体验不差)" in said(built(touchpoint("use", "other", "after")))
    unsure = touchpoint("use", "other", "after", diagnosis="unknown", reason="uncertain")
    assert "无法判断 (体验的范围跨过 5)" in said(built(unsure))


def test_a_preference_says_whether_a_survey_or_feedback_told_it() -> None:
    assert "90%（12 条反馈）" in said(built(MEMBER))
    assert "90%（问卷，12 人）" in said(built({**MEMBER, "preference_from": "survey"}))
