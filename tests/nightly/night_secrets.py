"""Invented personal data, where it is planted, and a search for it in everything a run leaves behind."""

import gzip
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from night_factories import call, calls_source, csv_text, review, reviews, source, write, write_config

MOBILE = "13812345678"
IDENTITY = "11010519491231002X"
CARD = "6222021000001235"
MAIL = "zhang.san@example.cn"
WECHAT = "zhangsan_88"
LANDLINE = "010-62345678"
CUSTOMER = "13987654321"
NAME = "欧阳晓明"
ADDRESS = "解放路25号3栋502室"
ORDER = "88320260903000117"
ANSWER = "88320260903000622"
FULL_WIDTH = "１３７１２３４５６７８"
SECRETS = (MOBILE, IDENTITY, CARD, MAIL, WECHAT, LANDLINE, CUSTOMER, NAME, ADDRESS, ORDER, ANSWER, FULL_WIDTH)
WORDS = (
    f"空调漏水没人管，打我手机{MOBILE}或座机{LANDLINE}",
    f"身份证{IDENTITY}都给你们了还是不退款，卡号{CARD}",
    f"客服态度很差，邮箱{MAIL}，微信号：{WECHAT}",
    f"联系人：{NAME}，地址：{ADDRESS}，订单号{ORDER}一直没发货",
)
ALL_WORDS = "；".join(WORDS)


def plant(folder: Path, max_bad_share: float) -> Path:
    """Put them into good reviews and calls, broken rows of each kind, ids, customers and names."""
    good = [
        review(number, 评论=words, 客户=CUSTOMER, 商品=f"柜机 {MOBILE}")
        for number, words in enumerate(WORDS, 1)
    ]
    good.append(review(9, 商品=f"柜机{FULL_WIDTH}"))
    broken = [
        review(11, 评论=ALL_WORDS, 评分="9", 客户=CUSTOMER),
        review(12, 评论=ALL_WORDS, 商品=f"柜机{FULL_WIDTH}", 时间=f"{MOBILE}打不通"),
        review(13, 评论=ALL_WORDS, 评分=MOBILE),
        review(14, 评论=ALL_WORDS, 品牌=f"贝\0岭{MOBILE}"),
        review(1, 评论=f"改口了。{ALL_WORDS}"),
        review(15, 编号=MOBILE, 评论=ALL_WORDS, 评分="9"),
    ]
    text = csv_text([*good, *broken, *reviews(8, start=20)])
    ragged = f"R99,贝岭,柜机,5,2026-08-01,{CUSTOMER},{ALL_WORDS},{MOBILE},{NAME}\r\n"
    quotes = f'R98,贝岭,柜机,5,2026-08-01,{CUSTOMER},"{MOBILE}"打不通\r\n'
    damaged = f"R97,贝岭,柜机,5,2026-08-01,{CUSTOMER},{ALL_WORDS}".encode() + b"\xff\xfe\r\n"
    write(folder / "reviews.csv", (text + ragged + quotes).encode() + damaged)
    calls = [
        call(1, [("坐席", 0, "请留个电话"), ("客户", 3, ALL_WORDS), ("客户", 9, "用了两天就坏了")]),
        call(5, [("坐席", 0, "您的订单号是？"), ("客户", 3, ANSWER), ("客户", 9, "一直没发货，太慢了")]),
        call(2, [("路人", 0, ALL_WORDS)]),
        call(3, [("客户", 9, ALL_WORDS), ("坐席", 1, "好的")]),
        {"call_id": "C4", "brand": "贝岭", "turns": ALL_WORDS},
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in calls]
    write(folder / "calls.jsonl", "\n".join([*lines, f'{{"call_id": "{MOBILE}', f'["{ALL_WORDS}"]', ""]))
    # Columns that no mapping names are kept in quarantine only.
    contact = {"姓名": NAME, "联系电话": LANDLINE, "家庭住址": ADDRESS, "订单号": ORDER, "微信": WECHAT}
    write_csv_with(
        folder / f"名单_{NAME}_{MOBILE}.csv", [review(30) | contact, review(31, 评分="9") | contact]
    )
    return write_config(
        folder, source(), calls_source(), source("名单", "名单_*.csv"), max_bad_share=max_bad_share
    )


def write_csv_with(path: Path, rows: list[dict[str, str]]) -> Path:
    return write(path, csv_text(rows, rows[0]))


def leaks(folder: Path) -> list[tuple[str, str]]:
    """Return (file, secret) for each secret that any file under `folder` holds, packed or not."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        held = "\n".join(contents(path))
        found += [(str(path.relative_to(folder)), secret) for secret in SECRETS if secret in held]
    return found


def contents(path: Path) -> Iterator[str]:
    """Everything a file holds: its bytes, and what they say once unpacked."""
    raw = path.read_bytes()
    yield raw.decode("utf-8", "replace")
    yield raw.decode("utf-16-le", "replace")
    if path.suffix == ".parquet":
        yield repr(pq.read_table(pa.BufferReader(raw)).to_pylist())
        yield repr(pq.read_metadata(pa.BufferReader(raw)).to_dict())
    elif raw.startswith(b"\x1f\x8b"):
        yield gzip.decompress(raw).decode("utf-8", "replace")
    elif raw.startswith(b"SQLite format 3"):
        yield from rows_of_database(path)


def rows_of_database(path: Path) -> Iterator[str]:
    connection = sqlite3.connect(path)
    tables = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
    for (table,) in tables:
        for row in connection.execute(f'select * from "{table}"'):
            # JSON columns spell Chinese as escapes.
            yield "\n".join(str(value) for value in row)
            yield "\n".join(
                value.encode().decode("unicode_escape", "replace") for value in row if isinstance(value, str)
            )
    connection.close()
