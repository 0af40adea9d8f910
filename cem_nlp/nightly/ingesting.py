"""Stage one: each source is read, prepared, deduplicated and staged; then near-duplicates are marked."""

import os
from collections import Counter
from functools import partial

import pyarrow as pa

from cem_nlp import store
from cem_nlp.config import Source
from cem_nlp.ingest import Admission, Seen, deduplicate, file_name, read_chunks, remember
from cem_nlp.nightly.night import FileCounts, Night
from cem_nlp.nightly.preparing import (
    PreparedChunk,
    feedback_row,
    prepare_chunk,
    quarantine_row,
    stored_name,
    turn_rows,
)
from cem_nlp.parallel import ordered_map
from cem_nlp.schemas import to_table
from cem_nlp.text import near_duplicates

_PARTS_PER_SOURCE = 10_000
"""Part numbers set aside for each source, so that sources never write the same part."""

_STAGED = ("feedback", "turns", "quarantine")
"""Tables that this stage writes."""


def ingest_source(night: Night, source: Source) -> list[FileCounts]:
    """Stage a source's `feedback`, `turns` and `quarantine`; return the reconciliation of each file."""
    admission = Admission(night.date, night.config.timezone, night.config.brands, night.salt)
    work = partial(prepare_chunk, source, admission, night.run_id)
    numbers = _part_numbers(night, source)
    # A try that failed half-way may have staged more parts than this one will.
    for name in _STAGED:
        store.drop_parts(night.staging, name, numbers)
    parts = iter(numbers)
    seen: Seen = {}
    remember(seen, store.known_records(night.staging, source.name))
    counts = []
    folder, pattern = night.config.folder, source.pattern(night.date)
    for path in night.inputs[source.name]:
        name = source.name if path is None else file_name(pattern, path, folder)
        file = stored_name(name, night.salt)
        tally: Counter[str] = Counter(rows_in=0, published=0, quarantined=0, duplicates=0)
        chunks = read_chunks(source, path, night.date, folder=folder, environment=os.environ)
        for chunk in ordered_map(work, chunks, night.config.workers):
            tally.update(_stage(night, source, file, next(parts), chunk, seen))
        counts.append(FileCounts(source=source.name, file=file, kind=source.kind, **tally))
    return counts


def mark_near_duplicates(night: Night) -> Counter[tuple[str, str]]:
    """Fill `duplicate_of` in the staged feedback; return how many near-duplicates each (source, file) holds.

    Only feedback on the same brand and product is compared.
    """
    columns = ["feedback_id", "source", "file", "brand", "product", "text"]
    parts = store.parts(night.staging, "feedback")
    feedback = pa.concat_tables(store.read_part(night.staging, "feedback", part, columns) for part in parts)
    rows = feedback.to_pydict()
    groups = [f"{brand}\0{product}" for brand, product in zip(rows["brand"], rows["product"], strict=True)]
    earlier = near_duplicates(rows["text"], groups)
    ids = [None if index is None else rows["feedback_id"][index] for index in earlier]
    start = 0
    for part in parts:
        table = store.read_part(night.staging, "feedback", part)
        marked = pa.array(ids[start : start + table.num_rows], pa.string())
        store.write_part(
            night.staging,
            "feedback",
            table.set_column(table.column_names.index("duplicate_of"), "duplicate_of", marked),
            part,
        )
        start += table.num_rows
    named = zip(rows["source"], rows["file"], ids, strict=True)
    return Counter((source, file) for source, file, twin in named if twin is not None)


def _part_numbers(night: Night, source: Source) -> range:
    first = night.config.sources.index(source) * _PARTS_PER_SOURCE
    return range(first, first + _PARTS_PER_SOURCE)


def _stage(
    night: Night, source: Source, file: str, part: int, chunk: PreparedChunk, seen: Seen
) -> dict[str, int]:
    """Write a chunk's rows and return how many went where."""
    parted = deduplicate((prepared.record for prepared in chunk.records), source, seen)
    kept = {record.row for record in parted.fresh}
    fresh = [prepared for prepared in chunk.records if prepared.record.row in kept]
    conflicts = [quarantine_row(conflict, source, file, night.run_id) for conflict in parted.conflicts]
    tables = {
        "feedback": [feedback_row(prepared, night.run_id) for prepared in fresh],
        "turns": [turn for prepared in fresh for turn in turn_rows(prepared, night.run_id)],
        "quarantine": [*chunk.quarantine, *conflicts],
    }
    for name, rows in tables.items():
        store.write_part(night.staging, name, to_table(name, rows), part)
    return {
        "rows_in": chunk.rows_in,
        "published": len(tables["feedback"]),
        "quarantined": len(tables["quarantine"]),
        "duplicates": parted.duplicates,
    }
