"""Expectation is put together from the determinants that the data hold, and each is shown."""

from datetime import date
from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from cem_nlp.cem.expectation import DETERMINANTS, SHORTFALL, expectation_table
from cem_nlp.config import Expectation, Scores
from cem_nlp.schemas import TABLES
from cem_nlp.scores.aggregate import score_table
from cem_nlp.vocabulary import ALL

MINIMUM = 5


class Voices:
    """Collects comments on price, one opinion each, of the own brand 甲 unless said otherwise."""

    def __init__(self) -> None:
        self.rows: list[dict[str, object]] = []

    def say(self, times: int, polarity: str, **values: object) -> "Voices":
        defaults = {
            "brand": "甲",
            "product": "空调",
            "kind": "review",
            "channel": "app",
            "segment": "unknown",
            "customer_key": None,
            "business_date": date(2026, 8, 1),
            "duplicate_of": None,
            "expectation": None,
            "intent": None,
            "determinants": [],
            "touchpoint": "use",
            "category": "price",
            "polarity": polarity,
        }
        for _ in range(times):
            self.rows.append(defaults | {"feedback_id": f"f{len(self.rows)}"} | values)
        return self

    def tables(self) -> tuple[pd.DataFrame, ...]:
        """Return scores, feedback, opinions and comments."""
        said = pd.DataFrame(self.rows)
        feedback = said.assign(is_own=said["brand"] == "甲")
        return score_table(feedback, said, Scores(prior_mentions=0)), feedback, said, said

    def table(self, **weights: float) -> pd.DataFrame:
        return expectation_table(*self.tables(), Expectation(**weights), MINIMUM)

    def price(self, **weights: float) -> pd.DataFrame:
        found = self.table(**weights)
        return found[found["category"] == "price"].set_index("determinant")


def test_the_table_follows_its_schema_and_names_every_determinant() -> None:
    table = Voices().say(9, "neutral").table()
    assert list(table.columns) == [name for name in TABLES["expectations"].names if name != "run_id"]
    assert table["determinant"].tolist() == [*DETERMINANTS, ALL]
    assert table["value"].isna().all()
    assert not table["weight"].any()


def test_earlier_experience_here_is_the_score_of_the_months_before() -> None:
    said = Voices().say(30, "positive", business_date=date(2026, 6, 3))
    said.say(10, "negative", business_date=date(2026, 7, 3)).say(50, "negative")
    said.say(99, "negative", business_date=date(2025, 7, 31))  # more than a year before: forgotten
    found = said.price().loc["earlier_here"]
    assert found["value"] == 7.5
    assert found["n"] == 40
    assert found["value_low"] < 7.5 < found["value_high"]


def test_rivals_are_weighed_in_the_own_brands_kinds() -> None:
    said = Voices().say(30, "neutral").say(10, "neutral", kind="complaint")
    said.say(20, "positive", brand="乙").say(200, "negative", brand="乙", kind="complaint")
    assert said.price().loc["earlier_elsewhere", "value"] == pytest.approx(7.5)


def test_rivals_known_by_other_kinds_alone_set_no_expectation() -> None:
    said = Voices().say(30, "neutral").say(200, "negative", brand="乙", kind="complaint")
    assert said.price()["value"].isna().all()


def test_word_of_mouth_is_the_advice_that_others_can_read() -> None:
    said = Voices().say(6, "positive", intent="recommend").say(3, "positive", intent="repurchase")
    said.say(3, "negative", intent="churn").say(50, "negative", intent="complain", kind="complaint")
    found = said.price().loc["word_of_mouth"]
    assert found[["value", "n"]].tolist() == [7.5, 12]


@pytest.mark.parametrize(("kept", "broken", "promised"), [(10, 0, 5.0), (0, 10, 10.0), (5, 5, 7.5)])
def test_a_broken_promise_promised_the_best(kept: int, broken: int, promised: float) -> None:
    heard = {"determinants": ["promotion"]}
    said = Voices().say(kept, "positive", **heard).say(broken, "negative", **heard)
    said.say(50 - kept, "positive").say(50 - broken, "negative")
    assert said.price().loc["promotion", "value"] == pytest.approx(promised)


def test_advertising_is_a_promise_but_brand_image_is_none() -> None:
    said = (
        Voices().say(10, "negative", touchpoint="ad").say(10, "negative", touchpoint="ad", category="brand")
    )
    table = said.table().set_index(["category", "determinant"])
    assert table.loc[("price", "promotion"), "n"] == 10
    assert table.loc[("brand", "promotion"), "n"] == 0


@pytest.mark.parametrize(("hint", "shift"), [("below", SHORTFALL), ("met", 0.0), ("above", -SHORTFALL)])
def test_hints_lie_about_what_customers_get(hint: str, shift: float) -> None:
    found = Voices().say(20, "neutral", expectation=hint).price().loc["hints"]
    assert found["value"] == pytest.approx(5 + shift)
    assert found["value_low"] <= found["value"] <= found["value_high"]


def mixed() -> Voices:
    said = Voices().say(40, "negative").say(40, "positive").say(30, "positive", brand="乙")
    said.say(12, "neutral", expectation="below").say(9, "positive", intent="recommend")
    return said.say(30, "negative", business_date=date(2026, 6, 1))


@cache
def mixed_tables() -> tuple[pd.DataFrame, ...]:
    return mixed().tables()


def test_the_contributions_add_up_to_the_expectation() -> None:
    found = mixed().price()
    parts, whole = found.loc[list(DETERMINANTS)], found.loc[ALL]
    assert parts["contribution"].sum() == pytest.approx(whole["value"])
    assert parts["weight"].sum() == pytest.approx(1)
    assert set(parts["weight"].round(9)) == {0.0, 0.25}
    assert parts.loc["promotion", "weight"] == 0
    assert whole["value_low"] < whole["value"] < whole["value_high"]


def test_weights_are_those_of_the_configuration() -> None:
    said = mixed()
    found = said.price(earlier_here=3, earlier_elsewhere=1, word_of_mouth=0, hints=0)
    assert found["weight"].tolist() == [0.75, 0.25, 0, 0, 0, 1]
    assert found.loc[ALL, "value"] == pytest.approx(
        0.75 * found.loc["earlier_here", "value"] + 0.25 * found.loc["earlier_elsewhere", "value"]
    )


def test_one_known_determinant_of_several_makes_no_expectation() -> None:
    found = Voices().say(30, "neutral").say(9, "negative", brand="乙").price()
    assert found.loc["earlier_elsewhere", ["value", "n"]].tolist() == [0, 9]
    assert pd.isna(found.loc[ALL, "value"])
    assert not found["weight"].any()
    assert found["contribution"].isna().all()


def test_the_only_determinant_with_a_weight_keeps_its_own_range() -> None:
    found = mixed().price(earlier_elsewhere=1, earlier_here=0, word_of_mouth=0, hints=0, promotion=0)
    ends = ["value", "value_low", "value_high"]
    assert found.loc[ALL, ends].tolist() == pytest.approx(found.loc["earlier_elsewhere", ends].tolist())


def test_determinants_that_disagree_make_a_wide_range() -> None:
    def width(theirs: str) -> float:
        said = Voices().say(400, "negative").say(400, "negative", business_date=date(2026, 6, 1))
        whole = said.say(400, theirs, brand="乙").price().loc[ALL]
        return float(whole["value_high"] - whole["value_low"])

    assert width("negative") < 0.3
    assert width("positive") > 4


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(0, 5), min_size=5, max_size=5).filter(lambda weights: sum(weights) > 0.01))
def test_the_expectation_stays_on_the_scale_whatever_the_weights(weights: list[float]) -> None:
    chosen = Expectation(**dict(zip(DETERMINANTS, weights, strict=True)))
    whole = expectation_table(*mixed_tables(), chosen, MINIMUM).iloc[-1]
    if whole["weight"]:
        assert 0 <= whole["value_low"] <= whole["value"] <= whole["value_high"] <= 10
    else:
        assert pd.isna(whole["value"])


def test_too_few_voices_are_no_determinant_and_are_shown() -> None:
    found = Voices().say(20, "neutral").say(MINIMUM - 1, "neutral", expectation="below").price()
    assert found.loc["hints", "n"] == MINIMUM - 1
    assert pd.isna(found.loc["hints", "value"])


def test_near_duplicates_say_nothing() -> None:
    said = Voices().say(20, "neutral").say(30, "neutral", expectation="below", duplicate_of="f0")
    assert said.price().loc["hints", "n"] == 0


def test_rivals_have_no_rows() -> None:
    assert set(mixed().table()["brand"]) == {"甲"}


@pytest.mark.parametrize(
    "weights", [dict.fromkeys(DETERMINANTS, 0.0), {"hints": -1.0}, {"gossip": 1.0}], ids=str
)
def test_weights_that_make_no_sense_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Expectation(**weights)
