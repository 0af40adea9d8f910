"""Peak, end and their mean beside the plain mean, per call and per customer's journey."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.cem.journeys import COLUMNS, MEASURES, emotions_said, episodes, journey_table
from cem_nlp.schemas import TABLES
from cem_nlp.vocabulary import ALL

START = datetime(2026, 9, 1, tzinfo=UTC)
few = settings(max_examples=10, deadline=None)


def comment(number: int, **values: Any) -> dict[str, Any]:
    defaults = {
        "feedback_id": f"f{number}",
        "kind": "transcript",
        "brand": "甲",
        "product": "空调",
        "is_own": values.get("brand", "甲") == "甲",
        "customer_key": None,
        "created_at": START + timedelta(hours=number),
        "duplicate_of": None,
    }
    return defaults | values


def opinion(comment: int, number: int, polarity: str, probability: float = 1.0, touchpoint: str = "use"):
    return {
        "feedback_id": f"f{comment}",
        "opinion_no": number,
        "polarity": polarity,
        "probability": probability,
        "touchpoint": touchpoint,
    }


def tables(comments: list[dict[str, Any]], opinions: list[dict[str, Any]]):
    columns = list(opinion(0, 0, "neutral"))
    return pd.DataFrame(comments), pd.DataFrame(opinions, columns=columns)


def journeys(comments: list[dict[str, Any]], opinions: list[dict[str, Any]], least: int = 1) -> pd.DataFrame:
    return journey_table(emotions_said(*tables(comments, opinions)), least)


def only(table: pd.DataFrame, **values: str) -> pd.Series:
    for name, value in values.items():
        table = table[table[name] == value]
    assert len(table) == 1
    return table.iloc[0]


CALL = [
    opinion(0, 0, "negative", 0.8, "after"),  # 5 − 5 × 0.8 = 1
    opinion(0, 1, "positive", 0.4, "order"),  # 7
    opinion(0, 2, "neutral", 0.9, "use"),  # 5
]


def test_one_call_by_hand() -> None:
    (found,) = episodes(emotions_said(*tables([comment(0)], CALL)), ["feedback_id"]).to_dict("records")
    assert found["n_opinions"] == 3
    assert found["mean"] == pytest.approx(13 / 3)
    assert (found["peak"], found["end"], found["peak_end"]) == (1.0, 5.0, 3.0)
    assert found["difference"] == pytest.approx(3 - 13 / 3)
    assert (found["peak_touchpoint"], found["end_touchpoint"]) == ("after", "use")


def test_earlier_of_two_peaks_counts() -> None:
    said = [opinion(0, 0, "positive", 0.6), opinion(0, 1, "negative", 0.6), opinion(0, 2, "neutral")]
    assert episodes(emotions_said(*tables([comment(0)], said)), ["feedback_id"])["peak"].tolist() == [8.0]


def test_peak_and_end_are_those_of_the_comments_table() -> None:
    """`decode.emotion` and this module must not drift apart."""
    from cem_nlp.opinions.decode import emotion
    from cem_nlp.opinions.types import Opinion

    for polarity in ("positive", "neutral", "negative"):
        said = emotions_said(*tables([comment(0)], [opinion(0, 0, polarity, 0.7312)]))
        read = Opinion("product", polarity, "use", 0, 1, 0.7312, "model", None)
        assert said["emotion"].tolist() == pytest.approx([emotion(read)], abs=1e-4)


def test_journey_follows_the_customers_time_not_the_rows() -> None:
    comments = [
        comment(2, customer_key="c", kind="complaint"),
        comment(0, customer_key="c", kind="review"),
        comment(1, customer_key="c", kind="review"),
    ]
    said = [opinion(2, 0, "negative"), opinion(0, 0, "positive", 0.6), opinion(1, 0, "positive", 0.2)]
    found = only(journeys(comments, said), level="customer", brand="甲", product=ALL)
    assert found[["mean", "peak", "end", "peak_end"]].tolist() == [pytest.approx(14 / 3), 0.0, 0.0, 0.0]
    assert found[["n_episodes", "n_compared", "n_opinions"]].tolist() == [1, 1, 3]


def test_journey_of_unknown_order_is_left_out() -> None:
    comments = [comment(0, customer_key="c", created_at=pd.NaT), comment(1, customer_key="c")]
    said = [opinion(0, 0, "positive"), opinion(1, 0, "negative"), opinion(1, 1, "negative")]
    table = journeys(comments, said)
    assert set(table["level"]) == {"call"}
    alone = journeys(comments[:1], [opinion(0, 0, "positive"), opinion(0, 1, "negative")])
    assert only(alone, level="customer", brand="甲", product=ALL)["n_compared"] == 1


def test_one_call_alone_has_values_but_no_range() -> None:
    found = only(journeys([comment(0)], CALL), level="call", brand="甲", product="空调")
    assert found["difference"] == pytest.approx(-4 / 3)
    assert found[["difference_low", "difference_high"]].isna().all()


def test_calls_with_one_opinion_are_counted_but_not_compared() -> None:
    table = journeys([comment(0), comment(1)], [*CALL, opinion(1, 0, "positive")])
    found = only(table, level="call", brand=ALL)
    assert found[["n_episodes", "n_compared", "n_opinions"]].tolist() == [2, 1, 3]


def test_few_calls_are_suppressed() -> None:
    found = only(journeys([comment(0)], CALL, least=2), level="call", brand="甲", product=ALL)
    assert found["suppressed"]
    assert found[list(MEASURES)].isna().all()
    assert found["n_compared"] == 1


def test_no_known_customer_makes_no_journeys_and_no_opinion_no_rows() -> None:
    assert set(journeys([comment(0)], CALL)["level"]) == {"call"}
    empty = journeys([comment(0)], [])
    assert empty.empty
    assert list(empty.columns) == list(COLUMNS)


def test_near_duplicates_do_not_count() -> None:
    twin = [{**said, "feedback_id": "f1"} for said in CALL]
    found = only(
        journeys([comment(0), comment(1, duplicate_of="f0")], [*CALL, *twin]), level="call", brand=ALL
    )
    assert found["n_episodes"] == 1


def test_calls_of_one_customer_count_as_one_voice() -> None:
    comments = [comment(n, customer_key=f"c{n}") for n in range(8)]
    same = [comment(n, customer_key=f"c{n // 4}") for n in range(8)]
    said = [
        opinion(n, k, polarity)
        for n in range(8)
        for k, polarity in enumerate(["positive", "negative"] if n < 4 else ["negative", "negative"])
    ]
    apart = only(journeys(comments, said), level="call", brand="甲", product=ALL)
    together = only(journeys(same, said), level="call", brand="甲", product=ALL)
    assert apart["mean"] == together["mean"] == 2.5
    assert together["mean_high"] - together["mean_low"] > apart["mean_high"] - apart["mean_low"]


@st.composite
def nights(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    number = draw(st.integers(1, 12))
    comments = [
        comment(
            n,
            brand=draw(st.sampled_from(["甲", "乙"])),
            kind=draw(st.sampled_from(["transcript", "review"])),
            customer_key=draw(st.sampled_from([None, "c1", "c2"])),
        )
        for n in range(number)
    ]
    said = [
        opinion(n, k, draw(st.sampled_from(["positive", "neutral", "negative"])), draw(st.floats(0.3, 1)))
        for n in range(number)
        for k in range(draw(st.integers(0, 3)))
    ]
    return comments, said


@few
@given(nights(), st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(night: tuple[list[Any], list[Any]], random: Any) -> None:
    comments, said = night
    expected = journeys(comments, said)
    random.shuffle(comments)
    random.shuffle(said)
    pd.testing.assert_frame_equal(journeys(comments, said), expected)


@few
@given(nights())
def test_figures_stay_on_their_scales_and_in_their_ranges(night: tuple[list[Any], list[Any]]) -> None:
    table = journeys(*night)
    schema = TABLES["journeys"].remove(TABLES["journeys"].get_field_index("run_id"))
    assert pa.Table.from_pandas(table, schema=schema, preserve_index=False).num_rows == len(table)
    assert not table.duplicated(["level", "brand", "product"]).any()
    assert (table["n_compared"] <= table["n_episodes"]).all()
    for name in MEASURES:
        known = table.dropna(subset=[f"{name}_low"])
        assert (known[f"{name}_low"] <= known[name] + 1e-9).all()
        assert (known[name] <= known[f"{name}_high"] + 1e-9).all()
    shown = table.dropna(subset="mean")
    assert np.allclose(shown["peak_end"], (shown["peak"] + shown["end"]) / 2)
    assert np.allclose(shown["difference"], shown["peak_end"] - shown["mean"])


@few
@given(nights())
def test_praise_alone_is_never_remembered_below_the_middle(night: tuple[list[Any], list[Any]]) -> None:
    comments, said = night
    table = journeys(comments, [{**one, "polarity": "positive"} for one in said])
    assert (table[["mean", "peak", "end"]].min(axis=1).dropna() >= 5).all()
