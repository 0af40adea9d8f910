"""Own brands against rivals: only like is compared with like, and chance raises no verdict."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.config import Comparison, Scores
from cem_nlp.scores.comparison import comparable_mentions, compare_brands, rivals_of
from cem_nlp.scores.ranking import add_ranks
from cem_nlp.vocabulary import ALL

quick = settings(max_examples=10, deadline=None)
FEW_GRAINS = ((), ("category", "topic"))
EASY = Comparison(minimum_mentions=1)
OWN, RIVAL = "甲", "乙"
CELL = ["grain", "category", "touchpoint", "topic"]


@dataclass(frozen=True)
class Said:
    """One opinion in a comment of its own."""

    brand: str
    polarity: str = "positive"
    source: str = "商城"
    kind: str = "review"
    month: str = "2026-08"
    category: str = "price"
    topic: str | None = "fee"
    customer: str | None = None


def mentions_of(said: list[Said]) -> pd.DataFrame:
    frame = pd.DataFrame([{name: getattr(one, name) for name in Said.__dataclass_fields__} for one in said])
    frame["feedback_id"] = [f"f{n}" for n in range(len(frame))]
    feedback = frame[["feedback_id", "brand", "source", "kind"]].assign(
        product="x",
        channel="x",
        segment="x",
        customer_key=frame["customer"].astype("str"),
        business_date=pd.to_datetime(frame["month"] + "-15"),
        duplicate_of=pd.Series(pd.NA, frame.index, dtype="str"),
    )
    opinions = frame[["feedback_id", "category", "polarity", "topic"]].assign(touchpoint="bill")
    return comparable_mentions(feedback, opinions)


def compared(said: list[Said], own: str = OWN, rivals: tuple[str, ...] = (RIVAL,)) -> pd.DataFrame:
    return compare_brands(mentions_of(said), [own], rivals, rivals, EASY, Scores(), FEW_GRAINS)


def total(table: pd.DataFrame, rival: str = RIVAL) -> pd.Series:
    rows = table[(table["grain"] == "total") & (table["rival"] == rival)]
    assert len(rows) == 1
    return rows.iloc[0]


said_drawn = st.lists(
    st.builds(
        Said,
        brand=st.sampled_from([OWN, RIVAL]),
        polarity=st.sampled_from(["positive", "neutral", "negative"]),
        source=st.sampled_from(["商城", "平台"]),
        month=st.sampled_from(["2026-07", "2026-08"]),
        category=st.sampled_from(["price", "service"]),
        topic=st.sampled_from(["fee", None]),
        customer=st.sampled_from(["c1", "c2", "c3", None]),
    ),
    min_size=1,
    max_size=40,
)
BOTH = [Said(OWN), Said(RIVAL, "negative")]


def many(brand: str, positive: int, negative: int, **more: str) -> list[Said]:
    return [Said(brand, "positive", **more)] * positive + [Said(brand, "negative", **more)] * negative


def test_the_difference_is_that_of_mantel_and_haenszel() -> None:
    said = [
        *many(OWN, 8, 2, month="2026-07"),
        *many(RIVAL, 5, 5, month="2026-07"),
        *many(OWN, 1, 3),
        *many(RIVAL, 3, 9),
    ]
    row = total(compared(said))
    # Weights 10·10/20 = 5 and 4·12/16 = 3; differences 3 and 0 points.
    assert row["difference"] == pytest.approx((5 * 3 + 3 * 0) / 8)
    assert row["experience"] == pytest.approx((5 * 8 + 3 * 2.5) / 8)
    assert row["experience_rival"] == pytest.approx((5 * 5 + 3 * 2.5) / 8)
    assert (row["n_mentions"], row["n_rival"], row["covered"], row["covered_rival"]) == (14, 22, 1.0, 1.0)


def test_newcombe_s_own_example() -> None:
    # Newcombe 1998, table II, contrast (a), 56/70 − 48/80, method 10: 0.0524 to 0.3339. His answers are yes
    # or no; the prior half mention in the middle makes ours a little surer.
    row = total(compared(many(OWN, 56, 14) + many(RIVAL, 48, 32)))
    assert row["difference"] == pytest.approx(2.0)
    assert row["difference_low"] == pytest.approx(0.524, abs=0.02)
    assert row["difference_high"] == pytest.approx(3.339, abs=0.02)
    assert row["p_value"] == pytest.approx(0.008, abs=0.002)


@quick
@given(said_drawn)
def test_swapped_sides_flip_the_sign(drawn: list[Said]) -> None:
    said = drawn + BOTH
    there, back = compared(said), compared(said, RIVAL, (OWN,))
    pair = there[there["rival"] == RIVAL].merge(back[back["rival"] == OWN], on=CELL, suffixes=("", "_back"))
    assert len(pair) == (there["rival"] == RIVAL).sum()
    for name, other in (("difference", "difference"), ("difference_low", "difference_high")):
        assert np.allclose(pair[name], -pair[f"{other}_back"], equal_nan=True)
    for name in ("p_value", "q_value"):
        assert np.allclose(pair[name], pair[f"{name}_back"], equal_nan=True)


@quick
@given(said_drawn, st.integers(1, 30))
def test_complaints_of_one_side_alone_never_move_the_difference(drawn: list[Said], more: int) -> None:
    said = drawn + BOTH
    complaints = [Said(OWN, "negative", "投诉平台", "complaint")] * more
    before, after = compared(said), compared(said + complaints)
    both = before.merge(after, on=[*CELL, "rival"], suffixes=("", "_after"))
    assert np.allclose(both["difference"], both["difference_after"], equal_nan=True)
    assert np.allclose(both["n_mentions"], both["n_mentions_after"])
    row, row_after = total(before), total(after)
    assert row_after["covered"] < row["covered"]


@quick
@given(said_drawn)
def test_identical_sides_differ_in_nothing(drawn: list[Said]) -> None:
    twins = [Said(**{**one.__dict__, "brand": brand}) for one in drawn for brand in (OWN, RIVAL)]
    table = compared(twins)
    assert np.allclose(table["difference"], 0)
    assert set(table["verdict"]) == {"no_evidence"}
    assert np.allclose(table["p_value"], 1)


@quick
@given(said_drawn, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(drawn: list[Said], random: np.random.Generator) -> None:
    said = [
        Said(**{**one.__dict__, "customer": one.customer or f"x{n}"}) for n, one in enumerate(drawn + BOTH)
    ]
    shuffled = list(said)
    random.shuffle(shuffled)
    pd.testing.assert_frame_equal(ranked(said), ranked(shuffled))


def ranked(said: list[Said]) -> pd.DataFrame:
    mentions = mentions_of(said)
    table = compare_brands(mentions, [OWN], [RIVAL], [RIVAL], EASY, Scores(), FEW_GRAINS)
    return add_ranks(table, mentions, Scores(), np.random.default_rng(3))


@quick
@given(said_drawn)
def test_ranges_hold_the_difference_and_agree_with_p_and_q(drawn: list[Said]) -> None:
    table = compared(drawn + BOTH).dropna(subset="difference")
    assert (table["difference_low"] <= table["difference"] + 1e-9).all()
    assert (table["difference"] <= table["difference_high"] + 1e-9).all()
    assert table[["difference_low", "difference_high"]].abs().to_numpy().max() <= 10
    assert (table["q_value"] >= table["p_value"]).all()
    clear = (table["p_value"] - 0.05).abs() > 1e-6
    excludes_zero = (table["difference_low"] > 0) | (table["difference_high"] < 0)
    assert ((table["p_value"] < 0.05) == excludes_zero)[clear].all()


def test_q_values_are_those_of_the_whole_table() -> None:
    said = many(OWN, 90, 10) + many(RIVAL, 70, 30) + many(OWN, 20, 20, category="service", topic="repair")
    table = compared(said + many(RIVAL, 22, 18, category="service", topic="repair"))
    p = table["p_value"].sort_values(ascending=False)
    expected = (p * len(p) / np.arange(len(p), 0, -1)).cummin()
    assert np.allclose(table["q_value"][p.index], expected)


def test_what_one_customer_repeats_is_hardly_evidence() -> None:
    alone = many(OWN, 30, 10) + many(RIVAL, 15, 25)
    repeated = [
        Said(one.brand, one.polarity, customer=f"{one.brand}{one.polarity}{n % 2}")
        for n, one in enumerate(alone)
    ]
    table, clustered = compared(alone), compared(repeated)
    assert total(table)["verdict"] == "better"
    assert total(clustered)["difference"] == pytest.approx(total(table)["difference"])
    assert total(clustered)["verdict"] == "no_evidence"
    assert total(clustered)["effective_n"] < 10


def test_customers_are_clusters_across_strata() -> None:
    months = [f"2026-{month:02d}" for month in range(1, 9)]
    said = [
        Said(brand, "positive" if n % 2 else "negative", month=month, customer=f"{brand}{n}")
        for brand in (OWN, RIVAL)
        for n in range(60)
        for month in months
    ]
    row = total(compared(said))
    assert row["n_mentions"] == 480
    # Within a month nobody speaks twice, so nothing is known of ρ and all of it is assumed.
    assert row["effective_n"] == pytest.approx(60)


def test_a_difference_below_the_minimum_effect_is_none() -> None:
    said = many(OWN, 9000, 1000) + many(RIVAL, 8800, 1200)
    row = total(compared(said))
    assert row["q_value"] < 0.01
    assert row["difference"] == pytest.approx(0.2)
    assert row["verdict"] == "no_evidence"
    mentions = mentions_of(said)
    finer = compare_brands(mentions, [OWN], [RIVAL], [], Comparison(minimum_effect=0.1), Scores())
    assert total(finer)["verdict"] == "better"


def test_thin_cells_are_suppressed_and_do_not_enter_the_grid() -> None:
    said = (
        many(OWN, 90, 10)
        + many(RIVAL, 10, 90)
        + [Said(OWN, category="service"), Said(RIVAL, category="service")]
    )
    mentions = mentions_of(said)
    table = compare_brands(mentions, [OWN], [RIVAL], [RIVAL], Comparison(minimum_mentions=20), Scores())
    thin = table[table["category"] == "service"]
    assert set(thin["verdict"]) == {"suppressed"}
    assert thin[["experience", "difference", "p_value", "q_value"]].isna().all().all()
    assert (thin["n_mentions"] == 1).all()


def test_rivals_without_a_common_stratum_have_no_rows() -> None:
    said = [*many(OWN, 9, 1), *many("丙", 1, 9, kind="complaint")]
    assert compared(said, rivals=("丙",)).query("rival == '丙'").empty
    row = total(compared(said, rivals=("丙",)), ALL)
    assert row["verdict"] == "suppressed"
    assert row["covered"] == 0


@pytest.mark.parametrize(
    ("own", "rivals"), [((), (RIVAL,)), ((OWN,), ()), (("丁",), (RIVAL,)), ((OWN,), ("丁",))]
)
def test_nobody_to_compare_gives_an_empty_table(own: tuple[str, ...], rivals: tuple[str, ...]) -> None:
    table = compare_brands(mentions_of(BOTH), own, rivals, [], EASY, Scores())
    assert table.empty
    assert table["difference"].dtype == np.float64


def test_nothing_said_gives_an_empty_table() -> None:
    mentions = mentions_of(BOTH).iloc[:0]
    table = compare_brands(mentions, [OWN], [RIVAL], [RIVAL], EASY, Scores())
    assert table.empty
    assert add_ranks(table, mentions, Scores(), np.random.default_rng(1)).empty


def test_all_positive_on_both_sides_is_no_evidence() -> None:
    row = total(compared(many(OWN, 50, 0) + many(RIVAL, 40, 0)))
    assert (row["difference"], row["p_value"], row["verdict"]) == (0, 1, "no_evidence")
    assert row["difference_low"] < 0 < row["difference_high"]


def test_rivals_are_all_other_brands_or_the_named_ones() -> None:
    mentions = mentions_of([Said(OWN), Said(RIVAL), Said("丙"), Said("unknown")])
    assert rivals_of(mentions, [OWN]) == ("丙", RIVAL)
    assert rivals_of(mentions, [OWN], ["丙", "丁", OWN]) == ("丙",)


def test_the_rank_counts_rivals_above_and_knows_what_it_does_not_know() -> None:
    said = many("丙", 95, 5) + many(OWN, 60, 40) + many(RIVAL, 58, 42) + many("丁", 10, 90) + [Said("戊")]
    mentions = mentions_of(said)
    rivals = rivals_of(mentions, [OWN])
    table = compare_brands(mentions, [OWN], rivals, rivals, Comparison(minimum_mentions=20), Scores())
    row = total(add_ranks(table, mentions, Scores(), np.random.default_rng(5)), ALL)
    assert (row["rank"], row["rank_low"], row["rank_high"], row["n_ranked"]) == (2, 2, 3, 4)
    singles = add_ranks(table, mentions, Scores(), np.random.default_rng(5)).query("rival != 'all'")
    assert singles["rank"].isna().all()
