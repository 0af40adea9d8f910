"""Reading the CSV file of the company's own rating."""

from pathlib import Path
from typing import Final

import pandas as pd

from cem_nlp.cem.own_rating import read_own_rating, refuse_doubtful_ratings
from cem_nlp.config import OwnRating
from cem_nlp.csv_file import load_table
from cem_nlp.language import Bilingual

_CALLED: Final = Bilingual("自评表", "own rating")


def load_own_rating(path: Path, settings: OwnRating) -> pd.DataFrame:
    """Return the checked ratings in `path` (CSV, plain or .gz); see `cem.own_rating`.

    Raises UnreadableSource where the file is no CSV, and the errors of `read_own_rating`; where the settings
    declare no scale, also those of `refuse_doubtful_ratings`.
    """
    table = load_table(path, settings.encoding, _CALLED)
    ratings = read_own_rating(table, low=settings.low, high=settings.high, name=path.name)
    if not settings.model_fields_set & {"low", "high"}:
        refuse_doubtful_ratings(ratings, path.name)
    return ratings
