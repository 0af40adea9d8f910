"""The building blocks of a table's schema: columns with their meaning, and those that many tables share."""

from typing import Any, Final, TypeAlias

import pyarrow as pa

Column: TypeAlias = "pa.Field[Any]"

TIME: Final = pa.timestamp("us", tz="UTC")
STRINGS: Final = pa.list_(pa.string())


def column(name: str, kind: pa.DataType, meaning: str, *, optional: bool = False) -> Column:
    """Return a column with its meaning and unit; only an `optional` one may hold nulls."""
    return pa.field(name, kind, nullable=optional, metadata={"meaning": meaning})


def table(row: str, *columns: Column) -> pa.Schema:
    """Return the schema of a table; `row` says what one row is. Every table carries `run_id`."""
    run = column("run_id", pa.string(), "the run that wrote the row")
    return pa.schema([*columns, run], metadata={"row": row})


def measure(name: str, meaning: str) -> list[Column]:
    """Return the columns of a number with its 95 % range."""
    return [
        column(name, pa.float64(), meaning, optional=True),
        column(f"{name}_low", pa.float64(), f"lower end of the 95 % range of {name}", optional=True),
        column(f"{name}_high", pa.float64(), f"upper end of the 95 % range of {name}", optional=True),
    ]


def sourced(name: str, meaning: str) -> list[Column]:
    """Return the columns of a number with its range and its origin."""
    meaning_of_origin = f"where {name} comes from: survey, derived or assumed; null if {name} is unknown"
    origin = column(f"{name}_from", pa.string(), meaning_of_origin, optional=True)
    return [*measure(name, meaning), origin]


ID: Final = column(
    "feedback_id", pa.string(), "stable hash of the source and its record number, else of the record"
)
NIGHT: Final = column(
    "night", pa.string(), "date of the run that published the row, YYYY-MM-DD; the partition"
)
CATEGORY: Final = column(
    "category", pa.string(), "product, service, relationship, price, convenience or brand"
)
