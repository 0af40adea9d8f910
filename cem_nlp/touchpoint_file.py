"""Reading a survey of touchpoints, and a service blueprint, from the user's files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from cem_nlp.cem.blueprint import Description, parse_blueprint
from cem_nlp.cem.touchpoint_survey import read_touchpoint_survey
from cem_nlp.csv_file import load_table
from cem_nlp.language import Bilingual
from cem_nlp.toml_file import read_toml
from cem_nlp.vocabulary import TOUCHPOINTS

_CALLED: Final = Bilingual("触点问卷", "survey of touchpoints")


def load_touchpoint_survey(
    path: Path,
    names: Mapping[str, Bilingual] = TOUCHPOINTS,
    low: float = 0.0,
    high: float = 10.0,
    encoding: str | None = None,
) -> pd.DataFrame:
    """Return the checked answers in `path` (CSV, plain or .gz); see `cem.touchpoint_survey`.

    Raises UnreadableSource where the file is no CSV, and BrokenSurvey.
    """
    table = load_table(path, encoding, _CALLED)
    return read_touchpoint_survey(table, names, low=low, high=high, name=path.name)


def load_blueprint(path: Path) -> tuple[Description, ...]:
    """Return the blueprint in `path`. Raises ConfigError with file and line; see `cem.blueprint`."""
    return read_toml(path, parse_blueprint)
