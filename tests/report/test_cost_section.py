"""The section on the cost of negative experience: what a reader is told, and what he is warned of."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from report_factories import comment_row, demo_context, demo_tables, feedback_row, tables

from cem_nlp.cem import Share, cost_table, settle_shares
from cem_nlp.config import Cost
from cem_nlp.language import Language
from cem_nlp.report import render_html
from cem_nlp.report.blocks_text import render_terminal
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.cost import cost_section, section


def costs(complain: float = 0.02, people: float | None = None, origin: str = "given") -> pd.DataFrame:
    shares = {
        "negative_share": Share(0.22, origin, people),
        "complaint_share": Share(complain, origin, people and people * 0.22),
    }
    return cost_table(50_000_000, "万元", settle_shares(shares, {}), np.random.default_rng(3))


def text_of(table: pd.DataFrame, language: Language = "zh") -> str:
    return render_terminal(cost_section(table, language), Phrases(language, demo_context()))


def test_the_worked_figures_are_told_with_both_levers() -> None:
    text = text_of(costs())
    for said in ("4,912,600 万元", "9.8%", "99% 来自没有投诉的客户", "38% 提高到 48%", "187,000", "9,935"):
        assert said in text
    assert "投诉量下降本身不是成绩" in text
    assert "没有区间" in text
    english = text_of(costs(), "en")
    assert "A falling complaint count is no success" in english
    assert "万元 4,912,600" in english


@pytest.mark.parametrize(
    ("revenue", "chinese", "english"),
    [
        (50_000_000, "约 491 万元的收入", "about CNY 4,910,000 of revenue"),
        (5_000_000_000, "约 4.91 亿元的收入", "about CNY 491,000,000 of revenue"),
        (1_000_000, "约 98,252 元的收入", "about CNY 98,252 of revenue"),
    ],
)
def test_a_sentence_names_yuan_as_they_are_spoken_of(revenue: float, chinese: str, english: str) -> None:
    shares = {"negative_share": Share(0.22, "given"), "complaint_share": Share(0.02, "given")}
    table = cost_table(revenue, "元", settle_shares(shares, {}), np.random.default_rng(3))
    assert chinese in text_of(table)
    assert english in text_of(table, "en")


def test_a_lever_that_may_save_nothing_is_marked() -> None:
    table = costs(complain=0.29, people=188)
    unsure = table["quantity"].eq("saved") & table["scenario"].eq("complaint_share")
    table.loc[table["quantity"] == "saved", "value_low"] = 1.0
    assert "跨过 0" not in text_of(table)
    table.loc[unsure, "value_low"] = -1.0
    assert "跨过 0 的，还不能断定" in text_of(table)


def test_counted_shares_have_ranges_and_derived_ones_a_warning() -> None:
    given, derived = text_of(costs(people=800)), text_of(costs(people=800, origin="derived"))
    assert "95% 区间" in given
    assert "由文本推算" not in given
    assert "由文本推算，800 位客户" in derived
    assert "往往比一般客户更不满" in derived


def test_only_derived_shares_lost_are_called_the_least_there_can_be() -> None:
    table = costs(people=800, origin="derived")
    assert "是下限" not in text_of(table)
    table.loc[table["quantity"] == "silent_lost_rate", "origin"] = "derived"
    assert "是下限" in text_of(table)


def test_no_loss_is_said_plainly() -> None:
    shares = {"negative_share": Share(0.0, "given"), "complaint_share": Share(0.0, "given")}
    table = cost_table(1000, "元", settle_shares(shares, {}), np.random.default_rng(3))
    assert "没有收入因负面体验流失" in text_of(table)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_a_revenue_there_is_no_section(language: Language) -> None:
    context = demo_context()
    assert section(demo_tables(), context, Phrases(language, context)) is None


@pytest.mark.parametrize(
    ("polarities", "given", "why"),
    [
        (["negative"], {}, ["写了自有品牌反馈的客户不到 5 位", "negative_share、complaint_share"]),
        (["positive"] * 8, {}, ["不满的客户不到 5 位"]),
        (["positive"] * 8, {"complaint_share": 0.1}, []),
        (["negative"] * 8, {}, []),
    ],
)
def test_a_revenue_without_the_shares_says_which_are_missing(
    polarities: list[str], given: dict[str, float], why: list[str]
) -> None:
    feedback = [feedback_row(n, "还行", customer_key=f"k{n}") for n in range(len(polarities))]
    comments = [comment_row(n, polarity=polarity) for n, polarity in enumerate(polarities)]
    night = replace(tables(feedback=feedback, comments=comments), more={"costs": pd.DataFrame()})
    context = replace(demo_context(), cost=Cost(revenue=1_000_000, **given))
    page = render_html(night, context)
    assert ('href="#cost"' in page) == bool(why)
    assert all(said in page for said in why)
    assert ("under [cost] in the configuration" in render_html(night, context, "en")) == bool(why)
