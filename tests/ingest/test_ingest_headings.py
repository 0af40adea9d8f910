"""A file without a header must not show its first customer in the error."""

import json
import pickle
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from ingest_helpers import (
    HEADER,
    ROW,
    read,
    reviews,
    write_bytes,
    write_csv,
    write_excel,
    write_json_lines,
    write_parquet,
)

from cem_nlp.errors import BrokenContract, UnreadableSource

FIRST = ("欧阳建国", "13712345701", "VIP-7788991", "杭州西湖区文三路90号", "空调漏水太差了")
OBJECTS = [dict(zip(FIRST, ROW, strict=True))]
FILES: dict[str, Callable[[Path], Path]] = {
    "csv": lambda folder: write_csv(folder / "a.csv", [ROW], FIRST),
    "xlsx": lambda folder: write_excel(
        folder / "a.xlsx", [HEADER, ROW], ("投诉：欧阳建国 13712345701 VIP-7788991",)
    ),
    "jsonl": lambda folder: write_json_lines(folder / "a.jsonl", OBJECTS),
    "parquet": lambda folder: write_parquet(folder / "a.parquet", {name: ["1"] for name in FIRST}),
    "array": lambda folder: write_bytes(
        folder / "a.csv", json.dumps([{"id": 1, "说": "、".join(FIRST)}], ensure_ascii=False).encode()
    ),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_first_row_that_is_no_header_is_counted_not_shown(kind: str, tmp_path: Path) -> None:
    path = FILES[kind](tmp_path)
    with pytest.raises(BrokenContract) as caught:
        read(reviews(path=f"in/*{path.suffix}"), path)
    error = caught.value
    said = error.explain("zh") + error.explain("en") + pickle.dumps(error).decode("utf-8", "replace")
    assert not [value for value in FIRST if value in said]
    assert error.value == "评论"
    assert error.valid is None
    assert "不像表头" in error.what.zh
    assert error.next_step is not None


def test_one_number_among_the_headings_hides_them_all(tmp_path: Path) -> None:
    with pytest.raises(BrokenContract) as caught:
        read(
            reviews(),
            write_csv(tmp_path / "a.csv", [ROW], ("编号", "品牌", "欧阳建国", "VIP-7788991", "评分")),
        )
    assert "VIP-7788991" not in caught.value.explain("zh")
    assert "欧阳建国" not in caught.value.explain("zh")
    assert "共 5 列" in caught.value.explain("zh")


def test_names_of_sheets_are_shown_where_they_are_names(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "欧阳建国 13712345701"
    book.create_sheet("VIP-7788991")
    book.create_sheet("投诉")
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableSource) as caught:
        read(reviews(path="in/a.xlsx", sheet="评价"), tmp_path / "a.xlsx")
    assert caught.value.valid == ("投诉",)
