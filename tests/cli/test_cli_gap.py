"""`cem gap`: the method's retailer from its survey alone, a strategy beside it, and bad input named."""

import json
from pathlib import Path

import pytest
from cem_command import Cem
from night_factories import write

RETAILER = """category,measure,score
product,experience,6
service,experience,6
relationship,experience,4
price,experience,7
convenience,experience,5
brand,experience,7
product,expectation,7
price,expectation,7
convenience,expectation,7
brand,expectation,7
convenience,importance,9
"""
"""METHOD's worked example: what it states, and no more."""


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    return write(tmp_path / "survey.csv", RETAILER)


def test_the_retailer_s_table_needs_nothing_but_the_survey(cem: Cem, survey: Path) -> None:
    ran = cem("gap", "--survey", survey, "--json")
    rows = {row["category"]: row for row in json.loads(ran.out)}
    key = rows["convenience"]
    assert (key["satisfaction"], key["weighted"], key["ideal"], key["gap"]) == (-2, -18, 10, -5)
    assert {name: row["gap"] for name, row in rows.items() if name != "convenience"} == dict.fromkeys(
        ("product", "service", "relationship", "price", "brand"), 0
    )
    assert [name for name, row in rows.items() if row["is_key_experience"]] == ["convenience"]
    assert key["key_probability"] is None  # one answer tells nothing of others
    assert "期望（服务、关系）" in ran.err


def test_what_was_not_asked_is_named_and_the_rest_computed(cem: Cem, survey: Path) -> None:
    shown = cem("gap", "--survey", survey)
    assert shown.code == 0
    assert "重要性（产品、服务、关系、价格、品牌形象）" in shown.out
    assert "先改进便利性" in shown.out
    assert (
        "did not ask for: expectation (service, relationship)"
        in cem("gap", "--survey", survey, "--lang", "en").out
    )


def test_a_strategy_that_rules_everything_out_gets_no_proposal(
    cem: Cem, survey: Path, tmp_path: Path
) -> None:
    strategy = write(tmp_path / "s.toml", '[[ruled_out]]\ncategory = "convenience"\nwhy = "不开新店"\n')
    shown = cem("gap", "--survey", survey, "--strategy", strategy)
    assert shown.code == 0
    assert "没有可提的建议" in shown.out
    assert "不开新店" in shown.out


def test_capability_bounds_the_ideal(cem: Cem, survey: Path, tmp_path: Path) -> None:
    strategy = write(tmp_path / "s.toml", "[reach]\nconvenience = 2\n")
    rows = json.loads(cem("gap", "--survey", survey, "--strategy", strategy, "--json").out)
    assert [row["ideal"] for row in rows if row["is_key_experience"]] == [7]


@pytest.mark.parametrize(
    ("strategy", "said"),
    [
        ('budget = 1\n[[ruled_out]]\ncategory = "prise"\nwhy = "x"\n', ("s.toml:3", "'prise'", "price")),
        ("[reach]\nprice = 12\n", ("s.toml:2", "12", "0–10")),
        ("budget = [", ("s.toml",)),
    ],
)
def test_a_wrong_strategy_is_named_with_line_value_and_valid_values(
    cem: Cem, survey: Path, tmp_path: Path, strategy: str, said: tuple[str, ...]
) -> None:
    ran = cem("gap", "--survey", survey, "--strategy", write(tmp_path / "s.toml", strategy))
    assert ran.code == 3
    for words in said:
        assert words in ran.err


def test_an_importance_outside_the_scale_is_named(cem: Cem, tmp_path: Path) -> None:
    ran = cem("gap", "--survey", write(tmp_path / "s.csv", RETAILER.replace("importance,9", "importance,11")))
    assert ran.code == 4
    for words in ("第 12 行", "'11'", "0–10"):
        assert words in ran.err


def test_an_unknown_segment_is_named_with_the_known_ones(cem: Cem, tmp_path: Path) -> None:
    rows = ["segment,category,measure,score", "新客,price,experience,5", "老客,price,experience,6"]
    survey = write(tmp_path / "s.csv", "\n".join(rows))
    ran = cem("gap", "--survey", survey, "--segment", "新")
    assert ran.code == 4
    assert "新客, 老客" in ran.err or "老客, 新客" in ran.err
    found = json.loads(cem("gap", "--survey", survey, "--segment", "新客", "--json").out)
    assert [row["experience"] for row in found] == [5]


@pytest.mark.parametrize(
    "arguments", [(), ("--survey", "a", "--config", "b"), ("--config", "b", "--strategy", "s")]
)
def test_survey_and_configuration_exclude_each_other(cem: Cem, arguments: tuple[str, ...]) -> None:
    ran = cem("gap", *arguments)
    assert ran.code == 2
    assert "--survey" in ran.err


def test_a_scale_of_one_to_five_is_declared_or_refused(cem: Cem, tmp_path: Path) -> None:
    asked = [
        (measure, score) for measure, score in (("experience", 3), ("expectation", 5), ("importance", 4))
    ]
    rows = [
        f"{category},{measure},{score}"
        for category in ("product", "service", "price", "convenience")
        for measure, score in asked
    ]
    survey = write(tmp_path / "survey.csv", "\n".join(["category,measure,score", *rows]))
    refused = cem("gap", "--survey", survey)
    assert (refused.code, refused.out) == (4, "")
    for words in ("没有声明量表", "'3–5'", "--low 1 --high 5"):
        assert words in refused.err
    rescaled = json.loads(cem("gap", "--survey", survey, "--low", 1, "--high", 5, "--json").out)
    assert {row["experience"] for row in rescaled} == {5.0}
    as_it_is = json.loads(cem("gap", "--survey", survey, "--high", 10, "--json").out)
    assert {row["experience"] for row in as_it_is} == {3.0}
    for half in (("--low", 1), ("--high", 5), ("--low", "-inf", "--high", 5), ("--low", 5, "--high", 1)):
        ran = cem("gap", "--survey", survey, *half)
        assert (ran.code, ran.out) == (2, "")
        assert "有效值: --low 1 --high 5" in ran.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "文件是空的"),
        ("a,b\n1\n", "这一行有 1 格，表头有 2 格"),
        ("a,b\n1,\ud800\n", "编码既不是 UTF-8，也不是 GB18030"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained_in_chinese(
    cem: Cem, tmp_path: Path, content: str, said: str
) -> None:
    survey = tmp_path / "survey.csv"
    survey.write_bytes(content.encode("utf-8", "surrogatepass") + (b"\xff" if "\ud800" in content else b""))
    ran = cem("gap", "--survey", survey)
    assert ran.code == 4
    assert said in ran.err
