"""Which figure speaks for each cell: the survey's or the text's, its own or a wider cell's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from cem_nlp.cem.figures import CELL, exact, first_known, nearest
from cem_nlp.cem.ranges import Numbers
from cem_nlp.vocabulary import ALL, CATEGORIES

Flags: TypeAlias = npt.NDArray[np.bool_]

GROUP: Final = ["brand", "product", "segment"]
"""What the seven steps are gone through for: the categories of one group are weighed against each other."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The cells that ask for a row, and what is known of them.

    `cells` has the columns of `CELL`, the categories of a group one below the other in the method's order.
    `found` holds a table for experience, expectation, importance and ideal with one row a cell: value, low,
    high, origin, and the number of the `figure` they come from, the text's counted on from the survey's; null
    where nobody knows. An `ideal` comes from the survey alone.
    """

    cells: pd.DataFrame
    found: Mapping[str, pd.DataFrame]

    def known(self, measure: str) -> Flags:
        """Return for which cells there is a figure."""
        return self.found[measure]["value"].notna().to_numpy(np.bool_)

    def drawn(self, measure: str, draws: Numbers) -> Numbers:
        """Return the cells' rows of `draws` (figures × replicates), NaN where there is no figure."""
        drawn = np.full((len(self.cells), draws.shape[1]), np.nan)
        known = self.known(measure)
        drawn[known] = draws[self.found[measure]["figure"].to_numpy(np.float64)[known].astype(np.intp)]
        return drawn

    def starts(self) -> npt.NDArray[np.intp]:
        """Return the number of each group's first cell."""
        return np.flatnonzero(~self.cells.duplicated(GROUP).to_numpy())

    def groups(self) -> npt.NDArray[np.intp]:
        """Return the number of each cell's group, from 0."""
        return np.asarray(np.cumsum(~self.cells.duplicated(GROUP).to_numpy()) - 1, dtype=np.intp)


def choose(survey: pd.DataFrame, text: pd.DataFrame) -> Chosen:
    """Return what two tables of figures (see `figures`) know of the cells that either lists.

    Every measure comes from the survey where it speaks, of this cell or of a wider one, and from text
    otherwise; only experience prefers the cell's own text to the survey of a wider cell.
    """
    survey = survey.assign(figure=np.arange(len(survey), dtype=np.float64))
    text = text.assign(figure=np.arange(len(text), dtype=np.float64) + len(survey))
    cells = _cells(survey, text)
    found = {"experience": _experience(cells, survey, text)}
    for name in ("expectation", "importance"):
        found[name] = first_known(nearest(cells, survey, name), nearest(cells, text, name))
    return Chosen(cells, found | {"ideal": nearest(cells, survey, "ideal")})


def _cells(survey: pd.DataFrame, text: pd.DataFrame) -> pd.DataFrame:
    """Return the cells that ask for a row: 'all' before single values, categories in the method's order."""
    figures = pd.concat([survey, text], ignore_index=True)
    cells = figures.loc[figures["listed"].astype("bool"), CELL].drop_duplicates()
    keys = {f"{name} is one": cells[name] != ALL for name in GROUP}
    order = [key for name in GROUP for key in (f"{name} is one", name)]
    number = cells["category"].map({code: number for number, code in enumerate(CATEGORIES)})
    ordered = cells.assign(**keys, number=number).sort_values([*order, "number"])
    return ordered[CELL].astype("str").reset_index(drop=True)


def _experience(cells: pd.DataFrame, survey: pd.DataFrame, text: pd.DataFrame) -> pd.DataFrame:
    """Return what the survey says of this very cell, else text, else the survey's pool or wider cell."""
    stated = exact(cells, survey[survey["listed"]], "experience")
    own = first_known(stated, exact(cells, text, "experience"))
    own = first_known(own, exact(cells, survey, "experience"))
    # A cell that the scores suppress is known to be thin: a wider cell's experience would hide that.
    scored = text.loc[text["measure"] == "experience", CELL]
    silent = ~pd.MultiIndex.from_frame(cells).isin(pd.MultiIndex.from_frame(scored))
    return first_known(own, nearest(cells, survey, "experience").where(pd.Series(silent)))
