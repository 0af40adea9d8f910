"""`cem cost`: figures by hand, and what is refused."""

import json

import pytest
from cem_command import Cem

BY_HAND = ("cost", "--revenue", "1000", "--negative", "20%", "--complain", "50%")


def test_rates_given_by_hand_beat_the_method_s(cem: Cem) -> None:
    figures = json.loads(
        cem(*BY_HAND, "--won-back", "50%", "--lost", "50%", "--silent-lost", "10%", "--json").out
    )
    assert figures == {
        "lost_complainers": 50,
        "lost_silent": 10,
        "at_risk_complainers": 0,
        "at_risk_silent": 90,
        "won_back": 50,
    }


def test_customers_give_ranges(cem: Cem) -> None:
    assert "没有区间" in cem(*BY_HAND).out
    assert "95% 区间" in cem(*BY_HAND, "--customers", "500").out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("cost", "--negative", "20%", "--complain", "2%"), 2, "--revenue"),
        (("cost", "--revenue", "1"), 2, "--negative"),
        ((*BY_HAND, "--won-back", "80%", "--lost", "30%"), 4, "at most 1"),
        (("cost", "--revenue", "-1", "--negative", "20%", "--complain", "2%"), 4, "revenue"),
        ((*BY_HAND, "--customers", "-3"), 2, "--customers"),
    ],
)
def test_what_is_wrong_is_named(cem: Cem, arguments: tuple[str, ...], code: int, said: str) -> None:
    ran = cem(*arguments)
    assert ran.code == code
    assert said in ran.err
