from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_factories import OWN, context, feedback_row, gap, score, tables

from cem_nlp.report import render_html, render_markdown, render_terminal
from cem_nlp.report.cells import Cell, Week, compare, pooled
from cem_nlp.report.changes import change_of
from cem_nlp.report.findings import key_points, sore_spots
from cem_nlp.report.inputs import ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.standing import contrasts, rival_verdicts
from cem_nlp.report.view import build_view, kinds_differ
from cem_nlp.schemas import TABLES
from cem_nlp.vocabulary import ALL

MONDAY = date(2026, 8, 24)
TENTHS = st.integers(0, 100).map(lambda tenths: tenths / 10)


def cell(low: float, high: float) -> Cell:
    return Cell((low + high) / 2, low, high, None, 9, 9, 5, 0, 4)


def bounds(found: Cell) -> tuple[float, float]:
    assert found.low is not None
    assert found.high is not None
    return found.low, found.high


NO_SCORE = Cell(None, None, None, None, 3, 3, 2, 0, 1)
RANGES = st.tuples(TENTHS, TENTHS).map(sorted).map(lambda pair: cell(*pair))


@settings(deadline=None, max_examples=200)
@given(RANGES, RANGES)
def test_a_difference_is_called_only_where_ranges_do_not_overlap(one: Cell, other: Cell) -> None:
    (low, high), (other_low, other_high) = bounds(one), bounds(other)
    verdict = compare(one, other)
    assert (verdict == "unclear") == (max(low, other_low) <= min(high, other_high))
    assert {"higher": "lower", "lower": "higher", "unclear": "unclear"}[verdict] == compare(other, one)


@pytest.mark.parametrize("missing", [None, NO_SCORE])
def test_nothing_compares_with_a_missing_score(missing: Cell | None) -> None:
    assert compare(missing, cell(1, 2)) == compare(cell(1, 2), missing) == "unknown"


def points(night: ReportTables, **values: object) -> dict[str, tuple[str, str]]:
    run = context(**values)
    found = key_points(build_view(night, run), run, Phrases("zh", run))
    return {point.question: (point.headline, point.text) for point in found}


def market(own: tuple[int, int], rival: tuple[int, int], category: str = "price") -> list[dict[str, object]]:
    counts = {OWN: own, "北岭": rival}
    rows = [score(brand=b, positive=p, negative=n) for b, (p, n) in counts.items()]
    return [
        *rows,
        *(score(brand=b, category=category, positive=p, negative=n) for b, (p, n) in counts.items()),
    ]


def test_a_sure_lag_is_named_with_both_scores() -> None:
    headline, text = points(tables(scores=market((20, 80), (80, 20))))["standing"]
    assert headline == "2.0"
    assert "明显低于北岭。" in text
    assert "落后最多且有把握的是价格：2.0 分，北岭 8.0 分，差 6.0 分。" in text
    assert "领先" not in text


def test_a_sure_lead_is_named_too() -> None:
    _, text = points(tables(scores=market((80, 20), (20, 80))))["standing"]
    assert "明显高于北岭。" in text
    assert "领先最多且有把握的是价格：8.0 分，北岭 2.0 分，高 6.0 分。" in text
    assert "落后" not in text


def test_no_clear_difference_is_said_honestly() -> None:
    _, text = points(tables(scores=market((50, 50), (55, 45))))["standing"]
    assert "与北岭没有明显差别。" in text
    assert "六类里没有一类与对手的差距大于误差范围。" in text


def test_a_brand_of_which_nothing_is_thought_is_named_not_denied() -> None:
    feedback = [feedback_row(n, "收到了", brand="乙") for n in range(2)] + [feedback_row(9, "好")]
    night = tables(scores=[score(brand=OWN, positive=9)], feedback=feedback)
    _, text = points(night)["standing"]
    assert text.endswith("乙（2 条反馈）没有意见，无法比较。")
    assert "没有别的品牌" not in text
    assert "乙（2 条反馈）" in render_terminal(night, context(), "zh", Path("r.html"), Path("w"))
    assert "No opinion, so no comparison: 乙 (comments: 2)." in render_markdown(night, context(), "en")


def test_a_rival_beside_a_silent_one_is_still_compared() -> None:
    feedback = [feedback_row(n, "收到了", brand=brand) for n, brand in enumerate(("乙", "北岭", OWN))]
    _, text = points(tables(scores=market((20, 80), (80, 20)), feedback=feedback))["standing"]
    assert "明显低于北岭。" in text
    assert "乙（1 条反馈）没有意见" in text


def test_a_rival_without_opinions_of_the_compared_kind_is_named() -> None:
    feedback = [feedback_row(n, "好", kind="complaint" if n < 50 else "review") for n in range(100)]
    feedback += [feedback_row(n, "好", brand="北岭") for n in range(100, 150)]
    feedback += [feedback_row(200, "差", brand="丙", kind="complaint")]
    reviews = [{**row, "kind": "review"} for row in market((40, 10), (25, 25))]
    others = [score(brand="丙", negative=1), score(brand="丙", kind="complaint", negative=1)]
    night = tables(scores=[*market((40, 60), (25, 25)), *reviews, *others], feedback=feedback)
    _, text = points(night)["standing"]
    assert "丙（1 条反馈）在评论里没有意见，无法比较。" in text


@pytest.mark.parametrize(
    ("own", "n", "why"),
    [
        ((), 9, "只为自有品牌计算"),
        ((OWN,), 1, "澄居没有一类有 5 条意见可以打分"),
        ((OWN,), 9, "没有期望与重要性的数据"),
    ],
)
def test_without_a_key_experience_the_true_reason_is_named(own: tuple[str, ...], n: int, why: str) -> None:
    night = tables(scores=[score(brand=OWN, negative=n), score(brand=OWN, category="price", negative=n)])
    html = render_html(night, context(own=own))
    assert html.count(why) == 2
    assert ("没有期望与重要性的数据" in html) == (own != () and n > 5)


def test_differences_are_ordered_from_lag_to_lead(demo_tables: ReportTables) -> None:
    view = build_view(demo_tables, context())
    found = [one for one in contrasts(view, OWN) if one.verdict != "unknown"]
    assert found
    assert [one.points for one in found] == sorted(one.points for one in found)
    for one in found:
        cell, reference = view.cell(OWN, one.category), view.cell(one.rival, one.category)
        assert one.verdict == compare(cell, reference)


def compared(rival: str, category: str, verdict: str, low: float, high: float) -> dict[str, object]:
    return {
        "grain": "total" if category == ALL else "category",
        "brand": OWN,
        "rival": rival,
        "category": category,
        "verdict": verdict,
        "difference": (low + high) / 2,
        "difference_low": low,
        "difference_high": high,
    }


def test_the_comparison_decides_over_ranges_that_do_not_overlap() -> None:
    rows = [
        compared("北岭", ALL, "no_evidence", -0.4, 0.8),
        compared("北岭", "price", "better", 1.0, 3.0),
        compared("北岭", "service", "worse", -2.0, -0.5),
        compared(ALL, "service", "worse", -6.0, -5.0),
    ]
    scored = tables(scores=market((20, 80), (80, 20)))
    _, text = points(replace(scored, more={"comparisons": pd.DataFrame(rows)}))["standing"]
    assert "同口径相比，与北岭看不出差别。" in text
    assert "落后最多且有把握的是服务：比北岭低 1.2 分（范围 0.5–2.0）。" in text
    assert "领先最多且有把握的是价格：比北岭高 2.0 分（范围 1.0–3.0）。" in text
    assert "明显" not in text


def test_the_score_table_says_what_the_comparison_says() -> None:
    rows = [compared("北岭", ALL, "no_evidence", -0.4, 0.8), compared("北岭", "price", "better", 1.0, 3.0)]
    scored = replace(tables(scores=market((20, 80), (80, 20))), more={"comparisons": pd.DataFrame(rows)})
    view = build_view(scored, context())
    assert rival_verdicts(view, OWN) == {
        ("北岭", ALL): "tested_verdict_unclear",
        ("北岭", "price"): "tested_verdict_lower",
    }
    untested = build_view(tables(scores=market((20, 80), (80, 20))), context())
    assert rival_verdicts(untested, OWN) == {
        ("北岭", ALL): "verdict_higher",
        ("北岭", "price"): "verdict_higher",
    }


@pytest.mark.parametrize(
    ("measure", "explained_by", "since", "moved"),
    [
        ("volume", None, "2026-08-25", "评论量"),
        ("experience", "kind", "2026-08-25", "反馈类型的构成"),
        ("experience", None, "2026-08-25", None),
        ("volume", None, "2026-09-01", None),
    ],
)
def test_a_change_is_not_told_without_what_else_moved(
    measure: str, explained_by: str | None, since: str, moved: str | None
) -> None:
    weeks = [("2026-W31", 30, 10), ("2026-W35", 5, 35)]
    scores = [score(brand=OWN, period=week, positive=p, negative=n) for week, p, n in weeks]
    alert = {"brand": OWN, "measure": measure, "explained_by": explained_by, "since": since, "until": since}
    alert |= {"category": "all", "touchpoint": "all"}
    night = replace(
        tables(scores=[*market((35, 45), (40, 40)), *scores]), more={"alerts": pd.DataFrame([alert])}
    )
    _, text = points(night)["change"]
    assert "超出误差范围" in text
    assert ("最近有没有异动" in text) == (moved is not None)
    assert moved is None or f"同一时期{moved}也变了（见“最近有没有异动”）" in text
    assert ("总体的得分不在所列的异动里" in text) == (moved == "评论量")
    english = render_markdown(night, context(), "en")
    assert ("the overall score is not among the changes" in english) == (moved == "评论量")


def test_without_a_sure_difference_in_the_comparison_none_is_named() -> None:
    rows = [compared("北岭", ALL, "worse", -0.9, -0.1), compared("北岭", "price", "suppressed", -9, 1)]
    scored = tables(scores=market((20, 80), (80, 20)))
    _, text = points(replace(scored, more={"comparisons": pd.DataFrame(rows)}))["standing"]
    assert text.endswith("同口径相比，差于北岭。六类里没有一类确知好于或差于哪个对手。")


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        (0.97, "它是关键体验的概率为 97%，其次是服务（2%）。"),
        (0.4, "它是关键体验的概率只有 40%，服务有 2%，先后未定。"),
    ],
)
def test_a_known_probability_says_how_sure_the_key_is(probability: float, expected: str) -> None:
    key = gap("price", 4.0, 6.0, 8.0, is_key_experience=True, key_probability=probability)
    second = gap("service", 5.0, 6.0, 7.0, runner_up=True, key_probability=0.02)
    _, text = points(tables(scores=market((9, 9), (9, 9)), gaps=[second, key]))["key"]
    assert text.endswith(expected)
    assert "范围重叠" not in text


@pytest.mark.parametrize(
    ("weighted_high", "runner_up_low", "expected"),
    [
        (-5.0, -4.0, "其次是服务。"),
        (-5.0, -9.0, "两者范围重叠，先后未定。"),
        (0.5, 1.0, "其范围包含 0，还不能断定客户不满。"),
    ],
)
def test_the_key_experience_says_how_sure_it_is(
    weighted_high: float, runner_up_low: float, expected: str
) -> None:
    key = gap("price", 4.0, 6.0, 8.0, is_key_experience=True, weighted_high=weighted_high)
    second = gap("service", 5.0, 6.0, 7.0, runner_up=True, weighted_low=runner_up_low)
    headline, text = points(tables(scores=market((9, 9), (9, 9)), gaps=[second, key]))["key"]
    assert headline == "价格"
    assert text.startswith(
        "价格：重要性 8.0（问卷）× 满意度 −2.0（体验 4.0 − 期望 6.0（问卷））= 加权满意度 −16.0（"
    )
    assert expected in text


def test_an_assumed_expectation_is_marked_as_an_assumed_importance_is() -> None:
    assumed = {"expectation_from": "assumed", "importance_from": "assumed"}
    key = gap("price", 4.0, 7.0, 5.0, is_key_experience=True, **assumed)
    _, text = points(tables(scores=market((9, 9), (9, 9)), gaps=[key]))["key"]
    assert "重要性 5.0（假定）× 满意度 −3.0（体验 4.0 − 期望 7.0（假定））" in text


@pytest.mark.parametrize(
    ("expectation", "figures"),
    [
        (None, "重要性 8.0（问卷）× 满意度 –（体验 4.0 − 期望 –）= 加权满意度 –。"),
        (
            3.0,
            "重要性 8.0（问卷）× 满意度 +1.0（体验 4.0 − 期望 3.0（问卷））"
            "= 加权满意度 +8.0（+3.0 至 +13.0）。",
        ),
    ],
)
def test_a_key_experience_that_falls_short_of_nothing_is_no_sore(
    expectation: float | None, figures: str
) -> None:
    key = gap("price", 4.0, expectation, 8.0, is_key_experience=True)
    run = context()
    view = build_view(tables(scores=market((9, 9), (9, 9)), gaps=[key]), run)
    (point,) = [p for p in key_points(view, run, Phrases("zh", run)) if p.question == "key"]
    assert point.text == f"价格：{figures}没有一类确知低于期望，因此按重要性选出。"
    assert not point.sore


def test_the_sorest_spot_is_the_one_surely_worst() -> None:
    spots = {("install", "price"): (2, 38), ("use", "product"): (0, 6), ("web", "service"): (30, 10)}
    scores = market((300, 200), (300, 200)) + [
        score(brand=OWN, touchpoint=touchpoint, category=category, positive=p, negative=n)
        for (touchpoint, category), (p, n) in spots.items()
    ]
    night = tables(scores=scores)
    found = [spot[:2] for spot in sore_spots(build_view(night, context()), OWN)]
    # Six of six bad (range up to 1.1) is worse than 38 of 40 (up to 1.3); 30 of 40 good is not sore.
    assert found == [("use", "product"), ("install", "price")]
    headline, text = points(night)["pain"]
    assert headline == "产品使用 · 产品"
    assert text.startswith(
        "产品使用 · 产品只有 0.0 分（范围 0.0–1.1），6 条意见里 6 条负面，明显低于品牌总体。"
    )
    assert text.endswith("其次是安装上门 · 价格。")


def test_no_touchpoint_is_blamed_without_certainty() -> None:
    scores = [
        *market((50, 50), (50, 50)),
        score(brand=OWN, touchpoint="use", category="price", positive=3, negative=4),
    ]
    assert points(tables(scores=scores))["pain"] == ("没有突出的痛点", "没有一个触点明显低于品牌总体水平。")


def week(weeks_ago: int, low: float | None = 4.0, *, partial: bool = False) -> Week:
    monday = MONDAY - timedelta(weeks=weeks_ago)
    found = NO_SCORE if low is None else cell(low, low + 1)
    year, number, _ = monday.isocalendar()
    return Week(f"{year}-W{number:02d}", monday, found, partial)


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ([week(5), week(4), week(1), week(0)], ((5, 4), (1, 0))),
        ([week(9), week(8), week(7), week(4), week(3), week(0)], ((7, 4), (3, 0))),
        ([week(6), week(4, None), week(0)], ((6, 6), (0, 0))),
        ([week(12), week(11), week(0)], ((12, 11), (0, 0))),
        ([week(2), week(1), week(0)], ((2, 2), (0, 0))),
        ([week(5), week(1), week(0, partial=True)], ((5, 5), (1, 1))),
        ([week(5), week(1), week(0, None)], ((5, 5), (1, 1))),
        ([week(0)], None),
        ([], None),
    ],
)
def test_a_change_is_four_weeks_held_against_the_four_before(
    weeks: list[Week], expected: tuple[tuple[int, int], tuple[int, int]] | None
) -> None:
    found = change_of(weeks)
    ends = found and tuple(
        tuple((MONDAY - end.monday).days // 7 for end in (span.first, span.last)) for span in found
    )
    assert ends == expected


@settings(deadline=None, max_examples=100)
@given(st.lists(RANGES, min_size=1, max_size=6))
def test_weeks_together_lie_among_them_and_are_surer_than_the_widest(cells: list[Cell]) -> None:
    together = pooled([replace(week(0), cell=one) for one in cells])
    low, high = bounds(together)
    assert together.experience is not None
    centres = [(one_low + one_high) / 2 for one_low, one_high in map(bounds, cells)]
    assert min(centres) - 1e-9 <= together.experience <= max(centres) + 1e-9
    assert high - low <= max(one_high - one_low for one_low, one_high in map(bounds, cells)) + 1e-9
    assert together.n_mentions == 9 * len(cells)


def test_a_fall_that_no_single_week_proves_is_told() -> None:
    falling = [(20, 20)] * 4 + [(12, 28)] * 4
    scores = [
        score(brand=OWN, period=f"2026-W{28 + place}", positive=positive, negative=negative)
        for place, (positive, negative) in enumerate(falling)
    ]
    single = [s for s in scores if s["period"] in ("2026-W31", "2026-W35")]
    elsewhere = market((9, 9), (9, 9))
    assert points(tables(scores=elsewhere + single))["change"][0] == "没有明显变化"
    headline, text = points(tables(scores=elsewhere + scores))["change"]
    assert headline == "总体 −2.0"
    assert "总体从 2026-W28 至 2026-W31 的 5.0 分变为 2026-W32 至 2026-W35 的 3.0 分" in text


def test_the_brand_comes_before_the_category_that_moved_most() -> None:
    whole = [
        score(brand=OWN, period=name, positive=p, negative=100 - p)
        for name, p in (("2026-W31", 60), ("2026-W35", 30))
    ]
    headline, text = points(
        tables(scores=market((9, 9), (9, 9)) + whole + weekly_scores((40, 10), (10, 40)))
    )["change"]
    assert headline == "总体 −3.0"
    assert text.endswith("变动最大的是服务：8.0 → 2.0（−6.0）。")


def weekly_scores(before: tuple[int, int], now: tuple[int, int]) -> list[dict[str, object]]:
    weeks = {"2026-W31": before, "2026-W35": now}
    return [
        score(brand=OWN, period=name, category="service", positive=p, negative=n)
        for name, (p, n) in weeks.items()
    ]


def test_a_clear_change_is_told_with_both_weeks() -> None:
    scores = market((9, 9), (9, 9)) + weekly_scores((10, 40), (40, 10))
    headline, text = points(tables(scores=scores))["change"]
    assert headline == "服务 +6.0"
    assert text == "服务从 2026-W31 的 2.0 分变为 2026-W35 的 8.0 分（+6.0），超出误差范围。"


@pytest.mark.parametrize(("before", "now", "sore"), [((40, 10), (10, 40), True), ((10, 40), (40, 10), False)])
def test_only_a_turn_for_the_worse_is_sore(before: tuple[int, int], now: tuple[int, int], sore: bool) -> None:
    run = context()
    view = build_view(tables(scores=market((9, 9), (9, 9)) + weekly_scores(before, now)), run)
    (point,) = [p for p in key_points(view, run, Phrases("zh", run)) if p.question == "change"]
    assert point.sore is sore


def test_a_change_within_the_ranges_may_be_chance() -> None:
    scores = market((9, 9), (9, 9)) + weekly_scores((10, 10), (12, 8))
    headline, text = points(tables(scores=scores))["change"]
    assert headline == "没有明显变化"
    assert "变动最大的是服务（+1.0），可能只是偶然" in text


def alert_row(
    measure: str, direction: str, before: float, after: float, **values: object
) -> dict[str, object]:
    row = dict.fromkeys(TABLES["alerts"].names) | {"brand": OWN, "category": "service", "touchpoint": "all"}
    row |= {"is_own": True, "measure": measure, "direction": direction, "before": before, "after": after}
    return row | {"since": MONDAY, "until": MONDAY, "ongoing": False, "q_value": 0.01, **values}


@pytest.mark.parametrize(
    ("alert", "headline", "said"),
    [
        (
            alert_row("share", "more", 0.33, 0.62, explained_by="kind"),
            "得分没有明显变化；服务被谈到得更多",
            ["从 33% 到 62%，已回落", "它另有解释"],
        ),
        (
            alert_row("experience", "worse", 6.1, 3.9, ongoing=True, category="all", touchpoint="after"),
            "得分没有明显变化；售后维修的体验变差了",
            ["从 6.1 到 3.9，还在持续"],
        ),
        (
            alert_row("volume", "more", 12.0, 40.0, category="all"),
            "得分没有明显变化；总体的评论变多了",
            ["从 12.0 到 40.0"],
        ),
    ],
)
def test_an_alert_is_told_in_one_breath_with_scores_that_did_not_move(
    alert: dict[str, object], headline: str, said: list[str]
) -> None:
    scores = market((9, 9), (9, 9)) + weekly_scores((10, 10), (12, 8))
    elsewhere = alert_row("experience", "worse", 9.0, 1.0, brand="北岭", is_own=False)
    night = replace(tables(scores=scores), more={"alerts": pd.DataFrame([elsewhere, alert])})
    found, text = points(night)["change"]
    assert found == headline
    for words in ("得分没有超出误差范围的变化（2026-W35 比 2026-W31）", f"自 {MONDAY} 起", *said):
        assert words in text
    assert "北岭" not in text


def test_an_alert_on_a_rival_alone_leaves_the_point_as_it_is() -> None:
    scores = market((9, 9), (9, 9)) + weekly_scores((10, 10), (12, 8))
    elsewhere = alert_row("experience", "worse", 9.0, 1.0, brand="北岭", is_own=False)
    night = replace(tables(scores=scores), more={"alerts": pd.DataFrame([elsewhere])})
    assert points(night)["change"][0] == "没有明显变化"


def test_kinds_differ_by_their_shares() -> None:
    def night(own_complaints: int) -> bool:
        kinds = ["complaint"] * own_complaints + ["review"] * (10 - own_complaints)
        feedback = [feedback_row(n, "好", kind=kind) for n, kind in enumerate(kinds)]
        feedback += [feedback_row(n, "好", brand="北岭") for n in range(10, 20)]
        view = build_view(tables(scores=market((9, 9), (9, 9)), feedback=feedback), context())
        return kinds_differ(view.coverage, view.brands)

    assert [night(2), night(3)] == [False, True]


def test_unlike_feedback_is_compared_in_the_kind_both_sides_have() -> None:
    """Own complaints and calls, which no rival shares with us, must not make us look worse than the rival."""
    feedback = [feedback_row(n, "好", kind="complaint" if n < 50 else "review") for n in range(100)]
    feedback += [feedback_row(n, "好", brand="北岭") for n in range(100, 150)]
    reviews = [{**row, "kind": "review"} for row in market((40, 10), (25, 25))]
    complaints = [score(brand=OWN, kind="complaint", negative=50)]
    night = tables(scores=[*market((40, 60), (25, 25)), *reviews, *complaints], feedback=feedback)
    _, text = points(night)["standing"]
    assert text.startswith("澄居总体体验（只看评论）为 8.0 分")
    assert "明显高于北岭" in text
    assert "只比较评论" in render_terminal(night, context(), "zh", Path("r.html"), Path("w"))
    assert "compared in reviews alone" in render_markdown(night, context(), "en")


def test_without_a_shared_kind_the_page_warns_instead() -> None:
    feedback = [feedback_row(n, "好", kind="complaint") for n in range(50)]
    feedback += [feedback_row(n, "好", brand="北岭") for n in range(100, 150)]
    night = tables(scores=market((40, 60), (25, 25)), feedback=feedback)
    assert build_view(night, context()).compared_kind is None
    assert "投诉天然偏负面，跨品牌比较总分时请留意" in render_html(night, context())
