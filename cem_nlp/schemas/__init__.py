"""One Arrow schema per table of the warehouse, with the meaning and unit of every column.

`TABLES` is the contract with analysts: names and types change only with a CHANGELOG entry. Times are UTC
microseconds; dates are days in the configured time zone (Asia/Shanghai by default). A table in `NIGHTLY`
grows night by night and is partitioned by `night`; the others hold the latest state only.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyarrow as pa

from cem_nlp.schemas import (
    acting,
    alerting,
    comparing,
    customers,
    deciding,
    deriving,
    feedback,
    journeys,
    listening,
    method,
    owning,
    perceiving,
    running,
    scoring,
    serving,
    themes,
    touchpoints,
    wording,
)

TABLES: Final[dict[str, pa.Schema]] = {
    **feedback.TABLES,
    **scoring.TABLES,
    **comparing.TABLES,
    **alerting.TABLES,
    **method.TABLES,
    **deciding.TABLES,
    **deriving.TABLES,
    **wording.TABLES,
    **serving.TABLES,
    **journeys.TABLES,
    **customers.TABLES,
    **perceiving.TABLES,
    **listening.TABLES,
    **themes.TABLES,
    **touchpoints.TABLES,
    **acting.TABLES,
    **owning.TABLES,
    **running.TABLES,
}

NIGHTLY: Final = frozenset(name for name, schema in TABLES.items() if "night" in schema.names)
"""Tables that keep every night, partitioned by `night`; a night that runs again replaces its own rows."""


def to_table(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Return rows as the table `name`, without the column `night`: the partition holds it."""
    schema = TABLES[name]
    columns = [field for field in schema if field.name != "night"]
    return pa.Table.from_pylist(list(rows), schema=pa.schema(columns))
