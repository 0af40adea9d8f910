"""The section on rivals: the answer first, both sides' words, and nothing said without evidence."""

from typing import Any

import pytest
from report_factories import comment_row, context, feedback_row, frame, opinion_row, tables

from cem_nlp.report import ReportTables
from cem_nlp.report.blocks import Details, Note, Quotes, Section, Table
from cem_nlp.report.blocks_text import render_terminal
from cem_nlp.report.inputs import ReportContext
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.rivalry import places
from cem_nlp.report.sections.comparison import section
from cem_nlp.vocabulary import ALL

OWN = "澄居"
NOTES = ("平台按好评、差评配额展示。",)


def row(rival: str, difference: float | None, verdict: str, **values: Any) -> dict[str, Any]:
    """Return a row of `comparisons`; dimensions not given are 'all'."""
    named = [name for name in ("touchpoint", "category", "topic") if name in values]
    grain = {"category×topic": "category×topic"}.get("×".join(named), "×".join(named) or "total")
    measures: dict[str, Any] = {}
    if difference is not None:
        for name, value in (
            ("experience", 5 + difference),
            ("experience_rival", 5.0),
            ("difference", difference),
        ):
            measures |= {name: value, f"{name}_low": value - 0.5, f"{name}_high": value + 0.5}
        measures |= {"p_value": 0.001, "q_value": 0.01}
    return {
        "grain": grain,
        "brand": OWN,
        "rival": rival,
        **dict.fromkeys(("category", "touchpoint", "topic"), ALL),
        "n_mentions": 1234,
        "n_rival": 567,
        "covered": 0.8,
        "covered_rival": 0.9,
        "effective_n": 1000.0,
        "effective_n_rival": 500.0,
        "verdict": verdict,
        **measures,
        **values,
    }


ROWS = [
    row(ALL, -1.2, "worse", rank=3, rank_low=2, rank_high=3, n_ranked=3),
    row("北岭", -1.5, "worse"),
    row("禾悦", 0.1, "no_evidence", q_value=0.7),
    row("小铺", None, "suppressed"),
    row(ALL, -2.0, "worse", category="service", rank=3, rank_low=3, rank_high=3, n_ranked=3),
    row("北岭", -2.0, "worse", category="service"),
    row(ALL, 0.9, "better", category="product", rank=1, rank_low=1, rank_high=2, n_ranked=3),
    row(ALL, -2.5, "worse", touchpoint="after", category="service"),
    row("北岭", -2.6, "worse", touchpoint="after", category="service"),
    row("禾悦", 2.6, "better", touchpoint="install", category="service"),
    row("北岭", -2.6, "worse", touchpoint="install", category="service"),
    row("禾悦", 1.9, "better", category="product", topic="cooling"),
]
SAID = [
    ("售后三次上门都没有修好，推来推去", "没有修好，推来推去", OWN, "negative", "after", "service"),
    ("师傅当天就来修好了，态度非常好", "当天就来修好了，态度非常好", "北岭", "positive", "after", "service"),
    ("制冷特别快，十分钟就凉下来", "十分钟就凉下来", OWN, "positive", "use", "product"),
    ("开了一个小时还是不凉快，制冷差", "一个小时还是不凉快", "禾悦", "negative", "use", "product"),
    ("下单的时候优惠券用不了很生气", "优惠券用不了", "别家", "positive", "after", "service"),
]


def said_tables(rows: list[dict[str, Any]]) -> ReportTables:
    opinions = [
        opinion_row(n, text, evidence, polarity=polarity, touchpoint=touchpoint, category=category)
        | {"topic": "cooling" if category == "product" else None}
        for n, (text, evidence, _, polarity, touchpoint, category) in enumerate(SAID)
    ]
    feedback = [feedback_row(n, text, brand=brand) for n, (text, _, brand, *_) in enumerate(SAID)]
    plain = tables(opinions=opinions, feedback=feedback, comments=[comment_row(n) for n in range(len(SAID))])
    return ReportTables(
        **{name: getattr(plain, name) for name in ReportTables.__slots__ if name != "more"},
        more={"comparisons": frame("comparisons", rows)},
    )


def built(rows: list[dict[str, Any]], language: Any = "zh") -> tuple[Section, str]:
    about: ReportContext = context(data_notes=NOTES)
    phrases = Phrases(language, about)
    found = section(said_tables(rows), about, phrases)
    assert found is not None
    return found, render_terminal(found, phrases)


def test_the_answer_comes_first() -> None:
    found, _ = built(ROWS)
    assert found.lead == (
        "澄居总体比行业低 1.2 分（范围 −1.7 至 −0.7），在 3 个品牌中排第 3（范围第 2 至第 3）。"
        "澄居总体差于北岭，与禾悦看不出差别。"
        "差得最多且有把握的是售后维修 · 服务，好得最多且有把握的是产品 · cooling。"
    )


def test_tables_name_what_was_compared() -> None:
    found, text = built(ROWS)
    rivals, categories, weak, strong = (block for block in found.blocks if isinstance(block, Table))
    assert [line[0].text for line in rivals.rows] == ["行业", "北岭", "禾悦"]
    assert [cell.text for cell in rivals.rows[1]] == ["北岭", "更差", "−1.5", "无", "服务", "1,234 / 567"]
    assert [(cell.text, cell.tone) for cell in rivals.rows[2]][1] == ("看不出差别", "quiet")
    assert [cell.text for cell in categories.rows[0]] == ["产品", "更好", "5.9", "5.0", "+0.9", "第 1 / 3"]
    assert [(line[0].text, line[4].text) for line in weak.rows] == [("售后维修 · 服务", "行业、北岭")]
    assert [(line[0].text, line[4].text) for line in strong.rows] == [("产品 · cooling", "禾悦")]
    assert "意见太少而没有下结论：小铺" in text


def test_both_sides_speak_and_nobody_else() -> None:
    found, _ = built(ROWS)
    quotes = {
        block.title: [quote.brand for quote in block.quotes]
        for details in found.blocks
        if isinstance(details, Details)
        for block in details.blocks
        if isinstance(block, Quotes)
    }
    assert quotes == {
        "弱项 售后维修 · 服务：澄居的客户怎么抱怨": [OWN],
        "弱项 售后维修 · 服务：对手的客户怎么夸": ["北岭"],
        "强项 产品 · cooling：澄居的客户怎么夸": [OWN],
        "强项 产品 · cooling：对手的客户怎么抱怨": ["禾悦"],
    }


def test_what_a_key_point_says_of_one_rival_stands_in_a_table() -> None:
    section, text = built(ROWS)
    folded = [block for block in section.blocks if isinstance(block, Details)]
    (pairs,) = (block for details in folded for block in details.blocks if isinstance(block, Table))
    assert pairs.head == ("类别", "北岭")
    assert [(line[0].text, line[1].text, line[1].under) for line in pairs.rows] == [
        ("服务", "−2.0", "−2.5 至 −1.5")
    ]
    assert "六类体验：澄居对每个对手的相差（分）" in text
    alone = [line for line in ROWS if line["grain"] != "category" or line["rival"] == ALL]
    assert "每个对手的相差" not in built(alone)[1]


def test_notes_say_how_sure_and_what_is_wrong_with_the_data() -> None:
    found, text = built(ROWS)
    cautions = [block.text for block in found.blocks if isinstance(block, Note) and block.caution]
    assert cautions == list(NOTES)
    for said in (
        "澄居的意见有 80% 可比",
        "一共比较了 11 处",
        "至多 5% 出于偶然",
        "不到 0.3 分的差距不算好坏",
        "不足 20 条独立意见",
    ):
        assert said in text


def test_a_cell_with_both_verdicts_is_neither_strength_nor_weakness() -> None:
    found = places(frame("comparisons", ROWS))
    shown = {place.touchpoint for verdict in found.values() for place in verdict}
    assert shown == {"after", ALL}


def test_the_industry_decides_where_it_differs() -> None:
    rows = [
        row(ALL, 1.0, "better", category="price", topic="fee"),
        row("乙", -1.0, "worse", category="price", topic="fee"),
    ]
    found = places(frame("comparisons", rows))
    assert [place.rivals for place in found["better"]] == [(ALL,)]
    assert found["worse"] == ()


def test_too_little_said_of_everybody_is_no_verdict() -> None:
    found, text = built([row(ALL, None, "suppressed"), row("北岭", None, "suppressed")])
    assert found.lead == "澄居与对手可比的意见太少，还不能下结论。"
    assert "没有一处确知好于行业或对手" in text
    assert "没有一处确知差于行业或对手" in text


def test_a_sure_difference_that_is_too_small_is_called_small() -> None:
    rows = [
        row(ALL, 0.2, "no_evidence"),
        row("北岭", 0.2, "no_evidence"),
        row("禾悦", 0.1, "no_evidence", q_value=0.4),
    ]
    found, _ = built(rows)
    assert found.lead == (
        "澄居总体与行业差别很小（+0.2，范围 −0.3 至 +0.7）。澄居总体与北岭差别很小，与禾悦看不出差别。"
    )


def test_without_rows_there_is_no_section() -> None:
    about = context()
    assert section(said_tables([]), about, Phrases("zh", about)) is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_is_printed_in_both_languages(language: str) -> None:
    _, text = built(ROWS, language)
    assert "nan" not in text
    assert "{" not in text
    assert "-1.2 (-1.7" in text


def test_two_own_brands_have_a_part_each() -> None:
    second = [{**line, "brand": "澄居二"} for line in ROWS]
    _, text = built(ROWS + second)
    assert "澄居二总体比行业低 1.2 分" in text
    assert text.index("澄居总体比行业") < text.index("澄居二总体比行业")
