"""Reading a survey of experience, expectation, importance and ideal, in long form."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Final, TypeAlias

import pandas as pd

from cem_nlp.cem.amounts import ungrouped
from cem_nlp.cem.figures import CELL, MEASURES
from cem_nlp.cem.scales import refuse_reversed, rescaled
from cem_nlp.errors import BrokenSurvey
from cem_nlp.language import Bilingual
from cem_nlp.places import cell
from cem_nlp.showing import NAME_THE_COLUMNS, headerless, shown_headings, shown_value
from cem_nlp.vocabulary import ALL, CATEGORIES

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "brand": ("品牌", "公司"),
    "product": ("产品", "商品"),
    "segment": ("客群", "细分", "客户群", "客户类型"),
    "category": ("类别", "体验类别", "维度"),
    "measure": ("指标", "测量", "项目"),
    "score": ("分数", "得分", "评分"),
    "respondent": ("受访者", "受访者编号", "编号"),
}
"""Columns of a survey, with other headings they may carry."""

REQUIRED: Final = ("category", "measure", "score")

Where: TypeAlias = Callable[[int, str], Bilingual]
"""Names the place of a row and column in the file."""

_CATEGORY_ALIASES: Final = {"品牌": "brand", "便利": "convenience", "brand image": "brand"}
_MEASURE_ALIASES: Final = {
    "实际体验": "experience",
    "预期": "expectation",
    "期待": "expectation",
    "重要度": "importance",
    "理想": "ideal",
}
_TYPING_MISTAKE: Final = 0.8
"""Likeness above which an unknown heading is taken for a misspelt one, not for a column of the user's own."""

_CORRECT: Final = Bilingual("请修改表头（第 1 行）", "correct the header (line 1)")
_EVERYBODY: Final = ("all", "全部", "全体", "所有", "整体", "总体")
"""What may stand for all brands, products or segments."""

MANY_ANSWERS: Final = 6
"""Answers from which a survey whose scores all lie in the lower half of 0–10 is taken for one on another
scale: were the scores spread evenly over 0 to 10, that would come about in 3 of 100 surveys of six answers,
(6/11)^6, and hardly ever in longer ones. To declare 0–10 costs a moment, a misread scale every figure.
"""


def read_survey(
    table: pd.DataFrame, *, low: float = 0.0, high: float = 10.0, name: str = "survey"
) -> pd.DataFrame:
    """Return the answers of a survey, one row each, checked.

    `table` holds strings as the file does, its index counting rows from 0 under the header. Columns:
    category, measure and score; brand, product, segment and respondent may be absent or empty, which means
    'all' (for the respondent: an answer of somebody else each time). Headings, categories and measures may
    be Chinese. Scores are on the scale `low`–`high`, both ends included, and are rescaled to 0–10. `name`
    is the file in errors.

    The result has brand, product, segment, category, measure, score (0–10), respondent ('' where unknown) and
    line (of the file, the header being line 1). An answer that a respondent gives twice counts once.

    Raises BrokenSurvey, naming line, column, value and the valid values: a missing or doubled column, an
    unknown category or measure, a score that is no number or outside the scale, a respondent who contradicts
    himself, a survey without answers.
    """
    refuse_reversed(low, high, name, BrokenSurvey)
    headings = _headings(table, name)
    texts = pd.DataFrame(
        {column: table[heading].fillna("").map(_normal) for column, heading in headings.items()}
    )
    texts = texts[(texts != "").any(axis=1)]
    if texts.empty:
        raise BrokenSurvey(
            Bilingual("问卷里没有任何回答", "the survey holds no answers"),
            where=name,
            next_step=Bilingual("表头之下一行写一个回答", "below the heading, write one answer a row"),
        )
    where = partial(_place, name, headings)
    answers = pd.DataFrame(
        {column: _scope(texts[column]) if column in texts else ALL for column in CELL[:3]},
        index=texts.index,
        dtype="str",
    )
    answers["category"] = _codes(texts["category"], CATEGORIES, _CATEGORY_ALIASES, where)
    answers["measure"] = _codes(texts["measure"], MEASURES, _MEASURE_ALIASES, where)
    answers["score"] = _scores(texts["score"], low, high, where)
    answers["respondent"] = texts.get("respondent", "")
    answers["line"] = answers.index + 2
    return _once_each(answers, texts["score"], where)


def refuse_doubtful_scale(answers: pd.DataFrame, name: str) -> None:
    """Raise BrokenSurvey where answers read as 0–10, since no scale was declared, look like ones on 1–5."""
    highest = answers["score"].max()
    if len(answers) >= MANY_ANSWERS and highest <= 5:
        raise BrokenSurvey(
            Bilingual(
                "没有声明量表，而分数全都不高于 5：像是 5 分制的问卷",
                "no scale is declared and no score is above 5: this looks like a survey on a 1–5 scale",
            ),
            where=name,
            value=f"{answers['score'].min():g}–{highest:g}",
            next_step=Bilingual(
                "写明量表：命令行 --low 1 --high 5，或配置里的 low 与 high；确是 0–10 分也请写明",
                "declare it: --low 1 --high 5, or low and high in the configuration; even if it is 0–10",
            ),
        )


def unasked(answers: pd.DataFrame) -> dict[str, list[str]]:
    """Return which categories no answer of `read_survey` speaks of, by measure, the ideal left aside."""
    asked = answers.groupby("measure")["category"].agg(set).to_dict()
    missing = {
        measure: [category for category in CATEGORIES if category not in asked.get(measure, set())]
        for measure in MEASURES
        if measure != "ideal"
    }
    return {measure: categories for measure, categories in missing.items() if categories}


def _place(name: str, headings: Mapping[str, str], row: int, column: str) -> Bilingual:
    return cell(name, row + 2, headings[column])


def _scope(names: "pd.Series[str]") -> "pd.Series[str]":
    """Return brands, products or segments, 'all' where none is named or all are meant."""
    return names.mask(names.str.lower().isin(["", *_EVERYBODY]), ALL)


def _normal(text: object) -> str:
    return unicodedata.normalize("NFKC", str(text)).strip()


def _headings(table: pd.DataFrame, name: str) -> dict[str, str]:
    """Return the file's heading of each known column that is there."""
    known = {heading: column for column, others in COLUMNS.items() for heading in (column, *others)}
    found: dict[str, str] = {}
    for heading in map(str, table.columns):
        plain = _normal(heading).lower()
        column = known.get(plain)
        if column is None:
            if get_close_matches(plain, COLUMNS, n=1, cutoff=_TYPING_MISTAKE):
                raise _bad_heading("不认识的列", "unknown column", heading, name)
        elif column in found:
            raise _bad_heading("同一列出现两次", "the same column twice", heading, name)
        else:
            found[column] = heading
    for column in REQUIRED:
        if column not in found:
            raise _missing_heading(column, [*map(str, table.columns)], name)
    return found


def _missing_heading(column: str, headings: Sequence[str], name: str) -> BrokenSurvey:
    what = Bilingual(f"问卷缺少“{column}”列", f"the survey lacks the column {column!r}")
    joined = Bilingual("列与列之间须用逗号隔开", "columns are separated by commas")
    listed = shown_headings(headings, [word for name in COLUMNS for word in (name, *COLUMNS[name])])
    correct = _CORRECT if listed else NAME_THE_COLUMNS
    return BrokenSurvey(
        what if listed else headerless(what, headings),
        where=cell(name, 1),
        value=", ".join(listed) or None,
        valid=[column, *COLUMNS[column]],
        next_step=joined if len(headings) == 1 else correct,
    )


def _bad_heading(zh: str, en: str, heading: str, name: str) -> BrokenSurvey:
    return BrokenSurvey(
        Bilingual(zh, en),
        where=cell(name, 1),
        value=shown_value(heading),
        valid=list(COLUMNS),
        next_step=_CORRECT,
    )


def _codes(
    texts: "pd.Series[str]", names: Mapping[str, Bilingual], aliases: Mapping[str, str], where: Where
) -> "pd.Series[str]":
    """Return the codes of what a column names, by code or by name in either language."""
    known = {code: code for code in names} | dict(aliases)
    known |= {word: code for code, name in names.items() for word in name}
    codes = texts.str.lower().map(known)
    if codes.isna().any():
        row, column = codes.index[codes.isna()][0], str(texts.name)
        valid = [word for code, name in names.items() for word in (code, name.zh)]
        what = Bilingual("问卷里有不认识的名称", "the survey uses an unknown name")
        raise BrokenSurvey(
            what,
            where=where(row, column),
            value=shown_value(texts[row]),
            valid=valid,
            next_step=Bilingual("改成有效值后重试", "write a valid value and run again"),
        )
    return codes


def _scores(texts: "pd.Series[str]", low: float, high: float, where: Where) -> "pd.Series[float]":
    scores = pd.to_numeric(texts.map(ungrouped), errors="coerce").astype("float64")
    bad = ~scores.between(low, high)
    if bad.any():
        row = bad.index[bad][0]
        empty = Bilingual("没有分数", "a score is missing")
        wrong = Bilingual("分数不是数字，或超出量表", "a score is not a number or lies outside the scale")
        leave_out = Bilingual("未作答的行请删除", "leave out rows nobody answered")
        declare = Bilingual(
            "改正分数；量表不同时请写明 low 与 high（命令行 --low、--high，或配置的 [survey]）",
            "correct it, or declare another scale as low and high: --low and --high, or under [survey]",
        )
        raise BrokenSurvey(
            wrong if texts[row] else empty,
            where=where(row, "score"),
            value=shown_value(texts[row]),
            valid=[f"{low:g}–{high:g}"],
            next_step=declare if texts[row] else leave_out,
        )
    return rescaled(scores, low, high)


def _once_each(answers: pd.DataFrame, texts: "pd.Series[str]", where: Where) -> pd.DataFrame:
    """Drop an answer that its respondent repeats; refuse one that contradicts an earlier one."""
    question = ["respondent", *CELL, "measure"]
    named = answers["respondent"] != ""
    first = answers.groupby(question)[["score", "line"]].transform("first")
    contradicts = named & (answers["score"] != first["score"])
    if contradicts.any():
        row = contradicts.index[contradicts][0]
        earlier = int(first["line"][row])
        raise BrokenSurvey(
            Bilingual(
                f"同一受访者对同一问题给出两个分数（另见第 {earlier} 行）",
                f"a respondent gives two scores for one question (see also line {earlier})",
            ),
            where=where(row, "score"),
            value=texts[row],
            valid=[texts[earlier - 2]],
            next_step=Bilingual("只留一个分数后重试", "keep one of the two scores and run again"),
        )
    repeats = named & answers.duplicated(question)
    return answers[~repeats].reset_index(drop=True)
