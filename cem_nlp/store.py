"""The warehouse: the only module that writes tables.

    warehouse/
    ├── current -> snapshots/000007-2026-09-29    what analysts read; swapped by one atomic rename
    ├── snapshots/000007-2026-09-29/              one published state, never changed afterwards
    │   ├── manifest.json                         run, tables, files, rows
    │   ├── report.html, report.md
    │   ├── feedback/night=2026-09-29/part-000000.parquet
    │   └── scores/part-000000.parquet
    └── .staging/                                 the state being built; hidden from readers

A snapshot shares the files of untouched nights with the one before it by hard links, so publishing costs
only what changed, and a night that runs again replaces its own rows. A run killed at any moment leaves
`current` as it was.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from cem_nlp.disk import flush, reading, writing
from cem_nlp.errors import NothingPublished
from cem_nlp.language import Bilingual
from cem_nlp.run_lock import hold
from cem_nlp.schemas import NIGHTLY, TABLES

_HIVE = ds.partitioning(pa.schema([("night", pa.string())]), flavor="hive")


@dataclass(frozen=True, slots=True)
class Staging:
    """A state being built. Plain paths, so worker processes can write their parts."""

    warehouse: Path
    night: date
    number: int

    @property
    def name(self) -> str:
        """Name of the snapshot to be: a rising number and the night."""
        return f"{self.number:06d}-{self.night.isoformat()}"

    @property
    def folder(self) -> Path:
        """Folder of the tables being built."""
        return self.warehouse / ".staging" / self.name


@contextmanager
def staging(warehouse: Path, night: date) -> Iterator[Staging]:
    """Hold the warehouse and yield an empty state for `night`; leaves nothing behind unless committed.

    Raises NotWritable where the folder cannot be written and RunInProgress where another run holds it.
    """
    with writing(warehouse):
        for folder in (warehouse / "snapshots", warehouse / ".staging"):
            folder.mkdir(parents=True, exist_ok=True)
        lock = (warehouse / ".lock").open("a+")
    with hold(lock, night):
        state = Staging(warehouse, night, _last_number(warehouse) + 1)
        with writing(warehouse):
            shutil.rmtree(warehouse / ".staging")
            state.folder.mkdir(parents=True)
        try:
            yield state
        finally:
            shutil.rmtree(warehouse / ".staging", ignore_errors=True)


def write_part(state: Staging, name: str, table: pa.Table, part: int = 0) -> None:
    """Write one part of a table; columns, order and types are those of its schema."""
    schema = TABLES[name]
    if name in NIGHTLY:
        schema = schema.remove(schema.get_field_index("night"))
    path = _part_path(state, name, part)
    with writing(state.warehouse):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:  # opened here, so that an error names file and reason apart
            pq.write_table(table.select(schema.names).cast(schema), file, compression="zstd")
        flush(path)


def parts(state: Staging, name: str) -> list[int]:
    """Return the numbers of a table's staged parts of this night, in order."""
    folder = _part_path(state, name, 0).parent
    return sorted(int(path.stem.removeprefix("part-")) for path in folder.glob("part-*.parquet"))


def drop_parts(state: Staging, name: str, numbers: range) -> None:
    """Remove what an earlier try has staged of a table under these part numbers."""
    for part in parts(state, name):
        if part in numbers:
            _part_path(state, name, part).unlink()


def read_part(state: Staging, name: str, part: int, columns: Sequence[str] | None = None) -> pa.Table:
    """Read one staged part of this night, all columns but `night` unless some are named."""
    with _part_path(state, name, part).open("rb") as content:
        return pq.read_table(content, columns=list(columns) if columns else None)


def part_rows(state: Staging, name: str, part: int) -> int:
    """Return how many rows a staged part has."""
    return int(pq.read_metadata(_part_path(state, name, part)).num_rows)


def _part_path(state: Staging, name: str, part: int) -> Path:
    folder = state.folder / name
    if name in NIGHTLY:
        folder /= f"night={state.night.isoformat()}"
    return folder / f"part-{part:06d}.parquet"


def write_text(state: Staging, name: str, content: str) -> None:
    """Write a report beside the tables."""
    with writing(state.warehouse):
        path = state.folder / name
        path.write_text(content, encoding="utf-8")
        flush(path)


def carry_over(state: Staging) -> None:
    """Link the other nights of the published state into the one being built."""
    for name in NIGHTLY:
        for night in _nights(state.warehouse / "current" / name):
            target = state.folder / name / night.name
            if night.name != f"night={state.night.isoformat()}":
                with writing(state.warehouse):
                    shutil.copytree(night, target, copy_function=_link)


def _nights(table: Path) -> list[Path]:
    with reading(table):  # glob would pass over a folder it may not read, and the nights in it be lost
        found = table.iterdir() if table.exists() else ()
        return sorted(night for night in found if night.name.startswith("night="))


def _link(file: str, twin: str) -> None:
    try:
        os.link(file, twin)
    except OSError:  # a file system without hard links, or a file with too many
        shutil.copyfile(file, twin)
        flush(Path(twin))


def commit(state: Staging, facts: Mapping[str, Any], keep: int) -> Path:
    """Publish the state: everything reaches the disk, then one rename makes it current.

    `facts` are added to the manifest; the `keep` newest snapshots stay, and as many quarantines of runs that
    failed. Returns the snapshot's folder.
    """
    with reading(state.folder):  # files of earlier nights may be damaged
        tables = _inventory(state.folder)
    manifest = {**facts, "night": state.night.isoformat(), "tables": tables}
    write_text(state, "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    target = state.warehouse / "snapshots" / state.name
    with writing(state.warehouse):
        for folder in [*(path for path in state.folder.rglob("*") if path.is_dir()), state.folder]:
            flush(folder)
        os.rename(state.folder, target)
        flush(target.parent)
        link = state.warehouse / ".staging" / "current"
        link.symlink_to(Path("snapshots") / state.name)
        os.replace(link, state.warehouse / "current")
        flush(state.warehouse)
    for kept in ("snapshots", "failed"):
        for old in _numbered(state.warehouse / kept)[:-keep]:
            shutil.rmtree(old, ignore_errors=True)
    return target


def published(warehouse: Path) -> Path:
    """Return the folder of the published state, resolved once so that all reads see one generation.

    Raises NothingPublished where no run has committed.
    """
    current = warehouse / "current"
    with reading(current):
        has_committed = current.exists()
    if not has_committed:
        raise NothingPublished(
            Bilingual("数据仓库里还没有已发布的结果", "nothing has been published in this warehouse yet"),
            where=str(warehouse),
            next_step=Bilingual("先运行 cem nightly --config …", "run cem nightly --config … first"),
        )
    return current.resolve()


def read_table(snapshot: Path, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """Read a table of a snapshot or staged state, all nights, with its schema; empty where it has no file.

    Raises NotReadable, as all that reads tables here does.
    """
    found = dataset(snapshot, name).scanner(columns=list(columns) if columns else None)
    with reading(snapshot / name):
        return found.to_table()


def read_batches(
    snapshot: Path, name: str, columns: Sequence[str], only: ds.Expression | None = None
) -> Iterator[pa.RecordBatch]:
    """Yield some columns of what `read_table` reads, batch by batch; `only` some rows where that is given."""
    found = dataset(snapshot, name).scanner(columns=list(columns), filter=only)
    with reading(snapshot / name):
        yield from found.to_batches()


def dataset(snapshot: Path, name: str) -> ds.Dataset:
    """Return what `read_table` reads, for those who ask it themselves."""
    folder = snapshot / name
    with reading(folder):
        if folder.exists():
            return ds.dataset(folder, schema=TABLES[name], format="parquet", partitioning=_HIVE)
    return ds.dataset(TABLES[name].empty_table())


def known_records(state: Staging, source: str) -> Iterator[tuple[str, str]]:
    """Yield (feedback_id, content_digest) of the source's records that other nights have published."""
    chosen = (ds.field("source") == source) & (ds.field("night") != state.night.isoformat())
    columns = ["feedback_id", "content_digest"]
    for batch in read_batches(state.warehouse / "current", "feedback", columns, chosen):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def keep_quarantine(state: Staging) -> Path:
    """Keep the quarantine of a run that will not commit, to be looked at; return its folder."""
    kept = state.warehouse / "failed" / state.name / "quarantine"
    with writing(state.warehouse):
        # The number is free until a run commits: a failure before this one may have used it.
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(_part_path(state, "quarantine", 0).parent, kept)
    return kept


def _inventory(folder: Path) -> dict[str, dict[str, int]]:
    """Rows per file of each table."""
    return {
        name: {
            str(path.relative_to(folder / name)): pq.read_metadata(path).num_rows
            for path in sorted((folder / name).rglob("*.parquet"))
        }
        for name in TABLES
        if (folder / name).exists()
    }


def _numbered(folder: Path) -> list[Path]:
    """Return what runs have left here, oldest first."""
    return sorted(folder.glob("[0-9]*-*"))


def _last_number(warehouse: Path) -> int:
    return max((int(path.name.split("-")[0]) for path in _numbered(warehouse / "snapshots")), default=0)
