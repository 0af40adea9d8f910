"""From feedback to alerts: what moved is found, dated and explained; what did not stays quiet."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from alert_factories import DAYS, LAST, NO_EVENTS, Tables, falling, said, together

from cem_nlp.calendar_file import load_calendar
from cem_nlp.config.alerts import Alerts
from cem_nlp.language import Bilingual
from cem_nlp.resources import shipped
from cem_nlp.schemas import TABLES
from cem_nlp.scores.alerting import ALERT_COLUMNS, WATCHED_COLUMNS, alert_tables, with_false_discovery
from cem_nlp.scores.events import Event

RECENT = pd.Timestamp(LAST - timedelta(days=5)).date()


def alerts(tables: Tables, events: tuple[Event, ...] = NO_EVENTS, night: date = LAST) -> pd.DataFrame:
    return alert_tables(*tables, events, Alerts(), night)[0]


def overall(found: pd.DataFrame, measure: str = "experience", brand: str = "澄居") -> pd.DataFrame:
    chosen = (found["measure"] == measure) & (found["series"] == "daily") & (found["brand"] == brand)
    return found[chosen & (found["category"] == "all") & (found["touchpoint"] == "all")]


@pytest.fixture(scope="module")
def fallen() -> Tables:
    return together(said(falling), said(brand="北岭", seed=2))


def test_a_fall_is_found_dated_and_sized(fallen: Tables) -> None:
    (alert,) = overall(alerts(fallen)).to_dict("records")
    assert alert["direction"] == "worse"
    assert abs((alert["since"] - RECENT).days) <= 1
    assert alert["until"] == LAST
    assert alert["ongoing"]
    assert alert["before_low"] < 8.0 < alert["before_high"]
    assert alert["after_low"] < 3.0 < alert["after_high"]
    assert alert["severity"] == "high"
    assert alert["negative_before"] == pytest.approx(0.2, abs=0.05)
    assert alert["n"] == pytest.approx(72, abs=12)
    assert alert["explained_by"] is None
    assert alert["is_own"]


def test_the_brand_that_stays_stays_quiet(fallen: Tables) -> None:
    assert set(alerts(fallen)["brand"]) == {"澄居"}


def test_the_order_of_rows_does_not_matter(fallen: Tables) -> None:
    feedback, opinions = fallen
    shuffled = feedback.sample(frac=1, random_state=3), opinions.sample(frac=1, random_state=4)
    pd.testing.assert_frame_equal(alerts(fallen), alerts(shuffled))


def test_undated_feedback_and_near_duplicates_do_not_count(fallen: Tables) -> None:
    feedback, opinions = fallen
    bad = (feedback["brand"] == "澄居") & (feedback["business_date"] >= RECENT)
    for column, value in (("created_at", pd.NaT), ("duplicate_of", "another")):
        hidden = feedback.assign(**{column: feedback[column].mask(bad, value)})
        assert "worse" not in set(alerts((hidden, opinions))["direction"])


def test_a_mistyped_date_hides_nothing(fallen: Tables) -> None:
    feedback, opinions = fallen
    typo = feedback.copy()
    typo.loc[0, "business_date"] = date(2099, 1, 1)
    assert len(overall(alerts((typo, opinions)))) == 1


def test_an_alert_goes_when_its_days_are_past() -> None:
    def short(day: int) -> float:
        return 0.3 if 150 <= day < 156 else 0.8

    assert overall(alerts(said(short))).empty
    night = LAST - timedelta(days=DAYS - 1 - 158)
    assert len(overall(alerts(said(short), night=night))) == 1


def test_a_rise_of_comments_is_told_apart_from_experience() -> None:
    found = alerts(said(number=lambda day: 12 if day < DAYS - 4 else 48))
    (alert,) = overall(found, "volume").to_dict("records")
    assert alert["direction"] == "more"
    assert alert["before"] == pytest.approx(12, abs=0.5)
    assert alert["after"] == pytest.approx(48, abs=2)
    assert alert["negative_before"] is None
    assert overall(found).empty


def test_a_silence_of_one_brand_is_found() -> None:
    quiet = said(number=lambda day: 12 if day < DAYS - 5 else 0)
    (alert,) = overall(alerts(together(quiet, said(brand="北岭", seed=2))), "volume").to_dict("records")
    assert alert["direction"] == "fewer"
    assert alert["after"] == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize(
    ("column", "explained"), [("model_version", "model"), ("taxonomy_version", "taxonomy")]
)
def test_another_version_explains(fallen: Tables, column: str, explained: str) -> None:
    feedback, opinions = fallen
    days = feedback.set_index("feedback_id")["business_date"].reindex(opinions["feedback_id"]).to_numpy()
    changed = opinions.assign(**{column: np.where(days >= RECENT, "v2", "v1")})
    (alert,) = overall(alerts((feedback, changed))).to_dict("records")
    assert alert["explained_by"] == f"{explained}_version"
    assert alert["mix_value"] == "v2"
    assert alert["mix_before"] == 0


def test_a_new_source_explains_and_the_same_fall_in_all_sources_does_not() -> None:
    late = said(lambda day: 0.1, lambda day: 24 if day >= DAYS - 6 else 0, seed=5, source="hotline")
    late[0]["feedback_id"] += "-hotline"
    late[1]["feedback_id"] += "-hotline"
    (alert,) = overall(alerts(together(said(), late))).to_dict("records")
    assert (alert["explained_by"], alert["mix_value"]) == ("source", "hotline")
    assert alert["mix_after"] > 0.5
    feedback, opinions = said(falling)
    random = np.random.default_rng(6).random(len(feedback))
    late_days = feedback["business_date"] >= RECENT
    mixed = feedback.assign(source=np.where(random < np.where(late_days, 0.7, 0.3), "shop", "hotline"))
    (alert,) = overall(alerts((mixed, opinions))).to_dict("records")
    assert alert["explained_by"] is None


def test_what_all_brands_share_is_no_brands_own() -> None:
    found = alerts(together(said(falling), said(falling, brand="北岭", seed=2)))
    assert set(overall(found)["explained_by"]) == {"all_brands"}
    assert set(overall(found, brand="北岭")["explained_by"]) == {"all_brands"}


def test_an_event_is_named_and_asks_for_more(fallen: Tables) -> None:
    sale = Event(Bilingual("店庆", "anniversary"), (RECENT,), 2, 20, 0.5, 2.0)
    (alert,) = overall(alerts(fallen, (sale,))).to_dict("records")
    assert (alert["calendar"], alert["calendar_english"]) == ("店庆", "anniversary")
    wide = Event(Bilingual("店庆", "anniversary"), (RECENT,), 2, 20, 10.0, 2.0)
    assert overall(alerts(fallen, (wide,))).empty


@pytest.mark.parametrize(
    "tables",
    [
        said(days=1),
        said(days=27),
        said(number=lambda day: int(day % 9 == 0)),
        said(number=lambda day: 12 if day >= DAYS - 20 else 0),
        said(lambda day: 1.0),
        said(lambda day: 0.0),
        said(number=lambda day: 0 if 90 <= day < 150 else 12),
    ],
    ids=["one day", "four weeks", "sparse", "new brand", "all positive", "all negative", "gap of weeks"],
)
def test_poor_data_raise_no_alert(tables: Tables) -> None:
    found, watched = alert_tables(*tables, NO_EVENTS, Alerts(), LAST)
    assert found.empty
    assert list(found.columns) == list(ALERT_COLUMNS)
    assert list(watched.columns) == list(WATCHED_COLUMNS)


def test_nothing_at_all_gives_empty_tables() -> None:
    feedback, opinions = said(days=1)
    for tables in ((feedback, opinions.iloc[:0]), (feedback.assign(created_at=pd.NaT), opinions)):
        found, watched = alert_tables(*tables, NO_EVENTS, Alerts(), LAST)
        assert found.empty
        assert watched.empty


def test_the_tables_fit_their_schemas(fallen: Tables) -> None:
    made = alert_tables(*fallen, NO_EVENTS, Alerts(), LAST)
    for name, frame in zip(("alerts", "alert_series"), made, strict=True):
        assert len(frame)
        table = pa.Table.from_pandas(frame.assign(run_id="r"), schema=TABLES[name], preserve_index=False)
        for column in TABLES[name]:
            assert column.nullable or not table[column.name].null_count, column.name


def test_quiet_series_are_watched_with_what_could_be_seen() -> None:
    _, watched = alert_tables(*said(), NO_EVENTS, Alerts(), LAST)
    row = watched[(watched["measure"] == "experience") & (watched["series"] == "daily")].iloc[0]
    assert row["until"] == LAST
    assert row["usual_low"] < 8.0 < row["usual_high"]
    assert 1.0 < row["detectable"] < 5.0
    assert (watched["p_value"] <= watched["q_value"] + 1e-12).all()


def test_false_discoveries_are_counted_over_a_days_series_and_the_newest_week() -> None:
    judged = pd.DataFrame(
        {
            "series": ["daily", "daily", "daily", "weekly", "weekly"],
            "day": [14, 14, 15, 14, 7],
            "p_value": [0.01, 0.04, 0.02, 0.03, 0.5],
        }
    )
    q_value = with_false_discovery(judged)["q_value"]
    assert q_value.tolist() == pytest.approx([0.03, 0.04, 0.03, 0.04, 0.5])


def test_the_shipped_calendar_is_that_of_beijing() -> None:
    events = {event.name.zh: event for event in load_calendar(shipped("data/calendar.toml"))}
    for event in events.values():
        assert [day.year for day in event.dates] == list(range(2019, 2029)), event.name
    assert [f"{day:%m-%d}" for day in events["春节"].dates] == (
        ["02-05", "01-25", "02-12", "02-01", "01-22", "02-10", "01-29", "02-17", "02-06", "01-26"]
    )
    assert [f"{day:%m-%d}" for day in events["中秋节"].dates][:4] == ["09-13", "10-01", "09-21", "09-10"]
    assert {f"{day:%m-%d}" for day in events["清明节"].dates} == {"04-04", "04-05"}
    assert {f"{day:%m-%d}" for day in events["双11"].dates} == {"11-11"}
