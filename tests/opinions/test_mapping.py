import csv
import gzip
import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from opinions_factories import comments as labelled_comments
from opinions_factories import model

from cem_nlp.cli import main
from cem_nlp.errors import BrokenLabels, ConfigError, UnreadableSource
from cem_nlp.mapped_labels import load_mapped, load_mapping
from cem_nlp.model_files import save_model
from cem_nlp.opinions.mapping import compare_mapped, parse_mapping, read_mapped
from cem_nlp.resources import repository, shipped

AUX = (repository() or Path()) / ".." / "shared" / "corpus" / "aux"
MAPPINGS = sorted(shipped("data/mappings").glob("*.toml"))
TABLE: dict[str, Any] = {
    "name": "测试集",
    "name_en": "test set",
    "source": "written for this test",
    "kind": "review",
    "domain": "家电",
    "text": "text",
    "comment": ["id"],
    "label": "label",
    "polarity": "polarity",
    "categories": ["product", "price"],
    "labels": {"product": ["质量", "外观"], "price": ["价格"]},
    "polarities": {"positive": ["1"], "negative": ["-1"]},
    "open": {"labels": ["其他"], "polarities": ["0"]},
}
COLUMNS = ("id", "text", "label", "polarity")


def read(*rows: tuple[str, ...], **changes: Any) -> list[Any]:
    numbered = [(line, dict(zip(COLUMNS, row, strict=True))) for line, row in enumerate(rows, start=2)]
    return read_mapped(numbered, parse_mapping({**TABLE, **changes}))


def test_rows_of_one_comment_are_put_together() -> None:
    first, second = read(
        ("1", "好看但贵", "外观", "1"), ("2", "一般", "质量", "-1"), ("1", "好看但贵", "价格", "-1")
    )
    assert (first.text, first.labelled) == ("好看但贵", {("product", "positive"), ("price", "negative")})
    assert second.labelled == {("product", "negative")}
    assert first.open == second.open == frozenset()


def test_without_a_comment_column_every_row_is_a_comment() -> None:
    assert len(read(("1", "好", "质量", "1"), ("1", "好", "质量", "1"), comment=[])) == 2


def test_labels_may_be_columns() -> None:
    mapping = parse_mapping(
        {
            **{
                key: value
                for key, value in TABLE.items()
                if key not in ("label", "polarity", "comment", "open")
            },
            "absent": ["-2"],
            "open": {"polarities": ["0"]},
        }
    )
    (comment,) = read_mapped([(2, {"text": "贵", "质量": "-2", "外观": "0", "价格": "-1"})], mapping)
    assert comment.labelled == {("price", "negative")}
    assert comment.open == {"product"}


def test_only_what_the_set_can_say_is_judged() -> None:
    mapping = parse_mapping({**TABLE, "ignored": ["意向"]})
    rows = [
        ("1", "…", "质量", "1"),
        ("2", "…", "质量", "0"),
        ("3", "…", "其他", "1"),
        ("3", "…", "价格", "1"),
        ("4", "…", "意向", "1"),
    ]
    comments = read_mapped(
        [(line, dict(zip(COLUMNS, row, strict=True))) for line, row in enumerate(rows)], mapping
    )
    found = [
        {("product", "positive"), ("product", "negative"), ("service", "negative")},
        {("product", "negative"), ("price", "negative")},
        {("price", "positive"), ("product", "negative"), ("price", "negative")},
        {("price", "negative")},
    ]
    compared = compare_mapped(comments, found, mapping)
    overall, category = compared.overall, compared.category
    # Wrong: a second polarity of a judged category, a price where only quality or nothing was labelled.
    assert (overall.labelled, overall.found, overall.right) == (2, 5, 2)
    assert (category.labelled, category.found, category.right) == (2, 4, 2)
    assert compared.parts["category×polarity"]["price positive"].f1 == 1
    assert set(compared.parts["domain"]) == {"家电"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("1", "好", "质量感", "1"), ["line 2, column label", "'质量感'", "did you mean: 质量", "open"]),
        (("1", "好", "质量", "2"), ["line 2, column polarity", "'2'", "1, -1, 0"]),
    ],
)
def test_a_value_that_is_not_mapped_is_named_with_its_line(row: tuple[str, ...], said: list[str]) -> None:
    with pytest.raises(BrokenLabels) as caught:
        read(row)
    assert [part for part in said if part not in caught.value.explain("en")] == []


def test_a_missing_column_is_named_beside_long_ones() -> None:
    table = {**TABLE, "text": "comment_text"}
    row = {"id": "1", "comment_texts": "好", "service_wait_time_in_the_waiting_room": "1"}
    with pytest.raises(BrokenLabels, match=r"(?s)'comment_text'.*comment_texts, service_wait_time_in"):
        read_mapped([(2, row)], parse_mapping(table))


def test_a_missing_column_is_named() -> None:
    with pytest.raises(BrokenLabels, match=r"(?s)'label'.*valid values: id, text"):
        read_mapped([(2, {"id": "1", "text": "好"})], parse_mapping(TABLE))


@pytest.mark.parametrize(
    "record",
    [
        ("1", "质量很好，客服很耐心", "外观"),
        ("13812345678", "很好", "外观"),
        ("1", "安装师傅态度非常好很满意", "外观"),
    ],
)
def test_a_table_without_a_heading_is_not_repeated(record: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text(",".join(f'"{cell}"' for cell in record) + "\n2,一般,质量,多\n", "utf-8")
    with pytest.raises(BrokenLabels, match="does not look like a header") as caught:
        load_mapped(file, parse_mapping(TABLE))
    assert not [cell for cell in record[:2] if len(cell) > 1 and cell in caught.value.explain("zh")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "tweet"}, "review, complaint, transcript"),
        ({"categories": ["product"]}, "value: 'price'"),
        ({"categories": ["product", "cost"]}, "unknown value"),
        ({"labels": {"product": ["质量"], "price": ["质量"]}}, "mapped twice"),
        ({"labels": {"quality": ["质量"]}}, "labels.quality"),
        ({"polarities": {"good": ["1"]}}, "positive, neutral, negative"),
        ({"open": {"label": ["其他"]}}, "did you mean: labels"),
        ({"lables": {}}, "did you mean: label"),
        ({"source": ""}, "where: source"),
    ],
)
def test_a_wrong_mapping_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_mapping({**TABLE, **changes})
    assert said in caught.value.explain("en")


def test_lines_count_through_texts_of_several_lines(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv.gz"
    with gzip.open(file, "wt", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([COLUMNS, ("1", "好\n看\n的", "外观", "1"), ("2", "贵", "价钱", "1")])
    with pytest.raises(BrokenLabels, match=r"labels\.csv\.gz, line 5, column label"):
        load_mapped(file, parse_mapping(TABLE))
    with pytest.raises(UnreadableSource, match="no such file"):
        load_mapped(tmp_path / "nowhere.csv", parse_mapping(TABLE))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_sets_are_read_as_excel_saves_them(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "labels.csv"
    file.write_bytes("\r\n".join(map(",".join, [COLUMNS, ("1", "好看", "外观", "1")])).encode(encoding))
    (comment,) = load_mapped(file, parse_mapping(TABLE))
    assert comment.text == "好看"
    file.write_bytes(b"id,text\n1,\xff\xff\n")
    with pytest.raises(UnreadableSource, match="neither UTF-8 nor GB18030") as caught:
        load_mapped(file, parse_mapping(TABLE))
    assert "next step: save it as CSV UTF-8" in caught.value.explain("en")


@pytest.mark.parametrize("file", MAPPINGS, ids=lambda file: file.stem)
def test_shipped_mappings_are_valid(file: Path) -> None:
    mapping = load_mapping(file)
    assert mapping.name.zh != mapping.name.en
    assert mapping.categories


@pytest.mark.skipif(not AUX.exists(), reason="needs the shared corpus beside the checkout")
@pytest.mark.parametrize("file", MAPPINGS, ids=lambda file: file.stem)
def test_shipped_mappings_fit_their_sets(file: Path, tmp_path: Path) -> None:
    part = tmp_path / "part.csv"
    with (
        gzip.open(AUX / f"{file.stem}.csv.gz", "rt", encoding="utf-8-sig", newline="") as whole,
        part.open("w", encoding="utf-8", newline="") as stream,
    ):
        csv.writer(stream).writerows(islice(csv.reader(whole), 300))
    comments = load_mapped(part, load_mapping(file))
    assert len(comments) > 50
    assert sum(map(bool, (comment.labelled for comment in comments))) > len(comments) / 3


def test_evaluate_prints_baselines_beside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_model(model(), tmp_path / "model")
    mapping, data, train = tmp_path / "m.toml", tmp_path / "data.csv", tmp_path / "train.jsonl"
    mapping.write_text(
        'name = "测试集"\nname_en = "test set"\nsource = "test"\nkind = "review"\ndomain = "家电"\n'
        'text = "text"\nlabel = "label"\npolarity = "polarity"\ncategories = ["product", "price"]\n'
        '[labels]\nproduct = ["质量"]\nprice = ["价格"]\n[polarities]\npositive = ["1"]\nnegative = ["-1"]\n',
        "utf-8",
    )
    data.write_text(
        "text,label,polarity\n质量很好，客服很耐心,质量,1\n价格太贵了,价格,-1\n质量太差,质量,-1\n", "utf-8"
    )
    lines = [
        {
            "id": comment.id,
            "kind": comment.kind,
            "domain": comment.domain,
            "text": comment.text,
            "opinions": [
                {
                    "category": opinion.category,
                    "polarity": opinion.polarity,
                    "touchpoint": opinion.touchpoint,
                    "start": opinion.start,
                    "end": opinion.end,
                    "evidence": comment.text[opinion.start : opinion.end],
                }
                for opinion in comment.opinions
            ],
            "intent": None,
            "expectation": None,
        }
        for comment in labelled_comments()[:200]
    ]
    train.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    command = ["evaluate", "--model", str(tmp_path / "model"), "--lang", "en"]
    mapped = [*command, "--data", str(data), "--mapping", str(mapping)]
    assert main([*mapped, "--against", "snownlp", "--against", "linear", "--train", str(train)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("test set · data.csv\n3 comments\n")
    assert said.splitlines()[2].split()[-2:] == ["snownlp", "linear"]
    assert said.splitlines()[3].split()[3:6] == ["1.000", "1.000", "1.000"]
    assert said.endswith("1 more opinions, which this set cannot judge\n")
    assert main([*mapped, "--against", "linear"]) == 2
    assert "--train" in capsys.readouterr().err
    assert main([*command, "--data", str(train), "--sample", "5", "--against", "snownlp"]) == 0
    assert capsys.readouterr().out.startswith("5 comments\n")
