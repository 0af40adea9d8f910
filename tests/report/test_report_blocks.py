"""A section described once reads the same on the page, in Markdown and on a terminal."""

import re
from datetime import date
from itertools import pairwise

import pytest
from markupsafe import Markup
from report_factories import demo_context, demo_tables

from cem_nlp.report import blocks_text, html, markdown
from cem_nlp.report.blocks import (
    Block,
    Cell,
    Chart,
    Details,
    Heading,
    Note,
    Paragraph,
    Quotes,
    Section,
    Strip,
    Table,
    row,
)
from cem_nlp.report.html import render_html
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.quotes import Quote
from cem_nlp.report.text_tables import display_width

QUOTE = Quote(
    before="等了三天，",
    evidence="没人回电话",
    after="<b>",
    brand="澄居",
    product="空调",
    kind="review",
    touchpoint="after",
    said_on=date(2026, 9, 1),
    probability=0.9,
    topic=None,
    intent=None,
    expectation=None,
)
BLOCKS: tuple[Block, ...] = (
    Heading("分部"),
    Paragraph("一句话"),
    Table(
        "表头说明",
        ("触点", "差距"),
        (row("售后|<i>", Cell("−1.2", "bad", "n=30", Strip(-1.2, -2, -0.4, -5, 5))),),
    ),
    Note("样本不足", caution=True),
    Quotes("原话", (QUOTE,), "bad"),
    Chart(Markup('<svg role="img" aria-label="曲线"></svg>'), "曲线：先高后低"),
    Details("更多", (Paragraph("折叠内容"),)),
)
SECTION = Section("comparison", "与竞品相比", "售后明显更差。", BLOCKS)


@pytest.fixture
def phrases() -> Phrases:
    return Phrases("zh", demo_context())


def test_terminal_says_all(phrases: Phrases) -> None:
    text = blocks_text.render_terminal(SECTION, phrases)
    for said in (
        "与竞品相比",
        "售后明显更差",
        "分部",
        "一句话",
        "表头说明",
        "-1.2 (n=30)",
        "样本不足",
        "没人回电话",
        "先高后低",
    ):
        assert said in text
    assert text.index("更多") < text.index("折叠内容")


def test_markdown_holds_no_words_of_customers() -> None:
    text = "\n".join(blocks_text.render_markdown([SECTION]))
    assert "售后明显更差" in text
    assert "没人回电话" not in text
    assert "<i>" not in text


def test_markdown_says_whose_table_it_is_and_lines_words_up_to_the_left() -> None:
    table = Table("待办", ("发现", "在哪里", "依据"), (row("缺陷点", "售后", "9"),), words=frozenset({1}))
    section = Section(
        "owners", "各部门", "先办售后。", (Heading("售后_部"), table, Table("", ("一",), (row("二"),)))
    )
    pieces = blocks_text.render_markdown([section])
    assert pieces == [
        "## 各部门",
        "先办售后。",
        "### 售后\\_部",
        "**待办**",
        "| 发现 | 在哪里 | 依据 |\n| --- | --- | ---: |\n| 缺陷点 | 售后 | 9 |",
        "| 一 |\n| --- |\n| 二 |",
    ]


def test_markdown_keeps_the_order_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    sections = {name: Section(name, f"节 {name}", "一句。", ()) for name in ("cost", "topics", "decision")}
    monkeypatch.setattr(markdown, "build_sections", lambda *given: sections)
    text = markdown.render_markdown(demo_tables(), demo_context())
    places = [text.index(f"## {title}") for title in ("节 decision", "得分表", "节 topics", "节 cost")]
    assert places == sorted(places)


def test_page_shows_every_block_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "build_sections", lambda *given: {SECTION.name: SECTION})
    page = render_html(demo_tables(), demo_context())
    assert page.index('href="#scores"') < page.index('href="#comparison"') < page.index('href="#heat"')
    for said in ("售后明显更差。", "一句话", "表头说明", "折叠内容", "样本不足", "没人回电话"):
        assert said in page
    assert "售后|<i>" not in page
    assert "<b>" not in page.split("没人回电话")[1][:40]


def test_markdown_leaves_out_what_is_empty() -> None:
    table, empty = Table("对手", ("对手",), (row("甲"),)), Table("空表", ("对手",), ())
    blocks = (Heading("有表"), table, Heading("无表"), Paragraph("没有。"), empty)
    text = "\n".join(blocks_text.render_markdown([Section("topics", "话题", "一句。", blocks)]))
    assert "### 有表\n**对手**" in text
    assert "无表" not in text
    assert "空表" not in text


def test_no_level_of_headings_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    section = Section("comparison", "与竞品相比", "差。", (Quotes("原话", (QUOTE,)),))
    monkeypatch.setattr(html, "build_sections", lambda *given: {section.name: section})
    page = render_html(demo_tables(), demo_context())
    levels = [1, *map(int, re.findall(r"<h([1-6])", page))]
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_a_crooked_table_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        Table("表", ("一", "二"), (row("只有一格"),))


def test_what_folds_away_under_its_own_caption_is_named_once(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table("分产品", ("产品", "得分"), (row("柜机", "1.2"), row("挂机", "3.4")))
    section = Section("comparison", "与竞品相比", "差。", (Details("分产品", (table, Paragraph("完"))),))
    text = blocks_text.render_terminal(section, Phrases("zh", demo_context()))
    assert text.splitlines().count("分产品") == 1
    monkeypatch.setattr(html, "build_sections", lambda *given: {section.name: section})
    page = render_html(demo_tables(), demo_context())
    assert "<summary>分产品</summary>" in page
    assert "<caption>分产品</caption>" not in page
    assert "柜机" in page


def test_rows_that_differ_at_their_end_stay_apart_on_a_terminal() -> None:
    rows = [row(f"the won-back rate of complainers rose from 38% to {to}%", "1") for to in (48, 58)]
    section = Section("cost", "Cost", "Lead.", (Table("Levers", ("what if", "lost"), tuple(rows)),))
    text = blocks_text.render_terminal(section, Phrases("en", demo_context()))
    assert "to 48%" in text
    assert "to 58%" in text


@pytest.mark.parametrize("separator", ["；", "; ", "，"])
def test_a_wide_cell_goes_on_in_another_line_of_a_terminal(separator: str) -> None:
    places = [f"售后维修{number}处 {number / 10:.1f} · 缺陷" for number in range(10, 22)]
    rows = (row("电话", separator.join(places), "1"), row("网上", "短", "2"))
    table = Table("矩阵", ("渠道", "阶段", "数"), rows, frozenset({1}))
    section = Section("touchpoints", "触点", "句。", (table,))
    text = blocks_text.render_terminal(section, Phrases("zh", demo_context()))
    assert ".." not in text
    joined = re.sub(r"\s", "", text)
    assert all(re.sub(r"\s", "", place) in joined for place in places)
    assert max(display_width(line) for line in text.splitlines()) < 80


def test_a_word_wider_than_its_column_is_broken_not_lost() -> None:
    rows = (row("电话" * 50, "1"),)
    section = Section("touchpoints", "触点", "句。", (Table("矩阵", ("渠道", "数"), rows),))
    text = blocks_text.render_terminal(section, Phrases("zh", demo_context()))
    assert text.count("电话") == 50
