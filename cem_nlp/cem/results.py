"""Business results before and after an action, stage by stage: the proof that step 7 asks for.

An action that comes in stages (a second shop, a third, a fourth) stands several times in the table of
actions, under one name, with a start each. A stage runs from its start to the next one; what lies before the
first start is the base that every stage is held against, as the method does: sales with two, three and four
shops were twice, three and more than four times one shop's.
"""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import t as student

from cem_nlp.cem.actions import dates
from cem_nlp.cem.checked_table import CheckedTable
from cem_nlp.errors import BrokenActions
from cem_nlp.language import Bilingual
from cem_nlp.scores.intervals import Numbers

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("day", "日期", "时间"),
    "value": ("result", "数值", "结果", "业绩", "销售额"),
    "action": ("what", "行动", "措施", "举措"),
}
"""Columns of a table of results, with other headings they may carry."""


def read_results(table: pd.DataFrame, actions: pd.DataFrame, name: str = "results") -> pd.DataFrame:
    """Return business results (date, value, action), checked; '' for a result of the company as a whole.

    Raises BrokenActions, naming line, column and value: a missing column, what is no date or no number, an
    action that the table of `actions` does not have, a second result of one day and action.
    """
    checked = CheckedTable.of(table, COLUMNS, ["date", "value"], name, BrokenActions)
    results = pd.DataFrame({"value": checked.numbers("value")})
    results["date"] = pd.Series(dates(checked, "date", needed=True), results.index, dtype=object)
    missing = results["value"].isna()
    if missing.any():
        raise checked.broken(Bilingual("缺少数值", "a value is missing"), missing.index[missing][0], "value")
    results["action"] = checked.words("action")
    known = list(dict.fromkeys(actions["action"]))
    unknown = ~results["action"].isin(["", *known])
    if unknown.any():
        what = Bilingual("行动表里没有这个行动", "the table of actions has no such action")
        raise checked.broken(what, unknown.index[unknown][0], "action", known)
    twice = results.duplicated(["date", "action"])
    if twice.any():
        what = Bilingual(
            "同一天的业绩写了两次：同一天有几笔请先合计",
            "a day has two results: add those of one day up first",
        )
        raise checked.broken(what, twice.index[twice][0], "date")
    return results.reset_index(drop=True)


def result_table(actions: pd.DataFrame, results: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Return the table `loop_results` (without `run_id`): one row per action and stage with results.

    A stage's ratio is its mean result over that of the stage before any start; only actions that have begun
    by the last result are there. The range is that of a ratio of two means on the logarithmic scale (delta
    method, with Welch's degrees of freedom): null where a stage has a single result or a mean is not above 0.
    It takes results for independent, and holds nothing else constant: season and market come on top.
    """
    rows = []
    for action, of_action in actions.groupby("action", sort=False):
        about = results[results["action"].isin(["", action])].sort_values("date", kind="stable")
        starts = sorted(set(of_action["since"]))
        if len(about) and starts[0] <= about["date"].iloc[-1]:
            rows += _stages(str(action), starts, about, confidence)
    return pd.DataFrame(rows, columns=list(_COLUMNS))


_COLUMNS: Final = (
    *("action", "stage", "since", "until", "n_results", "value", "ratio", "ratio_low", "ratio_high"),
)


def _stages(
    action: str, starts: list[date], results: pd.DataFrame, confidence: float
) -> list[dict[str, object]]:
    stage = np.array([bisect_right(starts, day) for day in results["date"]])
    values = results["value"].to_numpy(np.float64)
    base = values[stage == 0]
    rows = []
    for number in np.unique(stage):
        held = stage == number
        days = list(results["date"][held])
        ratio = _ratio(values[held], base, confidence) if number else (1.0, np.nan, np.nan)
        if not len(base):
            ratio = (np.nan, np.nan, np.nan)
        known = (days[0], days[-1], int(held.sum()), float(values[held].mean()))
        rows.append(dict(zip(_COLUMNS, (action, int(number), *known, *ratio), strict=True)))
    return rows


def _ratio(values: Numbers, base: Numbers, confidence: float) -> tuple[float, float, float]:
    if not len(base) or base.mean() <= 0:
        return np.nan, np.nan, np.nan
    ratio = float(values.mean() / base.mean())
    if ratio <= 0 or min(len(values), len(base)) < 2:
        return ratio, np.nan, np.nan
    parts = [side.var(ddof=1) / len(side) / side.mean() ** 2 for side in (values, base)]
    variance = sum(parts)
    if variance == 0:
        return ratio, ratio, ratio
    freedom = variance**2 / sum(
        part**2 / (len(side) - 1) for part, side in zip(parts, (values, base), strict=True)
    )
    reach = float(student.isf((1 - confidence) / 2, freedom) * np.sqrt(variance))
    return ratio, ratio * float(np.exp(-reach)), ratio * float(np.exp(reach))
