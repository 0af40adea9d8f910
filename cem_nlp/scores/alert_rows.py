"""Alarms gathered into alerts: since when, how much, how severe, and what else moved at the time."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final

import pandas as pd

from cem_nlp.scores.common_move import moved_alike
from cem_nlp.scores.events import Event, events_between
from cem_nlp.scores.mix_shift import Explanation, explanation
from cem_nlp.scores.reference import EXPERIENCE, SHARE, VOLUME
from cem_nlp.scores.series import Series, Talk
from cem_nlp.vocabulary import ALL

ALERT_COLUMNS: Final = (
    "brand",
    "category",
    "touchpoint",
    "is_own",
    "series",
    "measure",
    "direction",
    "since",
    "until",
    "ongoing",
    "before",
    "before_low",
    "before_high",
    "after",
    "after_low",
    "after_high",
    "negative_before",
    "negative_after",
    "n",
    "q_value",
    "severity",
    "calendar",
    "calendar_english",
    "explained_by",
    "mix_value",
    "mix_before",
    "mix_after",
)
_DIRECTIONS: Final = {
    (EXPERIENCE.name, True): "worse",
    (EXPERIENCE.name, False): "better",
    (SHARE.name, False): "more",
    (VOLUME.name, True): "fewer",
    (VOLUME.name, False): "more",
}
_NO_EXPLANATION: Final = dict.fromkeys(("explained_by", "mix_value", "mix_before", "mix_after"))
_ORDER: Final = ("worse", "more", "fewer", "better")
SEVERITIES: Final = ("high", "medium", "low")
_POINTS: Final = (2.0, 1.0)
_FACTORS: Final = (3.0, 2.0)
"""Changes that are of high and of medium severity: points of experience, times as many comments. Conventions:
two points are a fifth of the scale."""


def alert_rows(
    alarms: pd.DataFrame, by_pace: Mapping[str, Series], talk: Talk, events: Sequence[Event]
) -> pd.DataFrame:
    """Return the table `alerts`, without `run_id`, of the alarms in the form of `alerting.judgements`.

    Alarms of one series, measure and direction are one alert as long as no whole memory lies between them;
    the least likely of them tells its figures. Own brands come first, then what got worse, then the severest.
    """
    rows = [
        _alert(episode, by_pace[str(name[0])], talk, events)
        for name, together in alarms.groupby(["series", "measure", "number", "fallen"])
        for episode in _episodes(together, by_pace[str(name[0])].pace.memory)
    ]
    table = pd.DataFrame(rows, columns=list(ALERT_COLUMNS))
    order = pd.DataFrame(
        {
            "own": ~table["is_own"].astype("bool"),
            "direction": table["direction"].map(_ORDER.index),
            "severity": table["severity"].map(SEVERITIES.index),
            "q_value": table["q_value"],
        }
    )
    ranks = order.sort_values(["own", "direction", "severity", "q_value"], kind="stable").index
    return table.loc[ranks].reset_index(drop=True)


def _episodes(alarms: pd.DataFrame, memory: int) -> list[pd.DataFrame]:
    alarms = alarms.sort_values("point")
    new = alarms["point"].diff() > memory
    return [part for _, part in alarms.groupby(new.cumsum())]


def _alert(episode: pd.DataFrame, series: Series, talk: Talk, events: Sequence[Event]) -> dict[str, Any]:
    surest = episode.iloc[int(episode["p_value"].argmin())]
    cell = series.cells.iloc[int(surest["number"])]
    length = series.pace.days
    first = int(series.days[surest["since"]]) - length + 1
    last = int(surest["day"])
    since, until = date.fromordinal(first), date.fromordinal(last)
    named = events_between(events, since, until)
    return {
        **{name: cell[name] for name in ("brand", "category", "touchpoint", "is_own")},
        **{name: surest[name] for name in ("series", "measure", "q_value")},
        **{name: surest[name] for name in ALERT_COLUMNS if name.startswith(("before", "after"))},
        "direction": _DIRECTIONS[surest["measure"], bool(surest["fallen"])],
        "since": since,
        "until": until,
        "ongoing": int(episode["point"].max()) == len(series.days) - 1,
        "severity": _severity(surest),
        "calendar": "、".join(event.name.zh for event in named) or None,
        "calendar_english": ", ".join(event.name.en for event in named) or None,
        **_counts(surest, series),
        **_explained(surest, series, cell, talk, first, last),
    }


def _severity(alarm: pd.Series) -> str:
    if alarm["measure"] == EXPERIENCE.name:
        size, marks = abs(alarm["after"] - alarm["before"]), _POINTS
    else:
        factor = alarm["after"] / alarm["before"]
        size, marks = max(factor, 1 / max(factor, 1e-9)), _FACTORS
    return next((name for name, mark in zip(SEVERITIES, marks, strict=False) if size >= mark), "low")


def _windows(alarm: pd.Series, series: Series) -> tuple[slice, slice]:
    """Return the points of the reference, and those since the change."""
    end = int(alarm["point"]) - series.pace.memory + 1
    reference = slice(max(0, end - series.pace.reference), end)
    return reference, slice(int(alarm["since"]), int(alarm["point"]) + 1)


def _counts(alarm: pd.Series, series: Series) -> dict[str, Any]:
    """Return what the change rests on: opinions, or comments; and the negative shares of an experience."""
    number = int(alarm["number"])
    before, after = _windows(alarm, series)
    if alarm["measure"] != EXPERIENCE.name:
        n = int(series.comments[number, after].sum())
        return {"n": n, "negative_before": None, "negative_after": None}
    shares = {
        f"negative_{name}": float(series.negative[number, part].sum() / series.mentions[number, part].sum())
        for name, part in (("before", before), ("after", after))
    }
    return {"n": int(series.mentions[number, after].sum()), **shares}


def _explained(
    alarm: pd.Series, series: Series, cell: pd.Series, talk: Talk, first: int, last: int
) -> dict[str, Any]:
    """Return what else moved between the reference and the window: what is heard, or all brands."""
    measure = str(alarm["measure"])
    reference, _ = _windows(alarm, series)
    begins, ends = (
        int(series.days[reference.start]) - series.pace.days + 1,
        int(series.days[reference.stop - 1]),
    )
    mentions = _marked(talk.mentions, cell)
    windows = [mentions[mentions["day"].between(*window)] for window in ((begins, ends), (first, last))]
    ours = [window[window["ours"] & (window["inside"] | (measure != EXPERIENCE.name))] for window in windows]
    found = explanation(ours[0], ours[1], measure)
    if found is None:
        theirs = [window[~window["ours"]] for window in windows]
        days = ends - begins + 1, last - first + 1
        change = float(alarm["before"]), float(alarm["after"])
        if moved_alike(theirs[0], theirs[1], days, change, measure):
            found = Explanation("all_brands")
    return _NO_EXPLANATION if found is None else asdict(found)


def _marked(mentions: pd.DataFrame, cell: pd.Series) -> pd.DataFrame:
    """Mark the mentions of the brand (`ours`) and those of the cell's category and touchpoint (`inside`)."""
    inside = pd.Series(True, index=mentions.index)
    for name in ("category", "touchpoint"):
        if cell[name] != ALL:
            inside &= mentions[name] == cell[name]
    return mentions.assign(ours=mentions["brand"] == cell["brand"], inside=inside)
