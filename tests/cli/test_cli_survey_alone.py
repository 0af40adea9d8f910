"""Segments, perception, themes and listening from a consultant's own files, without any published night."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest
from cem_command import Cem
from night_factories import write

from cem_nlp.resources import shipped

ALONE = shipped("data/survey_alone")
CUSTOMERS = "客户编号,期次,满意度,价值,客群\n" + "".join(
    f"K{number},{period},{score},{value},{segment}\n"
    for number, (before, now, value, segment) in enumerate(
        [(9, 8, 100, "金卡"), (8, 7, 5, "普卡"), (7, 2, 90, "金卡"), (2, 1, 4, "普卡")] * 6
    )
    for period, score in (("2026Q2", before), ("2026Q3", now))
)
"""Six customers of each kind; those at risk were model customers one period before."""

PEOPLE = range(10)
OWN_SCORES = [6, 6, 5, 7, 6, 6, 5, 7, 6, 6]
"""Mean 6.0; a reference of 6.71 is 7.1 points of 100 above, as the method reports of multinationals."""

BRANDS = "品牌,受访者,类别,指标,分数\n" + "".join(
    f"{brand},{brand}{number},服务,体验,{scores[number]}\n"
    for brand, scores in (("国内企业", OWN_SCORES), ("跨国企业", [7, 7, 6, 7, 7, 6, 7, 7, 6, 7.1]))
    for number in PEOPLE
)
OWN = "品牌,类别,部门,评分\n国内企业,服务,客服中心,9\n国内企业,服务,网点,7\n"
THEMES = "受访者,主题,分数\n" + "".join(
    f"T{number},{item},{score}\n"
    for number in range(12)
    for item, score in (
        ("信任", 8 - number % 2 * 5),
        ("满意度", 9 - number % 2 * 6),
        ("回购", "是否"[number % 2]),
    )
)
SOURCES = "来源,方式,条数,触点\n评论,事后,60,网页与应用\n问卷,持续,30,全部\n座谈,潜在,10,门店现场\n"
FIRST = {
    "segments": ("--survey", CUSTOMERS),
    "perception": ("--survey", BRANDS),
    "themes": ("--survey", THEMES),
    "listening": ("--sources", SOURCES),
}
"""The option and a file of each command."""


def rows(ran: Any) -> dict[str, list[dict[str, Any]]]:
    assert ran.code == 0, ran.err
    return dict(json.loads(ran.out))


def test_the_four_kinds_who_moved_and_target_segments(cem: Cem, tmp_path: Path) -> None:
    survey = write(tmp_path / "customers.csv", CUSTOMERS)
    tables = rows(cem("segments", "--survey", survey, "--target", "金卡=3", "--json"))
    kinds = {row["kind"]: row for row in tables["portfolio"] if row["dimension"] == "all"}
    assert {kind: kinds[kind]["n_customers"] for kind in ("model", "growth", "at_risk", "dangling")} == {
        "model": 6, "growth": 6, "at_risk": 6, "dangling": 6,
    }  # fmt: skip
    assert kinds["at_risk"]["experience"] == 2
    moved = {(row["kind_before"], row["kind"]): row["n_customers"] for row in tables["portfolio_moves"]}
    assert moved[("model", "at_risk")] == 6
    (target,) = tables["target_scores"]
    assert target["experience"] == 4.5
    assert target["experience_weighted"] == pytest.approx((3 * 5 + 4) / 4)
    shown = cem("segments", "--survey", survey, "--target", "金卡=3").out
    assert "24 位客户里，6 位价值高却不满意（25%" in shown
    assert "与上一期相比，6 位从满意转为不满意，0 位" in shown
    assert "K1" not in shown


def test_values_may_stand_in_a_customer_table(cem: Cem, tmp_path: Path) -> None:
    survey = write(tmp_path / "s.csv", "客户编号,满意度\nA,9\nB,2\n")
    assert "--customers" in cem("segments", "--survey", survey).err
    table = write(tmp_path / "c.csv", "客户编号,价值\nA,1\nB,9\n")
    found = rows(cem("segments", "--survey", survey, "--customers", table, "--json"))["portfolio"]
    assert {row["kind"] for row in found} == {"all", "growth", "at_risk"}


def test_the_survey_of_the_seven_steps_tells_customers_too(cem: Cem, tmp_path: Path) -> None:
    table = write(tmp_path / "c.csv", "客户编号,价值\n" + "".join(f"R{n:02d},{n}\n" for n in range(1, 25)))
    found = rows(cem("segments", "--survey", ALONE / "survey.csv", "--customers", table, "--json"))
    whole = {row["kind"]: row["n_customers"] for row in found["portfolio"] if row["dimension"] == "all"}
    assert whole.pop("all") == sum(whole.values()) == 24
    assert "unknown" not in whole


def test_growth_and_cuts_are_options(cem: Cem, tmp_path: Path) -> None:
    survey = write(tmp_path / "s.csv", "客户编号,满意度,增长\nA,4,5\nB,4,-5\n")
    arguments = ("segments", "--survey", survey, "--low", 1, "--high", 5, "--json")
    found = rows(cem(*arguments))["portfolio"]
    assert {(row["kind"], row["axis"]) for row in found} == {
        ("all", "growth"), ("model", "growth"), ("growth", "growth"),
    }  # fmt: skip
    strict = rows(cem(*arguments, "--satisfied-above", 4))["portfolio"]
    assert {row["kind"] for row in strict} == {"all", "at_risk", "dangling"}


def test_the_perception_gap_and_the_benchmark_in_points(cem: Cem, tmp_path: Path) -> None:
    survey, own = write(tmp_path / "b.csv", BRANDS), write(tmp_path / "own.csv", OWN)
    tables = rows(cem("perception", "--survey", survey, "--own-rating", own, "--json"))
    gap = next(row for row in tables["perception"] if row["department"] == "all")
    assert (gap["own_rating"], gap["experience"], gap["gap"], gap["verdict"]) == (8, 6, 2, "higher")
    for row in tables["benchmarks"]:
        assert row["points"] == pytest.approx(-7.1)
        assert (row["verdict"], row["reference"]) == ("worse", "跨国企业")
    shown = cem("perception", "--survey", survey, "--own-rating", own).out
    assert "自评 8.0，客户 6.0，高出 2.0" in shown
    assert "与跨国企业相比，总体低 7.1 分（百分制" in shown
    assert "来源、反馈种类和月份" not in shown


def test_a_published_value_may_be_the_benchmark(cem: Cem, tmp_path: Path) -> None:
    survey = write(tmp_path / "b.csv", BRANDS)
    arguments = ("perception", "--survey", survey, "--own", "国内企业", "--published", "总体=67.1")
    (row,) = rows(cem(*arguments, "--reference-name", "跨国公司", "--json"))["benchmarks"]
    assert row["points"] == pytest.approx(-7.1)
    assert (row["reference"], row["reference_from"]) == ("跨国公司", "published")
    assert "the published values" in cem(*arguments, "--lang", "en").out


def test_a_survey_that_names_no_brand_is_about_the_company_that_asks(cem: Cem, tmp_path: Path) -> None:
    answers = "".join(f"R{number},服务,体验,{OWN_SCORES[number]}\n" for number in PEOPLE)
    survey = write(tmp_path / "s.csv", f"受访者,类别,指标,分数\n{answers}")
    own = write(tmp_path / "own.csv", OWN)
    tables = rows(cem("perception", "--survey", survey, "--own-rating", own, "--json"))
    assert {row["brand"] for row in tables["perception"]} == {"国内企业"}
    assert [*tables] == ["perception"]
    shown = cem("perception", "--survey", survey, "--published", "all=67.1").out
    assert "标杆：与公开数值相比" in shown


def test_themes_by_level_with_ties_to_satisfaction_and_repurchase(cem: Cem, tmp_path: Path) -> None:
    survey = write(tmp_path / "t.csv", THEMES)
    (trust,) = rows(cem("themes", "--survey", survey, "--json"))["themes"]
    assert (trust["theme"], trust["level"], trust["experience"]) == ("trust", 1, 5.5)
    assert (trust["satisfaction_effect"], trust["satisfaction_verdict"]) == (6, "higher")
    shown = cem("themes", "--survey", survey).out
    assert "信任 (第 1 层)" in shown
    assert "与满意度确有关系的主题：信任（+6.0）" in shown
    assert "问卷没有问：便利、守诺" in shown
    assert "来源、种类" not in shown, "the note of the feedback's themes"


def test_who_is_listened_to(cem: Cem, tmp_path: Path) -> None:
    sources = write(tmp_path / "sources.csv", SOURCES)
    assert (
        "事后 60 条（60%）、持续 30 条（30%）、潜在 10 条（10%）"
        in cem("listening", "--sources", sources).out
    )
    own = cem("listening", "--sources", sources, "--touchpoints", "网页与应用,门店现场,自助机").out
    assert "清单写明的各方面都有来源" in own, "the survey is about all of them"
    missing = write(tmp_path / "m.csv", SOURCES.replace("全部", "网页与应用"))
    assert (
        "完全没有听到的：自助机"
        in cem("listening", "--sources", missing, "--touchpoints", "网页与应用,门店现场,自助机").out
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", [*FIRST])
def test_files_as_excel_saves_them_give_a_section(cem: Cem, tmp_path: Path, name: str, language: str) -> None:
    option, text = FIRST[name]
    file = tmp_path / "excel.csv"
    file.write_bytes(text.replace("\n", "\r\n").encode("gb18030"))
    more = ("--own", "国内企业") if name == "perception" else ()
    ran = cem(name, option, file, *more, "--lang", language)
    assert ran.code == 0, ran.err
    assert len(ran.out.splitlines()) > 5


@pytest.mark.parametrize("name", [*FIRST])
def test_configuration_and_own_files_exclude_each_other(cem: Cem, tmp_path: Path, name: str) -> None:
    option, text = FIRST[name]
    file = write(tmp_path / "own.csv", text)
    for arguments in ((), (option, file, "--config", "night.toml")):
        ran = cem(name, *arguments)
        assert ran.code == 2
        assert option in ran.err
    other = {
        "segments": "--target=a=2",
        "perception": "--own=A",
        "themes": "--own=A",
        "listening": "--products=A",
    }
    assert cem(name, "--config", tmp_path / "absent.toml").code == 3
    ran = cem(name, "--config", "night.toml", other[name])
    assert ran.code == 2
    assert f"只配 {option} 使用" in ran.err


@pytest.mark.parametrize("name", [*FIRST])
@pytest.mark.parametrize(("content", "said"), [("", "文件是空的"), ("a,b\n1\n", "这一行有 1 格")])
def test_a_file_that_cannot_be_read_is_explained(
    cem: Cem, tmp_path: Path, name: str, content: str, said: str
) -> None:
    ran = cem(name, FIRST[name][0], write(tmp_path / "own.csv", content))
    assert (ran.code, ran.out) == (4, "")
    assert said in ran.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("segments", "--target", "金牌=3"), 4, ("--target", "'金牌'", "普卡, 金卡")),
        (("segments", "--target", "金卡"), 2, ("--target", "'金卡'")),
        (("segments", "--target", "金卡=0"), 2, ("--target",)),
        (("segments", "--satisfied-above", "12"), 2, ("--satisfied-above", "12", "0–10")),
        (("segments", "--value-from", "-1"), 2, ("--value-from", "≥ 0")),
        (("perception",), 2, ("--own", "国内企业, 跨国企业")),
        (("perception", "--own", "国内"), 4, ("--own", "'国内'", "跨国企业")),
        (
            ("perception", "--own", "国内企业", "--reference", "外企"),
            4,
            ("--reference", "'外企'", "跨国企业"),
        ),
        (("perception", "--own", "国内企业", "--reference", "国内企业"), 4, ("--reference", "跨国企业")),
        (("perception", "--own", "国内企业", "--published", "总体=200"), 2, ("--published", "'总体=200'")),
        (("perception", "--own", "国内企业", "--published", "味道=20"), 2, ("service=67.1",)),
        (("perception", "--own", "国内企业", "--own-scale", "1-5"), 2, ("--own-rating",)),
        (
            ("perception", "--own", "国内企业", "--reference", "跨国企业", "--published", "all=60"),
            2,
            ("--reference", "--published"),
        ),
        (("themes", "--low", "5", "--high", "1"), 2, ("--low",)),
        (("themes", "--own", "甲"), 0, ()),
        (("listening", "--recent-days", "0"), 2, ("--recent-days", "≥ 1")),
        (("listening", "--touchpoints", "柜台"), 4, ("'网页与应用'", "柜台")),
    ],
)
def test_a_wrong_option_is_named_with_the_valid_values(
    cem: Cem, tmp_path: Path, arguments: tuple[str, ...], code: int, said: tuple[str, ...]
) -> None:
    option, text = FIRST[arguments[0]]
    ran = cem(*arguments, option, write(tmp_path / "own.csv", text))
    assert ran.code == code, ran.err
    for words in said:
        assert words in ran.err


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("segments", "满意度,价值\n" + "4,1\n5,2\n" * 8),
        ("perception", "类别,指标,分数\n" + "服务,体验,4\n" * 12),
        ("themes", "受访者,主题,分数\n" + "".join(f"R{n},信任,{n % 5 + 1}\n" for n in range(12))),
    ],
)
def test_a_scale_of_one_to_five_is_declared_or_refused(
    cem: Cem, tmp_path: Path, name: str, text: str
) -> None:
    survey = write(tmp_path / "s.csv", text)
    own = ("--own-rating", write(tmp_path / "own.csv", "类别,评分\n服务,5\n")) if name == "perception" else ()
    refused = cem(name, "--survey", survey, *own)
    assert (refused.code, refused.out) == (4, "")
    assert "--low 1 --high 5" in refused.err
    assert cem(name, "--survey", survey, *own, "--low", 1, "--high", 5).code == 0


def test_own_ratings_on_one_to_five_are_declared_or_refused(cem: Cem, tmp_path: Path) -> None:
    survey = write(tmp_path / "b.csv", BRANDS)
    own = write(tmp_path / "own.csv", "品牌,类别,评分\n国内企业,服务,5\n国内企业,产品,4\n国内企业,价格,4\n")
    refused = cem("perception", "--survey", survey, "--own-rating", own)
    assert refused.code == 4
    assert "--own-scale 1-5" in refused.err
    for scale in ("5", "5-1", "甲-乙"):
        ran = cem("perception", "--survey", survey, "--own-rating", own, "--own-scale", scale)
        assert ran.code == 2
        assert "1-5" in ran.err
    arguments = ("--own-scale", "1-5", "--json")
    found = rows(cem("perception", "--survey", survey, "--own-rating", own, *arguments))["perception"]
    assert {row["category"]: row["own_rating"] for row in found} == {
        "service": 10,
        "product": 7.5,
        "price": 7.5,
    }


def test_an_own_rating_of_another_company_is_refused(cem: Cem, tmp_path: Path) -> None:
    survey = write(tmp_path / "b.csv", BRANDS)
    own = write(tmp_path / "own.csv", "品牌,类别,评分\n合资企业,服务,8\n")
    ran = cem("perception", "--survey", survey, "--own-rating", own, "--own", "国内企业")
    assert ran.code == 4
    assert "'国内企业'" in ran.err
    assert "合资企业" in ran.err


def test_nothing_to_compare_with_is_said(cem: Cem, tmp_path: Path) -> None:
    alone = write(tmp_path / "s.csv", "类别,指标,分数\n服务,体验,7\n")
    ran = cem("perception", "--survey", alone)
    assert ran.code == 2
    assert "--own-rating" in ran.err
    unasked = cem("perception", "--survey", write(tmp_path / "e.csv", "类别,指标,分数\n服务,期望,7\n"))
    assert unasked.code == 4
    assert "没有问体验" in unasked.err


def test_the_invented_surveys_are_what_their_script_writes(tmp_path: Path) -> None:
    script = runpy.run_path(str(ALONE / "build.py"))
    script["build"](tmp_path)
    for name in script["TABLES"]:
        assert (tmp_path / name).read_bytes() == (ALONE / name).read_bytes(), name
