"""A night with the company's own tables: what they decide, how they fail it, and that no number leaves it."""

import json
from datetime import date
from pathlib import Path

import pytest
from night_factories import NIGHT, publish, review, rows_of, write, write_config, write_csv
from night_secrets import contents

from cem_nlp import store
from cem_nlp.cli import main
from cem_nlp.config_file import load_config
from cem_nlp.errors import BrokenCustomers, BrokenOwnRating, ConfigError, UnreadableSource
from cem_nlp.nightly.night import open_night

TELEPHONE = "１３７１２３４５６７８"
CUSTOMERS = (
    f"客户编号,价值,地区,客群\nuser-0,100,华东,金卡\nuser-1,900,华北{TELEPHONE},银卡\nuser-9,5,华东,金卡\n"
)
RATINGS = "类别,部门,评分\n产品,研发,9\n服务,售后,8\n"


def prepare(folder: Path, customers: str = CUSTOMERS, ratings: str = RATINGS, **settings: object) -> Path:
    """Write forty reviews by seven customers, a customer table, ratings and the configuration over them."""
    write_csv(folder / "reviews.csv", [review(number, 品牌="贝岭") for number in range(1, 41)])
    write(folder / "customers.csv", customers)
    write(folder / "own.csv", ratings)
    own = {"customers": {"path": "customers.csv"}, "own_rating": {"path": "own.csv"}}
    return write_config(folder, **(own | {"segments": {"target": {"金卡": 2}}} | settings))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("customers")
    publish(prepare(folder, benchmark={"name": "公开数值", "values": {"all": 60}}))
    return folder


def test_customers_join_the_feedback_by_their_hash(published: Path) -> None:
    customers = rows_of(published / "warehouse", "customers")
    keys = {row["customer_key"] for row in rows_of(published / "warehouse", "feedback")}
    known = [row for row in customers if row["value"] is not None]
    assert {row["segment"] for row in known} == {"金卡", "银卡"}
    assert sum(row["customer_key"] in keys for row in known) == 2
    assert len(customers) == 8  # seven speak, one of the table does not


def test_the_table_names_the_segment_where_the_source_does_not(published: Path) -> None:
    grains = {row["segment"] for row in rows_of(published / "warehouse", "scores")}
    assert {"金卡", "银卡", "unknown"} <= grains
    assert {row["segment"] for row in rows_of(published / "warehouse", "feedback")} == {"unknown"}


def test_no_file_holds_a_customers_number(published: Path) -> None:
    for path in sorted(path for path in (published / "warehouse").rglob("*") if path.is_file()):
        for held in contents(path):
            assert "user-" not in held, path


def test_a_telephone_number_in_a_region_is_masked(published: Path) -> None:
    customers = rows_of(published / "warehouse", "customers")
    assert {row["region"] for row in customers} == {"华东", "华北[手机号]", "unknown"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["segments", "perception", "listening", "themes"])
def test_each_command_shows_its_section(
    published: Path, name: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--config", str(published / "night.yaml"), "--lang", language]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 5
    page = (published / "warehouse" / "current" / "report.html").read_text("utf-8")
    assert f'id="{name}"' in page


def test_json_prints_the_rows(published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["perception", "--config", str(published / "night.yaml"), "--json"]) == 0
    tables = json.loads(capsys.readouterr().out)
    assert {row["category"] for row in tables["perception"]} == {"product", "service"}
    assert tables["benchmarks"][0]["reference"] == "公开数值"


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"customers": CUSTOMERS + "user-0,1,华东,金卡\n"}, BrokenCustomers, "customers.csv, line 5"),
        ({"ratings": "类别,评分\n产品,12\n"}, BrokenOwnRating, "own.csv, line 2"),
        ({"own_rating": {"path": "absent.csv"}}, UnreadableSource, "absent.csv"),
        ({"benchmark": {"name": "同业", "brands": ["北岭", "贝岭"]}}, ConfigError, "'贝岭'"),
    ],
)
def test_a_broken_table_fails_the_night_before_anything_is_read(
    tmp_path: Path,
    changes: dict[str, object],
    error: type[Exception],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cem_nlp.nightly.run.ingest_source", lambda *given: pytest.fail("read too early"))
    with pytest.raises(error, match=words) as caught:
        publish(prepare(tmp_path, **changes))  # type: ignore[arg-type]
    assert "user-0" not in str(caught.value)


@pytest.mark.slow
def test_an_unknown_target_segment_is_named_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        publish(prepare(tmp_path, segments={"target": {"金牌": 2}}))
    said = caught.value.explain("zh")
    assert "'金牌'" in said
    assert "银卡" in said


@pytest.mark.slow
def test_an_unknown_reference_brand_is_named_with_the_known_ones(tmp_path: Path) -> None:
    config = prepare(tmp_path, benchmark={"name": "同业", "brands": ["乙牌", "北玲"]})
    write_csv(
        tmp_path / "reviews.csv",
        [review(number, 品牌=["贝岭", "乙牌", "北岭"][number % 3]) for number in range(1, 41)],
    )
    with pytest.raises(ConfigError) as caught:
        publish(config)
    said = caught.value.explain("zh")
    for word in ("benchmark.brands", "'北玲'", "乙牌", "北岭"):
        assert word in said


@pytest.mark.slow
def test_a_reference_group_without_feedback_is_said_to_be_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = prepare(tmp_path, benchmark={"name": "同业", "brands": ["未来牌"]})
    publish(config)
    assert main(["perception", "--config", str(config)]) == 0
    assert "标杆品牌（未来牌）还无从比较" in capsys.readouterr().out


def test_tables_decide_the_runs_id(tmp_path: Path) -> None:
    first = run_id(prepare(tmp_path))
    assert run_id(prepare(tmp_path)) == first
    assert run_id(prepare(tmp_path, CUSTOMERS.replace("900", "901"))) != first
    assert run_id(prepare(tmp_path, ratings=RATINGS.replace("9", "7"))) != first


def run_id(config: Path) -> str:
    settings, night = load_config(config), date.fromisoformat(NIGHT)
    with store.staging(settings.resolve(settings.warehouse), night) as state:
        return open_night(settings, night, state).run_id


@pytest.mark.slow
def test_without_any_of_it_the_night_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepare(tmp_path)
    config = write_config(tmp_path)
    publish(config)
    assert {row["axis"] for row in rows_of(tmp_path / "warehouse", "customers")} == {"contacts"}
    assert main(["segments", "--config", str(config)]) == 0
    assert "联系多不等于价值高" in capsys.readouterr().out
    assert main(["perception", "--config", str(config), "--lang", "en"]) == 0
    assert "hold nothing" in capsys.readouterr().out
