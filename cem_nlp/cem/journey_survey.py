"""Reading what customers scored along their way: a file of moments, each with a stage and a score."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

import pandas as pd

from cem_nlp.cem.checked_table import CheckedTable
from cem_nlp.cem.scales import refuse_reversed, rescaled
from cem_nlp.cem.stages import AT, JOURNEY, LIFE_CYCLE, VIEWS
from cem_nlp.errors import BrokenSurvey, InputError
from cem_nlp.language import Bilingual
from cem_nlp.places import cell
from cem_nlp.vocabulary import ALL, TOUCHPOINTS, UNKNOWN

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "customer": ("客户", "客户编号", "受访者", "受访者编号", "编号", "respondent"),
    "time": ("时间", "日期"),
    "step": ("步骤", "序号", "时刻"),
    "stage": ("阶段",),
    "touchpoint": ("触点", "接触点"),
    "score": ("分数", "得分", "评分"),
    "call": ("通话", "通话编号"),
    "brand": ("品牌", "公司"),
    "product": ("产品", "商品"),
}
"""Columns of the file, with other headings they may carry."""

SAID: Final = (
    "feedback_id",
    "brand",
    "product",
    "is_own",
    "kind",
    "customer_key",
    "created_at",
    "touchpoint",
    "emotion",
)
"""Columns of `journeys.emotions_said`."""

_STAGES: Final = {**JOURNEY, **LIFE_CYCLE}
_EPISODE: Final = ["customer", "call", "brand", "product"]


def read_journeys(
    table: pd.DataFrame,
    parse: Callable[[str], datetime],
    *,
    low: float = 0.0,
    high: float = 10.0,
    name: str = "journeys",
) -> pd.DataFrame:
    """Return one row per moment, in order, in the columns of `journeys.emotions_said`; no brand is own yet.

    `table` holds strings, its index counting lines from 0 under the header; `parse` returns the moment, with
    its zone, that a string names, or raises ValueError. Columns: customer; time, or else
    step (a number, which counts within a call, or a customer's way with one brand and product); stage (one of
    the five or of the three) or touchpoint; score on the scale `low`–`high`, rescaled to 0–10 as `emotion`.
    Call, brand and product may be absent: brand is then 'all', product 'unknown'. `feedback_id` is the call,
    or a customer's way with one brand and product, and `kind` transcript or survey; `touchpoint` is the
    touchpoint, or the stage alone (see `stages.AT`).

    Raises BrokenSurvey, naming line, column, value (unless it is a customer's number) and the valid values: a
    missing column or cell, an unknown stage or touchpoint, a touchpoint of another stage than the one beside
    it, what is no time or number, a score outside the scale, two moments of one customer at once, a call of
    two customers.
    """
    refuse_reversed(low, high, name, BrokenSurvey)
    checked = CheckedTable.of(table, COLUMNS, ("customer", "score"), name, BrokenSurvey)
    moments = pd.DataFrame({"customer": checked.words("customer")})
    _refuse_empty(checked, moments["customer"] == "", "customer", "缺少客户", "a row without customer")
    moments["call"] = checked.words("call")
    moments["brand"] = checked.words("brand").replace(["", "全部"], ALL)
    moments["product"] = checked.words("product").replace(["", "全部", ALL], UNKNOWN)
    moments["touchpoint"] = _places(checked)
    scores = checked.numbers("score", low, high)
    _refuse_empty(checked, scores.isna(), "score", "没有分数", "a score is missing")
    moments["emotion"] = rescaled(scores, low, high)
    moments = moments.join(_order(checked, parse))
    _refuse_at_once(checked, moments)
    _refuse_shared_calls(checked, moments)
    moments = moments.sort_values(["created_at", "step", *_EPISODE], ignore_index=True)
    is_call = moments["call"] != ""
    way = moments["customer"] + "×" + moments["brand"] + "×" + moments["product"]
    episode = way.mask(is_call, "call " + moments["call"])
    kind = pd.Series("survey", index=moments.index, dtype="str").mask(is_call, "transcript")
    moments = moments.rename(columns={"customer": "customer_key"})
    return moments.assign(feedback_id=episode, is_own=False, kind=kind)[list(SAID)]


def _places(checked: CheckedTable) -> "pd.Series[str]":
    """Return the touchpoint of every row, the stage alone where none is named."""
    stages = _codes(checked, "stage", _STAGES)
    touchpoints = _codes(checked, "touchpoint", TOUCHPOINTS)
    nowhere = (stages == "") & (touchpoints == "")
    column = "stage" if "stage" in checked.headings else "touchpoint"
    if nowhere.any():
        what = Bilingual("没有写阶段，也没有写触点", "neither stage nor touchpoint")
        valid = [name.zh for name in (*_STAGES.values(), *TOUCHPOINTS.values())]
        raise _broken(checked, what, int(nowhere.index[nowhere][0]), column, valid)
    for stage, (_, stage_of) in ((stage, view) for view in VIEWS.values() for stage in view[0]):
        wrong = (stages == stage) & (touchpoints != "") & (touchpoints.map(stage_of) != stage)
        if wrong.any():
            row = int(wrong.index[wrong][0])
            true = str(stage_of[touchpoints[row]])
            what = Bilingual(
                f"触点与阶段矛盾：这个触点属于{_STAGES[true].zh}；要按自己的阶段算，请不写触点",
                f"the touchpoint belongs to the stage {true}; leave it out to go by the stage alone",
            )
            raise checked.broken(what, row, "stage", [true, _STAGES[true].zh])
    return touchpoints.where(touchpoints != "", AT + stages)


def _codes(checked: CheckedTable, column: str, names: Mapping[str, Bilingual]) -> "pd.Series[str]":
    """Return the codes of a column that may be absent or empty: ''."""
    if column not in checked.cells:
        return pd.Series("", index=checked.cells.index, dtype="str")
    return checked.codes(column, names, {"": ""})


def _order(checked: CheckedTable, parse: Callable[[str], datetime]) -> pd.DataFrame:
    """Return `created_at`, null all the way where the file names no times, and `step`, 0 where no steps."""
    words, steps = checked.words("time"), checked.numbers("step")
    timed = bool((words != "").any())
    if not timed and steps.isna().all():
        what = Bilingual("缺少“time”（时间）或“step”（步骤）列", "a column 'time' or 'step' is missing")
        valid = ["time", *COLUMNS["time"], "step", *COLUMNS["step"]]
        raise BrokenSurvey(what, where=cell(checked.name, 1), valid=valid)
    missing = words == "" if timed else steps.isna()
    column, zh = ("time", "没有写时间") if timed else ("step", "没有写步骤")
    _refuse_empty(checked, missing, column, zh, f"a row without {column}")
    times = _times(checked, words, parse) if timed else [pd.NaT] * len(words)
    created = pd.Series(times, index=words.index, dtype="datetime64[us, UTC]")
    return pd.DataFrame({"created_at": created, "step": steps.fillna(0.0)})


def _times(
    checked: CheckedTable, words: "pd.Series[str]", parse: Callable[[str], datetime]
) -> list[datetime]:
    times = []
    for row, word in zip(words.index, words, strict=True):
        try:
            times.append(parse(word))
        except ValueError:
            what = Bilingual("不是时间", "this is no time")
            valid = ["2026-09-01 08:30", "2026/9/1", "2026年9月1日"]
            raise checked.broken(what, row, "time", valid) from None
    return times


def _refuse_at_once(checked: CheckedTable, moments: pd.DataFrame) -> None:
    """Refuse two moments of one customer's way whose order nobody knows."""
    key = [*_EPISODE, "created_at", "step"]
    twice = moments.duplicated(key)
    if twice.any():
        row = int(twice.index[twice][0])
        number = moments.groupby(key, dropna=False).ngroup()
        earlier = int(number.index[number == number[row]][0]) + 2
        what = Bilingual(
            f"同一客户在同一时刻打了两次分（另见第 {earlier} 行），分不清先后；请用步骤列排出先后",
            f"a customer scores twice at one moment (see also line {earlier}): order them in a column step",
        )
        column = "time" if (checked.words("time") != "").any() else "step"
        raise checked.broken(what, row, column)


def _refuse_shared_calls(checked: CheckedTable, moments: pd.DataFrame) -> None:
    first = moments.groupby("call")["customer"].transform("first")
    shared = (moments["call"] != "") & (moments["customer"] != first)
    if shared.any():
        what = Bilingual("同一通话属于两位客户", "a call of two customers")
        raise checked.broken(what, int(shared.index[shared][0]), "call", shown=False)


def _refuse_empty(checked: CheckedTable, empty: "pd.Series[bool]", column: str, zh: str, en: str) -> None:
    if empty.any():
        raise _broken(checked, Bilingual(zh, en), int(empty.index[empty][0]), column)


def _broken(
    checked: CheckedTable, what: Bilingual, row: int, column: str, valid: list[str] | None = None
) -> InputError:
    """Return the error for an empty cell, of a column that may be absent."""
    if column in checked.headings:
        return checked.broken(what, row, column, valid)
    return BrokenSurvey(what, where=cell(checked.name, row + 2), valid=valid)
