"""What real nights are like: nothing, too much, hostile names. Every rendering copes, in both languages."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from report_factories import (
    OWN,
    comment_row,
    context,
    feedback_row,
    gap,
    opinion_row,
    quarantine_row,
    score,
    source_row,
    tables,
)
from report_page import read

from cem_nlp.language import Language
from cem_nlp.report import (
    ModelQuality,
    ReportContext,
    ReportTables,
    render_html,
    render_markdown,
    render_terminal,
)
from cem_nlp.vocabulary import ALL, CATEGORIES, TOUCHPOINTS, UNKNOWN

HOSTILE = '<script>alert("1")</script>|*_`[x](y)\u202egnp\u2066.exe\x00\x1b[31m'


def brand_scores(*brands: str, positive: int = 9, negative: int = 3) -> list[dict[str, object]]:
    return [
        score(brand=brand, category=category, positive=positive, negative=negative)
        for brand in brands
        for category in (ALL, *CATEGORIES)
    ]


def said(text: str, evidence: str, **values: object) -> dict[str, list[dict[str, object]]]:
    return {
        "feedback": [feedback_row(1, text, **values)],
        "opinions": [opinion_row(1, text, evidence)],
        "comments": [comment_row(1)],
    }


EDGES: Mapping[str, Callable[[], ReportTables]] = {
    "nothing at all": tables,
    "one brand only": lambda: tables(scores=brand_scores(OWN)),
    "only rivals": lambda: tables(scores=brand_scores("北岭", "禾悦")),
    "no brand is named": lambda: tables(scores=brand_scores(UNKNOWN)),
    "nothing but suppressed cells": lambda: tables(
        scores=[
            *brand_scores(OWN, "北岭", positive=1, negative=1),
            score(brand=OWN, touchpoint="use", category="product", positive=1),
            score(brand=OWN, period="2026-W35", category="product", positive=1),
        ]
    ),
    "no dates": lambda: tables(scores=brand_scores(OWN), **said("噪音很大", "噪音很大", day=None)),
    "gaps without a key experience": lambda: tables(gaps=[gap("price", 5.0, None, None)]),
    "touchpoint, kind and reason without a name": lambda: tables(
        scores=[*brand_scores(OWN), score(brand=OWN, touchpoint="kiosk", category="price", positive=9)],
        sources=[source_row("a.csv", 1, 0, 1, 0, kind="diary")],
        quarantine=[quarantine_row(2, "new_reason")],
    ),
    "hostile names": lambda: tables(
        scores=[*brand_scores(OWN, HOSTILE), score(brand=OWN, touchpoint=HOSTILE, positive=9)],
        gaps=[gap("price", 4.0, 6.0, 8.0, product=HOSTILE, segment=HOSTILE, is_key_experience=True)],
        sources=[source_row(HOSTILE, 1, 1, 0, 0)],
        quarantine=[quarantine_row(2, HOSTILE, file=HOSTILE, column=HOSTILE, valid=HOSTILE)],
        **said(f"太吵了{HOSTILE}真的", f"吵了{HOSTILE}", product=HOSTILE),
    ),
}


@pytest.fixture(params=EDGES)
def edge(request: pytest.FixtureRequest) -> ReportTables:
    return EDGES[request.param]()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("own", [(OWN,), (), (OWN, "澄居优选")], ids=["own", "none own", "two own"])
def test_every_rendering_copes(edge: ReportTables, own: tuple[str, ...], language: Language) -> None:
    run = context(own=own, data_notes=(HOSTILE,))
    html = render_html(edge, run, language)
    page = read(html)
    assert len(page.all("section")) == 7
    assert all(point.text for point in page.section("points").all("article"))
    markdown = render_markdown(edge, run, language)
    assert "<script" not in html + markdown
    for text in (html, markdown, terminal(edge, run, language)):
        assert "None" not in text
        assert "nan" not in text.lower()
        assert not set("\u202e\u2066\x00\x1b") & set(text)


def terminal(edge: ReportTables, run: ReportContext, language: Language = "zh") -> str:
    return render_terminal(edge, run, language, Path("w/current/report.html"), Path("w"))


def test_names_stay_readable_when_escaped() -> None:
    page = read(render_html(EDGES["hostile names"](), context()))
    assert '<script>alert("1")</script>|*_`[x](y)gnp.exe[31m' in [
        b.text for b in page.section("scores").all("bdi")
    ]
    (quote,) = page.section("quotes").all("blockquote")
    assert quote.one("mark").text == '吵了<script>alert("1")</script>|*_`[x](y)gnp.exe[31m'
    assert quote.one("p").text.startswith("太吵了<script>")


def test_the_markdown_table_keeps_its_columns() -> None:
    text = render_markdown(EDGES["hostile names"](), context())
    lines = [line for line in text.splitlines() if line.startswith("|")]
    columns = {line.replace("\\|", "").count("|") for line in lines}
    assert columns == {4, 7}
    assert "&lt;script&gt;" in text


def test_too_few_opinions_are_unknown_not_fine() -> None:
    points = read(render_html(EDGES["nothing but suppressed cells"](), context())).section("points")
    headlines = [node.text for node in points.all("p", "headline")]
    assert headlines[:4] == ["未知", "未知", "未知", "未知"]
    assert not points.all(kind="sore")
    assert [row.text for row in points.all("span", "value")] == ["样本不足 (n=2)", "样本不足 (n=2)"]


def test_an_own_brand_nobody_mentions_stays_in_the_report() -> None:
    page = read(render_html(EDGES["only rivals"](), context()))
    assert page.one("h1").text == "澄居的客户体验"
    assert "澄居只有 0 条意见，不足以打分" in page.section("points").text
    assert page.section("scores").text.count("无人提及") >= 7


def test_without_an_own_brand_the_most_mentioned_one_leads() -> None:
    scores = [*brand_scores("禾悦"), *brand_scores("北岭", positive=20)]
    page = read(render_html(tables(scores=scores), context(own=())))
    assert "以提及最多的北岭为主" in page.section("points").text
    assert page.one("h1").text == "北岭的客户体验"


def test_unnamed_brands_are_counted_not_compared() -> None:
    page = read(render_html(tables(scores=brand_scores(OWN, UNKNOWN)), context()))
    assert "数据里没有别的品牌" in page.section("points").text
    assert "另有 12 条意见没有注明品牌" in page.section("scores").text


def test_forty_brands_show_the_most_mentioned_rivals() -> None:
    rivals = [f"对手{number:02d}" for number in range(39)]
    scores = [row for n, rival in enumerate(rivals) for row in brand_scores(rival, positive=10 + n)]
    night = tables(scores=[*brand_scores(OWN), *scores])
    page = read(render_html(night, context()))
    shown = [
        row.one("bdi").text
        for row in page.section("scores").one("table", "scores").all("tbody")[0].all("tr")[1:]
    ]
    assert shown == [OWN, "对手38", "对手37", "对手36", "对手35", "对手34"]
    assert "另有 34 个品牌提及较少" in page.section("scores").text
    printed = terminal(night, context())
    assert "另有 35 个品牌提及较少" in printed
    assert "对手34" not in printed


def test_two_hundred_products_stay_small() -> None:
    rows = [
        gap(category, 5.0, 6.0, 7.0, product=f"商品{n:03d}", is_key_experience=category == "price")
        for n in range(200)
        for category in CATEGORIES
    ]
    heat = [
        score(brand=OWN, touchpoint=touchpoint, category=category, positive=6, negative=2)
        for touchpoint in TOUCHPOINTS
        for category in CATEGORIES
    ]
    html = render_html(tables(scores=[*brand_scores(OWN), *heat], gaps=rows), context())
    assert len(html.encode()) < 600_000
    assert "另有 188 组产品与客群未列出" in read(html).section("gaps").text


def test_a_comment_of_a_megabyte_is_quoted_in_short() -> None:
    text = "前" * 500_000 + "空调漏水漏了一地" + "后" * 500_000
    night = tables(scores=brand_scores(OWN), **said(text, "空调漏水漏了一地"))
    (quote,) = read(render_html(night, context())).section("quotes").all("blockquote")
    assert quote.one("p").text == "…" + "前" * 70 + "空调漏水漏了一地" + "后" * 70 + "…"


def test_surveyed_products_of_rivals_are_not_ours() -> None:
    night = tables(
        feedback=[feedback_row(1, "好", product="云洗"), feedback_row(2, "好", product="N8", brand="北岭")],
        gaps=[gap("price", 4.0, 6.0, 8.0, brand=ALL, product=name) for name in ("云洗", "N8", "新品")],
    )
    titles = [node.text for node in read(render_html(night, context())).section("gaps").all("figcaption")]
    assert [title.split("：")[0] for title in titles] == ["云洗", "新品"]


def test_the_first_own_brand_leads_the_gaps() -> None:
    gaps = [gap("price", 4.0, 6.0, 8.0, brand=name) for name in ("北岭", OWN, "澄居优选")]
    for own, expected in {("澄居优选", OWN): ["澄居优选", OWN], (): ["北岭"]}.items():
        page = read(render_html(tables(scores=brand_scores("北岭"), gaps=gaps), context(own=own)))
        titles = [node.text.split("：")[0] for node in page.section("gaps").all("figcaption")]
        assert titles == expected


def test_quality_by_category_is_listed_where_given() -> None:
    quality = ModelQuality(0.8, "dev", 1112, {"price": 0.82})
    page = read(render_html(tables(), context(model_quality=quality)))
    assert page.section("method").one("table").rows() == [["类别", "F1"], ["价格", "0.82"]]
