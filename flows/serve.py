"""The nightly schedule on a single machine: a loopback Prefect server and a process that serves the flow."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from cem_nlp.language import Language

_AT_TWO = "0 2 * * *"
_HOST, _PORT = "127.0.0.1", 4200
"""Loopback only: Prefect's server asks for no password by default. The port is Prefect's usual one."""
_START_SECONDS = 120
"""Patience with the server: it took up to 26 s on two cores, longer where it first builds its database."""


def serve(config: Path, language: Language) -> None:
    """Run the flow every night at 02:00 for the day that has just ended, until interrupted.

    Uses the server named by PREFECT_API_URL, or starts one on loopback and ends it again.
    """
    with _server():
        # Prefect reads its settings when first imported, so not before the server's address is known.
        from prefect.schedules import Cron

        from flows.nightly import nightly

        nightly.serve(
            name="nightly",
            schedule=Cron(_AT_TWO, timezone="Asia/Shanghai"),
            parameters={"config": str(config), "date": "yesterday", "language": language},
            limit=1,
        )


@contextmanager
def _server() -> Iterator[None]:
    if "PREFECT_API_URL" in os.environ:
        yield
        return
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", _HOST, "--port", str(_PORT)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            _wait_for(f"http://{_HOST}:{_PORT}/api/health", server)
            os.environ["PREFECT_API_URL"] = f"http://{_HOST}:{_PORT}/api"
            yield
        finally:
            server.terminate()


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(_START_SECONDS):
        try:
            with urlopen(address, timeout=1):
                return
        except (URLError, TimeoutError):
            if server.poll() is not None:
                break
            time.sleep(1)
    raise SystemExit(f"the Prefect server at {address} did not start; is the port taken?")
