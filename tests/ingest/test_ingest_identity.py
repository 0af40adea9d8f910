"""The same record has the same id, wherever and however it comes."""

import dataclasses
from datetime import datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_helpers import (
    COLUMNS,
    HEADER,
    ROW,
    admission,
    admit_rows,
    reviews,
    take,
    write_csv,
    write_excel,
    write_json_lines,
    write_parquet,
)

from cem_nlp.ingest import RawChunk, Record, admit

WITHOUT_ID = {field: name for field, name in COLUMNS.items() if field != "id"}


def ids(records: list[Record]) -> list[tuple[str, str]]:
    return [(record.feedback_id, record.content_digest) for record in records]


def one(*cells: str, columns: dict[str, str] = COLUMNS) -> Record:
    (record,) = admit_rows(reviews(columns=columns), [cells]).accepted
    return record


def test_number_decides_the_id_and_content_the_digest() -> None:
    record, changed, other = one(*ROW), one(*ROW[:4], "制冷很慢"), one("0008", *ROW[1:])
    assert record.feedback_id == changed.feedback_id != other.feedback_id
    assert changed.content_digest != record.content_digest == other.content_digest


def test_without_number_each_mapped_value_counts() -> None:
    record = one(*ROW, columns=WITHOUT_ID)
    variants = [
        ("0007", "合悦", *ROW[2:]),
        (*ROW[:2], "4", *ROW[3:]),
        (*ROW[:3], "2026-08-02", ROW[4]),
        (*ROW[:4], "好"),
    ]
    assert (
        len({record.feedback_id, *(one(*cells, columns=WITHOUT_ID).feedback_id for cells in variants)}) == 5
    )
    assert one("9999", *ROW[1:], columns=WITHOUT_ID).feedback_id == record.feedback_id


def test_a_number_never_meets_another_record_s_content() -> None:
    digest = one(*ROW, columns=WITHOUT_ID).content_digest
    assert one(digest, *ROW[1:]).feedback_id != one(*ROW, columns=WITHOUT_ID).feedback_id


def test_sources_do_not_share_ids() -> None:
    elsewhere = admit_rows(reviews(name="别处"), [ROW]).accepted[0]
    assert elsewhere.feedback_id != one(*ROW).feedback_id


def test_salt_keys_ids_and_digests() -> None:
    chunk = RawChunk("a.csv", HEADER, [(2, ROW)])
    first, second = (admit(chunk, reviews(), admission(salt=salt)).accepted[0] for salt in (b"a", b"b"))
    assert not {first.feedback_id, first.content_digest} & {second.feedback_id, second.content_digest}


def test_names_in_the_configuration_do_not_change_a_record() -> None:
    chunk = RawChunk("a.csv", HEADER, [(2, ROW)])
    brands = admission().brands.model_copy(update={"aliases": {"贝岭": "BEILING"}, "own": ()})
    renamed = admit(chunk, reviews(constants={"channel": "京东"}), admission(brands=brands)).accepted[0]
    assert ids([renamed]) == ids([one(*ROW)])


def test_transcripts_differ_by_who_says_what() -> None:
    source = reviews(kind="transcript", columns={}, path="a.jsonl")
    turns = [
        '[{"role": "customer", "text": "好"}, {"role": "agent", "text": "行"}]',
        '[{"role": "customer", "text": "好"}, {"role": "customer", "text": "行"}]',
        '[{"role": "customer", "text": "好\\nagent  1 行"}]',
        '[{"role": "customer", "text": "好\\nagent  行"}]',
        '[{"role": "customer", "text": "行"}, {"role": "agent", "text": "好"}]',
    ]
    accepted = admit_rows(source, [[cell] for cell in turns], ("turns",)).accepted
    assert len({record.feedback_id for record in accepted}) == 5


def test_formats_agree(tmp_path: Path) -> None:
    rows = [
        (482028 + number, "贝岭", number % 5 + 1, datetime(2026, 8, 1, 9, number), f"很好\n第{number}次")
        for number in range(9)
    ]
    as_text = [tuple(str(value) for value in row) for row in rows]
    objects = [dict(zip(HEADER, (*row[:3], row[3].isoformat(), row[4]), strict=True)) for row in rows]
    files = [
        write_csv(
            tmp_path / "a.csv",
            [(*row[:4], row[4].replace("\n", "\r\n")) for row in as_text],
            encoding="gb18030",
        ),
        write_csv(tmp_path / "a.csv.gz", as_text),
        write_excel(tmp_path / "a.xlsx", rows),
        write_json_lines(tmp_path / "a.jsonl.gz", objects),
        write_parquet(tmp_path / "a.parquet", dict(zip(HEADER, zip(*rows, strict=True), strict=True))),
        write_parquet(
            tmp_path / "b.parquet",
            dict(
                zip(
                    HEADER,
                    [
                        map(float, column) if name in ("编号", "评分") else column
                        for name, column in zip(HEADER, zip(*rows, strict=True), strict=True)
                    ],
                    strict=True,
                )
            ),
        ),
    ]
    found = [ids(list(take(reviews(path=path.name), path).accepted)) for path in files]
    assert len(set(found[0])) == 9
    assert all(others == found[0] for others in found)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
RECORDS = st.lists(st.tuples(TEXT, TEXT, st.sampled_from("12345"), st.dates(), TEXT), max_size=8)


@settings(max_examples=60, deadline=None)
@given(RECORDS, st.randoms(use_true_random=False))
def test_ids_do_not_depend_on_order_or_file_name(rows: list[tuple[str, ...]], random) -> None:
    for columns in (COLUMNS, WITHOUT_ID):
        source = reviews(columns=columns)
        numbered = [(number, [str(cell) for cell in row]) for number, row in enumerate(rows, 2)]
        shuffled = random.sample(numbered, len(numbered))
        first = admit(RawChunk("a.csv", HEADER, numbered), source, admission()).accepted
        second = admit(RawChunk("b.csv", HEADER, shuffled), source, admission()).accepted
        by_row = {record.row: dataclasses.replace(record, file="a.csv") for record in second}
        assert [by_row[record.row] for record in first] == list(first)


@settings(max_examples=60, deadline=None)
@given(RECORDS)
def test_exported_again_a_record_is_the_same(rows: list[tuple[str, ...]]) -> None:
    first = admit_rows(reviews(), [[str(cell) for cell in row] for row in rows]).accepted
    exported = [
        (
            record.number,
            record.brand if record.brand != "unknown" else None,
            str(record.rating),
            record.created_at.isoformat(),
            record.text,
        )
        for record in first
        if record.created_at
    ]
    assert ids(admit_rows(reviews(), exported).accepted) == ids(first)
