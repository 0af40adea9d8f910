"""What customers answered about touchpoints: importance, experience, preference and use of channels."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.checked_table import CheckedTable
from cem_nlp.cem.stages import CHANNELS
from cem_nlp.errors import BrokenSurvey
from cem_nlp.language import Bilingual
from cem_nlp.scores.means import mean_ranges
from cem_nlp.vocabulary import ALL, TOUCHPOINTS

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "touchpoint": ("触点", "接触点"),
    "channel": ("渠道",),
    "measure": ("指标", "测量", "项目"),
    "score": ("分数", "得分", "评分"),
    "respondent": ("受访者", "受访者编号", "编号"),
}
"""Columns of the file, with other headings they may carry."""

MEASURES: Final = {
    "experience": Bilingual("体验", "experience"),
    "importance": Bilingual("重要性", "importance"),
    "preference": Bilingual("偏好", "preference"),
    "use": Bilingual("使用", "use"),
}
OF_CHANNELS: Final = ("preference", "use")
"""Measures of a channel, at a touchpoint or everywhere; the others are of a touchpoint."""

FIGURES: Final = ("touchpoint", "channel", "measure", "value", "low", "high", "n")

_MEASURE_ALIASES: Final = {"实际体验": "experience", "重要度": "importance", "使用情况": "use"}
_EVERYWHERE: Final = {ALL: Bilingual("全部", "all")}


def read_touchpoint_survey(
    table: pd.DataFrame,
    names: Mapping[str, Bilingual] = TOUCHPOINTS,
    *,
    low: float = 0.0,
    high: float = 10.0,
    name: str = "touchpoints",
) -> pd.DataFrame:
    """Return the answers, one row each: touchpoint, channel ('all' where the file names none), measure, score
    (0–10) and respondent ('' where unknown).

    `table` holds strings, its index counting lines from 0 under the header. Experience and importance name a
    touchpoint, preference and use a channel, and where they hold for one touchpoint only, that as well.
    Scores are on the scale `low`–`high`; of preference and use only the proportions count. `names` are the
    taxonomy's touchpoints.

    Raises BrokenSurvey, naming line, column, value and the valid values: an unknown or missing touchpoint,
    channel or measure, a score that is no number or outside the scale, the same question answered twice by
    one respondent.
    """
    if not low < high:
        what = Bilingual("量表的 low 必须小于 high", "the low end of the scale must lie below its high end")
        raise BrokenSurvey(what, where=name, value=f"{low:g}–{high:g}")
    checked = CheckedTable.of(table, COLUMNS, ("measure", "score"), name, BrokenSurvey)
    answers = pd.DataFrame({"measure": checked.codes("measure", MEASURES, _MEASURE_ALIASES)})
    answers["touchpoint"] = _codes(checked, "touchpoint", names)
    answers["channel"] = _codes(checked, "channel", CHANNELS)
    scores = checked.numbers("score", low, high)
    answers["score"] = (scores - low) * 10 / (high - low)
    answers["respondent"] = checked.words("respondent")
    _refuse(checked, scores.isna(), "score", "没有分数", "a score is missing", [f"{low:g}–{high:g}"])
    of_channel = answers["measure"].isin(OF_CHANNELS)
    nowhere = ~of_channel & (answers["touchpoint"] == ALL)
    _refuse(checked, nowhere, "touchpoint", "体验和重要性要写明触点", "name the touchpoint", list(names))
    no_channel = of_channel & (answers["channel"] == ALL)
    _refuse(checked, no_channel, "channel", "偏好和使用要写明渠道", "name the channel", list(CHANNELS))
    question = ["respondent", "touchpoint", "channel", "measure"]
    twice = (answers["respondent"] != "") & answers.duplicated(question)
    _refuse(checked, twice, "score", "同一受访者同一问题答了两次", "a respondent answers one question twice")
    return answers[[*question, "score"]].reset_index(drop=True)


def no_answers() -> pd.DataFrame:
    """Return the answers of a survey nobody made."""
    columns = ["respondent", "touchpoint", "channel", "measure"]
    return pd.DataFrame(columns=[*columns, "score"]).astype(
        {**dict.fromkeys(columns, "str"), "score": "float64"}
    )


def touchpoint_figures(answers: pd.DataFrame) -> pd.DataFrame:
    """Return `FIGURES`: one row per touchpoint, channel and measure that the answers name.

    Experience and importance are means over respondents, preference and use each channel's share of a
    respondent's points, averaged; low and high are t ranges, null for a single respondent. Answers without a
    respondent are one voice each for the former, and together one voice for the latter.
    """
    if answers.empty:
        numbers = {"value": "float64", "low": "float64", "high": "float64", "n": "int64"}
        return pd.DataFrame(columns=list(FIGURES)).astype(dict.fromkeys(FIGURES, "str") | numbers)
    of_channel = answers["measure"].isin(OF_CHANNELS)
    line = "line " + answers.index.astype("str")
    voice = answers["respondent"].where((answers["respondent"] != "") | of_channel, line)
    cell = ["touchpoint", "channel", "measure"]
    said = answers.assign(voice=voice).groupby([*cell, "voice"])["score"].mean().reset_index()
    total = said.groupby(["touchpoint", "measure", "voice"])["score"].transform("sum")
    share = said["score"] / total.where(total > 0)
    said["value"] = share.where(said["measure"].isin(OF_CHANNELS), said["score"])
    said = said.dropna(subset="value").reset_index(drop=True)
    number = np.asarray(said.groupby(cell).ngroup(), dtype=np.int64)
    voices = np.asarray(pd.factorize(said["voice"])[0], dtype=np.int64)
    labels = said.assign(number=number).drop_duplicates("number").sort_values("number")[cell]
    scale = np.where(labels["measure"].isin(OF_CHANNELS), 1.0, 10.0)
    # Shares are a tenth of the scale on which answers are rounded.
    values = said["value"].to_numpy(np.float64) * 10 / scale[number]
    mean, low, high = mean_ranges(values, number, voices, len(labels))
    ends = {
        key: np.clip(end, 0, 10) * scale / 10 for key, end in (("value", mean), ("low", low), ("high", high))
    }
    return labels.assign(**ends, n=np.bincount(number)).reset_index(drop=True)[list(FIGURES)]


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
    valid: list[str] | None = None,
) -> None:
    if bad.any():
        row = int(bad.index[bad][0])
        if column in checked.headings:
            raise checked.broken(Bilingual(zh, en), row, column, valid)
        raise BrokenSurvey(Bilingual(zh, en), where=f"{checked.name}, line {row + 2}", value="", valid=valid)
