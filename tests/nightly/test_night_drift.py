"""A night is held against the model's training comments and against earlier nights of its warehouse."""

import random
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from night_factories import (
    publish,
    review,
    rows_of,
    source,
    write_config,
    write_csv,
)

from cem_nlp import store
from cem_nlp.analysis import profile_of
from cem_nlp.errors import ModelError
from cem_nlp.model_files import load_engine, save_profile
from cem_nlp.opinions.profile import PROFILE
from cem_nlp.resources import shipped

Found = dict[tuple[str, str], dict[str, Any]]
FIRST = date(2026, 9, 1)
N_NIGHTS = 6
OBJECTS = (
    "物流",
    "客服态度",
    "质量",
    "价格",
    "安装师傅",
    "做工",
    "噪音",
    "制冷",
    "售后",
    "外观",
    "包装",
    "性价比",
)
VERDICTS = (
    "很好",
    "不错",
    "太差了",
    "一般",
    "让人失望",
    "很满意",
    "还可以",
    "有问题",
    "没得说",
    "比想象的好",
)
# Nothing of shopping: sentences as courts and hospitals write them.
STRANGE = (
    "本院认为，被告人的行为已构成盗窃罪，依照刑法第二百六十四条之规定，判处有期徒刑",
    "患者三天前无明显诱因出现右下腹疼痛，查体示麦氏点压痛阳性，血常规白细胞升高",
    "央行上调存款准备金率，沪指午后跳水，两市成交额较前一交易日放大",
    "原告诉请撤销该行政处罚决定，被告辩称认定事实清楚，适用法律正确",
)


def day_of(night: int) -> str:
    return (FIRST + timedelta(days=night)).isoformat()


def usual(number: int, night: int) -> str:
    draw = random.Random(number * 100 + night)
    return "，".join(draw.choice(OBJECTS) + draw.choice(VERDICTS) for _ in range(draw.randint(1, 3)))


def strange(number: int, night: int) -> str:
    return f"{STRANGE[number % 4]}，第{number}号文书，{night}日"


def publish_night(folder: Path, config: Path, night: int, say: Any = usual, count: int = 60) -> str:
    rows = [review(1000 * night + n, 评论=f"{say(n, night)}（{night}-{n}）") for n in range(count)]
    day = day_of(night)
    write_csv(folder / f"reviews-{day}.csv", rows)
    publish(config, day)
    return day


def drift_of(warehouse: Path, day: str) -> Found:
    return {(r["measure"], r["reference"]): r for r in rows_of(warehouse, "drift") if r["night"] == day}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six ordinary nights, then a strange one, read with a model that has a profile."""
    folder = tmp_path_factory.mktemp("drift")
    model = folder / "model"
    shutil.copytree(shipped("models/default"), model)
    files = (model, shipped("data/taxonomy.toml"), shipped("data/user_dictionary.txt"))
    save_profile(profile_of(load_engine(*files), [(usual(n, 99), "review") for n in range(400)]), model)
    config = write_config(folder, source(path="reviews-{date}.csv"), model="model")
    publish_night(folder, config, 0)
    repeat_first_night(folder / "warehouse")
    publish_night(folder, config, N_NIGHTS - 1)
    publish_night(folder, config, N_NIGHTS, strange)
    return folder


def repeat_first_night(warehouse: Path) -> None:
    """Let the next nights have counted what the first one did: each night in full would take a second."""
    drift = store.published(warehouse) / "drift"
    for night in range(1, N_NIGHTS - 1):
        shutil.copytree(drift / f"night={day_of(0)}", drift / f"night={day_of(night)}")


def test_the_first_nights_have_nothing_to_compare_with_but_the_training(folder: Path) -> None:
    found = drift_of(folder / "warehouse", day_of(0))
    assert {row["verdict"] for (_, reference), row in found.items() if reference == "past"} == {"unknown"}
    assert found["unknown", "training"]["verdict"] == "stable"
    assert found["opinions", "training"]["detail"] == "unnatural_shares"
    assert found["opinions", "training"]["value"] is not None


def test_an_ordinary_night_is_stable_and_a_strange_one_moved(folder: Path) -> None:
    ordinary = drift_of(folder / "warehouse", day_of(N_NIGHTS - 1))
    assert {row["verdict"] for (_, reference), row in ordinary.items() if reference == "past"} == {"stable"}
    assert ordinary["length", "past"]["nights"] == N_NIGHTS - 1
    shifted = drift_of(folder / "warehouse", day_of(N_NIGHTS))
    moved = {key for key, row in shifted.items() if row["verdict"] == "moved"}
    assert {("unknown", "training"), ("unknown", "past"), ("length", "past"), ("found", "past")} <= moved
    assert shifted["unknown", "training"]["share"] > 0.9
    assert shifted["model", "past"]["verdict"] == shifted["taxonomy", "past"]["verdict"] == "stable"


def test_the_counts_are_those_of_the_tables(folder: Path) -> None:
    warehouse, day = folder / "warehouse", day_of(N_NIGHTS)
    found = drift_of(warehouse, day)
    feedback = [row for row in rows_of(warehouse, "feedback") if row["night"] == day]
    numbers = {row["feedback_id"] for row in feedback if row["duplicate_of"] is None}
    comments = [row for row in rows_of(warehouse, "comments") if row["feedback_id"] in numbers]
    opinions = {row["feedback_id"] for row in rows_of(warehouse, "opinions")} & numbers
    assert found["length", "past"]["n"] == len(numbers)
    assert dict(zip(*(found["language", "past"][name] for name in ("bins", "counts")), strict=True)) == {
        "zh": len(comments),
        "other": 0,
        "none": 0,
    }
    assert found["found", "past"]["counts"] == [len(opinions), len(comments) - len(opinions)]
    assert all(0 <= row["unknown_share"] <= 1 and row["language"] == "zh" for row in comments)


def test_the_report_warns_of_the_strange_night_alone(folder: Path) -> None:
    snapshots = sorted((folder / "warehouse" / "snapshots").iterdir())
    calm, alarmed = ((snapshot / "report.html").read_text("utf-8") for snapshot in snapshots[-2:])
    assert "与过去 5 夜相比，没有超出偶然的变化" in calm
    assert "注意：" not in calm
    for said in (
        "注意：今晚的评论与过去的夜晚不同",
        "注意：今晚的评论超出模型熟悉的范围",
        "模型不认识的用词",
    ):
        assert said in alarmed
    assert "注意：" in (snapshots[-1] / "report.md").read_text("utf-8")


def test_a_night_again_looks_at_earlier_nights_only_and_finds_the_same(folder: Path) -> None:
    again = day_of(N_NIGHTS - 1)
    before = drift_of(folder / "warehouse", again)
    publish(folder / "night.yaml", again)
    assert drift_of(folder / "warehouse", again) == before
    assert {row["night"] for row in rows_of(folder / "warehouse", "drift")} == {
        day_of(night) for night in range(N_NIGHTS + 1)
    }


def test_without_a_profile_training_is_unknown_and_with_a_broken_one_the_night_is_refused(
    folder: Path, tmp_path: Path
) -> None:
    model = tmp_path / "model"
    shutil.copytree(folder / "model", model)
    (model / PROFILE).unlink()
    config = write_config(tmp_path, source(path="reviews-{date}.csv"), model="model")
    publish_night(tmp_path, config, 0, count=20)
    found = drift_of(tmp_path / "warehouse", day_of(0))
    assert {row["detail"] for (_, reference), row in found.items() if reference == "training"} == {
        "no_profile"
    }
    (model / PROFILE).write_bytes((folder / "model" / PROFILE).read_bytes().replace(b"review", b"Review"))
    published = store.published(tmp_path / "warehouse")
    with pytest.raises(ModelError, match=PROFILE):
        publish_night(tmp_path, config, 1, count=20)
    assert store.published(tmp_path / "warehouse") == published
