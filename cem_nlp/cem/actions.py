"""What a company did about a touchpoint and category, since when and at what cost: its own table, checked."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

import pandas as pd

from cem_nlp.cem.checked_table import CheckedTable
from cem_nlp.days import DATE_FORMS, parse_date
from cem_nlp.errors import BrokenActions
from cem_nlp.language import Bilingual
from cem_nlp.vocabulary import ALL, CATEGORIES, TOUCHPOINTS

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "action": ("what", "行动", "措施", "举措", "做什么"),
    "touchpoint": ("触点",),
    "category": ("类别", "体验类别"),
    "product": ("产品", "商品"),
    "since": ("start", "开始", "开始日期", "起始日期", "开始时间"),
    "cost": ("成本", "费用", "花费"),
    "until": ("end", "planned end", "planned_end", "结束", "结束日期", "计划结束"),
}
"""Columns of a table of actions, with other headings they may carry."""

FURTHEST: Final = timedelta(days=2 * 365)
"""How far ahead a start may be planned. A convention: what is further away is a mistyped year."""

_EVERYTHING: Final = Bilingual("全部", "all")
_ALIASES: Final = {"": ALL, "便利": "convenience", "品牌": "brand"}


def read_actions(
    table: pd.DataFrame,
    night: date,
    touchpoints: Mapping[str, Bilingual] = TOUCHPOINTS,
    name: str = "actions",
) -> pd.DataFrame:
    """Return the company's actions, one row each, checked.

    `table` holds strings as the file does (see `csv_file.load_table`); `touchpoints` names the taxonomy's.
    Columns: action (what is done), touchpoint and category (code or name; empty or 'all' for every one, but
    not both), since (first day, date); product (or 'all'), cost (amount of money ≥ 0, NaN where unknown) and
    until (last day planned, None where open) may be absent. A start after the night is a plan.

    Raises BrokenActions, naming line, column, value and valid values: a missing or doubled column, an action
    without a name, an unknown touchpoint or category, neither of them, what is no date, a start more than two
    years after `night`, an end before the start, a cost below 0, the same row twice.
    """
    checked = CheckedTable.of(
        table, COLUMNS, ["action", "touchpoint", "category", "since"], name, BrokenActions
    )
    actions = pd.DataFrame({"action": checked.words("action")})
    nameless = actions["action"] == ""
    if nameless.any():
        what = Bilingual("没有写做了什么", "the action has no name")
        raise checked.broken(what, nameless.index[nameless][0], "action")
    for column, names in (("touchpoint", touchpoints), ("category", CATEGORIES)):
        actions[column] = checked.codes(column, {**names, ALL: _EVERYTHING}, _ALIASES)
    everything = (actions["touchpoint"] == ALL) & (actions["category"] == ALL)
    if everything.any():
        what = Bilingual(
            "触点和类别至少写一个：对一切都有影响的行动没有可对照的部分",
            "name a touchpoint or a category: an action on everything leaves nothing to hold it against",
        )
        raise checked.broken(what, everything.index[everything][0], "touchpoint", list(touchpoints))
    actions["product"] = checked.words("product").replace("", ALL)
    starts = _starts(checked, night)
    actions["since"] = pd.Series(starts, actions.index, dtype=object)
    actions["until"] = pd.Series(_ends(checked, starts), actions.index, dtype=object)
    actions["cost"] = checked.amounts("cost")
    twice = actions.duplicated(["action", "touchpoint", "category", "product", "since"])
    if twice.any():
        what = Bilingual("同一行动写了两次", "the same action twice")
        raise checked.broken(what, twice.index[twice][0], "action")
    return actions.reset_index(drop=True)


def dates(checked: CheckedTable, column: str, *, needed: bool) -> list[date | None]:
    """Return a column's dates, None where empty. Raises the table's error for what is no date, and for an
    empty cell where one is `needed`.
    """
    words = checked.words(column)
    found = [parse_date(word) for word in words]
    for row, word, day in zip(words.index, words, found, strict=True):
        if day is None and (word or needed):
            missing = Bilingual("没有写日期", "the date is missing")
            what = Bilingual("不是日期", "this is no date") if word else missing
            raise checked.broken(what, row, column, DATE_FORMS)
    return found


def _starts(checked: CheckedTable, night: date) -> list[date | None]:
    starts = dates(checked, "since", needed=True)
    latest = night + FURTHEST
    for row, start in zip(checked.cells.index, starts, strict=True):
        if start is not None and start > latest:
            what = Bilingual(
                f"开始日期在 {night} 的两年以后：未来两年内的算“计划中”，再远多半是写错了年份",
                f"a start more than two years after {night}: within two years it is a plan, beyond them "
                "probably a mistyped year",
            )
            raise checked.broken(what, row, "since", [f"≤ {latest}"])
    return starts


def _ends(checked: CheckedTable, starts: Iterable[date | None]) -> list[date | None]:
    ends = dates(checked, "until", needed=False)
    for row, start, end in zip(checked.cells.index, starts, ends, strict=True):
        if start is not None and end is not None and end < start:
            what = Bilingual("结束早于开始", "the end is before the start")
            raise checked.broken(what, row, "until", [f"≥ {start}"])
    return ends
