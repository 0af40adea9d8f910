from pathlib import Path
from typing import Any

import pytest
from opinions_factories import taxonomy, taxonomy_table

from cem_nlp.errors import ConfigError
from cem_nlp.model_files import load_taxonomy
from cem_nlp.opinions.taxonomy import parse_taxonomy
from cem_nlp.resources import shipped
from cem_nlp.vocabulary import CATEGORIES, TOUCHPOINTS

RULE = {"name": "old", "words": ["旧款"], "category": "brand", "polarity": "negative", "touchpoint": "ad"}


def test_the_shipped_taxonomy_is_complete() -> None:
    shipped_one = load_taxonomy(shipped("data/taxonomy.toml"))
    assert list(shipped_one.touchpoints) == list(TOUCHPOINTS)
    assert set(shipped_one.topics) == set(CATEGORIES)
    assert len(shipped_one.themes) == 10
    assert shipped_one.topic_of("product", "房间很干净") == "environment"
    assert shipped_one.topic_of("price", "退房还多扣了一百块") == "fee"


def test_the_topic_with_most_words_wins_and_the_earlier_one_in_a_tie() -> None:
    found = taxonomy()
    assert found.topic_of("product", "质量和做工都好，屏幕一般") == "quality"
    assert found.topic_of("product", "屏幕的质量") == "quality"
    assert found.topic_of("product", "屏幕") == "screen"
    assert found.topic_of("product", "还行") is None
    assert found.topic_of("service", "质量") is None


def test_the_longer_of_overlapping_words_counts() -> None:
    topics = {"size": {"name": "大小", "words": ["大"]}, "grand": {"name": "气派", "words": ["大气"]}}
    assert taxonomy(categories={"product": {"topics": topics}}).topic_of("product", "很大气") == "grand"


def test_themes_come_in_the_taxonomys_order() -> None:
    assert taxonomy().themes_of("态度好，买得放心") == ("trust", "respect")


def test_a_rule_gives_way_to_its_exceptions() -> None:
    ruled = taxonomy(rules=[{**RULE, "unless": ["不是旧款"]}])
    assert ruled.rule_of("发来的是旧款") is not None
    assert ruled.rule_of("不是旧款") is None


def test_any_change_changes_the_version() -> None:
    other = taxonomy_table()
    other["themes"] = {"trust": {"name": "信任", "words": ["放心"]}}
    versions = {parse_taxonomy(table).version for table in (taxonomy_table(), other)}
    assert len(versions) == 2
    assert all(version.startswith("test+") and len(version) == 13 for version in versions)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"topics": {}}, "version, touchpoints, categories, themes, rules"),
        ({"version": ""}, "taxonomy.version"),
        ({"themes": {"trust": {"name": "信任", "words": []}}}, "themes.trust.words"),
        ({"themes": {"trust": {"name": "信任", "word": ["放心"]}}}, "did you mean: words"),
        ({"themes": []}, "taxonomy.themes"),
        ({"categories": {"quality": {"topics": {}}}}, "product, service"),
        ({"touchpoints": {}}, "touchpoints.ad"),
        ({"rules": [{**RULE, "polarity": "bad"}]}, "rules[0].polarity"),
        ({"rules": ["x"]}, "rules[0]"),
    ],
)
def test_an_error_names_key_value_and_valid_ones(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        taxonomy(**changes)
    assert said in caught.value.explain("en")


def test_a_touchpoint_needs_a_known_channel() -> None:
    table = taxonomy_table()
    table["touchpoints"]["ad"]["channel"] = "tv"  # type: ignore[index]
    with pytest.raises(ConfigError, match="face_to_face, phone_inbound"):
        parse_taxonomy(table)


def test_a_taxonomy_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "taxonomy.toml"
    for content in (None, "version = ", "nothing = 1"):
        if content is not None:
            file.write_text(content, "utf-8")
        with pytest.raises(ConfigError, match="taxonomy"):
            load_taxonomy(file)
