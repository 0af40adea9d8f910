"""Reading a survey of touchpoints, and a service blueprint, from the user's files."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import pandas as pd

from cem_nlp.cem.blueprint import Description, parse_blueprint
from cem_nlp.cem.own_touchpoints import own_places
from cem_nlp.cem.survey import refuse_doubtful_scale
from cem_nlp.cem.touchpoint_survey import OF_TOUCHPOINTS, WITH_WISHES, read_touchpoint_survey
from cem_nlp.csv_file import load_table
from cem_nlp.language import Bilingual
from cem_nlp.opinions.taxonomy import Touchpoint
from cem_nlp.toml_file import read_toml
from cem_nlp.vocabulary import TOUCHPOINTS

_CALLED: Final = Bilingual("触点问卷", "survey of touchpoints")


@dataclass(frozen=True, slots=True)
class OwnTouchpoints:
    """The answers of a survey that stands alone, and where the touchpoints lie that it names."""

    answers: pd.DataFrame
    places: Mapping[str, Touchpoint]


def load_touchpoint_survey(
    path: Path,
    places: Mapping[str, Touchpoint],
    low: float = 0.0,
    high: float = 10.0,
    encoding: str | None = None,
) -> pd.DataFrame:
    """Return the checked answers in `path` (CSV, plain or .gz); see `cem.touchpoint_survey`.

    Raises UnreadableSource where the file is no CSV, and BrokenSurvey.
    """
    table = load_table(path, encoding, _CALLED)
    return read_touchpoint_survey(table, places, low=low, high=high, name=path.name)


def load_own_touchpoints(
    path: Path, known: Mapping[str, Touchpoint], scale: tuple[float, float] | None = None
) -> OwnTouchpoints:
    """Return the checked answers in `path` with the touchpoints they name; see `cem.own_touchpoints`.

    Without a declared `scale` it is 0–10, unless the answers look like another one. Raises UnreadableSource
    where the file is no CSV, and BrokenSurvey.
    """
    table = load_table(path, None, _CALLED)
    places = own_places(table, known, path.name)
    low, high = scale or (0.0, 10.0)
    answers = read_touchpoint_survey(table, places, low=low, high=high, name=path.name, measures=WITH_WISHES)
    if scale is None:
        refuse_doubtful_scale(answers[answers["measure"].isin(OF_TOUCHPOINTS)], path.name)
    return OwnTouchpoints(answers, places)


def load_blueprint(path: Path, touchpoints: Mapping[str, Bilingual] = TOUCHPOINTS) -> tuple[Description, ...]:
    """Return the blueprint in `path`. Raises ConfigError with file and line; see `cem.blueprint`."""
    return read_toml(path, partial(parse_blueprint, touchpoints=touchpoints))
