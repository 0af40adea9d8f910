"""Tables of the state being built, as data frames."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import pandas as pd
import pyarrow as pa

from cem_nlp import store
from cem_nlp.cem.customers import with_segments
from cem_nlp.nightly.night import Night
from cem_nlp.schemas import TABLES

SEED: Final = 2026
"""Of every draw over the tables of all nights: the same tables give the same figures, whichever night ran."""

FEEDBACK = (
    "feedback_id",
    "kind",
    "brand",
    "product",
    "is_own",
    "channel",
    "segment",
    "customer_key",
    "business_date",
    "rating_scaled",
    "duplicate_of",
)
"""What counting needs of `feedback`: no text, so that memory stays small over many nights."""


def frame(night: Night, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return a table with all nights, all columns unless some are named; empty where it has no rows.

    Feedback whose source names no segment has that of the customer table, where one is configured.
    """
    found = store.read_table(night.staging.folder, name, columns).to_pandas()
    if name == "feedback" and night.config.customers is not None and {"segment", "customer_key"} <= {*found}:
        return with_segments(found, frame(night, "customers", ("customer_key", "segment")))
    return found


def latest_night(night: Night) -> date:
    """Return the latest night of the state being built: this one, unless it runs again after later ones."""
    runs = store.read_table(night.staging.folder, "runs", ("night",)).to_pylist()
    return max([night.date, *(date.fromisoformat(run["night"]) for run in runs)])


def write(night: Night, name: str, frame: pd.DataFrame) -> None:
    """Write the latest state of the table `name`; `frame` has its columns but `run_id`."""
    schema = TABLES[name]
    table = pa.Table.from_pandas(frame.assign(run_id=night.run_id), schema=schema, preserve_index=False)
    store.write_part(night.staging, name, table)
