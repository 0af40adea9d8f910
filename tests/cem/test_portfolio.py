"""The four kinds of customer, by hand; and laws that hold for any data."""

import pandas as pd
import pytest
from customer_factories import Said, listed, spoken
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.cem.customer_kinds import KINDS_OF_CUSTOMER, classify_customers
from cem_nlp.cem.portfolio import experience_of_opinions, moves_table, portfolio_table
from cem_nlp.config import Scores, Segments

PLAIN = Segments()
SAID: list[Said] = [
    ("a", "+++", 1),  # satisfied, 100
    ("b", "++0", 1),  # satisfied, 10
    ("c", "--0", 1),  # not satisfied, 90
    ("d", "---", 1),  # not satisfied, 5
    ("e", "++", 1),  # two opinions only
    ("f", "+++", 1),  # not in the table
    ("g", "++--", 1),  # as much praise as blame is not satisfaction
]
TABLE = listed(
    ("a", 100, "金"),
    ("b", 10, "普"),
    ("c", 90, "金"),
    ("d", 5, "普"),
    ("e", 50, "普"),
    ("g", 80, "普"),
    ("h", 1, "普"),
)


def kinds(said: list[Said], table: pd.DataFrame | None, chosen: Segments = PLAIN) -> dict[str, str]:
    customers = classify_customers(*spoken(said), table, chosen)
    return dict(zip(customers["customer_key"], customers["kind"], strict=True))


def portfolio(said: list[Said], table: pd.DataFrame | None) -> pd.DataFrame:
    feedback, opinions = spoken(said)
    customers = classify_customers(feedback, opinions, table, PLAIN)
    return table_of(customers, feedback, opinions, Scores(minimum_mentions=1))


def table_of(
    customers: pd.DataFrame, feedback: pd.DataFrame, opinions: pd.DataFrame, scores: Scores
) -> pd.DataFrame:
    experience = experience_of_opinions(customers, feedback, opinions, PLAIN, scores)
    return portfolio_table(customers, experience, scores)


def test_the_four_kinds_and_those_nobody_can_tell() -> None:
    # The median of 100, 10, 90, 5, 50, 80 and 1 is 50.
    assert kinds(SAID, TABLE) == {
        "a": "model",
        "b": "growth",
        "c": "at_risk",
        "d": "dangling",
        "e": "unknown",
        "f": "unknown",
        "g": "at_risk",
        "h": "unknown",
    }


def test_cuts_are_the_configurations() -> None:
    assert kinds(SAID, TABLE, Segments(value_cut=95))["c"] == "dangling"
    assert kinds(SAID, TABLE, Segments(experience_cut=4.9))["g"] == "model"
    assert kinds(SAID, TABLE, Segments(minimum_mentions=2))["e"] == "model"
    growing = TABLE.assign(growth=[-1.0, 2, 3, 0, 1, 1, 1])
    found = kinds(SAID, growing, Segments(axis="growth"))
    assert (found["a"], found["b"], found["c"], found["d"]) == ("growth", "model", "at_risk", "dangling")


def test_without_a_table_contacts_stand_in_and_are_marked() -> None:
    said: list[Said] = [("a", "++", 2), ("a", "+", 1), ("b", "---", 1), ("", "---", 1)]
    customers = classify_customers(*spoken(said), None, PLAIN)
    assert dict(zip(customers["customer_key"], customers["kind"], strict=True)) == {
        "a": "model",
        "b": "dangling",
    }
    assert set(customers["axis"]) == {"contacts"}
    assert portfolio(said, None)["value_share"].isna().all()


def test_opinions_outside_the_window_and_on_rivals_do_not_count() -> None:
    said: list[Said] = [("a", "+++", 1), ("a", "-----", 400), ("b", "---", 400)]
    table = listed(("a", 1, "x"), ("b", 1, "x"))
    feedback, opinions = spoken(said)
    theirs, about_them = spoken([("b", "+++", 1)], brand="乙")
    both = pd.concat([feedback, theirs]), pd.concat([opinions, about_them])
    customers = classify_customers(*both, table, PLAIN).set_index("customer_key")
    assert customers["kind"].to_dict() == {"a": "model", "b": "unknown"}
    assert customers["n_mentions"].to_dict() == {"a": 3, "b": 0}


def test_who_moved_since_the_period_before() -> None:
    said: list[Said] = [
        ("a", "+++", 40), ("a", "----", 2),  # model → at risk
        ("b", "---", 31), ("b", "++++", 29),  # dangling → growth
        ("c", "+++", 30),  # thirty days ago is the period before: stays
        ("d", "+++", 0),  # unknown before: no move
    ]  # fmt: skip
    customers = classify_customers(
        *spoken(said), listed(("a", 9, "x"), ("b", 1, "x"), ("c", 9, "x"), ("d", 9, "x")), PLAIN
    )
    moves = moves_table(customers, Scores())
    whole = moves[moves["dimension"] == "all"]
    found = {(row.kind_before, row.kind): row.n_customers for row in whole.itertuples()}
    assert found == {("model", "at_risk"): 1, ("dangling", "growth"): 1, ("model", "model"): 1}
    assert whole["value"].isna().all()  # the value of one customer is nobody's business


def test_shares_value_and_experience_of_a_group() -> None:
    table = portfolio(SAID, TABLE).set_index(["dimension", "group", "kind"])
    assert table.loc[("all", "all", "at_risk"), "n_customers"] == 2
    assert table.loc[("all", "all", "at_risk"), "share"] == pytest.approx(2 / 5)
    assert table.loc[("all", "all", "at_risk"), "value_share"] == pytest.approx(170 / 336)
    assert table.loc[("segment", "金", "model"), "share"] == pytest.approx(1 / 2)
    # c: 0, 0, 5; g: 10, 10, 0, 0 out of 10 each
    assert table.loc[("all", "all", "at_risk"), "experience"] == pytest.approx(25 / 7)
    whole = table.loc[("all", "all", "all")]
    assert (whole["n_customers"], whole["value_share"], whole["n_mentions"]) == (8, 1.0, 21)
    low, high = table["share_low"], table["share_high"]
    assert (low.dropna() <= table["share"].dropna()).all()
    assert (high.dropna() >= table["share"].dropna()).all()


def test_thin_groups_are_suppressed() -> None:
    feedback, opinions = spoken(SAID)
    customers = classify_customers(feedback, opinions, TABLE, PLAIN)
    table = table_of(customers, feedback, opinions, Scores(minimum_mentions=6))
    assert table["share"].isna().all()
    assert table.loc[table["n_customers"] < 6, "value_share"].isna().all()


def test_nobody_is_known() -> None:
    empty = portfolio([("", "++", 1)], None)
    assert empty.empty
    assert portfolio([], listed(("a", 1, "x")))["kind"].tolist() == ["all", "unknown"] * 2


many = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.text("+0-", min_size=1, max_size=4), st.integers(0, 90)),
    max_size=20,
)
values = st.lists(st.integers(0, 50), min_size=6, max_size=6)


@settings(max_examples=8, deadline=None)
@given(many, values, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(said: list[Said], worth: list[int], rng) -> None:  # type: ignore[no-untyped-def]
    table = listed(*((key, float(value), "金") for key, value in zip("abcdef", worth, strict=True)))
    feedback, opinions = spoken(said)
    shuffled = feedback.sample(frac=1, random_state=rng.randrange(1000))
    again = opinions.sample(frac=1, random_state=rng.randrange(1000))
    expected = classify_customers(feedback, opinions, table, PLAIN)
    found = classify_customers(shuffled, again, table.iloc[::-1], PLAIN)
    pd.testing.assert_frame_equal(found, expected)
    scores = Scores(minimum_mentions=1)
    pd.testing.assert_frame_equal(
        table_of(found, shuffled, again, scores),
        table_of(expected, feedback, opinions, scores),
    )


@settings(max_examples=8, deadline=None)
@given(many.filter(bool), values)
def test_doubling_all_customers_keeps_every_share(said: list[Said], worth: list[int]) -> None:
    rows = [(key, float(value), "金") for key, value in zip("abcdef", worth, strict=True)]
    once = portfolio(said, listed(*rows))
    twins = [(key.upper(), value, segment) for key, value, segment in rows]
    twice = portfolio(
        [*said, *((key.upper(), signs, day) for key, signs, day in said)], listed(*rows, *twins)
    )
    shares = ["dimension", "group", "kind", "share", "value_share", "experience"]
    pd.testing.assert_frame_equal(twice[shares], once[shares])
    assert (twice["n_customers"] == 2 * once["n_customers"]).all()


@settings(max_examples=8, deadline=None)
@given(many, values)
def test_kinds_are_parts_of_a_whole(said: list[Said], worth: list[int]) -> None:
    rows = [(key, float(value), "金") for key, value in zip("abcdef", worth, strict=True)]
    table = portfolio(said, listed(*rows))
    for _, part in table.groupby(["dimension", "group"]):
        by_kind = part.set_index("kind")["n_customers"]
        assert by_kind.drop("all").sum() == by_kind["all"]
        known = part[part["kind"].isin([*KINDS_OF_CUSTOMER])]
        assert not len(known) or known["share"].sum() == pytest.approx(1)
