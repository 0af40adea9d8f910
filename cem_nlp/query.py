"""SQL over the published tables."""

from pathlib import Path

import duckdb

from cem_nlp import store
from cem_nlp.errors import InputError
from cem_nlp.language import Bilingual
from cem_nlp.schemas import NIGHTLY, TABLES


def query(warehouse: Path, sql: str) -> str | None:
    """Run `sql` over the published state, each table a view of its name; None where there is nothing to show.

    Returns the rows laid out as a table. Raises NothingPublished, and InputError with DuckDB's finding for
    SQL that it does not understand or cannot carry out.
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
            raise InputError(
                Bilingual(f"查询有误：{error}", f"the query is wrong: {error}"),
                value=sql,
                valid=tuple(TABLES),
            ) from error


def _show_table(connection: duckdb.DuckDBPyConnection, snapshot: Path, name: str) -> None:
    """Make a table of the snapshot a view; one without a file is empty, as it is in `store.read_table`."""
    pattern = "*/*.parquet" if name in NIGHTLY else "*.parquet"
    if not any((snapshot / name).glob(pattern)):
        connection.register(name, TABLES[name].empty_table())
        return
    files = str(snapshot / name / pattern).replace("'", "''")
    hive = ", hive_types = {'night': varchar}" if name in NIGHTLY else ""
    connection.execute(f"create view {name} as from read_parquet('{files}'{hive})")
