"""The detector's laws, and the errors of a calendar."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.calendar_file import load_calendar
from cem_nlp.errors import ConfigError
from cem_nlp.scores.events import allowance, events_between, parse_calendar
from cem_nlp.scores.reference import DAILY, EXPERIENCE, VOLUME, Law, Observed
from cem_nlp.scores.shifts import Judged, judge

ALARM = 1 / 7305
PAST = DAILY.reference + DAILY.memory


def series(
    number: int, mean: float, answers: int, seed: int, days: int = PAST, excess: float = 0.02
) -> Observed:
    """Series that vary from day to day as the beta-binomial distribution does."""
    random = np.random.default_rng(seed)
    odds = (1 - excess) / excess
    mood = random.beta(mean * odds, (1 - mean) * odds, (number, days))
    means = random.binomial(answers, mood) / answers
    return Observed(means, means, np.full((number, days), float(answers)))


def last(seen: Observed, law: Law = EXPERIENCE, allowed: float = 0.0) -> Judged:
    days = seen.mean.shape[1]
    return judge(seen, law, DAILY, np.full(days, allowed), days - 1, ALARM)


@pytest.mark.parametrize("answers", [8, 30, 200])
@pytest.mark.parametrize("mean", [0.15, 0.5, 0.9])
def test_p_values_of_quiet_series_are_what_they_say(answers: int, mean: float) -> None:
    p_value = last(series(3000, mean, answers, seed=answers)).p_value
    assert np.mean(p_value < 0.05) == pytest.approx(0.05, abs=0.02)
    assert np.mean(p_value < 0.001) <= 0.003


def test_p_values_of_quiet_counts_are_what_they_say() -> None:
    random = np.random.default_rng(2)
    counts = random.negative_binomial(10, 10 / (10 + 15), (3000, PAST)).astype(np.float64)
    p_value = last(Observed(counts, counts, np.ones_like(counts)), VOLUME).p_value
    assert np.mean(p_value < 0.05) == pytest.approx(0.05, abs=0.02)
    assert np.mean(p_value < 0.001) <= 0.003


def test_a_shift_of_a_standard_deviation_of_the_opinions_is_found() -> None:
    seen = series(500, 0.7, 20, seed=3)
    random = np.random.default_rng(4)
    means = seen.mean.copy()
    means[:, -5:] = random.binomial(20, 0.7 - 0.46, (500, 5)) / 20
    found = last(Observed(means, means, seen.answers))
    assert np.mean(found.p_value <= ALARM) >= 0.95
    assert found.fallen.all()
    assert np.mean(np.abs(found.since - (PAST - 5)) <= 1) >= 0.9
    assert np.mean(found.after) == pytest.approx(0.24, abs=0.03)


def test_the_detectable_shift_is_found_in_eight_of_ten() -> None:
    seen = series(2000, 0.5, 40, seed=5)
    size = last(seen).detectable
    means = np.clip(seen.mean - np.where(np.arange(PAST) >= PAST - 5, size[:, None], 0), 0, 1)
    found = last(Observed(means, means, seen.answers)).p_value <= ALARM
    assert found.mean() == pytest.approx(0.8, abs=0.08)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.floats(0.05, 0.95), st.integers(5, 60))
def test_good_and_bad_are_alike(seed: int, mean: float, answers: int) -> None:
    """Turning every answer over turns the finding over and keeps its p-value."""
    seen = series(20, mean, answers, seed)
    turned = Observed(1 - seen.mean, 1 - seen.mean, seen.answers)
    one, other = last(seen), last(turned)
    np.testing.assert_allclose(one.p_value, other.p_value, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(one.after, 1 - other.after, atol=1e-9)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.floats(0.01, 0.5))
def test_an_event_never_makes_an_alarm_surer(seed: int, allowed: float) -> None:
    seen = series(100, 0.6, 15, seed)
    plain, eased = last(seen).p_value, last(seen, allowed=allowed).p_value
    unlikely = plain < 0.1
    assert (eased[unlikely] >= plain[unlikely]).all()


def test_thin_and_new_series_are_not_watched() -> None:
    assert np.isnan(last(series(5, 0.5, 2, seed=1)).p_value).all()
    assert np.isnan(last(series(5, 0.5, 20, seed=1, days=DAILY.memory + DAILY.fewest - 1)).p_value).all()
    seen = series(5, 0.5, 20, seed=1)
    silent = seen.answers.copy()
    silent[:, : PAST - DAILY.memory - DAILY.fewest + 1] = 0
    assert np.isnan(last(Observed(seen.mean, seen.square, silent)).p_value).all()
    silent = seen.answers.copy()
    silent[:, -DAILY.memory :] = 0
    assert np.isnan(last(Observed(seen.mean, seen.square, silent)).p_value).all()


def test_allowances_reach_around_a_date_and_the_widest_counts() -> None:
    rows = [
        {
            "name": "节",
            "dates": [date(2026, 5, 3)],
            "before": 1,
            "after": 2,
            "experience": 1.0,
            "mentions": 3,
        },
        {"name": "促", "dates": [date(2026, 5, 4)], "experience": 0.2, "mentions": 5},
    ]
    events = parse_calendar({"events": rows})
    found = allowance(events, np.arange(date(2026, 5, 1).toordinal(), date(2026, 5, 7).toordinal()))
    assert found.experience.tolist() == [0, 0.05, 0.05, 0.05, 0.05, 0]
    assert found.mentions.tolist() == [0, 1, 1, 2, 1, 0]
    assert [e.name.zh for e in events_between(events, date(2026, 5, 5), date(2026, 5, 9))] == ["节"]


BROKEN = [
    ("before = 2", "befor = 2", "befor", 5),
    ("dates = [2026-11-11]", 'dates = ["2026-11-11"]', "不加引号", 4),
    ("dates = [2026-11-11]", "dates = []", "日期列表", 4),
    ("dates = [2026-11-11]", "dates = [2026-11-11T08:00:00]", "不加引号", 4),
    ("before = 2", "before = -1", "0 到 60", 5),
    ("before = 2", "before = 1.5", "整天数", 5),
    ("before = 2", "before = true", "0 到 60", 5),
    ("mentions = 5", "mentions = 0", "1 到 1000", 6),
    ("mentions = 5", 'mentions = "much"', "1 到 1000", 6),
    ('name = "双11"', 'name = ""', "非空文字", 3),
]


@pytest.mark.parametrize(("right", "wrong", "said", "line"), BROKEN)
def test_a_broken_calendar_names_file_line_and_key(
    tmp_path: Path, right: str, wrong: str, said: str, line: int
) -> None:
    good = '# 日历\n[[events]]\nname = "双11"\ndates = [2026-11-11]\nbefore = 2\nmentions = 5\n'
    path = tmp_path / "calendar.toml"
    path.write_text(good.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_calendar(path)
    assert said in caught.value.explain("zh")
    assert f"{path}:{line}" in (caught.value.where or "")
    assert wrong.split(" =")[0] in (caught.value.where or "")


@pytest.mark.parametrize("content", ["events = 3", "[events]\nname = 'x'", "days = 2"])
def test_a_calendar_of_another_shape_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "calendar.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match="events"):
        load_calendar(path)


def test_an_empty_calendar_knows_no_events(tmp_path: Path) -> None:
    path = tmp_path / "calendar.toml"
    path.write_text("", encoding="utf-8")
    assert load_calendar(path) == ()
