"""`cem nightly` needs no Prefect server: it starts a temporary one."""

from pathlib import Path

import pytest
from night_factories import all_rows, publish, reviews, write_config, write_csv
from prefect_processes import command, environment


@pytest.mark.slow
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
