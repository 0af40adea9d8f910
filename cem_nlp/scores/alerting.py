"""The tables `alerts` and `alert_series`: what moved in the last days of the data, and what is watched.

Every series is judged at each of those days as the night of that day would have judged it. An alarm needs a
p-value so small that a series without any change raises one in `quiet_years` at most (the sum over their
points), and a false-discovery rate over all series judged that day (Benjamini and Hochberg 1995) of at most
`false_discovery`; and the change has to be large enough to matter.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from cem_nlp.config.alerts import Alerts
from cem_nlp.scores.alert_rows import ALERT_COLUMNS, alert_rows
from cem_nlp.scores.events import Event, allowance
from cem_nlp.scores.intervals import DEVIATIONS, Numbers
from cem_nlp.scores.reference import DAILY, EXPERIENCE, SHARE, VOLUME, WEEKLY, Integers, Law, Observed, Pace
from cem_nlp.scores.series import Series, series_of, talk_of
from cem_nlp.scores.shifts import FEWEST_ANSWERS, Judged, judge

PACES: Final = (DAILY, WEEKLY)
CELL: Final = ("brand", "category", "touchpoint", "is_own")
WATCHED_COLUMNS: Final = (
    *CELL,
    "series",
    "measure",
    "until",
    "usual",
    "usual_low",
    "usual_high",
    "detectable",
    "p_value",
    "q_value",
)
_UNIT: Final = {"experience": 10.0, "share": 1.0, "volume": 1.0}
"""What a measure's scale in the tables is in its own."""


def alert_tables(
    feedback: pd.DataFrame,
    opinions: pd.DataFrame,
    events: Sequence[Event],
    settings: Alerts,
    night: date,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables `alerts` and `alert_series` of the schema, without `run_id`.

    `feedback` and `opinions` follow their schemas. Only feedback with a time of its own counts, up to the
    `night`; the last day of such data is the day as of which things are told. Alerts whose last day lies in
    the last `days` days are in the first table, the newest judgement of every series watched in the second.
    """
    talk = talk_of(feedback, opinions, night, settings.days)
    if talk is None:
        return _empty(ALERT_COLUMNS), _empty(WATCHED_COLUMNS)
    own = sorted(set(feedback.loc[feedback["is_own"], "brand"]))
    every = [series_of(talk, pace, own, FEWEST_ANSWERS * pace.fewest) for pace in PACES]
    watched = [series for series in every if series is not None]
    judged = [judgements(series, events, settings, talk.last - settings.days + 1) for series in watched]
    if not any(len(found) for found in judged):
        return _empty(ALERT_COLUMNS), _empty(WATCHED_COLUMNS)
    told = with_false_discovery(pd.concat(judged, ignore_index=True))
    alarms = told[is_alarm(told, settings)]
    by_pace = {series.pace.name: series for series in watched}
    return alert_rows(alarms, by_pace, talk, events), _newest(told, by_pace)


def judgements(series: Series, events: Sequence[Event], settings: Alerts, first: int) -> pd.DataFrame:
    """Return one row per series, measure and point that ends on day number `first` or later.

    Columns: `number` of the series, `series` (the pace), `measure`, `point`, `day` (its last), and the fields
    of `shifts.Judged` in the units of the tables: experience 0–10, share 0–1, comments a point. Series that
    are not watched have no row.
    """
    pace = series.pace
    experience, mentions = _allowances(series, events)
    points = np.flatnonzero(series.days >= first)
    alarm = alarm_level(pace, settings)
    rows = []
    for law, seen, usual_move, chosen in _measures(series, experience, mentions):
        if chosen.size:
            for point in points:
                found = judge(seen, law, pace, usual_move, int(point), alarm)
                rows.append(_rows(found, law, chosen).assign(point=point, day=series.days[point]))
    if not rows:
        return pd.DataFrame()
    return pd.concat(rows, ignore_index=True).assign(series=pace.name).dropna(subset=["p_value"])


def alarm_level(pace: Pace, settings: Alerts) -> float:
    """Return the p-value of an alarm: all points of `quiet_years` together expect one such at most."""
    return 1 / (settings.quiet_years * pace.per_year)


def with_false_discovery(judged: pd.DataFrame) -> pd.DataFrame:
    """Add `q_value`: Benjamini and Hochberg's, over all series and measures as of each row's day.

    The family of a day are the points that end on it and the newest finished week.
    """
    told = judged.assign(q_value=np.nan)
    span = np.where(told["series"] == WEEKLY.name, WEEKLY.days, DAILY.days)
    for day in told["day"].unique():
        family = (told["day"] <= day) & (told["day"] + span > day)
        q_values = pd.Series(false_discovery_control(told.loc[family, "p_value"]), told.index[family])
        of_day = told.index[told["day"] == day]
        told.loc[of_day, "q_value"] = q_values[of_day]
    return told


def is_alarm(told: pd.DataFrame, settings: Alerts) -> pd.Series:
    """Mark the rows of `with_false_discovery` that are alarms; a cell's share of the talk alarms by rising
    alone, since it falls whenever another one rises.
    """
    levels = {pace.name: alarm_level(pace, settings) for pace in PACES}
    sure = (told["p_value"] <= told["series"].map(levels)) & (told["q_value"] <= settings.false_discovery)
    moved = (told["after"] - told["before"]).abs() >= settings.minimum_change
    factor = told["after"] / told["before"]
    moved = moved.where(told["measure"] == EXPERIENCE.name, factor >= settings.minimum_factor)
    fewer = (told["measure"] == VOLUME.name) & (factor <= 1 / settings.minimum_factor)
    return sure & (moved | fewer)


def _measures(
    series: Series, experience: Numbers, mentions: Numbers
) -> Iterator[tuple[Law, Observed, Numbers, Integers]]:
    """Yield each law with what was seen, what events allow, and the numbers of the series it is for."""
    overall = series.overall
    for law, seen, move, chosen in (
        (EXPERIENCE, series.experience(), experience, np.ones_like(overall)),
        (SHARE, series.share(), mentions, ~overall),
        (VOLUME, series.volume(), mentions, overall),
    ):
        picked = Observed(seen.mean[chosen], seen.square[chosen], seen.answers[chosen])
        yield law, picked, move, np.flatnonzero(chosen)


def _allowances(series: Series, events: Sequence[Event]) -> tuple[Numbers, Numbers]:
    """Return what events allow at each point; a week has the mean of its days."""
    length = series.pace.days
    first = series.days[0] - length + 1
    allowed = allowance(events, np.arange(first, series.days[-1] + 1))
    shape = (len(series.days), length)
    return allowed.experience.reshape(shape).mean(axis=1), allowed.mentions.reshape(shape).mean(axis=1)


def _rows(found: Judged, law: Law, numbers: Integers) -> pd.DataFrame:
    unit = _UNIT[law.name]
    most = unit if law.bounded else np.inf
    columns = {"number": numbers, "measure": law.name, "p_value": found.p_value, "fallen": found.fallen}
    for name, value, error in (
        ("before", found.before, found.error_before),
        ("after", found.after, found.error_after),
    ):
        columns[name] = np.clip(value * unit, 0, most)
        columns[f"{name}_low"] = np.clip((value - DEVIATIONS * error) * unit, 0, most)
        columns[f"{name}_high"] = np.clip((value + DEVIATIONS * error) * unit, 0, most)
    # A shift that would leave the scale on either side cannot be found, however large.
    room = np.maximum(found.before, 1 - found.before) if law.bounded else np.inf
    detectable = np.where(found.detectable <= room, found.detectable * unit, np.nan)
    return pd.DataFrame({**columns, "since": found.since, "detectable": detectable})


def _newest(told: pd.DataFrame, by_pace: dict[str, Series]) -> pd.DataFrame:
    """Return the newest row of every series and measure, named by its cell."""
    newest = told.sort_values("day").groupby(["series", "measure", "number"], as_index=False).last()
    cells = pd.concat([by_pace[name].cells.assign(series=name) for name in by_pace])
    cells["number"] = cells.groupby("series").cumcount()
    names = {"before": "usual", "before_low": "usual_low", "before_high": "usual_high"}
    whole = newest.rename(columns=names).merge(cells, on=["series", "number"])
    whole["until"] = [date.fromordinal(int(day)) for day in whole["day"]]
    order = whole.sort_values(["is_own", *CELL[:3], "series", "measure"], ascending=[False, *[True] * 5])
    return order[list(WATCHED_COLUMNS)].reset_index(drop=True)


def _empty(columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(columns=list(columns))
