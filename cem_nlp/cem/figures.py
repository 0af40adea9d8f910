"""The common form of what is known before the seven steps: figures, from a survey or from text.

A table of figures has one row per brand × product × segment × category × measure with `value` (0–10), `low`
and `high` (null where no range is known), `origin` (survey, derived, assumed) and `listed`: whether its
cell asks for a row of the gaps table, or the figure only stands by for finer cells.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.ranges import Estimate
from cem_nlp.language import Bilingual
from cem_nlp.scores.cells import cell_numbers
from cem_nlp.vocabulary import ALL

MEASURES: Final = {
    "experience": Bilingual("体验", "experience"),
    "expectation": Bilingual("期望", "expectation"),
    "importance": Bilingual("重要性", "importance"),
    "ideal": Bilingual("理想体验", "ideal experience"),
}
CELL: Final = ["brand", "product", "segment", "category"]
COLUMNS: Final = [*CELL, "measure", "value", "low", "high", "origin", "listed"]
NARROWER: Final = (("product", "segment"), ("product",), ("segment",), ())
"""Which of product and segment a figure still names, from the narrowest to the widest that may stand in."""

_FOUND: Final = ["value", "low", "high", "origin", "figure"]


def no_figures() -> pd.DataFrame:
    """Return a table of figures without rows."""
    numbers = {"value": "float64", "low": "float64", "high": "float64", "listed": "bool"}
    return pd.DataFrame(columns=COLUMNS).astype(dict.fromkeys(COLUMNS, "str") | numbers)


def widen(cells: pd.DataFrame, named: tuple[str, ...]) -> pd.DataFrame:
    """Return `cells` with product and segment replaced by 'all' unless they are `named`."""
    return cells.assign(**{name: ALL for name in ("product", "segment") if name not in named})


def exact(cells: pd.DataFrame, figures: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return value, low, high, origin and number (`figure`) of `measure` for each row of `cells`, null where
    unknown.
    """
    return _found(cells, figures, measure, NARROWER[:1])


def nearest(cells: pd.DataFrame, figures: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return the same from the narrowest figure that holds: the cell's own, its product's, its segment's, the
    brand's.
    """
    return _found(cells, figures, measure, NARROWER)


def _found(
    cells: pd.DataFrame, figures: pd.DataFrame, measure: str, widths: Sequence[tuple[str, ...]]
) -> pd.DataFrame:
    """Look each cell up at each width; take the first with a value, the widest where none has one."""
    chosen = figures[figures["measure"] == measure].reset_index(drop=True)
    asked = [widen(cells[CELL], named) for named in widths]
    number = cell_numbers(pd.concat([chosen[CELL], *asked], ignore_index=True), CELL)
    row_of = np.full(number.max(initial=-1) + 1, -1)
    row_of[number[: len(chosen)]] = chosen.index
    rows = row_of[number[len(chosen) :]].reshape(len(widths), len(cells))
    # The row −1 stands for no figure, and has no value.
    known = np.append(chosen["value"].notna(), False)[rows]
    width = np.where(known.any(axis=0), known.argmax(axis=0), len(widths) - 1)
    return chosen[_FOUND].reindex(rows[width, np.arange(len(cells))]).set_axis(cells.index)


def first_known(preferred: pd.DataFrame, otherwise: pd.DataFrame) -> pd.DataFrame:
    """Return whole rows of `preferred`, or of `otherwise` where the preferred value is null."""
    return preferred.where(preferred["value"].notna(), otherwise)


def estimate(found: pd.DataFrame) -> Estimate:
    """Return value, low and high as arrays."""
    value, low, high = (found[name].to_numpy(np.float64) for name in ("value", "low", "high"))
    return Estimate(value, low, high)
