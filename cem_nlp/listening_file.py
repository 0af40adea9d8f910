"""Reading the CSV file that lists what is listened to."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from cem_nlp.cem.listening_sources import read_listening_sources
from cem_nlp.csv_file import load_table
from cem_nlp.language import Bilingual
from cem_nlp.opinions.taxonomy import Touchpoint

_CALLED: Final = Bilingual("倾听清单", "list of sources")


def load_listening_sources(
    path: Path, touchpoints: Mapping[str, Touchpoint], named: Mapping[str, Collection[str]]
) -> pd.DataFrame:
    """Return the checked list in `path` (CSV, plain or .gz); see `cem.listening_sources`.

    Raises UnreadableSource where the file is no CSV, and BrokenSources.
    """
    return read_listening_sources(load_table(path, None, _CALLED), touchpoints, named, path.name)
