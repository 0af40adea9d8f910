"""Where every row of the night went: published, in quarantine or known already."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from cem_nlp.report.cells import word

_ROWS_NAMED = 5


@dataclass(frozen=True, slots=True)
class FileRows:
    """The rows of one file, or of all together. Near-duplicates are part of the published rows."""

    source: str
    file: str
    kind: str
    rows_in: int
    published: int
    quarantined: int
    duplicates: int
    near_duplicates: int

    @property
    def balanced(self) -> bool:
        """Whether every row read is accounted for."""
        return self.rows_in == self.published + self.quarantined + self.duplicates


@dataclass(frozen=True, slots=True)
class BrokenRows:
    """Rows of one file that broke the contract in the same way; `rows` numbers the first few."""

    file: str
    reason: str
    column: str | None
    valid: str | None
    n_rows: int
    rows: tuple[int, ...]


def files_of(sources: pd.DataFrame, night: date) -> tuple[FileRows, ...]:
    """Return the reconciliation of each file read in `night`, in the table's order."""
    tonight = sources[sources["night"] == night.isoformat()]
    return tuple(
        FileRows(
            source=str(row["source"]),
            file=str(row["file"]),
            kind=str(row["kind"]),
            rows_in=int(row["rows_in"]),
            published=int(row["published"]),
            quarantined=int(row["quarantined"]),
            duplicates=int(row["duplicates"]),
            near_duplicates=int(row["near_duplicates"]),
        )
        for row in tonight.to_dict("records")
    )


def total_of(files: tuple[FileRows, ...]) -> FileRows:
    """Return the sum over `files`."""

    def total(name: str) -> int:
        return sum(getattr(file, name) for file in files)

    return FileRows(
        source="",
        file="",
        kind="",
        rows_in=total("rows_in"),
        published=total("published"),
        quarantined=total("quarantined"),
        duplicates=total("duplicates"),
        near_duplicates=total("near_duplicates"),
    )


def broken_rows_of(quarantine: pd.DataFrame, night: date) -> tuple[BrokenRows, ...]:
    """Return the night's rejected rows by file, reason and column, the most frequent first."""
    groups: dict[tuple[str, str, str | None, str | None], list[int]] = {}
    for row in quarantine[quarantine["night"] == night.isoformat()].to_dict("records"):
        groups.setdefault(_reason(row), []).append(int(row["row"]))
    broken = [
        BrokenRows(*reason, n_rows=len(rows), rows=tuple(sorted(rows)[:_ROWS_NAMED]))
        for reason, rows in groups.items()
    ]
    return tuple(sorted(broken, key=lambda b: (-b.n_rows, b.file, b.reason, b.column or "")))


def _reason(row: dict[Any, Any]) -> tuple[str, str, str | None, str | None]:
    return str(row["file"]), str(row["reason"]), word(row["column"]), word(row["valid"])
