"""The feedback loop (step 7): did what the company did change what customers say?

Each action is judged by difference in differences (`scores.before_after`): the own brands' touchpoint and
category that it touches, against the own brands' untouched categories and the rivals' same touchpoint and
category, over as many whole weeks before its start as after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from cem_nlp.cem.loop_arms import (
    RIVALS,
    TOUCHED,
    UNTOUCHED,
    UNTOUCHED_OWN,
    Talk,
    Window,
    arms_of,
    other_actions,
    talk_of,
    window_of,
    with_periods,
)
from cem_nlp.config import Actions
from cem_nlp.scores.before_after import Change, changes, effect_of

STATUSES: Final = ("working", "not_working", "no_evidence", "too_early", "planned")

MEASURES: Final = (
    *("before", "after", "change", "change_untouched", "effect", "effect_own", "effect_rivals", "trend"),
)
"""Measures of the table `feedback_loop`, each with its range."""

Measure = tuple[float, float, float]
_UNKNOWN: Final[Measure] = (np.nan, np.nan, np.nan)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the opinions say of an action: see the columns of `feedback_loop`."""

    status: str
    reason: str
    weeks: int = 0
    n_before: int = 0
    n_after: int = 0
    n_untouched: int = 0
    blame: float = np.nan
    measures: Mapping[str, Measure] | None = None


def feedback_loop_table(
    actions: pd.DataFrame,
    feedback: pd.DataFrame,
    opinions: pd.DataFrame,
    own: Sequence[str],
    rivals: Sequence[str],
    night: date,
    settings: Actions,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return the table `feedback_loop`, without `run_id` and money: one row per action, in their order.

    `actions` are those of `actions.read_actions`; `feedback` (with source and created_at) and `opinions`
    follow their schemas. `rivals` names the rivals, every other brand if empty. Undated feedback, near-
    duplicates and days after `night` do not count.

    Verdicts: 'working' if the whole range of the effect lies above 0 and the effect is at least
    `settings.minimum_effect`; 'not_working' if the whole range lies below that minimum; else 'no_evidence'.
    There is no verdict where the touched cell has too few opinions, nothing untouched has any, the touched
    cell and the rest had moved apart already before (`trend`), the two kinds of untouched cells contradict
    each other, or another action touched the same cell within the weeks compared.
    """
    talk = talk_of(feedback, opinions, own, rivals, night)
    rows = []
    for number, action in enumerate(actions.to_dict("records"), 1):
        others = other_actions(actions, number - 1)
        judged = _judged(action, others, talk, settings, confidence)
        rows.append({"action_no": number, **_row(action, judged, talk)})
    return pd.DataFrame(rows)


def _row(action: Mapping[Any, Any], judged: Judgement, talk: Talk) -> dict[str, Any]:
    named = {name: action[name] for name in ("action", "touchpoint", "category", "product", "since", "until")}
    counted = {name: getattr(judged, name) for name in ("weeks", "n_before", "n_after", "n_untouched")}
    row = {**named, "status": judged.status, "reason": judged.reason, "judged_on": talk.last, **counted}
    for name in MEASURES:
        found = (judged.measures or {}).get(name, _UNKNOWN)
        row |= dict(zip((name, f"{name}_low", f"{name}_high"), found, strict=True))
    return {**row, "share_of_blame": judged.blame, "cost": action["cost"]}


def _judged(
    action: Mapping[Any, Any], others: pd.DataFrame, talk: Talk, settings: Actions, confidence: float
) -> Judgement:
    if talk.last is None or action["since"] > talk.last:
        return Judgement("planned", "not_begun")
    window = window_of(action, talk, settings.weeks)
    if window.weeks < settings.minimum_weeks:
        short = "too_early" if window.growing else "no_evidence"
        return Judgement(short, "few_weeks" if window.growing else "short_history", window.weeks)
    arms = arms_of(action, others, talk, window)
    inside = with_periods(arms, window.since, window.weeks)
    counts = inside[inside["arm"] == TOUCHED]["period"].value_counts()
    n_before, n_after = (int(counts.get(name, 0)) for name in ("before", "after"))
    if min(n_before, n_after) < settings.minimum_mentions:
        status = "too_early" if window.growing else "no_evidence"
        return Judgement(status, "few_mentions", window.weeks, n_before, n_after)
    return _compared(action, others, arms, inside, window, settings, confidence)


def _compared(
    action: Mapping[Any, Any],
    others: pd.DataFrame,
    arms: pd.DataFrame,
    inside: pd.DataFrame,
    window: Window,
    settings: Actions,
    confidence: float,
) -> Judgement:
    found = changes(_united(inside), confidence)
    apart = changes(inside[inside["arm"] != ""], confidence)
    touched, untouched = found.get(TOUCHED), found.get(UNTOUCHED)
    if touched is None or np.isnan(touched.change[0]):
        return Judgement("no_evidence", "few_mentions", window.weeks)
    known = {"before": touched.before, "after": touched.after, "change": touched.change}
    counts = (window.weeks, touched.n_before, touched.n_after)
    if untouched is None or np.isnan(untouched.change[0]):
        return Judgement("no_evidence", "nothing_untouched", *counts, measures=known)
    known |= {
        "change_untouched": untouched.change,
        "effect": effect_of(touched, untouched),
        "effect_own": _against(apart, UNTOUCHED_OWN),
        "effect_rivals": _against(apart, RIVALS),
        "trend": _trend(arms, window, confidence),
    }
    reason = _doubt(known, action, others, window)
    status = "no_evidence" if reason else _verdict(known["effect"], settings.minimum_effect)
    return Judgement(
        status,
        reason or ("uncertain" if status == "no_evidence" else "judged"),
        *counts,
        n_untouched=untouched.n_before + untouched.n_after,
        blame=_share_of_blame(inside),
        measures=known,
    )


def _verdict(effect: Measure, minimum: float) -> str:
    value, low, high = effect
    if low > 0 and value >= minimum:
        return "working"
    return "not_working" if high < minimum else "no_evidence"


def _doubt(
    known: Mapping[str, Measure], action: Mapping[Any, Any], others: pd.DataFrame, window: Window
) -> str | None:
    """Return why no verdict can be trusted, None where one can."""
    same = others[(others["touchpoint"] == action["touchpoint"]) & (others["category"] == action["category"])]
    if any(window.begin < since < window.end for since in same["since"]):
        return "two_actions"
    _, low, high = known["trend"]
    if low > 0 or high < 0:
        return "moved_before"
    sides = [known["effect_own"], known["effect_rivals"]]
    if any(side[1] > 0 for side in sides) and any(side[2] < 0 for side in sides):
        return "untouched_disagree"
    return None


def _united(inside: pd.DataFrame) -> pd.DataFrame:
    """Return the touched cell and, as one arm, both kinds of untouched cells."""
    told = inside[inside["arm"] != ""]
    return told.assign(arm=told["arm"].where(told["arm"] == TOUCHED, UNTOUCHED))


def _against(found: Mapping[str, Change], arm: str) -> Measure:
    return effect_of(found[TOUCHED], found[arm]) if arm in found else _UNKNOWN


def _trend(arms: pd.DataFrame, window: Window, confidence: float) -> Measure:
    """Return the effect of an action that never was: the later weeks before the start against the earlier
    ones. It is 0 where touched and untouched cells moved alike (parallel trends).
    """
    if window.trend_weeks == 0:
        return _UNKNOWN
    middle = window.since - timedelta(weeks=window.trend_weeks)
    found = changes(_united(with_periods(arms, middle, window.trend_weeks)), confidence)
    return _against(found, UNTOUCHED)


def _share_of_blame(inside: pd.DataFrame) -> float:
    """Return the touched cell's opinions before the start, per negative opinion on the own brands."""
    before = inside[inside["period"] == "before"]
    mine = before[before["is_own"]]
    negative = int((mine["half_points"] == 0).sum())
    return float((mine["arm"] == TOUCHED).sum()) / negative if negative else np.nan
