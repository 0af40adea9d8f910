"""The shipped model on written comments, and on the shared labels where they are at hand."""

import json
from functools import cache
from pathlib import Path

import pytest

from cem_nlp.label_files import load_labels
from cem_nlp.model_files import load_engine, load_network
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.evaluation import evaluate, measure
from cem_nlp.opinions.joint_files import JOINT, unpack_joint
from cem_nlp.opinions.model import FILES
from cem_nlp.quality_file import load_quality
from cem_nlp.resources import repository, shipped
from cem_nlp.vocabulary import CATEGORIES

ROOT = repository() or Path()
DEV = ROOT / ".." / "shared" / "corpus" / "labelled" / "dev.jsonl.gz"
GOLDEN = json.loads((ROOT / "data" / "golden" / "opinions.json").read_text("utf-8"))


@cache
def engine() -> NetworkEngine:
    return load_engine(
        shipped("models/default"), shipped("data/taxonomy.toml"), shipped("data/user_dictionary.txt")
    )


def test_three_clauses_hold_three_opinions() -> None:
    text = "房间很干净，就是前台态度太差，退房还多扣了一百块"
    (reading,) = engine().read([text], ["review"])
    assert [(o.category, o.polarity, text[o.start : o.end]) for o in reading.opinions] == [
        ("product", "positive", "房间很干净"),
        ("service", "negative", "前台态度太差"),
        ("price", "negative", "退房还多扣了一百块"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("快递不慢，包装没有破损", {("convenience", "positive"), ("product", "positive")}),
        ("房间不脏，服务员态度不差", {("product", "positive"), ("service", "positive")}),
        ("房間不髒，服務員態度不差", {("product", "positive"), ("service", "positive")}),
        ("没有乱收费", {("price", "positive")}),
        ("不是假货", {("brand", "positive")}),
        ("快递太慢，包装破损", {("convenience", "negative"), ("product", "negative")}),
    ],
)
def test_what_is_not_wrong_is_no_complaint(text: str, found: set[tuple[str, str]]) -> None:
    (reading,) = engine().read([text], ["review"])
    assert {(o.category, o.polarity) for o in reading.opinions} == found


@pytest.mark.parametrize(
    ("text", "expectation"),
    [
        ("没想到质量这么好，超出预期", "above"),
        ("比想象中好", "above"),
        ("质量很好，符合我的预期", "met"),
        ("太失望了，和宣传的完全不一样", "below"),
    ],
)
def test_expectations_are_read_both_ways(text: str, expectation: str) -> None:
    (reading,) = engine().read([text], ["review"])
    assert reading.expectation == expectation


def test_most_golden_opinions_are_found() -> None:
    readings = engine().read([case["text"] for case in GOLDEN], [case["kind"] for case in GOLDEN])
    labelled = [{(o["category"], o["polarity"]) for o in case["opinions"]} for case in GOLDEN]
    found = [{(o.category, o.polarity) for o in reading.opinions} for reading in readings]
    assert measure(labelled, found).f1 > 0.7


def test_it_is_small_and_its_folder_holds_all_of_it() -> None:
    folder = shipped("models/default")
    joint = unpack_joint((folder / JOINT).read_bytes(), JOINT)
    files = [*(folder / joint.network / name for name in FILES), folder / joint.transformer]
    assert {file.resolve().parent for file in files} == {folder.resolve()}
    assert sum(file.stat().st_size for file in files) < 60_000_000


def test_only_calls_are_read_twice() -> None:
    assert engine().model.read_twice == ("transcript",)


@pytest.mark.skipif(not DEV.exists(), reason="needs the shared corpus beside the checkout")
def test_the_mark_on_the_shared_labels() -> None:
    comments = load_labels(DEV)
    found = evaluate(comments, engine().read([c.text for c in comments], [c.kind for c in comments]))
    assert found.overall.f1 >= 0.84
    assert found.touchpoint.value >= 0.85
    assert found.calibration_error <= 0.05


@pytest.mark.slow
@pytest.mark.skipif(not DEV.exists(), reason="needs the shared corpus beside the checkout")
def test_calls_are_read_better_twice() -> None:
    comments = [comment for comment in load_labels(DEV) if comment.kind == "transcript"]
    given = [comment.text for comment in comments], ["transcript"] * len(comments)
    alone = NetworkEngine(load_network(shipped("models/default")), engine().taxonomy, engine().segmenter)
    once, twice = (evaluate(comments, reader.read(*given)) for reader in (alone, engine()))
    assert twice.overall.f1 > once.overall.f1 + 0.01
    assert twice.category.f1 > once.category.f1 + 0.01


def test_its_measured_quality_stands_beside_it() -> None:
    quality = load_quality(shipped("models/default"), engine().model_version)
    assert quality is not None
    assert set(quality.by_category) == set(CATEGORIES)
