"""How sure the key experience and the quadrants are: what must hold for any survey, and for text."""

from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.cem.draws import range_draws, survey_draws, text_draws
from cem_nlp.cem.figures import COLUMNS, no_figures
from cem_nlp.cem.gaps import gap_table
from cem_nlp.cem.quadrants import QUADRANTS, quadrant_table
from cem_nlp.cem.survey import read_survey
from cem_nlp.cem.survey_figures import survey_figures
from cem_nlp.scores.cells import mentions_of
from cem_nlp.vocabulary import CATEGORIES

HEADER = ["respondent", "product", "category", "measure", "score"]
PROBABILITIES = [f"probability_{name}" for name in QUADRANTS]
N = 200
few = settings(max_examples=4, deadline=None)


@st.composite
def answers(draw: st.DrawFn) -> list[list[str]]:
    """What two to six people say of one or two products, everybody of everything, on 0–10."""
    people = draw(st.integers(2, 6))
    products = draw(st.sampled_from([["甲"], ["甲", "乙"]]))
    asked = [
        (f"r{person}", product, category, measure)
        for person in range(people)
        for product in products
        for category in list(CATEGORIES)[:4]
        for measure in ("experience", "expectation", "importance")
    ]
    scores = draw(st.lists(st.integers(0, 10), min_size=len(asked), max_size=len(asked)))
    return [[*question, str(score)] for question, score in zip(asked, scores, strict=True)]


def read(rows: list[list[str]], scale: tuple[int, int] = (0, 10)) -> pd.DataFrame:
    low, high = scale
    return read_survey(pd.DataFrame(rows, columns=HEADER, dtype="str"), low=low, high=high)


def gaps_of(rows: list[list[str]], scale: tuple[int, int] = (0, 10)) -> pd.DataFrame:
    said = read(rows, scale)
    draws = survey_draws(said, N, np.random.default_rng(7))
    return gap_table(survey_figures(said), no_figures(), draws)


def quadrants_of(rows: list[list[str]]) -> pd.DataFrame:
    said = read(rows)
    draws = survey_draws(said, N, np.random.default_rng(7))
    return quadrant_table(survey_figures(said), no_figures(), draws)


def person(name: str, **scores: tuple[int, int, int]) -> list[list[str]]:
    return [
        [name, "", category, measure, str(score)]
        for category, three in scores.items()
        for measure, score in zip(("experience", "expectation", "importance"), three, strict=True)
    ]


@few
@given(answers())
def test_probabilities_of_being_the_key_add_up_to_one(rows: list[list[str]]) -> None:
    gaps = gaps_of(rows)
    groups = gaps.groupby(["product", "segment"])["key_probability"]
    known = groups.count() > 0
    assert gaps["key_probability"].dropna().between(0, 1).all()
    in_line = (gaps["importance"] > 0).groupby([gaps["product"], gaps["segment"]]).sum()
    assert groups.sum()[known & (in_line > 1)].to_numpy() == pytest.approx(1)
    assert not known[in_line == 1].any()


@few
@given(answers(), st.sampled_from([(1, 5), (0, 100), (-3, 3)]))
def test_another_scale_changes_no_probability(rows: list[list[str]], scale: tuple[int, int]) -> None:
    low, high = scale
    rescaled = [[*row[:-1], repr(low + int(row[-1]) * (high - low) / 10)] for row in rows]
    before, after = gaps_of(rows), gaps_of(rescaled, scale)
    assert before["is_key_experience"].tolist() == after["is_key_experience"].tolist()
    # A replicate in which two categories all but tie may fall either way in the last digit.
    pd.testing.assert_series_equal(before["key_probability"], after["key_probability"], atol=2 / N)


@few
@given(answers(), st.randoms(use_true_random=False))
def test_probabilities_of_the_quadrants_add_up_to_one(rows: list[list[str]], random: Random) -> None:
    quadrants = quadrants_of(rows)
    assert quadrants[PROBABILITIES].sum(axis=1).to_numpy() == pytest.approx(1)
    shuffled = quadrants_of(random.sample(rows, len(rows)))
    assert quadrants["quadrant"].tolist() == shuffled["quadrant"].tolist()


def test_a_clear_key_is_sure_and_a_close_one_is_not() -> None:
    clear = [
        row
        for name in "abcdefgh"
        for row in person(name, price=(1, 9, 9), service=(7, 7, 8), brand=(8, 7, 5))
    ]
    gaps = gaps_of(clear).set_index("category")
    assert gaps["key_probability"].to_dict() == {"service": 0, "price": 1, "brand": 0}
    torn = [
        row
        for number, name in enumerate("abcdefgh")
        for row in person(name, price=(2 + number % 2 * 4, 8, 9), service=(6 - number % 2 * 4, 8, 9))
    ]
    assert gaps_of(torn)["key_probability"].between(0.3, 0.7).all()


def test_categories_that_tie_share_the_probability() -> None:
    figures = pd.DataFrame(
        [
            ["甲", "all", "all", category, measure, value, np.nan, np.nan, "assumed", True]
            for category in CATEGORIES
            for measure, value in (("experience", 8.0), ("expectation", 7.0), ("importance", 5.0))
        ],
        columns=COLUMNS,
    )
    draws = range_draws(figures, N, np.random.default_rng(7))
    gaps = gap_table(figures, no_figures(), draws)
    assert gaps["key_probability"].to_numpy() == pytest.approx(1 / len(CATEGORIES))
    assert gaps.loc[gaps["is_key_experience"], "category"].tolist() == ["product"]
    heavier = figures["measure"].eq("importance") & figures["category"].isin(["price", "brand"])
    told = gap_table(figures, no_figures(), np.where(heavier.to_numpy()[:, np.newaxis], 6.0, draws))
    shares = told.set_index("category")["key_probability"]
    assert shares[["price", "brand"]].tolist() == [0.5, 0.5]
    assert shares.sum() == 1


def test_a_single_answer_tells_no_probability() -> None:
    gaps = gaps_of(person("a", price=(1, 9, 9), service=(7, 7, 8), brand=(8, 7, 5)))
    assert gaps["is_key_experience"].sum() == 1
    assert gaps["key_probability"].isna().all()
    quadrants = quadrants_of(person("a", price=(1, 9, 9), service=(7, 7, 8), brand=(8, 7, 5)))
    assert quadrants["quadrant"].tolist() == ["keep_up", "concentrate_here", "possible_overkill"]
    assert quadrants[PROBABILITIES].isna().all(axis=None)


def test_people_who_agree_leave_their_rounding() -> None:
    said = read([row for name in "ab" for row in person(name, price=(5, 7, 9))])
    draws = survey_draws(said, 2000, np.random.default_rng(7))
    assert draws.std(axis=1) == pytest.approx(np.full(3, 12**-0.5 / 2**0.5), rel=0.1)


def test_draws_of_a_mean_spread_as_its_standard_error() -> None:
    scores = [2, 3, 5, 8, 9, 4, 6, 7]
    said = read([[f"r{n}", "", "price", "experience", str(score)] for n, score in enumerate(scores)])
    draws = survey_draws(said, 4000, np.random.default_rng(7))
    assert draws.mean() == pytest.approx(np.mean(scores), abs=0.05)
    assert draws.std() == pytest.approx(np.std(scores, ddof=1) / len(scores) ** 0.5, rel=0.05)


def test_a_range_is_drawn_and_an_assumption_is_not() -> None:
    figures = pd.DataFrame(
        [
            ["甲", "all", "all", "price", "importance", 5.0, 4.0, 7.0, "derived", False],
            ["甲", "all", "all", "brand", "importance", 5.0, np.nan, np.nan, "assumed", False],
            ["甲", "all", "all", "service", "importance", 5.0, np.nan, np.nan, "survey", False],
        ],
        columns=COLUMNS,
    )
    ranged, assumed, alone = range_draws(figures, 20_000, np.random.default_rng(7))
    assert np.quantile(ranged, [0.025, 0.5, 0.975]) == pytest.approx([4, 5, 7], abs=0.1)
    assert set(assumed) == {5.0}
    assert np.isnan(alone).all()


def test_whole_customers_are_drawn_from_text() -> None:
    n = 40
    feedback = pd.DataFrame(
        {
            "feedback_id": [f"f{k}" for k in range(n)],
            "brand": "甲",
            "product": "unknown",
            "kind": "review",
            "channel": "x",
            "segment": "unknown",
            "customer_key": [f"c{k // 20}" for k in range(n)],
            "business_date": pd.Timestamp("2026-09-01"),
            "duplicate_of": None,
            "is_own": True,
        }
    )
    polarity = ["positive"] * 20 + ["negative"] * 20
    opinions = pd.DataFrame(
        {
            "feedback_id": feedback["feedback_id"],
            "category": "price",
            "polarity": polarity,
            "touchpoint": "web",
        }
    )
    text = pd.DataFrame(
        [["甲", "all", "all", "price", "experience", 5.0, 3.5, 6.5, "derived", True]], columns=COLUMNS
    )

    def spread(customers: pd.Series) -> float:
        mentions = mentions_of(feedback.assign(customer_key=customers), opinions)
        return float(text_draws(text, mentions, 500, np.random.default_rng(7)).std())

    two_customers, everybody = feedback["customer_key"], feedback["feedback_id"]
    assert spread(two_customers) > 2 * spread(everybody)


def test_categories_with_assumed_importance_have_no_quadrant() -> None:
    said = [
        row for name in "abc" for row in person(name, price=(1, 9, 9), service=(7, 7, 8), brand=(8, 7, 5))
    ]
    figures = survey_figures(read(said))
    assumed = figures.assign(origin=figures["origin"].where(figures["category"] != "brand", "assumed"))
    draws = survey_draws(read(said), N, np.random.default_rng(7))
    assert quadrant_table(assumed, no_figures(), draws).empty
