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
        ((*BY_HAND, "--won-back", "80%", "--lost", "30%"), 4, "110%"),
        (("cost", "--revenue", "-1", "--negative", "20%", "--complain", "2%"), 2, "--revenue"),
        (("cost", "--revenue", "nan", "--negative", "20%", "--complain", "2%"), 2, "nan"),
        (("cost", "--revenue", "1", "--negative=-5%", "--complain", "2%"), 4, "--negative"),
        (("cost", "--revenue", "1", "--negative", "5%", "--complain", "101%"), 4, "--complain"),
        (("cost", "--revenue", "1", "--negative", "5%", "--complain", "1"), 4, "100%"),
        ((*BY_HAND, "--customers", "-3"), 2, "--customers"),
        (("cost", "--revenue", "1", "--negative", "-5%", "--complain", "2%"), 4, "'-5%'"),
        (("cost", "--revenue", "1", "--negative", "-５％", "--complain", "2%"), 4, "--negative"),
        (("cost", "--revenue", "-5%", "--negative", "5%", "--complain", "2%"), 2, "5000万"),
        (("cost", "--revenue", "1,2,3", "--negative", "5%", "--complain", "2%"), 2, "'1,2,3'"),
        ((*BY_HAND, "--currency", ""), 4, "不能是空的"),
        ((*BY_HAND, "--config", "a.toml", "--customers", "5"), 2, "--customers 不与 --config 同用"),
    ],
)
def test_what_is_wrong_is_named(cem: Cem, arguments: tuple[str, ...], code: int, said: str) -> None:
    ran = cem(*arguments)
    assert ran.code == code
    assert said in ran.err


def test_full_width_figures_are_read_and_huge_ones_too(cem: Cem) -> None:
    wide = ("cost", "--revenue", "１，０００", "--negative", "２０％", "--complain", "５０％", "--json")
    assert json.loads(cem(*wide).out) == json.loads(cem(*BY_HAND, "--json").out)
    assert cem("cost", "--revenue", "1e308", "--negative", "100%", "--complain", "0").code == 0
    assert "没有收入" in cem("cost", "--revenue", "0", "--negative", "20%", "--complain", "2%").out


def test_english_names_the_usual_currency(cem: Cem) -> None:
    assert "CNY 1,000" in cem(*BY_HAND, "--lang", "en").out
    assert "EUR 1,000" in cem(*BY_HAND, "--currency", "EUR", "--lang", "en").out
    assert "1,000 元" in cem(*BY_HAND).out


def test_a_share_lost_is_taken_as_given(cem: Cem) -> None:
    figures = json.loads(cem(*BY_HAND, "--lost", "90%", "--json").out)
    assert figures["lost_complainers"] == 90
    assert figures["won_back"] == pytest.approx(10 * 0.38 / 0.72, abs=0.01)


def test_revenue_may_be_written_in_ten_thousands(cem: Cem) -> None:
    rest = ("--negative", "22%", "--complain", "2%", "--json")
    assert cem("cost", "--revenue", "5000万", *rest).out == cem("cost", "--revenue", "50000000", *rest).out
