"""Dated events, such as festivals and sales: days on which more than the usual change is ordinary."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.scores.intervals import SCALE, Numbers

LONGEST: Final = 60
"""Most days an event may reach to either side: beyond, hardly an ordinary day is left to compare with."""

_KEYS: Final = ("name", "english", "dates", "before", "after", "experience", "mentions")
_NEXT_STEP: Final = Bilingual("修改日历文件后重试", "correct the calendar file and run again")


@dataclass(frozen=True, slots=True)
class Event:
    """An event from `before` days ahead of each of its dates to `after` days behind.

    On its days a move of `experience` points (0–10), or `mentions` times as many comments, is ordinary.
    """

    name: Bilingual
    dates: tuple[dt.date, ...]
    before: int
    after: int
    experience: float
    mentions: float


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is ordinary on each of some days: standard deviations shared by all days of an event.

    `experience` is on the scale 0–1, `mentions` in multiples of the usual number of comments; both are 0 on
    days that belong to no event.
    """

    experience: Numbers
    mentions: Numbers


def parse_calendar(values: Mapping[str, Any]) -> tuple[Event, ...]:
    """Return the events of a calendar's table: `[[events]]` with name and dates, and if wanted english,
    before and after (0), experience (0.5) and mentions (1.5).

    Raises ConfigError whose place is the key, such as `events[2].dates`.
    """
    _refuse_unknown("", values, ("events",))
    rows = values.get("events", [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise _wrong("events", None, Bilingual("events 须为 [[events]]", "events has to be [[events]]"))
    return tuple(_event(f"events[{number}]", row) for number, row in enumerate(rows))


def events_between(events: Sequence[Event], first: dt.date, last: dt.date) -> list[Event]:
    """Return the events of which a day lies from `first` to `last`."""
    return [event for event in events if any(_reaches(event, day, first, last) for day in event.dates)]


def allowance(events: Sequence[Event], days: npt.NDArray[np.int64]) -> Allowance:
    """Return what is ordinary on each day, given by its ordinal; where events overlap, the widest counts.

    The file's allowances are two standard deviations.
    """
    experience, mentions = np.zeros(len(days)), np.zeros(len(days))
    for event in events:
        inside = np.zeros(len(days), dtype=np.bool_)
        for day in event.dates:
            first, last = (end.toordinal() for end in _window(event, day))
            inside |= (days >= first) & (days <= last)
        experience[inside] = np.maximum(experience[inside], event.experience / SCALE / 2)
        mentions[inside] = np.maximum(mentions[inside], (event.mentions - 1) / 2)
    return Allowance(experience, mentions)


def _window(event: Event, day: dt.date) -> tuple[dt.date, dt.date]:
    return day - dt.timedelta(days=event.before), day + dt.timedelta(days=event.after)


def _reaches(event: Event, day: dt.date, first: dt.date, last: dt.date) -> bool:
    begins, ends = _window(event, day)
    return begins <= last and ends >= first


def _event(place: str, row: Mapping[str, Any]) -> Event:
    _refuse_unknown(place, row, _KEYS)
    name = _text(place, row, "name", None)
    return Event(
        name=Bilingual(name, _text(place, row, "english", name)),
        dates=_dates(place, row),
        before=_days(place, row, "before"),
        after=_days(place, row, "after"),
        experience=_number(place, row, "experience", 0.5, 0, SCALE),
        mentions=_number(place, row, "mentions", 1.5, 1, 1000),
    )


def _text(place: str, row: Mapping[str, Any], key: str, default: str | None) -> str:
    value = row.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(f"{place}.{key}", value, Bilingual(f"{key} 须为非空文字", f"{key} has to be a text"))
    return value


def _dates(place: str, row: Mapping[str, Any]) -> tuple[dt.date, ...]:
    dates = row.get("dates")
    if not isinstance(dates, list) or not dates:
        raise _wrong(
            f"{place}.dates",
            dates,
            Bilingual("dates 须为日期列表，如 [2026-11-11]", "dates has to list dates, such as [2026-11-11]"),
        )
    for day in dates:
        if type(day) is not dt.date:
            said = Bilingual(
                "这不是日期：写作 2026-11-11，不加引号", "this is no date: write 2026-11-11 without quotes"
            )
            raise _wrong(f"{place}.dates", str(day), said)
    return tuple(dates)


def _days(place: str, row: Mapping[str, Any], key: str) -> int:
    days = _number(place, row, key, 0, 0, LONGEST)
    if days != int(days):
        raise _wrong(f"{place}.{key}", days, Bilingual(f"{key} 须为整天数", f"{key} has to be whole days"))
    return int(days)


def _number(place: str, row: Mapping[str, Any], key: str, default: float, least: float, most: float) -> float:
    value = row.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        said = Bilingual(
            f"{key} 须为 {least} 到 {most} 之间的数", f"{key} has to be a number from {least} to {most}"
        )
        raise _wrong(f"{place}.{key}", value, said)
    return value


def _refuse_unknown(place: str, row: Mapping[str, Any], known: Sequence[str]) -> None:
    for key in row:
        if key not in known:
            raise ConfigError(
                Bilingual(f"日历中未知的项 {key}", f"unknown key {key} in the calendar"),
                where=f"{place}.{key}".lstrip("."),
                value=key,
                valid=known,
                next_step=_NEXT_STEP,
            )


def _wrong(place: str, value: object, what: Bilingual) -> ConfigError:
    shown = value if isinstance(value, str | int | float) else None
    return ConfigError(what, where=place, value=shown, next_step=_NEXT_STEP)
