"""Ranges of shares and net scores hold what is observed, and behave as counts do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from cem_nlp.scores.intervals import Numbers, net_score, net_score_range, share_range

COUNTS = st.integers(0, 5000)
quick = settings(max_examples=50, deadline=None)


def one(value: float) -> Numbers:
    return np.array([float(value)])


def test_net_score_weighs_a_neutral_mention_half() -> None:
    score = net_score(
        np.array([3.0, 0.0, 1.0, 0.0]), np.array([2.0, 4.0, 0.0, 0.0]), np.array([5.0, 0, 0, 0])
    )
    assert score.tolist()[:3] == [4.0, 5.0, 10.0]
    assert np.isnan(score[3])


@quick
@given(COUNTS, COUNTS, COUNTS, st.sampled_from([0.8, 0.95, 0.99]))
def test_net_score_range_holds_the_score_inside_the_scale(
    positive: int, neutral: int, negative: int, confidence: float
) -> None:
    low, high = net_score_range(one(positive), one(neutral), one(negative), confidence)
    assert 0 <= low[0] < high[0] <= 10
    if positive + neutral + negative:
        assert low[0] <= net_score(one(positive), one(neutral), one(negative))[0] <= high[0]


@quick
@given(COUNTS, COUNTS, COUNTS)
def test_net_score_range_mirrors_when_praise_and_blame_change_places(
    positive: int, neutral: int, negative: int
) -> None:
    low, high = net_score_range(one(positive), one(neutral), one(negative))
    mirrored_low, mirrored_high = net_score_range(one(negative), one(neutral), one(positive))
    assert low[0] == pytest.approx(10 - mirrored_high[0], abs=1e-6)
    assert high[0] == pytest.approx(10 - mirrored_low[0], abs=1e-6)


@quick
@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 300), st.integers(2, 20))
def test_more_of_the_same_narrows_the_range(positive: int, neutral: int, negative: int, times: int) -> None:
    few = net_score_range(one(positive), one(neutral), one(negative))
    many = net_score_range(one(positive * times), one(neutral * times), one(negative * times))
    assert many[1][0] - many[0][0] < few[1][0] - few[0][0]


def test_without_neutral_mentions_the_range_is_close_to_that_of_a_share() -> None:
    low, high = net_score_range(one(700), one(0), one(300))
    share_low, share_high = share_range(one(700), one(1000))
    assert low[0] / 10 == pytest.approx(share_low[0], abs=0.002)
    assert high[0] / 10 == pytest.approx(share_high[0], abs=0.002)


def test_share_range_is_jeffreys_interval() -> None:
    low, high = share_range(one(7), one(20))
    assert low[0] == pytest.approx(beta.ppf(0.025, 7.5, 13.5))
    assert high[0] == pytest.approx(beta.ppf(0.975, 7.5, 13.5))


@quick
@given(st.integers(0, 2000), st.integers(0, 2000))
def test_share_range_holds_the_share(part: int, rest: int) -> None:
    low, high = share_range(one(part), one(part + rest))
    assert 0 <= low[0] < high[0] <= 1
    if part + rest:
        assert low[0] <= part / (part + rest) <= high[0]
    assert (low[0] == 0) == (part == 0)
    assert (high[0] == 1) == (rest == 0)


def test_ranges_hold_the_truth_in_about_95_of_100_samples() -> None:
    random = np.random.default_rng(7)
    shares = np.array([0.55, 0.15, 0.3])
    for n in (10, 100, 1000):
        low, high = net_score_range(*random.multinomial(n, shares, size=4000).astype(np.float64).T)
        held = np.mean((low <= 6.25) & (high >= 6.25))
        assert 0.93 <= held <= 0.97
