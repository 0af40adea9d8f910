"""What calls are about and what becomes of them: words, times, later contacts, and what stays unknown."""

import gzip
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from cem_nlp.cem.service import line_of, service_calls, service_topics
from cem_nlp.cem.service_patterns import parse_service
from cem_nlp.cem.service_times import repeats, silences
from cem_nlp.cem.service_turns import CallWords, read_call, read_calls
from cem_nlp.errors import ConfigError
from cem_nlp.model_files import load_taxonomy
from cem_nlp.resources import shipped
from cem_nlp.schemas import TABLES
from cem_nlp.toml_file import read_toml

PATTERNS = read_toml(shipped("data/service.toml"), parse_service)
TAXONOMY = load_taxonomy(shipped("data/taxonomy.toml"))
RATED = Path(__file__).resolve().parents[3] / "shared/corpus/pool/helpdesk_dialogues.jsonl.gz"


def read(*turns: str) -> CallWords:
    """Turns begin with 客 or 服."""
    roles = {"客": "customer", "服": "agent"}
    return read_call([(roles[turn[0]], turn[1:]) for turn in turns], TAXONOMY, PATTERNS)


@pytest.mark.parametrize(
    ("turns", "outcome"),
    [
        (("客空调漏水", "服请重启试试", "客解决了，谢谢"), "resolved"),
        (("客空调漏水", "服请重启试试", "客谢谢，好了"), "resolved"),
        (("客空调漏水", "服请重启试试", "客还是不行"), "unresolved"),
        (("客空调漏水", "服请重启试试", "客试过了，没用"), "unresolved"),
        (("客空调漏水", "服请重启试试", "客谢谢，可是还没好，还在漏"), "unresolved"),
        (("客空调漏水", "服请重启试试", "客那什么时候能来修？谢谢"), "unknown"),
        (("客空调漏水", "服请重启试试", "客还是不行", "服换个插座呢", "客好了"), "resolved"),
        (("客空调漏水", "服请重启试试", "客我在家"), "unknown"),
        (("客解决了，谢谢",), "unknown"),  # nobody has answered yet
        (("客谢谢", "服不客气"), "unknown"),
        (("服您好，请讲", "服再见"), "unknown"),
        ((), "unknown"),
    ],
)
def test_outcome_stands_in_the_last_words(turns: tuple[str, ...], outcome: str) -> None:
    assert read(*turns).outcome == outcome


@pytest.mark.parametrize(
    ("said", "promises"),
    [
        ("会尽快给您回复", ("callback",)),
        ("我们24小时内答复您", ("callback",)),
        ("马上为您处理", ("handling",)),
        ("已经派单，师傅会提前半小时联系您", ("visit", "callback")),
        ("多收的160元，三天内退到您原支付账户", ("refund",)),
        ("后续会优化提示", ("improve",)),
        ("请问需要安排师傅上门吗？", ()),
        ("抱歉没有及时回复您", ()),
        ("您好，请讲", ()),
    ],
)
def test_promises_of_agents(said: str, promises: tuple[str, ...]) -> None:
    assert set(read("客你好", f"服{said}").promises) == set(promises)
    assert read(f"客{said}").promises == ()


def test_questions_have_topics_and_are_asked_by_customers() -> None:
    call = read("客包安装吗？辅材多少钱，你给个准数。", "服您问的是安装费多少钱吗？")
    assert set(call.asked) <= {topic for topics in TAXONOMY.topics.values() for topic in topics}
    assert call.asked
    assert read("服包安装吗？").asked == ()


def test_a_side_that_does_not_speak_is_unknown() -> None:
    agent_only, customer_only = read("服我帮您转接人工"), read("客说好今天来又没有人来")
    assert (agent_only.transferred, agent_only.says_broken) == (True, None)
    assert (customer_only.transferred, customer_only.says_broken) == (None, True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"greeting": {"words": ["你好"]}}, "unknown key"),
        ({"transfer": {"regex": ["(?=转)"]}}, "the pattern cannot be used"),
        ({"resolved": {}}, "no condition is given"),
        ({"promises": {"callback": {"words": ["回电"]}}}, "the key name is missing"),
        ({"version": None}, "a value is empty"),
    ],
)
def test_broken_patterns_are_refused(change: dict[str, object], said: str) -> None:
    one = {"words": ["词"]}
    whole = dict.fromkeys(("question", "resolved", "unresolved", "broken_promise", "transfer"), one)
    good = {"version": "1", "promises": {"callback": {"name": "回电", "words": ["回电"]}}, **whole}
    assert parse_service(good).promises["callback"].zh == "回电"
    with pytest.raises(ConfigError, match=said):
        parse_service(good | change)


# Times


def timed(*offsets: float | None, text: str = "一二三四五六七八") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "feedback_id": "c",
            "turn_no": range(len(offsets)),
            "role": "agent",
            "offset_seconds": pd.array(offsets, dtype="Float64").to_numpy(float, na_value=np.nan),
            "text": text,
        }
    )


def test_silence_is_what_words_leave_of_the_time() -> None:
    # Eight characters take two seconds: gaps of 4 and 12 seconds leave 2 (talking) and 10.
    found = silences(timed(0, 4, 16)).loc["c"]
    assert found.to_dict() == {
        "seconds": 16,
        "silence_seconds": 10,
        "silence_share": 10 / 16,
        "longest_silence": 10,
    }


@pytest.mark.parametrize("offsets", [(0,), (0, None, 9), (None, None), (5, 3, 9), (4, 4)])
def test_calls_without_times_tell_nothing(offsets: tuple[float | None, ...]) -> None:
    assert silences(timed(*offsets)).loc["c"].isna().all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 500), min_size=2, max_size=12).map(sorted))
def test_silence_is_part_of_the_call(offsets: list[float]) -> None:
    found = silences(timed(*offsets)).loc["c"]
    if found.notna().all():
        assert 0 <= found["longest_silence"] <= found["silence_seconds"] <= found["seconds"] + 1e-9


# Tables


def contact(number: int, days: float | None, **values: object) -> dict[str, object]:
    time = None if days is None else datetime(2026, 9, 1, tzinfo=UTC) + timedelta(days=days)
    return {
        "feedback_id": f"c{number}",
        "kind": "transcript",
        "brand": "澄居",
        "product": "静澜空调",
        "is_own": True,
        "customer_key": "k",
        "created_at": time,
        "business_date": date(2026, 9, 1),
    } | values


def frame(*contacts: dict[str, object]) -> pd.DataFrame:
    table = pd.DataFrame(contacts)
    return table.assign(created_at=pd.to_datetime(table["created_at"], utc=True))


def test_the_same_customer_within_seven_days_is_a_repeat() -> None:
    found = repeats(
        frame(
            contact(0, 0),
            contact(1, 6.9),
            contact(2, 14),
            contact(3, 15, customer_key=None),
            contact(4, None),
            contact(5, 15, brand="北岭"),
            contact(6, 16, kind="review"),
        )
    )
    assert found["repeated"].astype(object).where(found["repeated"].notna(), None).tolist() == [
        False,
        True,
        False,
        None,
        None,
        False,
        None,
    ]
    assert found["repeat_of"].tolist() == [None, "c0", None, None, None, None, None]
    assert found["next_contact"].tolist() == ["c1", "c2", "c6", None, None, None, None]


def calls_of(contacts: pd.DataFrame, said: dict[str, tuple[str, ...]], moods: dict[str, str]) -> pd.DataFrame:
    turns = pd.DataFrame(
        [
            {"feedback_id": call, "turn_no": number, "role": role, "offset_seconds": np.nan, "text": text[1:]}
            for call, texts in said.items()
            for number, text in enumerate(texts)
            for role in ["customer" if text[0] == "客" else "agent"]
        ],
        columns=["feedback_id", "turn_no", "role", "offset_seconds", "text"],
    )
    opinions = pd.DataFrame(
        {"feedback_id": ["c0", "c0"], "polarity": ["negative", "positive"], "topic": ["fault", "value"]}
    )
    comments = pd.DataFrame({"feedback_id": list(moods), "polarity": list(moods.values())})
    words = read_calls(turns, TAXONOMY, PATTERNS)
    return service_calls(contacts, turns, opinions, comments, words, {"空调": ("空调",)}).set_index(
        "feedback_id"
    )


PROMISED = ("客空调漏水，怎么办？", "服我帮您登记，24小时内给您回复")


def test_a_promise_is_judged_by_the_next_contact() -> None:
    contacts = frame(
        *(contact(n, 3 * n, customer_key="ab"[n // 2]) for n in range(4)), contact(9, 1, customer_key="z")
    )
    said = {
        "c0": PROMISED,
        "c1": ("客说好24小时，没有人联系我", "服抱歉"),
        "c2": PROMISED,
        "c3": ("客已经修好了", "服好的", "客谢谢，好了"),
        "c9": PROMISED,
    }
    table = calls_of(contacts, said, {})
    kept = table["promise_kept"].astype(object).where(table["promise_kept"].notna(), None)
    assert kept.tolist() == [False, None, True, None, None]
    assert table.loc["c0", "complained"] == ["fault"]
    assert [list(promises) for promises in table["promises"][:3]] == [
        ["handling", "callback"],
        [],
        ["handling", "callback"],
    ]
    assert table["product_line"].unique().tolist() == ["空调"]
    arrow = table.reset_index().assign(run_id="r")
    pa.Table.from_pandas(arrow, schema=TABLES["service_calls"], preserve_index=False)


def test_a_call_without_turns_or_times_is_unknown_and_never_guessed() -> None:
    call = calls_of(frame(contact(0, None, customer_key=None)), {}, {}).loc["c0"]
    assert call["resolution"] == "unknown"
    unknown = ["promise_kept", "says_broken", "transferred", "repeated", "seconds", "silence_share"]
    assert call[unknown].isna().all()


def test_no_calls_no_rows() -> None:
    table = calls_of(frame(contact(0, 0, kind="review")), {}, {}).reset_index()
    assert table.empty
    topics = service_topics(table, {}, 5)
    for name, rows in (("service_calls", table), ("service_topics", topics)):
        pa.Table.from_pandas(rows.assign(run_id="r"), schema=TABLES[name], preserve_index=False)


def test_topics_are_counted_by_brand_line_and_product() -> None:
    calls = pd.DataFrame(
        {
            "brand": "澄居",
            "product_line": ["空调"] * 6 + ["unknown"] * 4,
            "product": ["甲"] * 3 + ["乙"] * 3 + ["unknown"] * 4,
            "resolution": ["resolved"] * 4 + ["unresolved", "unknown"] * 3,
            "asked": [["fee"]] * 8 + [[]] * 2,
            "complained": [["fault"]] + [[]] * 9,
        }
    )
    table = service_topics(calls, {"fee": "price", "fault": "product"}, 5)
    rows = table.set_index(["said", "topic", "product_line", "product"])
    fee = rows.loc[("asked", "fee", "all", "all")]
    assert (fee["n_calls"], fee["n_all"], fee["share"]) == (8, 10, 0.8)
    assert (fee["n_resolved"], fee["n_unresolved"], fee["n_unknown"]) == (4, 2, 2)
    assert fee["resolved_share"] == pytest.approx(4 / 6)
    assert fee["resolved_share_low"] < 4 / 6 < fee["resolved_share_high"]
    assert rows.loc[("asked", "fee", "空调", "all"), "n_calls"] == 6
    assert rows.loc[("asked", "fee", "all", "甲"), "suppressed"]
    fault = rows.loc[("complained", "fault", "all", "all")]
    assert fault["suppressed"]
    assert np.isnan(fault["share"])
    assert not any("unknown" in key for key in rows.index)
    pa.Table.from_pandas(table.assign(run_id="r"), schema=TABLES["service_topics"], preserve_index=False)


def test_line_of_a_product() -> None:
    lines = {"空调": ("空调", "挂机"), "冰箱": ("冰箱",)}
    assert [line_of(product, lines) for product in ("静澜挂机", "青鲜冰箱", "手机")] == [
        "空调",
        "冰箱",
        "unknown",
    ]


@pytest.mark.slow
@pytest.mark.skipif(not RATED.exists(), reason=f"the rated dialogues are not there: {RATED}")
def test_outcomes_agree_with_satisfaction() -> None:
    """What the head of data/service.toml says."""
    with gzip.open(RATED, "rt", encoding="utf-8") as lines:
        calls = [call for call in map(json.loads, lines) if call.get("satisfaction") is not None]
    outcomes = np.array(
        [read_call([(t["role"], t["text"]) for t in c["turns"]], TAXONOMY, PATTERNS).outcome for c in calls]
    )
    rated = np.array([call["satisfaction"] for call in calls])
    good, bad = rated[outcomes == "resolved"], rated[outcomes == "unresolved"]
    assert len(good) > 500
    assert len(bad) > 500
    assert mannwhitneyu(good, bad).statistic / (len(good) * len(bad)) > 0.92
