"""JSON Lines."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_helpers import HEADER, ROW, cells, read, reviews, write_bytes, write_json_lines

from cem_nlp.errors import BrokenContract, UnreadableSource

SOURCE = reviews(path="in/a.jsonl")
GOOD = dict(zip(HEADER, ROW, strict=True))


def write(folder: Path, *lines: str, name: str = "a.jsonl") -> Path:
    return write_bytes(folder / name, "\n".join(lines).encode())


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.ndjson"])
def test_values_keep_their_spelling(tmp_path: Path, name: str) -> None:
    line = '{"编号": 12345678901234567890, "品牌": "NA", "评分": 4.5, "时间": null, "评论": "a\\n好"}'
    (row,) = cells(read(reviews(path=f"in/{name}"), write(tmp_path, line, name=name)))
    assert row == {"编号": "12345678901234567890", "品牌": "NA", "评分": "4.5", "时间": None, "评论": "a\n好"}


def test_nested_values_come_as_json(tmp_path: Path) -> None:
    path = write_json_lines(
        tmp_path / "a.jsonl", [GOOD | {"标签": ["快", {"a": 1.5}], "真": True, "整": 3.0}]
    )
    (row,) = cells(read(SOURCE, path))
    assert json.loads(row["标签"] or "") == ["快", {"a": 1.5}]
    assert (row["真"], row["整"]) == ("true", "3")


def test_key_that_a_row_lacks_is_a_missing_value(tmp_path: Path) -> None:
    path = write_json_lines(tmp_path / "a.jsonl", [{"评论": "好"}, GOOD, {"评论": "行", "新": "x"}])
    (chunk,) = read(SOURCE, path)
    assert [row["品牌"] for row in cells([chunk])] == [None, "贝岭", None]
    assert {len(values) for _, values in chunk.rows} == {len(chunk.columns)} == {6}


def test_mapped_key_that_no_row_of_the_first_chunk_has_breaks_the_contract(tmp_path: Path) -> None:
    rows = [{"评论": "好", "编号": "1", "品牌": "a", "评分": 5}] * 3
    path = write_json_lines(tmp_path / "a.jsonl", [*rows, GOOD])
    with pytest.raises(BrokenContract) as caught:
        read(SOURCE, path, rows_per_chunk=3)
    assert caught.value.value == "时间"
    assert len(read(SOURCE, path, rows_per_chunk=4)) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"评论": "好"', "invalid_json"),
        ("评论", "invalid_json"),
        ("[" * 100_000, "invalid_json"),
        ('["好"]', "not_an_object"),
        ('"好"', "not_an_object"),
        ("null", "not_an_object"),
        ('{"评论": "好", "评论": "坏"}', "duplicate_key"),
        ('{"评论": ["好"]}', "text_not_plain"),
        ('{"评论": {"a": "好"}}', "text_not_plain"),
        ('{"评论": "好", "x": {"a": 1, "a": 2}}', "duplicate_key"),
    ],
)
def test_bad_line_is_rejected_with_its_number(tmp_path: Path, line: str, reason: str) -> None:
    good = json.dumps(GOOD, ensure_ascii=False)
    (chunk,) = read(SOURCE, write(tmp_path, good, "", "  ", line, good))
    assert [row for row, _ in chunk.rows] == [1, 5]
    assert [(reject.row, reject.reason) for reject in chunk.rejected] == [(4, reason)]
    assert chunk.rejected[0].content == {"line": line}


@pytest.mark.parametrize(
    "document",
    [
        json.dumps([GOOD, GOOD], ensure_ascii=False),
        json.dumps([GOOD], ensure_ascii=False, indent=1),
        "\n" + json.dumps(GOOD, ensure_ascii=False, indent=1),
    ],
)
def test_one_document_instead_of_lines_is_said(tmp_path: Path, document: str) -> None:
    with pytest.raises(UnreadableSource, match="one JSON document") as caught:
        read(SOURCE, write(tmp_path, document))
    assert caught.value.where == "in/a.jsonl"
    assert "每行一条" in caught.value.explain("zh")


def test_undecodable_line_is_rejected(tmp_path: Path) -> None:
    good = json.dumps(GOOD, ensure_ascii=False).encode()
    path = write_bytes(
        tmp_path / "a.jsonl", good + b"\n" + good.replace("快".encode(), b"\xff") + b"\n" + good
    )
    (chunk,) = read(SOURCE, path)
    assert [(reject.row, reject.reason) for reject in chunk.rejected] == [(2, "undecodable")]


def test_objects_keyed_by_data_do_not_make_endless_columns(tmp_path: Path) -> None:
    rows = [{f"k{number}": 1} for number in range(1000)] + [GOOD]
    (chunk,) = read(SOURCE, write_json_lines(tmp_path / "a.jsonl", rows))
    assert len(chunk.columns) == 200 + len(HEADER)
    assert cells([chunk])[-1]["评论"] == ROW[-1]


def test_gb18030_and_byte_order_mark(tmp_path: Path) -> None:
    line = json.dumps(GOOD, ensure_ascii=False)
    for encoding in ["gb18030", "utf-8-sig"]:
        assert cells(read(SOURCE, write_bytes(tmp_path / "a.jsonl", line.encode(encoding)))) == [GOOD]


def test_utf16_asks_to_be_declared(tmp_path: Path) -> None:
    path = write_bytes(tmp_path / "a.jsonl", json.dumps(GOOD).encode("utf-16"))
    with pytest.raises(UnreadableSource, match="UTF-16"):
        read(SOURCE, path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["评论", "a", "b"]), JSON), max_size=6))
def test_every_object_with_a_value_is_one_row(tmp_path_factory, rows) -> None:
    path = write_json_lines(tmp_path_factory.mktemp("jsonl") / "a.jsonl", [{"评论": "好"}, *rows])
    (chunk,) = read(reviews(path="a.jsonl", columns={"text": "评论"}), path)
    present = [row for row in rows if any(value not in (None, "") for value in row.values())]
    assert chunk.rows_in == len(present) + 1
