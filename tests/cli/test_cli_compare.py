"""`cem compare`: what it prints, and precise errors where there is nothing to compare."""

import json
from pathlib import Path
from typing import Any

import pytest
from cem_command import Cem
from night_factories import publish, review, reviews, rows_of, source, write_config, write_csv

NOTE = "平台按好评配额展示，星级不代表市场。"
EASY = {"comparison": {"minimum_mentions": 5}, "data_notes": [NOTE]}


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The configuration of a published night on three brands, one of which appears in complaints alone."""
    folder = tmp_path_factory.mktemp("market")
    praise = [review(n, 品牌="贝岭", 评论=f"物流很快，包装也完好，第{n}台") for n in range(100, 140)]
    blame = [review(n, 品牌="合悦", 评论=f"物流太慢，包装破了，第{n}台") for n in range(140, 180)]
    write_csv(folder / "reviews.csv", reviews(30) + praise + blame)
    complaints = [review(n, 品牌="丙牌", 时间="2026-06-01 08:00:00") for n in range(8)]
    write_csv(folder / "complaints.csv", complaints)
    config = write_config(folder, source(), source("投诉", "complaints.csv", kind="complaint"), **EASY)
    publish(config)
    return config


def rows(cem: Cem, *arguments: object) -> list[dict[str, Any]]:
    ran = cem("compare", "--json", *arguments)
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


def test_it_says_who_is_better_where_and_in_whose_words(cem: Cem, market: Path) -> None:
    ran = cem("compare", "--config", market)
    assert ran.code == 0
    assert "贝岭总体好于合悦" in ran.out
    assert "强项 配送物流" in ran.out
    assert "贝岭的客户怎么夸" in ran.out
    assert "对手的客户怎么抱怨" in ran.out
    assert NOTE in ran.out
    assert "丙牌" not in ran.out


def test_swapped_brands_swap_the_verdict(cem: Cem, market: Path) -> None:
    there = rows(cem, "--config", market, "--own", "贝岭", "--rivals", "合悦，合悦")
    back = rows(cem, "--config", market, "--own", "合悦", "--rivals", "贝岭")
    total, other = ([row for row in found if row["grain"] == "total"] for found in (there, back))
    assert {row["rival"] for row in total} == {"合悦", "all"}
    assert {row["verdict"] for row in total} == {"better"}
    assert {row["verdict"] for row in other} == {"worse"}


def test_the_night_publishes_the_same_rows(cem: Cem, market: Path) -> None:
    nightly = rows_of(market.parent / "warehouse", "comparisons", "run_id")
    asked = rows(cem, "--config", market)
    assert len(nightly) == len(asked) > 4
    for published, printed in zip(nightly, asked, strict=True):
        assert published == pytest.approx(printed, abs=1e-9)


@pytest.mark.parametrize(
    ("by", "grains"),
    [
        ("category", {"total", "category"}),
        ("topic", {"total", "category×topic"}),
        ("category,touchpoint", {"total", "category", "touchpoint", "touchpoint×category"}),
    ],
)
def test_by_chooses_the_grid(by: str, grains: set[str], cem: Cem, market: Path) -> None:
    assert {row["grain"] for row in rows(cem, "--config", market, "--by", by)} == grains


def test_dates_restrict_what_is_compared(cem: Cem, market: Path) -> None:
    whole = rows(cem, "--config", market, "--by", "category")
    half = rows(cem, "--config", market, "--by", "category", "--from", "2026-08-01", "--to", "2026-08-14")
    assert 0 < half[0]["n_mentions"] < whole[0]["n_mentions"]


def test_one_day_is_enough_to_answer(cem: Cem, market: Path) -> None:
    ran = cem("compare", "--config", market, "--from", "2026-08-05", "--to", "2026-08-05")
    assert ran.code == 0
    assert "可比的意见太少，还不能下结论" in ran.out


WRONG: dict[str, tuple[list[str], int, list[str]]] = {
    "own brand": (["--own", "贝领"], 4, ["没有这个品牌", "共有 3 个", "有效值: 贝岭"]),
    "rival": (["--rivals", "合阅"], 4, ["没有这个品牌", "共有 2 个", "'合阅'", "有效值: 合悦, 丙牌"]),
    "itself": (["--own", "合悦", "--rivals", "合悦,贝岭"], 4, ["不能是自己的对手", "'合悦'"]),
    "own among the rivals": (
        ["--rivals", "合悦、贝岭"],
        4,
        ["位置: --rivals", "'贝岭'", "有效值: 丙牌, 合悦"],
    ),
    "no rival": (["--rivals", "，"], 2, ["--rivals 是空的"]),
    "no dimension": (["--by", ""], 2, ["--by 是空的"]),
    "dates reversed": (["--from", "2026-08-09", "--to", "2026/8/1"], 2, ["--from 晚于 --to", "--to"]),
    "no date": (["--to", "昨天"], 3, ["看不懂的日期", "YYYY-MM-DD", "位置: --to"]),
    "days without feedback": (["--from", "2027-01-01"], 4, ["没有反馈", "2026-06-01 – 2026-08-28"]),
    "rival silent then": (["--rivals", "丙牌", "--from", "2026-08-01"], 4, ["没有关于它的意见", "'丙牌'"]),
    "own brand silent then": (["--to", "2026-06-30"], 4, ["没有关于它的意见", "'贝岭'"]),
    "nothing in common": (["--rivals", "丙牌"], 4, ["没有同一来源、同一种反馈、同一月份", "无法公平比较"]),
    "dimension": (["--by", "category,price"], 2, ["--by", "'price'", "category, touchpoint, topic"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_questions_get_precise_answers(name: str, cem: Cem, market: Path) -> None:
    arguments, code, said = WRONG[name]
    ran = cem("compare", "--config", market, *arguments)
    assert ran.code == code
    for words in said:
        assert words in ran.err
    assert ran.out == ""


def test_rivals_of_the_configuration_must_be_known(cem: Cem, market: Path) -> None:
    config = market.with_name("misspelt.yaml")
    config.write_text(market.read_text("utf-8").replace("minimum_mentions: 5", "rivals: [合阅]"), "utf-8")
    ran = cem("compare", "--config", config)
    assert ran.code == 4
    assert "comparison.rivals" in ran.err
    assert "合悦" in ran.err


@pytest.mark.slow
def test_one_brand_alone_has_nobody_to_compare_with(cem: Cem, tmp_path: Path) -> None:
    write_csv(tmp_path / "reviews.csv", [review(n, 品牌="贝岭", 评分="") for n in range(8)])
    config = write_config(tmp_path)
    publish(config)
    assert rows_of(tmp_path / "warehouse", "comparisons") == []
    ran = cem("compare", "--config", config)
    assert ran.code == 4
    assert "数据里只有自有品牌" in ran.err


@pytest.mark.slow
def test_all_positive_on_both_sides_without_ratings_is_no_evidence(cem: Cem, tmp_path: Path) -> None:
    praise = [
        review(n, 品牌=("贝岭", "合悦")[n % 2], 评分="", 评论=f"物流很快，包装完好，第{n}台")
        for n in range(60)
    ]
    write_csv(tmp_path / "reviews.csv", praise)
    config = write_config(tmp_path, brands={"own": []}, **EASY)
    publish(config)
    missing = cem("compare", "--config", config)
    assert missing.code == 3
    assert "没有指定自有品牌" in missing.err
    ran = cem("compare", "--config", config, "--own", "贝岭")
    assert ran.code == 0
    assert "贝岭总体与合悦看不出差别" in ran.out
