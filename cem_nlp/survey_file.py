"""Reading a survey's CSV file."""

from pathlib import Path
from typing import Final

import pandas as pd

from cem_nlp.cem import read_survey
from cem_nlp.cem.survey import refuse_doubtful_scale
from cem_nlp.csv_file import load_table
from cem_nlp.language import Bilingual

_CALLED: Final = Bilingual("问卷", "survey")


def load_survey(
    path: Path, scale: tuple[float, float] | None = None, encoding: str | None = None
) -> pd.DataFrame:
    """Return the checked answers of the survey in `path` (CSV, plain or .gz); see `cem.read_survey`.

    Without a declared `scale` it is 0–10, unless the answers look like another one. Raises UnreadableSource
    where the file is no CSV, and the errors of `read_survey` and `refuse_doubtful_scale`.
    """
    low, high = scale or (0.0, 10.0)
    answers = read_survey(load_table(path, encoding, _CALLED), low=low, high=high, name=path.name)
    if scale is None:
        refuse_doubtful_scale(answers, path.name)
    return answers
