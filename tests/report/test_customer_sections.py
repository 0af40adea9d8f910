"""The sections on customers, perception, listening and themes: the answer first, nothing without evidence."""

from dataclasses import replace
from typing import Any

from report_factories import context, frame, tables

from cem_nlp.language import Bilingual
from cem_nlp.report.blocks import Section, Table
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections import listening, perception, segments, themes

NAMES = (
    "portfolio",
    "portfolio_moves",
    "target_scores",
    "perception",
    "benchmarks",
    "listening",
    "unheard",
    "themes",
)
CONTEXT = replace(
    context(), themes={"trust": Bilingual("信任", "trust"), "choice": Bilingual("选择", "choice")}
)


def published(**rows: list[dict[str, Any]]) -> ReportTables:
    return replace(tables(), more={name: frame(name, rows.get(name, [])) for name in NAMES})


def said(builder: Any, given: ReportTables, about: ReportContext = CONTEXT) -> Section:
    section = builder.section(given, about, Phrases("zh", about))
    assert isinstance(section, Section)
    return section


def cells(section: Section) -> list[str]:
    return [
        cell.text
        for block in section.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
    ]


def customers(kind: str, n: int, share: float | None, axis: str = "value", **values: Any) -> dict[str, Any]:
    row = {
        "dimension": "all",
        "group": "all",
        "kind": kind,
        "n_customers": n,
        "share": share,
        "n_mentions": 0,
    }
    ends = {} if share is None else {"share_low": share - 0.1, "share_high": share + 0.1}
    return row | ends | {"axis": axis} | values


def theme(name: str, **values: Any) -> dict[str, Any]:
    row = {"brand": "澄居", "is_own": True, "theme": name, "level": 1, "life_cycle": "all", "n_comments": 30}
    row |= {"share": 0.1, "share_low": 0.05, "share_high": 0.15, "experience": 3.0, "experience_low": 2.0}
    row |= {"experience_high": 4.0, "satisfaction_by": "rating", "satisfaction_verdict": "suppressed"}
    row |= {"satisfaction_n": 30, "repurchase_n": 30}
    return row | {"repurchase_verdict": "suppressed"} | values


def test_customers_at_risk_come_first_with_their_share_and_value() -> None:
    rows = [
        customers("all", 30, None),
        customers("model", 10, 0.5),
        customers("at_risk", 10, 0.5, value_share=0.4),
    ]
    moved = {"dimension": "all", "group": "all", "kind_before": "model", "kind": "at_risk", "n_customers": 4}
    section = said(segments, published(portfolio=rows, portfolio_moves=[moved]))
    assert "20 位客户里，10 位价值高却不满意（50%，范围 40%–60%），他们占全部客户价值的 40%" in section.lead
    assert "4 位从满意转为不满意，0 位从不满意转为满意" in section.lead


def test_contacts_are_never_passed_off_as_value() -> None:
    rows = [customers("all", 30, None, "contacts"), customers("at_risk", 10, 1.0, "contacts")]
    assert "联系多不等于价值高" in said(segments, published(portfolio=rows)).lead


def test_a_feedback_without_customers_gets_a_sentence() -> None:
    section = said(segments, published())
    assert "没有自有品牌的客户编号" in section.lead
    assert section.blocks == ()
    assert segments.section(tables(), CONTEXT, Phrases("zh", CONTEXT)) is None
    assert segments.section(published(), replace(CONTEXT, own=()), Phrases("zh", CONTEXT)) is None


def test_the_widest_gap_of_perception_and_the_benchmark_in_points() -> None:
    gap = {
        "brand": "澄居",
        "department": "all",
        "n_ratings": 1,
        "own_rating": 8.0,
        "experience_from": "derived",
    }
    rows = [
        gap
        | {
            "category": "price",
            "experience": 6.0,
            "gap": 2.0,
            "gap_low": 1.0,
            "gap_high": 3.0,
            "verdict": "higher",
        },
        gap
        | {
            "category": "service",
            "experience": 3.0,
            "gap": 5.0,
            "gap_low": 4.0,
            "gap_high": 6.0,
            "verdict": "higher",
        },
        gap | {"category": "brand", "verdict": "unknown"},
    ]
    mark = {
        "brand": "澄居",
        "reference": "跨国公司",
        "reference_from": "published",
        "category": "all",
        "n_mentions": 9,
    }
    mark |= {"points": -7.1, "points_low": -12.0, "points_high": -3.0, "verdict": "worse"}
    section = said(perception, published(perception=rows, benchmarks=[mark]))
    assert "2 / 3 个类别上自评高于客户；差得最多的是服务：自评 8.0，客户 3.0，高出 5.0" in section.lead
    assert "与跨国公司相比，总体低 7.1 分" in section.lead
    assert "客户无评分" in cells(section)
    assert perception.section(published(), CONTEXT, Phrases("zh", CONTEXT)) is None


def test_what_nobody_is_heard_on_is_named() -> None:
    heard = {
        "pattern": "past",
        "source": "评论",
        "kind": "review",
        "month": "2026-08",
        "n_feedback": 9,
        "n_own": 8,
    }
    silent = {"dimension": "touchpoint", "name": "web", "n_feedback": 0, "n_recent": 0, "status": "silent"}
    section = said(listening, published(listening=[heard | {"rests_on": "source"}], unheard=[silent]))
    assert "事后 8 条（100%）" in section.lead
    assert "没有主动探询需求的渠道" in section.lead
    assert "完全没有听到的：网页与应用。" in section.lead
    never_asked = silent | {"dimension": "pattern", "name": "present"}
    both = published(listening=[heard | {"rests_on": "source"}], unheard=[never_asked, silent])
    assert "完全没有听到的：持续倾听、网页与应用。" in said(listening, both).lead
    nobody = published(listening=[heard | {"rests_on": "source", "n_own": 0}])
    assert listening.section(nobody, CONTEXT, Phrases("zh", CONTEXT)) is None


def test_a_theme_is_tied_to_satisfaction_only_with_evidence() -> None:
    tie = {"satisfaction_effect": 2.0, "satisfaction_effect_low": 1.0, "satisfaction_effect_high": 3.0}
    unsure = said(themes, published(themes=[theme("trust", **tie, satisfaction_verdict="no_evidence")]))
    assert "还没有足够证据" in unsure.lead
    assert "无可靠关系" in cells(unsure)
    sure = said(themes, published(themes=[theme("trust", **tie, satisfaction_verdict="higher")]))
    assert "与满意度确有关系的主题：信任（+2.0）" in sure.lead
    assert "最需要修补的是信任：体验只有 3.0（2.0–4.0）" in sure.lead
    assert "没有人提到：选择。" in [getattr(block, "text", "") for block in sure.blocks]
    assert themes.section(published(), CONTEXT, Phrases("zh", CONTEXT)) is None


def test_a_theme_of_few_comments_is_not_called_foremost() -> None:
    few = said(themes, published(themes=[theme("trust", n_comments=4)]))
    assert "没有一个主题有 5 条评论提到" in few.lead
    assert "谈得最多的主题是" not in few.lead
    assert "谈得最多的主题是信任" in said(themes, published(themes=[theme("trust", n_comments=5)])).lead


def test_months_of_listening_add_up_to_the_total() -> None:
    heard = [
        {"pattern": "past", "source": "评论", "kind": "review", "month": f"2026-{month:02d}", "n_own": month}
        for month in range(1, 10)
    ]
    rows = [row | {"n_feedback": 9, "rests_on": "source"} for row in heard]
    section = said(listening, published(listening=rows, unheard=[]))
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert table.head[2:] == ("更早", *(f"2026-{month:02d}" for month in range(4, 10)), "合计")
    *months, total = [int(cell.text) for cell in table.rows[0][2:]]
    assert sum(months) == total == 45


def test_a_benchmark_without_a_whole_counts_its_categories() -> None:
    mark = {"brand": "澄居", "reference": "跨国公司", "reference_from": "published", "n_mentions": 9}
    mark |= {"points": -7.1, "points_low": -12.0, "points_high": -3.0, "verdict": "worse"}
    rows = [mark | {"category": "price"}, mark | {"category": "service", "verdict": "better"}]
    lead = said(perception, published(benchmarks=rows)).lead
    assert lead == "与跨国公司相比的 2 类里，1 类落后，1 类领先。"
