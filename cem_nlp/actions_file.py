"""Reading the CSV files of the company's actions and of its business results."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from cem_nlp.cem.actions import read_actions
from cem_nlp.cem.results import read_results
from cem_nlp.csv_file import load_table
from cem_nlp.language import Bilingual
from cem_nlp.vocabulary import TOUCHPOINTS

_ACTIONS: Final = Bilingual("行动表", "table of actions")
_RESULTS: Final = Bilingual("业绩表", "table of results")


def load_actions(
    path: Path,
    night: date,
    touchpoints: Mapping[str, Bilingual] = TOUCHPOINTS,
    encoding: str | None = None,
) -> pd.DataFrame:
    """Return the checked actions in `path` (CSV, plain or .gz); see `cem.actions`.

    Raises UnreadableSource where the file is no CSV, and BrokenActions.
    """
    return read_actions(load_table(path, encoding, _ACTIONS), night, touchpoints, path.name)


def load_results(path: Path, actions: pd.DataFrame, encoding: str | None = None) -> pd.DataFrame:
    """Return the checked business results in `path` (CSV, plain or .gz); see `cem.results`.

    Raises UnreadableSource where the file is no CSV, and BrokenActions.
    """
    return read_results(load_table(path, encoding, _RESULTS), actions, path.name)
