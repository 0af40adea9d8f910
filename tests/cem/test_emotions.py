"""The emotion map: scores per stage, rivals like for like, and where peaks and ends go wrong."""

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pyarrow as pa

from cem_nlp.cem.emotions import COLUMNS, compared_stages, emotion_table, stage_scores, staged
from cem_nlp.cem.journeys import emotions_said
from cem_nlp.cem.stages import JOURNEY, JOURNEY_OF, LIFE_CYCLE, LIFE_CYCLE_OF, VIEWS
from cem_nlp.config import Comparison, Scores
from cem_nlp.schemas import TABLES
from cem_nlp.scores.comparison import comparable_mentions, compare_brands
from cem_nlp.vocabulary import ALL, TOUCHPOINTS

Said = list[tuple[str, str]]


def night(*comments: tuple[str, Said]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Feedback and opinions: per comment its brand, and (touchpoint, polarity) of its opinions in order."""
    feedback: list[dict[str, Any]] = []
    opinions: list[dict[str, Any]] = []
    for number, (brand, said) in enumerate(comments):
        feedback.append(
            {
                "feedback_id": f"f{number:04}",
                "kind": "review",
                "source": "评论",
                "brand": brand,
                "product": "空调",
                "is_own": brand == "甲",
                "channel": "app",
                "segment": "unknown",
                "customer_key": None,
                "created_at": datetime(2026, 9, 1, tzinfo=UTC),
                "business_date": date(2026, 9, 1),
                "duplicate_of": None,
            }
        )
        opinions += [
            {
                "feedback_id": f"f{number:04}",
                "opinion_no": place,
                "category": "service",
                "topic": None,
                "touchpoint": touchpoint,
                "polarity": polarity,
                "probability": 0.9,
            }
            for place, (touchpoint, polarity) in enumerate(said)
        ]
    return pd.DataFrame(feedback), pd.DataFrame(opinions)


def emotions(feedback: pd.DataFrame, opinions: pd.DataFrame, least: int = 1) -> pd.DataFrame:
    mentions = comparable_mentions(feedback, opinions)
    rivals = tuple(sorted(set(feedback["brand"]) - {"甲"}))
    found = {
        view: compare_brands(
            staged(mentions, view).assign(touchpoint=lambda rows: rows["stage"]),
            ("甲",),
            rivals,
            rivals,
            Comparison(),
            Scores(),
            [("touchpoint",)],
        )
        for view in VIEWS
    }
    return emotion_table(
        stage_scores(mentions), emotions_said(feedback, opinions), compared_stages(found), least
    )


def stage(table: pd.DataFrame, code: str, brand: str = "甲", product: str = ALL) -> pd.Series:
    rows = table[(table["stage"] == code) & (table["brand"] == brand) & (table["product"] == product)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_every_touchpoint_has_a_place_on_the_way() -> None:
    assert set(JOURNEY_OF) == set(LIFE_CYCLE_OF) == set(TOUCHPOINTS)
    assert set(JOURNEY_OF.values()) == set(JOURNEY)
    assert set(LIFE_CYCLE_OF.values()) == set(LIFE_CYCLE)


def test_a_stage_pools_its_touchpoints() -> None:
    table = emotions(
        *night(("甲", [("order", "positive"), ("delivery", "negative")]), ("甲", [("store", "neutral")]))
    )
    purchase = stage(table, "purchase")
    assert purchase["n_mentions"] == 3
    assert purchase["experience"] == 5.0
    assert purchase["experience_low"] < 5 < purchase["experience_high"]
    assert stage(table, "attract")["n_mentions"] == 1  # the store
    assert stage(table, "develop")["n_mentions"] == 2  # order and delivery
    assert "use" not in set(table["stage"])


def test_bad_peaks_and_ends_are_counted_where_they_happen() -> None:
    table = emotions(
        *night(
            ("甲", [("after", "negative"), ("use", "positive")]),  # bad peak at after-sales, good end
            ("甲", [("use", "neutral"), ("bill", "negative")]),  # bad peak and end at billing
            ("甲", [("bill", "negative")]),  # a single opinion is no episode
        )
    )
    assert stage(table, "feedback")[["n_low_peaks", "n_low_ends", "worst_touchpoint"]].tolist() == [
        2,
        1,
        "bill",
    ]
    assert stage(table, "use")[["n_low_peaks", "n_low_ends"]].tolist() == [0, 0]
    assert pd.isna(stage(table, "use")["worst_touchpoint"])
    assert stage(table, "retain", product="空调")["n_low_peaks"] == 2


def test_no_negative_opinions_leave_no_low_points() -> None:
    table = emotions(*night(("甲", [("after", "positive"), ("use", "positive")])))
    assert table[["n_low_peaks", "n_low_ends"]].to_numpy().sum() == 0
    assert stage(table, "feedback")["experience"] == 10.0


def test_without_rivals_nothing_is_compared() -> None:
    table = emotions(*night(("甲", [("after", "negative")])))
    assert table["verdict"].isna().all()
    assert (table["n_rival"] == 0).all()


def test_rivals_better_at_one_stage_only_are_said_so() -> None:
    own = [("甲", [("after", "negative"), ("use", "positive")])] * 60
    rival = [("乙", [("after", "positive"), ("use", "positive")])] * 60
    table = emotions(*night(*own, *rival))
    after = stage(table, "feedback")
    assert (after["verdict"], after["n_rival"], after["difference"]) == ("worse", 60, -10.0)
    assert stage(table, "use")["verdict"] == "no_evidence"
    assert pd.isna(stage(table, "feedback", "乙")["verdict"])


def test_thin_stages_keep_counts_but_no_score() -> None:
    thin = stage(emotions(*night(("甲", [("after", "negative")])), least=2), "feedback")
    assert thin["suppressed"]
    assert pd.isna(thin["experience"])
    assert thin["n_mentions"] == 1


def test_table_follows_the_schema_whatever_the_order_of_rows() -> None:
    feedback, opinions = night(
        ("甲", [("after", "negative"), ("use", "positive")]),
        ("乙", [("ad", "neutral"), ("order", "negative")]),
    )
    table = emotions(feedback, opinions)
    schema = TABLES["emotions"].remove(TABLES["emotions"].get_field_index("run_id"))
    assert list(table.columns) == list(COLUMNS) == schema.names
    assert pa.Table.from_pandas(table, schema=schema, preserve_index=False).num_rows == len(table)
    pd.testing.assert_frame_equal(emotions(feedback.iloc[::-1], opinions.iloc[::-1]), table)


def test_nobody_saying_anything_is_an_empty_table() -> None:
    feedback, opinions = night(("甲", [("after", "negative")]))
    assert emotions(feedback, opinions.iloc[:0]).empty
