"""Bad input, item by item: a sentence that names place and next step, an exit code, the old state intact."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from cem_command import Cem
from night_factories import (
    COLUMNS,
    csv_text,
    fingerprint,
    review,
    reviews,
    rows_of,
    source,
    write,
    write_config,
    write_csv,
    write_sqlite,
)

from cem_nlp.resources import shipped

HEADER = ",".join(COLUMNS.values())
GOOD = csv_text(reviews(3))
NIGHTLY = ("nightly", "--date", "2026-09-04", "--no-prefect", "--config")


def lines(*changed: str) -> str:
    return "\r\n".join([HEADER, *changed, ""])


def broken_rows(**changes: str) -> str:
    return csv_text([*reviews(5), *(review(10 + number, **changes) for number in range(3))])


# What the file holds, how the source is mapped, and what the error must say.
UNREADABLE: dict[str, tuple[bytes | str, dict[str, Any], list[str]]] = {
    "empty file": ("", {}, ["文件是空的", "reviews.csv", "重新导出"]),
    "header only": (lines(), {}, ["没有一行数据", "reviews.csv", "检查导出"]),
    "ragged rows": (
        lines("R1,贝岭,好", "R2,贝岭,好"),
        {},
        ["坏行过多", "单元格数与表头不符", "第 2 行", "隔离表"],
    ),
    "unbalanced quote": (
        lines('R1,贝岭,柜机,5,2026-08-01,u,"很好', "R2,贝岭,柜机,5,2026-08-01,u,很好"),
        {},
        ["引号没有闭合", "reviews.csv:2", "更正该行的引号"],
    ),
    "wrong encoding declared": (
        GOOD.encode("gb18030"),
        {"encoding": "utf-8"},
        ["utf-8", "reviews.csv", "encoding"],
    ),
    "no text at all": (bytes(range(128, 256)) * 40, {}, ["reviews.csv"]),
    "NUL bytes": (b"\0" * 5000, {}, ["reviews.csv"]),
    "dates in the future": (broken_rows(时间="2027-01-01"), {}, ["坏行过多", "日期晚于运行日", "第 7 行"]),
    "ratings outside the scale": (broken_rows(评分="11"), {}, ["坏行过多", "评分超出量程", "(评分)"]),
    "unknown kinds": (
        broken_rows(商品="表扬"),
        {"columns": COLUMNS | {"kind": "商品"}, "kinds": {"柜机": "review"}},
        ["坏行过多", "未知的反馈类型", "(商品)"],
    ),
    "missing column": (
        GOOD.replace("评论", "内容"),
        {},
        ["缺少配置中映射的列“评论”", "reviews.csv", "内容", "核对配置"],
    ),
    "same number, other content": (
        csv_text([review(1), review(1, 评论="质量差"), review(1, 评论="质量好")]),
        {},
        ["同一编号，内容不同", "(编号)"],
    ),
    "damaged gzip": (
        b"\x1f\x8b\x08\0 no",
        {"path": "reviews.csv.gz", "raw": True},
        ["gzip", "reviews.csv.gz", "重新传输"],
    ),
    "no workbook": (b"PK\3\4 no", {"path": "reviews.xlsx"}, ["reviews.xlsx"]),
    "no Parquet": (b"PAR1 no PAR1", {"path": "reviews.parquet"}, ["reviews.parquet"]),
    "no JSON": ("{]\n[]\n", {"path": "reviews.jsonl"}, ["不是有效的 JSON", "第 1 行"]),
    "no such file": (
        GOOD,
        {"path": "revews.csv"},
        ["没有匹配的数据文件", "revews.csv", "是不是想写: reviews.csv"],
    ),
    "no such folder": (GOOD, {"path": "inbox/reviews.csv"}, ["文件夹", "inbox/reviews.csv", "path"]),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_input_that_cannot_be_published(case: str, cem: Cem, published: Path, tmp_path: Path) -> None:
    content, mapping, said = UNREADABLE[case]
    mapping = dict(mapping)
    path = tmp_path / mapping.get("path", "reviews.csv")
    if mapping.pop("raw", False):
        path.write_bytes(bytes(content))
    elif case.startswith("no such"):
        write(tmp_path / "reviews.csv", content)
    else:
        write(path, content)
    warehouse = published.parent / "warehouse"
    config = write_config(tmp_path, source("来料", **mapping), warehouse=str(warehouse))
    before = fingerprint(warehouse)
    ran = cem(*NIGHTLY, config)
    assert (ran.code, ran.out) == (4, ""), ran.err
    for words in [*said, "位置", "下一步"]:
        assert words in ran.err
    assert fingerprint(warehouse) == before


ODD_ROWS = {
    "ragged_row": "R1,贝岭,柜机,5,2026-08-01,u,很好,多出一格",
    "undecodable": "R2,贝岭,柜机,5,2026-08-01,u,很好\udcff",
    "bad_quoting": 'R3,贝岭,柜机,5,2026-08-01,u,"很好"吗',
    "date_in_future": "R4,贝岭,柜机,5,2026-09-05,u,很好",
    "bad_date": "R5,贝岭,柜机,5,昨天,u,很好",
    "rating_out_of_scale": "R6,贝岭,柜机,0,2026-08-01,u,很好",
    "bad_rating": "R7,贝岭,柜机,五星,2026-08-01,u,很好",
    "missing_text": "R8,贝岭,柜机,5,2026-08-01,u,",
    "nul_byte": "R9,贝\0岭,柜机,5,2026-08-01,u,很好",
    "conflicting_id": "R0001,贝岭,柜机,5,2026-08-01,u,换了说法",
}


@pytest.mark.slow
def test_a_few_bad_rows_are_quarantined_and_the_night_is_published(cem: Cem, tmp_path: Path) -> None:
    good = reviews(40)
    # One comment of a megabyte, and one with a NUL byte, which the text room repairs, are good rows.
    good += [review(50, 评论="制冷很好，" * 70_000), review(51, 评论="质量\0很好")]
    content = csv_text(good) + "\r\n".join([*ODD_ROWS.values(), ""])
    write(tmp_path / "reviews.csv", content.encode("utf-8", "surrogateescape"))
    ran = cem(*NIGHTLY, write_config(tmp_path, max_bad_share=0.2))
    assert ran.code == 0, ran.err
    assert "reviews.csv 52 42 10 0 相符" in [" ".join(line.split()) for line in ran.out.splitlines()]
    quarantine = rows_of(tmp_path / "warehouse", "quarantine")
    start = len(good) + 2
    places = {reason: start + number for number, reason in enumerate(ODD_ROWS)}
    assert {row["reason"]: row["row"] for row in quarantine} == places
    feedback = {row["row"]: row for row in rows_of(tmp_path / "warehouse", "feedback")}
    assert len(feedback[42]["text"]) == 349_999 + 1
    assert feedback[43]["text"] == "质量很好"


CONFIGURATIONS = {
    "unknown key": (
        {"max_bad_sahre": 0.1},
        ["未知的配置项 max_bad_sahre", "是不是想写: max_bad_share", "workers"],
    ),
    "wrong value": ({"max_bad_share": "many"}, ["max_bad_share", "'many'"]),
    "no such time zone": ({"timezone": "Mars/Olympus"}, ["timezone", "Mars/Olympus"]),
    "no such taxonomy": ({"taxonomy": "absent.toml"}, ["absent.toml"]),
    "no such dictionary": ({"user_dictionary": "absent.txt"}, ["用户词典", "absent.txt"]),
}


@pytest.mark.parametrize("case", CONFIGURATIONS)
def test_a_wrong_configuration(case: str, cem: Cem, published: Path, tmp_path: Path) -> None:
    settings, said = CONFIGURATIONS[case]
    warehouse = published.parent / "warehouse"
    write_csv(tmp_path / "reviews.csv", reviews(3))
    before = fingerprint(warehouse)
    ran = cem(*NIGHTLY, write_config(tmp_path, warehouse=str(warehouse), **settings))
    assert (ran.code, ran.out) == (3, "")
    for words in [*said, "位置"]:
        assert words in ran.err
    assert fingerprint(warehouse) == before


def test_no_configuration_and_no_date(cem: Cem, published: Path, tmp_path: Path) -> None:
    absent = cem(*NIGHTLY, tmp_path / "absent.toml")
    assert absent.code == 3
    assert "absent.toml" in absent.err
    assert "检查 --config" in absent.err
    undated = cem("nightly", "--config", published, "--date", "tomorrow", "--no-prefect")
    assert undated.code == 3
    for words in ("YYYY-MM-DD", "today, yesterday", "--date"):
        assert words in undated.err


@pytest.mark.parametrize("date", ["0001-01-01", "1989-12-31", "2062-09-29", "9999-12-31"])
def test_a_night_before_its_time_or_yet_to_come(date: str, cem: Cem, published: Path) -> None:
    before = fingerprint(published.parent / "warehouse")
    nightly = ("nightly", "--config", published, "--no-prefect", "--date", date)
    first = ("backfill", "--config", published, "--from", date, "--to", "2026-09-04")
    last = ("backfill", "--config", published, "--from", "2026-09-04", "--to", date)
    for asked, option in ((nightly, "--date"), (first, "--from"), (last, "--to")):
        ran = cem(*asked)
        assert (ran.code, ran.out) == (3, "")
        for words in ("业务日期太早，或太远", f"位置: {option}", date, "1990-01-01 – 20", "本机时钟"):
            assert words in ran.err
    assert fingerprint(published.parent / "warehouse") == before


@pytest.mark.parametrize("name", ["model.npz", "model.json", "SHA256SUMS"])
def test_a_changed_byte_in_the_model(name: str, cem: Cem, published: Path, tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(shipped("models/default"), model)
    content = bytearray((model / name).read_bytes())
    content[len(content) // 2] ^= 1
    (model / name).write_bytes(content)
    warehouse = published.parent / "warehouse"
    write_csv(tmp_path / "reviews.csv", reviews(3))
    config = write_config(tmp_path, warehouse=str(warehouse), model="model")
    before = fingerprint(warehouse)
    for command in ((*NIGHTLY, config), ("explain", "很好", "--model", model)):
        ran = cem(*command)
        assert (ran.code, ran.out) == (5, "")
        for words in ("校验和", str(model), name, "下一步"):
            assert words in ran.err
    assert fingerprint(warehouse) == before


SURVEYS: dict[str, tuple[str | None, str]] = {
    "empty file": ("", "survey.csv"),
    "header only": ("product,segment,category,measure,score\n", "survey.csv"),
    "no such file": (None, "survey.csv"),
    "missing column": ("product,segment,category,score\n柜机,all,product,5\n", "measure"),
    "unknown measure": ("product,segment,category,measure,score\n柜机,all,product,joy,5\n", "joy"),
    "outside the scale": ("product,segment,category,measure,score\n柜机,all,product,experience,11\n", "11"),
    "ragged": ("product,segment,category,measure,score\n柜机,all,product,experience\n", "survey.csv 第 2 行"),
}


@pytest.mark.parametrize("case", SURVEYS)
def test_a_broken_survey(case: str, cem: Cem, published: Path, tmp_path: Path) -> None:
    content, said = SURVEYS[case]
    if content is not None:
        write(tmp_path / "survey.csv", content)
    write_csv(tmp_path / "reviews.csv", reviews(3))
    warehouse = published.parent / "warehouse"
    config = write_config(tmp_path, source("来料"), warehouse=str(warehouse), survey={"path": "survey.csv"})
    before = fingerprint(warehouse)
    for command in ((*NIGHTLY, config), ("gap", "--survey", tmp_path / "survey.csv")):
        ran = cem(*command)
        assert (ran.code, ran.out) == (4, ""), ran.err
        assert said in ran.err
    assert fingerprint(warehouse) == before


def test_a_database_that_cannot_be_read(cem: Cem, tmp_path: Path) -> None:
    database = write_sqlite(tmp_path / "reviews.db", reviews(2))
    good = {"path": None, "url": f"sqlite:///{database}", "query": "select * from reviews"}
    for change, said in (
        ({"query": "select * from revews"}, "no such table"),
        ({"url": f"sqlite:///{tmp_path}/absent.db"}, "absent.db"),
        ({"url": "sqlite:///${CEM_ABSENT_VARIABLE}"}, "CEM_ABSENT_VARIABLE"),
    ):
        ran = cem(*NIGHTLY, write_config(tmp_path, source(**good | change)))
        assert (ran.code, ran.out) == (4, "")
        assert said in ran.err
        assert "下一步" in ran.err
        assert not (tmp_path / "warehouse" / "current").exists()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["nightly", "--config", "absent.toml"], 3),
        (["explain"], 2),
        (["classify", "absent.csv", "--output", "out.parquet"], 4),
        (["gap", "--survey", "absent.csv"], 4),
        (["evaluate", "--data", "absent.jsonl"], 4),
        (["cost", "--revenue", "1", "--negative", "300%", "--complain", "2%"], 4),
    ],
)
def test_errors_in_english(command: list[str], code: int, cem: Cem) -> None:
    for asked in ([*command, "--lang", "en"], ["--lang=en", *command]):
        ran = cem(*asked)
        assert (ran.code, ran.out) == (code, "")
        assert ran.err.isascii(), ran.err
    assert not cem(*command).err.isascii()
