"""Readers see the old state or the new one, whatever happens to the run in between."""

import os
import signal
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp import store
from cem_nlp.errors import NothingPublished, NotReadable, NotWritable, RunInProgress
from cem_nlp.schemas import NIGHTLY, TABLES

FIRST, SECOND = date(2026, 9, 1), date(2026, 9, 2)


def quarantine(reasons: list[str], run: str = "r") -> pa.Table:
    rows = [
        {"source": "s", "file": "f", "row": number, "reason": reason, "content": "{}", "run_id": run}
        for number, reason in enumerate(reasons)
    ]
    schema = TABLES["quarantine"]
    return pa.Table.from_pylist(rows, schema=schema.remove(schema.get_field_index("night")))


def publish(warehouse: Path, night: date, reasons: list[str], keep: int = 7) -> Path:
    with store.staging(warehouse, night) as state:
        store.carry_over(state)
        store.write_part(state, "quarantine", quarantine(reasons))
        return store.commit(state, {"run_id": "r"}, keep)


def reasons(warehouse: Path) -> list[tuple[str, str]]:
    table = store.read_table(store.published(warehouse), "quarantine", ["night", "reason"])
    return sorted((row["night"], row["reason"]) for row in table.to_pylist())


def fail_after_writing(state: store.Staging) -> None:
    store.write_part(state, "quarantine", quarantine(["b"]))
    raise ZeroDivisionError


def test_nights_add_up_and_a_repeated_night_replaces_itself(tmp_path: Path) -> None:
    publish(tmp_path, FIRST, ["a", "b"])
    publish(tmp_path, SECOND, ["c"])
    publish(tmp_path, FIRST, ["d"])
    assert reasons(tmp_path) == [("2026-09-01", "d"), ("2026-09-02", "c")]


def test_pandas_and_duckdb_read_the_published_folder_as_it_is(tmp_path: Path) -> None:
    publish(tmp_path, FIRST, ["a", "b"])
    publish(tmp_path, SECOND, ["c"])
    folder = tmp_path / "current" / "quarantine"
    assert sorted(pd.read_parquet(folder)["reason"]) == ["a", "b", "c"]
    nights = duckdb.sql(f"select night, count(*) from '{folder}/*/*.parquet' group by 1 order by 1")
    counted = nights.fetchall()
    assert [(str(night), n) for night, n in counted] == [("2026-09-01", 2), ("2026-09-02", 1)]


def test_a_failing_run_leaves_the_published_state_and_no_rubbish(tmp_path: Path) -> None:
    publish(tmp_path, FIRST, ["a"])
    with pytest.raises(ZeroDivisionError), store.staging(tmp_path, SECOND) as state:
        fail_after_writing(state)
    assert reasons(tmp_path) == [("2026-09-01", "a")]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "current", "snapshots"]


@pytest.mark.slow
def test_a_killed_run_leaves_the_published_state_and_frees_the_lock(tmp_path: Path) -> None:
    publish(tmp_path, FIRST, ["a"])
    script = textwrap.dedent(f"""
        from datetime import date
        from pathlib import Path
        from cem_nlp import store
        with store.staging(Path({str(tmp_path)!r}), date(2026, 9, 2)):
            print("holding", flush=True)
            import time; time.sleep(60)
    """)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        with pytest.raises(RunInProgress) as caught:
            publish(tmp_path, SECOND, ["b"])
        assert str(process.pid) in caught.value.explain("zh")
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert reasons(tmp_path) == [("2026-09-01", "a")]
    publish(tmp_path, SECOND, ["b"])
    assert reasons(tmp_path) == [("2026-09-01", "a"), ("2026-09-02", "b")]


def test_a_reader_keeps_its_generation_while_the_next_is_published(tmp_path: Path) -> None:
    publish(tmp_path, FIRST, ["a"])
    before = store.published(tmp_path)
    publish(tmp_path, FIRST, ["b"])
    assert store.read_table(before, "quarantine", ["reason"]).to_pylist() == [{"reason": "a"}]
    assert reasons(tmp_path) == [("2026-09-01", "b")]


def test_only_the_newest_snapshots_stay(tmp_path: Path) -> None:
    for number in range(4):
        publish(tmp_path, FIRST, [str(number)], keep=2)
    assert [path.name[:6] for path in sorted((tmp_path / "snapshots").iterdir())] == ["000003", "000004"]


def test_only_the_newest_quarantines_of_failed_runs_stay(tmp_path: Path) -> None:
    for number in range(4):
        with store.staging(tmp_path, FIRST) as state:
            store.write_part(state, "quarantine", quarantine(["bad"] * number))
            store.keep_quarantine(state)
        publish(tmp_path, FIRST, [str(number)], keep=2)
    assert [path.name[:6] for path in sorted((tmp_path / "failed").iterdir())] == ["000003", "000004"]


def test_untouched_nights_are_shared_not_copied(tmp_path: Path) -> None:
    first = publish(tmp_path, FIRST, ["a"])
    second = publish(tmp_path, SECOND, ["b"])
    part = Path("quarantine") / "night=2026-09-01" / "part-000000.parquet"
    assert os.path.samefile(first / part, second / part)


def test_an_unwritable_warehouse_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NotWritable) as caught, store.staging(tmp_path / "file" / "warehouse", FIRST):
        pass
    assert "file" in (caught.value.where or "")
    assert "无法写入数据仓库：路径中间有一段是文件" in caught.value.explain("zh")


def test_nothing_published_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="cem nightly"):
        store.published(tmp_path)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    publish(tmp_path, FIRST, ["a"])
    snapshot = publish(tmp_path, SECOND, ["b"])
    broken = snapshot / "quarantine" / "night=2026-09-02" / "part-000000.parquet"
    broken.write_bytes(broken.read_bytes()[:-9])
    with pytest.raises(NotReadable) as caught:
        store.read_table(snapshot, "quarantine")
    assert caught.value.where == str(broken)
    assert "已损坏" in caught.value.explain("zh")
    assert "backup" in caught.value.explain("en")
    with pytest.raises(NotReadable):
        list(store.read_batches(snapshot, "quarantine", ["reason"]))
    with pytest.raises(NotReadable):
        publish(tmp_path, FIRST, ["c"])
    assert store.published(tmp_path) == snapshot


def test_a_folder_without_leave_is_named_and_its_nights_are_not_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_refused(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    snapshot = publish(tmp_path, FIRST, ["a"])
    with monkeypatch.context() as patch:
        patch.setattr("cem_nlp.store.ds.dataset", is_refused)
        with pytest.raises(NotReadable) as caught:
            store.read_table(snapshot, "quarantine")
    assert caught.value.where == str(snapshot / "quarantine")
    assert "没有权限" in caught.value.explain("zh")
    with store.staging(tmp_path, SECOND) as state:
        monkeypatch.setattr(Path, "iterdir", is_refused)
        with pytest.raises(NotReadable):
            store.carry_over(state)


def test_a_full_disk_refuses_the_lock_with_place_and_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cem_nlp.run_lock.os.write", is_full)
    with pytest.raises(NotWritable) as caught, store.staging(tmp_path, FIRST):
        pass
    assert caught.value.where == str(tmp_path)
    assert "磁盘已满" in caught.value.explain("zh")


def test_an_absent_table_is_empty_with_its_columns(tmp_path: Path) -> None:
    snapshot = publish(tmp_path, FIRST, [])
    for name in TABLES:
        table = store.read_table(snapshot, name)
        assert table.num_rows == 0
        assert set(table.column_names) == set(TABLES[name].names)


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=8))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[str]) -> None:
    warehouse = tmp_path_factory.mktemp("warehouse")
    snapshot = publish(warehouse, FIRST, rows)
    read = store.read_table(snapshot, "quarantine", ["reason"])
    assert read.column("reason").to_pylist() == rows


def test_every_nightly_table_has_a_night_and_every_column_a_meaning() -> None:
    assert {"feedback", "opinions", "runs"} <= NIGHTLY
    for name, schema in TABLES.items():
        assert schema.names[-1] == "run_id", name
        assert all(field.metadata[b"meaning"] for field in schema)
