"""Scores in a fixed mix stand for that mix, whatever came in most."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from cem_nlp.config import Mix, Scores
from cem_nlp.scores import score_table

few = settings(max_examples=8, deadline=None)
HALVES = Mix(kinds={"review": 0.5, "complaint": 0.5})
POINTS = {"positive": 10.0, "neutral": 5.0, "negative": 0.0}


def tables(rows: list[tuple[str, str, str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build feedback and opinions from brand, kind and polarity: one comment with one opinion each."""
    feedback = pd.DataFrame(
        {
            "feedback_id": [f"f{n}" for n in range(len(rows))],
            "kind": [kind for _, kind, _ in rows],
            "brand": [brand for brand, _, _ in rows],
            "product": "空调",
            "is_own": [brand == "甲" for brand, _, _ in rows],
            "channel": ["热线" if kind == "complaint" else "商城" for _, kind, _ in rows],
            "source": [f"来源{kind}" for _, kind, _ in rows],
            "segment": "unknown",
            "customer_key": None,
            "business_date": date(2026, 8, 31),
            "duplicate_of": None,
        }
    )
    opinions = pd.DataFrame(
        {
            "feedback_id": feedback["feedback_id"],
            "category": "product",
            "polarity": [polarity for _, _, polarity in rows],
            "touchpoint": "use",
        }
    )
    return feedback, opinions


def scored(rows: list[tuple[str, str, str]], mix: Mix | None, prior: float = 0.0) -> pd.DataFrame:
    return score_table(*tables(rows), Scores(minimum_mentions=1, prior_mentions=prior, mix=mix))


def brand_row(scores: pd.DataFrame, brand: str = "甲") -> pd.Series:
    return scores[(scores["grain"] == "brand×category") & (scores["brand"] == brand)].iloc[0]


rows_drawn = st.lists(
    st.tuples(
        st.sampled_from(["甲", "乙"]),
        st.sampled_from(["review", "complaint", "transcript"]),
        st.sampled_from(list(POINTS)),
    ),
    min_size=1,
    max_size=40,
).map(lambda rows: [("甲", "review", "positive"), ("甲", "complaint", "negative"), *rows])


@few
@given(rows_drawn, st.integers(2, 5))
def test_more_files_of_complaints_do_not_move_a_mixed_score(
    rows: list[tuple[str, str, str]], times: int
) -> None:
    more = [row for row in rows for _ in range(times if row[1] == "complaint" else 1)]
    before, after = (scored(told, HALVES) for told in (rows, more))
    assert after["experience"].tolist() == pytest.approx(before["experience"].tolist(), nan_ok=True)
    assert after["mix_covered"].tolist() == pytest.approx(before["mix_covered"].tolist())
    assert (after["effective_n"] >= before["effective_n"] - 1e-9).all()


def test_more_complaints_move_a_shrunk_score_towards_the_cells_own_mix_at_most() -> None:
    rows = [("甲", "review", "positive")] * 8 + [("甲", "complaint", "negative")] * 4
    rows += [("乙", "review", "neutral")] * 30 + [("乙", "complaint", "negative")] * 30
    more = rows + [("甲", "complaint", "negative")] * 400
    before, after = (brand_row(scored(told, HALVES, prior=10))["experience"] for told in (rows, more))
    unmixed = brand_row(scored(more, None, prior=10))["experience"]
    assert before < after <= 5.0
    assert unmixed < 1


@few
@given(rows_drawn)
def test_a_mixed_score_is_the_mix_of_its_parts(rows: list[tuple[str, str, str]]) -> None:
    scores = scored(rows, Mix(kinds={"review": 0.6, "complaint": 0.3, "transcript": 0.1}))
    parts = scores[(scores["grain"] == "brand×kind×category") & (scores["brand"] == "甲")]
    share = parts["kind"].map({"review": 0.6, "complaint": 0.3, "transcript": 0.1})
    row = brand_row(scores)
    assert row["experience"] == pytest.approx(np.average(parts["experience"], weights=share))
    assert row["mix_covered"] == pytest.approx(share.sum())
    assert row["effective_n"] <= row["n_mentions"] + 1e-9


@few
@given(rows_drawn)
def test_the_mix_that_came_in_changes_nothing(rows: list[tuple[str, str, str]]) -> None:
    own = [row for row in rows if row[0] == "甲"]
    kinds = pd.Series([kind for _, kind, _ in own]).value_counts(normalize=True)
    mixed, plain = (brand_row(scored(own, mix)) for mix in (Mix(kinds=kinds.to_dict()), None))
    assert mixed["experience"] == pytest.approx(plain["experience"])
    assert mixed["effective_n"] == pytest.approx(plain["effective_n"])
    assert np.isnan(plain["mix_covered"])


def test_dimensions_multiply_and_what_is_not_named_does_not_count() -> None:
    rows = [("甲", "review", "positive")] * 3 + [("甲", "complaint", "negative")] * 3
    rows += [("甲", "transcript", "neutral")] * 90
    mix = Mix(kinds={"review": 0.8, "complaint": 0.2}, channels={"商城": 0.5, "热线": 0.5})
    row = brand_row(scored(rows, mix))
    # 0.4 reviews in the shop, 0.1 complaints on the line; the other pairs do not occur.
    assert row["mix_covered"] == pytest.approx(0.5)
    assert row["experience"] == pytest.approx(8.0)
    assert row["n_mentions"] == 96
    assert row["effective_n"] == pytest.approx(1 / (0.8**2 / 3 + 0.2**2 / 3))


def test_a_cell_with_nothing_in_the_mix_has_no_score() -> None:
    rows = [("甲", "review", "positive")] * 9 + [("乙", "transcript", "negative")] * 9
    row = brand_row(scored(rows, HALVES), "乙")
    assert row["suppressed"]
    assert np.isnan(row["experience"])
    assert (row["effective_n"], row["mix_covered"]) == (0.0, 0.0)


def test_sources_can_be_mixed() -> None:
    rows = [("甲", "review", "positive")] * 2 + [("甲", "complaint", "negative")] * 6
    row = brand_row(scored(rows, Mix(sources={"来源review": 0.75, "来源complaint": 0.25})))
    assert row["experience"] == pytest.approx(7.5)


@pytest.mark.parametrize(
    ("given_mix", "said"),
    [
        ({}, "give shares of kinds, channels or sources"),
        ({"kinds": {"review": 0.6, "complaint": 0.3}}, "the shares of kinds sum to 0.9, not to 1"),
        ({"kinds": {"review": 1.2, "complaint": -0.2}}, "greater than 0"),
        ({"kinds": {"email": 1.0}}, "'review', 'complaint' or 'transcript'"),
        ({"brands": {"甲": 1.0}}, "Extra inputs are not permitted"),
        ({"channels": {"app": float("nan")}}, "finite number"),
    ],
)
def test_a_mix_that_cannot_be_is_refused(given_mix: dict[str, dict[str, float]], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Mix.model_validate(given_mix)
