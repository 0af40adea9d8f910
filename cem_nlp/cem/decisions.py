"""Step 6, fit with strategy and capability: the first category in line that can and may be improved."""

from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.chosen import GROUP
from cem_nlp.cem.figures import CELL
from cem_nlp.cem.gaps import places, raised
from cem_nlp.cem.strategy import Strategy
from cem_nlp.schemas import TABLES

COLUMNS: Final = tuple(name for name in TABLES["decisions"].names if name != "run_id")

_UNFIT: Final = ("ruled_out", "not_affordable", "beyond_reach", "no_gap")


def decision_table(gaps: pd.DataFrame, requirements: pd.DataFrame, strategy: Strategy) -> pd.DataFrame:
    """Return the `decisions` table of the schema, without `run_id`, from those of `gap_table` and
    `requirement_table`.

    Each product × segment has its categories in line, the key experience first. A category is ruled out by
    the strategy itself, or where each of its requirements that enough customers raise is; it is not
    affordable where it alone costs more than the budget, and beyond reach where capability cannot raise it at
    all; one whose experience is as good as its target leaves no gap to close. The first that is none of these
    is proposed; where every one is, nothing is. A category begins with the worst of its sub-topics that is
    open; a survey alone names none.
    """
    place = places(gaps)
    line = gaps.assign(place=place + 1)[place.notna()].sort_values([*GROUP, "place"])
    line = line.merge(_first_open(requirements), on=CELL, how="left")
    line = line.assign(
        cost=line["category"].map(dict(strategy.costs)).astype("float64"),
        budget=np.nan if strategy.budget is None else strategy.budget,
        **_verdicts(line, requirements, strategy),
    )
    line["target"] = line["ideal"].where(line["ideal_from"] == "survey", raised(line, strategy.reach))
    reached = (line["target"] - line["experience"]).round(9) <= 0
    line["verdict"] = line["verdict"].mask((line["verdict"] == "reserve") & reached, "no_gap")
    fits = ~line["verdict"].isin(_UNFIT)
    first = fits & (fits.groupby([line[name] for name in GROUP]).cumsum() == 1)
    line["verdict"] = line["verdict"].mask(first, "proposed")
    # What is not to be improved stays as it is.
    line.loc[line["verdict"].isin(_UNFIT), "target"] = line["experience"]
    return line.astype({"place": "int64"})[list(COLUMNS)].reset_index(drop=True)


def _first_open(requirements: pd.DataFrame) -> pd.DataFrame:
    """Return the worst open sub-topic of each cell."""
    opened = requirements[requirements["verdict"] == "open"].drop_duplicates(CELL)
    return opened[[*CELL, "topic", "n_customers", "requirement", "requirement_en"]]


def _verdicts(
    line: pd.DataFrame, requirements: pd.DataFrame, strategy: Strategy
) -> "dict[str, pd.Series[str]]":
    """Return why each category does not fit, 'reserve' where it does, and the strategy's reason."""
    weighty = requirements[requirements["verdict"] != "thin"]
    closed = weighty.groupby(CELL).agg(
        all_closed=("verdict", lambda verdicts: (verdicts == "ruled_out").all()), why=("reason", "first")
    )
    found = closed.reindex(pd.MultiIndex.from_frame(line[CELL])).set_axis(line.index)
    of_category = line["category"].map(dict(strategy.categories)).astype("object")
    of_all = found["why"].astype("object").where(found["all_closed"].eq(True))
    reason = of_category.where(of_category.notna(), of_all)
    beyond = line["category"].map(dict(strategy.reach)) == 0
    verdict = pd.Series("reserve", index=line.index).mask(beyond, "beyond_reach")
    verdict = verdict.mask(line["category"].map(dict(strategy.costs)) > _budget(strategy), "not_affordable")
    return {"verdict": verdict.mask(reason.notna(), "ruled_out"), "reason": reason}


def _budget(strategy: Strategy) -> float:
    return np.inf if strategy.budget is None else strategy.budget
