"""Wherever a night breaks off, what was published stays as it was and can be read."""

import json
from pathlib import Path

import pytest
from night_factories import (
    all_rows,
    call,
    calls_source,
    fingerprint,
    publish,
    reviews,
    rows_of,
    source,
    write_config,
    write_csv,
    write_json_lines,
)

from cem_nlp.errors import InternalFault, RunInProgress
from cem_nlp.nightly import Step

FIRST, SECOND = "2026-09-03", "2026-09-04"


class BreaksOffError(Exception):
    """Stands for anything that may end a run."""


def steps_of_a_night(folder: Path) -> tuple[Path, list[str]]:
    """Publish a night; return its configuration and the names of its steps."""
    write_csv(folder / f"{FIRST}.csv", reviews(6))
    write_csv(folder / f"{SECOND}.csv", reviews(6, start=4))
    write_json_lines(folder / "calls.jsonl", [call(1)])
    config = write_config(folder, source(path="{date}.csv"), calls_source())
    names: list[str] = []

    def notes(step: Step[object]) -> object:
        names.append(step.name)
        return step.work()

    publish(config, FIRST, runner=notes)
    return config, names


@pytest.mark.slow
def test_breaking_off_at_any_step_before_the_last_leaves_the_published_state(tmp_path: Path) -> None:
    config, names = steps_of_a_night(tmp_path)
    warehouse = tmp_path / "warehouse"
    assert names[-2:] == ["report", "commit"]
    before, rows = fingerprint(warehouse), all_rows(warehouse)
    for name in ("ingest 通话", "opinions", "report"):

        def breaks_off(step: Step[object], name: str = name) -> object:
            result = step.work()
            if step.name == name:
                raise BreaksOffError
            return result

        with pytest.raises(BreaksOffError):
            publish(config, SECOND, runner=breaks_off)
        assert fingerprint(warehouse) == before, name
        assert not (warehouse / ".staging").exists()
    assert all_rows(warehouse) == rows
    publish(config, SECOND)
    assert {row["night"] for row in rows_of(warehouse, "runs")} == {FIRST, SECOND}


def test_an_unforeseen_error_is_told_by_its_place_not_by_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_csv(tmp_path / "reviews.csv", reviews(2))

    def quotes_customers(texts: list[str], groups: list[str]) -> None:
        raise ValueError(f"cannot read {texts[0]}")

    monkeypatch.setattr("cem_nlp.nightly.ingesting.near_duplicates", quotes_customers)
    with pytest.raises(InternalFault) as caught:
        publish(write_config(tmp_path))
    assert "噪音" not in caught.value.explain("zh")
    assert "ingesting.py" in caught.value.explain("zh")
    assert "ValueError" in caught.value.explain("en")
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_second_run_is_refused_while_the_first_is_under_way(tmp_path: Path) -> None:
    write_csv(tmp_path / "reviews.csv", reviews(2))
    config = write_config(tmp_path)
    refused = []

    def meets_another(step: Step[object]) -> object:
        if step.name == "opinions":
            with pytest.raises(RunInProgress) as caught:
                publish(config, SECOND)
            refused.append(caught.value)
        return step.work()

    publish(config, FIRST, runner=meets_another)
    (error,) = refused
    assert json.loads(str(error.value))["night"] == FIRST
    assert len(rows_of(tmp_path / "warehouse", "feedback")) == 2
