"""A night publishes what the files held when it began, or nothing."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from night_factories import fingerprint, publish, reconciliation, reviews, source, write_config, write_csv

from cem_nlp.errors import UnreadableSource
from cem_nlp.nightly import Step
from cem_nlp.nightly.inputs import look_at, refuse_changed

FIRST, SECOND = "2026-09-03", "2026-09-04"


def before(name: str, happens: Callable[[], Any]) -> Callable[[Step[object]], object]:
    """Work every step; let something happen before one of them."""

    def runner(step: Step[object]) -> object:
        if step.name == name:
            happens()
        return step.work()

    return runner


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A published night over two files."""
    write_csv(tmp_path / "in" / "a.csv", reviews(4))
    write_csv(tmp_path / "in" / "b.csv", reviews(4, start=5))
    written = write_config(tmp_path, source(path="in/*.csv"))
    publish(written, FIRST)
    return written


def test_a_file_that_vanishes_before_it_is_read_fails_the_night(config: Path) -> None:
    published = fingerprint(config.parent / "warehouse")
    gone = config.parent / "in" / "b.csv"
    with pytest.raises(UnreadableSource) as caught:
        publish(config, FIRST, runner=before("ingest 评论", gone.unlink))
    assert "b.csv" in (caught.value.where or "")
    assert "文件不存在" in caught.value.explain("zh")
    assert fingerprint(config.parent / "warehouse") == published


@pytest.mark.parametrize("changed", ["in/a.csv", "survey.csv"])
def test_a_file_that_changes_during_the_run_fails_the_night(changed: str, config: Path) -> None:
    survey = config.parent / "survey.csv"
    survey.write_text("category,measure,score\nprice,ideal,5\n")
    write_config(config.parent, source(path="in/*.csv"), survey={"path": "survey.csv", "low": 0, "high": 10})
    published = fingerprint(config.parent / "warehouse")
    path = config.parent / changed

    def grows() -> None:
        path.write_bytes(path.read_bytes() + path.read_bytes().splitlines(keepends=True)[-1])

    with pytest.raises(UnreadableSource) as caught:
        publish(config, SECOND, runner=before("commit", grows))
    assert caught.value.where == str(path)
    assert "运行期间文件变了" in caught.value.explain("zh")
    assert "run again" in caught.value.explain("en")
    assert fingerprint(config.parent / "warehouse") == published


def test_a_file_that_comes_late_is_left_to_the_next_run(config: Path) -> None:
    outcome = publish(
        config,
        FIRST,
        runner=before("ingest 评论", lambda: write_csv(config.parent / "in" / "c.csv", reviews(3, start=20))),
    )
    assert list(reconciliation(outcome)) == ["a.csv", "b.csv"]
    again = publish(config, FIRST)
    assert list(reconciliation(again)) == ["a.csv", "b.csv", "c.csv"]
    assert again.run_id != outcome.run_id


def test_what_is_only_touched_has_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a")
    began = {path: look_at(path)}
    os.utime(path, (1, 1))
    refuse_changed(began)
    path.write_text("b")
    with pytest.raises(UnreadableSource):
        refuse_changed(began)
    path.unlink()
    with pytest.raises(UnreadableSource, match="vanished"):
        refuse_changed(began)
