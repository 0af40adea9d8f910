"""The commands at work: what goes in, what comes out."""

import csv
import gzip
import io
import json
import re
import shlex
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cem_command import Cem
from night_factories import CALL, csv_text, rows_of, write

from cem_nlp import analyse
from cem_nlp.cli import build_parser
from cem_nlp.cli.examples import EXAMPLES
from cem_nlp.query import query
from cem_nlp.resources import shipped
from cem_nlp.schemas import TABLES
from cem_nlp.vocabulary import CATEGORIES, POLARITIES, TOUCHPOINTS

EXAMPLE = "房间很干净，就是前台态度太差，退房还多扣了一百块"
OPINION_COLUMNS = ["id", "category", "polarity", "touchpoint", "start", "end", "evidence", "probability"]
OPINION_COLUMNS += ["decided_by", "topic"]
SPOKEN = " / ".join(f"{'客户' if who == '客户' else '客服'}：{says}" for who, _, says in CALL)
TEXTS = {
    "plain": EXAMPLE,
    "odd": "質量　很好\u200b，１００分👍🏻，就是&nbsp;价格偏贵！！！",
    "secret": "师傅态度很差，打我手机13812345678，价格也太贵了",
    "empty": "",
    "emoji": "😀😀😀",
    "english": "The delivery was quick but the remote control is broken",
    "call": SPOKEN,
    "complaint": "买了三天就坏了，客服推来推去没人管",
}
KINDS = {"call": "transcript", "complaint": "complaint"}


def rows(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(pa.BufferReader(path.read_bytes())).to_pylist()
    return found


def check_opinions(found: list[dict[str, Any]], texts: dict[str, str]) -> None:
    assert found
    for row in found:
        assert list(row) == OPINION_COLUMNS
        assert row["category"] in CATEGORIES
        assert row["polarity"] in POLARITIES
        assert row["touchpoint"] in TOUCHPOINTS
        assert 0 < row["probability"] <= 1
        text = texts[row["id"]]
        assert 0 <= row["start"] < row["end"] <= len(text)
        if row["id"] == "secret":
            assert "13812345678" not in row["evidence"]
        else:
            assert row["evidence"] == text[row["start"] : row["end"]]


@pytest.mark.parametrize("name", ["in.jsonl", "in.csv", "in.jsonl.gz", "in.csv.gz"])
def test_classify_reads_every_kind_of_file(name: str, cem: Cem, tmp_path: Path) -> None:
    records = [{"id": id_, "text": text, "kind": KINDS.get(id_, "")} for id_, text in TEXTS.items()]
    if "jsonl" in name:
        content = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    else:
        content = csv_text(records, records[0])
    write(tmp_path / name, content)
    opinions, comments = tmp_path / "out.parquet", tmp_path / "comments.parquet"
    ran = cem("classify", tmp_path / name, "--output", opinions, "--comments", comments)
    assert ran.code == 0, ran.err
    assert f"{len(TEXTS)} 条评论" in ran.out
    found = rows(opinions)
    check_opinions(found, TEXTS)
    assert {row["id"] for row in found} >= {"plain", "odd", "secret", "call", "complaint"}
    assert not {row["id"] for row in found} & {"empty", "emoji"}
    pairs = [(row["category"], row["polarity"]) for row in found if row["id"] == "plain"]
    assert sorted(pairs) == [("price", "negative"), ("product", "positive"), ("service", "negative")]
    agent = SPOKEN.index("非常抱歉")
    for row in found:
        if row["id"] == "call":
            assert not agent <= row["start"] < agent + len(CALL[2][2])
    readings = rows(comments)
    assert [row["id"] for row in readings] == list(TEXTS)
    assert {"intent", "expectation"} <= set(readings[0])
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, opinions.name, comments.name])


@pytest.mark.slow
def test_classify_takes_a_comment_of_a_megabyte(cem: Cem, tmp_path: Path) -> None:
    text = "制冷很好，" * 70_000
    write(tmp_path / "in.jsonl", json.dumps({"id": "1", "text": text}))
    assert cem("classify", tmp_path / "in.jsonl", "--output", tmp_path / "out.parquet").code == 0
    check_opinions(rows(tmp_path / "out.parquet"), {"1": text})


OWN_RULE = """
[[rules]]
name = "没人管"
words = ["没人管"]
category = "service"
polarity = "negative"
touchpoint = "complaint"
"""


@pytest.mark.parametrize(
    "content",
    [
        "id,text\n1,好\n".encode("utf-16"),
        "id,text\n1,好\n".encode("gb18030") + b"\xff\xff\n" * 9,
        b"id;text\n",
    ],
)
def test_classify_advises_no_configuration(content: bytes, cem: Cem, tmp_path: Path) -> None:
    write(tmp_path / "in.csv", content)
    ran = cem("classify", tmp_path / "in.csv", "--output", tmp_path / "out.parquet")
    assert ran.code == 4
    assert not re.search("配置|encoding|columns|delimiter", ran.err)
    assert re.search("另存为 UTF-8|逗号分隔", ran.err)


def test_classify_knows_kinds_by_their_names(cem: Cem, tmp_path: Path) -> None:
    call = "你好 / 客服：我们的服务太差了 / 客户：物流太慢"
    write(tmp_path / "in.jsonl", json.dumps({"id": "1", "text": call, "kind": "通话记录"}))
    assert cem("classify", tmp_path / "in.jsonl", "--output", tmp_path / "out.parquet").code == 0
    assert [row["evidence"] for row in rows(tmp_path / "out.parquet")] == ["物流太慢"]
    assert "服务太差" not in cem("explain", call, "--kind", "通话记录").out


def test_classify_says_who_decided(cem: Cem, tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", json.dumps({"id": "1", "text": "质量太差，根本没人管"}))
    own = shipped("data/taxonomy.toml").read_text("utf-8") + OWN_RULE
    asked = ["--taxonomy", write(tmp_path / "own.toml", own), "--output", tmp_path / "out.parquet"]
    assert cem("classify", tmp_path / "in.jsonl", *asked).code == 0
    found = [(row["evidence"], row["decided_by"], row["topic"]) for row in rows(tmp_path / "out.parquet")]
    assert found[0] == ("质量太差", "model", "quality")
    assert found[1][:2] == ("根本没人管", "rule:没人管")
    same = analyse(["质量太差，根本没人管"], taxonomy=tmp_path / "own.toml")
    assert same["decided_by"].tolist() == ["model", "rule:没人管"]


def test_classify_takes_half_a_surrogate_pair(cem: Cem, tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", '{"id": "1", "text": "质量\\ud83d太差", "domain": "\\ud83d"}')
    assert cem("classify", tmp_path / "in.jsonl", "--output", tmp_path / "out.parquet").code == 0
    (found,) = rows(tmp_path / "out.parquet")
    assert (found["start"], found["end"], found["evidence"]) == (0, 5, "质量太差")


def test_classify_knows_a_call_without_being_told(cem: Cem, tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", json.dumps({"id": "1", "text": f"客服：我们的质量非常好 / {SPOKEN}"}))
    assert cem("classify", tmp_path / "in.jsonl", "--output", tmp_path / "out.parquet").code == 0
    assert all("我们的质量" not in row["evidence"] for row in rows(tmp_path / "out.parquet"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("in.csv", "id,text\n1,好\n1,坏\n", ["编号重复", "in.csv:3 (id)", "'1'"]),
        ("in.csv", "id,text\n电话13712345701,好\n电话13712345701,坏\n", ["编号重复", "'电话[手机号]'"]),
        ("in.csv", "id,text,kind\n1,好,电话13712345701\n", ["未知的反馈类型", "'电话[手机号]'"]),
        ("in.csv", "李建国,13712345701,漏水太差了\n", ["首行（JSON 则为键名）也不像表头（共 3 列）"]),
        (
            "in.jsonl",
            '{"id": "1", "text": "好"}\n{"id": "1", "text": "坏"}\n',
            ["编号重复", "in.jsonl:2 (id)"],
        ),
        ("in.csv", "id,text\n,好\n", ["缺少编号", "in.csv:2 (id)"]),
        (
            "in.jsonl",
            '{"id": "1", "text": ["质量差"]}\n',
            ["文本是列表或对象", "in.jsonl:1 (text)", "'list'"],
        ),
        (
            "in.jsonl",
            '{"id": "1\\ud83d", "text": "好"}\n',
            ["编号不是完整的文字", "in.jsonl:1 (id)", "'1\\ud83d'"],
        ),
        ("in.csv", "text\n好\n", ["缺少列“id”", "in.csv", "id 和 text"]),
        ("in.csv", "id,words\n1,好\n", ["缺少列“text”", "words"]),
        ("in.csv", "id,text,kind\n1,好,tweet\n", ["未知的反馈类型", "in.csv:2 (kind)", "review, complaint"]),
        ("in.csv", "id,text\n1,好,坏\n", ["单元格数与表头不符", "in.csv:2"]),
        ("in.csv", 'id,text\n1,"好\n', ["引号没有闭合", "in.csv:2"]),
        ("in.csv", "", ["文件是空的", "in.csv"]),
        ("in.jsonl", "{]\n", ["不是有效的 JSON", "in.jsonl:1"]),
        ("in.txt", "id,text\n1,好\n", ["不认识这种输入文件", "'.txt'", ".jsonl, .csv"]),
    ],
)
def test_classify_refuses(name: str, content: str, said: list[str], cem: Cem, tmp_path: Path) -> None:
    write(tmp_path / name, content)
    (tmp_path / "out.parquet").write_text("from before")
    ran = cem("classify", tmp_path / name, "--output", tmp_path / "out.parquet")
    assert (ran.code, ran.out) == (4, "")
    for words in [*said, "位置", "下一步"]:
        assert words in ran.err
    assert "13712345701" not in ran.err
    assert (tmp_path / "out.parquet").read_text() == "from before"
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("workers", ["0", "65", "-1", "1.5", "two", ""])
def test_classify_refuses_a_number_of_processes_it_cannot_start(
    workers: str, cem: Cem, tmp_path: Path
) -> None:
    write(tmp_path / "in.csv", "id,text\n1,好\n")
    given = ("classify", tmp_path / "in.csv", "--output", tmp_path / "out.parquet", "--workers", workers)
    ran = cem(*given)
    assert (ran.code, ran.out) == (2, "")
    assert f"--workers 的取值不对：{workers!r}" in ran.err
    assert "wrong command line: argument --workers: invalid" in cem(*given, "--lang", "en").err


def test_classify_refuses_outputs_it_cannot_write(cem: Cem, tmp_path: Path) -> None:
    comments = write(tmp_path / "in.csv", "id,text\n1,很好\n")
    for output, said in (
        (tmp_path / "absent" / "out.parquet", "文件夹不存在"),
        (comments / "out.parquet", "路径中间有一段是文件"),
        (tmp_path, "这是文件夹"),
    ):
        ran = cem("classify", comments, "--output", output)
        assert f"无法写入：{said}" in ran.err
        assert (ran.code, ran.out) == (6, ""), ran.err
        assert str(output) in ran.err
        assert "下一步" in ran.err
    for outputs in (["--output", comments], ["--output", "o.parquet", "--comments", "o.parquet"]):
        ran = cem("classify", comments, *outputs)
        assert ran.code == 4
        assert "不同的文件" in ran.err
    assert comments.read_text("utf-8") == "id,text\n1,很好\n"
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_classify_of_no_comment_refuses_a_model_that_is_none(cem: Cem, tmp_path: Path) -> None:
    write(tmp_path / "in.csv", "id,text\n")
    given = ("classify", tmp_path / "in.csv", "--output", tmp_path / "out.parquet")
    ran = cem(*given, "--model", tmp_path / "nowhere")
    assert (ran.code, ran.out) == (5, "")
    assert "nowhere" in ran.err
    assert not (tmp_path / "out.parquet").exists()


def test_classify_of_no_comment_writes_empty_tables(cem: Cem, tmp_path: Path) -> None:
    write(tmp_path / "in.csv", "id,text\n")
    outputs = [tmp_path / "out.parquet", tmp_path / "comments.parquet"]
    assert cem("classify", tmp_path / "in.csv", "--output", outputs[0], "--comments", outputs[1]).code == 0
    assert [rows(output) for output in outputs] == [[], []]
    assert pq.read_schema(outputs[0]).names == OPINION_COLUMNS


def test_explain_finds_the_three_opinions_of_the_example(cem: Cem) -> None:
    ran = cem("explain", EXAMPLE)
    assert (ran.code, ran.err) == (0, "")
    heads = [line for line in ran.out.splitlines() if not line.startswith(" ")]
    assert [head.split(" · ")[0] for head in heads] == ["+ 产品", "− 服务", "− 价格"]
    for head, words in zip(heads, ["房间很干净", "前台态度太差", "退房还多扣了一百块"], strict=True):
        assert words in head
    assert ran.out.count("依据") == 3
    english = cem("--lang", "en", "explain", EXAMPLE).out
    assert [line.split(" · ")[0] for line in english.splitlines() if " · " in line] == [
        "+ product",
        "− service",
        "− price",
    ]


@pytest.mark.parametrize("text", ["", "   ", "😀", "！！！", "\u200b"])
def test_explain_of_nothing(text: str, cem: Cem) -> None:
    ran = cem("explain", text)
    assert (ran.code, ran.out, ran.err) == (0, "没有找到观点\n", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The remote control is broken", "文字不是中文"),
        ("배송이 느리고 품질이 나빠요", "文字不是中文"),
        ("·þÎñºÜºÃ£¬ËÍ»õÒ²¿ì", "或是乱码"),
        ("鐗╂祦澶參浜嗭紝瀹㈡湇鎬佸害寰堝樊锛屽啀涔熶笉涔颁簡", "可能是乱码"),
    ],
)
def test_explain_says_why_nothing_is_read(text: str, said: str, cem: Cem) -> None:
    assert said in cem("explain", text).out
    assert cem("explain", text, "--lang", "en").out.startswith("no opinion found: the")


AGENTS = "客服：非常抱歉，我们的服务太差了，网络也经常坏 / 客户：嗯"


def test_explain_knows_a_call_as_classify_does(cem: Cem) -> None:
    assert cem("explain", AGENTS).out == "没有找到观点\n"
    assert "服务太差" in cem("explain", AGENTS, "--kind", "review").out
    assert "服务太差" not in cem("explain", f"您好 / {AGENTS}", "--kind", "transcript").out


def test_explain_masks_personal_data(cem: Cem) -> None:
    ran = cem("explain", "客服态度太差，打13812345678也没人接")
    assert ran.code == 0
    assert "138" not in ran.out


def test_gap_reproduces_the_worked_example(cem: Cem, tmp_path: Path) -> None:
    """METHOD.md, section 4: the Hong Kong electronics retailer; only the cells stated there."""
    names = ("product", "service", "relationship", "price", "convenience", "brand")
    experience = dict(zip(names, (6, 6, 4, 7, 5, 7), strict=True))
    expectation = {"product": 7, "price": 7, "convenience": 7, "brand": 7}
    stated = [("experience", *cell) for cell in experience.items()]
    stated += [("expectation", *cell) for cell in expectation.items()]
    stated += [("importance", "convenience", 9), ("ideal", "convenience", 10)]
    lines = [f"shop,all,{category},{measure},{score}" for measure, category, score in stated]
    survey = write(tmp_path / "survey.csv", "\n".join(["product,segment,category,measure,score", *lines]))
    ran = cem("gap", "--survey", survey, "--json")
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    gaps = {row["category"]: row for row in found}
    assert {name: row["experience"] for name, row in gaps.items()} == experience
    satisfaction = {name: gaps[name]["satisfaction"] for name in expectation}
    assert satisfaction == {"product": -1, "price": 0, "convenience": -2, "brand": 0}
    assert gaps["convenience"]["weighted"] == -18
    assert {name: row["ideal"] for name, row in gaps.items()} == experience | {"convenience": 10}
    assert {name: row["gap"] for name, row in gaps.items()} == dict.fromkeys(names, 0) | {"convenience": -5}
    assert [name for name, row in gaps.items() if row["is_key_experience"]] == ["convenience"]
    assert "便利性" in cem("gap", "--survey", survey).out


def test_cost_reproduces_the_worked_figures(cem: Cem) -> None:
    figures = {
        "lost_complainers": 61_600,
        "lost_silent": 4_851_000,
        "at_risk_complainers": 74_800,
        "at_risk_silent": 5_929_000,
        "won_back": 83_600,
    }
    for negative, complain in (("22%", "2%"), ("0.22", "0.02"), ("22", "2%")):
        asked = ("cost", "--revenue", "50,000,000", "--negative", negative, "--complain", complain)
        ran = cem(*asked, "--json")
        assert ran.code == 0, ran.err
        assert json.loads(ran.out) == figures
        assert "4,851,000" in cem(*asked).out
    assert cem("cost", "--revenue", "much", "--negative", "22%", "--complain", "2%").code == 2


def test_evaluate_measures_on_labelled_comments(cem: Cem, tmp_path: Path) -> None:
    opinion = {"category": "product", "polarity": "positive", "touchpoint": "use", "start": 0, "end": 5}
    labelled = {"kind": "review", "domain": "酒店", "text": EXAMPLE, "intent": None, "expectation": None}
    labelled["opinions"] = [opinion | {"evidence": EXAMPLE[:5]}]
    records = [{"id": "1"} | labelled, {"id": "2"} | labelled | {"text": "收到了", "opinions": []}]
    data = write(tmp_path / "labels.jsonl.gz", "\n".join(json.dumps(record) for record in records))
    ran = cem("evaluate", "--data", data)
    assert (ran.code, ran.err) == (0, "")
    # One of the example's three opinions is labelled: precision 1/3, recall 1, F1 0.5.
    assert re.search(r"0\.500?\b", ran.out)
    assert cem("evaluate", "--data", data, "--by", "kind", "--lang", "en").code == 0
    wrong = {"id": "3"} | labelled | {"opinions": [opinion | {"evidence": "别的"}]}
    data.write_bytes(gzip.compress(json.dumps(wrong).encode()))
    ran = cem("evaluate", "--data", data)
    assert (ran.code, ran.out) == (4, "")
    assert "opinions[0].evidence" in ran.err
    assert "别的" not in ran.err


def test_query_shows_the_published_tables(cem: Cem, published: Path) -> None:
    count = len(rows_of(published.parent / "warehouse", "opinions"))
    ran = cem("query", "--config", published, "select count(*) as n, min(night) as night from opinions")
    assert ran.code == 0, ran.err
    assert f" {count} " in ran.out
    assert "2026-09-03" in ran.out
    joined = "select kind, count(*) from opinions join feedback using (feedback_id) group by 1 order by 1"
    assert "transcript" in cem("query", "--config", published, joined).out


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("selec 1", 'syntax error at or near "selec"'),
        ("select * from opnions", "有效值: feedback, turns, opinions"),
        ("select polarty from opinions", '"polarity"'),
        ("select cast(category as int) from opinions", "ConversionException"),
    ],
)
def test_a_wrong_query_is_answered_with_what_is_wrong(sql: str, said: str, cem: Cem, published: Path) -> None:
    ran = cem("query", "--config", published, sql)
    assert (ran.code, ran.out) == (4, "")
    assert said in ran.err
    assert "下一步" in ran.err


def test_every_published_table_can_be_queried(cem: Cem, published: Path) -> None:
    warehouse = published.parent / "warehouse"
    counts = " union all ".join(f"select '{name}', count(*) from {name}" for name in TABLES)
    found = query(warehouse, f"select sum(n) as n from ({counts}) as counts(name, n)")
    assert f" {sum(len(rows_of(warehouse, name)) for name in TABLES)} " in (found.text if found else "")
    ran = cem("query", "--config", published, "describe opinions")
    assert ran.code == 0
    assert all(name in ran.out for name in ("feedback_id", "evidence", "night"))
    assert "--csv" not in ran.out


@pytest.mark.parametrize(
    ("sql", "rows", "columns"),
    [
        ("select * from feedback", 11, 22),
        ("select row from feedback", 11, 1),
        ("select row, kind from feedback", 11, 2),
        ("select a.row, b.row from range(110) a(row), range(110) b(row)", 12_080, 2),
        ("select * from feedback limit 3", 0, 22),
    ],
)
def test_what_a_shortened_answer_leaves_out_is_said(
    sql: str, rows: int, columns: int, cem: Cem, published: Path
) -> None:
    said = cem("query", "--config", published, sql).out.splitlines()[-1]
    left_out = re.fullmatch(r"未显示：(\d+) 行、(\d+) 列；加 --csv 输出全部", said)
    assert left_out is not None
    assert int(left_out[1]) == rows
    assert (0 < int(left_out[2]) < columns) == (columns == 22)


def test_an_answer_as_csv_is_whole(cem: Cem, published: Path) -> None:
    rows = rows_of(published.parent / "warehouse", "feedback")
    ran = cem("query", "--config", published, "--csv", "select *, null as none from feedback order by row")
    assert (ran.code, ran.err) == (0, "")
    header, *found = csv.reader(io.StringIO(ran.out, newline=""))
    assert header == [*TABLES["feedback"].names, "none"]
    assert sorted(row[header.index("text")] for row in found) == sorted(row["text"] for row in rows)
    assert {row[-1] for row in found} == {""}
    wrong = cem("query", "--config", published, "--csv", "select polarty from opinions")
    assert (wrong.code, wrong.out) == (4, "")
    assert "polarity" in wrong.err
    broken = cem("query", "--config", published, "--csv", "select cast(category as int) from opinions")
    assert broken.code == 4
    assert "查询执行不下去" in broken.err
    taken = cem("query", "--config", published, "--csv", "copy opinions to 'taken.csv'")
    assert (taken.code, taken.out) == (4, "")


@pytest.mark.parametrize(
    "sql",
    [
        "copy opinions to '{folder}/taken.csv'",
        "explain analyze copy opinions to '{folder}/taken.csv'",
        "select 1; copy opinions to '{folder}/taken.csv'",
        "copy opinions to '{folder}/warehouse/current/scores/part-000000.parquet'",
        "export database '{folder}/taken'",
        "attach '{folder}/taken.db'",
        "from read_csv('{folder}/night.yaml')",
        "from read_text('{folder}/night.yaml')",
        "from glob('{folder}/*')",
        "from '{folder}/reviews.csv'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set lock_configuration = false",
    ],
)
def test_a_query_reaches_the_tables_and_nothing_else(sql: str, cem: Cem, published: Path) -> None:
    folder = published.parent
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    ran = cem("query", "--config", published, sql.format(folder=folder))
    assert (ran.code, ran.out) == (4, "")
    assert "cem query 只查询已发布的表" in ran.err
    assert "有效值: select" in ran.err
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_query_that_stumbles_over_what_customers_said_does_not_repeat_it(cem: Cem, published: Path) -> None:
    said = {row["evidence"] for row in rows_of(published.parent / "warehouse", "opinions")}
    ran = cem("query", "--config", published, "select cast(evidence as int) from opinions")
    assert (ran.code, ran.out) == (4, "")
    assert not any(words in ran.err for words in said)
    assert "可能有客户文字" in ran.err


def test_report_is_written_again_and_in_english(cem: Cem, published: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert cem("report", "--config", published, "--output", page).code == 0
    current = published.parent / "warehouse" / "current"
    assert page.read_text("utf-8") == (current / "report.html").read_text("utf-8")
    assert cem("report", "--config", published, "--output", page, "--lang", "en").out == f"{page}\n"
    assert 'lang="en"' in page.read_text("utf-8")
    ran = cem("report", "--config", published, "--output", tmp_path / "absent" / "report.html")
    assert ran.code == 6
    assert "report.html" in ran.err


def test_a_report_without_a_place_is_written_here_under_its_own_name(
    cem: Cem, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cem("report", "--config", published).out == "report.html\n"
    ran = cem("report", "--config", published, "--owner", "售后")
    assert (ran.code, Path(ran.out.strip()).suffix) == (0, ".html")
    assert "售后" in Path(ran.out.strip()).read_text("utf-8")
    assert ran.out != "report.html\n"


def test_nothing_is_published_yet(cem: Cem, tmp_path: Path) -> None:
    config = write(
        tmp_path / "night.yaml", "{warehouse: w, sources: [{name: a, path: a.csv, columns: {text: t}}]}"
    )
    for command in (
        ("query", "--config", config, "select 1"),
        ("report", "--config", config, "--output", "r.html"),
    ):
        ran = cem(*command)
        assert (ran.code, ran.out) == (6, "")
        assert "cem nightly --config" in ran.err


def commands() -> list[str]:
    parser = build_parser("zh")
    return list(parser._subparsers._group_actions[0].choices)  # type: ignore[union-attr, arg-type]


@pytest.mark.parametrize("command", ["", *commands()])
def test_help_in_both_languages(command: str, cem: Cem) -> None:
    asked = [command] if command else []
    chinese, english = cem(*asked, "--help"), cem(*asked, "--help", "--lang", "en")
    assert (chinese.code, english.code, chinese.err, english.err) == (0, 0, "", "")
    assert re.search("[\u4e00-\u9fff]", chinese.out)
    assert not re.search("[\u4e00-\u9fff]", english.out), english.out
    assert "显示这份说明" in chinese.out
    assert "show this help" in english.out
    assert "--lang en" in chinese.out


@pytest.mark.parametrize("command", EXAMPLES)
def test_the_example_of_a_help_is_a_command(command: str, cem: Cem) -> None:
    assert f"\n  {EXAMPLES[command]}\n" in cem(*command.split()[1:], "--help").out
    assert EXAMPLES[command].startswith(f"{command} ")
    build_parser("zh").parse_args(shlex.split(EXAMPLES[command])[1:])


def test_the_version_is_told(cem: Cem) -> None:
    assert cem("--version").out == f"cem-nlp {version('cem-nlp')}\n"
    assert "默认 custom" in cem("train", "--help").out


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([], "命令"),
        (["nigthly"], "是不是想写: nightly"),
        (["nightly"], "--config"),
        (["nightly", "--confg", "x"], "--config"),
        (["cost", "--revenue", "1"], "--negative"),
        (["evaluate", "--data", "x", "--by", "moon"], "kind"),
        (["evaluate", "--data", "x", "--sample", "-3"], "有效值: ≥ 1"),
        (["train", "--data", "x", "--output", "m", "--seed", "-1"], "有效值: ≥ 0"),
        (["train", "--data", "x", "--output", "m", "--seed", "1.5"], "--seed 须为整数"),
        (["--lang", "fr", "cost"], "zh, en"),
        (["nightly", "--lang"], "zh, en"),
        (
            ["backfill", "--config", "CONFIG", "--from", "2026-09-02", "--to", "2026-09-01"],
            "--from 晚于 --to",
        ),
    ],
)
def test_a_wrong_command_line(asked: list[str], said: str, cem: Cem, published: Path) -> None:
    ran = cem(*[str(published) if word == "CONFIG" else word for word in asked])
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["gap", "--nonsense"], "不认识的参数 --nonsense"),
        (["alerts"], "缺少 --config"),
        (["cost", "--revenue"], "--revenue 缺少取值"),
        (["cost", "--customers", "1.5"], "--customers 的取值不对：'1.5'"),
        (["gap", "--json=1"], "--json 不带取值，却给了 '1'"),
    ],
)
def test_a_wrong_command_line_is_explained_in_chinese(asked: list[str], said: str, cem: Cem) -> None:
    ran = cem(*asked)
    assert (ran.code, ran.out) == (2, "")
    assert f"命令行有误：{said}\n" in ran.err


@pytest.mark.parametrize(
    ("asked", "command"),
    [
        (["query", "--nonsense", "--config", "x", "select 1"], "cem query"),
        (["label", "agree", "--nonsense", "a", "b"], "cem label agree"),
        (["--nonsense", "loop"], "cem"),
    ],
)
def test_an_unknown_option_is_looked_up_in_the_help_of_its_command(
    asked: list[str], command: str, cem: Cem
) -> None:
    ran = cem(*asked)
    assert (ran.code, ran.out) == (2, "")
    assert "不认识的参数 --nonsense\n" in ran.err
    assert f"下一步: {command} --help 列出" in ran.err
