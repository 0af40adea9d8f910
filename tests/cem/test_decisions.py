"""What is proposed: requirements from sub-topics, and the fit with strategy and capability."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.cem.decisions import decision_table
from cem_nlp.cem.figures import no_figures
from cem_nlp.cem.gaps import gap_table
from cem_nlp.cem.requirements import no_requirements, requirement_table
from cem_nlp.cem.strategy import NO_STRATEGY, Strategy, parse_strategy
from cem_nlp.cem.survey import read_survey
from cem_nlp.cem.survey_figures import survey_figures
from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.conditions import Condition
from cem_nlp.opinions.taxonomy import Topic
from cem_nlp.schemas import TABLES
from cem_nlp.vocabulary import CATEGORIES

WAITING, FEE = Bilingual("缩短等待", "shorten waiting"), Bilingual("明码标价", "list charges")
TOPICS = {
    "convenience": {
        "waiting": Topic(Bilingual("等候", "waiting"), Condition(words=("等",)), requirement=WAITING),
        "stock": Topic(Bilingual("有货", "stock"), Condition(words=("货",))),
    },
    "price": {"fee": Topic(Bilingual("收费", "fee"), Condition(words=("费",)), requirement=FEE)},
}
EXAMPLE = {"convenience": (5, 7, 9), "price": (6, 7, 8), "brand": (7, 7, 6)}
"""Experience, expectation, importance: in line convenience (−18), price (−8), brand (0)."""
few = settings(max_examples=10, deadline=None)


def gaps_of(
    figures: Mapping[str, tuple[float, float, float]], reach: Mapping[str, float] | None = None
) -> pd.DataFrame:
    rows = [
        [category, measure, str(score)]
        for category, scores in figures.items()
        for measure, score in zip(("experience", "expectation", "importance"), scores, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["category", "measure", "score"], dtype="str")
    return gap_table(survey_figures(read_survey(table)), no_figures(), reach=reach)


GAPS = gaps_of(EXAMPLE)


def decide(strategy: Strategy = NO_STRATEGY, requirements: pd.DataFrame | None = None) -> pd.DataFrame:
    requirements = no_requirements() if requirements is None else requirements
    return decision_table(GAPS, requirements, strategy)


def verdicts(decisions: pd.DataFrame) -> dict[str, str]:
    return dict(zip(decisions["category"], decisions["verdict"], strict=True))


def complaints(*said: tuple[str, str, str, str | None]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Feedback and negative opinions of one own brand, from (customer, category, touchpoint, topic)."""
    ids = [f"f{n}" for n in range(len(said))]
    feedback = pd.DataFrame(
        {"feedback_id": ids, "customer_key": [one[0] for one in said], "duplicate_of": None}
    )
    feedback = feedback.assign(brand="all", product="unknown", segment="unknown", is_own=True)
    opinions = pd.DataFrame(
        [one[1:] for one in said], columns=["category", "touchpoint", "topic"], dtype="str"
    ).assign(feedback_id=ids, polarity="negative")
    return feedback, opinions


def requirements_of(
    *said: tuple[str, str, str, str | None], strategy: Strategy = NO_STRATEGY, fewest: int = 1
) -> pd.DataFrame:
    return requirement_table(*complaints(*said), TOPICS, strategy, fewest)


# What is proposed


def test_without_a_strategy_the_key_is_proposed_and_the_rest_is_in_reserve() -> None:
    decisions = decide()
    assert verdicts(decisions) == {"convenience": "proposed", "price": "reserve", "brand": "reserve"}
    assert decisions["place"].tolist() == [1, 2, 3]
    assert decisions["target"].tolist() == [10, 10, 10]
    assert [*decisions.columns, "run_id"] == TABLES["decisions"].names


def test_the_runner_up_takes_the_place_of_a_key_that_is_ruled_out() -> None:
    decisions = decide(Strategy(categories={"convenience": "no new shops"}))
    assert verdicts(decisions) == {"convenience": "ruled_out", "price": "proposed", "brand": "reserve"}
    assert decisions["reason"].tolist()[0] == "no new shops"
    assert decisions["target"].tolist() == [5, 10, 10]


def test_what_costs_more_than_the_budget_gives_way() -> None:
    costs = {"convenience": 11.0, "price": 10.0}
    assert verdicts(decide(Strategy(costs=costs, budget=10.0))) == {
        "convenience": "not_affordable",
        "price": "proposed",
        "brand": "reserve",
    }
    assert verdicts(decide(Strategy(costs=costs)))["convenience"] == "proposed"


def test_capability_bounds_the_raise_and_none_at_all_rules_it_out() -> None:
    reach = {"convenience": 2.0, "price": 0.0}
    decisions = decide(Strategy(reach=reach))
    assert verdicts(decisions) == {"convenience": "proposed", "price": "beyond_reach", "brand": "reserve"}
    assert decisions["target"].tolist() == [7, 6, 10]
    gaps: Any = gaps_of(EXAMPLE, reach).set_index("category")
    assert gaps.loc["convenience", ["ideal", "gap"]].tolist() == [7, -2]


def test_a_strategy_that_rules_everything_out_leaves_nothing() -> None:
    decisions = decide(Strategy(categories=dict.fromkeys(CATEGORIES, "no")))
    assert set(decisions["verdict"]) == {"ruled_out"}


@st.composite
def strategies(draw: st.DrawFn) -> Strategy:
    some = st.sets(st.sampled_from(list(EXAMPLE)))
    tenths = st.integers(0, 100).map(lambda number: number / 10)
    amounts = st.dictionaries(st.sampled_from(list(EXAMPLE)), tenths)
    return Strategy(
        categories=dict.fromkeys(draw(some), "no"),
        costs=draw(amounts),
        reach=draw(amounts),
        budget=draw(st.none() | st.floats(0, 10)),
    )


@few
@given(strategies())
def test_what_does_not_fit_is_never_proposed_and_the_first_that_fits_always(strategy: Strategy) -> None:
    decisions = decide(strategy)
    budget = np.inf if strategy.budget is None else strategy.budget
    fits = [
        category not in strategy.categories
        and strategy.costs.get(category, 0) <= budget
        and strategy.reach.get(category, 10) > 0
        for category in decisions["category"]
    ]
    proposed = (decisions["verdict"] == "proposed").tolist()
    assert proposed == [fit and not any(fits[:place]) for place, fit in enumerate(fits)]
    assert (decisions["target"] >= decisions["experience"]).all()
    raised = decisions["target"] - decisions["experience"]
    assert (raised <= decisions["category"].map(dict(strategy.reach)).fillna(10) + 1e-9).all()


def test_what_is_on_target_already_is_not_proposed() -> None:
    full = dict.fromkeys(("product", "price"), (10.0, 10.0, 9.0))
    assert set(decision_table(gaps_of(full), no_requirements(), Strategy())["verdict"]) == {"no_gap"}
    wished = read_survey(
        pd.DataFrame(
            [
                *(("product", name, "8") for name in ("experience", "importance")),
                ("product", "expectation", "9"),
                ("product", "ideal", "5"),
                *(("price", name, "6") for name in ("experience", "expectation", "importance")),
            ],
            columns=["category", "measure", "score"],
        )
    )
    found = decision_table(gap_table(survey_figures(wished), no_figures()), no_requirements(), Strategy())
    assert verdicts(found) == {"product": "no_gap", "price": "proposed"}


# Requirements


def test_customers_count_once_and_the_worst_sub_topic_comes_first() -> None:
    table = requirements_of(
        ("a", "convenience", "delivery", "waiting"),
        ("a", "convenience", "install", "waiting"),
        ("b", "convenience", "delivery", "waiting"),
        ("b", "convenience", "web", "stock"),
        ("c", "convenience", "web", None),
    )
    assert table["topic"].tolist() == ["waiting", "stock"]
    assert table["n_customers"].tolist() == [2, 1]
    assert table["n_unhappy"].tolist() == [3, 3]
    assert table["share"].tolist() == pytest.approx([2 / 3, 1 / 3])
    assert table["requirement"].tolist()[0] == "缩短等待"
    assert table["requirement"].isna().tolist() == [False, True]
    assert ((table["share_low"] < table["share"]) & (table["share"] < table["share_high"])).all()
    assert [*table.columns, "run_id"] == TABLES["requirements"].names


def test_decision_begins_with_the_worst_sub_topic_that_is_open() -> None:
    said = [("a", "convenience", "delivery", "waiting"), ("b", "convenience", "delivery", "waiting")]
    said += [("c", "convenience", "web", "stock")]
    every = decide(requirements=requirements_of(*said))
    assert every["topic"].tolist()[0] == "waiting"
    strategy = Strategy(topics={"waiting": "no more staff"})
    other = decide(strategy, requirements_of(*said, strategy=strategy))
    assert other["topic"].tolist()[0] == "stock"
    assert verdicts(other)["convenience"] == "proposed"


@pytest.mark.parametrize(
    "strategy", [Strategy(topics={"waiting": "no"}), Strategy(touchpoints={"delivery": "no"})]
)
def test_a_category_all_of_whose_requirements_are_ruled_out_gives_way(strategy: Strategy) -> None:
    said = requirements_of(("a", "convenience", "delivery", "waiting"), strategy=strategy)
    assert said["verdict"].tolist() == ["ruled_out"]
    decisions = decide(strategy, said)
    assert verdicts(decisions)["convenience"] == "ruled_out"
    assert verdicts(decisions)["price"] == "proposed"
    assert decisions["reason"].tolist()[0] == "no"


def test_a_sub_topic_of_few_customers_asks_for_nothing() -> None:
    said = requirements_of(("a", "convenience", "delivery", "waiting"), fewest=2)
    assert said["verdict"].tolist() == ["thin"]
    assert said["share"].isna().all()
    decisions = decide(requirements=said)
    assert decisions["topic"].isna().all()
    assert verdicts(decisions)["convenience"] == "proposed"


def test_rivals_praise_and_near_duplicates_ask_for_nothing() -> None:
    feedback, opinions = complaints(*[(c, "price", "bill", "fee") for c in "abcd"])
    feedback.loc[0, "is_own"] = False
    feedback.loc[1, "duplicate_of"] = "f9"
    opinions.loc[2, "polarity"] = "positive"
    assert requirement_table(feedback, opinions, TOPICS, NO_STRATEGY, 1)["n_customers"].tolist() == [1]


# The file


def test_a_strategy_is_read_whole() -> None:
    strategy = parse_strategy(
        {
            "budget": 10,
            "cost": {"price": 3},
            "reach": {"brand": 1.5},
            "ruled_out": [
                {"category": "price", "why": "locked"},
                {"topic": "stock", "why": "no room"},
                {"touchpoint": "store", "why": "online only"},
                {"requirement": "shorten waiting", "why": "tried"},
            ],
        },
        TOPICS,
    )
    assert strategy == Strategy(
        categories={"price": "locked"},
        topics={"waiting": "tried", "stock": "no room"},
        touchpoints={"store": "online only"},
        costs={"price": 3.0},
        reach={"brand": 1.5},
        budget=10.0,
    )
    assert parse_strategy({}, TOPICS) == NO_STRATEGY


def test_categories_and_touchpoints_may_be_named_in_chinese() -> None:
    strategy = parse_strategy(
        {
            "cost": {"价格": 3},
            "reach": {"品牌形象": 1.5},
            "ruled_out": [
                {"category": "价格", "why": "no"},
                {"touchpoint": "门店现场", "why": "online only"},
            ],
        },
        TOPICS,
    )
    assert (strategy.costs, strategy.reach) == ({"price": 3.0}, {"brand": 1.5})
    assert (strategy.categories, strategy.touchpoints) == ({"price": "no"}, {"store": "online only"})
    with pytest.raises(ConfigError, match="named twice"):
        parse_strategy({"cost": {"价格": 3, "price": 4}}, TOPICS)


@pytest.mark.parametrize(
    ("values", "where", "valid"),
    [
        ({"budgets": 1}, "budgets", "ruled_out"),
        ({"budget": -1}, "budget", "≥ 0"),
        ({"budget": "viel"}, "budget", "≥ 0"),
        ({"budget": float("inf")}, "budget", "≥ 0"),
        ({"cost": {"prices": 1}}, "cost.prices", "price"),
        ({"cost": {"prices": 1}}, "cost.prices", "价格"),
        ({"ruled_out": {"category": "price", "why": "x"}}, "ruled_out", "list of tables"),
        ({"reach": {"price": 11}}, "reach.price", "0–10"),
        ({"reach": {"price": True}}, "reach.price", "0–10"),
        ({"ruled_out": [{"category": "prise", "why": "x"}]}, "ruled_out[0].category", "price"),
        ({"ruled_out": [{"topic": "wait", "why": "x"}]}, "ruled_out[0].topic", "waiting"),
        ({"ruled_out": [{"touchpoint": "shop", "why": "x"}]}, "ruled_out[0].touchpoint", "store"),
        ({"ruled_out": [{"requirement": "等待", "why": "x"}]}, "ruled_out[0].requirement", "缩短等待"),
        ({"ruled_out": [{"why": "x"}]}, "ruled_out[0]", "category"),
        ({"ruled_out": [{"topic": "fee", "category": "price", "why": "x"}]}, "ruled_out[0]", "category"),
        ({"ruled_out": [{"topic": "fee"}]}, "ruled_out[0]", "why"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(values: dict[str, Any], where: str, valid: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_strategy(values, TOPICS)
    assert caught.value.where == where
    assert valid in (caught.value.valid or ())
