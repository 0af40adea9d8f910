"""Replicates of scores spread as the ranges say, and keep together what one customer said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.scores import net_score_range, replicate_counts, replicate_scores

quick = settings(max_examples=25, deadline=None)
COLUMNS = ("brand", "category", "half_points", "comment", "customer")


def mentions_from(rows: list[tuple[str, str, int, int]]) -> pd.DataFrame:
    """Build mentions from brand, category, half points and customer, ordered as `mentions_of` orders them."""
    rows = sorted(rows, key=lambda row: row[3])
    return pd.DataFrame([(*row[:3], row[3], row[3]) for row in rows], columns=list(COLUMNS))


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.mark.parametrize("counts", [(5, 0, 0), (30, 5, 15), (0, 3, 4)])
def test_replicates_of_independent_mentions_spread_as_the_posterior(counts: tuple[int, int, int]) -> None:
    points = np.repeat([2, 1, 0], counts)
    # A second brand, in which customers contradict themselves, shows that mentions do not cluster.
    noise = [("乙", "price", int(p), 1000 + n // 2) for n, p in enumerate(np.tile([0, 2], 3000))]
    rows = [("甲", "price", int(p), n) for n, p in enumerate(points)]
    cells, scores = replicate_scores(mentions_from(rows + noise), ("brand",), 20_000, rng())
    assert cells["brand"].tolist() == sorted(["甲", "乙"])
    found = np.quantile(scores[:, cells["brand"] == "甲"], [0.025, 0.975])
    low, high = net_score_range(*(np.array([float(n)]) for n in counts))
    expected = [low[0], min(high[0], 10.0)]
    # Where all said the same, the closed form is stretched to the observed value.
    assert found == pytest.approx(expected, abs=0.12 if min(counts[0], counts[2]) else 0.6)


def test_praise_without_exception_is_not_certainty() -> None:
    _, scores = replicate_scores(
        mentions_from([("甲", "price", 2, n) for n in range(5)]), ("brand",), 500, rng()
    )
    assert scores.std() > 0.1
    assert ((scores >= 0) & (scores <= 10)).all()


def test_one_customer_who_repeats_himself_is_worth_little_more_than_once() -> None:
    twenty = [("甲", "price", 2 if n < 12 else 0, n) for n in range(20)]
    repeated = [row for row in twenty for _ in range(30)]
    spread = [replicate_scores(mentions_from(rows), (), 4000, rng())[1].std() for rows in (twenty, repeated)]
    assert spread[1] == pytest.approx(spread[0], rel=0.1)


def test_cells_filled_by_the_same_customers_move_together() -> None:
    said = [("甲", name, 2 if n % 2 else 0, n) for n in range(40) for name in ("price", "service")]
    _, same = replicate_scores(mentions_from(said), ("category",), 2000, rng())
    others = [(b, name, points, n + 100 * (name == "price")) for b, name, points, n in said]
    _, apart = replicate_scores(mentions_from(others), ("category",), 2000, rng())
    assert np.corrcoef(same.T)[0, 1] > 0.9
    assert abs(np.corrcoef(apart.T)[0, 1]) < 0.1


mentions_drawn = st.lists(
    st.tuples(
        st.sampled_from(["甲", "乙"]),
        st.sampled_from(["price", "service"]),
        st.integers(0, 2),
        st.integers(0, 9),
    ),
    min_size=1,
    max_size=60,
).map(mentions_from)


@quick
@given(mentions_drawn)
def test_replicates_add_up_as_cells_do(mentions: pd.DataFrame) -> None:
    whole = replicate_counts(mentions, (), 5, rng())[1]
    cells, parts = replicate_counts(mentions, ("brand", "category"), 5, rng())
    assert parts.shape == (5, len(cells), 3)
    assert parts.sum(axis=1) == pytest.approx(whole[:, 0])
    observed = cells[["positive", "neutral", "negative"]].to_numpy()
    assert ((parts > 0) == (observed > 0)).all()


@quick
@given(mentions_drawn)
def test_the_same_seed_gives_the_same_replicates(mentions: pd.DataFrame) -> None:
    first, again = (replicate_scores(mentions, ("brand",), 20, rng())[1] for _ in range(2))
    assert (first == again).all()


def test_blocks_of_replicates_are_as_good_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cem_nlp.scores.resampling._WEIGHTS_AT_ONCE", 100)
    mentions = mentions_from([("甲", "price", n % 3, n) for n in range(30)])
    _, scores = replicate_scores(mentions, (), 50, rng())
    assert scores.shape == (50, 1)
    assert len(np.unique(scores)) == 50


def test_the_mean_of_the_counts_is_what_was_counted() -> None:
    mentions = mentions_from([("甲", "price", n % 3, n // 2) for n in range(30)])
    cells, counts = replicate_counts(mentions, ("category",), 5000, rng())
    assert counts.mean(axis=0) == pytest.approx(np.array([[10, 10, 10]]), rel=0.03)
    assert cells["n_mentions"].tolist() == [30]


def test_no_mentions_no_cells() -> None:
    mentions = mentions_from([("甲", "price", 2, 1)]).iloc[:0]
    cells, scores = replicate_scores(mentions, ("brand",), 9, rng())
    assert len(cells) == 0
    assert scores.shape == (9, 0)
