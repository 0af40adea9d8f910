"""Worker processes end with the run that started them."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = """
import time
from cem_nlp.parallel import ordered_map
if __name__ == "__main__":
    list(ordered_map(time.sleep, [0, 0, 600, 600], 2))
"""
PATIENCE = 30.0
"""Seconds to wait for what takes one or two."""


def children(process: int) -> set[int]:
    listed = Path(f"/proc/{process}/task/{process}/children")
    return {int(child) for child in listed.read_text().split()}


def is_running(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.slow
@pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="children are listed under /proc, on Linux only"
)
def test_the_workers_of_a_killed_run_end_with_it(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(SCRIPT)
    with subprocess.Popen([sys.executable, script], stderr=subprocess.DEVNULL) as run:
        deadline = time.monotonic() + PATIENCE
        # Two workers and multiprocessing's own tracker.
        while len(started := children(run.pid)) < 3:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(1)
        run.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while any(is_running(process) for process in started):
        assert time.monotonic() < deadline, "workers outlive their run"
        time.sleep(0.05)
