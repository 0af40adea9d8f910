"""A survey of the experience themes: what it refuses, ratings by hand, ties against textbook tests."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from own_csv import own_csv
from scipy.stats import ttest_ind

from cem_nlp.cem.theme_survey import difference_of_means, read_theme_survey, theme_survey_table
from cem_nlp.config import Comparison, Scores
from cem_nlp.errors import BrokenSurvey
from cem_nlp.language import Bilingual

THEMES = {"trust": Bilingual("信任", "trust"), "status": Bilingual("身份地位", "identity and status")}
LEVELS = {"trust": 1, "status": 10}


def read(text: str, **scale: float) -> pd.DataFrame:
    return read_theme_survey(own_csv(text), themes=THEMES, name="s.csv", **scale)


def themes(people: dict[str, list[object]], minimum: int = 2) -> pd.DataFrame:
    """Return the table of answers by item, one respondent a place; None is not asked."""
    rows = [
        f"R{number},{item},{score}"
        for item, scores in people.items()
        for number, score in enumerate(scores)
        if score is not None
    ]
    answers = read("\n".join(["受访者,主题,分数", *rows]))
    table = theme_survey_table(answers, LEVELS, ["all"], Scores(minimum_mentions=minimum), Comparison())
    return table.set_index(["theme", "life_cycle"])


def test_names_in_both_languages_yes_and_no_and_another_scale() -> None:
    text = "受访者,主题,分数\n甲,信任,5\n甲,identity and status,1\n甲,满意度,3\n甲,回购,是\n乙,回购,否"
    answers = read(text, low=1, high=5)
    assert answers["theme"].tolist() == ["trust", "status", "satisfaction", "repurchase", "repurchase"]
    assert answers["score"].tolist() == [10, 0, 5, 10, 0]
    assert set(answers["brand"]) == set(answers["life_cycle"]) == {"all"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("受访者,主题,分数\n甲,信用,5", ["line 2, column 主题", "'信用'", "身份地位", "repurchase"]),
        ("受访者,主题,分数\n甲,信任,11", ["line 2, column 分数", "'11'", "0–10"]),
        ("受访者,主题,分数\n甲,信任,", ["line 2", "missing"]),
        ("受访者,主题,分数\n甲,信任,是", ["line 2", "'是'"]),
        ("受访者,主题,分数\n,信任,5", ["line 2", "without respondent"]),
        ("受访者,主题,分数\n甲,信任,5\n甲,信任,5", ["line 3", "twice"]),
        ("受访者,主题,阶段,分数\n甲,信任,以后,5", ["line 2, column 阶段", "'以后'", "attract, 吸引"]),
        ("受访者,分数\n甲,5", ["line 1", "'theme'"]),
        ("受访者,主题,分数\n甲,满意度,5", ["no theme", "trust, status"]),
        ("受访者,主题,分数", ["no row"]),
    ],
)
def test_a_mistake_is_named_with_its_place_and_the_valid_values(text: str, words: list[str]) -> None:
    with pytest.raises(BrokenSurvey) as caught:
        read(text)
    for word in ["s.csv", *words]:
        assert word in caught.value.explain("en")


def test_ratings_with_their_level_and_who_agrees() -> None:
    table = themes({"信任": [8, 6, 4, 5], "身份地位": [1, 3, None, None]})
    trust, status = table.loc[("trust", "all")], table.loc[("status", "all")]
    assert trust[["level", "n_comments", "share", "experience"]].tolist() == [1, 4, 0.5, 5.75]
    assert status[["level", "n_comments", "share", "experience"]].tolist() == [10, 2, 0, 2]
    assert trust["experience_low"] < 5.75 < trust["experience_high"]
    assert trust[["satisfaction_n", "repurchase_n"]].isna().all(), "neither was asked for"


def test_ties_are_welchs_difference_between_who_rates_above_the_mean_and_the_others() -> None:
    trust = [9, 9, 8, 8, 7, 3, 3, 2, 4, 2]
    satisfied = [9, 8, 9, 7, 8, 4, 5, 3, 4, 2]
    table = themes({"信任": trust, "满意度": satisfied})
    found = table.loc[("trust", "all")]
    test = ttest_ind(satisfied[:5], satisfied[5:], equal_var=False)
    interval = test.confidence_interval(0.95)
    assert found["satisfaction_effect"] == pytest.approx(8.2 - 3.6)
    assert found["satisfaction_effect_low"] == pytest.approx(interval.low)
    assert found["satisfaction_effect_high"] == pytest.approx(interval.high)
    assert found[["satisfaction_n", "satisfaction_by", "satisfaction_verdict"]].tolist() == [
        5,
        "rating",
        "higher",
    ]
    ties = difference_of_means(np.array([*map(float, satisfied)]), np.array([True] * 5 + [False] * 5), 0.95)
    assert ties.p_value[0] == pytest.approx(test.pvalue)


def test_repurchase_is_compared_among_those_alike_satisfied() -> None:
    # Who trusts is satisfied, and who is satisfied buys again, whether he trusts or not: no tie is left.
    trust = [9] * 30 + [1] * 10 + [9] * 10 + [1] * 30
    satisfied = [9] * 40 + [1] * 40
    again = ["是"] * 40 + ["否"] * 40
    found = themes({"信任": trust, "满意度": satisfied, "回购": again}).loc[("trust", "all")]
    assert found["repurchase_effect"] == pytest.approx(0)
    assert found["repurchase_verdict"] == "no_evidence"
    alone = themes({"信任": trust, "回购": again}).loc[("trust", "all")]
    assert alone["repurchase_effect"] == pytest.approx(0.5)
    assert alone["repurchase_verdict"] == "higher"


def test_who_was_not_asked_about_a_theme_is_on_neither_side() -> None:
    table = themes({"信任": [9, 9, 1, 1, None, None], "满意度": [8, 8, 4, 4, 0, 0]})
    assert table.loc[("trust", "all"), "satisfaction_effect"] == pytest.approx(4)


def test_few_on_one_side_allow_no_tie() -> None:
    people = {"信任": [9] * 4 + [1] * 20, "满意度": [9] * 4 + [1] * 20}
    found = themes(people, minimum=5).loc[("trust", "all")]
    assert (found["satisfaction_verdict"], np.isnan(found["satisfaction_effect"])) == ("suppressed", True)
    assert found["satisfaction_n"] == 4


def test_brands_stand_side_by_side_and_one_of_them_is_own() -> None:
    rows = [f"{brand},R{n},信任,{score}" for n in range(3) for brand, score in (("甲", 8), ("乙", 4))]
    answers = read("\n".join(["品牌,受访者,主题,分数", *rows]))
    table = theme_survey_table(answers, LEVELS, ["甲"], Scores(minimum_mentions=2), Comparison())
    assert table.set_index("brand")[["experience", "is_own"]].to_dict("index") == {
        "甲": {"experience": 8, "is_own": True},
        "乙": {"experience": 4, "is_own": False},
    }


def test_stages_of_the_relation_have_rows_of_their_own() -> None:
    rows = [f"R{n},信任,{stage},{score}" for n in range(3) for stage, score in (("吸引", 8), ("保留", 4))]
    answers = read("\n".join(["受访者,主题,阶段,分数", *rows]))
    table = theme_survey_table(answers, LEVELS, ["all"], Scores(minimum_mentions=2), Comparison())
    found = table.set_index("life_cycle")
    assert found["experience"].to_dict() == {"all": 6, "attract": 8, "retain": 4}
    assert found["n_comments"].to_dict() == {"all": 3, "attract": 3, "retain": 3}


scores = st.integers(0, 10)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(scores, scores, st.sampled_from(["是", "否"])), min_size=1, max_size=25), st.randoms()
)
def test_the_order_of_respondents_does_not_matter_and_ranges_hold(
    said: list[tuple[int, int, str]], random: object
) -> None:
    def table(people: list[tuple[int, int, str]]) -> pd.DataFrame:
        trust, satisfied, again = ([*column] for column in zip(*people, strict=True))
        return themes({"信任": trust, "满意度": satisfied, "回购": again})

    shuffled = [*said]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = table(said)
    pd.testing.assert_frame_equal(table(shuffled), found)
    for name in ("share", "experience", "satisfaction_effect", "repurchase_effect"):
        known = found.dropna(subset=[name, f"{name}_low"])
        assert (known[f"{name}_low"] <= known[name] + 1e-9).all()
        assert (known[f"{name}_high"] >= known[name] - 1e-9).all()
