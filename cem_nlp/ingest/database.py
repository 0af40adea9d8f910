"""Rows of a SQL query through SQLAlchemy, streamed; passwords and values stay out of errors."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import URL, CursorResult, Date, Engine, bindparam, create_engine, make_url, text
from sqlalchemy.exc import DataError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from cem_nlp.config import Source
from cem_nlp.errors import UnreadableSource
from cem_nlp.ingest.batches import chunks
from cem_nlp.ingest.cells import as_cell
from cem_nlp.ingest.columns import by_name, check_columns, distinct
from cem_nlp.ingest.records import RawChunk, RawRow, Rejected
from cem_nlp.language import Bilingual

_VARIABLE: Final = re.compile(r"\$\{(\w+)\}")
_NIGHT: Final = re.compile(r"(?<![:\w\\]):night\b")
_ROWS_AT_ONCE: Final = 1000


def read_database(
    source: Source, night: date, rows_per_chunk: int, environment: Mapping[str, str]
) -> Iterator[RawChunk]:
    """Yield the chunks of the source's query, `:night` bound to the date of the run.

    Rows count from 2, as if the names stood in row 1. The query runs in a transaction that is never
    committed. Rejected rows: undecodable (bytes that are no UTF-8).

    Raises:
        UnreadableSource: an environment variable is missing, no connection, no such table, any other failure.
        BrokenContract: a mapped column is missing.
    """
    url, secrets = _address(source, environment)
    try:
        with _result(url, source, night) as result:
            names = list(result.keys())
            check_columns(names, source, source.name)
            columns = distinct(names)
            yield from chunks(_items(result, columns), source.name, columns, rows_per_chunk)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise UnreadableSource(
            Bilingual("没有安装这种数据库的驱动", "the driver of this database is not installed"),
            where=source.name,
            value=url.drivername,
            next_step=Bilingual(
                "安装驱动，例如 pip install 'cem-nlp[postgres]'",
                "install the driver, for example pip install 'cem-nlp[postgres]'",
            ),
        ) from error
    except SQLAlchemyError as error:
        reason = _reason(error, secrets)
        # Without its cause: the driver's message and a logged traceback may quote values.
        raise UnreadableSource(
            Bilingual(f"数据库查询失败：{reason}", f"the database query failed: {reason}"),
            where=f"{source.name} ({url.drivername}://{url.host or ''}/{url.database or ''})",
            next_step=Bilingual(
                "检查连接地址、网络、权限和 query", "check address, network, permissions and query"
            ),
        ) from None


def _address(source: Source, environment: Mapping[str, str]) -> tuple[URL, list[str]]:
    """Return the address with its variables filled in, and what must never be shown."""
    assert source.url is not None
    names = _VARIABLE.findall(source.url)
    for name in names:
        if name not in environment:
            raise UnreadableSource(
                Bilingual(f"环境变量 {name} 没有设置", f"the environment variable {name} is not set"),
                where=source.name,
                next_step=Bilingual("设置后重试", "set it and run again"),
            )
    # User and password may hold any character; where a variable is the whole address, it is quoted already.
    user, at, place = source.url.rpartition("@")
    filled = _VARIABLE.sub(lambda found: quote(environment[found[1]], safe=""), user) + at
    filled += _VARIABLE.sub(lambda found: environment[found[1]], place)
    try:
        url = make_url(filled)
    except (SQLAlchemyError, ValueError):
        raise UnreadableSource(
            Bilingual("数据库地址 url 的格式不对", "url is no database address"),
            where=source.name,
            next_step=Bilingual(
                "写成 postgresql+psycopg://用户:${密码变量}@主机/库名",
                "write postgresql+psycopg://user:${PASSWORD_VARIABLE}@host/database",
            ),
        ) from None
    secrets = [environment[name] for name in names] + [url.password, url.query.get("password")]
    return url, [str(secret) for secret in secrets if secret]


def _reason(error: SQLAlchemyError, secrets: Sequence[str]) -> str:
    """Return the first line of the driver's message; of an error about data only its kind."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    message = type(cause).__name__ if isinstance(error, DataError) else f"{cause}".strip().partition("\n")[0]
    for secret in sorted(secrets, key=len, reverse=True):
        message = message.replace(secret, "***")
    return message


@contextmanager
def _result(url: URL, source: Source, night: date) -> Iterator[CursorResult[Any]]:
    _refuse_missing_file(url, source)
    engine: Engine = create_engine(url, poolclass=NullPool)
    assert source.query is not None
    statement = text(source.query)
    if _NIGHT.search(source.query):
        statement = statement.bindparams(bindparam("night", night, Date()))
    try:
        with (
            engine.connect().execution_options(
                stream_results=True, max_row_buffer=_ROWS_AT_ONCE, postgresql_readonly=True
            ) as connection,
            connection.execute(statement) as result,
        ):
            yield result
    finally:
        engine.dispose()


def _refuse_missing_file(url: URL, source: Source) -> None:
    """SQLite would create an empty database where there is none."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:") or "uri" in url.query:
        return
    if not Path(str(url.database)).is_file():
        raise UnreadableSource(
            Bilingual("没有这个 SQLite 文件", "there is no such SQLite file"),
            where=f"{source.name} ({Path(str(url.database)).name})",
            next_step=Bilingual("检查配置中的 url", "check url in the configuration"),
        )


def _items(result: CursorResult[Any], columns: Sequence[str]) -> Iterator[RawRow | Rejected]:
    for number, row in enumerate(result, 2):
        try:
            yield number, [as_cell(value) for value in row]
        except UnicodeDecodeError:
            shown = [as_cell(_readable(value)) for value in row]
            yield Rejected(number, "undecodable", by_name(columns, shown))


def _readable(value: Any) -> Any:
    return (
        bytes(value).decode("utf-8", "backslashreplace") if isinstance(value, bytes | memoryview) else value
    )
