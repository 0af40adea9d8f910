"""SQL over the published tables, and over nothing else."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from cem_nlp import store
from cem_nlp.errors import InputError
from cem_nlp.language import Bilingual
from cem_nlp.schemas import TABLES

_ALLOWED: Final = ("select …", "with … select …", "describe …", "summarize …", "show tables")

_TABLES_HELP: Final = Bilingual(
    '表和列见 docs/tables.md，或 cem query … "describe 表名"',
    'tables and columns: docs/tables.md, or cem query … "describe TABLE"',
)


@dataclass(frozen=True, slots=True)
class Laid:
    """Rows laid out as a table, shortened for the eye: how many rows and columns of all are left out."""

    text: str
    rows_left_out: int
    columns_left_out: int


def query(warehouse: Path, sql: str) -> Laid | None:
    """Run `sql` over the published state, each table a view of its name; None where there is nothing to show.

    Raises NothingPublished, and InputError for SQL that DuckDB does not understand or cannot carry out, or
    that reaches for anything but the tables.
    """
    with _asked(warehouse, sql) as found:
        if found is None:
            return None
        text = str(found)
        return Laid(text, *_left_out(text, found))


def query_rows(warehouse: Path, sql: str) -> Iterator[Sequence[str | None]]:
    """Yield the names of the columns and then every row, its values as text and None for null; raises what
    `query` raises.
    """
    with _asked(warehouse, sql) as found:
        if found is None:
            return
        yield found.columns
        # Batch by batch, so that a large answer does not fill the memory.
        for batch in found.select("columns(*)::varchar").to_arrow_reader():
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _left_out(text: str, found: duckdb.DuckDBPyRelation) -> tuple[int, int]:
    """Return how many rows and columns a laid-out table lacks: DuckDB says below it how many are shown."""
    below = " ".join(text.rpartition("┘")[2].split())
    of_columns = re.search(r"(\d+) columns \((\d+) shown\)", below)
    columns = 0 if of_columns is None else int(of_columns[1]) - int(of_columns[2])
    if of_columns is not None and columns > 0:  # else the rows' finding has slipped below, in a narrow table
        below = below.replace(of_columns[0], "")
    of_rows = re.search(r"(\d+) shown\)", below)
    return 0 if of_rows is None else found.shape[0] - int(of_rows[1]), max(columns, 0)


@contextmanager
def _asked(warehouse: Path, sql: str) -> Iterator[duckdb.DuckDBPyRelation | None]:
    snapshot = store.published(warehouse)
    with duckdb.connect() as connection:
        for name in TABLES:
            # Read by Arrow: a view over the files would need leave to read files, and so to write them.
            connection.register(name, store.dataset(snapshot, name))
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        try:
            # DuckDB works when its rows are asked for: what cannot be carried out shows only then.
            yield connection.sql(sql)
        except duckdb.Error as error:
            raise _refused(sql, error, warehouse / "current") from None


def _refused(sql: str, error: duckdb.Error, current: Path) -> InputError:
    """Return DuckDB's finding, in its own words only where they can speak of nothing but the query: an error
    met while rows are read quotes them, and they are what customers said.
    """
    if isinstance(error, duckdb.PermissionException) or "configuration has been locked" in str(error):
        return _out_of_bounds(sql, current)
    if isinstance(error, duckdb.CatalogException | duckdb.BinderException | duckdb.ParserException):
        said = " ".join(str(error).splitlines()[:2]).strip()
        finding = Bilingual(f"查询有误：{said}", f"the query is wrong: {said}")
    else:
        kind = type(error).__name__
        finding = Bilingual(
            f"查询执行不下去：{kind}（不显示错误内容，其中可能有客户文字）",
            f"the query cannot be carried out: {kind} (its message is withheld: it may quote customers)",
        )
    unknown = isinstance(error, duckdb.CatalogException)
    return InputError(
        finding, where="SQL", value=sql, valid=tuple(TABLES) if unknown else None, next_step=_TABLES_HELP
    )


def _out_of_bounds(sql: str, current: Path) -> InputError:
    return InputError(
        Bilingual(
            "cem query 只查询已发布的表：不读写文件，不附加数据库，不安装扩展，不改设置",
            "cem query asks the published tables alone: it reads and writes no file, attaches no database, "
            "installs no extension and changes no setting",
        ),
        where="SQL",
        value=sql,
        valid=_ALLOWED,
        next_step=Bilingual(
            f"要与别的数据合看或导出，用 pandas 或 DuckDB 读 {current} 里的 Parquet 文件",
            f"to join other data or to export, read the Parquet files in {current} with pandas or DuckDB",
        ),
    )
