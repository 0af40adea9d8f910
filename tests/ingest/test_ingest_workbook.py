"""Excel workbooks."""

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from ingest_helpers import HEADER, ROW, cells, read, reviews, write_bytes, write_excel

from cem_nlp.errors import BrokenContract, UnreadableSource
from cem_nlp.ingest import workbook

SOURCE = reviews(path="in/a.xlsx")


def rewrite(path: Path, part: str, change) -> Path:
    """Change one part of a workbook's archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()) if name == part else content)
    path.write_bytes(packed.getvalue())
    return path


@pytest.mark.parametrize("name", ["a.xlsx", "a.xlsx.gz"])
def test_typed_cells_come_as_a_csv_export_would_spell_them(tmp_path: Path, name: str) -> None:
    rows = [
        ("0007", "NA", 5, datetime(2026, 8, 1, 9, 30), "好"),
        (482028, True, 4.5, date(2026, 8, 1), 12),
        (482028.0, None, None, 46235.5, " 好 "),
    ]
    path = write_excel(tmp_path / name, rows)
    assert [list(row.values()) for row in cells(read(reviews(path=f"in/{name}"), path))] == [
        ["0007", "NA", "5", "2026-08-01 09:30:00", "好"],
        ["482028", "true", "4.5", "2026-08-01 00:00:00", "12"],
        ["482028", None, None, "46235.5", " 好 "],
    ]


def test_rows_keep_the_numbers_of_the_sheet_and_empty_ones_are_no_records(tmp_path: Path) -> None:
    (chunk,) = read(SOURCE, write_excel(tmp_path / "a.xlsx", [ROW, [None] * 5, ROW, ["", " "]]))
    assert [row for row, _ in chunk.rows] == [2, 4, 5]


def test_a_cell_merged_over_rows_counts_in_each_of_them(tmp_path: Path) -> None:
    """But for text and number, which are each record's own; what is merged sideways stays as it is."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [
        ["九月评论导出"],
        [*HEADER, "备注"],
        ["1", "贝岭", "5", "2026-08-01", "好", "甲"],
        ["2", None, None, None, "行", None],
        [None, None, None, None, None, None],
        [None, None, "4", None, "快", "乙"],
        ["4", None, "3", None, None, None],
        ["5", "合悦", "2", "2026-08-05", "慢", None],
        ["6", None, "1", None, "吵", None],
        ["7"],
    ]:
        sheet.append(row)
    for area in ("A1:F1", "B3:B7", "C3:C4", "D3:D4", "F3:F4", "A4:A6", "E6:E7", "B8:C8", "B9:B10"):
        sheet.merge_cells(area)
    sheet["B9"] = "合悦"
    sheet["A1"] = None
    book.save(tmp_path / "a.xlsx")
    (chunk,) = read(SOURCE, tmp_path / "a.xlsx")
    assert [(row, *values) for row, values in chunk.rows] == [
        (3, "1", "贝岭", "5", "2026-08-01", "好", "甲"),
        (4, "2", "贝岭", "5", "2026-08-01", "行", None),
        (6, None, "贝岭", "4", None, "快", "乙"),
        (7, "4", "贝岭", "3", None, None, None),
        (8, "5", "合悦", None, "2026-08-05", "慢", None),
        (9, "6", "合悦", "1", None, "吵", None),
        (10, "7", "合悦", None, None, None, None),
    ]


def test_named_sheet_else_the_first_visible(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title, book.active.sheet_state = "隐藏", "hidden"
    for title in ["第一", "第二"]:
        sheet = book.create_sheet(title)
        sheet.append(list(HEADER))
        sheet.append([title, *ROW[1:]])
    book.save(tmp_path / "a.xlsx")
    assert cells(read(SOURCE, tmp_path / "a.xlsx"))[0]["编号"] == "第一"
    assert cells(read(reviews(path="in/a.xlsx", sheet="第二"), tmp_path / "a.xlsx"))[0]["编号"] == "第二"
    with pytest.raises(UnreadableSource) as caught:
        read(reviews(path="in/a.xlsx", sheet="第三"), tmp_path / "a.xlsx")
    assert caught.value.valid == ("隐藏", "第一", "第二")


def test_rows_beyond_wrong_dimensions_are_not_lost(tmp_path: Path) -> None:
    path = write_excel(tmp_path / "a.xlsx", [ROW] * 5)
    rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace('ref="A1:E6"', 'ref="A1:B2"'))
    assert [list(row.values()) for row in cells(read(SOURCE, path))] == [list(ROW)] * 5


def test_cell_beside_the_table_makes_a_ragged_row(tmp_path: Path) -> None:
    (chunk,) = read(SOURCE, write_excel(tmp_path / "a.xlsx", [(*ROW, None, "批注"), ROW]))
    assert [row for row, _ in chunk.rows] == [3]
    (reject,) = chunk.rejected
    assert (reject.row, reject.reason, reject.value) == (2, "ragged_row", "7")
    assert reject.content["+2"] == "批注"


def test_failed_formula_in_a_mapped_column_is_rejected(tmp_path: Path) -> None:
    header = (*HEADER, "备注")
    rows = [(*ROW[:1], "#N/A", *ROW[2:], "x"), (*ROW, "#N/A"), (*ROW, "=1+1")]
    (chunk,) = read(SOURCE, write_excel(tmp_path / "a.xlsx", rows, header))
    assert [row for row, _ in chunk.rows] == [3, 4]
    (reject,) = chunk.rejected
    assert (reject.row, reject.reason, reject.column, reject.value) == (2, "formula_error", "品牌", "#N/A")


def test_formula_counts_with_its_saved_value_and_without_one_is_rejected(tmp_path: Path) -> None:
    path = write_excel(tmp_path / "a.xlsx", [ROW, ("=1+1", *ROW[1:])])
    (chunk,) = read(SOURCE, path)
    assert [(reject.row, reject.reason, reject.column) for reject in chunk.rejected] == [
        (3, "formula_without_value", "编号")
    ]
    saved = rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: re.sub(r"</f><v ?/>", "</f><v>2</v>", xml))
    assert [row["编号"] for row in cells(read(SOURCE, saved))] == ["0007", "2"]


def test_formula_whose_value_is_the_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    path = write_excel(tmp_path / "a.xlsx", [(*ROW[:1], '=""', *ROW[2:])])
    sheet = "xl/worksheets/sheet1.xml"
    empty = rewrite(path, sheet, lambda xml: re.sub(r'<c r="B2"[^>]*>', '<c r="B2" t="str">', xml))
    assert [row["品牌"] for row in cells(read(SOURCE, empty))] == [None]


def test_escaped_control_characters(tmp_path: Path) -> None:
    (row,) = cells(read(SOURCE, write_excel(tmp_path / "a.xlsx", [(*ROW[:4], "好_x000D_\n贵")])))
    assert row["评论"] == "好\r\n贵"


def test_missing_column_lists_those_of_the_sheet(tmp_path: Path) -> None:
    with pytest.raises(BrokenContract) as caught:
        read(SOURCE, write_excel(tmp_path / "a.xlsx", [], header=("编号", "品牌", "评分", "评论")))
    assert caught.value.value == "时间"


def test_empty_sheet(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableSource, match="sheet is empty"):
        read(SOURCE, tmp_path / "a.xlsx")


def zipped(content: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted"),
        (b"<html><table></table></html>", "no Excel workbook"),
        ("编号,评论\n1,好\n".encode(), "no Excel workbook"),
        (zipped({"readme.txt": b"hello"}), "damaged, or none"),
        (zipped({"xl/worksheets/sheet1.xml": b"0" * (32 << 20)}), "unfolds to 32 MiB"),
    ],
    ids=["encrypted", "html", "csv", "another zip", "zip bomb"],
)
def test_what_is_no_workbook_is_refused_before_it_is_unfolded(
    tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(UnreadableSource, match=said) as caught:
        read(SOURCE, write_bytes(tmp_path / "a.xlsx", content))
    assert caught.value.next_step is not None


def test_truncated_workbook(tmp_path: Path) -> None:
    path = write_excel(tmp_path / "a.xlsx", [ROW] * 100)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(UnreadableSource, match="damaged"):
        read(SOURCE, path)


def test_damage_inside_a_sheet_does_not_quote_its_cells(tmp_path: Path) -> None:
    path = write_excel(tmp_path / "a.xlsx", [ROW] * 5)
    rewrite(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace('<c r="C3" t="inlineStr">', '<c r="C3" t="n"><v>张三</v>'),
    )
    with pytest.raises(UnreadableSource, match="damaged") as caught:
        read(SOURCE, path)
    assert "张三" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_damaged_row_number_does_not_make_a_billion_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 5000)
    path = write_excel(tmp_path / "a.xlsx", [ROW])
    rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace('r="2"', 'r="9999"'))
    with pytest.raises(UnreadableSource, match="damaged"):
        read(SOURCE, path)
