"""A taxonomy from a table as TOML gives it.

    version = "…"
    [owners.CODE]                       name, name_en
    [touchpoints.CODE]                  name, name_en, channel, stage, owner
    [categories.CODE.topics.ID]         name, name_en, a condition; fallback, unasked, owner, requirement(_en)
    [themes.ID]                         name, name_en, level, a condition
    [expectation_cues]                  a condition
    [determinants.CODE]                 a condition
    [expectations.CODE]                 a condition; CODE is above or met
    [touchpoint_words.CATEGORY.CODE]    a condition: words of the category's opinions at that touchpoint
    [wishes.SORT]                       a condition; SORT is missing, preference or question
    [channels.CODE]                     a condition: words that name a channel
    [[rules]]                           name, a condition; category, polarity, touchpoint, or opinion = "none"
    [[tests]]                           text; expect, not

A condition is written as `condition_table` says.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.condition_table import CONDITION_KEYS, bare_condition, condition_of
from cem_nlp.opinions.conditions import Condition
from cem_nlp.opinions.tables import Table, known
from cem_nlp.opinions.taxonomy import Case, Rule, Taxonomy, Theme, Topic, Touchpoint
from cem_nlp.vocabulary import CATEGORIES, DETERMINANTS, POLARITIES, TOUCHPOINTS

CHANNELS: Final = ("face_to_face", "phone_inbound", "phone_outbound", "web", "other")
"""Channels of the method's table of touchpoints."""
STAGES: Final = ("before", "during", "after")
"""Stages of the purchase in that table."""
_TABLES: Final = (
    "version",
    "owners",
    "touchpoints",
    "categories",
    "themes",
    "expectation_cues",
    "determinants",
    "expectations",
    "touchpoint_words",
    "wishes",
    "channels",
    "rules",
    "tests",
)
EXPECTATIONS_IN_PRAISE: Final = ("above", "met")
"""How experience compares with what was expected where a comment praises."""
WISHES: Final = ("missing", "preference", "question")
"""Sorts of wishes, as `opinions.wishes` explains."""
_HIGHEST: Final = 10
"""Most levels of the pyramid: one a theme."""


def parse_taxonomy(values: Mapping[str, Any]) -> Taxonomy:
    """Validate a taxonomy. Its version becomes 'VERSION+' and eight hex digits of its checksum; the test
    sentences and the requirements do not count, for they decide no opinion.

    Raises:
        ConfigError: an unknown or missing key, an unknown code, a value of the wrong type, a pattern that RE2
            cannot use, conditions too large for it, a touchpoint left out, a name or a word given twice. The
            error names the key's place, the value and the valid ones.
    """
    table = Table(values)
    table.only(*_TABLES)
    owners = {code: owner.name() for code, owner in table.table("owners").tables().items()}
    taxonomy = Taxonomy(
        version=f"{table.text('version')}+{_checksum(values)}",
        owners=owners,
        touchpoints=_touchpoints(table.table("touchpoints"), owners),
        touchpoint_words=_touchpoint_words(table),
        topics=_topics(table.table("categories"), owners),
        themes={code: _theme(theme) for code, theme in table.table("themes").tables().items()},
        cues=bare_condition(table.table("expectation_cues")) if "expectation_cues" in table else None,
        determinants=_conditions(table, "determinants", DETERMINANTS),
        expectations=_conditions(table, "expectations", EXPECTATIONS_IN_PRAISE),
        wishes=_conditions(table, "wishes", WISHES),
        channels=_conditions(table, "channels", CHANNELS),
        rules=_rules(table.rows("rules")),
    )
    findable = _findable(taxonomy)
    taxonomy = replace(taxonomy, cases=tuple(_case(case, findable) for case in table.rows("tests")))
    taxonomy.compile()
    return taxonomy


def _findable(taxonomy: Taxonomy) -> list[str]:
    """Return what a test sentence may expect."""
    return [
        *(f"topic:{topic}" for of_category in taxonomy.topics.values() for topic in of_category),
        *(f"theme:{theme}" for theme in taxonomy.themes),
        *(f"touchpoint:{code}" for code in TOUCHPOINTS),
        *(f"determinant:{code}" for code in taxonomy.determinants),
        *(f"expectation:{code}" for code in taxonomy.expectations),
        *(f"wish:{sort}" for sort in taxonomy.wishes),
        *(f"channel:{code}" for code in taxonomy.channels),
        *(f"rule:{rule.name}" for rule in taxonomy.rules),
    ]


def _checksum(values: Mapping[str, Any]) -> str:
    deciding = {key: value for key, value in values.items() if key != "tests"}
    canonical = json.dumps(_without_requirements(deciding), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:8]


def _without_requirements(values: Any) -> Any:
    if not isinstance(values, Mapping):
        return values
    return {
        key: _without_requirements(value)
        for key, value in values.items()
        if not (key.startswith("requirement") and isinstance(value, str))
    }


def _touchpoints(table: Table, owners: Collection[str]) -> dict[str, Touchpoint]:
    table.only(*TOUCHPOINTS)
    return {code: _touchpoint(table.table(code), owners) for code in TOUCHPOINTS}


def _touchpoint(table: Table, owners: Collection[str]) -> Touchpoint:
    table.only("name", "name_en", "channel", "stage", "owner")
    return Touchpoint(
        name=table.name(),
        channel=table.one_of("channel", CHANNELS),
        stage=table.one_of("stage", STAGES),
        owner=table.one_of("owner", owners),
    )


def _touchpoint_words(table: Table) -> dict[str, dict[str, Condition]]:
    if "touchpoint_words" not in table:
        return {}
    named = table.table("touchpoint_words")
    named.only(*CATEGORIES)
    return {category: _conditions(named, category, TOUCHPOINTS) for category in named.tables()}


def _topics(table: Table, owners: Collection[str]) -> dict[str, dict[str, Topic]]:
    table.only(*CATEGORIES)
    place_of: dict[str, str] = {}
    topics: dict[str, dict[str, Topic]] = {}
    for category, entry in table.tables().items():
        entry.only("topics")
        topics[category] = {}
        word_of: dict[str, str] = {}
        for code, topic in entry.table("topics").tables().items():
            _once(place_of, code, topic.place)
            topics[category][code] = _topic(topic, owners)
            for word in topics[category][code].condition.words:
                _once(word_of, word, topic.at("words"))
    return topics


def _topic(table: Table, owners: Collection[str]) -> Topic:
    keys = ("name", "name_en", "requirement", "requirement_en", "fallback", "unasked", "owner")
    table.only(*keys, *CONDITION_KEYS)
    requirement = table.name("requirement") if "requirement" in table else None
    owner = table.one_of("owner", owners) if "owner" in table else None
    return Topic(
        name=table.name(),
        condition=condition_of(table),
        fallback=table.flag("fallback"),
        requirement=requirement,
        owner=owner,
        unasked=table.flag("unasked"),
    )


def _theme(table: Table) -> Theme:
    table.only("name", "name_en", "level", *CONDITION_KEYS)
    return Theme(table.name(), table.number("level", 1, _HIGHEST), condition_of(table))


def _conditions(table: Table, key: str, codes: Collection[str]) -> dict[str, Condition]:
    """Return the conditions of an optional table whose keys are among `codes`, in the order of the file."""
    if key not in table:
        return {}
    table.table(key).only(*codes)
    return {code: bare_condition(entry) for code, entry in table.table(key).tables().items()}


def _rules(rows: list[Table]) -> tuple[Rule, ...]:
    place_of: dict[str, str] = {}
    rules = tuple(_rule(row) for row in rows)
    for rule, row in zip(rules, rows, strict=True):
        _once(place_of, rule.name, row.at("name"))
    return rules


def _rule(table: Table) -> Rule:
    table.only("name", "category", "polarity", "touchpoint", "opinion", *CONDITION_KEYS)
    decided = {
        key: table.one_of(key, valid)
        for key, valid in (("category", CATEGORIES), ("polarity", POLARITIES), ("touchpoint", TOUCHPOINTS))
        if key in table
    }
    drops = "opinion" in table and table.one_of("opinion", ("none",)) == "none"
    if drops == bool(decided):
        raise ConfigError(
            Bilingual(
                "规则要么写 category、polarity、touchpoint 中的一个或几个，要么写 opinion = 'none'",
                "a rule gives one or more of category, polarity and touchpoint, or opinion = 'none'",
            ),
            where=table.place,
            value=", ".join([*decided, *(["opinion"] if drops else [])]) or None,
        )
    return Rule(table.text("name"), condition_of(table), **decided, drops=drops)


def _case(table: Table, findable: Sequence[str]) -> Case:
    table.only("text", "expect", "not")
    expect, unless = (_findings(table, key, findable) for key in ("expect", "not"))
    if not expect and not unless:
        raise ConfigError(
            Bilingual("这条测试什么都不检查", "the test checks nothing"),
            where=table.place,
            valid=["expect", "not"],
        )
    return Case(table.place, table.text("text"), expect, unless)


def _findings(table: Table, key: str, findable: Sequence[str]) -> tuple[str, ...]:
    for name in table.texts(key):
        alike = [other for other in findable if other.partition(":")[0] == name.partition(":")[0]]
        known(name, alike or findable, table.at(key))
    return table.texts(key)


def _once(place_of: dict[str, str], name: str, place: str) -> None:
    if name in place_of:
        raise ConfigError(
            Bilingual(f"已在 {place_of[name]} 里出现过", f"given before, in {place_of[name]}"),
            where=place,
            value=name,
        )
    place_of[name] = place
