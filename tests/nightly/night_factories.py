"""Small real files, a configuration over them, a night's run, and what it published."""

import csv
import gzip
import hashlib
import io
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from cem_nlp import store
from cem_nlp.config_file import load_config
from cem_nlp.model_files import load_model
from cem_nlp.nightly import Outcome, run_directly, run_night
from cem_nlp.schemas import TABLES

NIGHT = "2026-09-03"
COLUMNS = {
    "id": "编号",
    "brand": "品牌",
    "product": "商品",
    "rating": "评分",
    "created_at": "时间",
    "customer": "客户",
    "text": "评论",
}
TEXTS = (
    "制冷很快，安装师傅也很客气，就是价格有点贵",
    "噪音太大了，晚上根本睡不着，客服还一直推脱",
    "物流很快，第二天就送到了，包装也完好",
    "用了三天就坏了，售后没人理，太让人失望了",
    "性价比很高，老客户还送了延保，下次还会回购",
    "下单很方便，支付一步到位，页面也清楚",
    "牌子货就是让人放心，做工精细，外观大气",
    "安装费乱收，说好免费的，结果要了三百块",
)
CALL = (
    ("坐席", 0, "您好，这里是服务热线，请讲"),
    ("客户", 4, "你们的空调用了两天就漏水，维修师傅态度还特别差"),
    ("坐席", 15, "非常抱歉，我们的产品质量一直很好，马上给您安排上门"),
    ("客户", 24, "上次也是这么说的，等了一个星期都没人来"),
)
Row = dict[str, Any]
load_model_once = lru_cache(maxsize=2)(load_model)
"""For the many nights of the tests: unpacking the shipped model takes a third of a small night."""


def review(number: int, **changes: Any) -> Row:
    """A good review with a number of its own, some cells changed."""
    row = {
        "编号": f"R{number:04d}",
        "品牌": ("贝岭", "合悦")[number % 2],
        "商品": "柜机",
        "评分": str(1 + number % 5),
        "时间": f"2026-08-{1 + number % 28:02d} 09:30:00",
        "客户": f"user-{number % 7}",
        "评论": f"{TEXTS[number % len(TEXTS)]}，第{number}次买",
    }
    assert changes.keys() <= row.keys()
    return row | changes


def reviews(count: int, start: int = 1) -> list[Row]:
    return [review(number) for number in range(start, start + count)]


def call(number: int, turns: Sequence[tuple[str, Any, str]] = CALL) -> Row:
    """A good call."""
    spoken = [{"who": who, "at": at, "says": says} for who, at, says in turns]
    return {"call_id": f"C{number:04d}", "brand": "贝岭", "turns": spoken}


def write(path: Path, content: bytes | str) -> Path:
    """Write a file, gzipped where its name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(plain, mtime=0) if path.suffix == ".gz" else plain)
    return path


def write_csv(path: Path, rows: Iterable[Mapping[str, Any]], encoding: str = "utf-8") -> Path:
    return write(path, csv_text(rows).encode(encoding))


def csv_text(rows: Iterable[Mapping[str, Any]], header: Iterable[str] = COLUMNS.values()) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(header))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_json_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    return write(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_excel(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    book = openpyxl.Workbook()
    for cells in [list(rows[0]), *(list(row.values()) for row in rows)]:
        book.active.append(cells)
    packed = io.BytesIO()
    book.save(packed)
    return write(path, packed.getvalue())


def write_parquet(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    packed = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows]), packed)
    return write(path, packed.getvalue())


def write_sqlite(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    names = ", ".join(f'"{name}"' for name in rows[0])
    connection.execute(f"create table reviews ({names})")
    marks = ", ".join("?" * len(rows[0]))
    connection.executemany(f"insert into reviews values ({marks})", [tuple(row.values()) for row in rows])
    connection.commit()
    connection.close()
    return path


def source(name: str = "评论", path: str = "reviews.csv", **changes: Any) -> Row:
    return {"name": name, "path": path, "columns": dict(COLUMNS)} | changes


def calls_source(path: str = "calls.jsonl") -> Row:
    turns = {"role": "who", "text": "says", "seconds": "at", "roles": {"客户": "customer", "坐席": "agent"}}
    return source("通话", path, kind="transcript", columns={"id": "call_id", "brand": "brand"}, turns=turns)


def write_config(folder: Path, *sources: Row, **settings: Any) -> Path:
    """Write a configuration over `sources`, the reviews alone where none is given."""
    whole = {
        "warehouse": "warehouse",
        "brands": {"own": ["贝岭"]},
        "workers": 1,
        "sources": list(sources) or [source()],
    }
    return write(folder / "night.yaml", yaml.safe_dump(whole | settings, allow_unicode=True))


def publish(config: Path, night: str = NIGHT, **how: Any) -> Outcome:
    """Run the night without Prefect, in this process."""
    return run_night(load_config(config), date.fromisoformat(night), "zh", **{"runner": run_directly} | how)


def rows_of(warehouse: Path, table: str, *without: str) -> list[Row]:
    """All published rows of a table, without some columns."""
    found = store.read_table(store.published(warehouse), table).drop_columns(list(without))
    rows: list[Row] = found.to_pylist()
    return rows


def all_rows(warehouse: Path) -> dict[str, list[Row]]:
    """Everything published but when it was."""
    clock = {"runs": ("started_at", "finished_at", "seconds")}
    return {name: rows_of(warehouse, name, *clock.get(name, ())) for name in TABLES}


def reconciliation(outcome: Outcome) -> dict[str, tuple[int, int, int, int]]:
    """Of each file: rows in, published, quarantined, duplicates."""
    return {
        count.file: (count.rows_in, count.published, count.quarantined, count.duplicates)
        for count in outcome.counts
    }


def fingerprint(warehouse: Path) -> dict[str, str]:
    """What readers see: which state is current, and a checksum of each of its files."""
    snapshot = store.published(warehouse)
    files = sorted(path for path in snapshot.rglob("*") if path.is_file())
    sums = {str(path.relative_to(snapshot)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return {"current": snapshot.name} | sums
