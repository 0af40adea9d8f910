"""Parquet files."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from ingest_helpers import HEADER, ROW, cells, read, reviews, take, write_bytes, write_parquet

from cem_nlp.errors import BrokenContract, UnreadableSource

SOURCE = reviews(path="in/a.parquet")
ONE = {name: [value] for name, value in zip(HEADER, ROW, strict=True)}


@pytest.mark.parametrize("name", ["a.parquet", "a.parquet.gz"])
def test_typed_columns(tmp_path: Path, name: str) -> None:
    table = pa.table(
        {
            "编号": pa.array([482028.0, None]),
            "品牌": pa.array(["贝岭", None]).dictionary_encode(),
            "评分": pa.array([Decimal("4.50"), Decimal("100")]),
            "时间": pa.array([1_785_000_000_000_000_001, None], pa.timestamp("ns", "Asia/Shanghai")),
            "评论": pa.array(["NA", "007"], pa.large_string()),
            "日期": pa.array([date(2026, 8, 1), None]),
            "标签": pa.array([[{"a": 1}], None]),
            "字节": pa.array([b"ok", None]),
        }
    )
    rows = cells(read(reviews(path=f"in/{name}"), write_parquet(tmp_path / name, table)))
    assert list(rows[0].values()) == [
        *["482028", "贝岭", "4.5", "2026-07-26 01:20:00+08:00", "NA", "2026-08-01", '[{"a":1}]', "ok"]
    ]
    assert list(rows[1].values()) == [None, None, "100", None, "007", None, None, None]


def test_rows_count_from_two_as_under_a_header(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", {name: values * 2500 for name, values in ONE.items()})
    chunks = read(SOURCE, path, rows_per_chunk=999)
    assert [row for chunk in chunks for row, _ in chunk.rows] == list(range(2, 2502))
    assert [chunk.rows_in for chunk in chunks] == [999, 999, 502]


def test_time_with_zone_means_the_same_moment(tmp_path: Path) -> None:
    moment = datetime(2026, 8, 1, 1, 30, tzinfo=UTC)
    path = write_parquet(tmp_path / "a.parquet", ONE | {"时间": [moment]})
    assert take(SOURCE, path).accepted[0].created_at == moment


def test_text_that_is_no_utf8_is_rejected(tmp_path: Path) -> None:
    broken = pa.array([b"\xff\xfe", "行".encode()], pa.binary()).view(pa.string())
    path = write_parquet(
        tmp_path / "a.parquet", {name: values * 2 for name, values in ONE.items()} | {"评论": broken}
    )
    (chunk,) = read(SOURCE, path)
    assert [row for row, _ in chunk.rows] == [3]
    (reject,) = chunk.rejected
    assert (reject.row, reject.reason, reject.column) == (2, "undecodable", "评论")
    assert reject.content["评论"] == "\\xff\\xfe"


@pytest.mark.parametrize("damage", [lambda content: b"no parquet at all", lambda content: content[:-9]])
def test_damaged_file(tmp_path: Path, damage) -> None:
    content = write_parquet(tmp_path / "a.parquet", ONE).read_bytes()
    with pytest.raises(UnreadableSource, match="no Parquet file, or damaged") as caught:
        read(SOURCE, write_bytes(tmp_path / "a.parquet", damage(content)))
    assert caught.value.where == "in/a.parquet"


def test_damaged_page_is_an_error_not_a_wrong_value(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", {name: values * 3000 for name, values in ONE.items()})
    content = bytearray(path.read_bytes())
    content[4:40] = b"\xff" * 36
    path.write_bytes(content)
    with pytest.raises(UnreadableSource):
        read(SOURCE, path)


def test_missing_column(tmp_path: Path) -> None:
    with pytest.raises(BrokenContract) as caught:
        read(SOURCE, write_parquet(tmp_path / "a.parquet", {"编号": ["1"], "评论文本": ["好"]}))
    assert caught.value.valid == ("编号", "评论文本")
