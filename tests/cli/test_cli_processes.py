"""What only a process of its own can show: rights, pipes, signals."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from night_factories import (
    fingerprint,
    publish,
    reviews,
    rows_of,
    source,
    write_config,
    write_csv,
    write_sqlite,
)

pytestmark = pytest.mark.slow
CEM = str(Path(sys.executable).with_name("cem"))
PATIENCE = 30.0
"""Seconds to wait for what takes one or two."""


@pytest.fixture
def without_rights() -> list[str]:
    """What to put before a command so that permissions bind it; root's own processes may write anywhere."""
    if os.getuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root without setpriv (util-linux) cannot give up its rights")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Callable[[Path, int], None]]:
    """Set permissions, which are given back at the end."""
    changed: dict[Path, int] = {}

    def lock(path: Path, mode: int) -> None:
        changed[path] = path.stat().st_mode
        path.chmod(mode)

    yield lock
    for path, mode in changed.items():
        path.chmod(mode)


def run(*command: object, **how: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, timeout=120, **how
    )


def test_folders_that_cannot_be_written_and_files_that_cannot_be_read(
    without_rights: list[str], locked: Callable[[Path, int], None], tmp_path: Path
) -> None:
    reviews_file = write_csv(tmp_path / "reviews.csv", reviews(3))
    (tmp_path / "comments.csv").write_text("id,text\n1,很好\n", encoding="utf-8")
    config = write_config(tmp_path)
    publish(config)
    warehouse = tmp_path / "warehouse"
    before = fingerprint(warehouse)
    nightly = (*without_rights, CEM, "nightly", "--no-prefect", "--config", config, "--date", "2026-09-04")

    locked(reviews_file, 0)
    unreadable = run(*nightly)
    assert (unreadable.returncode, unreadable.stdout) == (4, ""), unreadable.stderr
    assert str(reviews_file) in unreadable.stderr
    assert "文件权限" in unreadable.stderr
    reviews_file.chmod(0o644)

    for folder in (warehouse, warehouse / "snapshots", tmp_path):
        locked(folder, 0o555)
    unwritable = run(*nightly)
    assert (unwritable.returncode, unwritable.stdout) == (6, ""), unwritable.stderr
    assert str(warehouse) in unwritable.stderr
    assert "检查文件夹的权限" in unwritable.stderr
    classify = ("classify", tmp_path / "comments.csv", "--output", tmp_path / "out.parquet")
    output = run(*without_rights, CEM, *classify)
    assert (output.returncode, output.stdout) == (6, ""), output.stderr
    assert str(tmp_path / "out.parquet") in output.stderr
    assert fingerprint(warehouse) == before
    assert "Traceback" not in unreadable.stderr + unwritable.stderr + output.stderr


def test_a_reader_that_has_gone_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    ran = subprocess.run(
        [CEM, "--help"], stdout=writing, stderr=subprocess.PIPE, text=True, env=buffered, check=False
    )
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_night_is_published_though_its_summary_cannot_be_printed(tmp_path: Path) -> None:
    write_csv(tmp_path / "reviews.csv", reviews(3))
    config = str(write_config(tmp_path))
    nightly = [CEM, "nightly", "--no-prefect", "--config", config, "--date", "2026-09-03"]
    told = {}
    for name, redirected in (("full", ">/dev/full"), ("closed", ">&-"), ("ascii", "")):
        encoding = {"PYTHONIOENCODING": "ascii"} if name == "ascii" else {}
        ran = run("sh", "-c", f'"$@" {redirected}', "sh", *nightly, env={**os.environ, **encoding})
        assert (ran.returncode, ran.stdout) == (0, ""), name
        told[name] = ran.stderr.splitlines()[-1]
    assert told["full"].startswith("已发布 2026-09-03，报告在 ")
    assert told["full"].endswith("但结果打印不出来：磁盘已满")
    assert told["closed"].endswith("但结果打印不出来：标准输出已关闭")
    assert "PYTHONIOENCODING=utf-8" in told["ascii"]
    assert [row["night"] for row in rows_of(tmp_path / "warehouse", "runs")] == ["2026-09-03"]


def test_a_killed_night_leaves_the_old_state_and_the_next_starts_at_once(tmp_path: Path) -> None:
    write_csv(tmp_path / "reviews.csv", reviews(3))
    write_sqlite(tmp_path / "reviews.db", reviews(2))
    good = write_config(tmp_path)
    publish(good, "2026-09-03")
    warehouse = tmp_path / "warehouse"
    before = fingerprint(warehouse)
    endless = (
        "with recursive n(i) as (select 1 union all select i + 1 from n) select reviews.* from reviews, n"
    )
    query = {"path": None, "url": f"sqlite:///{tmp_path / 'reviews.db'}", "query": endless}
    config = write_config(tmp_path / "endless", source(**query), warehouse=str(warehouse))
    nightly = [CEM, "nightly", "--no-prefect", "--config", str(config), "--date", "2026-09-04"]
    with subprocess.Popen(nightly, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait_until(lambda: list((warehouse / ".staging").glob("*/")) and (warehouse / ".lock").read_text())
        refused = run(CEM, "nightly", "--no-prefect", "--config", good, "--date", "2026-09-04")
        process.send_signal(signal.SIGKILL)
    assert refused.returncode == 6
    assert f'"process": {process.pid}' in refused.stderr
    assert "等它结束后重试" in refused.stderr
    assert process.returncode == -signal.SIGKILL
    assert fingerprint(warehouse) == before

    publish(good, "2026-09-04")
    assert [row["night"] for row in rows_of(warehouse, "runs")] == ["2026-09-03", "2026-09-04"]
    assert not (warehouse / ".staging").exists()


def test_more_processes_write_the_same_tables(tmp_path: Path) -> None:
    comments = [
        f"{number},第{number}次买了，质量{'很好' if number % 3 else '太差'}，物流有点慢"
        for number in range(10_050)
    ]
    write_lines(tmp_path / "in.csv", ["id,text", *comments])
    tables = []
    for workers in (1, 3):
        outputs = tmp_path / f"{workers}.opinions", tmp_path / f"{workers}.comments"
        asked = ("--output", outputs[0], "--comments", outputs[1], "--workers", workers)
        ran = run(CEM, "classify", tmp_path / "in.csv", *asked)
        assert ran.returncode == 0, ran.stderr
        tables.append((ran.stdout.split("→")[0], *(pq.read_table(output) for output in outputs)))
    assert tables[0] == tables[1]
    assert tables[0][2]["id"].to_pylist() == [str(number) for number in range(10_050)]


def test_what_is_wrong_in_the_last_row_is_told_by_many_processes_too(tmp_path: Path) -> None:
    write_lines(tmp_path / "in.csv", ["id,text", *(f"{number},很好" for number in range(10_050)), "7,很好"])
    ran = run(CEM, "classify", tmp_path / "in.csv", "--output", tmp_path / "out.parquet", "--workers", 2)
    assert (ran.returncode, ran.stdout) == (4, "")
    assert "in.csv:10052 (id)" in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def write_lines(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", "utf-8")


def wait_until(happened: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)
