"""The small parts of a night's run that need no model."""

import os
import signal
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.errors import ConfigError, WorkerEnded
from cem_nlp.language import Bilingual
from cem_nlp.nightly import resolve_night
from cem_nlp.nightly.analyses.comparisons import refuse_absent
from cem_nlp.parallel import ordered_map


def double(number: int) -> int:
    return 2 * number


def double_but_nineteen(number: int) -> int:
    if number == 19:
        raise ConfigError(Bilingual("十九", "nineteen"))
    return double(number)


def threads_asked_for(_: int) -> str | None:
    return os.environ.get("OMP_NUM_THREADS")


@pytest.mark.slow
def test_processes_keep_the_order_and_pass_errors_on() -> None:
    found: list[int] = []
    with pytest.raises(ConfigError, match="nineteen"):
        found.extend(ordered_map(double_but_nineteen, range(30), 2))
    assert found == [double(number) for number in range(19)]


def end_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.slow
def test_a_worker_that_the_system_ends_is_told_with_what_to_do() -> None:
    with pytest.raises(WorkerEnded) as caught:
        list(ordered_map(end_at_three, range(8), 2))
    assert "内存不够" in caught.value.explain("zh")
    assert "workers" in caught.value.explain("en")


@pytest.mark.slow
def test_processes_calculate_with_one_thread_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    assert set(ordered_map(threads_asked_for, range(4), 2)) == {"1"}
    assert threads_asked_for(0) is None
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert set(ordered_map(threads_asked_for, range(4), 2)) == {"3"}


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
@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_a_date_means_itself(night: date) -> None:
    assert resolve_night(night.isoformat(), "Asia/Shanghai") == night


def test_today_and_yesterday_are_those_of_the_time_zone() -> None:
    today = resolve_night("today", "Asia/Shanghai")
    assert (today - resolve_night("yesterday", "Asia/Shanghai")).days == 1
    assert abs((today - datetime.now(ZoneInfo("Asia/Shanghai")).date()).days) <= 1


@pytest.mark.parametrize("said", ["2026/9/29", "2026年9月29日", "20260929", "２０２６－０９－２９"])
def test_a_date_may_be_written_as_in_the_users_files(said: str) -> None:
    assert resolve_night(said, "Asia/Shanghai") == date(2026, 9, 29)


@pytest.mark.parametrize("said", ["tomorrow", "2026-13-01", "", "20260230", "29.9.2026"])
def test_anything_else_is_refused_with_what_is_valid(said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        resolve_night(said, "Asia/Shanghai", "--from")
    for words in ("位置: --from", "YYYY-MM-DD", "下一步"):
        assert words in caught.value.explain("zh")


def test_a_named_brand_that_nobody_speaks_of_is_refused_beside_others_that_are_spoken_of() -> None:
    what = Bilingual("没有这个对手", "no such rival")
    for fine in ((), ("乙",), ("丁", "戊")):
        refuse_absent(fine, {"乙", "丙"}, what, "comparison.rivals")
    with pytest.raises(ConfigError) as caught:
        refuse_absent(("乙", "丁"), {"乙", "丙"}, what, "comparison.rivals")
    for words in ("comparison.rivals", "'丁'", "丙, 乙", "下一步"):
        assert words in caught.value.explain("zh")
