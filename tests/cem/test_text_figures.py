"""Expectation and importance from text: derived where the data carry it, else assumed and marked so."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from cem_nlp.cem.derived import ASSUMED_EXPECTATION, ASSUMED_IMPORTANCE, text_figures
from cem_nlp.cem.expectation import SHORTFALL, expectation_table
from cem_nlp.cem.figures import CELL, no_figures
from cem_nlp.cem.gaps import gap_table
from cem_nlp.cem.survey import read_survey
from cem_nlp.cem.survey_figures import own_answers, survey_figures
from cem_nlp.config import Expectation, Scores
from cem_nlp.scores.aggregate import score_table
from cem_nlp.scores.drivers import MINIMUM_VOICES, driver_table
from cem_nlp.vocabulary import ALL

NUMBER = 2 * MINIMUM_VOICES


class Night:
    """Collects comments, one opinion each, and hands out the four tables."""

    def __init__(self) -> None:
        self.rows: list[dict[str, object]] = []

    def say(self, times: int, category: str, polarity: str, **values: object) -> "Night":
        defaults = {
            "brand": "甲",
            "product": "空调",
            "kind": "review",
            "channel": "app",
            "segment": "unknown",
            "customer_key": None,
            "business_date": date(2026, 8, 1),
            "duplicate_of": None,
            "rating_scaled": None,
            "expectation": None,
            "intent": None,
            "determinants": [],
            "touchpoint": "use",
            "category": category,
            "polarity": polarity,
        }
        for _ in range(times):
            self.rows.append(defaults | {"feedback_id": f"f{len(self.rows)}"} | values)
        return self

    def tables(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Return the tables scores, drivers and expectations."""
        said = pd.DataFrame(self.rows)
        feedback = said.assign(
            is_own=said["brand"] == "甲", rating_scaled=said["rating_scaled"].astype("float64")
        )
        scores = score_table(feedback, said, Scores(prior_mentions=0))
        drivers = driver_table(feedback, said, np.random.default_rng(1), n_replicates=2)
        return scores, drivers, expectation_table(scores, feedback, said, said, Expectation(), 5)

    def figures(self) -> pd.DataFrame:
        return text_figures(*self.tables()).set_index(["measure", *CELL]).sort_index()

    def gaps(self) -> pd.DataFrame:
        return gap_table(no_figures(), text_figures(*self.tables()))


def of(figures: pd.DataFrame, measure: str, category: str, product: str = ALL) -> pd.Series:
    return figures.loc[(measure, "甲", product, ALL, category)]


def test_experience_is_the_score_and_lists_its_cells() -> None:
    figures = Night().say(6, "price", "positive").say(6, "price", "negative").figures()
    experience = of(figures, "experience", "price", "空调")
    assert experience["value"] == 5
    assert experience["origin"] == "derived"
    assert figures.loc["experience", "listed"].all()
    assert not figures.drop(index="experience")["listed"].any()


def test_one_brand_without_ratings_is_assumed_throughout() -> None:
    gaps = Night().say(12, "price", "negative").gaps()
    assert gaps["expectation"].tolist() == [ASSUMED_EXPECTATION] * len(gaps)
    assert set(gaps["expectation_from"]) == {"assumed"}
    assert gaps["importance"].tolist() == [ASSUMED_IMPORTANCE] * len(gaps)
    assert set(gaps["importance_from"]) == {"assumed"}
    assert gaps["expectation_low"].isna().all()


def test_expectation_starts_from_what_rivals_give() -> None:
    night = Night().say(20, "price", "positive", expectation="met").say(30, "price", "positive", brand="乙")
    night.say(10, "price", "negative", brand="丙")
    expectation = of(night.figures(), "expectation", "price")
    assert expectation["value"] == (10 + 7.5) / 2
    assert expectation["origin"] == "derived"
    assert expectation["low"] < expectation["value"] < expectation["high"]


def test_a_bad_rival_alone_sets_no_expectation() -> None:
    gaps = Night().say(12, "price", "negative").say(9, "price", "negative", brand="乙").gaps()
    assert gaps["expectation"].tolist() == [ASSUMED_EXPECTATION] * len(gaps)
    assert set(gaps["expectation_from"]) == {"assumed"}
    assert (gaps["satisfaction"] < 0).all()


@pytest.mark.parametrize(("hint", "sign"), [("below", 1), ("above", -1), ("met", 0)])
def test_hints_shift_the_expectation(hint: str, sign: int) -> None:
    night = Night().say(20, "price", "neutral", expectation=hint).say(40, "price", "neutral", brand="乙")
    shift = of(night.figures(), "expectation", "price")["value"] - 5
    # What rivals give and what customers hint at, in equal parts.
    assert shift == pytest.approx(sign * SHORTFALL / 2)


def test_importance_is_the_impact_on_the_rating_not_the_frequency() -> None:
    night = Night()
    for rating in (9.0, 10.0):
        night.say(NUMBER, "service", "positive", rating_scaled=rating)
        night.say(10 * NUMBER, "price", "positive", rating_scaled=rating)
    for rating in (1.0, 2.0):
        night.say(NUMBER, "service", "negative", rating_scaled=rating)
    for rating in (7.0, 8.0):
        night.say(10 * NUMBER, "price", "negative", rating_scaled=rating)
    figures = night.figures()
    assert of(figures, "importance", "service")["value"] == pytest.approx(8)
    assert of(figures, "importance", "price")["value"] == pytest.approx(2)
    assert of(figures, "importance", "service")["low"] < 8 < of(figures, "importance", "service")["high"]


def test_too_few_rated_comments_derive_no_importance() -> None:
    night = Night().say(NUMBER, "brand", "positive", rating_scaled=9.0)
    night.say(MINIMUM_VOICES - 1, "brand", "negative", rating_scaled=1.0)
    night.say(NUMBER, "price", "positive", rating_scaled=8.0).say(
        NUMBER, "price", "negative", rating_scaled=4.0
    )
    figures = night.figures()
    assert of(figures, "importance", "price")[["value", "origin"]].tolist() == [pytest.approx(4), "derived"]
    # What is not measured is assumed to be as important as what is.
    assert of(figures, "importance", "brand")[["value", "origin"]].tolist() == [pytest.approx(4), "assumed"]


def test_importance_is_never_negative() -> None:
    night = Night().say(NUMBER, "price", "positive", rating_scaled=3.0)
    night.say(NUMBER, "price", "negative", rating_scaled=8.0)
    assert of(night.figures(), "importance", "price")[["value", "low"]].tolist() == [0, 0]


def test_near_duplicates_say_nothing() -> None:
    night = Night().say(NUMBER, "price", "positive", rating_scaled=9.0)
    night.say(NUMBER, "price", "negative", rating_scaled=1.0, duplicate_of="f0")
    assert of(night.figures(), "importance", "price")["origin"] == "assumed"


def test_a_suppressed_cell_has_a_row_without_experience() -> None:
    gaps = Night().say(12, "price", "negative").say(2, "brand", "negative").gaps()
    brand = gaps[(gaps["category"] == "brand") & (gaps["product"] == ALL)].iloc[0]
    assert brand[["experience", "satisfaction", "gap"]].isna().all()
    assert not brand["is_key_experience"]


def test_a_survey_takes_precedence_where_it_speaks() -> None:
    night = (
        Night()
        .say(20, "price", "negative")
        .say(20, "brand", "positive")
        .say(40, "price", "neutral", brand="乙")
    )
    asked = {
        "category": ["price", "price", "price"],
        "measure": ["expectation", "importance", "experience"],
        "score": ["9", "8", "3"],
        "product": ["", "", "空调"],
    }
    scores, *_ = tables = night.tables()
    survey = survey_figures(own_answers(read_survey(pd.DataFrame(asked)), scores))
    gaps = gap_table(survey, text_figures(*tables)).set_index(["product", "category"])
    assert set(gaps["brand"]) == {"甲"}
    assert gaps.loc[(ALL, "price"), ["expectation", "expectation_from"]].tolist() == [9, "survey"]
    assert gaps.loc[("空调", "price"), ["expectation", "importance"]].tolist() == [9, 8]
    assert gaps.loc[(ALL, "price"), ["experience", "experience_from"]].tolist() == [0, "derived"]
    assert gaps.loc[("空调", "price"), ["experience", "experience_from"]].tolist() == [3, "survey"]
    assert gaps.loc[(ALL, "brand"), "expectation_from"] == "assumed"
    assert gaps.loc[(ALL, "price"), "is_key_experience"]


def test_unknown_products_and_rivals_have_no_rows() -> None:
    gaps = (
        Night().say(8, "price", "negative", product="unknown").say(8, "price", "positive", brand="乙").gaps()
    )
    assert gaps[["brand", "product", "segment"]].drop_duplicates().to_numpy().tolist() == [["甲", ALL, ALL]]
