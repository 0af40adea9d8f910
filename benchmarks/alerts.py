"""How often alerts find a shift, how late, and how often they cry wolf.

Run `python benchmarks/alerts.py` (`--full` for five times as much, `--seed N` for other draws). Series are
drawn with weekday patterns, slow drift, days that differ by more than chance, customers who speak more than
once, and the sales and festivals of `data/calendar.toml`, on which customers speak up to three times as much
and less kindly. They go through the functions of a night: `judgements`, `with_false_discovery`, `is_alarm`.

A shift of one standard deviation of a daily series lasting five days is 2.2 standard errors of five days'
mean. At one false alarm in 20 years no test can find it more often than the column `bound` says: the chance
of the most powerful test (Neyman and Pearson 1933) that is told the five days and all else beforehand. One
standard deviation of the single opinions is another matter: it is found wherever a day has enough of them.
"""

import argparse
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from scipy.stats import norm

from cem_nlp.calendar_file import load_calendar
from cem_nlp.config.alerts import Alerts
from cem_nlp.resources import shipped
from cem_nlp.scores.alerting import is_alarm, judgements, with_false_discovery
from cem_nlp.scores.events import Event, allowance
from cem_nlp.scores.intervals import Numbers
from cem_nlp.scores.reference import DAILY, WEEKLY, Pace
from cem_nlp.scores.series import Series
from cem_nlp.vocabulary import ALL

SETTINGS = Alerts()
EVENTS = load_calendar(shipped("data/calendar.toml"))
FIRST = date(2023, 1, 2).toordinal()
"""A Monday, so that whole sevens are weeks."""
PAST = (WEEKLY.reference + WEEKLY.memory + 1) * WEEKLY.days
SHOCK_DAYS = 5
SHOCK = date(2023, 8, 14).toordinal()
"""Far from any event; a part of the reference lies in one."""
SEARCHED = 10
"""Days from the first of a shock on in which it counts as found: an average needs some to forget."""
BRAND_SERIES = 10
"""Series of a brand, the first of which is the brand as a whole."""
SIZES = (1.0, 1.5, 2.0, 2.5, 3.0)
MANY = 20
"""Comments a day from which on a shift by one standard deviation of the opinions shows in five days."""


@dataclass(frozen=True)
class World:
    """Quiet series: mean experience (0–1) and comments by day, and how much days differ beyond chance."""

    mean: Numbers
    comments: Numbers
    of: Numbers
    days: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    correlation: float = 0.02


def quiet_world(
    brands: int, days: int, volume: float, random: np.random.Generator, events: tuple[Event, ...] = EVENTS
) -> World:
    """Draw what is true of `brands` × `BRAND_SERIES` series; sizes differ around `volume` comments a day."""
    count = brands * BRAND_SERIES
    ordinals = FIRST + np.arange(days)
    weekday = np.arange(days) % 7
    busy = np.minimum(allowance(events, ordinals).mentions, 2.0)
    drift = np.cumsum(random.normal(0, 0.01, (count, days)), axis=1)
    season = 0.15 * np.sin(2 * np.pi * np.arange(days) / 365 + random.uniform(0, 6.3, (count, 1)))
    logit = random.uniform(-0.5, 2.0, (count, 1)) + drift + season - 0.1 * busy
    logit += random.normal(0, 0.15, (count, 7))[:, weekday]
    size = volume * np.exp(random.normal(0, 0.5, (count, 1)))
    pattern = np.exp(random.normal(0, 0.15, (brands, 7)))[:, weekday].repeat(BRAND_SERIES, axis=0)
    slow = np.exp(np.cumsum(random.normal(0, 0.01, (brands, days)), axis=1)).repeat(BRAND_SERIES, axis=0)
    daily = random.gamma(20, 1 / 20, (brands, days)).repeat(BRAND_SERIES, axis=0)
    comments = random.poisson(size * pattern * slow * daily * (1 + busy)).astype(np.float64)
    whole = comments.reshape(brands, BRAND_SERIES, days)
    # A comment on the brand as a whole is one on several cells; most speak of one.
    of = np.round(whole[:, 1:].sum(axis=1) * 0.8)
    comments.reshape(brands, BRAND_SERIES, days)[:, 0] = of
    comments = np.minimum(comments, of.repeat(BRAND_SERIES, axis=0))
    return World(1 / (1 + np.exp(-logit)), comments, of.repeat(BRAND_SERIES, axis=0), ordinals)


def spoken(world: World, pace: Pace, random: np.random.Generator) -> Series:
    """Draw what is said in a world: by customers with one to three opinions each that mostly agree."""
    odds = (1 - world.correlation) / world.correlation
    mood = random.beta(world.mean * odds, (1 - world.mean) * odds)
    each = random.binomial(2, 0.15, world.comments.shape)
    agreeing = world.comments * (each + 1)
    firsts = random.binomial(world.comments.astype(np.int64), mood)
    content = firsts * (each + 1.0)
    neutral = random.binomial(content.astype(np.int64), 0.1).astype(np.float64)
    counts = [content - neutral, neutral, agreeing - content, world.comments, world.comments, world.of]
    length = pace.days
    points = len(world.days) // length
    summed = [
        values[:, : points * length].reshape(len(values), points, length).sum(axis=2) for values in counts
    ]
    count = len(world.mean)
    number = np.arange(count)
    cells = pd.DataFrame(
        {
            "brand": [f"b{n // BRAND_SERIES}" for n in number],
            "category": np.where(number % BRAND_SERIES == 0, ALL, [f"c{n % BRAND_SERIES}" for n in number]),
            "touchpoint": ALL,
            "is_own": number < BRAND_SERIES,
        }
    )
    last_days = world.days[length - 1 :: length][:points]
    return Series(cells, pace, last_days, *summed, spoken=np.ones(points, dtype=np.bool_))


def alarms(every: list[Series], first: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return all judgements of the days from `first` on, and the alarms among them."""
    judged = [judgements(series, EVENTS, SETTINGS, first) for series in every]
    told = with_false_discovery(pd.concat(judged, ignore_index=True))
    return told, told[is_alarm(told, SETTINGS)]


def false_alarms(years: int, random: np.random.Generator) -> float:
    """Print false alarms per 20 series-years of quiet series, by measure and pace; return that of all."""
    print("false alarms in quiet series (an alarm that lasts counts once)")
    head = ("comments", "series", "measure", "series-years", "alarms", "per 20 years")
    print("{:>8} {:>7} {:>11} {:>13} {:>7} {:>13}".format(*head))
    total = np.zeros(2)
    for volume in (4.0, 20.0, 100.0):
        world = quiet_world(20, PAST + 365 * years, volume, random)
        told, found = alarms([spoken(world, pace, random) for pace in (DAILY, WEEKLY)], FIRST + PAST)
        for (name, measure), rows in told.groupby(["series", "measure"]):
            pace = DAILY if name == DAILY.name else WEEKLY
            watched = len(rows) / pace.per_year
            count = episodes(found[(found["series"] == name) & (found["measure"] == measure)], pace)
            total += count, watched
            rate = 20 * count / watched
            print(f"{volume:>8.0f} {name:>7} {measure:>11} {watched:>13.0f} {count:>7} {rate:>13.2f}")
    rate = float(20 * total[0] / total[1])
    print(f"{'all':>8} {'':>19} {total[1]:>13.0f} {total[0]:>7.0f} {rate:>13.2f}")
    return rate


def episodes(found: pd.DataFrame, pace: Pace) -> int:
    """Return the number of alarms, those of one series within a memory of each other taken as one."""
    return sum(
        1 + int((alarm["point"].sort_values().diff() > pace.memory).sum())
        for _, alarm in found.groupby(["number", "fallen"])
    )


def shocked(world: World, size: Numbers, chosen: Numbers, start: int) -> World:
    """Lower the mean of the chosen series by `size` (0–1) for five days."""
    mean = world.mean.copy()
    days = slice(start, start + SHOCK_DAYS)
    mean[chosen, days] = np.clip(mean[chosen, days] - size[chosen, None], 0.005, 0.995)
    return replace(world, mean=mean)


def search(
    volume: float, size: float, unit: str, worlds: int, random: np.random.Generator
) -> list[int | None]:
    """Return the delay of each shock in days, None where it is not found; a tenth of the series have one."""
    start, delays = SHOCK - FIRST, list[int | None]()
    for _ in range(worlds):
        world = quiet_world(20, start + SEARCHED, volume, random)
        past = spoken(world, DAILY, random).experience()
        heard = past.answers > 0
        level = np.where(heard, past.mean, np.nan)[:, start - DAILY.reference : start]
        spread = np.nanstd(level, axis=1)
        if unit == "opinions":
            middle = world.mean[:, start]
            spread = np.sqrt(middle * (1 - middle))
        chosen = random.choice(len(spread), len(spread) // 10, replace=False)
        chosen = chosen[world.mean[chosen, start] - size * spread[chosen] > 0.02]
        told = shocked(world, size * spread, chosen, start)
        _, found = alarms([spoken(told, DAILY, random)], FIRST + start)
        found = found[(found["measure"] == "experience") & found["fallen"]]
        first = found.groupby("number")["day"].min() - FIRST - start
        delays += [int(first[number]) if number in first.index else None for number in chosen]
    return delays


def power(worlds: int, random: np.random.Generator) -> dict[float, float]:
    """Print how many shocks of five days are found, and after how many days; return, by comments a day, the
    share found of those by one standard deviation of the opinions.
    """
    shares = {}
    print("\nshifts of experience for five days, in one series of ten")
    print(f"{'comments':>8} {'size':>5} {'of the':>12} {'shocks':>7} {'found':>6} {'bound':>6} {'days':>5}")
    level = SHOCK_DAYS / (SETTINGS.quiet_years * DAILY.per_year)
    for volume in (4.0, 8.0, 20.0, 100.0):
        for size, unit in [*((size, "daily series") for size in SIZES), (1.0, "opinions")]:
            delays = search(volume, size, unit, worlds, random)
            known = [delay + 1 for delay in delays if delay is not None]
            bound = norm.sf(norm.isf(level / 2) - size * SHOCK_DAYS**0.5)
            limit = f"{bound:>6.0%}" if unit != "opinions" else f"{'':>6}"
            late = f"{np.median(known):>5.0f}" if known else f"{'':>5}"
            share = len(known) / max(len(delays), 1)
            print(f"{volume:>8.0f} {size:>5} {unit:>12} {len(delays):>7} {share:>6.0%} {limit} {late}")
            if unit == "opinions":
                shares[volume] = share
    return shares


def main() -> None:
    """Print both tables and the verdict."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="five times as much")
    parser.add_argument("--seed", type=int, default=1, help="other draws")
    chosen = parser.parse_args()
    random = np.random.default_rng(chosen.seed)
    rate = false_alarms(5 if chosen.full else 1, random)
    shares = power(20 if chosen.full else 3, random)
    many = min(share for volume, share in shares.items() if volume >= MANY)
    print(
        "\nasked: at most one false alarm in 20 quiet series-years, and four of five shifts by one standard "
        f"deviation for five days found; found: {rate:.2f}, and {many:.0%} or more of shifts by one of the "
        f"opinions from {MANY} comments a day on: {'kept' if rate <= 1 and many >= 0.8 else 'NOT kept'}; "
        "by one of a daily series no test can (bound)"
    )


if __name__ == "__main__":
    main()
