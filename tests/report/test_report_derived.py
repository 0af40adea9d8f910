"""The sections on importance and expectation: the answer, the table, an honest word where there is none."""

from dataclasses import replace
from typing import Any

import pytest
from report_factories import OWN, context, demo_tables, frame

from cem_nlp.report.blocks import Details, Note, Section, Table
from cem_nlp.report.blocks_text import render_terminal
from cem_nlp.report.html import render_html
from cem_nlp.report.inputs import ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections import expectation, importance
from cem_nlp.vocabulary import ALL, CATEGORIES

NOTE = "平台按配额展示评价"


def driver(category: str, reward: float | None, penalty: float | None, **values: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"brand": OWN, "product": ALL, "segment": ALL, "is_own": True, "category": category}
    row |= {"n": 400, "n_praised": 60, "n_blamed": 70, "reason": None, "lmg": 0.12, "r_squared": 0.6}
    if reward is not None and penalty is not None:
        middle = {"reward": reward, "penalty": penalty, "importance": reward - penalty}
        for name, value in middle.items():
            row |= {name: value, f"{name}_low": value - 0.4, f"{name}_high": value + 0.4}
    return row | values


DRIVERS = [
    driver("product", 2.0, -2.0, kano="performance"),
    driver("service", 0.1, -4.0, kano="must_be"),
    driver("relationship", None, None, reason="few_blamed", kano_reason="few_blamed"),
    driver("price", 0.1, 0.0, kano="indifferent"),
    driver("convenience", 3.0, -0.2, kano="attractive"),
    driver("brand", 1.0, -1.0, kano_reason="scale_end"),
]
RIVAL = [{**row, "brand": "北岭", "is_own": False} for row in DRIVERS]


def silent(reason: str) -> list[dict[str, Any]]:
    nothing = {"reason": reason, "kano_reason": reason, "lmg": None, "r_squared": None}
    return [driver(category, None, None, **nothing) for category in CATEGORIES]


def expected(category: str, value: float | None, hints: float | None) -> list[dict[str, Any]]:
    names = ("earlier_here", "earlier_elsewhere", "word_of_mouth", "promotion", "hints", ALL)
    values: dict[str, float | None] = dict.fromkeys(names) | {"hints": hints, ALL: value}
    if value is not None:
        values["earlier_here"] = value - 1
    return [
        {
            "brand": OWN,
            "category": category,
            "determinant": name,
            "value": found,
            "value_low": None if found is None else found - 0.5,
            "value_high": None if found is None else found + 0.5,
            "weight": 0.0 if found is None else 0.5,
            "contribution": None if found is None else found / 2,
            "n": 3 if found is None else 30,
        }
        for name, found in values.items()
    ]


def tables(**rows: list[dict[str, Any]]) -> ReportTables:
    return replace(demo_tables(), more={name: frame(name, found) for name, found in rows.items()})


def words(section: Section | None) -> str:
    assert section is not None
    return render_terminal(section, Phrases("zh", context()))


def of_importance(rows: list[dict[str, Any]], **values: Any) -> Section | None:
    told = context(**values)
    return importance.section(tables(drivers=rows), told, Phrases("zh", told))


def of_expectation(rows: list[dict[str, Any]]) -> Section | None:
    return expectation.section(tables(expectations=rows), context(), Phrases("zh", context()))


def test_importance_says_what_moves_the_rating_and_what_to_do() -> None:
    section = of_importance([*DRIVERS, *RIVAL])
    assert section is not None
    assert "样本够比较的 5 类体验里，最影响打分的是服务" in section.lead
    assert "相差 4.1 分（3.7–4.5" in section.lead
    assert "服务是必备项" in section.lead
    assert "便利性是魅力项" in section.lead


def test_importance_lists_the_most_important_first_and_types_in_plain_words() -> None:
    section = of_importance(DRIVERS)
    assert section is not None
    (table,) = [block for block in section.blocks if isinstance(block, Table)]
    found = {row[0].text: row for row in table.rows}
    assert list(found) == ["服务", "产品", "便利性", "品牌形象", "价格", "关系"]
    types = {name: row[-1].text for name, row in found.items()}
    assert types["服务"] == "必备"
    assert types["产品"] == "期望"
    assert types["便利性"] == "魅力"
    assert types["价格"] == "无差异"
    assert types["品牌形象"] == "可能只是评分封顶所致"
    assert found["关系"][1].under == "批评的人太少"


def test_importance_shows_rivals_folded_and_what_the_ratings_are_worth() -> None:
    section = of_importance([*DRIVERS, *RIVAL], data_notes=(NOTE,))
    assert section is not None
    (folded,) = [block for block in section.blocks if isinstance(block, Details)]
    assert isinstance(folded.blocks[0], Table)
    assert folded.blocks[0].head == ("类别", "北岭")
    assert any(isinstance(block, Note) and block.caution and NOTE in block.text for block in section.blocks)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("no_ratings", "没有带评分的评论"),
        ("same_rating", "所有评分都一样"),
        ("few_ratings", "带评分的评论太少"),
    ],
)
def test_importance_says_why_there_is_no_figure(reason: str, said: str) -> None:
    section = of_importance(silent(reason))
    assert section is not None
    assert said in section.lead
    assert not section.blocks


def test_a_survey_is_told_to_come_first() -> None:
    assert "差距一律用问卷" in words(of_importance(DRIVERS))
    assert "差距一律用问卷" in words(of_expectation(expected("price", 7.0, 8.0)))


def test_expectation_shows_each_contribution() -> None:
    shown = [*expected("price", 7.0, 8.0), *expected("service", 6.0, 5.5), *expected("brand", None, None)]
    section = of_expectation(shown)
    assert section is not None
    assert "期望最高的是价格，推算为 7.0（6.5–7.5），其中抬得最高的是客户自述（8.0）" in section.lead
    (table,) = [block for block in section.blocks if isinstance(block, Table)]
    rows = {row[0].text: row for row in table.rows}
    assert list(rows) == ["服务", "价格", "品牌形象"]
    assert [cell.text for cell in rows["价格"]] == ["价格", "7.0", "6.0", "—", "—", "—", "8.0"]
    assert rows["价格"][2].under == "50%，30 条"
    assert rows["价格"][3].under == "3 条，太少"


def test_expectation_without_any_determinant_says_so() -> None:
    section = of_expectation(expected("price", None, None))
    assert section is not None
    assert "假定值" in section.lead
    assert not section.blocks


def test_without_tables_there_are_no_sections() -> None:
    phrases = Phrases("zh", context())
    assert importance.section(demo_tables(), context(), phrases) is None
    assert expectation.section(demo_tables(), context(), phrases) is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_stand_on_the_page(language: Any) -> None:
    told = tables(drivers=[*DRIVERS, *RIVAL], expectations=expected("price", 7.0, 8.0))
    page = render_html(told, context(), language)
    assert 'id="importance"' in page
    assert 'id="expectation"' in page
