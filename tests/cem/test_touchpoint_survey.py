"""Reading a survey of touchpoints and channels."""

import pandas as pd
import pytest

from cem_nlp.cem.touchpoint_figures import touchpoint_figures
from cem_nlp.cem.touchpoint_survey import no_answers, read_touchpoint_survey
from cem_nlp.errors import BrokenSurvey
from cem_nlp.model_files import load_taxonomy
from cem_nlp.resources import shipped
from cem_nlp.vocabulary import ALL

PLACES = load_taxonomy(shipped("data/taxonomy.toml")).touchpoints
HEAD = ["respondent", "touchpoint", "channel", "measure", "score"]


def read(*rows: tuple[str, ...], head: list[str] = HEAD, **scale: float) -> pd.DataFrame:
    return read_touchpoint_survey(
        pd.DataFrame(rows, columns=head, dtype="str"), PLACES, name="t.csv", **scale
    )


def figure(answers: pd.DataFrame, **values: str) -> pd.Series:
    found = touchpoint_figures(answers)
    for name, value in values.items():
        found = found[found[name] == value]
    assert len(found) == 1
    return found.iloc[0]


def test_chinese_names_and_another_scale_are_understood() -> None:
    rows = [("售后维修", "", "重要性", "5"), ("", "网络", "偏好", "3")]
    answers = read(*rows, head=["触点", "渠道", "指标", "分数"], low=1, high=5)
    assert answers[["touchpoint", "channel", "measure"]].to_numpy().tolist() == [
        ["after", ALL, "importance"],
        [ALL, "web", "preference"],
    ]
    assert answers["score"].tolist() == [10.0, 5.0]


def test_importance_is_the_mean_over_respondents() -> None:
    answers = read(("a", "after", "", "importance", "9"), ("b", "after", "", "importance", "7"))
    found = figure(answers, touchpoint="after")
    assert (found["value"], found["n"]) == (8.0, 2)
    assert found["low"] < 8 < found["high"]


def test_preference_is_a_share_of_each_respondents_points() -> None:
    answers = read(
        ("a", "", "web", "preference", "6"),
        ("a", "", "phone_inbound", "preference", "2"),  # 6 of 8
        ("b", "", "web", "preference", "5"),
        ("b", "", "phone_inbound", "preference", "5"),  # 5 of 10
    )
    assert figure(answers, channel="web")["value"] == pytest.approx((0.75 + 0.5) / 2)
    shares = touchpoint_figures(answers)
    assert shares["value"].sum() == pytest.approx(1)
    assert (shares["low"] >= 0).all()
    assert (shares["high"] <= 1).all()


def test_figures_without_respondents_have_no_range() -> None:
    answers = read(("", "", "web", "use", "8"), ("", "", "phone_inbound", "use", "2"))
    found = figure(answers, channel="web")
    assert found["value"] == 0.8
    assert pd.isna(found["low"])
    assert touchpoint_figures(no_answers()).empty


BAD = [
    ([("a", "afters", "", "importance", "9")], "line 2, column touchpoint", "'afters'", "售后维修"),
    ([("a", "after", "phone", "preference", "9")], "line 2, column channel", "'phone'", "phone_inbound"),
    ([("a", "after", "", "weight", "9")], "line 2, column measure", "'weight'", "importance"),
    ([("a", "after", "", "wish", "")], "line 2, column measure", "'wish'", "importance"),
    ([("a", "after", "", "importance", "12")], "line 2, column score", "'12'", "0–10"),
    ([("a", "after", "", "importance", "nine")], "line 2, column score", "'nine'", "0–10"),
    ([("a", "after", "", "importance", "")], "line 2, column score", "score is missing", "0–10"),
    ([("a", "", "web", "importance", "9")], "line 2, column touchpoint", "name the touchpoint", "after"),
    ([("a", "after", "", "use", "9")], "line 2, column channel", "name the channel", "web"),
    ([("a", "ad", "", "importance", "9")] * 2, "line 3, column score", "answers one question twice", "'9'"),
]


@pytest.mark.parametrize(("rows", "where", "what", "valid"), BAD)
def test_bad_rows_are_named_with_line_value_and_what_is_valid(
    rows: list[tuple[str, ...]], where: str, what: str, valid: str
) -> None:
    with pytest.raises(BrokenSurvey) as raised:
        read(*rows)
    said = raised.value.explain("en")
    assert f"t.csv, {where}" in said
    assert what in said
    assert valid in said


def test_missing_column_and_reversed_scale_are_refused() -> None:
    with pytest.raises(BrokenSurvey, match="score"):
        read(("after", "importance"), head=["touchpoint", "measure"])
    with pytest.raises(BrokenSurvey, match="low end"):
        read(("a", "after", "", "importance", "9"), low=10, high=0)
    with pytest.raises(BrokenSurvey, match="name the channel"):
        read(("after", "use", "9"), head=["touchpoint", "measure", "score"])
