from typing import Any

import pytest
from opinions_factories import taxonomy, taxonomy_table

from cem_nlp.errors import ConfigError
from cem_nlp.model_files import load_taxonomy
from cem_nlp.opinions.taxonomy import Taxonomy
from cem_nlp.opinions.taxonomy_check import failures
from cem_nlp.opinions.taxonomy_table import parse_taxonomy
from cem_nlp.resources import shipped
from cem_nlp.vocabulary import CATEGORIES, DETERMINANTS, TOUCHPOINTS

RULE = {"name": "old", "words": ["旧款"], "category": "brand", "polarity": "negative", "touchpoint": "ad"}
NEAR = {"words": ["物流", "快递"], "with": ["慢"], "within": 4}
HEAVY = {"name": "重", "words": ["很重"]}


def topics(**tables: dict[str, Any]) -> Taxonomy:
    return taxonomy(categories={"product": {"topics": tables}})


def test_the_shipped_taxonomy_is_complete_and_passes_its_own_tests() -> None:
    shipped_one = load_taxonomy(shipped("data/taxonomy.toml"))
    assert list(shipped_one.touchpoints) == list(TOUCHPOINTS)
    assert {category: len(shipped_one.topics[category]) >= 8 for category in CATEGORIES} == dict.fromkeys(
        CATEGORIES, True
    )
    assert [theme.level for theme in shipped_one.themes.values()] == list(range(1, 11))
    assert set(shipped_one.determinants) == set(DETERMINANTS)
    assert {place.owner for place in shipped_one.touchpoints.values()} == set(shipped_one.owners)
    assert len(shipped_one.cases) >= 60
    assert failures(shipped_one) == []


def test_every_name_is_given_in_both_languages() -> None:
    shipped_one = load_taxonomy(shipped("data/taxonomy.toml"))
    named = [
        *shipped_one.owners.values(),
        *(place.name for place in shipped_one.touchpoints.values()),
        *(topic.name for of_category in shipped_one.topics.values() for topic in of_category.values()),
        *(theme.name for theme in shipped_one.themes.values()),
    ]
    assert all(name.zh != name.en and name.en.isascii() for name in named)


def test_the_topic_that_most_of_the_clause_speaks_for_wins_and_the_earlier_one_in_a_tie() -> None:
    found = taxonomy()
    assert found.topic_of("product", "质量和做工都好，屏幕一般") == "quality"
    assert found.topic_of("product", "屏幕的质量") == "quality"
    assert found.topic_of("product", "屏幕") == "screen"
    assert found.topic_of("product", "还行") is None
    assert found.topic_of("service", "质量") is None


def test_the_longer_of_overlapping_words_counts() -> None:
    found = topics(size={"name": "大小", "words": ["大"]}, grand={"name": "气派", "words": ["大气"]})
    assert found.topic_of("product", "很大气") == "grand"
    assert found.topic_of("product", "大") == "size"


def test_what_nobody_asks_a_company_for_is_marked() -> None:
    quiet = {"name": "坏了", "words": ["坏了"], "unasked": True}
    assert topics(broken=quiet, heavy=HEAVY).unasked == {"broken"}
    assert {"fault", "leaving"} <= load_taxonomy(shipped("data/taxonomy.toml")).unasked


def test_a_fallback_is_named_only_where_no_other_topic_has_a_word() -> None:
    found = topics(
        overall={"name": "总评", "words": ["非常不错"], "fallback": True},
        taste={"name": "味道", "words": ["味"]},
    )
    assert found.topic_of("product", "味非常不错") == "taste"
    assert found.topic_of("product", "非常不错") == "overall"


def test_the_category_that_most_of_a_clause_speaks_for() -> None:
    found = taxonomy(
        categories={
            "product": {"topics": {"quality": {"name": "质量", "words": ["质量"]}}},
            "service": {"topics": {"agents": {"name": "客服", "words": ["客服态度"]}}},
            "price": {"topics": {"any": {"name": "价格", "words": ["质量和客服态度"], "fallback": True}}},
        }
    )
    assert found.category_of("质量和客服态度") == "service"
    assert found.category_of("质量") == "product"
    assert found.category_of("今天") is None


def test_words_may_be_written_in_traditional_characters_and_letters_in_either_case() -> None:
    found = topics(software={"name": "軟件", "words": ["軟體", "App"]})
    assert found.topic_of("product", "这个软件") == "software"
    assert found.topic_of("product", "aPP打不开") == "software"


def test_themes_come_in_the_taxonomys_order() -> None:
    found = taxonomy()
    assert found.themes_of([found.told_by("态度好"), found.told_by("买得放心")]) == ("trust", "respect")


def test_determinants_count_where_an_expectation_is_spoken_of_and_right_beside() -> None:
    found = taxonomy(
        expectation_cues={"words": ["没想到"]},
        determinants={"promotion": {"words": ["广告"]}, "word_of_mouth": {"words": ["听说"]}},
    )
    clauses = [found.told_by(text) for text in ("听说好", "看广告来的", "没想到差", "广告", "广告")]
    assert found.determinants_of(clauses) == ("promotion",)
    assert found.determinants_of(clauses[:1]) == ()
    assert found.determinants_of(clauses[:1], hinted=[0]) == ("word_of_mouth",)
    assert found.determinants_of(clauses[3:]) == ()


def test_words_name_a_touchpoint_for_their_category_alone_and_the_first_decides() -> None:
    named = taxonomy(
        touchpoint_words={"convenience": {"after": {"words": ["热线"]}, "store": {"words": ["排队", "网点"]}}}
    )
    assert named.touchpoint_of("convenience", "网点排队两小时") == "store"
    assert named.touchpoint_of("convenience", "热线排队两小时") == "after"
    assert named.touchpoint_of("service", "网点的人不理我") is None
    assert named.touchpoint_of("convenience", "等了两小时") is None


def test_a_rule_gives_way_to_its_exceptions_and_the_first_decides() -> None:
    other = {"name": "other", "words": ["款"], "opinion": "none"}
    ruled = taxonomy(rules=[{**RULE, "not": ["不是旧款"]}, other])
    assert [
        told.rule and told.rule.name for told in map(ruled.told_by, ("发来的是旧款", "不是旧款", "x"))
    ] == [
        "old",
        "other",
        None,
    ]


def test_a_requirement_is_read_in_both_languages_and_decides_no_version() -> None:
    topic = {"name": "质量", "words": ["质量"]}
    asked = topic | {"requirement": "收紧出厂检验", "requirement_en": "tighten the final check"}
    plain, wished = (
        taxonomy(categories={"product": {"topics": {"quality": entry}}}) for entry in (topic, asked)
    )
    assert plain.version == wished.version
    assert plain.topics["product"]["quality"].requirement is None
    assert wished.topics["product"]["quality"].requirement == ("收紧出厂检验", "tighten the final check")


def test_every_shipped_topic_says_what_it_requires_in_words_of_its_own() -> None:
    topics = load_taxonomy(shipped("data/taxonomy.toml")).topics.values()
    asked = [topic.requirement for of_category in topics for topic in of_category.values()]
    assert None not in asked
    assert len(set(asked)) == len(asked)


def test_any_change_but_of_the_tests_changes_the_version() -> None:
    other, tested = taxonomy_table(), taxonomy_table()
    other["themes"] = {"trust": {"name": "信任", "level": 1, "words": ["放心"]}}
    tested["tests"] = [{"text": "放心", "expect": ["theme:trust"]}]
    versions = [parse_taxonomy(table).version for table in (taxonomy_table(), other, tested)]
    assert versions[0] == versions[2] != versions[1]
    assert all(version.startswith("test+") and len(version) == 13 for version in versions)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"topics": {}}, "version, owners, touchpoints, categories, themes"),
        ({"version": ""}, "where: version"),
        ({"themes": {"trust": {"name": "信任", "level": 1, "words": []}}}, "words, near, regex"),
        ({"themes": {"trust": {"name": "信任", "level": 1, "word": ["放心"]}}}, "did you mean: words"),
        ({"themes": {"trust": {"name": "信任", "level": 0, "words": ["放心"]}}}, "1–10"),
        ({"themes": {"trust": {"name": "信任", "words": ["放心"]}}}, "the key level is missing"),
        ({"themes": []}, "where: themes"),
        ({"categories": {"quality": {"topics": {}}}}, "product, service"),
        ({"categories": {"product": {"topics": {"a": HEAVY, "b": HEAVY}}}}, "product.topics.a.words"),
        (
            {"categories": {c: {"topics": {"a": HEAVY}} for c in ("product", "price")}},
            "given before, in categories.product.topics.a",
        ),
        ({"touchpoints": {}}, "the key ad is missing"),
        ({"owners": {}}, "touchpoints.ad.owner"),
        ({"touchpoint_words": {"speed": {}}}, "convenience"),
        ({"touchpoint_words": {"price": {"branch": {"words": ["柜台"]}}}}, "store"),
        ({"expectations": {"below": {"words": ["失望"]}}}, "above, met"),
        ({"determinants": {"rumour": {"words": ["听说"]}}}, "word_of_mouth, promotion"),
        ({"rules": [{**RULE, "polarity": "bad"}]}, "rules[0].polarity"),
        ({"rules": [{**RULE, "opinion": "none"}]}, "category, polarity, touchpoint, opinion"),
        ({"rules": [{"name": "x", "words": ["x"]}]}, "opinion = 'none'"),
        ({"rules": [RULE, RULE]}, "given before, in rules[0].name"),
        ({"rules": ["x"]}, "rules[0]"),
        ({"rules": [{**RULE, "words": ["涨价", "VIP"], "not": ["涨", "vip"]}]}, "rules[0].not"),
        ({"rules": [{**RULE, "words": ["慢了"], "near": [NEAR], "not": ["慢"]}]}, "can never hold"),
        ({"tests": [{"text": "放心"}]}, "the test checks nothing"),
        ({"tests": [{"text": "放心", "expect": ["theme:trusts"]}]}, "did you mean: theme:trust"),
        ({"tests": [{"text": "放心", "not": ["rule:x"]}]}, "topic:quality, topic:screen, theme:trust"),
    ],
)
def test_an_error_names_key_value_and_valid_ones(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        taxonomy(**changes)
    assert said in caught.value.explain("en")


def test_a_rule_may_exclude_some_of_its_words() -> None:
    priced = {**RULE, "words": ["贵", "涨价"], "not": ["涨", "不贵"]}
    slow = {**RULE, "name": "slow", "near": [NEAR], "not": ["旧", "快递"]}
    assert len(taxonomy(rules=[priced, slow]).rules) == 2


def test_a_touchpoint_needs_a_known_channel() -> None:
    table = taxonomy_table()
    table["touchpoints"]["ad"]["channel"] = "tv"  # type: ignore[index]
    with pytest.raises(ConfigError, match="face_to_face, phone_inbound"):
        parse_taxonomy(table)
