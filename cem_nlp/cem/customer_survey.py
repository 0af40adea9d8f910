"""A survey of satisfaction, customer by customer: the four kinds of customer where nothing else is known.

A customer gives the company one score, perhaps again in a later period. Where he was also asked what he had
expected, he is satisfied if the score is no lower (the triangle law: satisfaction = experience −
expectation); else if it lies above `experience_cut`, the middle of the scale by convention.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem import customers, survey
from cem_nlp.cem.checked_table import CheckedTable
from cem_nlp.cem.customer_kinds import LABELS, kinds_of
from cem_nlp.cem.scales import refuse_reversed, rescaled
from cem_nlp.config import Segments
from cem_nlp.config.customers import TENURE_BANDS
from cem_nlp.errors import BrokenSurvey
from cem_nlp.language import Bilingual
from cem_nlp.schemas import TABLES
from cem_nlp.showing import shown_value
from cem_nlp.vocabulary import ALL, UNKNOWN

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    **customers.COLUMNS,
    "customer": (*customers.COLUMNS["customer"], "respondent", "受访者", "受访者编号", "编号"),
    "score": (
        "满意度",
        "总体满意度",
        "满意度评分",
        "体验",
        "评分",
        "分数",
        "得分",
        "satisfaction",
        "experience",
    ),
    "expectation": ("期望", "预期", "期待"),
    "period": ("期次", "期", "月份", "季度", "年份"),
}
"""Columns of the survey, with other headings they may carry."""

_FACTS: Final = ("value", "growth", "tenure")
_NAMES: Final = ("region", "segment")


def read_customer_survey(
    table: pd.DataFrame, *, low: float = 0.0, high: float = 10.0, name: str = "survey"
) -> pd.DataFrame:
    """Return a survey of satisfaction, one row per customer and period, checked.

    `table` holds strings as the file does (see `csv_file.load_table`). Only score must be there, and customer
    where there are periods: customer (who is somebody else in each row where absent), expectation, period,
    value, growth, tenure, region and segment as in a customer table. Scores and expectations are on the scale
    `low`–`high` and are rescaled to 0–10, NaN where empty; 'unknown' stands for an empty region or segment.
    Periods are known by their figures (2026-08, 2026Q3, 第2期) and become their order, from 0.

    Raises BrokenSurvey, naming line, column and valid values, and the value unless it is a customer's number:
    a missing or doubled column, no number, a score outside the scale, a customer twice in one period, a
    period that is a day or holds no figure, no score at all.
    """
    refuse_reversed(low, high, name, BrokenSurvey)
    required = ["score", "customer"] if _has_period(table) else ["score"]
    checked = CheckedTable.of(table, COLUMNS, required, name, BrokenSurvey)
    answers = pd.DataFrame({"customer": _customers(checked), "period": _periods(checked)})
    for column in ("score", "expectation"):
        answers[column] = rescaled(checked.numbers(column, low, high), low, high)
    answers["value"] = checked.amounts("value")
    answers["growth"], answers["tenure"] = checked.numbers("growth"), checked.numbers("tenure", 0.0)
    for column in _NAMES:
        answers[column] = checked.words(column).replace("", UNKNOWN)
    if answers["score"].isna().all():
        raise BrokenSurvey(Bilingual("没有一个打分", "the survey holds no score"), where=name)
    what = Bilingual("同一客户在同一期出现两次", "a customer comes twice in one period")
    if "customer" in checked.cells:
        checked.refuse(answers.duplicated(["customer", "period"]), "customer", what, shown=False)
    return answers.reset_index(drop=True)


def asks_by_category(table: pd.DataFrame) -> bool:
    """Say whether a file's table is a survey of the seven steps, by its columns category and measure."""
    headings = {str(name).strip().lower() for name in table.columns}
    return all(headings & {column, *survey.COLUMNS[column]} for column in ("category", "measure"))


def customers_in(answers: pd.DataFrame, name: str = "survey") -> pd.DataFrame:
    """Return what `read_customer_survey` does from the answers of `read_survey`: a respondent is a customer.

    His score is the mean of his experience over categories; his expectation the mean of what he expected in
    the same, null unless he was asked for all of them. There is one period, and of the facts the segment.

    Raises BrokenSurvey: no experience, an answer without respondent, several brands.
    """
    said = answers[answers["measure"].isin(["experience", "expectation"])]
    brands = sorted(set(said["brand"]))
    if len(brands) > 1:
        what = Bilingual("四类客户只看一个品牌，问卷里有几个", "the four kinds are of one brand, not several")
        raise BrokenSurvey(what, where=name, value=", ".join(map(shown_value, brands)))
    if (said["respondent"] == "").any():
        what = Bilingual("没有受访者编号，分不出客户", "without respondents customers cannot be told apart")
        raise BrokenSurvey(what, where=name, valid=["respondent", "受访者"])
    people = said.pivot_table("score", ["respondent", "category"], "measure", aggfunc="mean")
    if "experience" not in people:
        raise BrokenSurvey(Bilingual("问卷没有问体验", "the survey does not ask for experience"), where=name)
    asked = people.reindex(columns=["experience", "expectation"]).dropna(subset="experience")
    of_person = asked.groupby("respondent")
    means = of_person.mean().where(of_person.count().eq(of_person.size(), axis=0))
    found = means.reset_index().set_axis(["customer", "score", "expectation"], axis=1)
    segment = said[said["segment"] != ALL].drop_duplicates("respondent").set_index("respondent")["segment"]
    found["segment"] = found["customer"].map(segment).fillna(UNKNOWN).astype("str")
    return found.assign(period=0, region=UNKNOWN, **dict.fromkeys(_FACTS, np.nan))


def _has_period(table: pd.DataFrame) -> bool:
    return not {"period", *COLUMNS["period"]}.isdisjoint(str(name).strip() for name in table.columns)


def _customers(checked: CheckedTable) -> "pd.Series[str]":
    if "customer" not in checked.cells:
        return "line " + (checked.cells.index + 2).astype("str").to_series(checked.cells.index)
    number = checked.words("customer")
    checked.refuse(number == "", "customer", Bilingual("缺少客户编号", "a row without customer"))
    return number


def _periods(checked: CheckedTable) -> "pd.Series[int]":
    """Return the place of each row's period in time, by the figures in its name."""
    words = checked.words("period")
    if "period" not in checked.cells:
        return pd.Series(0, index=words.index)
    figures = {word: tuple(map(int, re.findall(r"\d+", word))) for word in words.unique()}
    usual = len(next(iter(figures.values())))
    for word, key in figures.items():
        if len(key) not in (1, 2) or len(key) != usual:  # three figures are a day, and no period of a survey
            what = Bilingual("看不出这一期的先后", "where this period lies in time cannot be told")
            raise checked.broken(
                what, words.index[words == word][0], "period", ["2026-08", "2026Q3", "第2期"]
            )
    places = {key: place for place, key in enumerate(sorted(set(figures.values())))}
    return words.map({word: places[key] for word, key in figures.items()}).astype("int64")


def customers_of_survey(
    answers: pd.DataFrame, known: pd.DataFrame | None, settings: Segments
) -> pd.DataFrame:
    """Return the `customers` table of the schema, without `run_id`, and each customer's latest `expectation`.

    `answers` comes from `read_customer_survey`, `known` from `read_customers`, or is None: what the customer
    table leaves open, the survey's latest row may tell. `kind` rests on the last period, `kind_before` on the
    one before, both on today's values. In place of a hash there is the number as the file has it.

    Raises BrokenSurvey where the customer table knows none of the respondents, and where nobody has a value
    on the axis of `settings`.
    """
    facts = _facts(answers, known)
    values = facts[settings.axis].to_numpy(np.float64)
    if np.isnan(values).all():
        raise _no_value(settings.axis)
    table = facts.rename_axis("customer_key").reset_index()
    table = table.fillna(dict.fromkeys(_NAMES, UNKNOWN))
    table["tenure_band"] = customers.tenure_bands(table["tenure"], TENURE_BANDS)
    last = int(answers["period"].max())
    for suffix, period in (("_before", last - 1), ("", last)):
        said = answers[answers["period"] == period].set_index("customer").reindex(facts.index)
        satisfied = said["score"] > settings.experience_cut
        satisfied = satisfied.mask(said["expectation"].notna(), said["score"] >= said["expectation"])
        asked = said["score"].notna().to_numpy()
        table[f"kind{suffix}"] = kinds_of(satisfied.to_numpy(), asked, values, settings.axis, settings)
    table["experience"], table["expectation"] = (said[n].to_numpy() for n in ("score", "expectation"))
    counts = dict.fromkeys(("n_feedback", "n_mentions"), asked.astype(np.int64))
    table = table.assign(**counts, axis=settings.axis).astype(dict.fromkeys(LABELS, "str"))
    return table[[*(name for name in TABLES["customers"].names if name != "run_id"), "expectation"]]


def _facts(answers: pd.DataFrame, known: pd.DataFrame | None) -> pd.DataFrame:
    """Return what is known of each customer, by number: from the customer table, else the latest answer."""
    told = answers.mask(answers.isin([UNKNOWN])).sort_values("period", kind="stable")
    facts = told.groupby("customer")[[*_FACTS, *_NAMES]].last()
    if known is None:
        return facts
    table = known.set_index("customer")
    if not table.index.isin(facts.index).any():
        raise BrokenSurvey(
            Bilingual(
                "打分的客户没有一位在客户资料表里", "the customer table knows no customer of the survey"
            ),
            next_step=Bilingual("两份文件的客户编号须写法相同", "both files must spell numbers alike"),
        )
    open_ends = table.mask(table.isin([UNKNOWN]))
    return open_ends.combine_first(facts)[[*_FACTS, *_NAMES]].sort_index()


def _no_value(axis: str) -> BrokenSurvey:
    headings: Sequence[str] = (axis, *COLUMNS[axis])
    return BrokenSurvey(
        Bilingual(
            "没有一位打分客户的价值或增长：只有满意度，分不出四类客户",
            "no customer's value or growth is known: satisfaction alone does not tell the four kinds apart",
        ),
        valid=headings,
        next_step=Bilingual(
            "在问卷里加一列，或用 --customers 给出客户资料表；看增长而不看价值时用 --axis growth",
            "add the column to the survey, or give a customer table with --customers; --axis growth sorts by "
            "growth",
        ),
    )
