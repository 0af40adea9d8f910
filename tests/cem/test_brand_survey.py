"""What a survey says of brands: means, the benchmark in points, and that chance raises no verdict."""

import numpy as np
import pandas as pd
import pytest
from own_csv import own_csv
from scipy.stats import t

from cem_nlp.cem import read_survey
from cem_nlp.cem.brand_survey import BrandSurvey, against_surveyed, brand_survey, survey_experience
from cem_nlp.cem.own_rating import read_own_rating, refuse_doubtful_ratings
from cem_nlp.cem.perception import perception_table
from cem_nlp.config import Comparison, Scores
from cem_nlp.errors import BrokenOwnRating

PLAIN = Comparison(), Scores()
DOMESTIC, MULTINATIONAL = [6, 6, 5, 7, 6, 6, 5, 7, 6, 6], [7, 7, 6, 7, 7, 6, 7, 7, 6, 7.1]
"""Means of 6.0 and 6.71: domestic companies 7.1 points of 100 below multinationals, as the method reports."""


def survey(*answers: tuple[str, str, list[float]], paired: bool = False) -> BrandSurvey:
    """Return the survey of (brand, category, scores); respondents are the same for all where `paired`."""
    rows = [
        f"{brand},{category},experience,{score},{'' if paired else brand}{number}"
        for brand, category, scores in answers
        for number, score in enumerate(scores)
    ]
    table = own_csv("\n".join(["brand,category,measure,score,respondent", *rows]))
    return brand_survey(read_survey(table), np.random.default_rng(7))


def test_domestic_companies_are_7_1_points_below_multinationals() -> None:
    asked = survey(("国内", "service", DOMESTIC), ("跨国", "service", MULTINATIONAL))
    table = against_surveyed(asked, "国内", ["跨国"], "跨国公司", *PLAIN)
    assert table["category"].tolist() == ["all", "service"]
    assert table["points"].tolist() == pytest.approx([-7.1, -7.1])
    assert table["difference"].tolist() == pytest.approx([-0.71, -0.71])
    assert (table["points_low"] < -7.1).all()
    assert (table["points_high"] < 0).all()
    assert table[["n_mentions", "n_reference"]].to_numpy().tolist() == [[10, 10]] * 2
    said = table[["verdict", "reference", "reference_from"]].drop_duplicates().to_numpy().tolist()
    assert said == [["worse", "跨国公司", "brands"]]


def test_the_whole_is_the_mean_of_categories_however_many_answered_each() -> None:
    asked = survey(("甲", "service", [2.0] * 5), ("甲", "price", [8.0] * 50))
    table = survey_experience(asked, Scores()).set_index("category")
    assert table.loc["all", ["experience", "n_mentions"]].tolist() == [pytest.approx(5), 5]
    assert table.loc["service", "experience"] == pytest.approx(2)
    assert table["experience_from"].unique().tolist() == ["survey"]


def test_a_brand_counts_once_in_its_group_however_many_rate_it() -> None:
    asked = survey(("甲", "price", [5.0] * 6), ("乙", "price", [4.0] * 40), ("丙", "price", [8.0] * 6))
    table = against_surveyed(asked, "甲", ["乙", "丙"], "同业", *PLAIN)
    assert table["reference_value"].tolist() == pytest.approx([6, 6])


def test_only_categories_that_both_sides_were_asked_about_are_compared() -> None:
    asked = survey(("甲", "price", [5.0] * 6), ("甲", "brand", [9.0] * 6), ("乙", "price", [6.0] * 6))
    table = against_surveyed(asked, "甲", ["乙"], "同业", *PLAIN)
    assert table["category"].tolist() == ["all", "price"]
    assert table["difference"].tolist() == pytest.approx([-1, -1])
    apart = survey(("甲", "price", [5.0] * 6), ("乙", "brand", [6.0] * 6))
    assert against_surveyed(apart, "甲", ["乙"], "同业", *PLAIN).empty


def test_few_respondents_raise_no_verdict() -> None:
    asked = survey(("甲", "price", [1.0] * 4), ("乙", "price", [9.0] * 40))
    table = against_surveyed(asked, "甲", ["乙"], "同业", *PLAIN)
    assert table["verdict"].tolist() == ["suppressed"] * 2
    assert table[["experience", "reference_value", "points"]].isna().all(axis=None)


def test_respondents_who_know_both_brands_are_their_own_measure() -> None:
    moods = [1.0, 9, 2, 8, 3, 7, 4, 6]
    rows = (("甲", "price", moods), ("乙", "price", [mood + 1 for mood in moods]))
    apart, same = (
        against_surveyed(survey(*rows, paired=paired), "甲", ["乙"], "同业", *PLAIN)
        for paired in (False, True)
    )
    assert apart["verdict"].tolist() == ["no_evidence"] * 2
    assert same["verdict"].tolist() == ["worse"] * 2
    assert same["points"].tolist() == apart["points"].tolist() == pytest.approx([-10, -10])


def test_the_range_of_one_category_is_near_the_t_range() -> None:
    scores = [4.0, 6, 7, 5, 8, 3, 6, 7, 9, 5]
    found = survey_experience(survey(("甲", "price", scores)), Scores()).set_index("category").loc["price"]
    half = t.ppf(0.975, 9) * np.std(scores, ddof=1) / 10**0.5
    assert found["experience_high"] - found["experience"] == pytest.approx(half, rel=0.1)
    assert found["experience"] - found["experience_low"] == pytest.approx(half, rel=0.1)


def test_a_survey_without_brands_is_held_against_ratings_without_brands() -> None:
    asked = survey(("", "service", [4.0, 5, 3, 4, 4, 4]), ("", "price", [7.0] * 6))
    ratings = read_own_rating(own_csv("类别,部门,评分\n服务,客服,8\n服务,网点,6\n价格,财务,7\n总体,,6"))
    table = perception_table(ratings, survey_experience(asked, Scores()), ["all"])
    whole = table[table["department"] == "all"].set_index("category")
    assert whole.loc["service", ["own_rating", "experience", "gap", "verdict"]].tolist() == [
        7,
        4,
        3,
        "higher",
    ]
    assert whole.loc["price", "verdict"] == "no_evidence"
    assert whole.loc["all", "gap"] == pytest.approx(0.5)
    assert len(table) == 3 + 3, "each rating once, and one row for all departments in each category"
    assert table["experience_from"].unique().tolist() == ["survey"]


def test_ratings_that_look_like_1_to_5_are_refused_where_no_scale_is_declared() -> None:
    refuse_doubtful_ratings(pd.DataFrame({"score": [5.0, 4.0]}), "own.csv")
    refuse_doubtful_ratings(pd.DataFrame({"score": [5.0, 4.0, 5.5]}), "own.csv")
    with pytest.raises(BrokenOwnRating, match="--own-scale"):
        refuse_doubtful_ratings(pd.DataFrame({"score": [5.0, 4.0, 3.0]}), "own.csv")
