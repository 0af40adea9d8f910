"""Nights add up, and a night that runs again gives the same rows."""

import shutil
from pathlib import Path

import pytest
from night_factories import (
    all_rows,
    call,
    calls_source,
    publish,
    reconciliation,
    review,
    reviews,
    rows_of,
    source,
    write,
    write_config,
    write_csv,
    write_json_lines,
    write_sqlite,
)

from cem_nlp import store
from cem_nlp.nightly import Outcome, Step
from cem_nlp.schemas import NIGHTLY, TABLES

FIRST, SECOND = "2026-09-03", "2026-09-04"


def two_nights(folder: Path) -> Path:
    """Each night has a bad row and a call; the second also brings what the first has published."""
    write_csv(folder / FIRST / "reviews.csv", [*reviews(24), review(1), review(2, 评分="9")])
    write_json_lines(folder / FIRST / "calls.jsonl", [call(1), call(2)])
    write_csv(folder / SECOND / "reviews.csv", [*reviews(24, start=20), review(50, 时间="2026-09-05")])
    write_json_lines(folder / SECOND / "calls.jsonl", [call(2), call(3)])
    return write_config(folder, source(path="{date}/reviews.csv"), calls_source("{date}/calls.jsonl"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome, dict[str, int]]:
    """The first of two nights, published once for all tests; its outcome, and how often each step may be
    tried again.
    """
    folder, retries = tmp_path_factory.mktemp("first"), {}

    def notes(step: Step[object]) -> object:
        retries[step.name] = step.retries
        return step.work()

    return folder, publish(two_nights(folder), FIRST, runner=notes), retries


@pytest.fixture
def config(published: tuple[Path, Outcome, dict[str, int]], tmp_path: Path) -> Path:
    """The configuration of a copy, in `tmp_path`, of what the first night has left."""
    shutil.copytree(published[0], tmp_path, symlinks=True, dirs_exist_ok=True)
    return tmp_path / "night.yaml"


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "warehouse"


@pytest.mark.slow
def test_nights_add_up_and_running_one_again_changes_no_row(
    published: tuple[Path, Outcome, dict[str, int]], config: Path, warehouse: Path
) -> None:
    assert reconciliation(published[1]) == {"reviews.csv": (26, 24, 1, 1), "calls.jsonl": (2, 2, 0, 0)}
    first = all_rows(warehouse)
    second_outcome = publish(config, SECOND)
    # Reviews 20 to 24 and call 2 are known from the night before.
    assert reconciliation(second_outcome) == {"reviews.csv": (25, 19, 1, 5), "calls.jsonl": (2, 1, 0, 1)}
    both = all_rows(warehouse)
    for table in NIGHTLY:
        assert [row for row in both[table] if row["night"] == FIRST] == first[table], table
        # These short comments wish for nothing.
        assert {row["night"] for row in both[table]} == ({FIRST, SECOND} if table != "wishes" else set()), (
            table
        )
    ids = [row["feedback_id"] for row in both["feedback"]]
    assert len(ids) == len(set(ids)) == 24 + 2 + 19 + 1
    assert sum(row["n_mentions"] for row in both["scores"] if row["grain"] == "total") > sum(
        row["n_mentions"] for row in first["scores"] if row["grain"] == "total"
    )

    assert publish(config, SECOND).run_id == second_outcome.run_id
    assert all_rows(warehouse) == both

    # Running the first again: its own rows are the same, the second night's are untouched.
    publish(config, FIRST)
    again = all_rows(warehouse)
    assert {table: again[table] for table in NIGHTLY} == {table: both[table] for table in NIGHTLY}
    for table in ("scores", "gaps"):
        latest = [row | {"run_id": ""} for row in again[table]]
        assert latest == [row | {"run_id": ""} for row in both[table]]


@pytest.mark.slow
def test_an_older_night_again_changes_no_figure_and_no_heading(tmp_path: Path, warehouse: Path) -> None:
    write_csv(tmp_path / FIRST / "reviews.csv", reviews(60))
    write_csv(tmp_path / SECOND / "reviews.csv", [review(n, 时间=SECOND) for n in range(61, 121)])
    write(tmp_path / "actions.csv", f"行动,触点,类别,开始\n预约送货,配送物流,便利性,{SECOND}\n")
    config = write_config(tmp_path, source(path="{date}/reviews.csv"), actions={"path": "actions.csv"})
    publish(config, FIRST)
    publish(config, SECOND)
    latest = TABLES.keys() - NIGHTLY
    before = {name: rows_of(warehouse, name, "run_id") for name in latest}
    # There are figures drawn at random, and what the first night alone would still call planned.
    assert any(row["corrected_low"] is not None for row in before["scores"])
    assert {row["status"] for row in before["feedback_loop"]} == {"too_early"}

    account = publish(config, FIRST).terminal
    for name in latest:
        assert rows_of(warehouse, name, "run_id") == before[name], name
    page = (store.published(warehouse) / "report.md").read_text("utf-8")
    assert page.splitlines()[0].endswith(SECOND)
    # The run's own account is that of the night that was asked for.
    assert account.splitlines()[0].endswith(FIRST)


def test_nothing_new_is_a_night_too(config: Path, warehouse: Path) -> None:
    shutil.rmtree(config.parent / SECOND)
    shutil.copytree(config.parent / FIRST, config.parent / SECOND)
    before = rows_of(warehouse, "opinions")
    assert reconciliation(publish(config, SECOND)) == {
        "reviews.csv": (26, 0, 1, 25),
        "calls.jsonl": (2, 0, 0, 2),
    }
    assert rows_of(warehouse, "opinions") == before
    assert [row["night"] for row in rows_of(warehouse, "runs")] == [FIRST, SECOND]


def test_a_source_that_is_tried_again_leaves_nothing_of_the_first_try(tmp_path: Path) -> None:
    """As a database that breaks off half-way: the first try has staged more parts than the second will."""
    database = write_sqlite(tmp_path / "reviews.db", reviews(8))
    query = {"url": f"sqlite:///{database}", "query": "select * from reviews"}
    config = write_config(tmp_path, source() | query | {"path": None})

    def tries_again(step: Step[object]) -> object:
        if step.name.startswith("ingest"):
            assert step.retries > 0
            step.work()
            for table in ("feedback", "turns", "quarantine"):
                (folder,) = (tmp_path / "warehouse" / ".staging").glob(f"*/{table}/night=*")
                shutil.copy(folder / "part-000000.parquet", folder / "part-000001.parquet")
        return step.work()

    assert reconciliation(publish(config, runner=tries_again)) == {"评论": (8, 8, 0, 0)}
    assert len(rows_of(tmp_path / "warehouse", "feedback")) == 8


def test_only_databases_are_tried_again(published: tuple[Path, Outcome, dict[str, int]]) -> None:
    retries = published[2]
    assert set(retries.values()) == {0}
    assert next(iter(retries)) == "ingest 评论"


def test_other_input_has_another_run_id_and_the_state_before_stays_readable(
    config: Path, warehouse: Path
) -> None:
    old = store.published(warehouse)
    rows = store.read_table(old, "feedback").to_pylist()
    write_csv(config.parent / FIRST / "reviews.csv", reviews(5))

    def reads_the_old_state(step: Step[object]) -> object:
        assert store.published(warehouse) == old
        result = step.work()
        assert (store.published(warehouse) == old) == (step.name != "commit")
        return result

    again = publish(config, FIRST, runner=reads_the_old_state)
    assert store.read_table(old, "feedback").to_pylist() == rows
    assert len(rows_of(warehouse, "feedback")) == 5 + 2
    assert again.run_id.startswith(f"{FIRST}-")
    assert again.run_id != rows[0]["run_id"]
    assert {row["run_id"] for found in all_rows(warehouse).values() for row in found} == {again.run_id}


def test_a_file_system_without_hard_links_and_stray_files_do_no_harm(
    config: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(file: str, twin: str) -> None:
        raise PermissionError(1, "Operation not permitted", file)

    first = rows_of(warehouse, "feedback")
    (warehouse / "snapshots" / ".DS_Store").write_bytes(b"")
    monkeypatch.setattr("os.link", refuses)
    publish(config, SECOND)
    assert [row for row in rows_of(warehouse, "feedback") if row["night"] == FIRST] == first
    assert len(rows_of(warehouse, "feedback")) > len(first)
