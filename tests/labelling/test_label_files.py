import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from label_factories import NOW, TEXT, answer, comment, logged, opinion, said, task

from cem_nlp.errors import BrokenLabels, CemError, NotWritable, UnreadableSource
from cem_nlp.label_files import load_labels
from cem_nlp.labelling.doubt import Doubt
from cem_nlp.labelling.files import LabelFile, load_tasks, open_label_file, save_detached, save_tasks
from cem_nlp.labelling.records import label_record, whole_lines
from cem_nlp.labelling.session import check_same_texts, session_view
from cem_nlp.labelling.tasks import Task, parse_tasks, task_line

FOUND = opinion(TEXT, "客服三天不理人", "service", "negative", "after")


def test_tasks_survive_their_file(tmp_path: Path) -> None:
    suggested = Task(comment("a", TEXT, FOUND, intent="churn"), Doubt("service", "polarity", 0.75))
    audit = task("b", "很好", audit=True)
    save_tasks([suggested, audit], tmp_path / "tasks.jsonl")
    assert load_tasks(tmp_path / "tasks.jsonl") == [Task(suggested.comment), audit]
    first, second = map(json.loads, (tmp_path / "tasks.jsonl").read_text("utf-8").splitlines())
    assert first["doubt"] == {"category": "service", "about": "polarity", "uncertainty": 0.75}
    assert first["suggestion"]["opinions"][0]["evidence"] == "客服三天不理人"
    assert (second["suggestion"], second["audit"]) == (None, True)


def test_a_suggestion_never_passes_for_a_label(tmp_path: Path) -> None:
    save_tasks([task("a", TEXT, FOUND)], tmp_path / "tasks.jsonl")
    with pytest.raises(BrokenLabels, match="opinions"):
        load_labels(tmp_path / "tasks.jsonl")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([], "no task"),
        (["{"], "line 1"),
        (['{"id": "a"}'], "line 1"),
        ([task_line(task("a", "好")), task_line(task("a", "好"))], "line 2, field id"),
        ([task_line(task("a", TEXT, FOUND)).replace("negative", "bad")], "positive, neutral, negative"),
        ([task_line(task("a", TEXT, FOUND)).replace('"start": ', '"start": 9')], "outside the text"),
        ([task_line(task("a", "好")).replace("false", '"no"')], "line 1, field audit"),
        ([task_line(task("a", "好")).replace('"audit": false', '"suggestion": []')], "no labelling task"),
    ],
)
def test_a_broken_task_is_named(lines: list[str], found: str) -> None:
    with pytest.raises(BrokenLabels) as caught:
        parse_tasks(lines)
    assert found in caught.value.explain("en")
    assert "客服三天" not in caught.value.explain("en")


def test_a_missing_task_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="cem label pick"):
        load_tasks(tmp_path / "none.jsonl")
    (tmp_path / "table.xlsx").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableSource, match="table"):
        load_tasks(tmp_path / "table.xlsx")
    with pytest.raises(NotWritable, match="none"):
        save_tasks([task("a", "好")], tmp_path / "none" / "tasks.jsonl")


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    for name, line in (("tasks", task_line(task("a", "好"))), ("labels", logged("a"))):
        (tmp_path / f"{name}.jsonl").write_text(f"{line}\n", "utf-8-sig")
    assert [each.comment.id for each in load_tasks(tmp_path / "tasks.jsonl")] == ["a"]
    assert [each.id for each in load_labels(tmp_path / "labels.jsonl")] == ["a"]
    assert save_detached(tmp_path / "labels.jsonl", tmp_path / "detached.jsonl") == 1
    with open_label_file(tmp_path / "labels.jsonl", "甲") as labels:
        labels.append(json.loads(logged("b")))
    assert [each.id for each in load_labels(tmp_path / "labels.jsonl")] == ["a", "b"]
    with pytest.raises(NotWritable, match="annotator's labels"):
        save_tasks([task("a", "好")], tmp_path / "labels.jsonl")


def test_a_line_separator_within_a_text_ends_no_line(tmp_path: Path) -> None:
    record = label_record(comment("a", "质量\u2028很好"), answer(), "甲", NOW)
    (tmp_path / "mine.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\r\n", "utf-8")
    assert save_detached(tmp_path / "mine.jsonl", tmp_path / "detached.jsonl") == 1


def test_what_is_no_json_is_named_by_its_place(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text(f"{logged('a')}\n{{'id': 1}}\n", "utf-8")
    with pytest.raises(BrokenLabels) as caught:
        load_labels(tmp_path / "mine.jsonl")
    assert "mine.jsonl, line 2, character 2" in caught.value.explain("en")
    assert "mine.jsonl 第 2 行第 2 个字符" in caught.value.explain("zh")
    assert "JSONDecodeError" not in caught.value.explain("en")


def test_a_record_is_in_the_labelled_format_with_who_and_when(tmp_path: Path) -> None:
    words = said(TEXT, "𠮷字牌面𪚥难看", "product", "negative", "use")
    file = tmp_path / "mine.jsonl"
    with open_label_file(file, "甲") as labels:
        labels.append(label_record(comment("a", TEXT, audit=True), answer(words, intent="churn"), "甲", NOW))
    (line,) = file.read_text("utf-8").splitlines()
    assert json.loads(line) == {
        "id": "a",
        "kind": "review",
        "domain": "家电",
        "text": TEXT,
        "opinions": [{**words, "evidence": "𠮷字牌面𪚥难看"}],
        "intent": "churn",
        "expectation": None,
        "annotator": "甲",
        "labelled_at": "2026-09-29T02:00:00Z",
        "seconds": 3.1,
        "audit": True,
    }
    (found,) = load_labels(file)
    assert found.audit
    assert found.text[found.opinions[0].start : found.opinions[0].end] == "𠮷字牌面𪚥难看"


SPAN = said(TEXT, "客服", "service", "negative", "after")


@pytest.mark.parametrize(
    "broken",
    [
        answer({**SPAN, "category": "quality"}),
        answer({**SPAN, "end": 999}),
        answer({**SPAN, "end": SPAN["start"]}),
        answer({**SPAN, "start": "0"}),
        answer({**SPAN, "start": None}),
        answer({"category": "service"}),
        answer("service"),  # type: ignore[arg-type]
        answer(intent="buy"),
        answer(seconds=-1),
        answer(seconds="long"),
        answer(seconds=float("nan")),
        {},
        {"opinions": "none"},
    ],
)
def test_a_broken_answer_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(BrokenLabels):
        label_record(comment("a", TEXT), broken, "甲", NOW)


def test_labels_go_on_where_they_stopped_and_the_last_line_holds(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    for intent in (None, "churn"):
        with open_label_file(file, "甲") as labels:
            labels.append(json.loads(logged("a", intent=intent)))
    assert len(file.read_text("utf-8").splitlines()) == 2
    with open_label_file(file, "甲") as labels:
        assert labels.labels["a"].intent == "churn"
        assert not labels.repaired


@given(st.integers(0, 2000), st.booleans())
@settings(max_examples=60, deadline=None)
def test_whatever_a_kill_leaves_is_mended(cut: int, two: bool) -> None:
    content = "".join(f"{logged(number)}\n" for number in ("ab" if two else "a")).encode()
    left = content[: min(cut, len(content))]
    lines, torn = whole_lines(left.decode("utf-8", "replace"))
    whole = [line for line in lines if line]
    assert all(json.loads(line)["seconds"] == 3.1 for line in whole)
    # A line that lacks nothing but its end is kept; any less of it is torn.
    assert len(whole) == left.count(b"\n") + (not torn and bool(left) and not left.endswith(b"\n"))


def test_a_torn_line_is_cut_off_and_labelling_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    whole = f"{logged('a')}\n".encode()
    file.write_bytes(whole + logged("b").encode()[:40])
    with open_label_file(file, "甲") as labels:
        assert labels.repaired
        assert list(labels.labels) == ["a"]
        labels.append(json.loads(logged("c")))
    assert file.read_bytes() == whole + f"{logged('c')}\n".encode()


def test_a_last_line_without_an_end_is_completed(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(logged("a"), "utf-8")
    with open_label_file(file, "甲") as labels:
        labels.append(json.loads(logged("b")))
    assert [each.id for each in load_labels(file)] == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (f"{logged('a', annotator='乙')}\n", "somebody else"),
        ("# 会议记录\n没有换行的结尾", "line 1"),
        ("没有换行的结尾", "line 1"),
        (f'{logged("a")}\n{{"id": "b"\n{logged("c")}\n', "line 2"),
        (logged("a").replace("质量很好", "质量").replace("[]", "[1]") + "\n", "line 1, field opinions[0]"),
    ],
)
def test_a_file_that_is_no_label_file_of_the_annotator_stays_as_it_is(
    tmp_path: Path, content: str, found: str
) -> None:
    file = tmp_path / "notes.md"
    file.write_text(content, "utf-8")
    with pytest.raises(BrokenLabels) as caught, open_label_file(file, "甲"):
        pass
    assert found in caught.value.explain("en")
    assert "notes.md, line " in caught.value.explain("en")
    assert "notes.md 第 " in caught.value.explain("zh")
    assert file.read_text("utf-8") == content


def test_one_page_at_a_time_writes_a_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    with (
        open_label_file(file, "甲"),
        pytest.raises(NotWritable, match="another"),
        open_label_file(file, "甲"),
    ):
        pass
    with open_label_file(file, "甲"):
        pass


@pytest.mark.parametrize("name", ["none/mine.jsonl", "."])
def test_an_output_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotWritable), open_label_file(tmp_path / name, "甲"):
        pass


class _FullDisk(io.FileIO):
    def write(self, content: Any) -> int:
        return super().write(content[:10])


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(f"{logged('a')}\n", "utf-8")
    with _FullDisk(file, "a+b") as stream, pytest.raises(NotWritable):
        LabelFile(stream, {}, False).append(json.loads(logged("b")))  # type: ignore[arg-type]
    assert file.read_text("utf-8") == f"{logged('a')}\n"


def test_labels_of_another_text_are_refused() -> None:
    with pytest.raises(CemError, match="not that of the task") as caught:
        check_same_texts([task("a", "新的文字")], {"a": comment("a", "旧的文字")})
    assert "文字" not in caught.value.explain("en")
    check_same_texts([task("a", "文字")], {"a": comment("a", "文字"), "b": comment("b", "别的")})


def test_the_page_is_told_no_more_than_it_needs() -> None:
    call = "客户：漏水了，没人来 / 客服：您好 / 客户：谢谢"
    tasks = [task("a", call, kind="transcript"), task("b", TEXT, audit=True, domain="酒店")]
    view = session_view(tasks, {"b": comment("b", TEXT, FOUND), "old": comment("old", "早先")}, "甲", "zh")
    assert view["tasks"][0]["turns"] == [("customer", 3, 10), ("agent", 16, 18), ("customer", 24, 26)]
    assert [call[start:end] for start, end in view["tasks"][0]["clauses"]] == ["漏水了", "没人来", "谢谢"]
    assert [each["touchpoints"]["service"] for each in view["tasks"]] == ["after", "store"]
    assert "audit" not in json.dumps(view["tasks"])
    assert list(view["labels"]) == ["b"]
