"""A night judges the configured actions and gives findings to departments; the commands show them."""

import json
from datetime import date
from pathlib import Path

import pytest
from night_factories import NIGHT, publish, review, rows_of, write, write_config, write_csv

from cem_nlp import store
from cem_nlp.cli import main
from cem_nlp.config_file import load_config
from cem_nlp.errors import BrokenActions
from cem_nlp.nightly.night import open_night

DAY = date.fromisoformat(NIGHT)
ACTIONS = "行动,触点,类别,开始,费用\n预约送货,配送物流,便利性,{start},1000\n"


def night(folder: Path, start: str) -> Path:
    rows = [review(n, 客户=f"user-{n}", 品牌=("贝岭", "合悦")[n % 2]) for n in range(40)]
    write_csv(folder / "reviews.csv", rows)
    write(folder / "actions.csv", ACTIONS.format(start=start))
    write(folder / "results.csv", "日期,销售额\n2020-01-01,10\n2030-01-01,20\n")
    return write_config(folder, actions={"path": "actions.csv", "results": "results.csv"})


def test_a_night_judges_actions_and_the_command_shows_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = night(tmp_path, "2027-01-01")
    publish(config)
    warehouse = tmp_path / "warehouse"
    (row,) = rows_of(warehouse, "feedback_loop")
    assert (row["status"], row["touchpoint"], row["cost"]) == ("planned", "delivery", 1000)
    assert [stage["stage"] for stage in rows_of(warehouse, "loop_results")] == [0, 1]
    assert {finding["brand"] for finding in rows_of(warehouse, "findings")} <= {"贝岭"}

    def shown(*arguments: object) -> str:
        assert main([*map(str, arguments)]) == 0
        return capsys.readouterr().out

    assert "计划中" in shown("loop", "--config", config)
    assert json.loads(shown("loop", "--config", config, "--json"))["feedback_loop"][0]["action"] == "预约送货"
    write(tmp_path / "other.csv", ACTIONS.format(start="2019-01-01"))
    judged = shown("loop", "--config", config, "--actions", tmp_path / "other.csv", "--json")
    assert json.loads(judged)["feedback_loop"][0]["status"] == "no_evidence"
    alone = shown(
        "loop", "--actions", tmp_path / "other.csv", "--results", tmp_path / "results.csv", "--lang", "en"
    )
    assert "business results" in alone
    page = tmp_path / "logistics.html"
    shown("report", "--config", config, "--owner", "物流", "--output", page)
    assert "物流部" in page.read_text("utf-8")


def test_a_broken_table_of_actions_fails_the_night_in_its_first_second(tmp_path: Path) -> None:
    config = load_config(night(tmp_path, "2126-01-01"))
    with (
        store.staging(tmp_path / "warehouse", DAY) as state,
        pytest.raises(BrokenActions, match=r"actions\.csv, line 2, column 开始"),
    ):
        open_night(config, DAY, state)


def test_the_actions_decide_the_runs_id(tmp_path: Path) -> None:
    config = load_config(night(tmp_path, "2026-01-01"))
    ids = []
    for start in ("2026-01-01", "2026-01-02"):
        write(tmp_path / "actions.csv", ACTIONS.format(start=start))
        with store.staging(tmp_path / "warehouse", DAY) as state:
            ids.append(open_night(config, DAY, state).run_id)
    assert ids[0] != ids[1]


@pytest.mark.parametrize("given", [[], ["--actions", "a.csv"], ["--results", "r.csv"]])
def test_loop_says_what_is_missing(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["loop", *given, "--lang", "en"]) == 2
    assert "is missing" in capsys.readouterr().err
