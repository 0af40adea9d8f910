"""The cost of negative experience: the method's figures, its two levers, and what is refused."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.cem.amounts import parse_amount
from cem_nlp.cem.cost import Rates, cost_of_negative_experience, parse_share, with_complaints, with_won_back
from cem_nlp.cem.render import cost_as_json
from cem_nlp.errors import InputError

WORKED = cost_of_negative_experience(50_000_000, 0.22, 0.02)
SHARES = st.floats(0, 1)
quick = settings(max_examples=50, deadline=None)


def test_worked_figures() -> None:
    assert json.loads(cost_as_json(WORKED)) == {
        "lost_complainers": 61_600,
        "lost_silent": 4_851_000,
        "at_risk_complainers": 74_800,
        "at_risk_silent": 5_929_000,
        "won_back": 83_600,
    }
    assert WORKED.lost / WORKED.revenue == pytest.approx(0.1, abs=0.002)


@quick
@given(st.floats(0, 1e12), SHARES, SHARES)
def test_no_customer_is_counted_twice_or_forgotten(revenue: float, negative: float, complain: float) -> None:
    cost = cost_of_negative_experience(revenue, negative, complain)
    assert cost.won_back + cost.at_risk + cost.lost == pytest.approx(revenue * negative, abs=0.05)


@quick
@given(SHARES, SHARES)
def test_winning_back_more_never_loses_more(one: float, other: float) -> None:
    fewer, more = sorted((one, other))
    assert with_won_back(WORKED, more).lost <= with_won_back(WORKED, fewer).lost + 0.01


@quick
@given(SHARES, SHARES)
def test_more_complaints_never_lose_more(one: float, other: float) -> None:
    fewer, more = sorted((one, other))
    assert with_complaints(WORKED, more).lost <= with_complaints(WORKED, fewer).lost + 0.01


def test_winning_back_more_leaves_the_proportion_of_the_others() -> None:
    rates = with_won_back(WORKED, 0.69).rates
    assert (rates.at_risk, rates.lost) == pytest.approx((0.17, 0.14))
    assert with_won_back(with_won_back(WORKED, 1.0), 0.5).rates.lost == 0.25


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        ((-1, 0.2, 0.02), "revenue"),
        ((math.nan, 0.2, 0.02), "revenue"),
        ((math.inf, 0.2, 0.02), "revenue"),
        ((1, 22, 0.02), "negative_share"),
        ((1, 0.2, -0.1), "complaint_share"),
        ((1, math.nan, 0.1), "negative_share"),
    ],
)
def test_impossible_inputs_are_named(arguments: tuple[float, float, float], where: str) -> None:
    with pytest.raises(InputError) as caught:
        cost_of_negative_experience(*arguments)
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("rates", "where"),
    [
        ({"won_back": 1.2}, "won_back"),
        ({"lost": 0.3}, "won_back + at_risk + lost"),
        ({"silent_lost": 0.5}, "silent_at_risk + silent_lost"),
    ],
)
def test_rates_that_make_no_whole_are_refused(rates: dict[str, float], where: str) -> None:
    with pytest.raises(InputError) as caught:
        Rates(**rates)
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("22", 0.22),
        ("22%", 0.22),
        ("0.22", 0.22),
        ("２２％", 0.22),
        (" 1.5 % ", 0.015),
        ("1%", 0.01),
        ("100%", 1.0),
        ("100", 1.0),
        ("0", 0.0),
        ("0.5%", 0.005),
    ],
)
def test_a_share_can_be_written_in_three_ways(text: str, share: float) -> None:
    assert parse_share(text) == pytest.approx(share)


@pytest.mark.parametrize("text", ["", "%", "many", "1", "1.0", "-5", "101", "101%", "nan", "inf", "1/5"])
def test_an_unclear_share_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_share(text)
    assert caught.value.value == text


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("50000000", 5e7),
        ("50,000,000", 5e7),
        ("5000,0000", 5e7),
        ("５０００万", 5e7),
        ("0.5亿", 5e7),
        ("1,200.5 元", 1200.5),
        ("5e7", 5e7),
        ("0", 0),
        ("1,2,3", None),
        ("1,5", None),
        ("12345,678", None),
        ("-1", None),
        ("5%", None),
        ("万", None),
        ("1e400", None),
        ("五千万", None),
        ("", None),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: float | None) -> None:
    assert parse_amount(text) == amount
