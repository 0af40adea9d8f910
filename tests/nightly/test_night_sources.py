"""One night reads every format; the same record has the same identity and the same opinions from each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from night_factories import (
    publish,
    reconciliation,
    reviews,
    rows_of,
    source,
    write_config,
    write_csv,
    write_excel,
    write_json_lines,
    write_parquet,
    write_sqlite,
)

COUNT = 6
FILES: dict[str, Callable[[Path, list[dict[str, Any]]], Path]] = {
    "a.csv": write_csv,
    "b.csv.gz": lambda path, rows: write_csv(path, rows, "gb18030"),
    "c.xlsx": write_excel,
    "d.jsonl": write_json_lines,
    "e.jsonl.gz": write_json_lines,
    "f.parquet": write_parquet,
    "g.xlsx.gz": write_excel,
}


def sources(folder: Path, shift: int) -> list[dict[str, Any]]:
    """One source a format, and a database; the names move on by `shift`, the files stay."""
    database = f"sqlite:///{folder / 'reviews.db'}"
    places = [{"path": f"in/{file}"} for file in FILES]
    places.append({"path": None, "url": database, "query": "select * from reviews where '2026' < :night"})
    names = [f"s{(number + shift) % len(places)}" for number in range(len(places))]
    return [source(name) | place for name, place in zip(names, places, strict=True)]


@pytest.mark.slow
def test_a_record_is_the_same_from_every_format(tmp_path: Path) -> None:
    for file, write in FILES.items():
        write(tmp_path / "in" / file, reviews(COUNT))
    write_sqlite(tmp_path / "reviews.db", reviews(COUNT))
    first = publish(write_config(tmp_path, *sources(tmp_path, 0)), "2026-09-03")
    assert set(reconciliation(first).values()) == {(COUNT, COUNT, 0, 0)}
    assert len(first.counts) == len(FILES) + 1
    feedback, opinions = (
        rows_of(tmp_path / "warehouse", table, "run_id") for table in ("feedback", "opinions")
    )
    place = ("feedback_id", "source", "file", "row", "duplicate_of")
    by_source: dict[str, list[object]] = {}
    for row in feedback:
        said = [
            {name: value for name, value in opinion.items() if name != "feedback_id"}
            for opinion in opinions
            if opinion["feedback_id"] == row["feedback_id"]
        ]
        seen = {name: value for name, value in row.items() if name not in place}
        by_source.setdefault(row["source"], []).append((seen, said))
    assert len(by_source) == len(FILES) + 1
    assert all(rows == by_source["s0"] for rows in by_source.values())
    assert sum(len(said) for _, said in by_source["s0"]) >= COUNT

    # Every source now delivers its records in the next one's format: none of them is new.
    second = publish(write_config(tmp_path, *sources(tmp_path, 1)), "2026-09-04")
    assert set(reconciliation(second).values()) == {(COUNT, 0, 0, COUNT)}
