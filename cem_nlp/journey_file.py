"""Reading what customers scored along their way, from the user's CSV file."""

from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Final

import pandas as pd

from cem_nlp.cem.journey_survey import read_journeys
from cem_nlp.cem.survey import refuse_doubtful_scale
from cem_nlp.csv_file import load_table
from cem_nlp.ingest.moments import parse_moment
from cem_nlp.language import Bilingual

_CALLED: Final = Bilingual("旅程打分表", "file of journey scores")


def load_journeys(path: Path, scale: tuple[float, float] | None = None) -> pd.DataFrame:
    """Return the checked moments in `path` (CSV, plain or .gz); see `cem.journey_survey`.

    Without a declared `scale` it is 0–10, unless the scores look like another one. Raises UnreadableSource
    where the file is no CSV, and BrokenSurvey.
    """
    low, high = scale or (0.0, 10.0)
    table = load_table(path, None, _CALLED)
    # Moments are compared with one another only: any zone will do.
    parse = partial(parse_moment, formats=(), zone=UTC)
    said = read_journeys(table, parse, low=low, high=high, name=path.name)
    if scale is None:
        refuse_doubtful_scale(said.rename(columns={"emotion": "score"}), path.name)
    return said
