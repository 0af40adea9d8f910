"""What moves the rating: known effects are found again, and where the data cannot tell nothing is said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.schemas import TABLES
from cem_nlp.scores.drivers import MINIMUM_VOICES, REASONS, driver_table
from cem_nlp.vocabulary import CATEGORIES

REWARD = dict(zip(CATEGORIES, (2.0, 0.0, 3.0, 0.0, 1.0, 0.0), strict=True))
PENALTY = dict(zip(CATEGORIES, (-2.0, -3.0, 0.0, 0.0, -2.0, 0.0), strict=True))
MENTIONED = (0.7, 0.5, 0.4, 0.5, 0.4, 0.3)


def said(n: int, seed: int, noise: float = 1.0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Feedback and opinions of `n` comments whose ratings follow REWARD and PENALTY."""
    random = np.random.default_rng(seed)
    mood = random.normal(size=(n, 1))
    spoken = random.random((n, 6)) < MENTIONED
    pleased = mood + random.normal(size=(n, 6)) > 0
    praise, blame = spoken & pleased, spoken & ~pleased
    effects = praise @ np.array([*REWARD.values()]) + blame @ np.array([*PENALTY.values()])
    rating = 5 + effects + noise * random.normal(size=n)
    return tables(rating, praise, blame)


def tables(
    rating: np.ndarray, praise: np.ndarray, blame: np.ndarray, **columns: object
) -> tuple[pd.DataFrame, pd.DataFrame]:
    number = np.array([f"f{n:05}" for n in range(len(rating))])
    defaults = {"brand": "甲", "product": "空调", "segment": "unknown", "is_own": True}
    defaults |= {"customer_key": None, "duplicate_of": None}
    feedback = pd.DataFrame({"feedback_id": number, "rating_scaled": rating}).assign(**defaults | columns)
    opinions = []
    for dummies, polarity in ((praise, "positive"), (blame, "negative")):
        row, column = np.nonzero(dummies)
        named = np.array(list(CATEGORIES))[column]
        opinions.append(pd.DataFrame({"feedback_id": number[row], "category": named, "polarity": polarity}))
    return feedback, pd.concat(opinions, ignore_index=True)


def drivers(feedback: pd.DataFrame, opinions: pd.DataFrame, **cell: str) -> pd.DataFrame:
    """The rows of one cell, by category."""
    found = driver_table(feedback, opinions, np.random.default_rng(7), n_replicates=20)
    cell = {"brand": "甲", "product": "all", "segment": "all"} | cell
    chosen = found[(found[list(cell)] == list(cell.values())).all(axis=1)]
    return chosen.set_index("category")


def single(categories: dict[str, tuple[list[float], list[float]]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Comments on one category each, with the ratings of those who praise and those who blame it."""
    rating, praise, blame = [], [], []
    for place, code in enumerate(CATEGORIES):
        for side, ratings in enumerate(categories.get(code, ([], []))):
            for value in ratings:
                rating.append(value)
                hit = np.arange(6) == place
                praise.append(hit & (side == 0))
                blame.append(hit & (side == 1))
    return tables(np.array(rating), np.array(praise), np.array(blame))


@pytest.fixture(scope="module")
def known() -> pd.DataFrame:
    return drivers(*said(3000, seed=1))


def test_the_table_follows_its_schema(known: pd.DataFrame) -> None:
    names = [name for name in TABLES["drivers"].names if name != "run_id"]
    assert list(driver_table(*said(100, 1), np.random.default_rng(1), 2).columns) == names
    assert list(known.index) == list(CATEGORIES)


@pytest.mark.parametrize("category", CATEGORIES)
def test_known_effects_are_found_again(known: pd.DataFrame, category: str) -> None:
    row = known.loc[category]
    assert row["reward"] == pytest.approx(REWARD[category], abs=0.25)
    assert row["penalty"] == pytest.approx(PENALTY[category], abs=0.25)
    assert row["reward_low"] < row["reward"] < row["reward_high"]
    assert row["importance"] == pytest.approx(max(row["reward"] - row["penalty"], 0))
    assert row["asymmetry"] == pytest.approx(row["reward"] + row["penalty"])


def test_types_are_named_where_the_evidence_is_clear(known: pd.DataFrame) -> None:
    assert known["kano"].to_dict() == {
        "product": "performance",
        "service": "must_be",
        "relationship": "attractive",
        "price": "indifferent",
        "convenience": "must_be",
        "brand": "indifferent",
    }


def test_shares_add_up_to_what_all_explain(known: pd.DataFrame) -> None:
    assert known["lmg"].sum() == pytest.approx(known["r_squared"].iloc[0])
    assert (known["lmg_low"] <= known["lmg"]).all()
    assert (known["lmg"] <= known["lmg_high"]).all()
    assert 0.7 < known["r_squared"].iloc[0] < 0.95


def test_the_order_of_rows_is_irrelevant() -> None:
    feedback, opinions = said(400, seed=2)
    mixed = drivers(feedback.sample(frac=1, random_state=1), opinions.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(drivers(feedback, opinions), mixed)


@settings(max_examples=4, deadline=None)
@given(st.permutations(list(CATEGORIES)))
def test_the_names_of_categories_are_irrelevant(names: list[str]) -> None:
    feedback, opinions = said(400, seed=3)
    renamed = dict(zip(CATEGORIES, names, strict=True))
    other = drivers(feedback, opinions.assign(category=opinions["category"].map(renamed)))
    expected = drivers(feedback, opinions).rename(index=renamed).loc[other.index]
    pd.testing.assert_frame_equal(expected, other, check_names=False)


def test_a_category_in_twice_as_many_comments_is_not_twice_as_important() -> None:
    few = single({"service": ([9, 10] * 20, [1, 2] * 20), "price": ([9, 10] * 20, [7, 8] * 20)})
    many = single({"service": ([9, 10] * 20, [1, 2] * 20), "price": ([9, 10] * 200, [7, 8] * 200)})
    for said_so in (few, many):
        found = drivers(*said_so)
        assert found.loc["service", "importance"] == pytest.approx(8)
        assert found.loc["price", "importance"] == pytest.approx(2)
    assert drivers(*many).loc["price", "lmg"] > drivers(*few).loc["price", "lmg"]


def test_effects_that_always_come_together_are_not_shared_out() -> None:
    feedback, opinions = single(
        {"service": ([9, 10] * 20, [1, 2] * 20), "product": ([5, 6] * 20, [4, 5] * 20)}
    )
    twins = opinions[opinions["category"] == "service"].assign(category="price")
    found = drivers(feedback, pd.concat([opinions, twins]))
    assert found.loc[["service", "price"], "reason"].tolist() == ["inseparable"] * 2
    assert found.loc[["service", "price"], ["reward", "importance"]].isna().all(axis=None)
    assert found.loc["product", "importance"] == pytest.approx(1)
    assert found.loc["service", "lmg"] == pytest.approx(found.loc["price", "lmg"])


def test_a_customer_who_repeats_himself_counts_once() -> None:
    feedback, opinions = single({"price": ([9.0, 8.0] * 60, [2.0, 3.0] * 60)})
    alone = drivers(feedback, opinions).loc["price"]
    voices = [f"k{number // 6}" for number in range(len(feedback))]
    together = drivers(feedback.assign(customer_key=voices), opinions).loc["price"]
    assert together["importance"] == pytest.approx(alone["importance"])
    assert (alone["n_praised"], together["n_praised"]) == (120, 20)
    few = feedback.assign(customer_key=[f"k{number // 12}" for number in range(len(feedback))])
    assert drivers(few, opinions).loc["price", "reason"] == "few_praised"


GOOD, BAD = [9.0, 10.0] * 20, [1.0, 2.0] * 20


@pytest.mark.parametrize(
    ("reason", "praised", "blamed"),
    [
        ("no_ratings", [np.nan] * 40, [np.nan] * 40),
        ("few_ratings", GOOD[:8], BAD[:8]),
        ("same_rating", [10.0] * 40, [10.0] * 40),
        ("few_blamed", GOOD, []),
        ("few_blamed", GOOD, BAD[: MINIMUM_VOICES - 1]),
        ("few_praised", GOOD[: MINIMUM_VOICES - 1], BAD),
    ],
)
def test_no_figure_without_a_basis(reason: str, praised: list[float], blamed: list[float]) -> None:
    row = drivers(*single({"price": (praised, blamed)})).loc["price"]
    assert row["reason"] == reason
    assert reason in REASONS
    assert row[["importance", "importance_low", "importance_high", "kano"]].isna().all()


def test_a_brand_of_one_customer_has_too_few() -> None:
    feedback, opinions = single({"price": (GOOD, BAD)})
    assert drivers(feedback.assign(customer_key="k1"), opinions)["reason"].eq("few_ratings").all()


def test_brands_stay_apart_and_rivals_have_no_products() -> None:
    feedback, opinions = single({"price": (GOOD, BAD)})
    rival = feedback.assign(feedback_id="r" + feedback["feedback_id"], brand="乙", is_own=False)
    flat = rival.assign(rating_scaled=5.0)
    both = (
        pd.concat([feedback, flat]),
        pd.concat([opinions, opinions.assign(feedback_id="r" + opinions["feedback_id"])]),
    )
    assert drivers(*both).loc["price", "importance"] == pytest.approx(8)
    assert drivers(*both, brand="乙").loc["price", "reason"] == "same_rating"
    assert drivers(*both, product="空调").loc["price", "importance"] == pytest.approx(8)
    assert drivers(*both, product="空调")["lmg"].isna().all()
    assert drivers(*both, brand="乙", product="空调").empty
    assert drivers(*both, segment="unknown").empty


def test_near_duplicates_say_nothing() -> None:
    feedback, opinions = single({"price": (GOOD, BAD)})
    repeated = feedback.assign(duplicate_of=np.where(feedback["rating_scaled"] < 5, "f00000", None))
    assert drivers(repeated, opinions).loc["price", ["n", "reason"]].tolist() == [40, "few_blamed"]


def test_no_comments_no_rows() -> None:
    feedback, opinions = said(10, seed=1)
    assert driver_table(feedback[:0], opinions[:0], np.random.default_rng(1)).empty
