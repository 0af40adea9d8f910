"""The section on the decision: what is proposed, what gives way, and what is said where nothing fits."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from report_factories import demo_context, demo_tables

from cem_nlp.config import Cost
from cem_nlp.language import Language
from cem_nlp.report.blocks_text import render_terminal
from cem_nlp.report.html import render_html
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.decision import decision_section

WHY = "本年度不打价格战<i>"


def candidate(place: int, category: str, verdict: str, **values: Any) -> dict[str, Any]:
    row = {
        "brand": "澄居",
        "product": "all",
        "segment": "all",
        "place": place,
        "category": category,
        "key_probability": 0.9 if place == 1 else 0.05,
        "verdict": verdict,
        "reason": WHY if verdict == "ruled_out" else None,
        "cost": 6_000_000.0 if verdict == "not_affordable" else None,
        "budget": 3_000_000.0,
        "experience": 2.0,
        "target": 5.0,
        "topic": "waiting",
        "n_customers": 30,
        "requirement": "缩短等待",
        "requirement_en": "shorten waiting",
    }
    return row | values


def said(*candidates: dict[str, Any], language: Any = "zh", **tables: pd.DataFrame) -> str:
    phrases = Phrases(language, demo_context())
    section = decision_section({"decisions": pd.DataFrame(candidates), **tables}, ("澄居",), phrases)
    assert section is not None
    return render_terminal(section, phrases)


def test_the_key_is_proposed_with_its_probability_and_first_step() -> None:
    text = said(candidate(1, "convenience", "proposed"), candidate(2, "service", "reserve"))
    for words in ("先改进便利性", "概率 90%", "缩短等待", "备选是服务", "cem loop"):
        assert words in text
    english = said(candidate(1, "convenience", "proposed"), language="en")
    assert "Improve convenience first" in english
    assert "shorten waiting" in english


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        ("ruled_out", "战略排除了它（本年度不打价格战"),
        ("not_affordable", "要花 6,000,000，预算只有 3,000,000"),
        ("beyond_reach", "现有能力改不动它"),
    ],
)
def test_the_second_takes_over_and_the_reader_learns_why(verdict: str, why: str) -> None:
    text = said(candidate(1, "price", verdict), candidate(2, "service", "proposed"))
    assert "关键体验是价格" in text
    assert why in text
    assert "先改进排在后面的服务" in text


def test_where_everything_is_ruled_out_nothing_is_proposed() -> None:
    text = said(candidate(1, "price", "ruled_out"), candidate(2, "service", "beyond_reach"))
    assert "没有可提的建议" in text
    assert "先改进" not in text.split("按轻重排队")[0]


def test_categories_that_stand_level_are_told_so() -> None:
    level = [candidate(n, name, "reserve", tied=True) for n, name in enumerate(("service", "price"), start=1)]
    text = said(level[0] | {"verdict": "proposed"}, level[1])
    assert "服务、价格并列" in text
    assert "它就是关键体验" not in text
    after = said(level[0] | {"verdict": "ruled_out"}, level[1] | {"verdict": "proposed"})
    assert "先改进排在后面的价格。服务、价格并列" in after


def test_where_every_category_is_on_target_nothing_is_to_be_improved() -> None:
    text = said(candidate(1, "price", "no_gap"), candidate(2, "service", "no_gap"))
    assert "没有要改进的" in text
    assert "放宽" not in text
    mixed = said(candidate(1, "price", "no_gap"), candidate(2, "service", "proposed"))
    assert "关键体验是价格（概率 90%），但体验已达到目标；因此先改进排在后面的服务" in mixed


def test_a_key_that_is_more_likely_another_is_not_called_one() -> None:
    text = said(
        candidate(1, "price", "proposed", key_probability=0.35),
        candidate(2, "product", "reserve", key_probability=0.14),
        candidate(3, "service", "reserve", key_probability=0.34),
    )
    assert "还不能断定" in text
    assert "服务也有 34%、产品也有 14%" in text
    assert "就是关键体验" not in text


def test_an_unknown_probability_is_no_number() -> None:
    text = said(candidate(1, "price", "proposed", key_probability=None))
    assert "（概率" not in text
    assert "重抽" not in text


def test_products_and_segments_are_listed_after_the_whole() -> None:
    text = said(
        candidate(1, "price", "ruled_out", product="柜机", segment="新客"),
        candidate(1, "service", "proposed", product="柜机"),
        candidate(1, "convenience", "proposed"),
    )
    assert "先改进便利性" in text
    lines = [line for line in text.splitlines() if line.startswith("柜机")]
    assert "服务" in lines[0]
    assert "无可行项" in lines[1]


def test_quadrants_requirements_and_brand_value_stand_below() -> None:
    scope = {"brand": "澄居", "product": "all", "segment": "all", "category": "convenience"}
    quadrant = scope | {"importance": 9.0, "experience": 1.5, "quadrant": "concentrate_here"}
    asked = {"place": 1, "topic": "waiting", "touchpoint": "delivery", "n_customers": 30, "n_unhappy": 95}
    asked |= {"share": 0.32, "share_low": 0.23, "share_high": 0.41, "verdict": "ruled_out", "reason": WHY}
    praise = {"brand": "澄居", "is_own": True, "category": "product", "topic": "all"}
    praise |= {"n_supporters": 68, "supporters": 64, "n_others": 56, "others": 43}
    praise |= {
        f"{name}{end}": value
        for name, value in (("share_supporters", 0.94), ("share_others", 0.77), ("difference", 0.17))
        for end in ("", "_low", "_high")
    }
    text = said(
        candidate(1, "convenience", "proposed"),
        quadrants=pd.DataFrame([quadrant | {"probability_concentrate_here": 0.97}]),
        requirements=pd.DataFrame([scope | asked | {"requirement": "缩短等待", "requirement_en": "x"}]),
        brand_value=pd.DataFrame([praise, praise | {"category": "brand", "difference": None}]),
    )
    for words in ("重点改进", "97%", "占 32%，区间 23% 至 41%", "支持者（68 位）", "+17", "9/10"):
        assert words in text


def test_the_page_shows_the_section_and_escapes_the_strategy_s_words() -> None:
    decisions = pd.DataFrame([candidate(1, "price", "ruled_out"), candidate(2, "service", "proposed")])
    page = render_html(replace(demo_tables(), more={"decisions": decisions}), demo_context())
    assert 'id="decision"' in page
    assert "本年度不打价格战&lt;i&gt;" in page


@pytest.mark.parametrize(
    ("currency", "language", "printed"),
    [("元", "zh", "6,000,000 元，预算 3,000,000 元"), ("USD", "en", "USD 6,000,000, budget USD 3,000,000")],
)
def test_costs_and_budget_are_in_the_configured_currency(
    currency: str, language: Language, printed: str
) -> None:
    context = replace(demo_context(), cost=Cost(revenue=1.0, currency=currency))
    found = pd.DataFrame([candidate(1, "price", "not_affordable"), candidate(2, "service", "proposed")])
    section = decision_section({"decisions": found}, ("澄居",), Phrases(language, context))
    assert section is not None
    assert printed in render_terminal(section, Phrases(language, context))


def test_without_a_decision_there_is_no_section() -> None:
    assert decision_section({}, (), Phrases("zh", demo_context())) is None


def test_reasons_that_hold_commas_are_told_apart() -> None:
    text = said(candidate(1, "price", "ruled_out"), candidate(2, "service", "not_affordable"))
    assert "）；服务：它要花 6,000,000，预算只有 3,000,000）。请先放宽其中一条限制。" in text


def test_what_folds_away_is_named_by_what_is_there() -> None:
    scope = {"brand": "澄居", "product": "all", "segment": "all", "category": "convenience"}
    quadrant = scope | {"importance": 9.0, "experience": 1.5, "quadrant": "concentrate_here"}
    shown = pd.DataFrame([quadrant | {"probability_concentrate_here": None}])
    text = said(candidate(1, "convenience", "proposed"), quadrants=shown)
    assert "更多：重要性与体验的象限\n" in text
    assert "客户为什么选" not in text


def requirement(**values: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(("product", "segment"), "all") | {
        "brand": "澄居",
        "category": "convenience",
    }
    row |= {"topic": "waiting", "touchpoint": "delivery", "n_customers": 30, "share": 0.3, "share_low": 0.2}
    row |= {"share_high": 0.4, "requirement": "缩短等待", "requirement_en": "shorten waiting"}
    return row | {"verdict": "open", "reason": None} | values


def test_who_begins_and_what_is_being_done_already_stand_beside_the_proposal() -> None:
    line = candidate(1, "convenience", "proposed")
    wanted = pd.DataFrame([requirement(verdict="ruled_out", touchpoint="store"), requirement()])
    actions = pd.DataFrame(
        [
            {"action": "短信预约", "category": "convenience", "status": "no_evidence"},
            {"action": "同价", "category": "relationship", "status": "too_early"},
        ]
    )
    text = said(line, requirements=wanted, feedback_loop=actions)
    assert "“waiting”的不满多在配送物流" in text
    assert "便利性上已有 1 项行动：“短信预约”（还看不出成效）。先看它们够不够，再添新的" in text
    assert "同价" not in text
    english = said(line, language="en", requirements=wanted, feedback_loop=actions)
    assert "“短信预约” (without evidence either way)" in english
    assert "已有" not in said(line, requirements=wanted, feedback_loop=actions.iloc[1:])


def test_the_target_is_explained() -> None:
    assert "要比客户的期望高 3 分，但不超过 10 分" in said(candidate(1, "convenience", "proposed"))
