"""A warehouse that an older version of the software published: the command says what to do."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

READERS = {
    "gap": "decisions",
    "journey": "journeys",
    "segments": "portfolio",
    "alerts": "alerts",
    "perception": "perception",
    "loop": "feedback_loop",
    "topics": "topics",
}


@pytest.fixture
def older(published: Path, tmp_path: Path) -> Path:
    """A copy of the published state without tables of today."""
    folder = tmp_path / "older"
    shutil.copytree(published.parent, folder, symlinks=True)
    (warehouse,) = [path.parent for path in folder.rglob("current")]
    for name in READERS.values():
        shutil.rmtree((warehouse / "current").resolve() / name)
    return folder / published.name


@pytest.mark.parametrize("json", [(), ("--json",)])
@pytest.mark.parametrize(("command", "table"), READERS.items())
def test_a_missing_table_is_named_with_the_next_step(
    cem: Callable[..., Any], older: Path, command: str, table: str, json: tuple[str, ...]
) -> None:
    ran = cem(command, "--config", older, "--lang", "en", *json)
    assert (ran.code, ran.out) == (6, "")
    assert "an older version published the state" in ran.err
    assert table in ran.err
    assert "next step: run cem nightly" in ran.err


def test_the_report_is_not_made_of_half_the_tables(cem: Callable[..., Any], older: Path) -> None:
    ran = cem("report", "--config", older, "--output", older.parent / "r.html")
    assert ran.code == 6
    assert "重新运行 cem nightly" in ran.err
    assert not (older.parent / "r.html").exists()


@pytest.mark.parametrize("command", READERS)
def test_what_was_never_configured_is_no_error(
    cem: Callable[..., Any], published: Path, command: str
) -> None:
    assert cem(command, "--config", published).code == 0
