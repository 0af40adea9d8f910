"""The regression behind the drivers, Shapley shares, and the rule that names Kano's types."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.scores.kano import Contrast, Range, kano_type
from cem_nlp.scores.regression import effects, fit, fit_order
from cem_nlp.scores.shapley import moments, replicate_moments, shapley_shares


def test_cluster_robust_errors_are_those_of_the_formula() -> None:
    design = np.array([[1, 0], [1, 0], [1, 1], [1, 1], [1, 1.0]])
    outcome = np.array([1.0, 3.0, 6.0, 8.0, 10.0])
    fitted = fit(design, outcome, np.array([0, 0, 1, 1, 2]))
    assert fitted.coefficients == pytest.approx([2, 6])
    # Residuals −1, 1, −2, 0, 2: by customer their sums are (0, 0), (−2, −2), (2, 2); G = 3, N = 5, rank 2.
    inverse = np.linalg.inv(design.T @ design)
    meat = 8 * np.ones((2, 2))
    assert fitted.covariance == pytest.approx(3 / 2 * 4 / 3 * inverse @ meat @ inverse)


def test_what_cannot_be_told_apart_is_unknown_but_its_sum_is_not() -> None:
    twin = np.array([0, 0, 1, 1.0])
    design = np.column_stack([np.ones(4), twin, twin])
    fitted = fit(design, np.array([1.0, 2.0, 5.0, 6.0]), np.arange(4))
    found = effects(fitted, np.array([[0, 1, 0], [0, 0, 1], [0, 1, 1.0]]), np.full(3, 3.0))
    assert np.isnan(found.value).tolist() == [True, True, False]
    assert found.value[2] == pytest.approx(4)
    assert found.low[2] < 4 < found.high[2]


def test_answers_that_agree_are_no_certainty() -> None:
    design = np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1.0]])
    fitted = fit(design, np.array([2, 2, 2, 9, 9, 9.0]), np.arange(6))
    found = effects(fitted, np.array([[0.0, 1.0]]), np.array([4.0]))
    assert found.high[0] - found.low[0] > 0.5


def test_the_order_of_ratings_alone_is_not_bent_by_the_end_of_the_scale() -> None:
    random = np.random.default_rng(1)
    said = random.integers(0, 3, size=20_000)
    design = np.column_stack([np.ones(len(said)), said == 1, said == 2]).astype(np.float64)
    latent = 8 + design @ [0, 3, -3] + random.logistic(size=len(said))
    rating = np.round(latent.clip(0, 10) / 2.5) * 2.5
    customers = np.arange(len(said))
    points, order = (way(design, rating, customers) for way in (fit, fit_order))
    assert points.coefficients[1] < 0.7 * -points.coefficients[2]
    assert order.coefficients[1] == pytest.approx(-order.coefficients[2], rel=0.2)
    both = effects(order, np.array([[0.0, 1.0, 1.0]]), np.array([1e4]))
    assert both.low[0] < 0 < both.high[0]


def test_praise_that_always_decides_has_a_finite_effect() -> None:
    praised = np.repeat([0, 1.0], 30)
    order = fit_order(np.column_stack([np.ones(60), praised]), 10 * praised, np.arange(60))
    found = effects(order, np.array([[0.0, 1.0]]), np.array([29.0]))
    assert 2 < found.value[0] < 20
    assert found.low[0] < found.value[0] - 1


def test_shares_of_independent_groups_are_what_each_explains_alone() -> None:
    a, b = np.repeat([0, 1.0], 8), np.tile([0, 1.0], 8)
    outcome = 3 * a + 4 * b
    shares = shapley_shares(moments(np.column_stack([a, b, outcome])), [(0,), (1,)])
    assert shares[0] == pytest.approx([9 / 25, 16 / 25])


def test_twins_share_alike() -> None:
    random = np.random.default_rng(3)
    a = random.normal(size=200)
    table = np.column_stack([a, a, a + random.normal(size=200)])
    shares = shapley_shares(moments(table), [(0,), (1,)])[0]
    assert shares[0] == pytest.approx(shares[1])
    assert shares.sum() == pytest.approx(np.corrcoef(a, table[:, 2])[0, 1] ** 2)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0, 3))
def test_shares_add_up_to_r_squared(seed: int, halo: float) -> None:
    random = np.random.default_rng(seed)
    x = random.normal(size=(60, 6)) + halo * random.normal(size=(60, 1))
    y = x @ random.normal(size=6) + random.normal(size=60)
    shares = shapley_shares(moments(np.column_stack([x, y])), [(0, 1), (2,), (3, 4, 5)])[0]
    whole = np.column_stack([np.ones(60), x])
    residuals = y - whole @ np.linalg.lstsq(whole, y, rcond=None)[0]
    assert shares.sum() == pytest.approx(1 - residuals.var() / y.var())
    assert (shares > -1e-9).all()


def test_an_outcome_that_does_not_vary_has_no_shares() -> None:
    table = np.column_stack([[0, 1, 0, 1.0], np.full(4, 5.0)])
    assert np.isnan(shapley_shares(moments(table), [(0,)])).all()


def test_replicates_weigh_customers_as_a_whole() -> None:
    random = np.random.default_rng(5)
    table, customer = random.normal(size=(50, 3)), np.repeat(np.arange(10), 5)
    drawn = replicate_moments(table, customer, 4000, random)
    assert drawn.mean(axis=0) == pytest.approx(moments(table)[0], abs=1.5)
    # The number of rows is the sum of ten exponential weights, five rows each.
    assert drawn[:, 0, 0].var() == pytest.approx(10 * 25, rel=0.15)


def around(value: float, half: float = 0.4) -> Range:
    return Range(value, value - half, value + half)


def contrast(reward: float, penalty: float, half: float = 0.4) -> Contrast:
    values = (reward, penalty, reward + penalty, reward - penalty)
    left = (2 * reward + penalty, -2 * penalty - reward)
    return Contrast(*(around(value, half) for value in (*values, *left)))


@pytest.mark.parametrize(
    ("reward", "penalty", "half", "kind", "why"),
    [
        (0, -3, 0.4, "must_be", None),
        (3, 0, 0.4, "attractive", None),
        (2, -2, 0.4, "performance", None),
        (2, -2.5, 0.4, "performance", None),  # sure to differ, and sure not to differ by twice
        (0.1, -0.1, 0.3, "indifferent", None),
        (0, 0, 0.6, None, "undecided"),  # nothing seen is not nothing there
        (2, -2, 2.1, None, "undecided"),
        (0, -3, 3.1, None, "undecided"),
        (1, 2, 0.4, None, "undecided"),  # blame that pleases is a misreading
    ],
)
def test_a_type_needs_evidence(
    reward: float, penalty: float, half: float, kind: str | None, why: str | None
) -> None:
    found = contrast(reward, penalty, half)
    assert kano_type(found, found) == (kind, why)


@pytest.mark.parametrize("effects_", [(0, -3), (3, 0)])
def test_a_type_that_the_order_of_ratings_does_not_confirm_is_not_named(effects_: tuple[int, int]) -> None:
    assert kano_type(contrast(*effects_), contrast(2, -2)) == (None, "scale_end")


def test_performance_is_refused_where_the_order_says_one_side_is_far_stronger() -> None:
    assert kano_type(contrast(2, -2), contrast(4, -1)) == (None, "scale_end")


def test_without_figures_nothing_is_named() -> None:
    unknown = Range(np.nan, np.nan, np.nan)
    found = replace(contrast(0, -3), reward=unknown, asymmetry=unknown)
    assert kano_type(found, found) == (None, "undecided")
