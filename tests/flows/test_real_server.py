"""A real Prefect server: commands that use it, then pool, worker and triggered run as in CONTRIBUTING.md.

All in one module, so that one worker of the test run starts one server.
"""

import shutil
import signal
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from night_factories import (
    NIGHT,
    TEXTS,
    all_rows,
    call,
    calls_source,
    fingerprint,
    publish,
    reviews,
    rows_of,
    source,
    write_config,
    write_csv,
    write_json_lines,
)
from night_secrets import contents, leaks, plant
from prefect_processes import PATIENCE, ROOT, PrefectServer, running, wait_until

from cem_nlp.nightly.analyses import ANALYSES

pytestmark = pytest.mark.slow
DEPLOYMENT = "nightly/nightly"


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
    assert all(f"业务日期 {night}" in run.stderr for night in nights)
    assert [row["night"] for row in rows_of(tmp_path / "warehouse", "runs")] == nights
    assert len(rows_of(tmp_path / "warehouse", "feedback")) == 18


@pytest.fixture(scope="module")
def checkout(server: PrefectServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of what is deployed, its worker running and its deployment created."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy(ROOT / "prefect.yaml", folder)
    shutil.copytree(ROOT / "flows", folder / "flows", ignore=shutil.ignore_patterns("__pycache__"))
    pool = server.command("prefect", "work-pool", "create", "cem", "--type", "process", cwd=folder)
    assert pool.returncode == 0, pool.stderr
    worker = ("worker", "start", "--pool", "cem")
    with running(server.environment, "prefect", *worker, cwd=folder, log=folder / "worker.log"):
        deployed = server.command("prefect", "--no-prompt", "deploy", "--all", cwd=folder)
        assert deployed.returncode == 0, deployed.stdout + deployed.stderr
        yield folder


def test_the_deployment_is_planned_for_two_in_the_morning(server: PrefectServer, checkout: Path) -> None:
    (deployment,) = server.ask("deployments/filter")
    assert deployment["global_concurrency_limit"]["limit"] == 1
    (schedule,) = deployment["schedules"]
    assert schedule["active"]

    def planned() -> list[str]:
        runs = server.ask("flow_runs/filter", flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}})
        return [run["expected_start_time"] for run in runs]

    wait_until(planned, lambda: (server.home / "server.log").read_text("utf-8"))
    starts = [datetime.fromisoformat(start.replace("Z", "+00:00")) for start in planned()]
    local = {(start.astimezone(ZoneInfo("Asia/Shanghai"))).strftime("%H:%M") for start in starts}
    assert local == {"02:00"}


def test_a_triggered_run_publishes_and_leaves_no_text_with_prefect(
    server: PrefectServer, checkout: Path, tmp_path: Path
) -> None:
    write_csv(tmp_path / "reviews.csv", reviews(8))
    write_json_lines(tmp_path / "calls.jsonl", [call(1)])
    config = write_config(tmp_path, source(), calls_source())
    trigger = ("deployment", "run", DEPLOYMENT, "--param", f"config={config}", "--param", f"date={NIGHT}")
    run = server.command("prefect", *trigger, "--watch", cwd=checkout)
    assert run.returncode == 0, run.stdout + (checkout / "worker.log").read_text("utf-8")
    (ended,) = [run for run in server.ask("flow_runs/filter") if run["parameters"]["config"] == str(config)]
    assert ended["state"]["type"] == "COMPLETED"
    published = all_rows(tmp_path / "warehouse")
    assert len(published["feedback"]) == 9
    assert published["opinions"]
    assert {row["night"] for row in published["runs"]} == {NIGHT}

    (artifact,) = server.ask("artifacts/latest/filter", artifacts={"key": {"any_": ["nightly-report"]}})
    assert artifact["type"] == "markdown"
    assert artifact["data"] == (tmp_path / "warehouse" / "current" / "report.md").read_text("utf-8")
    tasks = {task["name"].rpartition("-")[0] for task in server.ask("task_runs/filter")}
    assert {"ingest 评论", "ingest 通话", "opinions", "report", "commit"} <= tasks
    assert {analysis.name for analysis in ANALYSES} <= tasks

    files = [checkout / "worker.log", *(path for path in server.home.rglob("*") if path.is_file())]
    kept = "\n".join(text for path in files for text in contents(path))
    assert str(config) in kept
    assert not [text for text in (*TEXTS, "你们的空调用了两天就漏水") if text in kept]


def test_serve_offers_the_nightly_schedule_until_it_is_told_to_end(
    server: PrefectServer, checkout: Path, tmp_path: Path
) -> None:
    config = write_config(tmp_path)
    serve = ("cem", "serve", "--config", str(config))

    def served() -> bool:
        return "being served" in (tmp_path / "serve.log").read_text("utf-8")

    with running(server.environment, *serve, cwd=tmp_path, log=tmp_path / "serve.log") as process:
        wait_until(served, lambda: (tmp_path / "serve.log").read_text("utf-8"))
        (deployment,) = server.ask("deployments/filter")
        assert deployment["parameters"] == {"config": str(config), "date": "yesterday", "language": "zh"}
        planned = [
            (plan["schedule"]["cron"], plan["schedule"]["timezone"]) for plan in deployment["schedules"]
        ]
        assert ("0 2 * * *", "Asia/Shanghai") in planned
        process.send_signal(signal.SIGTERM)
        # Prefect ends in order once it listens; a moment earlier the command does.
        assert process.wait(PATIENCE) in {0, 128 + signal.SIGTERM}
