"""A survey is read as it is written, or refused with line, column, value and what would be right."""

import pandas as pd
import pytest
from scipy.stats import t

from cem_nlp.cem.survey import read_survey, refuse_doubtful_scale
from cem_nlp.cem.survey_figures import own_answers, survey_figures
from cem_nlp.errors import BrokenSurvey
from cem_nlp.vocabulary import ALL

HEADER = "respondent,product,segment,category,measure,score"


def table(text: str) -> pd.DataFrame:
    header, *rows = (line.split(",") for line in text.strip().splitlines())
    return pd.DataFrame(rows, columns=header, dtype="str")


def refused(text: str, **scale: float) -> BrokenSurvey:
    with pytest.raises(BrokenSurvey) as caught:
        read_survey(table(text), name="survey.csv", **scale)
    return caught.value


def test_chinese_headings_categories_and_measures() -> None:
    answers = read_survey(
        table("""
产品,客群,类别,指标,得分
空调,老客,产品,体验,８
空调,老客,服务,期望,9
空调,老客,便利性,重要性,7.5
空调,老客,品牌形象,理想,10
空调,,Price,Ideal Experience,0
""")
    )
    assert answers["category"].tolist() == ["product", "service", "convenience", "brand", "price"]
    assert answers["measure"].tolist() == ["experience", "expectation", "importance", "ideal", "ideal"]
    assert answers["score"].tolist() == [8, 9, 7.5, 10, 0]
    assert answers["segment"].tolist() == ["老客"] * 4 + [ALL]
    assert answers["line"].tolist() == [2, 3, 4, 5, 6]
    assert set(answers["brand"]) == {ALL}


def test_absent_columns_mean_all() -> None:
    answers = read_survey(table("category,measure,score\nprice,experience,3"))
    assert answers.loc[0, ["brand", "product", "segment", "respondent"]].tolist() == [ALL, ALL, ALL, ""]


def test_blank_rows_are_passed_over_and_do_not_move_line_numbers() -> None:
    answers = read_survey(table(f"{HEADER}\n,,,,,\nr,,,price,experience,3"))
    assert answers["line"].tolist() == [3]


def test_a_declared_scale_becomes_0_to_10() -> None:
    text = "category,measure,score\nprice,experience,1\nbrand,experience,3\nproduct,experience,5"
    assert read_survey(table(text), low=1, high=5)["score"].tolist() == [0, 5, 10]


@pytest.mark.parametrize(
    ("row", "place", "value", "valid"),
    [
        ("r,,,speed,experience,3", "line 2, column category", "speed", "convenience"),
        ("r,,,price,loyalty,3", "line 2, column measure", "loyalty", "体验"),
        ("r,,,price,experience,good", "line 2, column score", "good", "0–10"),
        ("r,,,price,experience,", "line 2, column score", "", "0–10"),
        ("r,,,price,experience,nan", "line 2, column score", "nan", "0–10"),
        ("r,,,price,experience,10.5", "line 2, column score", "10.5", "0–10"),
        ("r,,,price,experience,-1", "line 2, column score", "-1", "0–10"),
        ("r,,,,experience,5", "line 2, column category", "", "price"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(row: str, place: str, value: str, valid: str) -> None:
    error = refused(f"{HEADER}\n{row}")
    assert error.where == f"survey.csv, {place}"
    assert error.value == value
    assert error.valid is not None
    assert valid in error.valid


def test_a_score_outside_the_declared_scale_is_refused() -> None:
    error = refused("category,measure,score\nprice,experience,7", low=1, high=5)
    assert error.valid == ("1–5",)


def test_errors_name_columns_as_the_file_does() -> None:
    error = refused("类别,指标,得分\n价格,体验,很好")
    assert error.where == "survey.csv, line 2, column 得分"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("category,measure,score,得分", "得分"),
        ("category,measure,score,segmnt", "segmnt"),
    ],
)
def test_a_wrong_header_is_named(header: str, value: str) -> None:
    error = refused(f"{header}\n" + ",".join(["5"] * header.count(",") + ["5"]))
    assert error.value == value
    assert error.where == "survey.csv, line 1"


@pytest.mark.parametrize(
    ("header", "value", "next_step"),
    [
        ("category,score", "category, score", "correct the header"),
        ("category;measure;score", None, "commas"),
        ("欧阳建国,VIP-7788991,空调漏水太差了", None, "add a header"),
        ("category,VIP-7788991,空调漏水太差了", None, "add a header"),
    ],
)
def test_a_missing_column_is_named_beside_the_headings_there_are(
    header: str, value: str | None, next_step: str
) -> None:
    error = refused(f"{header}\n" + ",".join("5" * (header.count(",") + 1)))
    assert "the survey lacks the column" in error.what.en
    assert error.value == value
    assert "VIP-7788991" not in error.explain("zh") + error.explain("en")
    assert error.next_step is not None
    assert next_step in error.next_step.en


@pytest.mark.parametrize("said", ["", "all", "ALL", "全部", "总体"])
def test_all_segments_are_one_however_they_are_called(said: str) -> None:
    read = read_survey(table(f"segment,category,measure,score\n{said},price,ideal,7"))
    assert read["segment"].tolist() == ["all"]


@pytest.mark.parametrize(
    ("n_answers", "highest", "doubted"), [(6, 5, True), (6, 6, False), (5, 5, False), (30, 4, True)]
)
def test_scores_that_look_like_another_scale_are_doubted(n_answers: int, highest: int, doubted: bool) -> None:
    scores = [1 + number % highest for number in range(n_answers)]
    rows = "\n".join(f"price,experience,{score}" for score in scores)
    answers = read_survey(table(f"category,measure,score\n{rows}"))
    if not doubted:
        refuse_doubtful_scale(answers, "survey.csv")
        return
    with pytest.raises(BrokenSurvey, match="1–5 scale") as error:
        refuse_doubtful_scale(answers, "survey.csv")
    assert error.value.value == f"1–{highest}"


def test_other_columns_are_the_users_own_business() -> None:
    assert len(read_survey(table("date,category,measure,score,产品线\n2026,price,ideal,7,x"))) == 1


def test_a_survey_without_answers_is_refused() -> None:
    assert "no answers" in str(refused(HEADER))


@pytest.mark.parametrize(("low", "high"), [(5, 5), (5, 1)])
def test_a_scale_must_run_upwards(low: float, high: float) -> None:
    assert refused("category,measure,score\nprice,ideal,5", low=low, high=high).value == f"{low}–{high}"


def test_a_respondent_who_contradicts_himself_is_refused() -> None:
    error = refused(f"{HEADER}\nr1,,,price,experience,3\nr2,,,price,experience,4\nr1,,,price,experience,5")
    assert error.where == "survey.csv, line 4, column score"
    assert "line 2" in str(error)
    assert error.value == "5"


def test_a_respondent_who_repeats_himself_counts_once() -> None:
    text = f"{HEADER}\nr1,,,price,experience,3\nr1,,,price,experience,3\nr1,甲,,price,experience,5"
    assert read_survey(table(text))["line"].tolist() == [2, 4]


def test_answers_without_respondent_are_different_people() -> None:
    answers = read_survey(table("category,measure,score\nprice,experience,3\nprice,experience,5"))
    assert survey_figures(answers)["value"].tolist() == [4]


def test_several_answers_make_a_mean_with_its_t_range() -> None:
    scores = [6, 8, 9, 5]
    text = "category,measure,score\n" + "\n".join(f"price,experience,{score}" for score in scores)
    figure = survey_figures(read_survey(table(text))).iloc[0]
    half_width = t.ppf(0.975, 3) * pd.Series(scores).std() / 2
    assert figure["value"] == 7
    assert (figure["low"], figure["high"]) == pytest.approx((7 - half_width, 7 + half_width))


def test_a_few_people_who_agree_are_no_certainty() -> None:
    text = "category,measure,score\n" + "\n".join(["price,experience,7"] * 3)
    figure = survey_figures(read_survey(table(text))).iloc[0]
    assert figure["low"] < 7 < figure["high"]


def test_a_range_stays_inside_the_scale() -> None:
    text = "category,measure,score\nprice,experience,10\nprice,experience,9"
    assert survey_figures(read_survey(table(text)))["high"].tolist() == [10]


def test_wider_cells_pool_people_not_answers() -> None:
    rows = ["r1,甲,新客,price,ideal,2", "r1,乙,新客,price,ideal,4", "r2,甲,老客,price,ideal,9"]
    text = "\n".join([HEADER, *rows])
    figures = survey_figures(read_survey(table(text))).set_index(["product", "segment"])
    assert figures.loc[(ALL, ALL), "value"] == 6
    assert figures.loc[("甲", ALL), "value"] == 5.5
    assert figures.loc[(ALL, "新客"), "value"] == 3
    assert figures["listed"].sum() == 3


def brands(*rows: tuple[str, str, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["brand", "product", "is_own"])


def test_answers_go_to_the_brand_that_sells_the_product() -> None:
    answers = read_survey(
        table(
            f"{HEADER}\nr,空调,,price,ideal,2\nr,冰箱,,price,ideal,3\nr,电视,,price,ideal,4\nr,,,price,ideal,5"
        )
    )
    scores = brands((ALL, ALL, False), ("甲", ALL, True), ("甲", "空调", True), ("乙", "冰箱", False))
    own = own_answers(answers, scores)
    assert dict(zip(own["product"], own["brand"], strict=True)) == {"空调": "甲", "电视": "甲", ALL: "甲"}


def test_of_several_own_brands_each_gets_what_is_said_of_all_products() -> None:
    answers = read_survey(table(f"{HEADER}\nr,空调,,price,ideal,2\nr,电视,,price,ideal,4\nr,,,price,ideal,5"))
    own = own_answers(answers, brands(("甲", "空调", True), ("乙", "冰箱", True)))
    pairs = sorted(zip(own["product"], own["brand"], strict=True))
    assert pairs == [(ALL, "乙"), (ALL, "甲"), ("电视", ALL), ("空调", "甲")]


def test_without_own_brands_answers_stay_as_they_are() -> None:
    answers = read_survey(table(f"{HEADER}\nr,空调,,price,ideal,2"))
    pd.testing.assert_frame_equal(own_answers(answers, brands(("乙", "空调", False))), answers)


def test_answers_that_name_a_brand_keep_it_unless_it_is_a_rival() -> None:
    answers = read_survey(
        table("brand,category,measure,score\n甲,price,ideal,1\n乙,price,ideal,2\n丙,price,ideal,3")
    )
    own = own_answers(answers, brands(("甲", ALL, True), ("乙", ALL, False)))
    assert own["brand"].tolist() == ["甲", "丙"]
