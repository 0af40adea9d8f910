"""What the bytes of a text file mean."""

import codecs
import tracemalloc
from pathlib import Path

import pytest
from ingest_helpers import (
    HEADER,
    ROW,
    cells,
    read,
    reviews,
    write_bytes,
    write_csv,
    write_excel,
    write_parquet,
)

from cem_nlp.errors import UnreadableSource
from cem_nlp.ingest.lines import LONGEST_LINE, physical_lines

EXPECTED = [dict(zip(HEADER, ROW, strict=True))]


@pytest.mark.parametrize(
    ("written", "declared"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("gb18030", None),
        ("utf-8-sig", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-32", "utf-32"),
    ],
)
def test_encodings_that_read_the_same(tmp_path: Path, written: str, declared: str | None) -> None:
    path = write_csv(tmp_path / "a.csv", [ROW], encoding=written)
    assert cells(read(reviews(encoding=declared), path)) == EXPECTED


def test_big5_when_declared(tmp_path: Path) -> None:
    row = ("1", "貝嶺", "5", "2026-08-01", "製冷很快")
    path = write_csv(
        tmp_path / "a.csv", [row], header=("id", "brand", "stars", "time", "text"), encoding="big5"
    )
    columns = {"id": "id", "brand": "brand", "text": "text"}
    assert cells(read(reviews(encoding="big5", columns=columns), path))[0]["brand"] == "貝嶺"


TRADITIONAL = ("製冷很快，師傅也客氣，只是價格貴了一點", "客服的態度很差，等了三天都沒有人來", "東西還不錯")


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "cp950"])
@pytest.mark.parametrize("rows", [1, 3, 300])
def test_big5_asks_to_be_declared(tmp_path: Path, encoding: str, rows: int) -> None:
    """GB18030 accepts nearly all of its bytes: read by guess, the comments would be published as rubbish."""
    content = [(str(number), TRADITIONAL[number % 3]) for number in range(rows)]
    path = write_csv(tmp_path / "a.csv", content, header=("id", "text"), encoding=encoding)
    with pytest.raises(UnreadableSource, match="Big5") as caught:
        read(reviews(columns={"text": "text"}), path)
    assert caught.value.where == "in/a.csv:2"
    assert "big5、cp950" in caught.value.explain("zh")


def test_big5_below_plain_lines_is_refused_where_it_begins(tmp_path: Path) -> None:
    content = ("id,text\n" + "1,ok\n" * 5 + f"2,{TRADITIONAL[1]}\n").encode("big5")
    with pytest.raises(UnreadableSource, match="Big5") as caught:
        read(reviews(columns={"text": "text"}), write_bytes(tmp_path / "a.csv", content))
    assert caught.value.where == "in/a.csv:7"


@pytest.mark.parametrize("declared", [None, "gb18030"])
def test_some_characters_of_private_use_are_still_gb18030(tmp_path: Path, declared: str | None) -> None:
    """Old telephones wrote their emoji so; who declares GB18030 may have as many as there are."""
    text = "很好\ue056，屏幕清楚，手感也不错，就是价格贵" if declared is None else "\ue056\ue057"
    path = write_csv(tmp_path / "a.csv", [(*ROW[:-1], text)], encoding="gb18030")
    assert cells(read(reviews(encoding=declared), path))[0]["评论"] == text


def test_wrong_declaration_names_byte_line_and_remedy(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [ROW], encoding="gb18030")
    with pytest.raises(UnreadableSource) as caught:
        read(reviews(encoding="utf-8"), path)
    assert caught.value.where == "in/a.csv:1"
    assert "byte 0xb1 at offset 0 is not utf-8" in caught.value.explain("en")
    assert "encoding" in caught.value.explain("zh")


def test_the_offset_counts_from_the_beginning_of_the_file(tmp_path: Path) -> None:
    head = b"id,text\n1,ok\n2,"
    with pytest.raises(UnreadableSource, match=f"offset {len(head)} ") as caught:
        read(reviews(columns={"text": "text"}), write_bytes(tmp_path / "a.csv", head + b"\xff\xff\n"))
    assert caught.value.where == "in/a.csv:3"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf16_asks_to_be_declared(tmp_path: Path, encoding: str) -> None:
    path = write_csv(tmp_path / "a.csv", [ROW] * 3, encoding=encoding)
    with pytest.raises(UnreadableSource) as caught:
        read(reviews(), path)
    assert 'encoding = "utf-16"' in caught.value.explain("en")


def test_truncated_utf16_is_an_error(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [ROW], encoding="utf-16")
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(UnreadableSource, match="utf-16"):
        read(reviews(encoding="utf-16"), path)


def test_one_damaged_line_is_a_rejected_row_and_changes_no_other(tmp_path: Path) -> None:
    content = "".join(f"{number},贝岭,5,2026-08-01,很好\n" for number in range(5))
    damaged = content.encode().replace("2,贝岭".encode(), "2,贝".encode() + b"\xe5\xb2")
    path = write_bytes(tmp_path / "a.csv", ",".join(HEADER).encode() + b"\n" + damaged)
    (chunk,) = read(reviews(), path)
    assert [row for row, _ in chunk.rows] == [2, 3, 5, 6]
    assert {row[1] for _, row in chunk.rows} == {"贝岭"}
    (reject,) = chunk.rejected
    assert (reject.row, reject.reason) == (4, "undecodable")
    assert reject.content == {"line": "2,贝\\xe5\\xb2,5,2026-08-01,很好"}


def test_damaged_header_fails_the_file(tmp_path: Path) -> None:
    content = b"\xff" + ",".join(HEADER).encode() + b"\n" + b"1,a,5,,ok\n" + "1,贝岭,5,,好\n".encode() * 3
    with pytest.raises(UnreadableSource, match="header") as caught:
        read(reviews(), write_bytes(tmp_path / "a.csv", content))
    assert "big5" in caught.value.explain("zh")


def lines(*blocks: bytes, encoding: str | None = None) -> tuple[list[str], dict[int, str]]:
    damaged: dict[int, str] = {}
    return list(physical_lines(iter(blocks), encoding, "a.csv", damaged)), damaged


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    whole = f"一{end}二{end}三".encode()
    for cut in range(len(whole)):
        assert lines(whole[:cut], whole[cut:]) == ([f"一{end}", f"二{end}", "三"], {})


def test_separators_that_are_no_line_ends_stay_inside_a_line() -> None:
    text = "a\u2028b\x0bc\x85d\n"
    assert lines(text.encode()) == ([text], {})


def test_overlong_line_is_cut_and_noted_and_the_next_ones_are_whole() -> None:
    block = b"x" * (1 << 20)
    found, damaged = lines(b"first\n", *[block] * 6, b'"yy\nlast', b" line\n")
    assert found[0] == "first\n"
    assert len(found[1]) < 2000
    assert found[2:] == ["last line\n"]
    assert damaged == {2: "line_too_long"}


def test_a_file_without_line_ends_does_not_fill_the_memory() -> None:
    block = b"x" * (1 << 20)
    tracemalloc.start()
    found, damaged = lines(*[block] * 64)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(found), damaged) == (1, {1: "line_too_long"})
    assert peak < 4 * LONGEST_LINE


def test_a_line_just_short_of_the_limit_is_kept() -> None:
    line = b"x" * (LONGEST_LINE - 1) + b"\n"
    found, damaged = lines(line[:1000], line[1000:], b"y\n")
    assert ([len(text) for text in found], damaged) == ([LONGEST_LINE, 2], {})


def test_what_is_no_text_is_said_with_what_to_do(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv.gz", [ROW])
    write_excel(tmp_path / "a.xlsx", [ROW])
    write_parquet(tmp_path / "a.parquet", {name: [cell] for name, cell in zip(HEADER, ROW, strict=True)})
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1" + b"x" * 100)
    expected = {
        "a.csv.gz": ("gzip", "后缀 .gz"),
        "a.xlsx": ("Excel 工作簿或 zip", ".xlsx"),
        "a.parquet": ("Parquet", ".parquet"),
        "a.xls": (".xls", "另存为 .xlsx"),
    }
    for name, words in expected.items():
        for suffix in (".csv", ".csv.gz", ".jsonl"):
            path = write_bytes(tmp_path / f"b{suffix}", (tmp_path / name).read_bytes())
            with pytest.raises(UnreadableSource, match="not text") as caught:
                read(reviews(path=f"in/*{suffix}"), path)
            assert caught.value.where == f"in/b{suffix}"
            for word in words:
                assert word in caught.value.explain("zh")


def test_utf32_asks_to_be_declared() -> None:
    with pytest.raises(UnreadableSource, match="UTF-32"):
        lines(codecs.BOM_UTF32_LE + "好".encode("utf-32-le"))
