"""Reading a survey's CSV file: the seven steps' survey, and those of customers and of themes."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

import pandas as pd

from cem_nlp.cem import read_survey
from cem_nlp.cem.customer_survey import asks_by_category, customers_in, read_customer_survey
from cem_nlp.cem.survey import refuse_doubtful_scale
from cem_nlp.cem.theme_survey import read_theme_survey
from cem_nlp.csv_file import load_table
from cem_nlp.language import Bilingual

Scale: TypeAlias = tuple[float, float]

_CALLED: Final = Bilingual("问卷", "survey")


def load_survey(path: Path, scale: Scale | None = None, encoding: str | None = None) -> pd.DataFrame:
    """Return the checked answers of the survey in `path` (CSV, plain or .gz); see `cem.read_survey`.

    Without a declared `scale` it is 0–10, unless the answers look like another one. Raises UnreadableSource
    where the file is no CSV, and the errors of `read_survey` and `refuse_doubtful_scale`.
    """
    return _load(read_survey, path, scale, encoding)


def load_customer_survey(path: Path, scale: Scale | None = None) -> pd.DataFrame:
    """Return the same of a survey customer by customer; see `cem.customer_survey`.

    A survey of the seven steps is read as one, each respondent a customer.
    """
    if asks_by_category(load_table(path, None, _CALLED)):
        return customers_in(load_survey(path, scale), path.name)
    return _load(read_customer_survey, path, scale)


def load_theme_survey(
    path: Path, themes: Mapping[str, Bilingual], scale: Scale | None = None
) -> pd.DataFrame:
    """Return the same of a survey of experience themes; see `cem.theme_survey`."""
    return _load(partial(read_theme_survey, themes=themes), path, scale)


def _load(
    read: Callable[..., pd.DataFrame], path: Path, scale: Scale | None, encoding: str | None = None
) -> pd.DataFrame:
    low, high = scale or (0.0, 10.0)
    answers = read(load_table(path, encoding, _CALLED), low=low, high=high, name=path.name)
    if scale is None:
        refuse_doubtful_scale(answers, path.name)
    return answers
