"""CSV and TSV."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_helpers import HEADER, ROW, cells, read, reviews, take, write_bytes, write_csv

from cem_nlp.errors import BrokenContract, UnreadableSource
from cem_nlp.ingest import batches
from cem_nlp.ingest.delimited import LONGEST_RECORD

HEAD = ",".join(HEADER) + "\n"


def write(folder: Path, text: str, name: str = "a.csv") -> Path:
    return write_bytes(folder / name, text.encode())


def test_cells_come_as_they_are(tmp_path: Path) -> None:
    (row,) = cells(read(reviews(), write(tmp_path, HEAD + '007,NA,05,NULL," 说:""好"", 贵\r\n了 "\n')))
    assert list(row.values()) == ["007", "NA", "05", "NULL", ' 说:"好", 贵\r\n了 ']


def test_rows_are_numbered_by_the_line_on_which_they_begin(tmp_path: Path) -> None:
    text = HEAD + '1,a,5,,"一\n二\n三"\n\n2,b,5,,四\n,,,,\n3,c,5,,五\n'
    (chunk,) = read(reviews(), write(tmp_path, text))
    assert [(row, values[0]) for row, values in chunk.rows] == [(2, "1"), (6, "2"), (8, "3")]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_declared_delimiter(tmp_path: Path, delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in [HEADER, ROW])
    assert cells(read(reviews(delimiter=delimiter), write(tmp_path, text)))[0]["评论"] == ROW[-1]


def test_tsv_needs_no_declaration(tmp_path: Path) -> None:
    path = write(tmp_path, "\n".join("\t".join(row) for row in [HEADER, ROW]), "a.tsv")
    assert cells(read(reviews(path="in/a.tsv"), path))[0]["评论"] == ROW[-1]


@pytest.mark.parametrize(("line", "found"), [("1,a,5", "3"), ("1,a,5,,好,多", "6"), ("1", "1")])
def test_ragged_row_is_rejected_with_its_number(tmp_path: Path, line: str, found: str) -> None:
    (chunk,) = read(reviews(), write(tmp_path, f"{HEAD}{line}\n2,b,4,,行\n"))
    assert [row for row, _ in chunk.rows] == [3]
    (reject,) = chunk.rejected
    assert (reject.row, reject.reason, reject.value, reject.valid) == (2, "ragged_row", found, "5")
    assert list(reject.content.values()) == line.split(",")


def test_misused_quotes_in_one_line_reject_that_line(tmp_path: Path) -> None:
    (chunk,) = read(reviews(), write(tmp_path, f'{HEAD}1,a,5,,"他说"好"了"\n2,b,5,,行\n'))
    assert [row for row, _ in chunk.rows] == [3]
    (reject,) = chunk.rejected
    assert (reject.row, reject.reason) == (2, "bad_quoting")
    assert reject.content == {"line": '1,a,5,,"他说"好"了"'}


def test_quotes_inside_an_unquoted_cell_are_text(tmp_path: Path) -> None:
    (row,) = cells(read(reviews(), write(tmp_path, f'{HEAD}1,a,5,,他说"好"了\n')))
    assert row["评论"] == '他说"好"了'


@pytest.mark.parametrize(
    "rows",
    [
        # never closed, to the end of the file
        '1,a,5,,"好\n' + "".join(f"{number},b,5,,行\n" for number in range(20)),
        # closed by the opening quote of a later row
        '1,a,5,,"好\n2,b,5,,行\n3,c,5,,"还行"\n',
        # closed far away
        '1,a,5,,"好\n' + "".join(f"{number},b,5,,行\n" for number in range(1500)) + '9,c,5,,行"\n',
        # on the last line: the file was cut short
        '1,a,5,,行\n2,a,5,,"好',
    ],
)
def test_unbalanced_quote_names_the_line_where_it_opened(tmp_path: Path, rows: str) -> None:
    text = f"{HEAD}0,a,5,,行\n{rows}"
    opened = next(number for number, line in enumerate(text.splitlines(), 1) if line.count('"') % 2)
    with pytest.raises(UnreadableSource, match="not closed") as caught:
        read(reviews(), write(tmp_path, text))
    assert caught.value.where == f"in/a.csv:{opened}"
    assert "好" not in str(caught.value)


def test_a_quote_that_closes_by_chance_does_not_swallow_rows_in_silence(tmp_path: Path) -> None:
    swallowed = (
        '1,a,5,,"好\n' + "".join(f"{number},b,5,,行\n" for number in range(2, 9)) + '9,c,5,2026-08-01",行\n'
    )
    (chunk,) = read(reviews(), write(tmp_path, f"{HEAD}{swallowed}10,d,5,,行\n"))
    assert [row for row, _ in chunk.rows] == [11]
    assert [(reject.row, reject.reason) for reject in chunk.rejected] == [(2, "swallowed_rows")]


@pytest.mark.parametrize(
    "lines",
    [
        ['2,贝岭,4,2026-08-02,"屏幕太小', '3,合悦,,2026-08-03,遥控器坏了"'],
        ['2,"贝岭,4,2026-08-02,屏幕太小', '3,合悦",5,2026-08-03,遥控器坏了'],
        ['"2,贝岭,4,2026-08-02,屏幕太小', '3",合悦,5,2026-08-03,遥控器坏了'],
        ['2,贝岭,4,2026-08-02,"屏幕太小', "3,合悦,5,2026-08-03,还行", '4,合悦,5,2026-08-03,遥控器坏了"'],
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_stray_quote_that_swallows_one_or_two_rows_is_seen(
    tmp_path: Path, lines: list[str], end: str
) -> None:
    rows = [HEAD.strip(), "1,贝岭,5,2026-08-01,好", *lines, "9,贝岭,5,2026-08-09,行", ""]
    (chunk,) = read(reviews(), write(tmp_path, end.join(rows)))
    assert [row for row, _ in chunk.rows] == [2, 3 + len(lines)]
    assert [(reject.row, reject.reason) for reject in chunk.rejected] == [(3, "swallowed_rows")]


@pytest.mark.parametrize(
    "row",
    [
        ("2", "贝岭", "4", "2026-08-02", "一楼,二楼\n三楼,四楼,五楼,六楼,都热"),
        ("2", "贝岭", "4", "2026-08-02", "热\n一楼,二楼,三楼,四楼,都热"),
        ("2", "贝岭,合悦,甲,乙,丙\n丁", "4", "2026-08-02", "热"),
        ("2", "贝岭", "4", "2026-08-02", "第一,第二\n\n第三"),
    ],
)
def test_lines_and_commas_in_a_comment_are_no_rows(tmp_path: Path, row: tuple[str, ...]) -> None:
    assert cells(read(reviews(), write_csv(tmp_path / "a.csv", [ROW, row]))) == [
        dict(zip(HEADER, cell, strict=True)) for cell in (ROW, row)
    ]


def test_long_comment_of_many_lines_is_accepted(tmp_path: Path) -> None:
    text = "\n".join(f"第{number}点,不错" for number in range(LONGEST_RECORD - 1))
    assert take(reviews(), write_csv(tmp_path / "a.csv", [(*ROW[:4], text), ROW])).accepted[0].text == text


def test_comment_of_one_megabyte_is_accepted(tmp_path: Path) -> None:
    text = "好" * (1_000_000 // 3)
    taken = take(reviews(), write_csv(tmp_path / "a.csv", [(*ROW[:4], text), ("8", *ROW[1:])]))
    assert [record.number for record in taken.accepted] == ["0007", "8"]
    assert taken.accepted[0].text == text


def test_line_beyond_four_megabytes_is_rejected_alone(tmp_path: Path) -> None:
    (chunk,) = read(reviews(), write(tmp_path, f'{HEAD}1,a,5,,"{"x" * (5 << 20)}"\n2,b,5,,行\n'))
    assert [row for row, _ in chunk.rows] == [3]
    assert [(reject.row, reject.reason) for reject in chunk.rejected] == [(2, "line_too_long")]
    assert len(str(chunk.rejected[0].content)) < 2000


def test_missing_column_lists_the_files_columns_and_the_closest(tmp_path: Path) -> None:
    with pytest.raises(BrokenContract) as caught:
        read(reviews(), write(tmp_path, "编号,品牌,评分,时间,评论内容\n"))
    assert caught.value.value == "评论"
    assert caught.value.valid == ("编号", "品牌", "评分", "时间", "评论内容")
    assert "是不是想写: 评论内容" in caught.value.explain("zh")


def test_one_column_only_hints_at_the_delimiter(tmp_path: Path) -> None:
    with pytest.raises(BrokenContract, match="delimiter"):
        read(reviews(), write(tmp_path, ";".join(HEADER) + "\n"))


def test_mapped_column_twice_is_refused_another_one_kept_apart(tmp_path: Path) -> None:
    with pytest.raises(BrokenContract, match="2 times"):
        read(reviews(), write(tmp_path, "评论," + HEAD))
    (row,) = cells(read(reviews(), write(tmp_path, f"备注,备注,{HEAD}x,y,1,a,5,,好\n")))
    assert (row["备注"], row["备注 (2)"]) == ("x", "y")


def test_names_in_the_header_are_trimmed(tmp_path: Path) -> None:
    assert cells(read(reviews(), write(tmp_path, HEAD.replace(",", " , ") + "1,a,5,,好\n")))[0]["品牌"] == "a"


def test_blank_file_has_no_header(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="no header"):
        read(reviews(), write(tmp_path, "\n\n"))


def test_chunks_hold_as_many_rows_as_asked_for_and_never_too_much_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_csv(tmp_path / "a.csv", [ROW] * 25)
    assert [chunk.rows_in for chunk in read(reviews(), path, rows_per_chunk=10)] == [10, 10, 5]
    monkeypatch.setattr(batches, "LARGEST_CHUNK", 11 * sum(map(len, ROW)))
    assert [chunk.rows_in for chunk in read(reviews(), path)] == [12, 12, 1]


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[ANY_TEXT] * len(HEADER)), max_size=8))
def test_what_a_csv_writer_writes_is_read_back(tmp_path_factory, rows: list[tuple[str, ...]]) -> None:
    path = write_csv(tmp_path_factory.mktemp("csv") / "a.csv", rows)
    (chunk,) = read(reviews(encoding="utf-8"), path)
    assert [tuple(values) for _, values in chunk.rows] == [row for row in rows if any(row)]
    assert chunk.rejected == []


LINES = st.lists(st.text(st.sampled_from('a,"\n好\r'), max_size=15), max_size=8).map("\n".join)


@settings(max_examples=100, deadline=None)
@given(LINES)
def test_any_file_is_either_refused_or_every_line_accounted_for(tmp_path_factory, text: str) -> None:
    path = write(tmp_path_factory.mktemp("csv"), "评论,备注\n" + text)
    try:
        (chunk,) = read(reviews(columns={"text": "评论"}), path)
    except UnreadableSource:
        assert '"' in text
        return
    numbers = sorted([row for row, _ in chunk.rows] + [reject.row for reject in chunk.rejected])
    assert numbers == sorted(set(numbers))
    kept = "".join(str(values) for _, values in chunk.rows) + "".join(str(x.content) for x in chunk.rejected)
    assert kept.count("a") == text.count("a")
    assert kept.count("好") == text.count("好")
