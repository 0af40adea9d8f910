"""Target segments weigh more: by hand, and where nothing weighs more."""

import numpy as np
import pandas as pd
import pytest
from customer_factories import spoken

from cem_nlp.cem.targets import target_scores
from cem_nlp.config import Scores
from cem_nlp.scores.cells import mentions_of

NO_GAPS = pd.DataFrame(
    columns=[
        "brand", "product", "segment", "category",
        "expectation", "expectation_low", "expectation_high", "expectation_from",
    ]
)  # fmt: skip


def mentions(**signs: str) -> pd.DataFrame:
    """Return mentions by segment, each by a customer of its own."""
    parts = [
        spoken([(f"{segment}{n}", sign, 1) for n, sign in enumerate(said)], segment=segment)
        for segment, said in signs.items()
    ]
    feedback = pd.concat(
        [table.assign(feedback_id=table["feedback_id"] + table["segment"]) for table, _ in parts]
    )
    opinions = pd.concat(
        [
            table.assign(feedback_id=table["feedback_id"] + name)
            for name, (_, table) in zip(signs, parts, strict=True)
        ]
    )
    return mentions_of(feedback, opinions, ("brand", "segment"), ("category",))


def gap(segment: str, expectation: float, origin: str) -> dict[str, object]:
    return {
        "brand": "甲",
        "product": "all",
        "segment": segment,
        "category": "service",
        "expectation": expectation,
        "expectation_low": expectation - 1,
        "expectation_high": expectation + 1,
        "expectation_from": origin,
    }


def scored(said: pd.DataFrame, weights: dict[str, float], gaps: pd.DataFrame = NO_GAPS) -> pd.DataFrame:
    table = target_scores(said, gaps, weights, Scores(), np.random.default_rng(1))
    return table.set_index("category")


def test_an_opinion_counts_as_often_as_its_segment_weighs() -> None:
    # Gold: 4 of 4 good; plain: 2 of 6. Plain 6/10; with gold three times 14/18.
    table = scored(mentions(gold="++++", plain="++----"), {"gold": 3})
    assert table.loc["service", "experience"] == pytest.approx(6)
    assert table.loc["service", "experience_weighted"] == pytest.approx(140 / 18)
    assert table.loc["all", "difference"] == pytest.approx(140 / 18 - 6)
    assert table.loc["service", ["n_mentions", "n_target"]].tolist() == [10, 4]
    assert table.loc["service", "difference_low"] < 140 / 18 - 6 < table.loc["service", "difference_high"]


def test_satisfaction_weighs_the_segments_expectations_alike() -> None:
    gaps = pd.DataFrame([gap("gold", 9, "survey"), gap("all", 7, "assumed")])
    table = scored(mentions(gold="++++", plain="++----"), {"gold": 3}, gaps)
    # Plain customers have no expectation of their own: the brand's 7.
    assert table.loc["service", "satisfaction"] == pytest.approx(6 - (4 * 9 + 6 * 7) / 10)
    assert table.loc["service", "satisfaction_weighted"] == pytest.approx(140 / 18 - (12 * 9 + 6 * 7) / 18)
    assert table.loc["service", "expectation_from"] == "assumed"
    assert np.isnan(table.loc["all", "satisfaction"])


def test_weights_of_one_change_nothing() -> None:
    table = scored(mentions(gold="++0-", plain="++----"), {"gold": 1})
    assert (table["experience"] == table["experience_weighted"]).all()
    assert (table[["difference", "difference_low", "difference_high"]] == 0).all(axis=None)
    assert set(table["verdict"]) == {"no_evidence"}


def test_a_sure_difference_is_called_one() -> None:
    table = scored(mentions(gold="+" * 60, plain="-" * 60), {"gold": 3})
    assert set(table["verdict"]) == {"higher"}
    assert set(scored(mentions(gold="-" * 60, plain="+" * 60), {"gold": 3})["verdict"]) == {"lower"}


def test_few_opinions_give_no_score() -> None:
    table = scored(mentions(gold="++", plain="+-"), {"gold": 3})
    assert set(table["verdict"]) == {"suppressed"}
    assert table[["experience", "experience_weighted", "difference"]].isna().all(axis=None)
    assert scored(mentions(gold="++", plain="+-").iloc[:0], {"gold": 3}).empty
