"""SQL over the published tables."""

from pathlib import Path

import duckdb

from cem_nlp import store
from cem_nlp.errors import InputError
from cem_nlp.language import Bilingual
from cem_nlp.schemas import NIGHTLY, TABLES


def query(warehouse: Path, sql: str) -> duckdb.DuckDBPyRelation | None:
    """Run `sql` over the published state, each table a view of its name; None where there is nothing to show.

    Raises NothingPublished, and InputError with DuckDB's finding for SQL that it does not understand.
    """
    snapshot = store.published(warehouse)
    connection = duckdb.connect()
    for name in TABLES:
        files = str(snapshot / name / ("*/*.parquet" if name in NIGHTLY else "*.parquet")).replace("'", "''")
        hive = ", hive_types = {'night': varchar}" if name in NIGHTLY else ""
        connection.execute(f"create view {name} as from read_parquet('{files}'{hive})")
    try:
        return connection.sql(sql)
    except duckdb.Error as error:
        raise InputError(
            Bilingual(f"查询有误：{error}", f"the query is wrong: {error}"), value=sql, valid=tuple(TABLES)
        ) from error
