"""Which opinions an action touches, which it leaves alone, and the weeks before and after its start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from cem_nlp.scores.before_after import AFTER, BEFORE
from cem_nlp.scores.cells import mentions_of
from cem_nlp.scores.reference import Flags
from cem_nlp.vocabulary import ALL, UNKNOWN

TOUCHED: Final = "touched"
UNTOUCHED_OWN: Final = "own"
RIVALS: Final = "rivals"
UNTOUCHED: Final = "untouched"
"""The own brands' untouched categories and the rivals' same cell together."""

_FROM_FEEDBACK: Final = ("brand", "product", "kind", "source")
_FROM_OPINIONS: Final = ("touchpoint", "category")


@dataclass(frozen=True, slots=True)
class Talk:
    """Dated mentions (`cells.mentions_of`) with their `day` (days since 1970), `is_own` and `is_rival`, and
    the first and last day with feedback on any brand; null where there is none.
    """

    mentions: pd.DataFrame
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Window:
    """`weeks` whole weeks on each side of the start `since`, from `begin` to the day before `end`.

    `growing` says whether waiting would make it longer; `trend_weeks` are the weeks before the start that can
    be held against as many weeks before them.
    """

    since: date
    begin: date
    end: date
    weeks: int
    trend_weeks: int
    growing: bool


def talk_of(
    feedback: pd.DataFrame, opinions: pd.DataFrame, own: Sequence[str], rivals: Sequence[str], night: date
) -> Talk:
    """Return what was said on dated feedback up to `night`, near-duplicates left out."""
    kept = feedback[feedback["created_at"].notna() & feedback["duplicate_of"].isna()]
    days = pd.to_datetime(kept["business_date"]).to_numpy("datetime64[D]")
    past = days <= np.datetime64(night, "D")
    kept, days = kept[past].reset_index(drop=True), days[past]
    mentions = mentions_of(kept, opinions, _FROM_FEEDBACK, _FROM_OPINIONS)
    mentions["day"] = days.astype(np.int64)[mentions["comment"]]
    brand = mentions["brand"].astype("str")
    mentions["is_own"] = brand.isin(list(own)).to_numpy()
    others = brand.isin(list(rivals)) if rivals else brand != UNKNOWN
    mentions["is_rival"] = others.to_numpy() & ~mentions["is_own"]
    mentions["stratum"] = mentions.groupby(["brand", "category"], observed=True).ngroup()
    if not len(days):
        return Talk(mentions, None, None)
    return Talk(mentions, days.min().item(), days.max().item())


def window_of(action: Mapping[Any, Any], talk: Talk, most: int) -> Window:
    """Return the weeks to compare: at most `most`, as many after the start (to the action's end) as before.

    The action must have begun by the last day of the data.
    """
    assert talk.first is not None
    assert talk.last is not None
    start, until = action["since"], action["until"]
    last = talk.last if until is None else min(talk.last, until)
    after = ((last - start).days + 1) // 7
    before = max((start - talk.first).days // 7, 0)
    weeks = min(most, before, after)
    return Window(
        since=start,
        begin=start - timedelta(weeks=weeks),
        end=start + timedelta(weeks=weeks),
        weeks=weeks,
        trend_weeks=min(weeks, before // 2),
        growing=after < min(most, before) and last == talk.last,
    )


def other_actions(actions: pd.DataFrame, position: int) -> pd.DataFrame:
    """Return all actions but the one at `position`."""
    others: pd.DataFrame = actions[np.arange(len(actions)) != position]
    return others


def arms_of(action: Mapping[Any, Any], others: pd.DataFrame, talk: Talk, window: Window) -> pd.DataFrame:
    """Return the mentions with their `arm`: touched, own (untouched), rivals, or '' for none of them.

    Untouched are the own brands' opinions at other touchpoints and in other categories, as far as the action
    names them, unless another action that began or ended within the window touches them.
    """
    mentions: pd.DataFrame = talk.mentions
    mine = _of_product(mentions, action) & mentions["is_own"].to_numpy()
    same, apart = np.ones(len(mentions), np.bool_), np.ones(len(mentions), np.bool_)
    for column in _FROM_OPINIONS:
        if action[column] != ALL:
            here = (mentions[column] == action[column]).to_numpy()
            same, apart = same & here, apart & ~here
    arm = np.full(len(mentions), "", dtype=object)
    arm[mentions["is_rival"].to_numpy() & same] = RIVALS
    arm[mine & apart & ~_disturbed(others, mentions, window)] = UNTOUCHED_OWN
    arm[mine & same] = TOUCHED
    return mentions.assign(arm=arm)


def with_periods(arms: pd.DataFrame, since: date, weeks: int) -> pd.DataFrame:
    """Return the rows of `weeks` weeks on each side of `since`, with their `period` and number of `week`,
    0 being the first one after.
    """
    start = np.datetime64(since, "D").astype(np.int64)
    week = (arms["day"].to_numpy() - start) // 7
    inside = (week >= -weeks) & (week < weeks)
    week = week[inside]
    rows: pd.DataFrame = arms[inside]
    return rows.assign(week=week, period=np.where(week < 0, BEFORE, AFTER))


def _of_product(mentions: pd.DataFrame, action: Mapping[Any, Any]) -> Flags:
    if action["product"] == ALL:
        return np.ones(len(mentions), np.bool_)
    return np.asarray(mentions["product"] == action["product"])


def _disturbed(others: pd.DataFrame, mentions: pd.DataFrame, window: Window) -> Flags:
    """Mark own mentions that another action touches which began or ended within the window."""
    found = np.zeros(len(mentions), np.bool_)
    for other in others.to_dict("records"):
        turns = [day for day in (other["since"], other["until"]) if day is not None]
        if any(window.begin < day < window.end for day in turns):
            touched = _of_product(mentions, other)
            for column in _FROM_OPINIONS:
                if other[column] != ALL:
                    touched = touched & (mentions[column] == other[column]).to_numpy()
            found |= touched
    return found
