"""Means with ranges by customers."""

import numpy as np
import pytest
from scipy.stats import t

from cem_nlp.scores.means import ROUNDING, mean_ranges


def ranges(values: list[float], cells: list[int], customers: list[int], n: int):
    return mean_ranges(np.array(values), np.array(cells), np.array(customers), n)


def test_customers_who_speak_once_have_students_range() -> None:
    values = [1.0, 4.0, 7.0, 8.0]
    mean, low, high = ranges(values, [0] * 4, [0, 1, 2, 3], 1)
    half = t.ppf(0.975, 3) * np.std(values, ddof=1) / 2
    assert mean.tolist() == [5.0]
    assert [low[0], high[0]] == pytest.approx([5 - half, 5 + half])


def test_a_customer_who_repeats_himself_adds_nothing() -> None:
    once = ranges([1.0, 4.0, 7.0], [0] * 3, [0, 1, 2], 1)
    thrice = ranges([1.0, 4.0, 7.0] * 3, [0] * 9, [0, 1, 2] * 3, 1)
    assert np.allclose(once, thrice)


def test_values_that_agree_keep_the_width_of_rounding() -> None:
    _, low, high = ranges([6.0] * 4, [0] * 4, [0, 1, 2, 3], 1)
    assert high[0] - low[0] == pytest.approx(t.ppf(0.975, 3) * ROUNDING)


def test_empty_cells_are_unknown_and_one_customer_has_no_range() -> None:
    mean, low, high = ranges([3.0, 5.0, 9.0, 9.0], [0, 0, 2, 2], [7, 7, 1, 2], 3)
    assert mean[0] == 4.0
    assert np.isnan([mean[1], low[0], high[0], low[1]]).all()
    assert low[2] < mean[2] < high[2]
