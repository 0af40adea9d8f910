"""What a survey says of each brand's experience, and where the own brand stands against a reference group.

Figures are those of the seven steps' survey. The whole is the plain mean over the categories asked; a
reference group is the plain mean over its brands, however many answered on each. A respondent is drawn anew
as a whole (see `draws`), so that one who rates several brands or categories counts in each as himself.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control, t

from cem_nlp.cem.benchmark import COLUMNS, finished
from cem_nlp.cem.draws import REPLICATES, survey_draws
from cem_nlp.cem.ranges import Numbers
from cem_nlp.cem.survey_figures import survey_figures, voices_of
from cem_nlp.config import Comparison, Scores
from cem_nlp.vocabulary import ALL, CATEGORIES

_CELL: Final = ["brand", "category"]
_ENDS: Final = ("", "_low", "_high")


@dataclass(frozen=True, slots=True)
class BrandSurvey:
    """Experience by brand and category: `means` (brand, category, value, n respondents), and their `draws`,
    one row for each.
    """

    means: pd.DataFrame
    draws: Numbers


@dataclass(frozen=True, slots=True)
class _Mean:
    """A mean with its draws and the respondents it rests on."""

    value: float
    draws: Numbers
    n: int

    def ends(self, confidence: float, reach: tuple[float, float]) -> tuple[float, float, float]:
        """Return the mean and its t range inside `reach`; no range for a single respondent."""
        half = self.deviation * float(t.ppf((1 + confidence) / 2, max(self.n - 1, 1)))
        low, high = np.clip([self.value - half, self.value + half], *reach)
        return self.value, float(low), float(high)

    @property
    def deviation(self) -> float:
        return float(self.draws.std())


def brand_survey(answers: pd.DataFrame, rng: np.random.Generator) -> BrandSurvey:
    """Return what the answers of `read_survey` say of experience, over all products and segments."""
    said = answers[answers["measure"] == "experience"].reset_index(drop=True)
    figures = survey_figures(said).reset_index(drop=True)
    draws = survey_draws(said, REPLICATES, rng)
    voices = voices_of(said)
    n = voices.groupby([*_CELL, "product", "segment"])["voice"].nunique().rename("n")
    whole = figures[(figures["product"] == ALL) & (figures["segment"] == ALL)]
    means = whole.merge(n.reset_index(), on=[*_CELL, "product", "segment"])
    return BrandSurvey(means[[*_CELL, "value", "n"]], draws[whole.index])


def survey_experience(survey: BrandSurvey, scores: Scores) -> pd.DataFrame:
    """Return brand, category ('all' for the whole), n_mentions, experience with range, experience_from."""
    rows = []
    for brand, part in survey.means.groupby("brand", sort=False):
        for category in (ALL, *part["category"]):
            wanted = part["category"] if category == ALL else [category]
            mean = _mean(survey, [str(brand)], list(wanted))
            ends = mean.ends(scores.confidence, (0.0, 10.0))
            row = {"brand": brand, "category": category, "n_mentions": mean.n, "experience_from": "survey"}
            rows.append(row | {f"experience{end}": v for end, v in zip(_ENDS, ends, strict=True)})
    return pd.DataFrame(rows)


def against_surveyed(
    survey: BrandSurvey,
    own: str,
    group: Sequence[str],
    reference: str,
    comparison: Comparison,
    scores: Scores,
) -> pd.DataFrame:
    """Return the `benchmarks` table of the schema, without `run_id`: `own` against the brands of `group`.

    A category has a row if both sides were asked about it; the whole is taken over these. Fewer than
    `scores.minimum_mentions` respondents on either side are suppressed. Verdicts as in a comparison: a
    q-value over the rows of at most `comparison.false_discovery_rate`, and a difference that counts.
    """
    of_own, of_group = (_asked(survey, brands) for brands in ([own], group))
    shared = [category for category in CATEGORIES if category in of_own & of_group]
    if not shared:
        return pd.DataFrame(columns=list(COLUMNS))
    rows, p_values = [], []
    for wanted in [shared, *([category] for category in shared)]:
        mine, theirs = _mean(survey, [own], wanted), _mean(survey, group, wanted)
        difference = _Mean(mine.value - theirs.value, mine.draws - theirs.draws, min(mine.n, theirs.n))
        few = difference.n < scores.minimum_mentions or np.isnan(difference.deviation)
        p_values.append(np.nan if few else _p_value(difference))
        row: dict[str, object] = {"brand": own, "category": wanted[0] if wanted is not shared else ALL}
        row |= {"n_mentions": mine.n, "n_rival": theirs.n}
        for name, mean in (("experience", mine), ("reference_value", theirs), ("difference", difference)):
            ends = mean.ends(scores.confidence, (-10.0, 10.0) if name == "difference" else (0.0, 10.0))
            row |= {f"{name}{end}": np.nan if few else v for end, v in zip(_ENDS, ends, strict=True)}
        rows.append(row)
    table = pd.DataFrame(rows)
    return finished(table.assign(verdict=_verdicts(table, p_values, comparison)), reference, "brands")


def _asked(survey: BrandSurvey, brands: Collection[str]) -> set[str]:
    return {*survey.means.loc[survey.means["brand"].isin([*brands]), "category"]}


def _mean(survey: BrandSurvey, brands: Sequence[str], categories: Sequence[str]) -> _Mean:
    """Return the plain mean over categories of the plain means over brands; n is the least of the cells'."""
    values, draws, least = [], [], []
    for category in categories:
        here = survey.means["brand"].isin([*brands]) & (survey.means["category"] == category)
        values.append(survey.means.loc[here, "value"].mean())
        draws.append(survey.draws[here.to_numpy()].mean(axis=0))
        least.append(int(survey.means.loc[here, "n"].sum()))
    return _Mean(float(np.mean(values)), np.mean(draws, axis=0), min(least))


def _p_value(difference: _Mean) -> float:
    return float(2 * t.sf(abs(difference.value) / difference.deviation, difference.n - 1))


def _verdicts(table: pd.DataFrame, p_values: Sequence[float], settings: Comparison) -> list[str]:
    p = np.array(p_values, dtype=np.float64)
    known = ~np.isnan(p)
    q = np.full_like(p, np.nan)
    q[known] = false_discovery_control(p[known]) if known.any() else []
    size = table["difference"].to_numpy(np.float64)
    sure = (q <= settings.false_discovery_rate) & (np.abs(size) >= settings.minimum_effect)
    verdict = np.where(sure, np.where(size > 0, "better", "worse"), "no_evidence")
    return [str(said) for said in np.where(known, verdict, "suppressed")]
