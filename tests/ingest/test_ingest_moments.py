"""Dates as feedback files write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.ingest.moments import parse_moment

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-09-03", "2026-09-03 00:00:00"),
        ("20260903", "2026-09-03 00:00:00"),
        ("2026/9/3", "2026-09-03 00:00:00"),
        ("2026.9.3", "2026-09-03 00:00:00"),
        ("2026年9月3日", "2026-09-03 00:00:00"),
        ("2026年9月3日 8:05", "2026-09-03 08:05:00"),
        ("2026年9月3日8时5分30秒", "2026-09-03 08:05:30"),
        ("2026年9月3日 下午3点", "2026-09-03 15:00:00"),
        ("2026/9/3 下午 12:05:06", "2026-09-03 12:05:06"),
        ("2026/9/3 上午12:05", "2026-09-03 00:05:00"),
        ("2026/9/3 8:05", "2026-09-03 08:05:00"),
        ("2026-9-3 23:59:59.123", "2026-09-03 23:59:59"),
        ("２０２６／９／３　８：０５", "2026-09-03 08:05:00"),
        ("2026-09-03T08:05:00", "2026-09-03 08:05:00"),
        ("2026-09-03T00:05:00Z", "2026-09-03 08:05:00"),
        ("2026-09-02 19:05:00-05:00", "2026-09-03 08:05:00"),
        ("46268", "2026-09-03 00:00:00"),
        ("46268.336805555557", "2026-09-03 08:05:00"),
    ],
)
def test_known_forms(text: str, expected: str) -> None:
    moment = parse_moment(text, (), SHANGHAI)
    assert moment.tzinfo is SHANGHAI
    assert f"{moment:%Y-%m-%d %H:%M:%S}" == expected


@pytest.mark.parametrize(
    "text",
    [
        *["", "昨天", "2026-13-01", "2026/2/30", "2026-09", "9/3/2026", "2026/9/3 8:053", "2026/9/3 25:00"],
        *["2026年9月3日 下午15点", "1234", "462680", "0", "-46268", "20261301", "2026/9/3 8:05 左右"],
        *["0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-12:00"],
    ],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_moment(text, (), SHANGHAI)


def test_patterns_of_the_configuration_come_first() -> None:
    formats = ("%d/%m/%Y", "%Y%d%m")
    assert parse_moment("20260903", formats, SHANGHAI).month == 3
    assert parse_moment("03/09/2026", formats, SHANGHAI).month == 9
    assert parse_moment("2026-09-03", formats, SHANGHAI).month == 9


MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)


@settings(max_examples=100, deadline=None)
@given(MOMENTS)
def test_all_spellings_of_a_moment_mean_it(moment: datetime) -> None:
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    half = f"{'上午' if moment.hour < 12 else '下午'}{(moment.hour + 11) % 12 + 1}"
    spellings = [
        moment.isoformat(),
        f"{moment:%Y/%m/%d %H:%M:%S}",
        f"{moment.year}年{moment.month}月{moment.day}日{moment.hour}时{moment.minute}分{moment.second}秒",
        f"{moment.year}/{moment.month}/{moment.day} {half}:{moment:%M:%S}",
        repr(serial),
    ]
    expected = moment.replace(tzinfo=SHANGHAI)
    assert {parse_moment(text, (), SHANGHAI) for text in spellings} == {expected}
    elsewhere = expected.astimezone(UTC).isoformat()
    assert parse_moment(elsewhere, (), SHANGHAI) == expected
