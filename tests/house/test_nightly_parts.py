"""The small parts of a night's run that need no model."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.nightly import resolve_night
from cem_nlp.nightly.parallel import ordered_map


def double(number: int) -> int:
    return 2 * number


def double_but_nineteen(number: int) -> int:
    if number == 19:
        raise ConfigError(Bilingual("十九", "nineteen"))
    return double(number)


@pytest.mark.slow
def test_processes_keep_the_order_and_pass_errors_on() -> None:
    found: list[int] = []
    with pytest.raises(ConfigError, match="nineteen"):
        found.extend(ordered_map(double_but_nineteen, range(30), 2))
    assert found == [double(number) for number in range(19)]


def test_items_are_drawn_no_faster_than_they_are_worked() -> None:
    drawn = []

    def items() -> Iterator[int]:
        for number in range(5):
            drawn.append(number)
            yield number

    results = ordered_map(double, items(), 1)
    assert next(results) == 0
    assert len(drawn) == 2


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_date_means_itself(night: date) -> None:
    assert resolve_night(night.isoformat(), "Asia/Shanghai") == night


def test_today_and_yesterday_are_those_of_the_time_zone() -> None:
    today = resolve_night("today", "Asia/Shanghai")
    assert (today - resolve_night("yesterday", "Asia/Shanghai")).days == 1
    assert abs((today - datetime.now(ZoneInfo("Asia/Shanghai")).date()).days) <= 1


@pytest.mark.parametrize("said", ["tomorrow", "2026-13-01", "", "20260230"])
def test_anything_else_is_refused_with_what_is_valid(said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        resolve_night(said, "Asia/Shanghai")
    assert "YYYY-MM-DD" in caught.value.explain("zh")
