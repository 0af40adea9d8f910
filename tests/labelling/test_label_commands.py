"""`cem label` as its users type it."""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from label_factories import NOW, TEXT, UnsureEngine, answer, comment, comments, logged, said, task

from cem_nlp.cli import labelling, main, training
from cem_nlp.errors import InputError
from cem_nlp.label_files import load_labels
from cem_nlp.labelling.files import load_tasks, open_label_file, save_tasks
from cem_nlp.labelling.records import label_record
from cem_nlp.language import Bilingual

RUN = "import sys; from cem_nlp.cli import main; sys.exit(main())"


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelling, "engine_of", lambda arguments: UnsureEngine({}))


def write_comments(file: Path) -> Path:
    lines = [
        {"id": each.id, "text": each.text, "kind": "complaint", "domain": "家电"} for each in comments(20)
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return file


@pytest.mark.usefixtures("unsure")
def test_pick_writes_the_same_tasks_for_the_same_seed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, output = write_comments(tmp_path / "in.jsonl"), tmp_path / "tasks.jsonl"
    known = tmp_path / "known.jsonl"
    known.write_text("".join(f"{logged(f'c{number}')}\n" for number in range(5)), "utf-8")
    command = ["label", "pick", str(source), "--output", str(output), "--count", "10", "--seed", "7"]
    assert main([*command, "--labelled", str(known), str(known)]) == 0
    assert "从 15 条可标注的评论中挑选 10 条，其中随机抽查 1 条" in capsys.readouterr().out
    first = output.read_bytes()
    tasks = load_tasks(output)
    assert {each.comment.kind for each in tasks} == {"complaint"}
    assert {each.comment.domain for each in tasks} == {"家电"}
    assert not {each.comment.id for each in tasks} & {f"c{number}" for number in range(5)}
    assert main([*command, "--labelled", str(known)]) == 0
    assert output.read_bytes() == first


@pytest.mark.usefixtures("unsure")
@pytest.mark.parametrize(
    ("arguments", "code", "found"),
    [
        (["pick", "{source}", "--output", "{tasks}", "--count", "0"], 2, "--count"),
        (["pick", "{source}", "--output", "{tasks}", "--count", "5", "--seed", "-1"], 2, "≥ 0"),
        (
            ["pick", "{source}", "--output", "{tasks}", "--count", "5", "--audit-share", "2"],
            2,
            "--audit-share",
        ),
        (["pick", "{tmp}/none.jsonl", "--output", "{tasks}", "--count", "5"], 4, "none.jsonl"),
        (["pick", "{empty}", "--output", "{tasks}", "--count", "5"], 4, "没有可标注的评论"),
        (["pick", "{source}", "--output", "{tmp}/none/t.jsonl", "--count", "5"], 6, "无法写入：文件夹不存在"),
        (["pick", "{source}", "--output", "{tmp}/./in.jsonl", "--count", "5"], 4, "须是不同的文件"),
        (
            ["pick", "{source}", "--output", "{labels}", "--count", "5", "--labelled", "{labels}"],
            4,
            "须是不同的文件",
        ),
        (["pick", "{source}", "--output", "{labels}", "--count", "5"], 6, "labels.jsonl 第 2 行"),
        (["detach", "{labels}", "--output", "{labels}"], 4, "须是不同的文件"),
        (["detach", "{others}", "--output", "{labels}"], 6, "人工标注，不覆盖"),
        (
            ["serve", "{tmp}/none.jsonl", "--output", "{labels}", "--annotator", "甲"],
            4,
            "任务文件读不出来：文件不存在",
        ),
        (["serve", "{source}", "--output", "{labels}", "--annotator", "甲"], 4, "in.jsonl 第 1 行"),
        (["serve", "{tasks}", "--output", "{labels}", "--annotator", " "], 2, "--annotator"),
        (["serve", "{tasks}", "--output", "{tmp}", "--annotator", "甲"], 6, "无法写入：这是文件夹，不是文件"),
        (["serve", "{tasks}", "--output", "{labels}", "--annotator", "甲", "--port", "99999"], 4, "--port"),
        (["agree", "{labels}", "{tmp}/none.jsonl"], 4, "文件读不出来：文件不存在"),
        (["agree"], 2, "A.jsonl"),
        ([], 2, "--help"),
    ],
)
def test_what_cannot_be_done_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, found: str
) -> None:
    places = {name: tmp_path / f"{name}.jsonl" for name in ("tasks", "labels", "empty", "others")}
    places |= {"tmp": tmp_path, "source": write_comments(tmp_path / "in.jsonl")}
    save_tasks([task("a", "很好")], places["tasks"])
    places["labels"].write_text(f"\n{logged('b')}\n", "utf-8")
    places["others"].write_text(f"{logged('b', annotator='乙')}\n", "utf-8")
    places["empty"].write_text('{"id": "1", "text": "good"}\n', "utf-8")
    assert main(["label", *(word.format(**places) for word in arguments)]) == code
    said = capsys.readouterr().err
    assert found in said
    assert "Traceback" not in said
    assert places["labels"].read_text("utf-8") == f"\n{logged('b')}\n"
    assert write_comments(tmp_path / "again.jsonl").read_bytes() == places["source"].read_bytes()


def test_agree_prints_ids_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, intent in (("one", "churn"), ("two", None)):
        (tmp_path / f"{name}.jsonl").write_text(f"{logged('a17', intent=intent)}\n", "utf-8")
    assert main(["label", "agree", str(tmp_path / "one.jsonl"), str(tmp_path / "two.jsonl")]) == 0
    said = capsys.readouterr().out
    assert "a17  A: 流失   B: –" in said
    assert "质量" not in said


def test_train_takes_several_label_files_and_leaves_audit_comments_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[list[str]] = []

    def stop(comments: list[Any], pool: list[Any], *_: object, **__: object) -> None:
        seen.extend([[each.id for each in comments], [each.text for each in pool]])
        raise InputError(Bilingual("到此为止", "that is all"))

    monkeypatch.setattr(training, "train", stop)
    with open_label_file(tmp_path / "mine.jsonl", "甲") as labels:
        for each in (comment("a", "质量很好"), comment("b", "随机抽查的这一条", audit=True)):
            found = said(each.text, each.text, "product", "positive", "use")
            labels.append(label_record(each, answer(found), "甲", NOW))
    (tmp_path / "other.jsonl").write_text(f"{logged('c', annotator='乙')}\n", "utf-8")
    (tmp_path / "pool").mkdir()
    pool = "".join(json.dumps({"text": text}) + "\n" for text in ("别的评论", "随机抽查的这一条"))
    (tmp_path / "pool" / "pool.jsonl").write_text(pool, "utf-8")
    data = [word for name in ("mine", "other") for word in ("--data", str(tmp_path / f"{name}.jsonl"))]
    assert main(["train", *data, "--pool", str(tmp_path / "pool"), "--output", str(tmp_path / "m")]) == 4
    assert seen == [["a", "c"], ["别的评论"]]
    told = capsys.readouterr().err
    assert "1 条抽查评论留作测量" in told
    assert "到此为止" in told


@pytest.mark.slow
def test_evaluate_measures_on_the_audit_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.jsonl"
    with open_label_file(file, "甲") as labels:
        for each in (comment("a", "质量很好"), comment("b", "物流很慢", audit=True)):
            labels.append(label_record(each, answer(), "甲", NOW))
    assert main(["evaluate", "--data", str(file)]) == 0
    assert "2 条评论" in capsys.readouterr().out
    assert main(["evaluate", "--data", str(file), "--audit-only"]) == 0
    assert "1 条评论" in capsys.readouterr().out
    file.write_text(f"{logged('a')}\n", "utf-8")
    assert main(["evaluate", "--data", str(file), "--audit-only"]) == 4
    assert "没有可用来测量的评论" in capsys.readouterr().err


@pytest.mark.slow
def test_serve_prints_its_address_stores_labels_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    tasks, labels = tmp_path / "tasks.jsonl", tmp_path / "mine.jsonl"
    save_tasks([task("a", TEXT), task("b", "很好")], tasks)
    # A shell starts what runs in its background deaf to Ctrl-C, and so are the children of a test run there.
    heeding = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {RUN}"
    command = [sys.executable, "-c", heeding, "label", "serve", str(tasks), "--output", str(labels)]
    with subprocess.Popen(
        [*command, "--annotator", "小林", "--no-open", "--lang", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        origin = re.fullmatch(r"(http://127\.0\.0\.1:\d+)/[\w-]+/", url)
        assert origin is not None
        body = json.dumps({"id": "a", **answer()}).encode()
        headers = {"Origin": origin[1], "Content-Type": "application/json"}
        with urlopen(Request(f"{url}labels", body, headers), timeout=10) as reply:
            assert json.load(reply) == {"labelled": 1}
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 0
    assert "1 of 2 labelled" in out
    assert err == ""
    assert [each.id for each in load_labels(labels)] == ["a"]


@pytest.mark.slow
def test_the_shipped_model_picks_and_suggests(tmp_path: Path) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "tasks.jsonl"
    said = [
        "房间很干净，就是前台态度太差",
        "物流还行吧，包装一般",
        "客服说会退款，等了一周没退",
        "不错",
        "价格贵了点但是值",
    ]
    source.write_text("id,text\n" + "".join(f"{n},{text}\n" for n, text in enumerate(said)), "utf-8")
    command = ["label", "pick", str(source), "--output", str(output), "--count", "4", "--audit-share", "0.25"]
    assert main(command) == 0
    tasks = load_tasks(output)
    assert sum(each.comment.audit for each in tasks) == 1
    assert sum(bool(each.comment.opinions) for each in tasks) >= 2
