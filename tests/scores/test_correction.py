"""Corrected scores undo a known misreading, say how sure they are, and fall back where they must."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.config import Mix, Scores
from cem_nlp.scores import score_table
from cem_nlp.scores.confusion import (
    FINDINGS,
    STATES,
    Confusion,
    count_confusion,
    findings,
    rates,
    resampled,
)
from cem_nlp.scores.correction import correct
from cem_nlp.scores.intervals import Numbers
from cem_nlp.scores.simplex import explain
from cem_nlp.scores.states import unfit_comments
from cem_nlp.vocabulary import CATEGORIES

quick = settings(max_examples=25, deadline=None)
SETTINGS = Scores(prior_mentions=0)
Said = list[tuple[str, str]]
"""Of one comment: what is true and what is read of its product, `none` where nothing is; read with doubt
where a question mark follows.
"""
SURE, DOUBTFUL = 0.99, 0.5


def pairs(state: str) -> set[tuple[str, str]]:
    if state == "mixed":
        return {("product", "positive"), ("product", "negative")}
    return set() if state == "none" else {("product", state)}


def opinions_of(found: str) -> list[tuple[str, str, float]]:
    probability = DOUBTFUL if found.endswith("?") else SURE
    return [(*pair, probability) for pair in sorted(pairs(found.removesuffix("?")))]


def gold(said: Said, kind: str = "review") -> Confusion:
    labelled, found = [pairs(true) for true, _ in said], [opinions_of(read) for _, read in said]
    return count_confusion([kind] * len(said), labelled, found, model_version="m", measured_on="gold")


# A third of the blame is overlooked, a tenth of it read as praise; praise is read as it is.
HARSH: Said = (
    [("negative", "negative")] * 170 + [("negative", "none")] * 100 + [("negative", "positive")] * 30
)
HARSH += [("positive", "positive")] * 300 + [("none", "none")] * 400

READ = [*STATES, "negative?", "positive?"]
NEUTRAL: Said = [("neutral", "neutral")] * 100 + [("neutral", "none")] * 200


def tables(found: list[str], **values: object) -> tuple[pd.DataFrame, pd.DataFrame]:
    n = len(found)
    columns = {"kind": "review", "brand": "甲", "product": "空调", "is_own": True, "channel": "app"}
    columns |= {"segment": "unknown", "source": "评论", "customer_key": None, "duplicate_of": None}
    columns |= {"business_date": date(2026, 8, 31), "night": "2026-09-01"} | values
    feedback = pd.DataFrame({"feedback_id": [f"f{i}" for i in range(n)]} | columns)
    rows = [(f"f{i}", *opinion) for i, state in enumerate(found) for opinion in opinions_of(state)]
    opinions = pd.DataFrame(rows, columns=["feedback_id", "category", "polarity", "probability"])
    return feedback, opinions.assign(touchpoint="use", night="2026-09-01", model_version="m")


def corrected(
    found: list[str],
    confusion: Confusion,
    scores_settings: Scores = SETTINGS,
    unfit: str | None = None,
    **values: object,
) -> pd.DataFrame:
    feedback, opinions = tables(found, **values)
    scores = score_table(feedback, opinions, scores_settings)
    reasons = pd.Series([unfit] * len(feedback), dtype="object")
    rng = np.random.default_rng(3)
    return correct(scores, feedback, opinions, reasons, confusion, scores_settings, rng)


def row(scores: pd.DataFrame, grain: str = "brand×category") -> pd.Series:
    return scores[scores["grain"] == grain].iloc[0]


def test_a_known_misreading_is_undone_at_other_shares() -> None:
    # Truly 900 of 1,000 who speak blame: 510 are read so, 90 as praise; 100 praise.
    found = ["negative"] * 510 + ["positive"] * 190 + ["none"] * 1300
    cell = row(corrected(found, gold(HARSH)))
    assert cell["correction"] == "applied"
    assert cell["experience"] == pytest.approx(10 * 190 / 700)
    assert cell["experience_corrected"] == pytest.approx(1.0, abs=0.25)
    assert cell["corrected_low"] < 1.0 < cell["corrected_high"] < cell["experience"]


# Of comments that say nothing a quarter are read as blame, with doubt; blame is doubted once in ten.
HASTY: Said = [("none", "none")] * 300 + [("none", "negative?")] * 100
HASTY += [("negative", "negative")] * 270 + [("negative", "negative?")] * 30
HASTY += [("positive", "positive")] * 300


@pytest.mark.parametrize(("sure", "doubtful", "blame"), [(135, 165, 150), (270, 130, 300)])
def test_doubtful_finds_count_for_less_than_sure_ones(sure: int, doubtful: int, blame: int) -> None:
    # Of 1,000 comments 250 praise and `blame` blame: the rest say nothing.
    found = ["negative"] * sure + ["negative?"] * doubtful + ["positive"] * 250
    cell = row(corrected(found + ["none"] * (1000 - len(found)), gold(HASTY)))
    assert cell["experience_corrected"] == pytest.approx(10 * 250 / (250 + blame), abs=0.1)
    assert cell["corrected_low"] < cell["experience_corrected"] < cell["corrected_high"]


def test_certainty_narrows_the_range() -> None:
    found = ["negative"] * 135 + ["negative?"] * 165 + ["positive"] * 250 + ["none"] * 450
    blind = [(true, read.removesuffix("?")) for true, read in HASTY]
    told, untold = (
        row(corrected(read, gold(said)))
        for read, said in ((found, HASTY), ([state.removesuffix("?") for state in found], blind))
    )
    widths = [cell["corrected_high"] - cell["corrected_low"] for cell in (told, untold)]
    assert widths[0] < 0.9 * widths[1]
    assert untold["experience_corrected"] == pytest.approx(told["experience_corrected"], abs=0.2)


def test_findings_are_told_apart_by_the_greatest_probability() -> None:
    flags = np.array([0, 1, 1, 1, 2, 3, 4, 6, 7])
    found = findings(flags, np.array([0, 0.5, 0.8, 0.95, 0.99, 0.96, 0.2, 0.94, 0.1]))
    names = ["none", "doubtful negative", "likely negative", "sure negative", "neutral", "sure negative"]
    assert [FINDINGS[number] for number in found] == [
        *names,
        "doubtful positive",
        "likely positive",
        "mixed",
    ]


def test_a_perfect_model_corrects_nothing() -> None:
    perfect: Said = [(state, state) for state in STATES for _ in range(100)]
    found = ["negative"] * 120 + ["positive"] * 300 + ["mixed"] * 20 + ["neutral"] * 40 + ["none"] * 100
    cell = row(corrected(found, gold(perfect)))
    assert cell["experience_corrected"] == pytest.approx(cell["experience"], abs=0.01)
    assert cell["corrected_high"] - cell["corrected_low"] == pytest.approx(
        cell["high"] - cell["low"], rel=0.35
    )


def test_every_row_says_why_it_is_not_corrected() -> None:
    scores = corrected(["negative"] * 510 + ["positive"] * 190 + ["none"] * 1300, gold(HARSH))
    assert set(scores["correction"]) == {"applied", "not_measured"}
    with_touchpoint = scores["grain"].str.contains("touchpoint")
    assert (scores.loc[with_touchpoint, "correction"] == "not_measured").all()
    figures = scores[["experience_corrected", "corrected_low", "corrected_high"]]
    assert (figures.notna().all(axis=1) == (scores["correction"] == "applied")).all()


@pytest.mark.parametrize(
    ("found", "confusion", "unfit", "reason"),
    [
        (["negative"] * 40 + ["none"] * 900, gold(HARSH), None, "few_mentions"),
        (["negative"] * 400, gold(HARSH[::10]), None, "few_gold"),
        (["negative"] * 400, gold(HARSH), "drift", "drift"),
        (["negative"] * 400, gold(HARSH), "other_model", "other_model"),
        # Where neutral is found, twice as many should be overlooked, but nobody is silent.
        (["neutral"] * 400, gold(HARSH + NEUTRAL), None, "outside_hull"),
        # Whatever is found is the background: nobody is left whose score it could be.
        (["negative?"] * 200 + ["none"] * 600, gold(HASTY), None, "outside_hull"),
        # Counted by states half of the blame is real; by certainty nearly none of it is.
        (["negative?"] * 600 + ["positive"] * 300 + ["none"] * 600, gold(HASTY), None, "outside_hull"),
        # Praise and blame are read alike: nothing can tell them apart.
        (
            ["negative"] * 200 + ["positive"] * 200 + ["none"] * 300,
            gold([(truth, said) for truth in STATES for said in STATES for _ in range(40)]),
            None,
            "ill_conditioned",
        ),
    ],
)
def test_fallbacks(found: list[str], confusion: Confusion, unfit: str | None, reason: str) -> None:
    cell = row(corrected(found, confusion, unfit=unfit))
    assert cell["correction"] == reason
    assert np.isnan(cell["experience_corrected"])
    assert not np.isnan(cell["experience"])


@pytest.mark.parametrize("polarity", ["positive", "neutral", "negative"])
def test_all_of_one_polarity_stays_on_the_scale(polarity: str) -> None:
    clean: Said = [(state, state) for state in STATES for _ in range(100)]
    cell = row(corrected([polarity] * 150, gold(clean)))
    expected = {"positive": 10.0, "neutral": 5.0, "negative": 0.0}[polarity]
    assert cell["experience_corrected"] == pytest.approx(expected, abs=0.01)
    assert 0 <= cell["corrected_low"] <= cell["corrected_high"] <= 10


def test_periods_and_brand_are_corrected_alike() -> None:
    scores = corrected(["negative"] * 510 + ["positive"] * 190 + ["none"] * 1300, gold(HARSH))
    applied = scores[scores["correction"] == "applied"]
    assert {"total", "category", "brand", "month×brand×category", "week×brand"} <= set(applied["grain"])
    assert applied["experience_corrected"].std() < 0.1


def test_more_complaints_do_not_move_the_corrected_score_in_a_mix() -> None:
    halves = Scores(prior_mentions=0, mix=Mix(kinds={"review": 0.5, "complaint": 0.5}))
    reviews, complaints = ["positive"] * 300 + ["none"] * 100, ["negative"] * 200
    complaints += ["positive"] * 50 + ["none"] * 150
    found = []
    for times in (1, 3):
        said = reviews + complaints * times
        kinds = ["review"] * len(reviews) + ["complaint"] * len(complaints) * times
        found.append(row(corrected(said, gold(HARSH), halves, kind=kinds)))
    assert found[0]["correction"] == found[1]["correction"] == "applied"
    assert found[1]["experience_corrected"] == pytest.approx(found[0]["experience_corrected"], abs=0.05)


def test_kinds_with_enough_labels_have_rates_of_their_own() -> None:
    confusion = count_confusion(
        ["review"] * 200 + ["transcript"] * 200 + ["complaint"] * 20,
        [pairs("negative")] * 420,
        [opinions_of("negative")] * 200 + [opinions_of("none")] * 220,
        model_version="m",
        measured_on="gold",
    )
    n = confusion.n[np.newaxis].astype(float)
    product = list(CATEGORIES).index("product")
    rng = np.random.default_rng(0)
    missed = {kind: rates(confusion, kind, n, rng)[0, product, 0, 1] for kind in ("review", "transcript")}
    assert missed["review"] < 0.1
    assert missed["transcript"] > 0.9
    pooled = rates(confusion, "complaint", n, rng)[0, product, 0, 1]
    assert pooled == pytest.approx(220 / 420, abs=0.02)


@quick
@given(st.lists(st.tuples(st.sampled_from(STATES), st.sampled_from(READ)), min_size=1, max_size=60))
def test_rates_are_probabilities_and_draws_keep_the_number_of_comments(said: Said) -> None:
    confusion = gold(said)
    n = resampled(confusion, 4, np.random.default_rng(1))
    assert (n[0] == confusion.n).all()
    assert (n.sum(axis=1) == len(said)).all()
    found = rates(confusion, "review", n, np.random.default_rng(2))
    assert found.min() >= 0
    assert found.sum(axis=-2) == pytest.approx(np.ones((*found.shape[:2], len(STATES))))


def test_what_few_labels_lean_on_is_drawn_too() -> None:
    # Nobody is labelled as blaming the price: it leans on blame of products, a hundred of 300 overlooked.
    confusion = gold(HARSH)
    n = np.repeat(confusion.n[np.newaxis].astype(float), 400, axis=0)
    price = list(CATEGORIES).index("price")
    overlooked = rates(confusion, "review", n, np.random.default_rng(4))[:, price, 0, 1]
    assert overlooked[0] == pytest.approx(1 / 3, abs=0.01)
    assert overlooked[1:].mean() == pytest.approx(overlooked[0], abs=0.03)
    assert overlooked[1:].std() > 0.05


weights = st.floats(0, 1)
columns_of_nine = st.lists(st.lists(weights, min_size=9, max_size=9), min_size=5, max_size=5).filter(
    lambda columns: min(map(sum, columns)) > 0.1
)
true_shares = st.lists(weights, min_size=5, max_size=5).filter(lambda values: sum(values) > 0.1)


def tidy_rates(columns: list[list[float]]) -> Numbers:
    """More right than wrong, as nine findings of five states."""
    matrix = np.array(columns).T / np.sum(columns, axis=1)
    tidy: Numbers = 0.6 * np.eye(9)[:, ::2] + 0.4 * matrix
    return tidy


@quick
@given(columns_of_nine, st.lists(weights, min_size=9, max_size=9), st.integers(0, 999))
def test_explained_counts_are_the_likeliest_on_the_simplex(
    columns: list[list[float]], found: list[float], seed: int
) -> None:
    matrix, y = tidy_rates(columns), np.array(found) + 0.05
    x = explain(matrix[np.newaxis], y[np.newaxis, np.newaxis])[0, 0]
    assert x.min() >= 0
    assert x.sum() == pytest.approx(y.sum())
    others = np.random.default_rng(seed).dirichlet(np.full(5, 0.3), 300) * y.sum()
    likelihood = y @ np.log(np.fmax(matrix @ x, 1e-300))
    assert likelihood >= (np.log(np.fmax(others @ matrix.T, 1e-300)) @ y).max() - 1e-3


@quick
@given(columns_of_nine, true_shares)
def test_what_the_rates_give_is_explained(columns: list[list[float]], true: list[float]) -> None:
    matrix = tidy_rates(columns)
    x = explain(matrix[np.newaxis], (matrix @ true)[np.newaxis, np.newaxis])[0, 0]
    assert x == pytest.approx(np.array(true), abs=0.02)


def test_nights_beyond_the_model_and_nights_of_another_are_told() -> None:
    feedback = pd.DataFrame(
        {
            "night": ["1", "1", "2", "3"],
            "kind": ["review", "complaint", "review", "review"],
            "feedback_id": list("abcd"),
        }
    )
    opinions = pd.DataFrame({"night": ["1", "2"], "model_version": ["m", "old"], "feedback_id": list("ac")})
    columns = ("night", "kind", "reference", "verdict")
    rows = [("1", "complaint", "training", "moved"), ("1", "review", "past", "moved")]
    drift = pd.DataFrame([*rows, ("3", "review", "training", "stable")], columns=columns)
    found = unfit_comments(feedback, opinions, drift, "m")
    assert found.fillna("").tolist() == ["", "drift", "other_model", ""]


def test_the_same_seed_corrects_alike_whatever_the_order_of_labels() -> None:
    found = ["negative"] * 300 + ["positive"] * 190 + ["none"] * 300
    first, again = (corrected(found, gold(said)) for said in (HARSH, HARSH[::-1]))
    pd.testing.assert_frame_equal(first, again)
    other = replace(gold(HARSH), measured_on="elsewhere")
    pd.testing.assert_frame_equal(first, corrected(found, other))
