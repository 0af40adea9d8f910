import pickle
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opinions_factories import CLAUSES, engine, model, segmenter, taxonomy

from cem_nlp.opinions.decode import emotion, overall_polarity
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.explain import explain
from cem_nlp.opinions.model import Thresholds
from cem_nlp.opinions.taxonomy_check import findings
from cem_nlp.opinions.types import Reading
from cem_nlp.vocabulary import CATEGORIES, KINDS

WORDS = [words for clauses in CLAUSES.values() for words in clauses]
COMMENTS = st.lists(st.sampled_from([*WORDS, "今天", "！！", "😀", "abc", "\n"]), max_size=8).map("，".join)


def read(text: str, kind: str = "review") -> Reading:
    (reading,) = engine().read([text], [kind])
    return reading


def pairs(reading: Reading) -> list[tuple[str, str]]:
    return [(opinion.category, opinion.polarity) for opinion in reading.opinions]


def test_opinions_point_at_their_words() -> None:
    text = "质量很好，但是物流太慢，客服很耐心"
    reading = read(text)
    assert pairs(reading) == [("product", "positive"), ("convenience", "negative"), ("service", "positive")]
    assert [text[o.start : o.end] for o in reading.opinions] == ["质量很好", "物流太慢", "客服很耐心"]
    assert [o.touchpoint for o in reading.opinions] == ["use", "delivery", "after"]
    assert [o.topic for o in reading.opinions] == ["quality", None, None]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "好",
        "。。。！？",
        "😀👍🏻👨‍👩‍👧",
        "Great quality, fast delivery!",
        "とても良い品質です",
        "품질 좋아요",
        "è´¨é‡å¾ˆå¥½",
        "\x00\x07",
        "此用户未填写评价内容",
        "此用户没有填写评价!",
        "系统默认好评",
        "12345",
        "客服：质量很好",
    ],
)
def test_what_says_nothing_invents_nothing(text: str) -> None:
    reading = read(text, "transcript" if text.startswith("客服") else "review")
    assert reading.opinions == () or text == "好"
    assert (reading.polarity is None) == (reading.opinions == ())


def test_only_the_customers_turns_make_opinions() -> None:
    text = "客户：物流太慢 / 客服：质量很好，价格很便宜 / 客户：嗯"
    reading = read(text, "transcript")
    assert pairs(reading) == [("convenience", "negative")]
    assert text[reading.opinions[0].start :].startswith("物流太慢 /")


@settings(deadline=None, max_examples=40)
@given(st.lists(COMMENTS, min_size=1, max_size=6), st.sampled_from(sorted(KINDS)))
def test_readings_are_sound_and_do_not_depend_on_the_batch(texts: list[str], kind: str) -> None:
    together = engine().read(texts, [kind] * len(texts))
    for text, reading in zip(texts, together, strict=True):
        assert pairs(read(text, kind)) == pairs(reading)
        starts = [opinion.start for opinion in reading.opinions]
        assert starts == sorted(starts)
        for opinion in reading.opinions:
            assert 0 <= opinion.start < opinion.end <= len(text)
            assert text[opinion.start : opinion.end].strip()
            assert model().thresholds.opinion <= opinion.probability <= 1
        if reading.opinions:
            assert reading.peak is not None
            assert reading.end == emotion(reading.opinions[-1])
            assert all(abs(emotion(o) - 5) <= abs(reading.peak - 5) for o in reading.opinions)


def test_a_long_comment_is_one_comment() -> None:
    reading = read("物流太慢，今天天气好。" * 8_000)
    assert ("convenience", "negative") in pairs(reading)


def test_traditional_characters_read_alike() -> None:
    assert pairs(read("質量很好，物流太慢，安裝費亂收")) == pairs(read("质量很好，物流太慢，安装费乱收"))


def test_nothing_to_read_gives_nothing() -> None:
    assert engine().read([], []) == []


def test_emotions_run_from_zero_to_ten() -> None:
    reading = read("质量很好，物流太慢")
    assert reading.end is not None
    assert reading.mean is not None
    assert 0 <= reading.end < 5 < emotion(reading.opinions[0]) <= 10
    assert reading.mean == pytest.approx(sum(map(emotion, reading.opinions)) / 2, abs=1e-3)


def test_a_negated_fault_is_read_as_praise_in_reviews() -> None:
    assert pairs(read("物流不慢")) == [("convenience", "positive")]
    assert pairs(read("物流不慢", "transcript")) != [("convenience", "positive")]


def test_the_same_words_give_a_category_one_polarity() -> None:
    torn = replace(model(), thresholds=Thresholds(0.0, 1.0, 1.0))
    (reading,) = NetworkEngine(torn, taxonomy(), segmenter()).read(["物流太慢"], ["review"])
    assert len(reading.opinions) == len(CATEGORIES)
    assert pairs(reading).count(("convenience", "negative")) == 1


def test_whoever_files_a_complaint_complains() -> None:
    assert read("物流太慢", "complaint").intent == "complain"
    assert read("物流太慢").intent is None
    assert read("😀", "complaint").intent is None


def test_words_compare_with_what_was_expected_in_praise_alone() -> None:
    told = taxonomy(expectations={"above": {"words": ["没想到"]}, "met": {"words": ["果然"]}})
    texts = ["没想到质量很好", "没想到物流太慢", "果然质量很好", "果然质量很好，没想到客服很耐心"]
    readings = NetworkEngine(model(), told, segmenter()).read(texts, ["review"] * 4)
    assert [reading.expectation for reading in readings] == ["above", None, "met", "above"]


def test_words_name_a_touchpoint_before_the_network_does() -> None:
    named = taxonomy(touchpoint_words={"convenience": {"store": {"words": ["物流"]}}})
    (reading,) = NetworkEngine(model(), named, segmenter()).read(["物流太慢"], ["review"])
    assert [(o.touchpoint, o.decided_by) for o in reading.opinions] == [("store", "model")]


def test_a_rule_overrides_the_model_in_its_clause_alone() -> None:
    rule = {
        "name": "slow",
        "words": ["物流太慢"],
        "category": "brand",
        "polarity": "neutral",
        "touchpoint": "ad",
    }
    ruled = NetworkEngine(model(), taxonomy(rules=[rule]), segmenter())
    (reading,) = ruled.read(["质量很好，但是物流太慢"], ["review"])
    assert [(o.category, o.polarity, o.decided_by) for o in reading.opinions] == [
        ("product", "positive", "model"),
        ("brand", "neutral", "rule:slow"),
    ]
    assert [reason.words for reason in explain(ruled, "物流太慢")] == [()]


@pytest.mark.parametrize("text", ["yyds", "666", "👍", "so good, yyds!", "客户：yyds / 客服：bad"])
def test_a_rule_needs_no_chinese(text: str) -> None:
    rule = {"name": "cheer", "words": ["yyds", "666", "👍"], "category": "product", "polarity": "positive"}
    rule["touchpoint"] = "use"
    bad = {
        "name": "bad",
        "words": ["bad"],
        "category": "service",
        "polarity": "negative",
        "touchpoint": "ask",
    }
    kind = "transcript" if text.startswith("客户") else "review"
    own = taxonomy(rules=[rule, bad])
    (reading,) = NetworkEngine(model(), own, segmenter()).read([text], [kind])
    (opinion,) = reading.opinions
    assert (opinion.decided_by, reading.polarity, reading.unknown) == ("rule:cheer", "positive", None)
    assert opinion.end <= len(text.split(" / ")[0])
    assert findings(own, "so good, yyds!") == ("rule:cheer",)
    assert read(text, kind).opinions == ()


def test_an_explanation_names_the_words_that_decide() -> None:
    first, second = explain(engine(), "质量很好，物流太慢")
    assert (first.clause, second.clause) == ("质量很好", "物流太慢")
    assert {word for word, _ in second.words} <= {"物流", "太慢", "太", "慢"}
    assert second.words[0][1] > 0
    assert [pull for _, pull in second.words] == sorted((pull for _, pull in second.words), reverse=True)


def test_an_engine_crosses_process_borders() -> None:
    again = pickle.loads(pickle.dumps(model()))
    other = NetworkEngine(again, taxonomy(), segmenter())
    assert other.read(["物流太慢"], ["review"]) == engine().read(["物流太慢"], ["review"])
    assert (other.model_version, other.taxonomy_version) == (engine().model_version, taxonomy().version)


@pytest.mark.parametrize(
    ("polarities", "good", "is_review", "expected"),
    [
        ({"positive"}, 0.01, True, "positive"),
        ({"positive", "negative"}, 0.9, False, "positive"),
        ({"positive", "negative"}, 0.45, True, "neutral"),
        ({"neutral"}, 0.1, True, "negative"),
        ({"neutral"}, 0.1, False, "neutral"),
        ({"neutral"}, 0.3, True, "neutral"),
        ({"neutral", "negative"}, 0.99, True, "negative"),
    ],
)
def test_overall_polarity_is_the_opinions_unless_they_leave_it_open(
    polarities: set[str], good: float, is_review: bool, expected: str
) -> None:
    assert overall_polarity(polarities, good, is_review) == expected
