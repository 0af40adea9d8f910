"""The company's rating of itself, its gap to customers' scores, and the benchmark in points."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cem_nlp.cem.benchmark import against_brands, against_published
from cem_nlp.cem.own_rating import read_own_rating
from cem_nlp.cem.perception import customers_experience, perception_table
from cem_nlp.config import OwnRating
from cem_nlp.errors import BrokenOwnRating
from cem_nlp.own_rating_file import load_own_rating


def ratings(text: str, **scale: float) -> pd.DataFrame:
    header, *rows = (line.split(",") for line in text.strip().splitlines())
    return read_own_rating(pd.DataFrame(rows, columns=header, dtype="str"), name="own.csv", **scale)


def gaps(**experience: tuple[float, float, float]) -> pd.DataFrame:
    rows = [
        dict(zip(("experience", "experience_low", "experience_high"), ends, strict=True))
        | {"category": category}
        for category, ends in experience.items()
    ]
    return pd.DataFrame(rows).assign(brand="甲", product="all", segment="all", experience_from="derived")


def scores(grain: str = "brand", category: str = "all", **values: object) -> pd.DataFrame:
    row = {"grain": grain, "brand": "甲", "category": category, "is_own": True, "suppressed": False}
    row |= {"experience": 6.0, "low": 5.5, "high": 6.4, "n_mentions": 100}
    return pd.DataFrame([row | values])


def test_chinese_headings_categories_and_another_scale() -> None:
    read = ratings("类别,部门,评分\n产品,研发,5\n品牌,,1\n总体,,3", low=1, high=5)
    assert read["category"].tolist() == ["product", "brand", "all"]
    assert read["score"].tolist() == [10, 0, 5]
    assert read["department"].tolist() == ["研发", "all", "all"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("类别,评分\n味道,5", ["line 2, column 类别", "'味道'", "convenience, 便利性"]),
        ("类别,评分\n产品,5\n服务,11", ["line 3, column 评分", "'11'", "0–10"]),
        ("类别,评分\n产品,高", ["line 2", "'高'", "no number"]),
        ("类别,评分\n产品,", ["line 2, column 评分", "missing", "0–10"]),
        ("类别\n产品", ["line 1", "'score'"]),
        ("类别,部门,评分\n产品,研发,5\n产品,研发,6", ["line 3", "rates a category twice"]),
    ],
)
def test_a_mistake_is_named_with_its_place_and_the_valid_values(text: str, words: list[str]) -> None:
    with pytest.raises(BrokenOwnRating) as caught:
        ratings(text)
    for word in ["own.csv", *words]:
        assert word in caught.value.explain("en")


def test_the_gap_is_own_rating_minus_customers_score() -> None:
    own = ratings(
        "类别,部门,评分\nproduct,研发,8\nproduct,市场,6\nprice,财务,4\nbrand,市场,5\nservice,售后,9"
    )
    said = gaps(product=(4, 3.5, 4.6), price=(5, 4.5, 5.5), brand=(5.2, 4.0, 6.0), service=(np.nan,) * 3)
    table = perception_table(own, customers_experience(said, scores().iloc[:0]), ["甲"])
    whole = table[table["department"] == "all"].set_index("category")
    assert whole.loc["product", ["own_rating", "n_ratings", "gap"]].tolist() == [7, 2, 3]
    assert whole.loc["product", "gap_low"] == pytest.approx(2.4)
    assert whole.loc["product", "gap_high"] == pytest.approx(3.5)
    assert whole["verdict"].to_dict() == {
        "product": "higher", "price": "lower", "brand": "no_evidence", "service": "unknown",
    }  # fmt: skip
    alone = table.set_index(["category", "department"])
    assert alone.loc[("product", "市场"), "gap"] == 2


def test_ratings_of_other_brands_are_left_out_and_one_without_a_brand_holds_for_all() -> None:
    own = ratings("brand,category,score\n丙,product,8\n,all,7")
    table = perception_table(own, customers_experience(gaps(product=(4, 3, 5)), scores()), ["甲", "乙"])
    assert table[["brand", "category"]].to_numpy().tolist() == [["乙", "all"], ["甲", "all"]]
    assert table.set_index("brand").loc["甲", "gap"] == pytest.approx(1)
    assert table.set_index("brand").loc["乙", "verdict"] == "unknown"


def test_domestic_companies_are_7_1_points_below_multinationals() -> None:
    table = against_published(scores(), {"all": 67.1}, "跨国公司", 0, 100)
    assert table.loc[0, "points"] == pytest.approx(-7.1)
    assert table.loc[0, "difference"] == pytest.approx(-0.71)
    assert table.loc[0, "points_low"] == pytest.approx(-12.1)
    assert table.loc[0, "points_high"] == pytest.approx(-3.1)
    assert table.loc[0, ["verdict", "reference", "reference_from"]].tolist() == [
        "worse",
        "跨国公司",
        "published",
    ]


def test_published_values_may_have_any_scale_and_thin_cells_stay_silent() -> None:
    table = against_published(scores(), {"all": 3.4}, "同业", 1, 5)
    assert table.loc[0, "reference_value"] == pytest.approx(6)
    assert table.loc[0, "verdict"] == "no_evidence"
    thin = scores(experience=np.nan, low=np.nan, high=np.nan, suppressed=True)
    assert against_published(thin, {"all": 50}, "同业", 0, 100).loc[0, "verdict"] == "suppressed"
    assert against_published(scores(), {"price": 50}, "同业", 0, 100).empty


def test_a_group_of_brands_is_the_industry_of_the_comparison() -> None:
    ends = {
        f"{name}{end}": 1.0 for name in ("experience", "experience_rival") for end in ("", "_low", "_high")
    }
    row = {
        "brand": "甲",
        "rival": "all",
        "grain": "total",
        "category": "all",
        "n_mentions": 50,
        "n_rival": 60,
    }
    row |= ends | {"difference": -1.2, "difference_low": -2.0, "difference_high": -0.4, "verdict": "worse"}
    compared = pd.DataFrame([row, row | {"rival": "乙"}, row | {"grain": "touchpoint"}])
    table = against_brands(compared, "同业")
    assert len(table) == 1
    assert table.loc[0, ["points", "points_low", "points_high"]].tolist() == [-12, -20, -4]
    assert table.loc[0, "n_reference"] == 60


def test_a_file_of_ratings_on_another_scale_wants_it_declared(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("类别,评分\n产品,4\n服务,5\n价格,3\n便利性,4\n关系,4\n品牌形象,5\n", "utf-8")
    with pytest.raises(BrokenOwnRating, match="scale"):
        load_own_rating(file, OwnRating(path="own.csv"))
    declared = load_own_rating(file, OwnRating(path="own.csv", low=1, high=5))
    assert declared["score"].tolist() == [7.5, 10, 5, 7.5, 7.5, 10]
