"""Reading the customer table's CSV file; numbers are hashed here and go no further."""

from pathlib import Path
from typing import Final

import pandas as pd

from cem_nlp.cem.customers import read_customers, tenure_bands
from cem_nlp.config import Customers
from cem_nlp.csv_file import load_table
from cem_nlp.ingest.identity import customer_key
from cem_nlp.language import Bilingual
from cem_nlp.text import prepare

_CALLED: Final = Bilingual("客户资料表", "customer table")


def load_customers(path: Path, settings: Customers, salt: bytes) -> pd.DataFrame:
    """Return the checked customers of the table in `path` (CSV, plain or .gz); see `cem.customers`.

    In place of the number there is customer_key, hashed as the feedback's is; tenure_band is added, and
    personal data in names of regions and segments are masked.

    Raises UnreadableSource where the file is no CSV, and the errors of `read_customers`.
    """
    mapping = settings.columns.model_dump(exclude_none=True)
    table = read_customers(load_table(path, settings.encoding, _CALLED), mapping, path.name)
    masked = {name: table[name].map(_masked(table[name])) for name in ("region", "segment")}
    return table.drop(columns="customer").assign(
        customer_key=[customer_key(number, salt) for number in table["customer"]],
        tenure_band=tenure_bands(table["tenure"], settings.tenure_bands),
        **masked,
    )


def load_customer_list(path: Path) -> pd.DataFrame:
    """Return the same as the file has it, numbers and all: for a command that stores nothing of it.

    Raises UnreadableSource where the file is no CSV, and the errors of `read_customers`.
    """
    return read_customers(load_table(path, None, _CALLED), name=path.name)


def _masked(names: "pd.Series[str]") -> dict[str, str]:
    ready = {name: prepare(name) for name in names.unique()}
    return {name: done.text if done.n_masked else name for name, done in ready.items()}
