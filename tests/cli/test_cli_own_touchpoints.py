"""`cem touchpoints --survey`: matrix, diagnosis, steering and blueprint from a consultant's own file."""

import json
from pathlib import Path

import pytest
from cem_command import Cem
from night_factories import write

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "survey_alone"
SURVEY, BLUEPRINT = SAMPLE / "touchpoints.csv", SAMPLE / "blueprint.toml"
HEAD = "受访者,触点,渠道,阶段,指标,分数\n"


def test_a_survey_alone_gives_diagnosis_steering_and_blueprint(cem: Cem) -> None:
    ran = cem("touchpoints", "--survey", SURVEY, "--blueprint", BLUEPRINT)
    assert ran.code == 0
    for words in (
        "本公司的缺陷点是客服热线：客户看重，体验却差。",
        "可把客服热线引到网络、到期回访引到网络。",
        "客户想要而没有的，首先是夜里也有人接的挂失电话（4 人）",
        "客服热线 2.1·缺陷",
        "80% 想用 / 69% 在用，10 人",
        "最低的一环是客服热线（2.1）；先看它的后台“核身，查账，转派工单”",
    ):
        assert words in ran.out
    for words in ("声量", "提及", "反馈", "n=", "模型"):
        assert words not in ran.out, "nobody spoke unasked"


def test_the_tables_are_printed_as_json(cem: Cem) -> None:
    found = json.loads(cem("touchpoints", "--survey", SURVEY, "--own", "静湖银行", "--json").out)
    assert list(found) == ["touchpoints", "missing_points", "blueprint"]
    (line,) = [row for row in found["touchpoints"] if row["touchpoint"] == "客服热线"]
    assert (line["brand"], line["diagnosis"], line["steer_to"]) == ("静湖银行", "defect", "web")


def test_a_file_as_excel_saves_it_gives_the_same(cem: Cem, tmp_path: Path) -> None:
    copy = tmp_path / "excel.csv"
    copy.write_bytes(SURVEY.read_text("utf-8").replace("\n", "\r\n").encode("gb18030"))
    assert cem("touchpoints", "--survey", copy).out == cem("touchpoints", "--survey", SURVEY).out


def test_english_reads_as_well(cem: Cem) -> None:
    out = cem("touchpoints", "--survey", SURVEY, "--lang", "en").out
    assert "The company's defects are 客服热线: important and poor." in out


def test_several_brands_ask_which_one_is_yours(cem: Cem, tmp_path: Path) -> None:
    rows = ["品牌,触点,指标,分数", "甲,门店现场,体验,3", "乙,门店现场,体验,8"]
    survey = write(tmp_path / "t.csv", "\n".join(rows))
    asked = cem("touchpoints", "--survey", survey)
    assert asked.code == 2
    assert "乙, 甲" in asked.err
    unknown = cem("touchpoints", "--survey", survey, "--own", "丙")
    assert unknown.code == 4
    assert "'丙'" in unknown.err
    assert cem("touchpoints", "--survey", survey, "--own", "甲").out.count("门店现场 3.0") == 1


def test_a_scale_of_one_to_five_is_declared_or_refused(cem: Cem, tmp_path: Path) -> None:
    rows = [f"R{n},门店现场,,,体验,{1 + n % 5}" for n in range(15)]
    survey = write(tmp_path / "t.csv", HEAD + "\n".join(rows))
    refused = cem("touchpoints", "--survey", survey)
    assert refused.code == 4
    for words in ("没有声明量表", "'1–5'", "--low 1 --high 5"):
        assert words in refused.err
    assert "门店现场 5.0" in cem("touchpoints", "--survey", survey, "--low", 1, "--high", 5).out
    assert "门店现场 3.0" in cem("touchpoints", "--survey", survey, "--high", 10).out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", ["文件是空的"]),
        ("触点,指标\n门店现场,体验\n", ["缺少“score”列", "分数"]),
        (HEAD, ["没有任何数据行"]),
        (HEAD + "a,自助机,,,体验,5\n", ["第 2 行“触点”列", "'自助机'", "门店现场", "要写明渠道和阶段"]),
        (HEAD + "a,门店现场,柜台,,体验,5\n", ["第 2 行“渠道”列", "'柜台'", "面对面"]),
        (HEAD + "a,门店现场,,购买时,体验,5\n", ["第 2 行“阶段”列", "'购买时'", "购买中"]),
        (HEAD + "a,门店现场,,,满意,5\n", ["第 2 行“指标”列", "'满意'", "重要性"]),
        (HEAD + "a,门店现场,,,体验,11\n", ["第 2 行“分数”列", "'11'", "0–10"]),
        (HEAD + "a,门店现场,,,体验,5\na,门店现场,,,体验,6\n", ["第 3 行“分数”列", "同一问题答了两次"]),
        (
            HEAD + "a,门店现场,面对面,,体验,5\nb,门店现场,网络,,体验,6\n",
            ["第 3 行“渠道”列", "矛盾", "面对面"],
        ),
    ],
)
def test_bad_input_is_named_and_ends_with_four(
    cem: Cem, tmp_path: Path, content: str, said: list[str]
) -> None:
    file = write(tmp_path / "t.csv", content)
    ran = cem("touchpoints", "--survey", file)
    assert (ran.code, ran.out) == (4, "")
    english = cem("touchpoints", "--survey", file, "--lang", "en").err
    for words in said:
        assert words in (english if words.startswith("line ") else ran.err)


def test_a_blueprint_of_an_unknown_touchpoint_is_named_with_its_line(cem: Cem, tmp_path: Path) -> None:
    broken = write(tmp_path / "b.toml", BLUEPRINT.read_text("utf-8").replace("客服热线", "热线"))
    ran = cem("touchpoints", "--survey", SURVEY, "--blueprint", broken)
    assert ran.code == 3
    for words in ("b.toml:3", "'热线'", "客服热线"):
        assert words in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--survey", "a", "--config", "b"),
        ("--config", "b", "--blueprint", "c"),
        ("--config", "b", "--low", "1"),
    ],
)
def test_the_survey_and_a_configuration_exclude_each_other(cem: Cem, arguments: tuple[str, ...]) -> None:
    ran = cem("touchpoints", *arguments)
    assert ran.code == 2
    assert "--survey" in ran.err
