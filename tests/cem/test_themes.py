"""The ten themes: counts by hand, ties only with evidence, and what they are adjusted for."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.cem.themes import theme_table
from cem_nlp.config import Comparison, Scores

LEVELS = {"trust": 1, "status": 10}
THIN = Comparison(minimum_mentions=2), Scores(minimum_mentions=1)

Comment = tuple[str, list[str], str]
"""Overall polarity, themes, and one of '', 'again' (means to buy again)."""


def comments(
    said: Sequence[Comment], kinds: Sequence[str] | None = None, ratings: Sequence[float] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    ids = [f"f{number}" for number in range(len(said))]
    feedback = pd.DataFrame(
        {
            "feedback_id": ids,
            "brand": "甲",
            "is_own": True,
            "source": "评论",
            "kind": kinds or "review",
            "customer_key": [f"c{number}" for number in range(len(said))],
            "rating_scaled": np.nan if ratings is None else ratings,
            "duplicate_of": None,
        }
    )
    opinions = pd.DataFrame({"feedback_id": ids, "category": "service", "touchpoint": "after"})
    readings = pd.DataFrame(
        {
            "feedback_id": ids,
            "polarity": [polarity or None for polarity, _, _ in said],
            "intent": ["repurchase" if again else None for _, _, again in said],
            "themes": [themes for _, themes, _ in said],
        }
    )
    return feedback, opinions, readings


def themes(
    tables: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
    comparison: Comparison = THIN[0],
    scores: Scores = THIN[1],
) -> pd.DataFrame:
    return theme_table(*tables, LEVELS, scores, comparison).set_index(["theme", "life_cycle"])


def test_counts_share_and_experience() -> None:
    table = themes(
        comments(
            [("positive", ["trust"], ""), ("neutral", ["trust"], ""), ("negative", [], ""), ("", [], "")]
        )
    )
    trust = table.loc[("trust", "all")]
    assert (trust["n_comments"], trust["share"], trust["experience"], trust["level"]) == (2, 0.5, 7.5, 1)
    assert trust["share_low"] < 0.5 < trust["share_high"]
    assert trust["experience_low"] < 7.5 < trust["experience_high"]
    assert table.loc[("trust", "retain"), "n_comments"] == 2  # all their opinions are about after-sales
    assert ("trust", "attract") not in table.index
    assert "status" not in table.index.get_level_values("theme")  # not mentioned is missing, not 0


def test_a_tie_is_the_difference_in_satisfaction() -> None:
    said: list[Comment] = (
        [("positive", ["trust"], "")] * 40 + [("negative", [], "")] * 20 + [("positive", [], "")] * 20
    )
    trust = themes(comments(said)).loc[("trust", "all")]
    assert trust["satisfaction_effect"] == pytest.approx(5)
    assert (trust["satisfaction_verdict"], trust["satisfaction_by"], trust["satisfaction_n"]) == (
        "higher",
        "polarity",
        40,
    )
    assert 0 < trust["satisfaction_effect_low"] < 5 < trust["satisfaction_effect_high"]


def test_ratings_stand_for_satisfaction_where_customers_rate() -> None:
    said: list[Comment] = [("positive", ["trust"], "")] * 30 + [("positive", [], "")] * 30
    trust = themes(comments(said, ratings=[10.0] * 30 + [5.0] * 30)).loc[("trust", "all")]
    assert trust["satisfaction_by"] == "rating"
    assert trust["satisfaction_effect"] == pytest.approx(5)


def test_a_kind_of_feedback_that_blames_is_no_theme() -> None:
    # Complaints are negative and all about trust, reviews positive and hardly: within a kind nothing differs.
    said: list[Comment] = [("negative", ["trust"], "")] * 40 + [("negative", [], "")] * 5
    said += [("positive", ["trust"], "")] * 5 + [("positive", [], "")] * 40
    trust = themes(comments(said, kinds=["complaint"] * 45 + ["review"] * 45)).loc[("trust", "all")]
    assert trust["satisfaction_effect"] == pytest.approx(0)
    assert trust["satisfaction_verdict"] == "no_evidence"


def test_praise_alone_is_no_tie_to_repurchase() -> None:
    # Whoever praises buys again half the time, with the theme or without.
    praise: list[Comment] = [("positive", ["trust"], "again"), ("positive", ["trust"], "")] * 15
    praise += [("positive", [], "again"), ("positive", [], "")] * 5
    said = praise + [("negative", [], "")] * 60
    trust = themes(comments(said)).loc[("trust", "all")]
    assert trust["repurchase_effect"] == pytest.approx(0)
    assert trust["repurchase_verdict"] == "no_evidence"
    again: list[Comment] = [("positive", ["trust"], "again")] * 30 + [("positive", [], "")] * 30
    sure = themes(comments(again)).loc[("trust", "all")]
    assert (sure["repurchase_effect"], sure["repurchase_verdict"]) == (1, "higher")


def test_few_comments_or_few_repurchases_allow_no_tie() -> None:
    said: list[Comment] = [("positive", ["trust"], "")] * 19 + [("negative", [], "again")] * 50
    trust = themes(comments(said), Comparison(), Scores()).loc[("trust", "all")]
    assert (trust["satisfaction_verdict"], trust["repurchase_verdict"]) == ("suppressed", "suppressed")
    assert np.isnan(trust["satisfaction_effect"])


def test_one_customer_who_repeats_himself_is_no_evidence() -> None:
    said: list[Comment] = (
        [("positive", ["trust"], "")] * 30 + [("positive", [], "")] * 15 + [("negative", [], "")] * 15
    )
    feedback, opinions, readings = comments(said)
    assert themes((feedback, opinions, readings)).loc[("trust", "all"), "satisfaction_verdict"] == "higher"
    feedback.loc[:29, "customer_key"] = "c0"
    assert (
        themes((feedback, opinions, readings)).loc[("trust", "all"), "satisfaction_verdict"] == "no_evidence"
    )


def test_nothing_said_gives_no_row() -> None:
    assert themes(comments([("positive", [], "")])).empty
    assert themes(comments([])).empty


@settings(max_examples=6, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["positive", "neutral", "negative", ""]),
            st.lists(st.sampled_from(["trust", "status"]), unique=True, max_size=2),
            st.sampled_from(["", "again"]),
        ),
        min_size=1,
        max_size=25,
    ),
    st.integers(0, 1000),
)
def test_the_order_of_comments_does_not_matter_and_ranges_hold(said: list[Comment], seed: int) -> None:
    tables = comments(said)
    expected = themes(tables)
    shuffled = themes(tuple(table.sample(frac=1, random_state=seed) for table in tables))  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(shuffled, expected)
    for name in ("share", "experience", "satisfaction_effect", "repurchase_effect"):
        known = expected.dropna(subset=name)
        assert (known[f"{name}_low"] <= known[name] + 1e-9).all()
        assert (known[f"{name}_high"] >= known[name] - 1e-9).all()
