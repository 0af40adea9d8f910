"""Brands of the configuration that no feedback names: the night warns of them and goes on."""

import logging
from pathlib import Path
from typing import Any

import pytest
from night_factories import csv_text, publish, review, reviews, rows_of, write, write_config

from cem_nlp.cli import main
from cem_nlp.config_file import load_config
from cem_nlp.nightly.unheard_brands import unheard_brands
from cem_nlp.store import published


def of_brands(folder: Path, **settings: Any) -> Path:
    """The configuration of reviews on 贝岭 and 合悦."""
    write(folder / "reviews.csv", csv_text(reviews(8)))
    return write_config(folder, **settings)


def unheard(config: Path) -> list[str]:
    warehouse = config.parent / "warehouse"
    return [warning.zh for warning in unheard_brands(load_config(config), published(warehouse))]


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a published night on 贝岭 and 合悦."""
    folder = tmp_path_factory.mktemp("market")
    publish(of_brands(folder))
    return folder


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, []),
        ({"brands": {"own": []}}, []),
        ({"brands": {"own": ["贝领"]}}, ["自有品牌“贝领”（brands.own）", "是不是想写“贝岭”？"]),
        ({"brands": {"own": ["贝岭", "甲牌电器"]}}, ["自有品牌“甲牌电器”"]),
        ({"comparison": {"rivals": ["合阅", "丙牌"]}}, ["对手合阅、丙牌（comparison.rivals）", "“合悦”"]),
        ({"comparison": {"rivals": ["合阅", "合悦"]}}, []),
        ({"benchmark": {"name": "同业", "brands": ["合阅"]}}, ["标杆品牌合阅（benchmark.brands）", "“合悦”"]),
        ({"benchmark": {"name": "同业", "values": {"all": 70}}}, []),
    ],
)
def test_what_no_feedback_names_is_told(settings: dict[str, Any], said: list[str], market: Path) -> None:
    warnings = unheard(write_config(market, **settings))
    assert len(warnings) == bool(said)
    for words in said:
        assert words in warnings[0]


def test_a_name_unlike_all_others_is_not_guessed_at(market: Path) -> None:
    (warning,) = unheard(write_config(market, brands={"own": ["甲牌电器"]}))
    assert "是不是" not in warning


def test_feedback_without_brands_says_nothing_of_brands(tmp_path: Path) -> None:
    write(tmp_path / "reviews.csv", csv_text(review(n, 品牌="") for n in range(4)))
    config = write_config(tmp_path)
    publish(config)
    assert unheard(config) == []


def test_a_night_warns_in_its_log_and_in_its_report_and_is_published(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = of_brands(tmp_path, brands={"own": ["贝领"]}, comparison={"rivals": ["合阅"]})
    with caplog.at_level(logging.WARNING, "cem_nlp"):
        publish(config)
    assert [record.message[:22] for record in caplog.records] == [
        "注意：没有一条反馈说到自有品牌“贝领”（br",
        "注意：没有一条反馈说到对手合阅（compar",
    ]
    page = (tmp_path / "warehouse" / "current" / "report.html").read_text("utf-8")
    notes = page.partition("关于这批数据")[2]
    assert "没有一条反馈说到自有品牌“贝领”（brands.own）" in notes
    assert "没有一条反馈说到对手合阅（comparison.rivals）" in notes
    assert len(rows_of(tmp_path / "warehouse", "feedback")) == 8
    english = tmp_path / "english.html"
    assert main(["report", "--config", str(config), "--output", str(english), "--lang", "en"]) == 0
    assert "No feedback names the own brand “贝领” (brands.own)" in english.read_text("utf-8")
