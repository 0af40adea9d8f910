"""A private PostgreSQL server for one test module."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

USER, PASSWORD = "analyst", "p@ss/w:rd 密"


def find_programs() -> Path:
    """The folder of initdb and pg_ctl, or skip."""
    folders = [Path(found).parent for found in [shutil.which("initdb")] if found]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    pytest.skip(
        "PostgreSQL is not installed (initdb and pg_ctl are neither on PATH nor in /usr/lib/postgresql)"
    )


def unprivileged() -> pwd.struct_passwd | None:
    """Whom the server runs as: PostgreSQL refuses root. None stands for the present user."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    pytest.skip("running as root, and there is neither a user postgres nor nobody to run the server as")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_server() -> Iterator[int]:
    """Start a server on a free loopback port and yield the port; stop this very server afterwards."""
    programs, account = find_programs(), unprivileged()
    identity = (
        {} if account is None else {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    )
    # Not below pytest's own folder, which other users may not enter.
    with tempfile.TemporaryDirectory(prefix="cem-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "password").write_text(PASSWORD, encoding="utf-8")
        for path in [folder, folder / "password"]:
            if account is not None:
                os.chown(path, account.pw_uid, account.pw_gid)
        data, port = folder / "data", free_port()

        def work(program: str, *arguments: str) -> None:
            done = subprocess.run(
                [programs / program, "-D", data, *arguments],
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                timeout=60,
                check=False,
                **identity,
            )
            assert done.returncode == 0, done.stderr

        work(
            "initdb",
            "-U",
            USER,
            "--auth=scram-sha-256",
            f"--pwfile={folder / 'password'}",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        )
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c shared_buffers=8MB"
        work("pg_ctl", "-w", "-s", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield port
        finally:
            work("pg_ctl", "-w", "-s", "-m", "immediate", "stop")
