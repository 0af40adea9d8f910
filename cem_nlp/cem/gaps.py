"""The seven steps of the method, per product × segment × category: the `gaps` table."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.chosen import GROUP, Flags, choose
from cem_nlp.cem.figures import estimate
from cem_nlp.cem.key_probability import key_probability
from cem_nlp.cem.ranges import Estimate, Numbers
from cem_nlp.cem.triangle import satisfaction, weighted_satisfaction
from cem_nlp.schemas import TABLES

COLUMNS: Final = tuple(name for name in TABLES["gaps"].names if name != "run_id")

RAISE: Final = 3.0
"""Points by which the ideal of the key experience lies above its expectation: the method's worked example
raises an expectation of 7 to an ideal of 10."""

BEST: Final = 10.0
"""No experience can be raised above the scale."""


def gap_table(
    survey: pd.DataFrame,
    text: pd.DataFrame,
    draws: Numbers | None = None,
    reach: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Return the `gaps` table of the schema, without `run_id`, from two tables of figures (see `figures`).

    `survey` comes from `survey_figures`, `text` from `text_figures`; either may be `no_figures()`. A cell
    has a row if one of them lists it; `chosen` says which figure speaks for it. What neither knows is null,
    and so is what follows from it; a range is null unless all its parts have one.

    The key experience of a product × segment is the category that comes first in this order: negative
    weighted satisfaction, the most negative first; then the others by importance, the highest first. A
    category without any importance, or whose experience nobody knows, is not in line; without one in line
    there is no key. The runner-up is the second. `rank` counts weighted satisfaction alone. Ties go to the
    higher importance, then to the order of the six categories (`tied`).
    `draws`, the survey's above the text's (module `draws`), tell the probability of being the key; without
    them it is null.

    The ideal is the actual experience everywhere except on the key, which is raised `RAISE` points above its
    expectation (above the experience where the expectation is unknown), never beyond 10, never by more points
    than `reach` allows its category, and never below what it is already; an ideal in the survey takes
    precedence.
    """
    chosen = choose(survey, text)
    cells, found = chosen.cells, dict(chosen.found)
    steps = {name: estimate(found[name]) for name in ("experience", "expectation", "importance")}
    steps["satisfaction"] = satisfaction(steps["experience"], steps["expectation"])
    steps["weighted"] = weighted_satisfaction(steps["importance"], steps["satisfaction"])
    order = _order(cells, steps)
    is_key, stated = order["is_key_experience"].to_numpy(), found["ideal"]
    steps["ideal"] = _ideal(steps, estimate(stated), is_key, _limits(cells, reach or {}))
    steps["gap"] = _gap(steps["experience"], steps["ideal"], stated["value"].isna().to_numpy() & ~is_key)
    found["ideal"] = stated.fillna({"origin": "derived"}).where(pd.Series(~np.isnan(steps["ideal"].value)))
    origins = {f"{name}_from": values["origin"].astype("str") for name, values in found.items()}
    order["key_probability"] = np.nan if draws is None else key_probability(chosen, draws)
    return cells.assign(**_columns(steps), **origins, **order)[list(COLUMNS)]


def places(steps: pd.DataFrame) -> "pd.Series[float]":
    """Return each category's place in line for improvement, from 0, by the order of `gap_table`; null where
    it is not in line. `steps` has brand, product, segment, category, experience, importance and weighted, its
    rows as in the gaps table.
    """
    ordered = _in_line(steps).sort_values(["pain", "unimportance"], kind="stable")
    return ordered.groupby(GROUP).cumcount().reindex(steps.index).astype("float64")


def _in_line(steps: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in line with what decides their order: `pain`, then `unimportance`, the lower first."""
    # Rescaled surveys differ in the last digits, which must not break ties.
    known = steps.assign(pain=steps["weighted"].clip(upper=0.0).fillna(0.0).round(9))
    known = known.assign(unimportance=-steps["importance"].round(9))
    return known[(known["unimportance"] < 0) & known["experience"].notna()]


def tied(steps: pd.DataFrame) -> Flags:
    """Return which categories stand first of their group together, so that nothing but the order of the six
    categories decides between them; none where one stands alone. `steps` as in `places`.
    """
    line = _in_line(steps)
    ordered = line.sort_values(["pain", "unimportance"], kind="stable")
    first = ordered.groupby(GROUP)[["pain", "unimportance"]].transform("first").reindex(line.index)
    level = (line[["pain", "unimportance"]] == first).all(axis=1)
    together = level & (level.groupby([line[name] for name in GROUP]).transform("sum") > 1)
    return together.reindex(steps.index, fill_value=False).to_numpy(np.bool_)


def _order(cells: pd.DataFrame, steps: dict[str, Estimate]) -> pd.DataFrame:
    """Return each cell's `rank` by weighted satisfaction, `is_key_experience`, `runner_up` and `tied`."""
    known = cells.assign(**{name: values.value for name, values in steps.items()})
    keys = known.assign(weighted=known["weighted"].round(9), unimportance=-known["importance"].round(9))
    ranked = keys.dropna(subset="weighted").sort_values(["weighted", "unimportance"], kind="stable")
    rank = (ranked.groupby(GROUP).cumcount() + 1).reindex(cells.index).astype("Int32")
    place = places(known)
    return pd.DataFrame(
        {"rank": rank, "is_key_experience": place == 0, "runner_up": place == 1, "tied": tied(known)}
    )


def raised(steps: pd.DataFrame, reach: Mapping[str, float]) -> Numbers:
    """Return the ideal each category of `steps` would have as the key experience: see `gap_table`."""
    experience, expectation = (
        Estimate(value, value, value)
        for value in (steps[name].to_numpy(np.float64) for name in ("experience", "expectation"))
    )
    return _raised(experience, expectation, _limits(steps, reach)).value


def _limits(cells: pd.DataFrame, reach: Mapping[str, float]) -> Numbers:
    return np.asarray(cells["category"].map(dict(reach)).fillna(BEST), dtype=np.float64)


def _ideal(steps: dict[str, Estimate], stated: Estimate, is_key: Flags, limits: Numbers) -> Estimate:
    raised = _raised(steps["experience"], steps["expectation"], limits)
    asked = ~np.isnan(stated.value)
    choices = zip(stated.ends, raised.ends, steps["experience"].ends, strict=True)
    return Estimate(*(np.where(asked, said, np.where(is_key, high, same)) for said, high, same in choices))


def _raised(actual: Estimate, expectation: Estimate, limits: Numbers) -> Estimate:
    """Return the ideal of a key experience."""
    no_expectation = np.isnan(expectation.value)
    wished = [
        np.minimum(np.where(no_expectation, a, e) + RAISE, BEST)
        for a, e in zip(actual.ends, expectation.ends, strict=True)
    ]
    bounded = zip(actual.ends, wished, strict=True)
    return Estimate(*(np.maximum(a, np.minimum(wish, a + limits)) for a, wish in bounded))


def _gap(actual: Estimate, ideal: Estimate, kept: Flags) -> Estimate:
    """Return actual − ideal; where the ideal is `kept` as it is, that is 0 for certain."""
    gap = actual - ideal
    certain = kept & ~np.isnan(actual.low)
    return Estimate(gap.value, np.where(certain, 0.0, gap.low), np.where(certain, 0.0, gap.high))


def _columns(steps: dict[str, Estimate]) -> dict[str, Numbers]:
    columns: dict[str, Numbers] = {}
    for name, values in steps.items():
        columns |= {name: values.value, f"{name}_low": values.low, f"{name}_high": values.high}
    return columns
