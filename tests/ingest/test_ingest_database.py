"""SQL sources: SQLite here, and PostgreSQL where its server is installed."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from ingest_helpers import HEADER, NIGHT, ROW, admission, cells, read
from postgres_server import PASSWORD, USER, running_server
from sqlalchemy import create_engine, text

from cem_nlp.config import Source
from cem_nlp.errors import BrokenContract, UnreadableSource
from cem_nlp.ingest import admit, read_chunks

QUERY = "SELECT * FROM 评论 WHERE 时间 < :night ORDER BY 编号"


def database(url: str, query: str = QUERY, **changes: object) -> Source:
    columns = {"id": "编号", "brand": "品牌", "rating": "评分", "created_at": "时间", "text": "评论"}
    return Source.model_validate({"name": "客户库", "url": url, "query": query, "columns": columns} | changes)


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    path = tmp_path / "feedback.db"
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE TABLE 评论 (编号 INTEGER, 品牌 TEXT, 评分 REAL, 时间 TEXT, 评论 TEXT, 附 BLOB)"
        )
        rows = [(number, "贝岭", 4.0, "2026-08-01 09:30:00", "好", None) for number in range(7, 2507)]
        rows.append((9000, "贝岭", 4.0, "2026-09-03 00:00:00", "今天的", None))
        connection.executemany("INSERT INTO 评论 VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.close()
    return f"sqlite:///{path}"


def test_rows_come_as_text_in_chunks_up_to_the_night(sqlite: str) -> None:
    chunks = read(database(sqlite), None, rows_per_chunk=1000)
    assert [chunk.rows_in for chunk in chunks] == [1000, 1000, 500]
    assert [row for row, _ in chunks[0].rows][:2] == [2, 3]
    assert cells(chunks)[0] == dict(
        zip(HEADER, ["7", "贝岭", "4", "2026-08-01 09:30:00", "好"], strict=True)
    ) | {"附": None}
    assert {chunk.file for chunk in chunks} == {"客户库"}
    assert len(admit(chunks[0], database(sqlite), admission()).accepted) == 1000


def test_colons_that_are_no_night_stay_in_the_query(sqlite: str) -> None:
    (chunk,) = read(
        database(sqlite, "SELECT * FROM 评论 WHERE 时间 = '2026-08-01 09:30:00' AND 编号 = 7"), None
    )
    assert chunk.rows_in == 1


def test_no_rows_are_no_error(sqlite: str) -> None:
    assert [chunk.rows_in for chunk in read(database(sqlite, "SELECT * FROM 评论 WHERE 0"), None)] == [0]


def test_bytes_that_are_no_text_are_rejected(sqlite: str) -> None:
    query = "SELECT 编号, 品牌, 评分, 时间, CAST(X'FFFE' AS BLOB) AS 评论 FROM 评论 WHERE 编号 = 7"
    (chunk,) = read(database(sqlite, query), None)
    assert [(reject.row, reject.reason, reject.content["评论"]) for reject in chunk.rejected] == [
        (2, "undecodable", "\\xff\\xfe")
    ]


def test_a_query_that_writes_changes_nothing(sqlite: str) -> None:
    read(database(sqlite, "UPDATE 评论 SET 评论 = '改' RETURNING 编号, 品牌, 评分, 时间, 评论"), None)
    assert {row["评论"] for row in cells(read(database(sqlite), None))} == {"好"}


def test_missing_column_lists_those_of_the_query(sqlite: str) -> None:
    with pytest.raises(BrokenContract) as caught:
        read(database(sqlite, "SELECT 编号, 品牌, 评分, 时间, 评论 AS 正文 FROM 评论"), None)
    assert (caught.value.where, caught.value.value) == ("客户库", "评论")
    assert caught.value.valid == ("编号", "品牌", "评分", "时间", "正文")


@pytest.mark.parametrize(
    ("query", "said"),
    [("SELECT * FROM 投诉", "no such table: 投诉"), ("SELEC 1", "syntax error"), ("SELECT :other", "other")],
)
def test_failing_query_says_why(sqlite: str, query: str, said: str) -> None:
    with pytest.raises(UnreadableSource, match=said) as caught:
        read(database(sqlite, query), None)
    assert caught.value.where is not None
    assert caught.value.where.startswith("客户库 (sqlite://")


def test_missing_file_is_said_and_not_created(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="no such SQLite file"):
        read(database(f"sqlite:///{tmp_path / 'gone.db'}"), None)
    assert not (tmp_path / "gone.db").exists()


def test_variables_are_filled_from_the_environment(sqlite: str) -> None:
    path = sqlite.removeprefix("sqlite:///")
    assert read(database("sqlite:///${DB_FILE}"), None, environment={"DB_FILE": path})[0].rows_in == 2500
    assert read(database("${DB_URL}"), None, environment={"DB_URL": sqlite})[0].rows_in == 2500
    with pytest.raises(UnreadableSource, match="DB_FILE is not set"):
        read(database("sqlite:///${DB_FILE}"), None)


@pytest.mark.parametrize(
    "url", ["nonsense", "nosuchdatabase://host/name", "postgresql+nosuchdriver://host/name"]
)
def test_unusable_address(url: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read(database(url), None)
    assert caught.value.next_step is not None


def test_refused_connection_keeps_the_password_to_itself() -> None:
    pytest.importorskip("psycopg")
    url = "postgresql+psycopg://u:${PASSWORD}@127.0.0.1:1/db?connect_timeout=2"
    with pytest.raises(UnreadableSource, match="query failed") as caught:
        read(database(url), None, environment={"PASSWORD": "topsecret"})
    assert "topsecret" not in caught.value.explain("zh") + repr(caught.value) + str(caught.value.__cause__)


POSTGRES_TABLE = """
CREATE TABLE 评论 (编号 bigint, 品牌 text, 评分 numeric(3, 1), 时间 timestamptz, 评论 text, 标签 jsonb);
INSERT INTO 评论
    SELECT n, '贝岭', 4.5, '2026-08-01 09:30+08', '好', '{"快": true}' FROM generate_series(1, 2500) n;
INSERT INTO 评论 VALUES (9000, '贝岭', 5, '2026-09-03 12:00+08', '今天的', NULL);
"""


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    pytest.importorskip("psycopg")
    with running_server() as port:
        place = f"127.0.0.1:{port}/postgres"
        engine = create_engine(f"postgresql+psycopg://{USER}:{quote(PASSWORD, safe='')}@{place}")
        with engine.begin() as connection:
            connection.execute(text(POSTGRES_TABLE))
        engine.dispose()
        yield f"postgresql+psycopg://{USER}:${{PASSWORD}}@{place}"


@pytest.mark.slow
def test_postgres_rows_are_streamed_and_mean_what_they_meant(postgres: str) -> None:
    source = database(postgres)
    chunks = list(read_chunks(source, None, NIGHT, 1000, environment={"PASSWORD": PASSWORD}))
    assert [chunk.rows_in for chunk in chunks] == [1000, 1000, 500]
    assert cells(chunks)[0]["标签"] == '{"快":true}'
    record = admit(chunks[0], source, admission()).accepted[0]
    assert (record.number, record.rating, record.created_at) == (
        "1",
        4.5,
        datetime(2026, 8, 1, 1, 30, tzinfo=UTC),
    )


@pytest.mark.slow
def test_postgres_message_that_repeats_a_variable_is_censored(postgres: str) -> None:
    source = database(postgres.replace(USER, "${DB_USER}"))
    with pytest.raises(UnreadableSource, match=r'user "\*\*\*"'):
        read(source, None, environment={"PASSWORD": PASSWORD, "DB_USER": "secret-name"})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "password", "said"),
    [
        ("SELECT * FROM 投诉", PASSWORD, "does not exist"),
        ("SELECT * FROM 评论", "wrong-secret", "authentication failed"),
        (
            "SELECT 编号, 品牌, 评分, 时间, CAST(品牌 AS integer) AS 评论 FROM 评论",
            PASSWORD,
            "InvalidTextRepresentation",
        ),
        ("DELETE FROM 评论 RETURNING *", PASSWORD, "failed"),
    ],
)
def test_postgres_errors_name_the_reason_without_secrets_or_data(
    postgres: str, query: str, password: str, said: str
) -> None:
    with pytest.raises(UnreadableSource, match=said) as caught:
        read(database(postgres, query), None, environment={"PASSWORD": password})
    message = caught.value.explain("zh") + str(caught.value.__cause__)
    assert password not in message
    assert quote(password, safe="") not in message
    assert ROW[1] not in message
