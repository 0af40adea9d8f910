"""The diagnosis of touchpoints, what customers miss, and the service blueprint."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_emotions import night

from cem_nlp.cem.blueprint import LAYERS, blueprint_table, parse_blueprint
from cem_nlp.cem.missing_points import missing_points
from cem_nlp.cem.preferences import placed_wishes, wished_channels
from cem_nlp.cem.touchpoint_figures import touchpoint_figures
from cem_nlp.cem.touchpoint_importance import importance_of_touchpoints
from cem_nlp.cem.touchpoint_survey import no_answers, read_touchpoint_survey
from cem_nlp.cem.touchpoints import (
    channel_scores,
    touchpoint_measures,
    touchpoint_table,
)
from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.taxonomy import Touchpoint
from cem_nlp.schemas import TABLES
from cem_nlp.scores.comparison import comparable_mentions
from cem_nlp.vocabulary import ALL

PLACES = {
    code: Touchpoint(Bilingual(code, code), channel, stage, "owner")
    for code, channel, stage in [
        ("ad", "other", "before"),
        ("order", "web", "during"),
        ("install", "face_to_face", "after"),
        ("after", "phone_inbound", "after"),
        ("bill", "web", "after"),
    ]
}
NO_IMPORTANCE = pd.DataFrame(columns=["brand", "product", "touchpoint", "value", "low", "high"])
WISH = ["feedback_id", "wish_no", "sort", "channel", "category", "topic", "start", "end", "evidence"]
few = settings(max_examples=6, deadline=None)


def placed(feedback: pd.DataFrame, opinions: pd.DataFrame, *wishes: tuple[Any, ...]) -> pd.DataFrame:
    """Wishes as (number of the comment, sort, channel, topic), each at the start of its comment."""
    rows = [
        (f"f{comment:04}", number, sort, channel, "service", topic, 0, 5, f"wish {number}")
        for number, (comment, sort, channel, topic) in enumerate(wishes)
    ]
    spans = opinions.assign(start=opinions["opinion_no"] * 10, end=opinions["opinion_no"] * 10 + 5)
    return placed_wishes(pd.DataFrame(rows, columns=WISH), spans, feedback)


def survey(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Figures from (touchpoint, channel, measure, score)."""
    table = pd.DataFrame(rows, columns=["touchpoint", "channel", "measure", "score"], dtype="str")
    return touchpoint_figures(read_touchpoint_survey(table, PLACES))


def diagnosed(
    feedback: pd.DataFrame,
    opinions: pd.DataFrame,
    surveyed: pd.DataFrame,
    *wishes: tuple[Any, ...],
    least: int = 5,
) -> pd.DataFrame:
    mentions = comparable_mentions(feedback, opinions)
    return touchpoint_table(
        touchpoint_measures(mentions, PLACES, ["甲"], ["甲"], least),
        channel_scores(mentions, PLACES, ["甲"]),
        NO_IMPORTANCE,
        wished_channels(placed(feedback, opinions, *wishes)),
        surveyed,
        least,
    )


def at(table: pd.DataFrame, touchpoint: str, product: str = ALL) -> pd.Series:
    rows = table[(table["touchpoint"] == touchpoint) & (table["product"] == product)]
    assert len(rows) == 1
    return rows.iloc[0]


IMPORTANCE = survey(
    ("after", "", "importance", "9"), ("order", "", "importance", "5"), ("ad", "", "importance", "1")
)
SAID = night(
    *[("甲", [("after", "negative"), ("order", "positive"), ("bill", "positive")])] * 12,
    *[("甲", [("ad", "negative")])] * 30,
)


def test_important_and_poor_is_a_defect_and_loud_unimportant_talk_is_misplaced() -> None:
    table = diagnosed(*SAID, IMPORTANCE)
    assert at(table, "after")[["diagnosis", "reason"]].tolist() == ["defect", "important_and_poor"]
    assert at(table, "order")[["diagnosis", "reason"]].tolist() == ["none", "not_poor"]
    assert at(table, "ad")[["diagnosis", "reason"]].tolist() == ["misplaced", "effort"]
    assert at(table, "install")[["diagnosis", "reason"]].tolist() == ["unknown", "few_mentions"]
    assert at(table, "after")["mean_importance"] == 5.0
    assert at(table, "after")["importance_from"] == "survey"


def test_what_may_be_poor_is_not_called_free_of_problems() -> None:
    torn = night(*[("甲", [("bill", "positive")])] * 2, *[("甲", [("bill", "negative")])] * 6)
    found = at(diagnosed(*torn, IMPORTANCE), "bill")
    assert found["experience_low"] < 5 < found["experience_high"]
    assert found[["diagnosis", "reason"]].tolist() == ["unknown", "uncertain"]


def test_a_single_answer_of_a_survey_stands_for_itself() -> None:
    table = diagnosed(*SAID, survey(("bill", "", "experience", "5"), ("order", "", "experience", "4.9")))
    assert at(table, "bill")[["diagnosis", "reason"]].tolist() == ["none", "not_poor"]
    assert at(table, "order")[["diagnosis", "reason"]].tolist() == ["unknown", "no_importance"]


def test_share_of_voice_and_use_by_hand() -> None:
    table = diagnosed(*SAID, survey(("after", "", "importance", "9")))
    assert at(table, "after")["share_of_voice"] == pytest.approx(12 / 66)
    assert at(table, "ad")["share_of_voice"] == pytest.approx(30 / 66)
    # After the purchase 12 opinions came by phone and 12 by web.
    assert at(table, "after")["use"] == pytest.approx(0.5)
    assert pd.isna(at(table, "ad")["use"])


def test_the_range_of_a_share_depends_on_who_writes_not_on_the_mood() -> None:
    moods = ["positive"] * 4 + ["negative"] * 4
    said = [("甲", [("order", moods[number % 8])]) for number in range(60)]
    feedback, opinions = night(*said, *[("甲", [("bill", "positive")]), ("甲", [("bill", "negative")])] * 30)
    by = [f"c{number // 4}" if number < 60 else f"d{number}" for number in range(120)]
    table = diagnosed(feedback.assign(customer_key=by), opinions, IMPORTANCE)
    ends = [f"share_of_voice{end}" for end in ("", "_low", "_high")]
    order, bill = (at(table, name)[ends].tolist() for name in ("order", "bill"))
    assert order == pytest.approx(bill)
    assert order[0] - order[1] == pytest.approx(order[2] - order[0])


def test_poor_without_known_importance_is_no_defect() -> None:
    table = diagnosed(*SAID, touchpoint_figures(no_answers()))
    assert at(table, "after")[["diagnosis", "reason"]].tolist() == ["unknown", "no_importance"]
    assert pd.isna(at(table, "after")["mean_importance"])


def test_wishes_for_another_channel_make_it_misplaced_and_say_where_to_steer() -> None:
    wishes = [(comment, "preference", "web", None) for comment in range(8)]
    found = at(diagnosed(*SAID, touchpoint_figures(no_answers()), *wishes), "after")
    assert found[["diagnosis", "reason", "preferred_channel"]].tolist() == ["misplaced", "channel", "web"]
    assert found[["preference", "own_preference", "n_preferences"]].tolist() == [1.0, 0.0, 8]
    assert found["preference_from"] == "derived"
    # Billing is the web's touchpoint after the purchase; everybody praises it.
    assert (found["steer_to"], found["steer_experience"]) == ("web", 10.0)


def test_too_few_wishes_decide_nothing() -> None:
    wishes = [(comment, "preference", "web", None) for comment in range(4)]
    found = at(diagnosed(*SAID, touchpoint_figures(no_answers()), *wishes), "after")
    assert (found["diagnosis"], found["n_preferences"]) == ("unknown", 4)
    assert pd.isna(found["steer_to"])


def test_survey_of_channels_everywhere_spares_touchpoints_nobody_could_choose() -> None:
    stated = survey(("", "web", "preference", "8"), ("", "phone_inbound", "preference", "2"))
    table = diagnosed(*SAID, stated)
    assert at(table, "after")[["preferred_channel", "preference"]].tolist() == ["web", 0.8]
    assert at(table, "order")["diagnosis"] == "none"
    assert pd.isna(at(table, "ad")["preferred_channel"])


def test_importance_is_the_distance_from_blame_to_praise_in_the_rating() -> None:
    said = [("甲", [("after", polarity)]) for polarity in ("positive", "negative") * 25]
    feedback, opinions = night(*said)
    feedback["rating_scaled"] = [8.0, 2.0] * 25
    found = importance_of_touchpoints(feedback, opinions, ["甲"])
    assert found["value"].tolist() == pytest.approx([6.0, 6.0])  # for the brand and its product
    assert (found["low"] < 6).all()
    assert importance_of_touchpoints(feedback.head(30), opinions, ["甲"]).empty
    assert importance_of_touchpoints(feedback, opinions, ["乙"]).empty


def test_nearest_opinion_places_a_wish() -> None:
    feedback, opinions = night(("甲", [("order", "positive"), ("after", "negative")]))
    assert placed(feedback, opinions, (0, "missing", None, "hotline"))["touchpoint"].tolist() == ["order"]
    assert placed(feedback, opinions.iloc[:0], (0, "missing", None, "hotline"))["touchpoint"].isna().all()


def points(feedback: pd.DataFrame, opinions: pd.DataFrame, *wishes: tuple[Any, ...]) -> pd.DataFrame:
    mentions = comparable_mentions(feedback, opinions)
    found = placed(feedback, opinions, *wishes)
    return missing_points(found, mentions, feedback["brand"].value_counts().to_dict(), PLACES, 5)


def test_what_is_asked_for_and_not_served_is_missing() -> None:
    feedback, opinions = night(*[("甲", [("after", "negative"), ("bill", "positive")])] * 20)
    opinions["topic"] = np.where(opinions["touchpoint"] == "after", "hotline", "invoice")
    table = points(
        feedback,
        opinions,
        *[(n, "missing", None, "hotline") for n in range(6)],
        *[(n, "question", None, "invoice") for n in range(5)],
        *[(n, "question", None, "hotline") for n in range(2)],
        *[(n, "missing", "face_to_face", None) for n in range(3)],
    ).set_index("name")
    assert table.loc["hotline", ["diagnosis", "n_feedback", "n_wishes", "n_questions"]].tolist() == [
        "missing",
        6,
        6,
        2,
    ]
    assert table.loc["hotline", "share"] == pytest.approx(6 / 20)
    assert table.loc["invoice", ["diagnosis", "served_by"]].tolist() == ["served", "bill"]
    assert table.loc["face_to_face×after", ["diagnosis", "served_by"]].tolist() == ["unknown", "install"]
    assert table.loc["hotline", "examples"] == ["wish 0", "wish 1", "wish 2"]


def test_what_nobody_can_wish_for_is_no_missing_point() -> None:
    feedback, opinions = night(*[("甲", [("after", "negative")])] * 9)
    opinions["topic"] = "leaving"
    wishes = placed(feedback, opinions, *[(n, "missing", "web", "leaving") for n in range(6)])
    mentions = comparable_mentions(feedback, opinions)
    found = missing_points(wishes, mentions, {"甲": 9}, PLACES, 5, unasked={"leaving"})
    assert found["name"].tolist() == ["web×after"]
    assert "leaving" in set(missing_points(wishes, mentions, {"甲": 9}, PLACES, 5)["name"])


def test_a_channel_without_touchpoint_at_the_stage_is_missing() -> None:
    feedback, opinions = night(*[("甲", [("order", "positive")])] * 9)
    found = points(feedback, opinions, *[(n, "preference", "phone_inbound", None) for n in range(6)]).iloc[0]
    assert (found["name"], found["diagnosis"], found["n_wishes"]) == ("phone_inbound×during", "missing", 6)


def test_no_wishes_make_an_empty_table_of_the_schema() -> None:
    table = points(*night(("甲", [("order", "positive")])))
    assert table.empty
    schema = TABLES["missing_points"].remove(TABLES["missing_points"].get_field_index("run_id"))
    pa.Table.from_pandas(table, schema=schema, preserve_index=False)


said = st.lists(
    st.tuples(
        st.sampled_from(["甲", "乙"]),
        st.lists(
            st.tuples(st.sampled_from(sorted(PLACES)), st.sampled_from(["positive", "negative"])), max_size=3
        ),
    ),
    min_size=1,
    max_size=15,
)


@few
@given(said, st.randoms(use_true_random=False))
def test_table_keeps_its_scales_and_does_not_mind_the_order_of_rows(comments: Any, random: Any) -> None:
    comments = [("甲", [("after", "negative")]), *comments]
    feedback, opinions = night(*comments)
    wishes = [(n, "preference", "web", None) for n in range(0, len(comments), 2)]
    table = diagnosed(feedback, opinions, IMPORTANCE, *wishes, least=2)
    schema = TABLES["touchpoints"].remove(TABLES["touchpoints"].get_field_index("run_id"))
    assert pa.Table.from_pandas(table, schema=schema, preserve_index=False).num_rows == len(table)
    assert set(table["brand"]) == {"甲"}
    for name in ("share_of_voice", "experience", "importance", "preference", "use"):
        known = table.dropna(subset=[f"{name}_low"])
        assert (known[f"{name}_low"] <= known[name] + 1e-9).all()
        assert (known[name] <= known[f"{name}_high"] + 1e-9).all()
    whole = table[table["product"] == ALL]
    assert whole["share_of_voice"].sum() == pytest.approx(1)
    shuffled = opinions.sample(frac=1, random_state=random.randint(0, 99))
    again = diagnosed(feedback.iloc[::-1], shuffled, IMPORTANCE, *wishes, least=2)
    pd.testing.assert_frame_equal(again, table)


FULL = {"touchpoint": "after"} | dict.fromkeys(LAYERS, "text")


def test_blueprint_hangs_scores_and_the_worst_topic_on_every_description() -> None:
    feedback, opinions = night(
        *[("甲", [("after", "negative"), ("after", "positive"), ("after", "positive")])] * 6
    )
    opinions["topic"] = ["hotline", "repair", "repair"] * 6
    mentions = comparable_mentions(feedback, opinions)
    described = parse_blueprint({"touchpoints": [FULL, {**FULL, "touchpoint": "ad"}]})
    table = blueprint_table(described, diagnosed(feedback, opinions, IMPORTANCE), mentions, 5)
    assert table["touchpoint"].tolist() == ["after", "ad"]
    after, ad = table.to_dict("records")
    assert (after["experience"], after["n_mentions"]) == (pytest.approx(20 / 3), 18)
    assert (after["worst_topic"], after["worst_experience"], after["worst_n_mentions"]) == ("hotline", 0.0, 6)
    assert pd.isna(ad["experience"])
    assert pd.isna(ad["worst_topic"])
    assert blueprint_table((), diagnosed(feedback, opinions, IMPORTANCE), mentions, 5).empty


@pytest.mark.parametrize(
    ("values", "where", "what"),
    [
        (
            {"touchpoints": [{**FULL, "touchpoint": "afters"}]},
            "touchpoints[0].touchpoint",
            "did you mean: after",
        ),
        (
            {"touchpoints": [{k: v for k, v in FULL.items() if k != "support"}]},
            "touchpoints[0]",
            "key support is missing",
        ),
        ({"touchpoints": [{**FULL, "evidence": " "}]}, "touchpoints[0].evidence", "empty"),
        ({"touchpoints": [FULL, FULL]}, "touchpoints[1].touchpoint", "described before, in touchpoints[0]"),
        ({"touchpoints": [{**FULL, "colour": "red"}]}, "touchpoints[0].colour", "customer_action"),
        ({"stations": []}, "stations", "valid values: touchpoints"),
        ({}, "touchpoints", "describes no touchpoint"),
    ],
)
def test_a_broken_blueprint_is_named(values: dict[str, Any], where: str, what: str) -> None:
    with pytest.raises(ConfigError) as raised:
        parse_blueprint(values)
    assert raised.value.where == where
    assert what in raised.value.explain("en")
