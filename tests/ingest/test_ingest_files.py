"""Finding files and opening them."""

import gzip
from pathlib import Path

import pytest
from ingest_helpers import (
    HEADER,
    NIGHT,
    ROW,
    read,
    reviews,
    take,
    write_bytes,
    write_csv,
    write_excel,
    write_parquet,
)

from cem_nlp.errors import NotWritable, UnreadableSource
from cem_nlp.ingest import files, locate


def test_pattern_finds_files_in_order_and_no_lock_files(tmp_path: Path) -> None:
    for name in ["b.csv", "a.csv", "~$a.csv", "c.txt"]:
        (tmp_path / name).touch()
    (tmp_path / "d.csv").mkdir()
    assert [path.name for path in locate("*.csv", tmp_path)] == ["a.csv", "b.csv"]


def test_a_name_with_brackets_is_found_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "评论[1].csv").touch()
    assert locate("评论[1].csv", tmp_path) == [tmp_path / "评论[1].csv"]


@pytest.mark.parametrize("pattern", ["in/*.csv", "in/评论[1].csv", "in/评论*.csv", "**/*.csv"])
def test_a_folder_with_brackets_is_no_pattern(tmp_path: Path, pattern: str) -> None:
    file = tmp_path / "数据 [九月]" / "in" / "评论[1].csv"
    file.parent.mkdir(parents=True)
    file.touch()
    assert [found.resolve() for found in locate(pattern, tmp_path / "数据 [九月]")] == [file]


def test_a_path_from_the_root_is_no_part_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    assert locate(str(tmp_path / "*.csv"), tmp_path / "elsewhere") == [tmp_path / "a.csv"]


def test_no_match_names_the_closest_files_and_not_the_machine(tmp_path: Path) -> None:
    (tmp_path / "reviews_2026-09-02.csv").touch()
    with pytest.raises(UnreadableSource) as caught:
        locate("reviews_2026-09-03.csv", tmp_path)
    message = caught.value.explain("zh")
    assert "位置: reviews_2026-09-03.csv" in message
    assert "有效值: reviews_2026-09-02.csv" in message
    assert "下一步" in message
    assert str(tmp_path) not in message


def test_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="folder") as caught:
        locate("nowhere/*.csv", tmp_path)
    assert caught.value.where == "nowhere/*.csv"
    assert "have arrived" in caught.value.explain("en")


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("in/2026-09-03/a.csv", "a.csv"),
        ("in/{date}/*.csv", "a.csv"),
        ("in/*/a.csv", "2026-09-03/a.csv"),
        ("*/{date}/a.csv", "in/2026-09-03/a.csv"),
        ("**/*.csv", "in/2026-09-03/a.csv"),
    ],
)
def test_a_file_is_called_by_what_its_path_leaves_open(tmp_path: Path, pattern: str, name: str) -> None:
    source = reviews(path=pattern)
    (tmp_path / "in" / "2026-09-03").mkdir(parents=True)
    path = write_csv(tmp_path / "in" / "2026-09-03" / "a.csv", [ROW])
    assert locate(source.pattern(NIGHT), tmp_path) == [path]
    assert [chunk.file for chunk in read(source, path, folder=tmp_path)] == [name]
    path.write_bytes(b"")
    with pytest.raises(UnreadableSource) as caught:
        read(source, path, folder=tmp_path)
    assert caught.value.where == "in/2026-09-03/a.csv"


EMPTY = [
    "评论.csv",
    "评论.csv.gz",
    "评论.xlsx",
    "评论.xlsx.gz",
    "评论.jsonl",
    "评论.jsonl.gz",
    "评论.parquet",
]


@pytest.mark.parametrize("name", EMPTY)
def test_empty_file_cannot_be_read(tmp_path: Path, name: str) -> None:
    source = reviews(path=f"in/{name}")
    with pytest.raises(UnreadableSource, match="the file is empty") as caught:
        read(source, write_bytes(tmp_path / name, b""))
    assert caught.value.where == f"in/{name}"


def test_header_only_is_a_file_without_rows(tmp_path: Path) -> None:
    files = [
        write_csv(tmp_path / "a.csv", []),
        write_csv(tmp_path / "a.csv.gz", []),
        write_excel(tmp_path / "a.xlsx", []),
        write_parquet(tmp_path / "a.parquet", {name: [] for name in HEADER}),
    ]
    for path in files:
        chunks = read(reviews(path=path.name), path)
        assert [(chunk.file, chunk.rows_in) for chunk in chunks] == [(path.name, 0)]


@pytest.mark.parametrize(
    "damage", [lambda packed: packed[:-20], lambda packed: packed[:30] + b"\0\0\0" + packed[33:]]
)
def test_damaged_gzip_names_the_file(tmp_path: Path, damage) -> None:
    path = write_csv(tmp_path / "a.csv.gz", [ROW] * 50)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(UnreadableSource, match="gzip is damaged") as caught:
        read(reviews(), path)
    assert caught.value.where == "in/a.csv.gz"
    assert "gzip 文件已损坏" in caught.value.explain("zh")
    assert "出错的值" not in caught.value.explain("zh")


def test_what_cannot_be_opened_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource) as caught:
        next(files.read_blocks(tmp_path, "in/a.csv"))
    assert "无法打开文件：这是文件夹，不是文件" in caught.value.explain("zh")
    assert "directory" not in caught.value.explain("zh")


def test_a_file_that_only_calls_itself_gzip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_text("编号,品牌\n", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="gzip"):
        read(reviews(), path)


def test_gzip_in_several_members_is_read_to_its_end(tmp_path: Path) -> None:
    plain = write_csv(tmp_path / "a.csv", [ROW, ROW]).read_bytes()
    path = tmp_path / "b.csv.gz"
    path.write_bytes(gzip.compress(plain[:70]) + gzip.compress(plain[70:]))
    assert (
        take(reviews(), path).accepted == take(reviews(), write_bytes(tmp_path / "b.csv.gz", plain)).accepted
    )
    assert len(take(reviews(), path).accepted) == 2


def test_gzipped_workbook_that_unfolds_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST_UNPACKED", 1000)
    with pytest.raises(UnreadableSource, match="more than 2 GiB"):
        read(reviews(path="in/a.xlsx.gz"), write_bytes(tmp_path / "a.xlsx.gz", b"\0" * 1001))


def test_file_that_may_not_be_opened(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="cannot open"):
        read(reviews(), tmp_path / "gone.csv")


@pytest.mark.parametrize("pattern", ["a.csv", "*.csv"])
def test_a_folder_without_leave_is_an_error_with_place_and_reason(
    pattern: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_refused(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "a.csv").touch()
    monkeypatch.setattr(Path, "is_file", is_refused)
    with pytest.raises(UnreadableSource) as caught:
        locate(pattern, tmp_path)
    assert caught.value.where == pattern
    assert "没有权限" in caught.value.explain("zh")
    assert "下一步" in caught.value.explain("zh")


def test_a_folder_that_cannot_be_listed_is_no_missing_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_refused(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", is_refused)
    with pytest.raises(UnreadableSource, match="permission denied"):
        locate("*.csv", tmp_path)


@pytest.mark.parametrize("fails_at", ["opening", "writing"])
def test_a_full_temporary_folder_is_named(
    fails_at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_excel(tmp_path / "评论.xlsx.gz", [ROW])

    def is_full(*_: object, **__: object) -> object:
        if fails_at == "writing":
            return open("/dev/full", "r+b", buffering=0)
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(files.tempfile, "TemporaryFile", is_full)
    with pytest.raises(NotWritable) as caught:
        read(reviews(path="in/*.xlsx.gz"), path)
    assert "评论.xlsx.gz" in caught.value.explain("zh")
    assert "TMPDIR" in caught.value.explain("en")
    assert caught.value.exit_code == 6
