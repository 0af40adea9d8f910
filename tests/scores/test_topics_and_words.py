"""Topics that drive a score and words that are newly said: laws, planted cases, thin and hostile input."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cem_nlp.config import Scores
from cem_nlp.schemas import TABLES
from cem_nlp.scores.periods import BEFORE, EARLIER, NOW, windows
from cem_nlp.scores.topics import contributions, topic_table, topical_mentions
from cem_nlp.scores.words import log_odds_with_prior, two_sided_mid_p, word_table, words_said
from cem_nlp.text.words import telling_words

OWN = "甲"
DAY = date(2026, 9, 1)


def said(topic: str | None, polarity: str, **values: object) -> dict[str, object]:
    return {"topic": topic, "polarity": polarity, "category": "service", **values}


def mentions(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Each row a comment of its own with one opinion, unless it names its customer."""
    feedback = pd.DataFrame(
        {
            "feedback_id": [f"f{number}" for number in range(len(rows))],
            "brand": [row.get("brand", OWN) for row in rows],
            "source": [row.get("source", "评论") for row in rows],
            "window": [row.get("window", NOW) for row in rows],
            "customer_key": [row.get("customer") for row in rows],
            "business_date": DAY,
            "duplicate_of": None,
        }
    )
    opinions = pd.DataFrame([{"evidence": "话", **row} for row in rows]).assign(
        feedback_id=feedback["feedback_id"]
    )
    return topical_mentions(feedback, opinions)


FEW = Scores(minimum_mentions=3)
SERVICE = [
    *[said("contact", "negative")] * 10,
    *[said("attitude", "positive")] * 20,
    *[said(None, "positive")] * 10,
]


def topic(table: pd.DataFrame, code: str, brand: str = OWN) -> pd.Series:
    return table[(table["topic"] == code) & (table["brand"] == brand)].iloc[0]


def test_contribution_is_share_times_distance_from_the_category() -> None:
    contact = topic(topic_table(mentions(SERVICE), [OWN], FEW), "contact")
    # 10 of 40 mentions, score 0 against the category's 7.5.
    assert contact["share"] == pytest.approx(0.25)
    assert contact["contribution"] == pytest.approx(0.25 * (0 - 7.5))
    assert contact["contribution_low"] < contact["contribution"] < contact["contribution_high"] < 0
    assert contact["verdict"] == "hurts"


def misfits(table: pd.DataFrame, name: str) -> list[str]:
    """The columns of a table that are not as its schema says: missing, surplus, of another type, or null."""
    schema = TABLES[name].remove(TABLES[name].get_field_index("run_id"))
    if list(table.columns) != schema.names:
        return sorted(set(table.columns) ^ set(schema.names)) or ["order"]
    read = pa.Schema.from_pandas(table, preserve_index=False)
    other = [field.name for field in schema if not _alike(read.field(field.name).type, field.type)]
    return other + [field.name for field in schema if not field.nullable and table[field.name].isna().any()]


def _alike(found: pa.DataType, wanted: pa.DataType) -> bool:
    if pa.types.is_dictionary(found):
        found = found.value_type
    kinds = (pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean, pa.types.is_date)
    if pa.types.is_string(wanted):
        return pa.types.is_string(found) or pa.types.is_large_string(found)
    return any(kind(found) and kind(wanted) for kind in kinds)


def test_table_has_its_schema() -> None:
    table = topic_table(mentions([*SERVICE, *[{**row, "brand": "乙"} for row in SERVICE]]), [OWN], FEW)
    assert misfits(table, "topics") == []
    assert misfits(table.assign(n_mentions=table["n_mentions"].astype("str")), "topics") == ["n_mentions"]
    assert misfits(table.assign(verdict=None), "topics") == ["verdict", "verdict"]
    empty = topic_table(mentions(SERVICE).iloc[:0], [OWN], FEW)
    assert (list(empty.columns), len(empty)) == (list(table.columns), 0)
    assert set(table["verdict"]) <= {"helps", "hurts", "no_evidence", "suppressed"}
    assert table["share"].between(0, 1).all()
    assert not table.duplicated(["brand", "category", "topic"]).any()


def test_only_named_rivals_are_rivals_and_never_a_brand_of_one_s_own_house() -> None:
    loud = [{**row, "brand": "乙"} for row in SERVICE]
    calm = [{**row, "brand": "丙"} for row in [*SERVICE[10:], *[said("contact", "negative")] * 3]]
    everybody = mentions([*SERVICE, *loud, *calm])
    alone = {name: mentions([*SERVICE, *rows]) for name, rows in (("乙", loud), ("丙", calm))}

    def difference(said_of: pd.DataFrame, own: list[str], named: list[str]) -> float:
        return float(topic(topic_table(said_of, own, FEW, named), "contact")["against_rivals"])

    for name, said_of in alone.items():
        assert difference(everybody, [OWN], [name]) == pytest.approx(difference(said_of, [OWN], []))
    assert difference(everybody, [OWN, "丙"], []) == pytest.approx(difference(alone["乙"], [OWN], []))
    assert difference(everybody, [OWN], ["乙"]) != pytest.approx(difference(everybody, [OWN], []))


def test_thin_topic_is_suppressed_and_an_even_one_has_no_verdict() -> None:
    even = [said("attitude", polarity) for polarity in ("positive", "negative") * 10]
    rest = [said("other", polarity) for polarity in ("positive", "negative") * 10]
    table = topic_table(mentions([*even, *rest, *[said("rare", "negative")] * 2]), [OWN], FEW)
    rare = topic(table, "rare")
    assert rare["verdict"] == "suppressed"
    assert rare[["contribution", "experience", "contribution_low", "q_value"]].isna().all()
    assert topic(table, "attitude")["verdict"] == "no_evidence"


def test_one_talkative_customer_is_no_evidence() -> None:
    calm = [said("attitude", polarity) for polarity in ("positive", "negative") * 15]
    angry = [said("contact", "negative", customer="k")] * 12
    apart = [said("contact", "negative", customer=f"k{number}") for number in range(12)]
    assert topic(topic_table(mentions(calm + angry), [OWN], FEW), "contact")["verdict"] == "no_evidence"
    assert topic(topic_table(mentions(calm + apart), [OWN], FEW), "contact")["verdict"] == "hurts"


def test_against_before_and_rivals() -> None:
    before = [{**row, "window": BEFORE} for row in [*SERVICE[10:], *[said("contact", "negative")] * 3]]
    rivals = [{**row, "brand": "乙"} for row in SERVICE]
    elsewhere = [{**row, "brand": "乙", "source": "投诉"} for row in SERVICE[:10] * 5]
    contact = topic(topic_table(mentions([*SERVICE, *before, *rivals, *elsewhere]), [OWN], FEW), "contact")
    assert contact["against_before"] == pytest.approx(-1.875 + 3 / 33 * 300 / 33, abs=1e-9)
    assert contact["against_before_low"] < contact["against_before"] < contact["against_before_high"]
    # The complaints, which speak of the rival alone, do not count.
    share, score = 13 / 73, 10 * 60 / 73
    assert contact["against_rivals"] == pytest.approx(-share * score + 1.875)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", None]),
            st.sampled_from(["positive", "neutral", "negative"]),
            st.sampled_from(["k1", "k2", None]),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_contributions_sum_to_nothing(rows: list[tuple[str | None, str, str | None]]) -> None:
    """With mentions of no topic made a topic of their own."""
    table = contributions(mentions([said(t or "none", p, customer=c) for t, p, c in rows]))
    assert table["contribution"].sum() == pytest.approx(0, abs=1e-9)
    assert table["share"].sum() == pytest.approx(1)
    assert ((table["error"] >= 0) | table["error"].isna()).all()


def test_standard_error_is_that_of_repeated_draws() -> None:
    """Each of 300 brands is a draw of 120 mentions."""
    random = np.random.default_rng(3)
    about = random.random(300 * 120) < 0.3
    bad = random.random(300 * 120) < np.where(about, 0.7, 0.3)
    drawn = pd.DataFrame(
        {
            "brand": np.repeat(np.arange(300), 120),
            "category": "service",
            "topic": np.where(about, "a", "b"),
            "half_points": np.where(bad, 0, 2),
            "customer": np.arange(300 * 120),
        }
    )
    found = contributions(drawn)
    found = found[found["topic"] == "a"]
    assert len(found) == 300
    assert found["error"].mean() == pytest.approx(found["contribution"].std(), rel=0.12)


# Periods


def test_windows_end_with_the_last_dated_row() -> None:
    days = [DAY, DAY - timedelta(27), DAY - timedelta(28), DAY - timedelta(55), DAY - timedelta(56), None]
    frame = pd.DataFrame(
        {
            "business_date": [day or DAY + timedelta(400) for day in days],
            "created_at": [pd.NaT if day is None else pd.Timestamp(day, tz="UTC") for day in days],
        }
    )
    assert list(windows(frame, 28)) == [NOW, NOW, BEFORE, BEFORE, EARLIER, EARLIER]
    assert list(windows(frame.iloc[5:], 28)) == [EARLIER]


# Words


def use(word: str, customers: range, window: str = NOW, **values: object) -> pd.DataFrame:
    given = {"brand": OWN, "category": "product", "source": "评论"} | values
    return pd.DataFrame({"customer": customers, "word": word, "window": window}).assign(**given)


def common(window: str, first: int, count: int = 200, **values: object) -> list[pd.DataFrame]:
    """Ten words that everybody uses alike."""
    return [use(f"词{number}", range(first, first + count), window, **values) for number in range(10)]


def verdict(table: pd.DataFrame, word: str, comparison: str = "before") -> str:
    found = table[(table["word"] == word) & (table["comparison"] == comparison)]
    return str(found["verdict"].iloc[0]) if len(found) else "absent"


def test_new_rising_and_falling_words() -> None:
    parts = [*common(NOW, 0), *common(BEFORE, 1000), use("漏氟", range(40)), use("补贴", range(90))]
    parts += [
        use("补贴", range(1000, 1030), BEFORE),
        use("国庆", range(5)),
        use("国庆", range(1000, 1060), BEFORE),
    ]
    table = word_table(pd.concat(parts), [OWN])
    assert [verdict(table, word) for word in ("漏氟", "补贴", "国庆", "词3")] == [
        "new",
        "rising",
        "falling",
        "no_evidence",
    ]
    assert misfits(table, "words") == []


def test_distinctive_words_of_the_own_brand() -> None:
    parts = [*common(NOW, 0), *common(NOW, 1000, brand="乙"), use("静音", range(60))]
    table = word_table(pd.concat([*parts, use("漏水", range(1000, 1060), brand="乙")]), [OWN])
    assert verdict(table, "静音", "rivals") == "distinctive"
    assert verdict(table, "漏水", "rivals") == "rarer"
    third = [*parts, *common(NOW, 2000, brand="丙"), use("静音", range(2000, 2060), brand="丙")]
    assert verdict(word_table(pd.concat(third), [OWN], ["乙"]), "静音", "rivals") == "distinctive"
    assert verdict(word_table(pd.concat(third), [OWN], ["丙"]), "静音", "rivals") == "no_evidence"


def test_a_customer_counts_once_and_a_few_not_at_all() -> None:
    parts = [*common(NOW, 0), *common(BEFORE, 1000)]
    loud = pd.concat([use("漏氟", range(4))] * 30)
    table = word_table(pd.concat([*parts, loud]), [OWN])
    assert verdict(table, "漏氟") == "absent"
    twice = pd.concat([*parts, *[use("漏氟", range(30))] * 3])
    row = word_table(twice, [OWN]).query("word == '漏氟'").iloc[0]
    assert row["n"] == 30


def test_a_new_source_makes_no_word_new() -> None:
    parts = [*common(NOW, 0), *common(BEFORE, 1000)]
    calls = [use("您好啊", range(2000, 2300), source="通话"), *common(NOW, 2000, 300, source="通话")]
    assert verdict(word_table(pd.concat([*parts, *calls]), [OWN]), "您好啊") == "absent"


def test_no_words_no_rows() -> None:
    nothing = use("漏氟", range(0))
    assert word_table(nothing, [OWN]).empty
    assert word_table(pd.concat(common(NOW, 0)), []).empty
    assert word_table(pd.concat(common(NOW, 0)), [OWN]).empty


def test_log_odds_without_difference_are_nothing() -> None:
    counts = [np.array([value], dtype=float) for value in (20, 20, 1000, 1000)]
    odds, variance = log_odds_with_prior(*counts)
    assert odds[0] == pytest.approx(0)
    # Prior: 40 of 2,000 words, worth a tenth of 1,000: two uses on each side.
    assert variance[0] == pytest.approx(1 / 22 + 1 / 22)


def test_mid_p_is_exact() -> None:
    # Five of five where half is expected: twice half of 1/32.
    p = two_sided_mid_p(np.array([5.0, 3.0]), np.array([0.0, 3.0]), np.array([2.5, 3.0]))
    assert p == pytest.approx([1 / 32, 1.0])


def cut(text: str) -> list[str]:
    return text.split(" ")


def test_telling_words_leave_out_names_numbers_and_placeholders() -> None:
    texts = [
        "客服 打不通 [手机号] 手机号码 13800 a1b2",
        "打不通 打不通 APP 美的空调 空调 的",
        "我们 谢谢谢谢 wxid_abc",
    ]
    text, word, words = telling_words(texts, cut, ["我们"], ["美的"], ["美的 空调"])
    found = [(int(t), words[w]) for t, w in zip(text, word, strict=True)]
    assert found == [(0, "客服"), (0, "打不通"), (0, "手机号码"), (1, "打不通"), (1, "app")]


def test_words_are_joined_to_their_mentions() -> None:
    table = mentions([said("a", "positive", evidence=text) for text in ("快 慢慢", "慢慢", "无")])
    texts = list(table["evidence"].cat.categories)
    found = words_said(table, *telling_words(texts, cut))
    assert sorted(found["word"]) == ["慢慢", "慢慢"]
    assert found["customer"].nunique() == 2
