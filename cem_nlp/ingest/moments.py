"""Dates as feedback files write them."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Final

_CHINESE: Final = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[\sT]*(?P<half>[上下]午)?\s*(?P<hour>\d{1,2})"
    r"(?::(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:\.\d+)?)?"
    r"|[时点](?:(?P<minutes>\d{1,2})分?(?:(?P<seconds>\d{1,2})秒)?)?))?"
)
"""2026/9/3 8:05, 2026.9.3, 2026年9月3日, 2026年9月3日 下午3点20分, 2026/9/3 下午 3:20:05."""

_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?")
_SERIAL_ZERO: Final = datetime(1899, 12, 30)
"""Day 0 of Excel's calendar as it counts from March 1900 on (ECMA-376 part 1, 18.17.4.1)."""

_SECONDS_A_DAY: Final = 86_400


def parse_moment(text: str, formats: Sequence[str], zone: tzinfo) -> datetime:
    """Return the moment that `text` names, in `zone`; a time without offset is meant there.

    Tried in order: the strptime patterns `formats`, ISO 8601 (20260903 too), the Chinese forms, and Excel's
    serial day numbers of five digits.

    Raises:
        ValueError: none of them, or no such day.
    """
    moment = _parse(text, formats)
    try:
        return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    except OverflowError as error:
        raise ValueError("beyond the calendar") from error


def _parse(text: str, formats: Sequence[str]) -> datetime:
    for pattern in formats:
        try:
            return datetime.strptime(text, pattern)
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    plain = unicodedata.normalize("NFKC", text)
    if found := _CHINESE.fullmatch(plain):
        return _from_parts(found)
    if _SERIAL.fullmatch(plain):
        return _SERIAL_ZERO + timedelta(seconds=round(float(plain) * _SECONDS_A_DAY))
    raise ValueError("not a date")


def _from_parts(found: re.Match[str]) -> datetime:
    hour = int(found["hour"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour of a half day")
        hour = hour % 12 + (12 if found["half"] == "下午" else 0)
    minute, second = found["minute"] or found["minutes"], found["second"] or found["seconds"]
    day = int(found["year"]), int(found["month"]), int(found["day"])
    return datetime(*day, hour, int(minute or 0), int(second or 0))
