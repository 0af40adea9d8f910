"""The Prefect server that a command talks to: found, or started on loopback."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from cem_nlp.errors import PrefectUnreachable
from cem_nlp.language import Bilingual

_HOST, _PORT = "127.0.0.1", 4200
"""Loopback only: Prefect's server asks for no password by default. The port is Prefect's usual one."""
_START_SECONDS = 120
"""Patience with the server: it took up to 26 s on two cores, longer where it first builds its database."""
_ANSWER_SECONDS = 5.0
"""Patience with one answer of a running server."""


def check_server() -> None:
    """Raise PrefectUnreachable where PREFECT_API_URL names a server that does not answer.

    Without the variable Prefect starts a temporary server by itself.
    """
    address = os.environ.get("PREFECT_API_URL")
    if address and not _answers(address):
        raise PrefectUnreachable(
            Bilingual("连不上 Prefect 服务", "the Prefect server does not answer"),
            where=f"PREFECT_API_URL={address}",
            next_step=Bilingual(
                "启动该服务，或去掉这个环境变量，或加上 --no-prefect",
                "start that server, unset the variable, or add --no-prefect",
            ),
        )


@contextmanager
def server() -> Iterator[None]:
    """Use the server that PREFECT_API_URL names, or start one on loopback and end it again.

    Raises PrefectUnreachable where there is none to be had.
    """
    if "PREFECT_API_URL" in os.environ:
        check_server()
        yield
        return
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", _HOST, "--port", str(_PORT)]
    address = f"http://{_HOST}:{_PORT}/api"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(address, process)
            os.environ["PREFECT_API_URL"] = address
            yield
        finally:
            process.terminate()


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(_START_SECONDS):
        if process.poll() is not None:
            break
        if _answers(address):
            return
        time.sleep(1)
    raise PrefectUnreachable(
        Bilingual("Prefect 服务没有启动", "the Prefect server did not start"),
        where=address,
        next_step=Bilingual(
            f"检查端口 {_PORT} 是否被占用，或用 PREFECT_API_URL 指定已有的服务",
            f"see whether port {_PORT} is taken, or name a running server in PREFECT_API_URL",
        ),
    )


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address.rstrip('/')}/health", timeout=_ANSWER_SECONDS):
            return True
    except HTTPError:
        return True  # it answers, if only to ask for a password
    except (URLError, TimeoutError, ValueError):
        return False
