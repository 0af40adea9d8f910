"""The same record twice is one row."""

import json
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_helpers import ROW, admit_rows, reviews

from cem_nlp.ingest import Record, Seen, deduplicate, remember

SOURCE = reviews()


def records(*said: tuple[str, str]) -> Sequence[Record]:
    """Records of the given (number, text) pairs."""
    return admit_rows(SOURCE, [(number, *ROW[1:4], text) for number, text in said]).accepted


def test_same_record_is_a_duplicate_and_the_first_one_stays() -> None:
    parted = deduplicate(records(("1", "好"), ("2", "好"), ("1", "好"), ("", "好"), ("", "好")), SOURCE, {})
    assert [record.row for record in parted.fresh] == [2, 3, 5]
    assert (parted.duplicates, parted.conflicts) == (2, [])


def test_same_number_with_other_content_is_a_conflict() -> None:
    parted = deduplicate(records(("1", "好"), ("1", "坏"), ("1", "好")), SOURCE, {})
    assert [record.text for record in parted.fresh] == ["好"]
    assert parted.duplicates == 1
    (conflict,) = parted.conflicts
    assert (conflict.row, conflict.reason, conflict.column, conflict.value) == (
        3,
        "conflicting_id",
        "编号",
        "1",
    )
    assert conflict.content["text"] == "坏"


def test_conflict_of_transcripts_shows_what_was_said() -> None:
    source = reviews(kind="transcript", columns={"id": "编号"}, path="a.jsonl")
    cells = [["1", json.dumps([{"role": "customer", "text": text}])] for text in "好坏"]
    parted = deduplicate(admit_rows(source, cells, ("编号", "turns")).accepted, source, {})
    assert [conflict.content["text"] for conflict in parted.conflicts] == ["坏"]


def test_what_other_nights_published_is_known() -> None:
    earlier = records(("1", "好"), ("2", "好"))
    seen: Seen = {}
    remember(seen, [(record.feedback_id, record.content_digest) for record in earlier])
    parted = deduplicate(records(("1", "好"), ("2", "坏"), ("3", "好")), SOURCE, seen)
    assert [record.number for record in parted.fresh] == ["3"]
    assert (parted.duplicates, [conflict.value for conflict in parted.conflicts]) == (1, ["2"])


PAIRS = st.lists(st.tuples(st.sampled_from(["", "1", "2"]), st.sampled_from("好坏")), max_size=12)


@settings(max_examples=100, deadline=None)
@given(PAIRS, st.integers(0, 12))
def test_chunks_make_no_difference_and_every_record_is_counted(
    pairs: list[tuple[str, str]], cut: int
) -> None:
    given_records = records(*pairs)
    whole = deduplicate(given_records, SOURCE, {})
    seen: Seen = {}
    parts = [deduplicate(part, SOURCE, seen) for part in (given_records[:cut], given_records[cut:])]
    assert [record for part in parts for record in part.fresh] == whole.fresh
    assert sum(part.duplicates for part in parts) == whole.duplicates
    assert len(given_records) == len(whole.fresh) + whole.duplicates + len(whole.conflicts)
    again = deduplicate(whole.fresh, SOURCE, seen)
    assert (again.fresh, again.duplicates) == ([], len(whole.fresh))
