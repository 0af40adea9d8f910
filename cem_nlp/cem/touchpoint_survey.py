"""What customers answered about touchpoints: importance, experience, channels preferred and used, wishes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from cem_nlp.cem.checked_table import CheckedTable
from cem_nlp.cem.scales import refuse_reversed, rescaled
from cem_nlp.cem.stages import CHANNELS, PURCHASE
from cem_nlp.errors import BrokenSurvey
from cem_nlp.language import Bilingual
from cem_nlp.opinions.taxonomy import Touchpoint
from cem_nlp.places import cell
from cem_nlp.vocabulary import ALL

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "brand": ("品牌", "公司"),
    "product": ("产品", "商品"),
    "touchpoint": ("触点", "接触点"),
    "channel": ("渠道",),
    "stage": ("阶段", "购买阶段"),
    "measure": ("指标", "测量", "项目"),
    "score": ("分数", "得分", "评分"),
    "wish": ("希望", "愿望", "内容", "缺什么"),
    "respondent": ("受访者", "受访者编号", "编号"),
}
"""Columns of the file, with other headings they may carry."""

MEASURES: Final = {
    "experience": Bilingual("体验", "experience"),
    "importance": Bilingual("重要性", "importance"),
    "preference": Bilingual("偏好", "preference"),
    "use": Bilingual("使用", "use"),
}
WITH_WISHES: Final = {**MEASURES, "wish": Bilingual("希望", "wish")}
"""What a survey that stands alone may hold; beside feedback customers' own words tell what they wish for."""

OF_TOUCHPOINTS: Final = ("experience", "importance")
"""Measures of a touchpoint; channel and stage say where it lies."""
OF_CHANNELS: Final = ("preference", "use")
"""Measures of a channel, at a touchpoint or everywhere."""

QUESTION: Final = ["respondent", "brand", "product", "touchpoint", "channel", "measure"]
"""What tells the answers of a survey apart, but for wishes."""

_MEASURE_ALIASES: Final = {
    "实际体验": "experience",
    "重要度": "importance",
    "使用情况": "use",
    "愿望": "wish",
}
_EVERYWHERE: Final = {ALL: Bilingual("全部", "all")}


def read_touchpoint_survey(
    table: pd.DataFrame,
    places: Mapping[str, Touchpoint],
    *,
    low: float = 0.0,
    high: float = 10.0,
    name: str = "touchpoints",
    measures: Mapping[str, Bilingual] = MEASURES,
) -> pd.DataFrame:
    """Return the answers, one row each: respondent ('' where unknown), brand, product and touchpoint ('all'
    where the file names none), channel ('all' but for a channel's measure or wish), measure, score (0–10, NaN
    for a wish) and wish ('' but for a wish that is told in words).

    `table` holds strings, its index counting lines from 0 under the header. Experience and importance name a
    touchpoint, preference and use a channel, and where they hold for one touchpoint only, that as well.
    A wish says what is missing, in words (column `wish`) or as a channel, and where. Scores are on the scale
    `low`–`high`; of preference and use only the proportions count, and percentages will do. `places` are
    the touchpoints of the taxonomy, or those of `own_places`; `measures` those that the file may hold.

    Raises BrokenSurvey, naming line, column, value and the valid values: an unknown or missing touchpoint,
    channel, stage or measure, a channel or stage where the touchpoint does not lie, a score that is no number
    or outside the scale, a wish for nothing, the same question answered twice by one respondent.
    """
    refuse_reversed(low, high, name, BrokenSurvey)
    checked = checked_survey(table, name)
    answers = pd.DataFrame({"respondent": checked.words("respondent")})
    for column in ("brand", "product"):
        answers[column] = checked.words(column).replace(["", "全部"], ALL)
    answers = answers.join(named_places(checked, measures))
    answers["touchpoint"] = _touchpoints(checked, answers, places)
    answers["score"] = _scores(checked, answers["measure"], low, high)
    answers["wish"] = checked.words("wish").where(answers["measure"] == "wish", "")
    _refuse_nowhere(checked, answers, places)
    _refuse_elsewhere(checked, answers, places)
    answers["channel"] = answers["channel"].mask(answers["measure"].isin(OF_TOUCHPOINTS), ALL)
    _refuse_twice(checked, answers)
    return answers[[*QUESTION, "score", "wish"]].reset_index(drop=True)


def checked_survey(table: pd.DataFrame, name: str) -> CheckedTable:
    """Return the known columns of the file `name`. Raises BrokenSurvey for a heading; see `COLUMNS`."""
    return CheckedTable.of(table, COLUMNS, ("measure", "score"), name, BrokenSurvey)


def named_places(checked: CheckedTable, measures: Mapping[str, Bilingual]) -> pd.DataFrame:
    """Return the codes of measure, channel and stage ('all' where the file names none) of every row."""
    return pd.DataFrame(
        {
            "measure": checked.codes("measure", measures, _aliases(measures)),
            "channel": _codes(checked, "channel", CHANNELS),
            "stage": _codes(checked, "stage", PURCHASE),
        }
    )


def _aliases(measures: Mapping[str, Bilingual]) -> dict[str, str]:
    return {word: code for word, code in _MEASURE_ALIASES.items() if code in measures}


def matrix_cell(rows: pd.DataFrame, named: "pd.Series[bool]") -> "pd.Series[bool]":
    """Tell the rows of `named_places` that speak of a cell of the matrix: no touchpoint is `named`, but
    channel and stage are.
    """
    placed = (rows["channel"] != ALL) & (rows["stage"] != ALL)
    return placed & ~named & rows["measure"].isin(OF_TOUCHPOINTS)


def cell_code(rows: pd.DataFrame) -> "pd.Series[str]":
    """Return the code of each row's cell of the matrix, such as web×after."""
    return rows["channel"] + "×" + rows["stage"]


def no_answers() -> pd.DataFrame:
    """Return the answers of a survey nobody made."""
    columns = [*QUESTION, "score", "wish"]
    return pd.DataFrame(columns=columns).astype(dict.fromkeys(columns, "str") | {"score": "float64"})


def _touchpoints(
    checked: CheckedTable, rows: pd.DataFrame, places: Mapping[str, Touchpoint]
) -> "pd.Series[str]":
    codes = _codes(checked, "touchpoint", {code: place.name for code, place in places.items()})
    return codes.mask(matrix_cell(rows, codes != ALL), cell_code(rows))


def _scores(checked: CheckedTable, measure: "pd.Series[str]", low: float, high: float) -> "pd.Series[float]":
    """Return the scores, rescaled to 0–10. Raises BrokenSurvey for an answer without one."""
    is_wish, of_channel = measure == "wish", measure.isin(OF_CHANNELS)
    percent = of_channel & checked.words("score").str.endswith("%")
    shares = replace(checked, cells=checked.cells[percent]).numbers("score", 0.0, 100.0) / 10
    points = replace(checked, cells=checked.cells[~percent & ~is_wish]).numbers("score", low, high)
    scores = pd.concat([rescaled(points, low, high), shares]).reindex(measure.index)
    _refuse(
        checked, scores.isna() & ~is_wish, "score", "没有分数", "a score is missing", [f"{low:g}–{high:g}"]
    )
    return scores


def _refuse_nowhere(checked: CheckedTable, answers: pd.DataFrame, places: Mapping[str, Touchpoint]) -> None:
    """Refuse answers that do not say what they are about."""
    unplaced = answers["touchpoint"] == ALL
    nowhere = answers["measure"].isin(OF_TOUCHPOINTS) & unplaced
    _refuse(checked, nowhere, "touchpoint", "体验和重要性要写明触点", "name the touchpoint", list(places))
    everywhere = answers["channel"] == ALL
    no_channel = answers["measure"].isin(OF_CHANNELS) & everywhere
    _refuse(checked, no_channel, "channel", "偏好和使用要写明渠道", "name the channel", list(CHANNELS))
    is_wish = answers["measure"] == "wish"
    nothing = is_wish & (answers["wish"] == "") & (everywhere | unplaced)
    _refuse(
        checked,
        nothing,
        "wish",
        "没有写明希望什么：用自己的话写，或者写触点和渠道",
        "say what is wished for: in words, or as a touchpoint and channel",
    )


def _refuse_elsewhere(checked: CheckedTable, answers: pd.DataFrame, places: Mapping[str, Touchpoint]) -> None:
    """Refuse a channel or stage that contradicts where the touchpoint lies."""
    about = {"channel": answers["measure"].isin(OF_TOUCHPOINTS), "stage": answers["measure"] != ""}
    names = {"channel": CHANNELS, "stage": PURCHASE}
    for column, asked in about.items():
        lies = {code: str(getattr(place, column)) for code, place in places.items()}
        true = answers["touchpoint"].map(lies)
        wrong = asked & (answers[column] != ALL) & true.notna() & (answers[column] != true)
        if wrong.any():
            code = str(true[wrong.index[wrong][0]])
            zh = "与这个触点所在的渠道矛盾" if column == "channel" else "与这个触点所在的阶段矛盾"
            en = f"the touchpoint lies in another {column}"
            _refuse(checked, wrong, column, zh, en, [code, names[column][code].zh])


def _refuse_twice(checked: CheckedTable, answers: pd.DataFrame) -> None:
    """Refuse a respondent's second answer to a question."""
    question = [*QUESTION, "wish"]
    twice = (answers["respondent"] != "") & answers.duplicated(question)
    if twice.any():
        number = answers.groupby(question).ngroup()
        earlier = int(number.index[number == number[twice.index[twice][0]]][0]) + 2
        zh = f"同一受访者同一问题答了两次（另见第 {earlier} 行）"
        en = f"a respondent answers one question twice (see also line {earlier})"
        _refuse(checked, twice, "score", zh, en)


def _codes(checked: CheckedTable, column: str, names: Mapping[str, Bilingual]) -> "pd.Series[str]":
    """Return the codes of a column that may be absent or empty, which means 'all'."""
    if column not in checked.cells:
        return pd.Series(ALL, index=checked.cells.index, dtype="str")
    return checked.codes(column, {**names, **_EVERYWHERE}, {"": ALL})


def _refuse(
    checked: CheckedTable,
    bad: "pd.Series[bool]",
    column: str,
    zh: str,
    en: str,
    valid: Sequence[str] | None = None,
) -> None:
    if bad.any():
        row = int(bad.index[bad][0])
        if column in checked.headings:
            raise checked.broken(Bilingual(zh, en), row, column, valid)
        raise BrokenSurvey(Bilingual(zh, en), where=cell(checked.name, row + 2), value="", valid=valid)
