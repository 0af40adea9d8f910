"""The section on peaks, ends and the emotion curve."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from report_factories import demo_context, demo_tables

from cem_nlp.report.blocks import Chart, Section, Table
from cem_nlp.report.blocks_text import render_terminal
from cem_nlp.report.curves import Line, Point, emotion_curve
from cem_nlp.report.html import render_html
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.journeys import section
from cem_nlp.schemas import TABLES

ENDS = ("", "_low", "_high")


def journey(
    level: str = "customer", brand: str = "澄居", difference: float = -0.8, width: float = 0.3, **more: Any
):
    measures = {"mean": 4.0, "peak": 3.0, "end": 3.4, "peak_end": 4.0 + difference, "difference": difference}
    ranges = {
        f"{name}{end}": value + step
        for name, value in measures.items()
        for end, step in zip(ENDS, (0.0, -width, width), strict=True)
    }
    counts = {"n_episodes": 90, "n_compared": 60, "n_opinions": 150}
    row = {"level": level, "brand": brand, "product": "all", "is_own": brand == "澄居", "suppressed": False}
    return row | counts | ranges | {"run_id": "r"} | more


def stage(code: str, score: float | None, view: str = "journey", **more: Any) -> dict[str, Any]:
    nulls = dict.fromkeys(TABLES["emotions"].names)
    row = {
        "view": view,
        "stage": code,
        "brand": "澄居",
        "product": "all",
        "is_own": True,
        "n_mentions": 40,
        "experience": score,
        "experience_low": None if score is None else score - 0.5,
        "experience_high": None if score is None else score + 0.5,
        "suppressed": score is None,
        "n_low_peaks": 0,
        "n_low_ends": 0,
        "n_rival": 0,
    }
    return nulls | row | more


STAGES = [
    stage("purchase", 6.0),
    stage("use", None, n_mentions=3),
    stage("feedback", 2.0, n_low_peaks=12, n_low_ends=7, worst_touchpoint="after"),
    stage("retain", 2.0, "life_cycle"),
]


def built(
    journeys: list[dict[str, Any]], stages: list[dict[str, Any]], language: Any = "zh"
) -> Section | None:
    more = {
        "journeys": pd.DataFrame(journeys, columns=TABLES["journeys"].names),
        "emotions": pd.DataFrame(stages, columns=TABLES["emotions"].names),
    }
    context = demo_context()
    return section(replace(demo_tables(), more=more), context, Phrases(language, context))


def said(found: Section | None, language: Any = "zh") -> str:
    assert found is not None
    return render_terminal(found, Phrases(language, demo_context()))


def test_worse_memory_is_said_first_and_where_to_put_effort() -> None:
    found = built([journey()], STAGES)
    assert found is not None
    assert found.lead.startswith("澄居的客户旅程留给客户的记忆比实际过程更差：记住的是 3.2，平均感受是 4.0")
    assert "力气先花在反馈：12 段体验在这里最糟、7 段在这里以不满收场，多数在售后维修" in found.lead


@pytest.mark.parametrize(("difference", "words"), [(-0.2, "只比实际过程略差"), (0.2, "只比实际过程略好")])
def test_a_sure_difference_that_is_small_is_called_small(difference: float, words: str) -> None:
    found = built([journey(difference=difference, width=0.1)], STAGES)
    assert found is not None
    assert words in found.lead


@pytest.mark.parametrize(("difference", "words"), [(0.8, "更好"), (-0.2, "没有可靠差别")])
def test_the_lead_says_no_more_than_the_range_allows(difference: float, words: str) -> None:
    found = built([journey(difference=difference)], STAGES)
    assert found is not None
    assert words in found.lead


def test_too_few_journeys_make_no_claim() -> None:
    found = built([journey(suppressed=True)], STAGES)
    assert found is not None
    assert "还不能比较" in found.lead


def test_calls_of_everybody_stand_in_where_the_brand_has_none() -> None:
    found = built([journey("call", "all"), journey("call", "unknown")], STAGES)
    assert found is not None
    assert found.lead.startswith("全部品牌的通话")
    assert "没有客户编号" in said(found)


def test_stage_without_score_and_stage_nobody_mentions_are_told_apart() -> None:
    found = built([journey()], STAGES)
    assert found is not None
    (chart,) = [block for block in found.blocks if isinstance(block, Chart)]
    assert "认知 无人提及" in chart.label
    assert "使用 样本不足" in chart.label
    assert "反馈 2.0" in chart.label


def test_rivals_stand_in_the_table_only_where_there_are_any() -> None:
    alone = built([journey()], STAGES)
    against = {"experience_rival": 5.0, "difference": -2.8, "difference_low": -3.5, "difference_high": -2.0}
    both = built([journey()], [*STAGES[:2], {**STAGES[2], **against, "verdict": "worse"}, STAGES[3]])
    assert "竞品" not in said(alone).replace("与竞品之差只在", "")
    assert both is not None
    tables = [block for block in both.blocks if isinstance(block, Table)]
    cells = [cell for row in tables[1].rows for cell in row if cell.text == "−2.8"]
    assert [cell.tone for cell in cells] == ["bad"]


def test_english_reads_as_well_and_nothing_to_say_says_nothing() -> None:
    text = said(built([journey()], STAGES, "en"), "en")
    assert "are remembered worse than they were" in text
    assert "mostly at after-sales" in text
    assert built([journey()], []) is None


def test_page_holds_the_curve_with_its_label() -> None:
    context = demo_context()
    more = {
        "journeys": pd.DataFrame([journey()], columns=TABLES["journeys"].names),
        "emotions": pd.DataFrame(STAGES, columns=TABLES["emotions"].names),
    }
    page = render_html(replace(demo_tables(), more=more), context)
    assert '<svg class="curve"' in page
    assert 'aria-label="澄居的情绪曲线' in page


def test_the_line_breaks_where_a_stage_has_no_score() -> None:
    whole, none = Point(5.0, 4.0, 6.0), Point(None, None, None)
    line = Line("own", "甲<b>", (whole, none, whole, whole))
    svg = emotion_curve(["一", "二", "三", "四"], [line], "曲线")
    assert svg.count("own way") == 1
    assert svg.count("<circle") == 3
    assert "<b>" not in svg
    assert "style=" not in svg


def test_products_and_rivals_stand_side_by_side() -> None:
    rival = {"brand": "北岭", "is_own": False}
    stages = [
        *STAGES,
        stage("purchase", 7.5, **rival),
        stage("purchase", 4.0, product="空调", n_mentions=60),
        stage("purchase", 8.0, product="冰箱"),
    ]
    journeys = [journey(), journey(**rival), *(journey(product=name) for name in ("空调", "冰箱"))]
    text = said(built(journeys, stages))
    by_product, _, by_brand = text.partition("与各竞品并列")
    assert by_product.index("空调") < by_product.index("冰箱")
    assert by_brand.index("澄居") < by_brand.index("北岭")
    assert "公平的比较看“与竞品之差”" in by_brand
    assert "与各竞品并列" not in said(built([journey()], STAGES))


def test_the_lead_names_the_stages_where_rivals_differ() -> None:
    against = {"experience_rival": 5.0, "difference": -2.8, "difference_low": -3.5, "difference_high": -2.0}
    found = built([journey()], [*STAGES[:2], {**STAGES[2], **against, "verdict": "worse"}, STAGES[3]])
    assert found is not None
    assert found.lead.endswith("与竞品相比，反馈更差。")
