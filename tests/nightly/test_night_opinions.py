"""What a night says of its opinions holds together across the tables."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from night_factories import (
    CALL,
    NIGHT,
    call,
    calls_source,
    publish,
    review,
    reviews,
    rows_of,
    source,
    write_config,
    write_csv,
    write_json_lines,
)
from night_secrets import WORDS

from cem_nlp.text import customer_spans
from cem_nlp.vocabulary import CATEGORIES, EXPECTATIONS, INTENTS, POLARITIES, TOUCHPOINTS

pytestmark = pytest.mark.slow
LONG = "这台空调制冷特别快，晚上睡觉也没有噪音，安装的师傅穿了鞋套，走的时候还把地擦干净了"
ODD = (
    "服務態度超級差！！！客服根本不理人，氣死我了😡😡",
    "質量　很好\u200b，１００分👍🏻，就是&nbsp;价格偏贵",
    "The delivery was quick but the remote control is broken",
    "好评好评好评",
    "😀😀😀",
    "味道很好\r\n\r\n送货也快\x00，下次还买",
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A night of plain, odd, secret, near-duplicate and very long comments, and calls."""
    folder = tmp_path_factory.mktemp("night")
    said = [*ODD, *WORDS, LONG, f"{LONG}！", LONG + "。", "噪音很大，" * 70_000]
    odd = [review(100 + number, 评论=text, 品牌="贝岭", 商品="柜机") for number, text in enumerate(said)]
    write_csv(folder / "reviews.csv", [*reviews(40), *odd])
    praise = [("坐席", 0, "我们的师傅态度特别好，产品质量也非常好"), ("客户", 5, "嗯，好的")]
    write_json_lines(folder / "calls.jsonl", [call(1), call(2, praise), call(3, CALL[1:2])])
    publish(write_config(folder, source(), calls_source()))
    return folder / "warehouse"


@pytest.fixture(scope="module")
def feedback(warehouse: Path) -> dict[str, dict[str, Any]]:
    return {row["feedback_id"]: row for row in rows_of(warehouse, "feedback")}


@pytest.fixture(scope="module")
def opinions(warehouse: Path) -> list[dict[str, Any]]:
    return rows_of(warehouse, "opinions")


def test_every_opinion_points_at_its_words(
    feedback: dict[str, dict[str, Any]], opinions: list[dict[str, Any]]
) -> None:
    assert len(opinions) > len(feedback)
    for opinion in opinions:
        text = feedback[opinion["feedback_id"]]["text"]
        assert 0 <= opinion["start"] < opinion["end"] <= len(text)
        assert opinion["evidence"] == text[opinion["start"] : opinion["end"]]
        assert 0 < opinion["probability"] <= 1
        assert opinion["category"] in CATEGORIES
        assert opinion["polarity"] in POLARITIES
        assert opinion["touchpoint"] in TOUCHPOINTS


def test_opinions_of_a_comment_are_numbered_from_nought(opinions: list[dict[str, Any]]) -> None:
    numbers: dict[str, list[int]] = {}
    for opinion in opinions:
        numbers.setdefault(opinion["feedback_id"], []).append(opinion["opinion_no"])
    assert all(found == list(range(len(found))) for found in numbers.values())


def test_every_comment_has_one_reading(warehouse: Path, feedback: dict[str, dict[str, Any]]) -> None:
    comments = rows_of(warehouse, "comments")
    assert Counter(row["feedback_id"] for row in comments) == Counter(list(feedback))
    assert {row["intent"] for row in comments} <= {None, *INTENTS}
    assert {row["expectation"] for row in comments} <= {None, *EXPECTATIONS}
    silent = {row["feedback_id"] for row in comments if row["polarity"] is None}
    assert silent == feedback.keys() - {row["feedback_id"] for row in rows_of(warehouse, "opinions")}


def test_in_a_call_only_the_customer_has_opinions(
    warehouse: Path, feedback: dict[str, dict[str, Any]], opinions: list[dict[str, Any]]
) -> None:
    calls = {number: row for number, row in feedback.items() if row["kind"] == "transcript"}
    assert len(calls) == 3
    found = [opinion for opinion in opinions if opinion["feedback_id"] in calls]
    assert found
    for opinion in found:
        spans = customer_spans(calls[opinion["feedback_id"]]["text"], "transcript")
        assert any(start <= opinion["start"] and opinion["end"] <= end for start, end in spans)
    turns = rows_of(warehouse, "turns")
    for number, row in calls.items():
        own = sorted(
            (turn for turn in turns if turn["feedback_id"] == number), key=lambda turn: turn["turn_no"]
        )
        names = {"customer": "客户", "agent": "客服"}
        assert " / ".join(f"{names[turn['role']]}：{turn['text']}" for turn in own) == row["text"]


def test_scores_count_each_opinion_once_and_no_near_duplicate(
    warehouse: Path, feedback: dict[str, dict[str, Any]], opinions: list[dict[str, Any]]
) -> None:
    copies = {number for number, row in feedback.items() if row["duplicate_of"] is not None}
    assert len(copies) == 2
    assert {feedback[number]["duplicate_of"] for number in copies} <= feedback.keys() - copies
    (counts,) = rows_of(warehouse, "sources", "run_id")[:1]
    assert counts["near_duplicates"] == 2

    counted = [opinion for opinion in opinions if opinion["feedback_id"] not in copies]
    assert len(counted) < len(opinions)
    scores = rows_of(warehouse, "scores")
    for row in scores:
        assert row["n_mentions"] == row["positive"] + row["neutral"] + row["negative"]
    (total,) = [row for row in scores if row["grain"] == "total"]
    assert total["n_mentions"] == len(counted)
    assert total["n_feedback"] == len({opinion["feedback_id"] for opinion in counted})
    for name in ("category", "touchpoint"):
        cells = Counter((feedback[row["feedback_id"]]["brand"], row[name]) for row in counted)
        grain = f"brand×{name}"
        assert {
            (row["brand"], row[name]): row["n_mentions"] for row in scores if row["grain"] == grain
        } == cells


def test_the_short_report_that_prefect_keeps_quotes_nobody(
    warehouse: Path, opinions: list[dict[str, Any]]
) -> None:
    short = (warehouse / "current" / "report.md").read_text("utf-8")
    assert "贝岭" in short
    assert not [row["evidence"] for row in opinions if len(row["evidence"]) > 5 and row["evidence"] in short]


def test_what_was_repaired_is_recorded(feedback: dict[str, dict[str, Any]]) -> None:
    by_text = {row["text"]: row for row in feedback.values()}
    assert by_text["質量 很好，100分👍🏻，就是 价格偏贵"]["fixes"]
    assert by_text["味道很好\n送货也快，下次还买"]["fixes"]
    assert {row["business_date"].isoformat()[:7] for row in feedback.values()} == {"2026-08", NIGHT[:7]}
