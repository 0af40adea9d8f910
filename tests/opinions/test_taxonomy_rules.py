from typing import Any

import pytest
from opinions_factories import engine, model, segmenter, taxonomy

from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.types import Opinion

TEXT = "质量很好，但是物流太慢，客服很耐心"


def read(text: str, *rules: dict[str, Any]) -> tuple[Opinion, ...]:
    (reading,) = NetworkEngine(model(), taxonomy(rules=list(rules)), segmenter()).read([text], ["review"])
    return reading.opinions


def said(opinions: tuple[Opinion, ...]) -> list[tuple[str, str, str, str]]:
    return [(o.category, o.polarity, o.touchpoint, o.decided_by) for o in opinions]


def test_without_rules_the_model_decides() -> None:
    assert said(read(TEXT)) == [
        ("product", "positive", "use", "model"),
        ("convenience", "negative", "delivery", "model"),
        ("service", "positive", "after", "model"),
    ]


def test_a_complete_rule_says_what_its_clause_holds() -> None:
    rule = {"name": "慢", "near": [{"words": ["物流"], "with": ["慢"], "within": 2}]}
    opinions = read(TEXT, {**rule, "category": "brand", "polarity": "neutral", "touchpoint": "ad"})
    assert said(opinions)[1] == ("brand", "neutral", "ad", "rule:慢")
    assert len(opinions) == 3
    assert TEXT[opinions[1].start : opinions[1].end] == "物流太慢"
    assert opinions[1].probability > 0.99


def test_a_rule_may_find_what_the_model_does_not() -> None:
    rule = {"name": "星期", "words": ["星期"], "category": "brand", "polarity": "neutral", "touchpoint": "ad"}
    assert said(read("今天星期二", rule)) == [("brand", "neutral", "ad", "rule:星期")]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({"touchpoint": "bill"}, ("convenience", "negative", "bill", "rule:物流")),
        ({"polarity": "positive"}, ("convenience", "positive", "delivery", "rule:物流")),
        ({"category": "price", "touchpoint": "order"}, ("price", "negative", "order", "rule:物流")),
    ],
)
def test_a_rule_may_change_part_of_what_the_model_says(
    part: dict[str, str], expected: tuple[str, str, str, str]
) -> None:
    rule = {"name": "物流", "words": ["物流"], **part}
    changed, unchanged = read(TEXT, rule), read(TEXT)
    assert said(changed)[1] == expected
    assert changed[1].probability == unchanged[1].probability
    assert (changed[0], changed[2]) == (unchanged[0], unchanged[2])
    assert read("今天星期二", {**rule, "words": ["星期"]}) == ()


def test_a_changed_category_gets_a_topic_of_its_own() -> None:
    rule = {"name": "屏", "words": ["质量"], "category": "product"}
    assert read("质量太差", rule)[0].topic == "quality"


def test_a_rule_may_say_that_there_is_no_opinion() -> None:
    rule = {"name": "无", "words": ["物流"], "opinion": "none"}
    assert said(read(TEXT, rule)) == [said(read(TEXT))[0], said(read(TEXT))[2]]
    assert read("物流太慢", rule) == ()


def test_the_model_may_find_the_same_opinion_in_another_clause() -> None:
    rule = {"name": "无", "words": ["物流"], "opinion": "none"}
    (opinion,) = read("物流太慢，等了十天才到", rule)
    assert (opinion.category, opinion.polarity, opinion.decided_by) == ("convenience", "negative", "model")
    assert opinion.start == 5


def test_an_opinion_comes_once_however_many_clauses_a_rule_decides() -> None:
    rule = {"name": "差", "words": ["太"], "category": "brand", "polarity": "negative", "touchpoint": "ad"}
    (opinion,) = read("物流太慢，质量太差，价格太贵了", rule)
    assert opinion.start == 0


def test_rules_that_do_not_apply_change_nothing() -> None:
    rule = {"name": "x", "words": ["没有的词"], "opinion": "none"}
    ruled = NetworkEngine(model(), taxonomy(rules=[rule]), segmenter())
    assert ruled.read([TEXT, ""], ["review"] * 2) == engine().read([TEXT, ""], ["review"] * 2)
