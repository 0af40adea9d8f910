"""SQL over the published tables."""

from pathlib import Path

import duckdb

from cem_nlp import store
from cem_nlp.errors import InputError
from cem_nlp.language import Bilingual
from cem_nlp.schemas import NIGHTLY, TABLES


def query(warehouse: Path, sql: str) -> str | None:
    """Run `sql` over the published state, each table a view of its name; None where there is nothing to show.

    Returns the rows laid out as a table. Raises NothingPublished, and InputError for SQL that DuckDB does not
    understand or cannot carry out.
    """
    snapshot = store.published(warehouse)
    with duckdb.connect() as connection:
        for name in TABLES:
            _show_table(connection, snapshot, name)
        try:
            found = connection.sql(sql)
            # DuckDB works when its rows are asked for: what cannot be carried out shows only here.
            return None if found is None else str(found)
        except duckdb.Error as error:
            raise _refused(sql, error) from None


def _refused(sql: str, error: duckdb.Error) -> InputError:
    """Return DuckDB's finding, in its own words only where they can speak of nothing but the query: an error
    met while rows are read quotes them, and they are what customers said.
    """
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
        finding,
        where="SQL",
        value=sql,
        valid=tuple(TABLES) if unknown else None,
        next_step=Bilingual(
            '表和列见 docs/tables.md，或 cem query … "describe 表名"',
            'tables and columns: docs/tables.md, or cem query … "describe TABLE"',
        ),
    )


def _show_table(connection: duckdb.DuckDBPyConnection, snapshot: Path, name: str) -> None:
    """Make a table of the snapshot a view; one without a file is empty, as it is in `store.read_table`."""
    pattern = "*/*.parquet" if name in NIGHTLY else "*.parquet"
    if not any((snapshot / name).glob(pattern)):
        connection.register(name, TABLES[name].empty_table())
        return
    files = str(snapshot / name / pattern).replace("'", "''")
    hive = ", hive_types = {'night': varchar}" if name in NIGHTLY else ""
    connection.execute(f"create view {name} as from read_parquet('{files}'{hive})")
