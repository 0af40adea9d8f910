"""A night's brand value, requirements, decisions and costs, and what a strategy changes."""

import json
from datetime import date
from pathlib import Path

import pytest
from night_factories import NIGHT, publish, review, rows_of, write, write_config, write_csv

from cem_nlp import store
from cem_nlp.cli import main
from cem_nlp.config_file import load_config
from cem_nlp.errors import ConfigError
from cem_nlp.nightly.night import open_night


def night(folder: Path, strategy: str) -> Path:
    brands = ("贝岭", "贝岭", "合悦")
    rows = [review(n, 客户=f"user-{n}", 品牌=brands[n % 3]) for n in range(60)]
    write_csv(folder / "reviews.csv", rows)
    write(folder / "strategy.toml", strategy)
    return write_config(
        folder, strategy={"path": "strategy.toml"}, cost={"revenue": 1000, "currency": "万元", "lost": 0.25}
    )


def test_a_night_decides_and_the_commands_show_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = night(tmp_path, '[[ruled_out]]\ncategory = "price"\nwhy = "不打价格战"\n')
    publish(config)
    warehouse = tmp_path / "warehouse"
    decisions = rows_of(warehouse, "decisions")
    whole = [row for row in decisions if row["product"] == row["segment"] == "all"]
    verdicts = {row["category"]: row["verdict"] for row in whole}
    assert verdicts["price"] == "ruled_out"
    assert list(verdicts.values()).count("proposed") == 1
    gaps = rows_of(warehouse, "gaps")
    known = [row["key_probability"] for row in gaps if row["product"] == "all" and row["segment"] == "all"]
    assert sum(value for value in known if value is not None) == pytest.approx(1)
    assert {row["brand"] for row in rows_of(warehouse, "requirements")} == {"贝岭"}
    assert {row["is_own"] for row in rows_of(warehouse, "brand_value")} == {True, False}
    costs = {row["quantity"]: row for row in rows_of(warehouse, "costs") if row["scenario"] == "now"}
    assert costs["lost_rate"]["origin"] == "given"
    assert costs["negative_share"]["origin"] == "derived"

    def shown(*arguments: str) -> str:
        assert main([*arguments, "--config", str(config)]) == 0
        return capsys.readouterr().out

    assert json.loads(shown("gap", "--json"))[0]["brand"] == "贝岭"
    assert "不打价格战" in shown("gap")
    assert "万元" in shown("cost")
    overridden = json.loads(shown("cost", "--negative", "50%", "--json"))
    given = {row["quantity"]: row for row in overridden if row["scenario"] == "now"}
    assert given["negative_share"]["value"] == 0.5
    assert given["negative_share"]["origin"] == "given"
    page = (warehouse / "current" / "report.html").read_text("utf-8")
    assert 'id="decision"' in page
    assert 'id="cost"' in page


def test_a_broken_strategy_fails_the_night_before_it_reads(tmp_path: Path) -> None:
    config = night(tmp_path, 'budget = 1\n[[ruled_out]]\ntopic = "no_such"\nwhy = "x"\n')
    (tmp_path / "reviews.csv").write_bytes(b"\xff\xfe not read")
    with pytest.raises(ConfigError) as caught:
        publish(config)
    assert "strategy.toml:3" in (caught.value.where or "")
    assert caught.value.value == "no_such"


def test_another_strategy_makes_another_run(tmp_path: Path) -> None:
    path = night(tmp_path, "budget = 1\n")

    def run_id() -> str:
        config = load_config(path)
        with store.staging(config.resolve(config.warehouse), date.fromisoformat(NIGHT)) as state:
            return open_night(config, date.fromisoformat(NIGHT), state).run_id

    first = run_id()
    assert run_id() == first
    write(tmp_path / "strategy.toml", "budget = 2\n")
    assert run_id() != first
