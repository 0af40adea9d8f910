import base64
import hashlib
import re
from dataclasses import replace

from report_factories import (
    NIGHT,
    OWN,
    RIVALS,
    comment_row,
    context,
    demo_context,
    feedback_row,
    gap,
    opinion_row,
    score,
    tables,
)
from report_page import Node, read

from cem_nlp.report import ReportTables, render_html
from cem_nlp.vocabulary import ALL, CATEGORIES, TOUCHPOINTS

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def cell_of(demo: ReportTables, **values: str) -> dict[str, object]:
    """The one row of `scores` with these values and 'all' elsewhere."""
    rows = demo.scores
    for name in ("period", "brand", "product", "kind", "channel", "touchpoint", "category", "segment"):
        rows = rows[rows[name] == values.get(name, ALL)]
    (row,) = rows.to_dict("records")
    return row


def test_the_page_asks_nothing_of_the_outside(demo_html: str, demo_page: Node) -> None:
    policy = next(m for m in demo_page.all("meta") if "http-equiv" in m.attributes).attributes["content"]
    style = demo_page.one("style")
    digest = base64.b64encode(hashlib.sha256("".join(map(str, style.children)).encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy
    assert not {node.tag for node in demo_page.all()} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "base",
        "form",
    }
    for node in demo_page.all():
        assert not {"src", "style", "srcset", "action"} & set(node.attributes), node
        assert not [name for name in node.attributes if name.startswith("on")], node
        assert node.attributes.get("href", "#").startswith("#"), node
    assert not re.search(r"(?i)https?:|url\(|@import|data:", demo_html)


def test_links_lead_to_the_seven_sections_in_order(demo_page: Node) -> None:
    ids = [node.attributes["id"] for node in demo_page.all() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    sections = [node.attributes["id"] for node in demo_page.all("section")]
    assert sections == ["points", "scores", "trend", "heat", "quotes", "gaps", "method"]
    assert [f"#{name}" for name in sections] == [a.attributes["href"] for a in demo_page.one("nav").all("a")]


def test_tables_and_charts_speak_to_screen_readers(demo_page: Node) -> None:
    for head in demo_page.all("th"):
        assert head.attributes["scope"] in {"col", "row", "rowgroup"}
    for table in demo_page.all("table"):
        assert table.all("caption") or "compact" in table.classes
    charts = [svg for svg in demo_page.all("svg") if "mark" not in svg.classes]
    assert len(charts) > 40
    for svg in charts:
        spoken = svg.attributes.get("role") == "img" and svg.attributes["aria-label"].strip()
        assert spoken or svg.attributes.get("aria-hidden") == "true"


def test_scores_and_ranges_are_those_of_the_table(demo_page: Node, demo_tables: ReportTables) -> None:
    groups = demo_page.section("scores").one("table", "scores").all("tbody")
    assert len(groups) == 7
    for category, group in zip((ALL, *CATEGORIES), groups, strict=True):
        rows = {row.all("bdi")[0].text: row for row in group.all("tr")[1:]}
        assert list(rows) == [OWN, *RIVALS]
        for brand, row in rows.items():
            cell = cell_of(demo_tables, brand=brand, category=category)
            assert row.one("td", "score").text == f"{cell['experience']:.1f}"
            assert row.one("td", "range").text == f"{cell['low']:.1f}–{cell['high']:.1f}"
            counts = f"{cell['positive']} / {cell['neutral']} / {cell['negative']}"
            assert [td.text for td in row.all("td", "num")][2:] == [str(cell["n_mentions"]), counts]


def test_heat_cells_hold_value_and_count_or_why_not(demo_page: Node, demo_tables: ReportTables) -> None:
    heat = demo_page.section("heat").one("table", "heat")
    codes = {name.zh: code for code, name in TOUCHPOINTS.items()}
    kinds = set()
    for row in heat.all("tr")[1:]:
        touchpoint = codes[row.one("th").text]
        for category, td in zip((ALL, *CATEGORIES), row.all("td"), strict=True):
            if td.text == "无人提及":
                kinds.add("empty")
                continue
            cell = cell_of(demo_tables, brand=OWN, touchpoint=touchpoint, category=category)
            whole = cell_of(demo_tables, brand=OWN, touchpoint=touchpoint, category=ALL)
            cell = whole if whole["n_mentions"] == cell["n_mentions"] else cell
            value = "样本不足" if cell["suppressed"] else f"{cell['experience']:.1f}"
            kinds.add(value == "样本不足")
            assert [span.text for span in td.all("span")] == [value, f"n={cell['n_mentions']}"]
            assert any(name.startswith("h") for name in td.classes) != cell["suppressed"]
    assert kinds == {"empty", True, False}


def test_the_seven_steps_show_each_value_with_its_origin() -> None:
    # The Hong Kong electronics retailer of the method: only these cells are known.
    known = {
        "product": (6, 7),
        "service": (6, None),
        "relationship": (4, None),
        "price": (7, 7),
        "brand": (7, 7),
    }
    rows = [gap(name, experience, expectation, None) for name, (experience, expectation) in known.items()]
    rows.append(gap("convenience", 5, 7, 9, is_key_experience=True, ideal=10.0, gap=-5.0))
    page = read(render_html(tables(gaps=rows), context()))
    section = page.section("gaps")
    body = section.one("table", "seven").all("tbody")[0]
    steps = {
        row.one("th").text.split()[0]: [td.one("span", "v").text for td in row.all("td")]
        for row in body.all("tr")
    }
    assert steps["2a"] == ["6.0", "6.0", "4.0", "7.0", "5.0", "7.0"]
    assert steps["2b"] == ["7.0", "–", "–", "7.0", "7.0", "7.0"]
    assert steps["2c"] == ["−1.0", "–", "–", "0.0", "−2.0", "0.0"]
    assert steps["2d"] == ["–", "–", "–", "–", "9.0", "–"]
    assert steps["3"] == ["–", "–", "–", "–", "−18.0", "–"]
    assert steps["4a"][4] == "10.0"
    assert steps["4b"][4] == "−5.0"
    first = section.all(kind="steps-row")[1]
    assert first.one("span", "name").text == "便利性 关键体验"
    assert [kv.text for kv in first.all("span", "kv")] == [
        "体验 5.0推算",
        "期望 7.0问卷",
        "理想体验 10.0假定",
    ]
    assert "hollow" in first.one("svg", "ideal").classes
    assert "hollow" not in first.one("svg", "expectation").classes


def test_reconciliation_shows_every_file_and_whether_it_adds_up(demo_tables: ReportTables) -> None:
    lost = demo_tables.sources.assign(published=[880, 110, 79])
    page = read(render_html(replace(demo_tables, sources=lost), demo_context()))
    rows = page.section("method").all("table")[0].rows()
    assert rows[1] == ["reviews.csv", "评论", "905", "880", "8", "17", "12", "✓ 相符"]
    assert rows[2][-1] == "✗ 不符"
    assert rows[-1] == ["合计", "", "1,105", "1,069", "11", "18", "12", "✗ 不符"]


def test_only_the_nights_own_files_and_broken_rows_are_listed(demo_tables: ReportTables) -> None:
    other = demo_tables.sources.assign(night="2026-08-31", file="yesterday.csv")
    broken = demo_tables.quarantine.assign(night="2026-08-31")
    html = render_html(replace(demo_tables, sources=other, quarantine=broken), demo_context())
    assert "yesterday.csv" not in html
    assert "没有隔离的行" in html


def test_quarantine_is_grouped_by_reason_with_row_numbers(demo_page: Node) -> None:
    rows = demo_page.section("method").all("table")[1].rows()
    assert rows[1] == ["没有文本", "reviews.csv", "评论内容", "3", "14, 203, 377", ""]
    assert rows[3] == ["评分超出量程", "reviews.csv", "评分", "1", "590", "1–5"]


def test_weeks_without_a_score_break_the_line() -> None:
    weeks = [(31, 8), (32, 9), (33, 2), (34, 7), (35, 8)]
    scores = [
        score(brand=OWN, period=f"2026-W{week}", category="price", positive=n, negative=1)
        for week, n in weeks
    ]
    page = read(render_html(tables(scores=[*scores, score(brand=OWN, positive=9)]), context()))
    chart = page.section("trend").one("svg", "weeks")
    assert len(chart.all("circle")) == 4
    assert len(chart.all("polyline")) == 2
    table = {row[0]: row[1] for row in page.section("trend").one("table").rows()[1:]}
    assert list(table) == ["2026-W35", "2026-W34", "2026-W33", "2026-W32", "2026-W31"]
    assert table["2026-W33"] == "样本不足 (n=3)"


def test_a_chart_of_weeks_names_each_week_it_speaks_of() -> None:
    scores = [score(brand=OWN, period=f"2026-W{week}", category="price", positive=9) for week in (31, 34)]
    page = read(render_html(tables(scores=[*scores, score(brand=OWN, positive=9)]), context()))
    label = page.section("trend").one("svg", "weeks").attributes["aria-label"]
    assert re.findall(r"2026-W\d\d：10.0", label) == ["2026-W31：10.0", "2026-W34：10.0"]


def test_the_running_week_is_hollow() -> None:
    scores = [score(brand=OWN, period=f"2026-W{week}", category="price", positive=9) for week in (35, 36)]
    page = read(render_html(tables(scores=[*scores, score(brand=OWN, positive=9)]), context(night=NIGHT)))
    dots = page.section("trend").one("svg", "weeks").all("circle")
    assert ["hollow" in dot.classes for dot in dots] == [False, True]


def test_method_states_data_notes_quality_and_versions(demo_page: Node) -> None:
    text = demo_page.section("method").text
    for expected in ("样例数据为本项目编写", "F1 为 0.78", "0.1+ab12", "1+cd34", "0.1.0", "少于 5 条意见"):
        assert expected in text


def test_the_english_page_has_no_chinese_but_the_customers(demo_tables: ReportTables) -> None:
    english = {"澄居": "Clear", "北岭": "North", "禾悦": "Happy"}
    translated = ReportTables(
        scores=demo_tables.scores.assign(brand=demo_tables.scores["brand"].replace(english)),
        gaps=demo_tables.gaps.assign(brand="Clear", product="Washer", segment="new").head(6),
        opinions=demo_tables.opinions.head(0),
        feedback=demo_tables.feedback.assign(
            brand=demo_tables.feedback["brand"].replace(english), product="Washer"
        ),
        comments=demo_tables.comments,
        sources=demo_tables.sources,
        quarantine=demo_tables.quarantine.assign(column="date"),
        drift=demo_tables.drift,
    )
    html = render_html(translated, replace(demo_context(), own=("Clear",), data_notes=()), "en")
    assert not CHINESE.findall(html)
    assert read(html).one("html").attributes["lang"] == "en"


def test_one_set_of_opinions_has_one_score_in_the_heat_map() -> None:
    bill = {"brand": OWN, "touchpoint": "bill", "negative": 15}
    scores = [score(**bill, experience=1.1), score(**bill, category="price", experience=0.8)]
    page = read(render_html(tables(scores=[*scores, score(brand=OWN, negative=15)]), context()))
    heat = page.section("heat")
    assert [td.text for td in heat.all("td") if "n=15" in td.text] == ["1.1n=15", "1.1n=15"]
    assert "收缩" in heat.text


def test_near_duplicates_count_in_none_of_the_counts_but_their_own() -> None:
    feedback = [feedback_row(n, "质量差", duplicate_of="f000001" if n > 3 else None) for n in range(1, 6)]
    opinions = [opinion_row(n, "质量差", "质量差") for n in range(1, 6)]
    comments = [comment_row(n) for n in range(1, 6)]
    night = tables(
        feedback=feedback, opinions=opinions, comments=comments, scores=[score(brand=OWN, negative=3)]
    )
    page = read(render_html(night, context()))
    assert page.all("p", "facts")[0].text.endswith("3 条反馈，3 条意见（另有 2 条近似重复，不计）")
    assert "依据 3 条反馈里的 3 条意见（另有 2 条近似重复，不计）。" in page.section("points").text
    kinds = next(t for t in page.section("scores").all("table") if "反馈构成" in t.text)
    assert kinds.rows()[1][:2] == [OWN, "3"]
