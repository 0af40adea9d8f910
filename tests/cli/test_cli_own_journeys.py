"""`cem journey --scores`: peak, end and the emotion curve from a consultant's own file."""

import json
from pathlib import Path

import pytest
from cem_command import Cem
from night_factories import write

SCORES = Path(__file__).resolve().parents[2] / "data" / "survey_alone" / "journeys.csv"
HEAD = "客户,步骤,阶段,分数\n"
OWN = ("--own", "静湖银行")


def test_peak_and_end_stand_beside_the_mean_as_the_method_asks(cem: Cem, tmp_path: Path) -> None:
    """METHOD's rule on a call that begins well, has one bad moment and ends in the middle."""
    call = "a,1,购买,8\na,2,购买,7\na,3,反馈,1\na,4,反馈,6\n"
    ran = cem("journey", "--scores", write(tmp_path / "j.csv", HEAD + call), "--json")
    (found,) = json.loads(ran.out)["journeys"]
    assert found["mean"] == (8 + 7 + 1 + 6) / 4
    assert (found["peak"], found["end"], found["peak_end"]) == (1.0, 6.0, (1 + 6) / 2)
    assert found["difference"] == 3.5 - 5.5


def test_a_file_alone_gives_memory_curve_products_and_rivals(cem: Cem) -> None:
    ran = cem("journey", "--scores", SCORES, *OWN)
    assert ran.code == 0
    for words in (
        "静湖银行的客户旅程留给客户的记忆比实际过程更差：记住的是 4.9，平均感受是 5.7。",
        "力气先花在反馈",
        "与竞品相比，反馈更差。",
        "认知 5.5、考虑 6.4、购买 7.0、使用 6.1、反馈 2.9",
        "客户关系三阶段",
        "分产品",
        "北岭银行",
    ):
        assert words in ran.out
    for words in ("模型", "观点", "提及", "同口径"):
        assert words not in ran.out, "nobody spoke unasked"


def test_the_tables_are_printed_as_json(cem: Cem) -> None:
    found = json.loads(cem("journey", "--scores", SCORES, *OWN, "--json").out)
    assert list(found) == ["journeys", "emotions"]
    assert {(row["brand"], row["product"]) for row in found["journeys"]} >= {
        ("静湖银行", "all"),
        ("静湖银行", "理财"),
        ("北岭银行", "信用卡"),
    }


def test_a_file_as_excel_saves_it_gives_the_same(cem: Cem, tmp_path: Path) -> None:
    copy = tmp_path / "excel.csv"
    copy.write_bytes(SCORES.read_text("utf-8").replace("\n", "\r\n").encode("gb18030"))
    assert cem("journey", "--scores", copy, *OWN).out == cem("journey", "--scores", SCORES, *OWN).out


def test_without_brands_products_or_touchpoints_nothing_is_invented(cem: Cem, tmp_path: Path) -> None:
    out = cem("journey", "--scores", write(tmp_path / "j.csv", HEAD + "a,1,购买,8\na,2,反馈,2\n")).out
    assert "本公司的客户旅程" in out
    assert "力气先花在反馈：1 段体验在这里最糟" in out or "1 段在这里以不满收场。" in out
    for words in ("竞品", "多在", "分产品", "未写明"):
        assert words not in out


def test_single_moments_cannot_be_compared_and_say_so(cem: Cem, tmp_path: Path) -> None:
    out = cem("journey", "--scores", write(tmp_path / "j.csv", HEAD + "a,1,购买,8\nb,1,反馈,2\n")).out
    assert "没有打过两次分以上的客户" in out
    assert "0 / 2" in out


def test_a_scale_of_one_to_five_is_declared_or_refused(cem: Cem, tmp_path: Path) -> None:
    rows = [f"a{n},1,购买,{1 + n % 5}" for n in range(15)]
    scores = write(tmp_path / "j.csv", HEAD + "\n".join(rows))
    refused = cem("journey", "--scores", scores)
    assert refused.code == 4
    assert "--low 1 --high 5" in refused.err
    assert "购买 5.0" in cem("journey", "--scores", scores, "--low", 1, "--high", 5).out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", ["文件是空的"]),
        (HEAD, ["没有任何数据行"]),
        ("客户,阶段,分数\na,购买,5\n", ["第 1 行", "缺少“time”（时间）或“step”（步骤）列"]),
        (HEAD + "a,1,下单,5\n", ["第 2 行“阶段”列", "'下单'", "购买", "保留"]),
        (HEAD + "a,1,购买,12\n", ["第 2 行“分数”列", "'12'", "0–10"]),
        (HEAD + "a,1,购买,5\na,1,使用,6\n", ["第 3 行“步骤”列", "另见第 2 行"]),
        ("客户,时间,阶段,分数\na,昨天,购买,5\n", ["第 2 行“时间”列", "'昨天'", "2026/9/1"]),
    ],
)
def test_bad_input_is_named_and_ends_with_four(
    cem: Cem, tmp_path: Path, content: str, said: list[str]
) -> None:
    file = write(tmp_path / "j.csv", content)
    ran = cem("journey", "--scores", file)
    assert (ran.code, ran.out) == (4, "")
    english = cem("journey", "--scores", file, "--lang", "en").err
    for words in said:
        assert words in (english if words.startswith("line ") else ran.err)


@pytest.mark.parametrize(
    "arguments", [(), ("--scores", "a", "--config", "b"), ("--config", "b", "--own", "c")]
)
def test_the_file_and_a_configuration_exclude_each_other(cem: Cem, arguments: tuple[str, ...]) -> None:
    ran = cem("journey", *arguments)
    assert ran.code == 2
    assert "--scores" in ran.err
