"""The score table counts, rolls up, shrinks and suppresses as its documentation says."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.config import Scores
from cem_nlp.schemas import TABLES
from cem_nlp.scores.aggregate import COLUMNS, DIMENSIONS, GRAINS, grain_name, score_table
from cem_nlp.vocabulary import ALL, CATEGORIES, POLARITIES

COUNTS = ["n_mentions", "positive", "neutral", "negative"]
RAW = Scores(minimum_mentions=1, prior_mentions=0)
SHRUNK = Scores(minimum_mentions=1, prior_mentions=10)
few = settings(max_examples=5, deadline=None)


def comment(number: int, **values: object) -> dict[str, object]:
    defaults = {
        "feedback_id": f"f{number}",
        "kind": "review",
        "brand": "甲",
        "product": "空调",
        "is_own": values.get("brand", "甲") == "甲",
        "channel": "app",
        "segment": "unknown",
        "customer_key": None,
        "business_date": date(2026, 8, 31),
        "duplicate_of": None,
    }
    return defaults | values


def opinion(number: int, category: str = "product", polarity: str = "positive", touchpoint: str = "use"):
    return {
        "feedback_id": f"f{number}",
        "category": category,
        "polarity": polarity,
        "touchpoint": touchpoint,
    }


def tables(comments: list[dict[str, object]], opinions: list[dict[str, str]]):
    return pd.DataFrame(comments), pd.DataFrame(opinions)


@st.composite
def nights(draw: st.DrawFn):
    """A few comments on a few brands with their opinions; comment 0 always praises the product."""
    number = draw(st.integers(1, 25))
    value = {
        name: st.sampled_from(values)
        for name, values in {
            "brand": ["甲", "乙", "丙"],
            "product": ["空调", "冰箱"],
            "kind": ["review", "complaint"],
            "channel": ["app", "电话"],
            "segment": ["新客", "老客"],
            "customer_key": [None, "c1", "c2"],
            "duplicate_of": [None, None, None, "f0"],
        }.items()
    }
    days = st.integers(0, 60).map(lambda n: date(2026, 7, 1) + timedelta(days=n))
    rows = [comment(0)] + [
        comment(i, **draw(st.fixed_dictionaries(value)), business_date=draw(days)) for i in range(1, number)
    ]
    said = st.builds(
        opinion,
        st.integers(0, number - 1),
        st.sampled_from(["product", "price", "service"]),
        st.sampled_from(list(POLARITIES)),
        st.sampled_from(["use", "store"]),
    )
    return tables(rows, [opinion(0), *draw(st.lists(said, max_size=60))])


def cell(scores: pd.DataFrame, grain: str, **values: str) -> pd.Series:
    rows = scores[scores["grain"] == grain]
    for name, value in values.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1
    return rows.iloc[0]


def test_table_follows_the_schema() -> None:
    scores = score_table(*tables([comment(0)], [opinion(0)]), SHRUNK)
    schema = TABLES["scores"].remove(TABLES["scores"].get_field_index("run_id"))
    assert list(scores.columns) == list(COLUMNS) == schema.names
    assert pa.Table.from_pandas(scores, schema=schema, preserve_index=False).num_rows == len(GRAINS)
    assert set(scores["grain"]) == {grain_name(grain) for grain in GRAINS}


def test_no_opinions_make_an_empty_table_of_the_same_types() -> None:
    feedback, opinions = tables([comment(0)], [opinion(0)])
    empty = score_table(feedback, opinions.iloc[:0], SHRUNK)
    assert empty.empty
    assert empty.dtypes.equals(score_table(feedback, opinions, SHRUNK).dtypes)


def test_score_counts_a_neutral_mention_half() -> None:
    polarities = ["positive"] * 5 + ["neutral"] * 2 + ["negative"]
    said = [opinion(i, polarity=polarity) for i, polarity in enumerate(polarities)]
    scores = score_table(*tables([comment(i) for i in range(8)], said), RAW)
    product = cell(scores, "brand×category", brand="甲", category="product")
    assert product["experience"] == 7.5
    assert product["low"] < 7.5 < product["high"]
    assert product[["n_feedback", *COUNTS]].tolist() == [8, 8, 5, 2, 1]
    assert bool(product["is_own"])


def test_periods_are_months_and_iso_weeks() -> None:
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4)]
    comments = [comment(i, business_date=day) for i, day in enumerate(days)]
    scores = score_table(*tables(comments, [opinion(i) for i in range(3)]), RAW)
    periods = scores.set_index("period")["n_mentions"]
    assert periods[scores.set_index("period")["grain"] == "month×brand×category"].to_dict() == {
        "2026-12": 1,
        "2027-01": 2,
    }
    assert periods[scores.set_index("period")["grain"] == "week×brand×category"].to_dict() == {
        "2026-W53": 2,
        "2027-W01": 1,
    }


def test_near_duplicates_and_opinions_on_unknown_feedback_do_not_count() -> None:
    comments = [comment(0), comment(1, duplicate_of="f0")]
    scores = score_table(*tables(comments, [opinion(0), opinion(1), opinion(7)]), RAW)
    assert cell(scores, "total")["n_mentions"] == 1


def test_category_nobody_mentions_has_no_row() -> None:
    scores = score_table(*tables([comment(0)], [opinion(0, "price")]), RAW)
    assert set(scores["category"]) == {"price", ALL}


def test_thin_cells_keep_their_counts_but_no_score() -> None:
    said = [opinion(i, "price") for i in range(4)] + [opinion(i) for i in range(5)]
    scores = score_table(*tables([comment(i) for i in range(5)], said), Scores(minimum_mentions=5))
    thin = cell(scores, "brand×category", category="price")
    assert bool(thin["suppressed"])
    assert thin[["experience", "low", "high"]].isna().all()
    assert thin["n_mentions"] == 4
    assert not cell(scores, "brand×category", category="product")["suppressed"]


def test_shrinkage_moves_a_thin_cell_further_than_a_thick_one() -> None:
    comments = [comment(i, product="空调") for i in range(100)] + [
        comment(i, product="冰箱") for i in range(100, 105)
    ]
    comments += [comment(i, brand="乙") for i in range(105, 205)]
    said = [opinion(i, polarity="positive" if i < 100 else "negative") for i in range(205)]
    scores = score_table(*tables(comments, said), SHRUNK)
    thick = cell(scores, "brand×product×category", brand="甲", product="空调")["experience"]
    thin = cell(scores, "brand×product×category", brand="甲", product="冰箱")["experience"]
    assert 9 < thick < 10
    assert 5 < thin < 7


def test_prior_is_what_others_say_and_worth_no_more_than_they_say() -> None:
    comments = [comment(i) for i in range(10)] + [comment(i, brand="乙") for i in range(10, 20)]
    said = [opinion(i, polarity="positive" if i < 10 else "negative") for i in range(20)]
    scores = score_table(*tables(comments, said), SHRUNK)
    # Ten mentions of the other brand, with prior_mentions = 10, are worth 10 × 10 / (10 + 10) = 5 mentions.
    own = cell(scores, "brand×category", brand="甲")
    assert own["experience"] == pytest.approx(10 * 10 / 15)
    assert cell(scores, "category")["experience"] == 5.0


def test_a_single_brand_is_not_shrunk_towards_itself() -> None:
    said = [opinion(i, polarity="positive" if i < 3 else "negative") for i in range(12)]
    night = tables([comment(i) for i in range(12)], said)
    raw, shrunk = score_table(*night, RAW), score_table(*night, SHRUNK)
    columns = ["experience", "low", "high"]
    pd.testing.assert_frame_equal(raw[columns], shrunk[columns])


def test_a_talkative_customer_is_worth_fewer_independent_mentions() -> None:
    several = score_table(*tables([comment(i) for i in range(12)], [opinion(i) for i in range(12)]), RAW)
    one = score_table(
        *tables([comment(i, customer_key="c") for i in range(12)], [opinion(i) for i in range(12)]), RAW
    )
    assert cell(several, "total")["effective_n"] == 12
    assert cell(one, "total")["effective_n"] == 1
    assert cell(one, "total")["low"] < cell(several, "total")["low"]
    assert cell(one, "total")["n_feedback"] == 12


def test_independent_mentions_of_one_customer_are_found_independent() -> None:
    random = np.random.default_rng(5)
    comments = [comment(i, customer_key=f"c{i // 2}") for i in range(4000)]
    said = [opinion(i, polarity=random.choice(["positive", "negative"])) for i in range(4000)]
    assert cell(score_table(*tables(comments, said), RAW), "total")["effective_n"] > 3500


@few
@given(nights())
def test_finer_grains_add_up_to_coarser_ones(night: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    scores = score_table(*night, RAW)
    totals = scores.groupby("grain")[COUNTS].sum()
    assert (totals == totals.loc["total"]).all(axis=None)
    fine = scores[scores["grain"] == "brand×product×category"].groupby(["brand", "category"])[COUNTS].sum()
    coarse = scores[scores["grain"] == "brand×category"].set_index(["brand", "category"])[COUNTS]
    pd.testing.assert_frame_equal(fine.sort_index(), coarse.sort_index())
    assert (scores[["positive", "neutral", "negative"]].sum(axis=1) == scores["n_mentions"]).all()
    assert not scores.duplicated(["grain", *DIMENSIONS]).any()


@few
@given(nights(), st.sampled_from([RAW, SHRUNK, Scores(minimum_mentions=3, confidence=0.8)]))
def test_scores_stay_inside_their_range_and_the_scale(
    night: tuple[pd.DataFrame, pd.DataFrame], chosen: Scores
) -> None:
    scores = score_table(*night, chosen)
    shown = scores[~scores["suppressed"]]
    assert (shown["low"] >= 0).all()
    assert (shown["low"] <= shown["experience"]).all()
    assert (shown["experience"] <= shown["high"]).all()
    assert (shown["high"] <= 10).all()
    assert (scores["effective_n"] <= scores["n_mentions"] + 1e-9).all()
    assert (scores["effective_n"] > 0).all()


@few
@given(nights())
def test_without_a_prior_the_score_is_the_raw_one(night: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    scores = score_table(*night, RAW)
    raw = 10 * (scores["positive"] + scores["neutral"] / 2) / scores["n_mentions"]
    np.testing.assert_allclose(scores["experience"], raw)


@few
@given(nights(), st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(night: tuple[pd.DataFrame, pd.DataFrame], random) -> None:
    feedback, opinions = night
    shuffled = [
        table.iloc[random.sample(range(len(table)), len(table))].reset_index(drop=True)
        for table in (feedback, opinions)
    ]
    pd.testing.assert_frame_equal(
        score_table(*night, SHRUNK), score_table(*shuffled, SHRUNK), check_exact=True
    )


@few
@given(nights(), st.sampled_from([RAW, SHRUNK]))
def test_one_more_positive_mention_never_lowers_a_score_it_belongs_to(
    night: tuple[pd.DataFrame, pd.DataFrame], chosen: Scores
) -> None:
    feedback, opinions = night
    more = pd.concat([opinions, pd.DataFrame([opinion(0)])], ignore_index=True)
    keys = ["grain", *DIMENSIONS]
    before = score_table(feedback, opinions, chosen).set_index(keys)
    after = score_table(feedback, more, chosen).set_index(keys).loc[before.index]
    touched = after["n_mentions"] > before["n_mentions"]
    assert touched.sum() == len(GRAINS)
    assert (after["experience"] >= before["experience"] - 1e-9)[touched].all()


@few
@given(nights())
def test_counts_of_two_nights_merge_by_adding(night: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    feedback, opinions = night
    later = feedback["feedback_id"].isin(feedback["feedback_id"][::2])
    keys = ["grain", *DIMENSIONS]
    parts = [score_table(feedback[part], opinions, RAW) for part in (later, ~later)]
    merged = pd.concat(parts).groupby(keys)[["n_feedback", *COUNTS]].sum()
    whole = score_table(feedback, opinions, RAW).set_index(keys)[["n_feedback", *COUNTS]]
    pd.testing.assert_frame_equal(merged.sort_index(), whole.sort_index())


def test_all_categories_can_be_scored() -> None:
    said = [opinion(0, category) for category in CATEGORIES]
    scores = score_table(*tables([comment(0)], said), RAW)
    assert set(scores["category"]) == {*CATEGORIES, ALL}
