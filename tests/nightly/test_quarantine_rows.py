"""What is kept of a row that broke the contract: enough to find and mend it, nothing of the customer."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from night_factories import csv_text, review, source, write

from cem_nlp.config import Brands, Source
from cem_nlp.ingest import Admission, read_chunks
from cem_nlp.nightly.preparing import prepare_chunk

NIGHT = date(2026, 9, 3)


def quarantined(path: Path, **changes: Any) -> list[dict[str, Any]]:
    """The quarantine of a file of reviews."""
    reviews = Source.model_validate(source(path=path.name) | changes)
    admission = Admission(NIGHT, "Asia/Shanghai", Brands(own=("贝岭",)), b"salt" * 8)
    chunks = read_chunks(reviews, path, NIGHT)
    return [row for chunk in chunks for row in prepare_chunk(reviews, admission, "run", chunk).quarantine]


@pytest.mark.parametrize("before", range(186, 202))
def test_a_number_across_the_cut_of_a_long_value_is_masked(before: int, tmp_path: Path) -> None:
    long = f"{'啊' * before}13712345608打不通{'啊' * 50}"
    (row,) = quarantined(write(tmp_path / "a.csv", csv_text([review(1, 时间=long)])))
    assert row["reason"] == "bad_date"
    assert "1371" not in str(row)
    assert len(row["value"]) <= 200
