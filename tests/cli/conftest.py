"""`cem` in this process, and a published state that no failing run may touch."""

import sys
from functools import lru_cache
from pathlib import Path

import pytest
from cem_command import Cem, Ran

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "nightly"))

from night_factories import (
    call,
    calls_source,
    load_model_once,
    publish,
    reviews,
    source,
    write_config,
    write_csv,
    write_json_lines,
)

from cem_nlp.cli import main
from cem_nlp.model_files import load_engine

ENGINE = lru_cache(maxsize=2)(load_engine)


@pytest.fixture
def cem(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cem:
    """Run the command line in this process, each engine loaded once for all tests."""
    monkeypatch.setattr("cem_nlp.cli.engine.load_engine", ENGINE)
    monkeypatch.setattr("cem_nlp.nightly.night.load_model", load_model_once)

    def run(*arguments: object) -> Ran:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:  # --help ends the process
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Ran(code, out, err)

    return run


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The configuration of a small published night; treat its folder as read-only."""
    folder = tmp_path_factory.mktemp("published")
    write_csv(folder / "reviews.csv", reviews(30))
    write_json_lines(folder / "calls.jsonl", [call(1)])
    config = write_config(folder, source(), calls_source())
    publish(config)
    return config
