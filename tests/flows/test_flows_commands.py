"""`cem nightly` and `cem backfill` through Prefect: same rows, same errors, same exit codes as without."""

from pathlib import Path

import pytest
from night_factories import (
    all_rows,
    fingerprint,
    publish,
    reviews,
    rows_of,
    source,
    write_config,
    write_csv,
)
from night_secrets import leaks, plant
from prefect_processes import PrefectServer, command, environment

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("prefect")]


def test_without_a_server_a_night_runs_on_a_temporary_one(tmp_path: Path) -> None:
    write_csv(tmp_path / "reviews.csv", reviews(8))
    config = write_config(tmp_path)
    run = command(
        environment(tmp_path / "home"),
        *("cem", "nightly", "--config", str(config), "--date", "2026-09-03"),
        cwd=tmp_path,
    )
    assert run.returncode == 0, run.stderr
    assert "合计 8 8 0 0 相符" in [" ".join(line.split()) for line in run.stdout.splitlines()]
    through_prefect = all_rows(tmp_path / "warehouse")
    publish(config)
    assert all_rows(tmp_path / "warehouse") == through_prefect


def test_a_failing_run_says_why_and_leaves_no_text_with_prefect(
    server: PrefectServer, tmp_path: Path
) -> None:
    config = plant(tmp_path, max_bad_share=1)
    publish(config)
    before = fingerprint(tmp_path / "warehouse")
    plant(tmp_path, max_bad_share=0.05)
    night = ("cem", "nightly", "--config", str(config), "--date", "2026-09-04")
    run = server.command(*night, cwd=tmp_path)
    assert run.returncode == 4
    assert "坏行过多" in run.stderr
    assert "下一步" in run.stderr
    assert "Traceback" not in run.stderr + run.stdout
    assert fingerprint(tmp_path / "warehouse") == before
    (ended,) = [
        run
        for run in server.ask("flow_runs/filter", sort="START_TIME_DESC")
        if run["parameters"].get("config") == str(config)
    ]
    assert ended["state"]["type"] == "FAILED"
    assert leaks(server.home) == []
    assert leaks(tmp_path / "warehouse") == []


def test_a_backfill_publishes_every_night_of_a_range(server: PrefectServer, tmp_path: Path) -> None:
    nights = ["2026-08-31", "2026-09-01", "2026-09-02"]
    for number, night in enumerate(nights):
        write_csv(tmp_path / f"{night}.csv", reviews(6, start=10 * number))
    config = write_config(tmp_path, source(path="{date}.csv"))
    backfill = ("cem", "backfill", "--config", str(config), "--from", nights[0], "--to", nights[-1])
    run = server.command(*backfill, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == nights
    assert [row["night"] for row in rows_of(tmp_path / "warehouse", "runs")] == nights
    assert len(rows_of(tmp_path / "warehouse", "feedback")) == 18
