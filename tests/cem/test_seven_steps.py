"""The seven steps: the method's worked example to the cell, and what must hold for any survey."""

import csv
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.cem.figures import no_figures
from cem_nlp.cem.gaps import COLUMNS, gap_table
from cem_nlp.cem.ranges import Estimate
from cem_nlp.cem.render import gaps_as_json, gaps_as_text
from cem_nlp.cem.survey import read_survey
from cem_nlp.cem.survey_figures import survey_figures
from cem_nlp.cem.triangle import satisfaction, weighted_satisfaction
from cem_nlp.schemas import TABLES
from cem_nlp.vocabulary import CATEGORIES

HEADER = ["product", "segment", "category", "measure", "score"]
RETAILER = {
    "experience": {"product": 6, "service": 6, "relationship": 4, "price": 7, "convenience": 5, "brand": 7},
    "expectation": {"product": 7, "price": 7, "convenience": 7, "brand": 7},
    "satisfaction": {"product": -1, "price": 0, "convenience": -2, "brand": 0},
    "importance": {"convenience": 9},
    "weighted": {"convenience": -18},
    "ideal": {"product": 6, "service": 6, "relationship": 4, "price": 7, "convenience": 10, "brand": 7},
    "gap": {"product": 0, "service": 0, "relationship": 0, "price": 0, "convenience": -5, "brand": 0},
}
"""The method's worked example: every cell it states, and no other."""

few = settings(max_examples=5, deadline=None)


def survey(rows: list[list[str]], header: list[str] = HEADER, **scale: float) -> pd.DataFrame:
    return survey_figures(read_survey(pd.DataFrame(rows, columns=header, dtype="str"), **scale))


def gaps_of(rows: list[list[str]], header: list[str] = HEADER, **scale: float) -> pd.DataFrame:
    return gap_table(survey(rows, header, **scale), no_figures())


def figures(**measures: dict[str, float]) -> list[list[str]]:
    return [
        ["", "", category, measure, str(score)]
        for measure, scores in measures.items()
        for category, score in scores.items()
    ]


def key(gaps: pd.DataFrame) -> list[str]:
    return gaps.loc[gaps["is_key_experience"], "category"].tolist()


@pytest.fixture
def retailer(tmp_path: Path) -> pd.DataFrame:
    path = tmp_path / "retailer.csv"
    asked = {name: RETAILER[name] for name in ("experience", "expectation", "importance")}
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *figures(**asked)])
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    return gap_table(survey_figures(read_survey(table, name=path.name)), no_figures())


def test_retailer_states_exactly_the_cells_of_the_worked_example(retailer: pd.DataFrame) -> None:
    by_category = retailer.set_index("category")
    for measure in RETAILER:
        assert by_category[measure].dropna().to_dict() == RETAILER[measure], measure
    assert key(retailer) == ["convenience"]
    assert retailer["rank"].dropna().tolist() == [1]
    assert not retailer["runner_up"].any()


def test_retailer_says_where_each_figure_comes_from(retailer: pd.DataFrame) -> None:
    origins = retailer.set_index("category")
    assert set(origins["experience_from"]) == {"survey"}
    assert origins["expectation_from"].dropna().index.tolist() == list(RETAILER["expectation"])
    assert origins["importance_from"].dropna().to_dict() == {"convenience": "survey"}
    assert set(origins["ideal_from"]) == {"derived"}


def test_one_figure_has_no_range(retailer: pd.DataFrame) -> None:
    ranges = [name for name in retailer if name.endswith(("_low", "_high"))]
    assert len(ranges) == 14
    assert retailer[ranges].isna().all(axis=None)


def test_table_follows_the_schema(retailer: pd.DataFrame) -> None:
    schema = TABLES["gaps"].remove(TABLES["gaps"].get_field_index("run_id"))
    assert list(retailer.columns) == list(COLUMNS) == schema.names
    stored = pa.Table.from_pandas(retailer, schema=schema, preserve_index=False)
    assert stored["rank"].to_pylist() == [None, None, None, None, 1, None]


def test_json_has_the_schema_names_and_null_for_unknown(retailer: pd.DataFrame) -> None:
    rows = json.loads(gaps_as_json(retailer))
    assert [row["category"] for row in rows] == list(CATEGORIES)
    assert all(list(row) == list(COLUMNS) for row in rows)
    convenience, service = rows[4], rows[1]
    assert (convenience["weighted"], convenience["ideal"], convenience["gap"]) == (-18, 10, -5)
    assert convenience["rank"] == 1
    assert convenience["is_key_experience"] is True
    assert service["satisfaction"] is None
    assert service["expectation_from"] is None
    assert service["rank"] is None


def test_text_marks_key_and_unknown_cells(retailer: pd.DataFrame) -> None:
    lines = [" ".join(line.split()) for line in gaps_as_text(retailer, "zh").splitlines()]
    assert lines[5] == "★ 便利性 5 7 -2 9 -18 10 -5"
    assert lines[2] == "服务 6 – – – – 6 0"
    assert "key experience" in gaps_as_text(retailer, "en")


def test_no_figures_make_an_empty_table_of_the_same_types(retailer: pd.DataFrame) -> None:
    empty = gap_table(no_figures(), no_figures())
    assert empty.empty
    assert empty.dtypes.equals(retailer.dtypes)
    assert gaps_as_json(empty) == "[]"
    assert gaps_as_text(empty, "zh") == "没有可计算的内容。"


def test_most_negative_weighted_satisfaction_is_the_key_even_if_another_matters_more() -> None:
    gaps = gaps_of(
        figures(
            experience={"price": 4, "service": 6, "brand": 9},
            expectation={"price": 8, "service": 7, "brand": 8},
            importance={"price": 6, "service": 9, "brand": 10},
        )
    ).set_index("category")
    assert gaps["weighted"].to_dict() == {"service": -9, "price": -24, "brand": 10}
    assert gaps["rank"].to_dict() == {"service": 2, "price": 1, "brand": 3}
    assert gaps.index[gaps["is_key_experience"]].tolist() == ["price"]
    assert gaps.index[gaps["runner_up"]].tolist() == ["service"]


def test_where_nothing_hurts_the_most_important_category_is_the_key() -> None:
    gaps = gaps_of(
        figures(
            experience={"price": 8, "service": 8},
            expectation={"price": 7, "service": 7},
            importance={"price": 6, "service": 9},
        )
    )
    assert key(gaps) == ["service"]
    assert gaps.set_index("category")["ideal"].to_dict() == {"service": 10, "price": 8}


def test_categories_that_stand_level_are_told_so_and_the_order_of_the_six_decides() -> None:
    level = {"service": 5.0, "price": 5.0, "brand": 5.0}
    expected, weights = dict.fromkeys(level, 7.0), {"service": 8.0, "price": 8.0, "brand": 7.0}
    gaps = gaps_of(figures(experience=level, expectation=expected, importance=weights))
    assert key(gaps) == ["service"]
    assert gaps.loc[gaps["tied"], "category"].tolist() == ["service", "price"]
    assert "并列：服务、价格" in gaps_as_text(gaps, "zh")
    assert "Level: service, price" in gaps_as_text(gaps, "en")
    apart = gaps_of(figures(experience=level, expectation=expected, importance={**weights, "price": 8.1}))
    assert not apart["tied"].any()
    assert "并列" not in gaps_as_text(apart, "zh")


def test_why_there_is_no_key_or_nothing_to_weigh_it_against_is_said() -> None:
    without = gaps_of(figures(experience={"price": 5.0, "brand": 5.0}, importance={"price": 0.0}))
    assert "定不出关键体验" in gaps_as_text(without, "zh")
    alone = gaps_of(figures(experience={"price": 5.0, "brand": 5.0}, importance={"price": 5.0}))
    assert "没有别的类别可比" in gaps_as_text(alone, "zh")
    both = gaps_of(figures(experience={"price": 5.0, "brand": 5.0}, importance={"price": 5.0, "brand": 6.0}))
    assert gaps_as_text(both, "zh").count("\n") == 4


@pytest.mark.parametrize("importance", [{}, {"price": 0, "service": 0}])
def test_without_importance_there_is_no_key(importance: dict[str, float]) -> None:
    gaps = gaps_of(
        figures(experience={"price": 3, "service": 8}, expectation={"price": 7}, importance=importance)
    )
    assert key(gaps) == []
    assert (gaps["gap"] == 0).all()


def test_a_category_nobody_experienced_is_not_the_key() -> None:
    gaps = gaps_of(
        figures(experience={"price": 5}, expectation={"brand": 9}, importance={"price": 1, "brand": 9})
    )
    assert key(gaps) == ["price"]


def test_ideal_is_never_below_what_is_there_nor_beyond_the_scale() -> None:
    gaps = gaps_of(figures(experience={"price": 9}, expectation={"price": 4}, importance={"price": 9}))
    assert gaps["ideal"].tolist() == [9]
    assert gaps_of(figures(experience={"price": 2}, importance={"price": 9}))["ideal"].tolist() == [5]


def test_ideal_of_the_survey_takes_precedence() -> None:
    gaps = gaps_of(
        figures(
            experience={"price": 5, "brand": 6},
            expectation={"price": 7, "brand": 7},
            importance={"price": 9},
            ideal={"price": 8, "brand": 6.5},
        )
    ).set_index("category")
    assert gaps["ideal_from"].tolist() == ["survey", "survey"]
    assert gaps["gap"].to_dict() == {"price": -3, "brand": -0.5}


def test_a_segment_falls_back_on_what_the_survey_says_of_everybody() -> None:
    rows = [
        ["车险", "", "service", "experience", "5"],
        ["车险", "", "service", "expectation", "8"],
        ["车险", "首次投保", "service", "importance", "4"],
        ["车险", "续保", "service", "importance", "9"],
    ]
    gaps = gaps_of(rows).set_index("segment")
    assert gaps["weighted"].to_dict() == pytest.approx({"all": -19.5, "首次投保": -12, "续保": -27})


def test_what_a_survey_says_of_all_products_beats_the_pool_of_single_ones() -> None:
    rows = [["", "", "price", "experience", "9"]]
    rows += [[product, "", "price", "experience", score] for product, score in (("甲", "2"), ("乙", "4"))]
    assert gaps_of(rows).set_index("product")["experience"].to_dict() == {"all": 9, "乙": 4, "甲": 2}


SCORES = st.integers(0, 10)


@st.composite
def answers(draw: st.DrawFn) -> list[list[str]]:
    """Answers of a few people on a scale 0–10, whole numbers, nobody twice."""
    asked = draw(
        st.dictionaries(
            st.tuples(
                st.sampled_from(["r1", "r2", "r3"]),
                st.sampled_from(["", "甲", "乙"]),
                st.sampled_from(["", "新客"]),
                st.sampled_from(list(CATEGORIES)),
                st.sampled_from(["experience", "expectation", "importance", "ideal"]),
            ),
            SCORES,
            min_size=1,
            max_size=40,
        )
    )
    return [[*question, str(score)] for question, score in asked.items()]


WITH_RESPONDENT = ["respondent", *HEADER]


@few
@given(answers())
def test_every_survey_keeps_the_steps_on_their_scales(rows: list[list[str]]) -> None:
    gaps = gaps_of(rows, WITH_RESPONDENT)
    for name, lowest, highest in (
        ("experience", 0, 10),
        ("satisfaction", -10, 10),
        ("weighted", -100, 100),
        ("ideal", 0, 10),
        ("gap", -10, 10),
    ):
        value, low, high = (gaps[column].dropna() for column in (name, f"{name}_low", f"{name}_high"))
        assert value.between(lowest, highest).all()
        assert (low >= lowest - 1e-9).all()
        assert (high <= highest + 1e-9).all()
        assert (low <= value[low.index] + 1e-9).all()
        assert (high >= value[high.index] - 1e-9).all()
    by_cell = gaps.groupby(["brand", "product", "segment"])
    assert (by_cell["is_key_experience"].sum() <= 1).all()
    assert (by_cell["runner_up"].sum() <= by_cell["is_key_experience"].sum()).all()


@few
@given(answers(), st.randoms(use_true_random=False))
def test_order_of_answers_changes_nothing(rows: list[list[str]], random) -> None:
    shuffled = random.sample(rows, len(rows))
    pd.testing.assert_frame_equal(gaps_of(rows, WITH_RESPONDENT), gaps_of(shuffled, WITH_RESPONDENT))


@few
@given(answers(), st.sampled_from([(1, 5), (0, 100), (-3, 3), (1, 11)]))
def test_another_scale_changes_neither_key_nor_rank(rows: list[list[str]], scale: tuple[int, int]) -> None:
    low, high = scale
    rescaled = [[*row[:-1], repr(low + int(row[-1]) * (high - low) / 10)] for row in rows]
    before = gaps_of(rows, WITH_RESPONDENT)
    after = gaps_of(rescaled, WITH_RESPONDENT, low=low, high=high)
    pd.testing.assert_frame_equal(before, after)


def test_triangle_law() -> None:
    assert satisfaction(5.0, 7.0) == -2
    assert weighted_satisfaction(9.0, -2.0) == -18


@few
@given(st.integers(0, 2**32 - 1))
def test_propagated_ranges_cover_what_simulation_finds(seed: int) -> None:
    random = np.random.default_rng(seed)
    means, widths = random.uniform(3, 7, size=2), random.uniform(0.2, 1.0, size=2)
    left, right = (
        Estimate(np.array([mean]), np.array([mean - 1.96 * sd]), np.array([mean + 1.96 * sd]))
        for mean, sd in zip(means, widths, strict=True)
    )
    draws = random.normal(means, widths, size=(40_000, 2))
    for result, simulated in (
        (left - right, draws[:, 0] - draws[:, 1]),
        (left * right, draws[:, 0] * draws[:, 1]),
    ):
        covered = np.mean((simulated >= result.low) & (simulated <= result.high))
        assert 0.93 < covered < 0.97
