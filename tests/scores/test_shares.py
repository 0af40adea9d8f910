"""The range of a share of mentions: the usual one for independent customers, wide where few write most."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.scores.intervals import share_range
from cem_nlp.scores.shares import mention_shares

PLACES = ("ad", "order", "use")
Said = Sequence[tuple[int, str]]


def mentions(said: Said) -> pd.DataFrame:
    """Mentions of one brand from (customer, touchpoint)."""
    table = pd.DataFrame(list(said), columns=["customer", "touchpoint"])
    return table.assign(brand=pd.Series("甲", index=table.index))


def ends(said: Said, touchpoint: str = "order") -> tuple[float, float, float]:
    found = mention_shares(mentions(said), ["brand"], "touchpoint", PLACES).set_index("touchpoint")
    share, low, high = found.loc[touchpoint, ["share", "share_low", "share_high"]]
    return share, low, high


ONCE = [(customer, "order" if customer < 12 else "use") for customer in range(40)]


def test_customers_with_one_mention_each_make_the_usual_range() -> None:
    low, high = share_range(np.array([12.0]), np.array([40.0]))
    assert ends(ONCE) == pytest.approx((12 / 40, low[0], high[0]))
    low, high = share_range(np.array([0.0]), np.array([40.0]))
    assert ends(ONCE, "ad") == pytest.approx((0, 0, high[0]))


def test_two_halves_are_equally_unsure_whoever_writes_them() -> None:
    often = [(customer, "order") for customer in range(60) for _ in range(4)]
    once = [(60 + customer, "use") for customer in range(240)]
    first, second = (ends([*often, *once], name) for name in ("order", "use"))
    assert first == pytest.approx(second)
    low, high = share_range(np.array([240.0]), np.array([480.0]))
    assert first[1] < low[0]
    assert high[0] < first[2]


def test_few_customers_who_write_most_prove_little() -> None:
    widths = []
    for people in (40, 10, 4, 2):
        said = [(number % people, "order" if number % people < people / 2 else "use") for number in range(40)]
        _, low, high = ends(said)
        widths.append(high - low)
    assert widths == sorted(widths)
    assert widths[-1] > 2 * widths[0]
    assert ends([(0, "order"), (0, "use")] * 20) == (0.5, 0, 1)


def test_cells_are_apart_and_what_has_no_name_does_not_count() -> None:
    other = mentions([(90, "use"), (91, "order"), (92, "elsewhere")]).assign(brand="乙")
    both = pd.concat([mentions(ONCE), other])
    found = mention_shares(both, ["brand"], "touchpoint", PLACES).set_index(["brand", "touchpoint"])["share"]
    assert found["甲"].tolist() == pytest.approx([0, 12 / 40, 28 / 40])
    assert found["乙"].tolist() == pytest.approx([0, 0.5, 0.5])
    assert mention_shares(both.iloc[:0], ["brand"], "touchpoint", PLACES).empty


said = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(PLACES)), min_size=1, max_size=40)


@settings(max_examples=40, deadline=None)
@given(said)
def test_the_share_lies_in_its_range(said: Said) -> None:
    found = mention_shares(mentions(said), ["brand"], "touchpoint", PLACES)
    assert found["share"].sum() == pytest.approx(1)
    assert (found["share_low"] >= 0).all()
    assert (found["share_low"] <= found["share"]).all()
    assert (found["share"] <= found["share_high"]).all()
    assert (found["share_high"] <= 1).all()


def test_the_range_holds_the_true_share_when_customers_repeat_themselves() -> None:
    rng = np.random.default_rng(7)
    truth, held = 0.3, []
    for _ in range(300):
        often = rng.geometric(0.3, 60)
        favourite = rng.choice(["order", "use"], 60, p=[truth, 1 - truth])
        said = [(number, str(favourite[number])) for number in range(60) for _ in range(often[number])]
        _, low, high = ends(said)
        held.append(low <= truth <= high)
    # Three standard errors of 300 draws at 95 % are 4 points.
    assert np.mean(held) >= 0.91
