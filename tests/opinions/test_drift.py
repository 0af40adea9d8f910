from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.opinions.drift import MAJOR, WORTH_A_LOOK, shift, spread_between, unusual
from cem_nlp.opinions.drift_table import PastCounts, Row, Versions, drift_rows
from cem_nlp.opinions.profile import BINS, Counts, Profile
from cem_nlp.schemas import to_table

NOW = Versions("m1", "t1")
Night = dict[str, Counts]


def shares_of(seed: int) -> Night:
    """Some distribution over the bins of every measure."""
    random = np.random.default_rng(seed)
    return {measure: random.dirichlet(np.ones(len(bins))) for measure, bins in BINS.items()}


def night_of(size: int, shares: Night, random: np.random.Generator, spread: float = 0.0) -> Night:
    """A night of comments from these shares, or from ones that spread around them."""
    if spread:
        shares = {m: random.dirichlet(p * (1 - spread) / spread + 1e-9) for m, p in shares.items()}
    return {measure: random.multinomial(size, p).astype(float) for measure, p in shares.items()}


def past_of(nights: Sequence[Night], versions: Versions = NOW) -> list[PastCounts]:
    """Earlier nights of reviews, the latest first."""
    return [
        PastCounts(f"2026-08-{30 - place:02d}", "review", measure, BINS[measure], tuple(counts), versions)
        for place, night in enumerate(nights)
        for measure, counts in night.items()
    ]


def rows_of(
    tonight: Night, past: Sequence[PastCounts] = (), profile: Profile | None = None, versions: Versions = NOW
) -> dict[tuple[str, str], Row]:
    """The rows of a night of reviews by measure and reference."""
    rows = drift_rows({"review": tonight}, past, profile, versions, np.random.default_rng(0))
    to_table("drift", [{**row, "run_id": "r"} for row in rows])
    return {(row["measure"], row["reference"]): row for row in rows}


def verdicts(rows: Mapping[tuple[str, str], Row], reference: str) -> dict[str, tuple[str, str | None]]:
    return {
        m: (row["verdict"], row["detail"]) for (m, r), row in rows.items() if r == reference and m in BINS
    }


@pytest.mark.parametrize(("size", "spread"), [(20, 0.0), (200, 0.0), (200, 0.01), (5000, 0.0)])
def test_nights_that_are_alike_raise_no_alarm(size: int, spread: float) -> None:
    alarms = 0
    for seed in range(20):
        random, shares = np.random.default_rng([seed, size]), shares_of(seed)
        nights = [night_of(size, shares, random, spread) for _ in range(8)]
        profile = Profile("m1", {"review": night_of(9000, shares, random)})
        rows = rows_of(nights[0], past_of(nights[1:]), profile)
        judged = verdicts(rows, "past").values()
        assert {detail for _, detail in judged} == {None}
        alarms += any(row["verdict"] == "moved" for row in rows.values())
    assert alarms <= 1  # one in twenty


@pytest.mark.parametrize(("size", "found"), [(20, 2), (100, 4), (1000, 5)])
def test_another_distribution_is_noticed_the_sooner_the_more_comments(size: int, found: int) -> None:
    random = np.random.default_rng(size)
    nights = [night_of(size, shares_of(1), random) for _ in range(7)]
    judged = verdicts(rows_of(night_of(size, shares_of(2), random), past_of(nights)), "past")
    assert sum(verdict == "moved" for verdict, _ in judged.values()) >= found


def test_a_row_names_the_bin_that_moved() -> None:
    calm = np.array([900.0, 100.0])
    nights = [{"found": calm.copy()} for _ in range(6)]
    row = rows_of({"found": np.array([500.0, 500.0])}, past_of(nights))["found", "past"]
    assert (row["verdict"], row["bin"], row["share"], row["share_reference"]) == ("moved", "none", 0.5, 0.1)
    assert (row["n"], row["n_reference"], row["nights"]) == (1000, 6000, 6)
    assert row["low"] <= row["high"] < row["value"]


def test_what_depends_on_the_model_is_compared_within_its_version() -> None:
    random = np.random.default_rng(3)
    nights = [night_of(200, shares_of(3), random) for _ in range(7)]
    past = past_of(nights[1:], Versions("m0", "t1"))
    profile = Profile("m0", {"review": nights[0]})
    rows = rows_of(nights[0], past, profile)
    assert {m for m, verdict in verdicts(rows, "past").items() if verdict == ("unknown", "other_model")} == {
        "unknown",
        "found",
        "opinions",
        "probability",
    }
    assert set(verdicts(rows, "training").values()) == {("unknown", "other_model")}
    assert (rows["model", "past"]["verdict"], rows["model", "past"]["detail"]) == ("moved", "m0")
    assert rows["taxonomy", "past"]["verdict"] == "stable"


def test_too_little_is_said_to_be_too_little() -> None:
    random = np.random.default_rng(4)
    nights = [night_of(200, shares_of(4), random) for _ in range(5)]
    profile = Profile("m1", {"review": nights[0]})
    few = rows_of(night_of(19, shares_of(4), random), past_of(nights), profile)
    assert set(verdicts(few, "past").values()) | set(verdicts(few, "training").values()) == {
        ("unknown", "few_comments")
    }
    young = rows_of(nights[0], past_of(nights[1:]))
    assert set(verdicts(young, "past").values()) == {("unknown", "few_nights")}
    assert set(verdicts(young, "training").values()) == {("unknown", "no_profile")}
    first = rows_of(nights[0])["model", "past"]
    assert (first["verdict"], first["detail"]) == ("unknown", "few_nights")


def test_training_judges_length_and_unknown_words_on_the_strange_side_alone() -> None:
    usual, strange = np.zeros(13), np.zeros(13)
    usual[[3, 4, 9]] = 600, 380, 20
    strange[[4, 9]] = 60, 40
    familiar = np.zeros(13)
    familiar[0] = 5000
    profile = Profile("m1", {"review": {"unknown": usual, "found": np.array([90.0, 10.0])}})
    row = rows_of({"unknown": strange}, (), profile)["unknown", "training"]
    assert (row["verdict"], row["bin"], row["share"], row["share_reference"]) == (
        "moved",
        "unusual",
        0.4,
        0.02,
    )
    assert rows_of({"unknown": familiar}, (), profile)["unknown", "training"]["verdict"] == "stable"
    listed = rows_of({"found": np.array([10.0, 90.0])}, (), profile)["found", "training"]
    assert (listed["verdict"], listed["detail"]) == ("unknown", "unnatural_shares")
    assert listed["value"] > MAJOR


COUNTS = st.lists(st.integers(0, 300), min_size=6, max_size=6).filter(any).map(lambda n: np.array(n, float))


@given(COUNTS, COUNTS, st.permutations(range(6)))
@settings(max_examples=10, deadline=None)
def test_the_index_is_never_negative_and_knows_no_order_of_bins(
    found: Counts, reference: Counts, order: list[int]
) -> None:
    def value(one: Counts, other: Counts) -> float:
        random = np.random.default_rng(0)
        return shift(one, [other], least=WORTH_A_LOOK, chance=0.01, random=random).value

    assert value(found, reference) == pytest.approx(value(found[order], reference[order]))
    assert value(found, reference) >= 0
    assert value(1000 * found, 1000 * found) < 0.01


@given(COUNTS, st.floats(0, 0.2), st.floats(0, 0.2))
@settings(max_examples=60, deadline=None)
def test_unusual_bins_hold_no_more_than_was_asked(reference: Counts, low: float, high: float) -> None:
    marked = unusual(reference, low=low, high=high)
    assert reference[marked].sum() <= (low + high) * reference.sum() + 1e-6
    assert not marked[reference.argmax()] or reference.max() <= (low + high) * reference.sum() + 1e-6


def test_the_spread_between_nights_is_found_again() -> None:
    random, shares = np.random.default_rng(5), np.array([0.5, 0.3, 0.15, 0.05])

    def nights(spread: float) -> list[Counts]:
        return [night_of(400, {"x": shares}, random, spread)["x"] for _ in range(60)]

    assert spread_between(nights(0.0)) < 0.002
    assert 0.03 < spread_between(nights(0.05)) < 0.12
    assert spread_between([shares * 100]) == 0
