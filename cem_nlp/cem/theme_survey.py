"""A survey of the experience themes: what respondents make of each, and its tie to loyalty.

A theme's tie to satisfaction is the mean satisfaction of respondents who rate the theme above its mean − that
of the others; its tie to repurchase the same of the share who mean to buy again, among respondents who are
alike satisfied, middling or not (see `theme_ties`). Who is content rates everything well: ties overlap, and
none is a cause.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import t

from cem_nlp.cem.checked_table import CheckedTable
from cem_nlp.cem.ranges import ROUNDING
from cem_nlp.cem.scales import refuse_reversed, rescaled
from cem_nlp.cem.stages import LIFE_CYCLE
from cem_nlp.cem.theme_ties import Flags, Integers, Outcome, Ties, ties_of
from cem_nlp.cem.themes import COLUMNS as THEME_COLUMNS
from cem_nlp.cem.themes import judged
from cem_nlp.config import Comparison, Scores
from cem_nlp.errors import BrokenSurvey
from cem_nlp.language import Bilingual
from cem_nlp.scores.intervals import SCALE, Numbers, share_range
from cem_nlp.scores.means import mean_ranges
from cem_nlp.vocabulary import ALL

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "respondent": ("受访者", "受访者编号", "编号"),
    "theme": ("主题", "体验主题", "项目", "指标", "题目"),
    "score": ("分数", "得分", "评分"),
    "brand": ("品牌", "公司"),
    "life_cycle": ("阶段", "关系阶段"),
}
"""Columns of the survey, with other headings they may carry."""

OUTCOMES: Final = {
    "satisfaction": Bilingual("满意度", "satisfaction"),
    "repurchase": Bilingual("回购", "repurchase"),
}
"""What themes are tied to, asked like a theme; in any stage of the relation."""

MIDDLE: Final = SCALE / 2
"""Score above which a respondent agrees: satisfied, means to buy again, finds the theme kept."""

_ALIASES: Final = {
    "便利性": "convenience",
    "总体满意度": "satisfaction",
    "回购意愿": "repurchase",
    "复购": "repurchase",
    "复购意愿": "repurchase",
}
_YES: Final = ("是", "会", "yes", "y")
_NO: Final = ("否", "不会", "no", "n")
_EVERY_STAGE: Final = {ALL: Bilingual("全部", "all")}
_CELL: Final = ["brand", "theme", "life_cycle"]


def read_theme_survey(
    table: pd.DataFrame,
    *,
    themes: Mapping[str, Bilingual],
    low: float = 0.0,
    high: float = 10.0,
    name: str = "survey",
) -> pd.DataFrame:
    """Return the answers, one row each: respondent, brand, theme, life_cycle ('all' where none is named) and
    score, 0–10.

    `table` holds strings as the file does (see `csv_file.load_table`). Columns respondent, theme and score;
    brand and life_cycle may be absent. theme is one of `themes`, or satisfaction or repurchase; repurchase
    may be answered by yes and no. Scores are on the scale `low`–`high`.

    Raises BrokenSurvey, naming line, column, value and valid values: a missing or doubled column, an unknown
    theme or stage, a row without respondent, a score that is missing, no number or outside the scale, a
    respondent who answers one question twice, a survey that asks for no theme.
    """
    refuse_reversed(low, high, name, BrokenSurvey)
    checked = CheckedTable.of(table, COLUMNS, ["respondent", "theme", "score"], name, BrokenSurvey)
    answers = pd.DataFrame({"respondent": checked.words("respondent")})
    checked.refuse(
        answers["respondent"] == "", "respondent", Bilingual("缺少受访者", "a row without respondent")
    )
    answers["brand"] = checked.words("brand").replace("", ALL)
    answers["theme"] = checked.codes("theme", {**themes, **OUTCOMES}, _ALIASES)
    answers["life_cycle"] = ALL
    if "life_cycle" in checked.cells:
        answers["life_cycle"] = checked.codes("life_cycle", {**LIFE_CYCLE, **_EVERY_STAGE}, {"": ALL})
    answers["score"] = _scores(checked, answers["theme"], low, high)
    twice = answers.duplicated(["respondent", *_CELL])
    checked.refuse(
        twice, "theme", Bilingual("同一受访者对同一项打分两次", "a respondent answers one question twice")
    )
    if answers["theme"].isin([*OUTCOMES]).all():
        raise BrokenSurvey(
            Bilingual("问卷没有问任何主题", "the survey asks for no theme"), where=name, valid=list(themes)
        )
    return answers.reset_index(drop=True)


def _scores(checked: CheckedTable, theme: "pd.Series[str]", low: float, high: float) -> "pd.Series[float]":
    """Return the scores, 0–10; yes and no, as answers on repurchase, are the ends of the scale."""
    ends = dict.fromkeys(_YES, f"{high}") | dict.fromkeys(_NO, f"{low}")
    said = checked.words("score").str.lower().map(ends)
    meant = said.notna() & (theme == "repurchase")
    figures = replace(checked, cells=checked.cells.assign(score=checked.cells["score"].mask(meant, said)))
    scores = figures.numbers("score", low, high)
    checked.refuse(scores.isna(), "score", Bilingual("缺少分数", "a score is missing"), [f"{low:g}–{high:g}"])
    return rescaled(scores, low, high)


def theme_survey_table(
    answers: pd.DataFrame,
    levels: Mapping[str, int],
    own: Collection[str],
    scores: Scores,
    comparison: Comparison,
) -> pd.DataFrame:
    """Return the `themes` table of the schema, without `run_id`, from `read_theme_survey`.

    `n_comments` counts respondents, `share` is of those who rate the theme above the middle, `experience` the
    mean rating with its t range; `levels` gives each theme its place in the pyramid, `own` names the own
    brands. Cells and ties need `scores.minimum_mentions` respondents, ties as many on either side; the
    number of a tie is null where its outcome was not asked for.
    """
    whole = answers.groupby(["brand", "theme", "respondent"])["score"].mean().reset_index()
    staged = answers[answers["life_cycle"] != ALL]
    rated = pd.concat([whole.assign(life_cycle=ALL), staged], ignore_index=True)
    table = _described(rated[~rated["theme"].isin([*OUTCOMES])].reset_index(drop=True), scores)
    ties = _ties(whole, scores, comparison)
    table = table.merge(ties, how="left", on=_CELL)
    table["is_own"] = table["brand"].isin([*own])
    stages = {code: number for number, code in enumerate((ALL, *LIFE_CYCLE))}
    table = table.assign(level=table["theme"].map(levels), stages=table["life_cycle"].map(stages))
    table = table.sort_values(["brand", "level", "stages"], ignore_index=True)
    return table[[*THEME_COLUMNS]]


def _described(rated: pd.DataFrame, scores: Scores) -> pd.DataFrame:
    """Return n_comments, share and experience with ranges per brand, theme and stage."""
    number: Integers = np.asarray(rated.groupby(_CELL).ngroup(), dtype=np.int64)
    cells = rated.assign(number=number).drop_duplicates("number").sort_values("number")[_CELL]
    voice: Integers = np.asarray(pd.factorize(rated["respondent"])[0], dtype=np.int64)
    values = rated["score"].to_numpy(np.float64)
    n: Numbers = np.bincount(number, minlength=len(cells)).astype(np.float64)
    agree: Numbers = np.bincount(number, values > MIDDLE, len(cells)).astype(np.float64)
    shown = n >= scores.minimum_mentions
    measures = {
        "share": (agree / n, *share_range(agree, n, scores.confidence)),
        "experience": mean_ranges(values, number, voice, len(cells), scores.confidence),
    }
    table = cells.reset_index(drop=True).assign(n_comments=n.astype(np.int64))
    for name, ends in measures.items():
        top = 1.0 if name == "share" else SCALE
        for end, found in zip(("", "_low", "_high"), ends, strict=True):
            table[f"{name}{end}"] = np.where(shown, np.clip(found, 0, top), np.nan)
    return table


def _ties(whole: pd.DataFrame, scores: Scores, comparison: Comparison) -> pd.DataFrame:
    """Return both ties of every theme and brand, with verdicts."""
    people = whole.pivot(index=["brand", "respondent"], columns="theme", values="score")
    asked = {name: people[name] if name in people else people.iloc[:, 0] * np.nan for name in OUTCOMES}
    parts = []
    for theme in people.columns.difference([*OUTCOMES]):
        rating = people[theme]
        for brand, own in rating.groupby(level="brand"):
            above = (own > own.mean()).to_numpy()
            outcome = {name: values.loc[own.index].where(own.notna()) for name, values in asked.items()}
            satisfied = outcome["satisfaction"].to_numpy(np.float64)
            found = {
                "satisfaction": difference_of_means(satisfied, above, scores.confidence),
                "repurchase": _of_repurchase(outcome["repurchase"], satisfied, above, scores.confidence),
            }
            columns: dict[str, object] = {"brand": [brand], "theme": theme}
            for name, ties in found.items():
                columns |= _columns(name, ties, scores.minimum_mentions)
            parts.append(pd.DataFrame(columns))
    table = pd.concat(parts, ignore_index=True).assign(life_cycle=ALL, satisfaction_by="rating")
    return judged(table, comparison.false_discovery_rate)


def _columns(name: str, ties: Ties, minimum: int) -> dict[str, object]:
    enough = np.minimum(ties.n_with, ties.n_without) >= minimum
    columns: dict[str, object] = {
        f"{name}_effect{end}": np.where(enough, values, np.nan)
        for end, values in zip(("", "_low", "_high"), ties.difference, strict=True)
    }
    n_asked = ties.n_with + ties.n_without
    columns[f"{name}_n"] = np.where(n_asked > 0, ties.n_with.astype(np.float64), np.nan)
    return columns | {f"{name}_p": np.where(enough, ties.p_value, np.nan)}


def difference_of_means(values: Numbers, above: Flags, confidence: float) -> Ties:
    """Return the mean of `values` where `above` − where not, with Welch's range and p-value (Welch 1947, "The
    generalization of 'Student's' problem"); NaN values are left out. A side's
    spread is at least what rounding hides, see `ranges.ROUNDING`.
    """
    sides = [values[mask & ~np.isnan(values)] for mask in (above, ~above)]
    n = np.array([len(side) for side in sides])
    if n.min() < 2:
        nothing = (np.array([np.nan]),) * 3
        return Ties(nothing, np.array([np.nan]), n[:1], n[1:], np.array([0.0]))
    spread = np.array([max(float(side.var(ddof=1)), ROUNDING**2) for side in sides]) / n
    freedom = spread.sum() ** 2 / (spread**2 / (n - 1)).sum()
    difference, error = sides[0].mean() - sides[1].mean(), np.sqrt(spread.sum())
    half = t.ppf((1 + confidence) / 2, freedom) * error
    ends = tuple(np.array([difference + away]) for away in (0.0, -half, half))
    p_value = np.array([2 * t.sf(abs(difference) / error, freedom)])
    return Ties((ends[0], ends[1], ends[2]), p_value, n[:1], n[1:], np.array([0.0]))


def _of_repurchase(
    repurchase: "pd.Series[float]", satisfied: Numbers, above: Flags, confidence: float
) -> Ties:
    """Return the difference in the share who mean to buy again, satisfaction alike where it is known."""
    again = (repurchase > MIDDLE).astype("float64").where(repurchase.notna()).to_numpy(np.float64)
    shares: Numbers = np.stack([again, 0 * again, 1 - again], axis=-1)
    stratum = np.nan_to_num(np.sign(satisfied - MIDDLE), nan=2.0).astype(np.int64) + 1
    nobody = np.zeros(len(again), dtype=np.int64)
    voices = np.arange(len(again), dtype=np.int64)
    return ties_of(above, Outcome(shares, stratum, 1.0), nobody, voices, confidence)
