"""Prefect as operators run it: a server, commands and a worker, each a process with a home of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

PROGRAMS = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds to wait for what takes a few."""


@dataclass(frozen=True)
class PrefectServer:
    """A server on loopback, and how its clients find it."""

    home: Path
    api: str

    @property
    def environment(self) -> dict[str, str]:
        return environment(self.home) | {"PREFECT_API_URL": self.api}

    def ask(self, path: str, **body: Any) -> Any:
        """Post to the server's API and return its answer."""
        request = Request(
            f"{self.api}/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def command(self, program: str, *arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
        return command(self.environment, program, *arguments, cwd=cwd)


def environment(home: Path) -> dict[str, str]:
    """The environment of a Prefect process that knows nothing of this machine's own Prefect."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return inherited | {
        "PREFECT_HOME": str(home),
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "COLUMNS": "200",
        "NO_COLOR": "1",
    }


def command(
    variables: dict[str, str], program: str, *arguments: str, cwd: Path
) -> "subprocess.CompletedProcess[str]":
    """Run a program of this Python's environment to its end."""
    return subprocess.run(
        [str(PROGRAMS / program), *arguments],
        env=variables,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
        check=False,
    )


@contextmanager
def running(
    variables: dict[str, str], program: str, *arguments: str, cwd: Path, log: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    """Keep a program running; end it, and what it started, by their group's id."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(PROGRAMS / program), *arguments],
            env=variables,
            cwd=cwd,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            end(process)


def end(process: "subprocess.Popen[Any]") -> None:
    """End a process that leads a group of its own, politely first."""
    process.send_signal(signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def running_server(home: Path) -> Iterator[PrefectServer]:
    """Start a server on a free port of loopback and wait until it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = PrefectServer(home, f"http://127.0.0.1:{port}/api")
    start = ("server", "start", "--host", "127.0.0.1", "--port", str(port))
    log = home / "server.log"
    with running(environment(home), "prefect", *start, cwd=home, log=log):
        wait_until(lambda: answers(started.api), lambda: log.read_text("utf-8"))
        yield started


def answers(api: str) -> bool:
    try:
        with urlopen(f"{api}/health", timeout=2):
            return True
    except (URLError, TimeoutError, ConnectionError):
        return False


def wait_until(happened: Callable[[], object], otherwise: Callable[[], str]) -> None:
    """Wait with patience until something has happened."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError(otherwise())
        time.sleep(0.2)
