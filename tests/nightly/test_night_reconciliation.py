"""Rows in = published + quarantined + duplicates: of each file, of all, and in the tables."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from night_factories import (
    NIGHT,
    call,
    calls_source,
    publish,
    reconciliation,
    review,
    reviews,
    rows_of,
    source,
    write_config,
    write_csv,
    write_json_lines,
)

BROKEN = {
    "评分": "9",
    "时间": "2027-01-01",
    "评论": "",
    "品牌": "贝\0岭",
}
MIX = st.lists(
    st.tuples(st.sampled_from(["good", "same again", "other content", *BROKEN]), st.integers(0, 5)),
    min_size=1,
    max_size=12,
)


def rows_and_expectation(mix: list[tuple[str, int]]) -> tuple[list[dict[str, str]], tuple[int, int, int]]:
    """Rows of a mix, and how many of them must be published, quarantined and counted as duplicates."""
    known: set[int] = set()
    published = quarantined = duplicates = 0
    rows = []
    for what, number in mix:
        if what in BROKEN:
            rows.append(review(number, **{what: BROKEN[what]}))
            quarantined += 1
            continue
        rows.append(review(number, 评论="内容变了") if what == "other content" else review(number))
        if number not in known:
            known.add(number)
            rows[-1] = review(number)
            published += 1
        elif what == "other content":
            quarantined += 1
        else:
            duplicates += 1
    return rows, (published, quarantined, duplicates)


@pytest.mark.slow
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example([("评分", 0)], [("评论", 1), ("时间", 1)])
@given(MIX, MIX)
def test_each_row_is_published_or_quarantined_or_a_duplicate(
    first: list[tuple[str, int]], second: list[tuple[str, int]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        expected = {}
        for file, mix in (("a.csv", first), ("b.csv", second)):
            rows, parts = rows_and_expectation(mix)
            write_csv(folder / file, rows)
            expected[file] = (len(rows), *parts)
        config = write_config(folder, source("甲", "a.csv"), source("乙", "b.csv"), max_bad_share=1)
        outcome = publish(config)
        assert reconciliation(outcome) == expected
        warehouse = folder / "warehouse"
        assert [row["file"] for row in rows_of(warehouse, "sources")] == ["a.csv", "b.csv"]
        for row in rows_of(warehouse, "sources"):
            assert row["rows_in"] == row["published"] + row["quarantined"] + row["duplicates"]
        (run,) = rows_of(warehouse, "runs")
        totals = [sum(parts) for parts in zip(*expected.values(), strict=True)]
        assert [run[name] for name in ("rows_in", "published", "quarantined", "duplicates")] == totals
        assert len(rows_of(warehouse, "feedback")) == totals[1]
        assert len(rows_of(warehouse, "quarantine")) == totals[2]


def test_files_of_one_source_share_their_records(tmp_path: Path) -> None:
    write_csv(tmp_path / "in" / f"{NIGHT}_a.csv", reviews(3))
    write_csv(tmp_path / "in" / f"{NIGHT}_b.csv.gz", reviews(3, start=2), encoding="gb18030")
    write_csv(tmp_path / "in" / "2026-09-02_c.csv", reviews(5, start=50))
    outcome = publish(write_config(tmp_path, source(path="in/{date}_*.csv*", format="csv")))
    assert reconciliation(outcome) == {
        f"{NIGHT}_a.csv": (3, 3, 0, 0),
        f"{NIGHT}_b.csv.gz": (3, 1, 0, 2),
    }


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    twin = review(1)["评论"] + "，师傅讲解得非常仔细，下次还会选这一家"
    rows = [review(1, 评论=twin), review(2, 品牌="合悦"), review(3, 评论=twin), review(4, 评分="9")]
    write_csv(tmp_path / "in" / "x" / "a.csv", rows)
    write_csv(tmp_path / "in" / "y" / "a.csv", reviews(3, start=10))
    config = write_config(tmp_path, source(path="in/*/a.csv"), max_bad_share=0.5)
    outcome = publish(config)
    assert reconciliation(outcome) == {"x/a.csv": (4, 3, 1, 0), "y/a.csv": (3, 3, 0, 0)}
    assert {count.file: count.near_duplicates for count in outcome.counts} == {"x/a.csv": 1, "y/a.csv": 0}
    assert [row["file"] for row in rows_of(tmp_path / "warehouse", "quarantine")] == ["x/a.csv"]
    assert {row["file"] for row in rows_of(tmp_path / "warehouse", "feedback")} == {"x/a.csv", "y/a.csv"}
    assert "x/a.csv" in outcome.terminal


def test_the_table_on_the_terminal_says_the_same(tmp_path: Path) -> None:
    broken = [review(1, 评分="7"), review(1)]
    write_csv(tmp_path / "reviews.csv", [*reviews(30), *broken])
    write_json_lines(tmp_path / "calls.jsonl", [call(1), call(2), call(2)])
    config = write_config(tmp_path, source(), calls_source(), max_bad_share=0.1)
    shown = publish(config).terminal
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert "reviews.csv 32 30 1 1 相符" in lines
    assert "calls.jsonl 3 2 0 1 相符" in lines
    assert "合计 35 32 1 2 相符" in lines
    assert str(tmp_path / "warehouse") in shown


def test_a_quarantined_row_names_file_row_reason_and_valid_values(tmp_path: Path) -> None:
    write_csv(tmp_path / "reviews.csv", [*reviews(30), review(31, 评分="7")])
    publish(write_config(tmp_path))
    (row,) = rows_of(tmp_path / "warehouse", "quarantine")
    said = {
        name: row[name] for name in ("source", "file", "row", "reason", "column", "value", "valid", "night")
    }
    assert said == {
        "source": "评论",
        "file": "reviews.csv",
        "row": 32,
        "reason": "rating_out_of_scale",
        "column": "评分",
        "value": "7",
        "valid": "1 … 5",
        "night": NIGHT,
    }
    assert "第31次买" in row["content"]
