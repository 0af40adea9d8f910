"""The steps of CONTRIBUTING.md with a real server, a work pool, a worker and a triggered run."""

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
    reviews,
    source,
    write_config,
    write_csv,
    write_json_lines,
)
from night_secrets import contents
from prefect_processes import PATIENCE, ROOT, PrefectServer, running, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("prefect")]
DEPLOYMENT = "nightly/nightly"


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
    assert {"ingest 评论", "ingest 通话", "opinions", "scores", "gaps", "report", "commit"} <= tasks

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
        assert process.wait(PATIENCE) == 0
