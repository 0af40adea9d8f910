"""The taxonomy: sub-topics, touchpoints, experience themes and the user's own rules, read from one table.

    version = "…"
    [touchpoints.CODE]            name, channel, stage, owner
    [categories.CODE.topics.ID]   name, words
    [themes.ID]                   name, words
    [[rules]]                     name, words, category, polarity, touchpoint; unless (optional)

Categories, touchpoints and polarities are the closed codes of `vocabulary`; topics, themes and rules are
the user's.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.words import WordFinder
from cem_nlp.vocabulary import CATEGORIES, POLARITIES, TOUCHPOINTS

CHANNELS: Final = ("face_to_face", "phone_inbound", "phone_outbound", "web", "other")
"""Channels of the method's table of touchpoints."""
STAGES: Final = ("before", "during", "after")
"""Stages of the purchase in that table."""


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """Where in the journey something happens, and which department answers for it."""

    name: str
    channel: str
    stage: str
    owner: str


@dataclass(frozen=True, slots=True)
class Named:
    """A sub-topic or a theme: its name for readers and the words that tell it."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A clause with one of `words`, and none of `unless`, holds this opinion whatever the model says."""

    name: str
    words: tuple[str, ...]
    unless: tuple[str, ...]
    category: str
    polarity: str
    touchpoint: str


@dataclass(frozen=True)
class Taxonomy:
    """A validated taxonomy; `topics` is keyed by category, then by topic."""

    version: str
    touchpoints: Mapping[str, Touchpoint]
    topics: Mapping[str, Mapping[str, Named]]
    themes: Mapping[str, Named]
    rules: tuple[Rule, ...] = ()

    def topic_of(self, category: str, clause: str) -> str | None:
        """Return the sub-topic of `category` whose words the clause holds most of, the earlier one in a
        tie.
        """
        return self._topic_finders[category].most(clause)

    def themes_of(self, words: str) -> tuple[str, ...]:
        """Return the themes that `words` touch, in the taxonomy's order."""
        touched = self._theme_finder.all(words)
        return tuple(theme for theme in self.themes if theme in touched)

    def rule_of(self, clause: str) -> Rule | None:
        """Return the first rule that decides this clause, None where the model decides."""
        return next(
            (rule for rule in self.rules if _any_in(rule.words, clause) and not _any_in(rule.unless, clause)),
            None,
        )

    @cached_property
    def _topic_finders(self) -> dict[str, WordFinder]:
        return {category: _finder(self.topics.get(category, {})) for category in CATEGORIES}

    @cached_property
    def _theme_finder(self) -> WordFinder:
        return _finder(self.themes)


def _any_in(words: Sequence[str], clause: str) -> bool:
    return any(word in clause for word in words)


def _finder(named: Mapping[str, Named]) -> WordFinder:
    return WordFinder([(word, key) for key, entry in named.items() for word in entry.words])


def parse_taxonomy(table: Mapping[str, Any]) -> Taxonomy:
    """Validate a taxonomy as TOML gives it. Its version becomes 'VERSION+' and eight hex digits of its
    checksum.

    Raises:
        ConfigError: an unknown or missing key, an unknown code, a value of the wrong type, a touchpoint
        left out. The
            error names the key, the value and the valid ones.
    """
    _only(table, ("version", "touchpoints", "categories", "themes", "rules"), "taxonomy")
    canonical = json.dumps(table, ensure_ascii=False, sort_keys=True, default=str)
    checksum = hashlib.sha256(canonical.encode()).hexdigest()
    return Taxonomy(
        version=f"{_text(table, 'version', 'taxonomy')}+{checksum[:8]}",
        touchpoints=_touchpoints(_table(table, "touchpoints", "taxonomy")),
        topics=_topics(_table(table, "categories", "taxonomy")),
        themes=_all_named(_table(table, "themes", "taxonomy"), "themes"),
        rules=tuple(_rule(rule, f"rules[{number}]") for number, rule in enumerate(table.get("rules", []))),
    )


def _touchpoints(table: Mapping[str, Any]) -> dict[str, Touchpoint]:
    _only(table, TOUCHPOINTS, "touchpoints")
    return {
        code: _touchpoint(_table(table, code, "touchpoints"), f"touchpoints.{code}") for code in TOUCHPOINTS
    }


def _touchpoint(table: Mapping[str, Any], where: str) -> Touchpoint:
    _only(table, ("name", "channel", "stage", "owner"), where)
    return Touchpoint(
        name=_text(table, "name", where),
        channel=_one_of(table, "channel", CHANNELS, where),
        stage=_one_of(table, "stage", STAGES, where),
        owner=_text(table, "owner", where),
    )


def _topics(table: Mapping[str, Any]) -> dict[str, dict[str, Named]]:
    _only(table, CATEGORIES, "categories")
    topics = {}
    for category in table:
        where = f"categories.{category}"
        entry = _table(table, category, "categories")
        _only(entry, ("topics",), where)
        topics[category] = _all_named(_table(entry, "topics", where), f"{where}.topics")
    return topics


def _all_named(table: Mapping[str, Any], where: str) -> dict[str, Named]:
    return {key: _named(_table(table, key, where), f"{where}.{key}") for key in table}


def _named(table: Mapping[str, Any], where: str) -> Named:
    _only(table, ("name", "words"), where)
    return Named(_text(table, "name", where), _words(table, "words", where))


def _rule(table: object, where: str) -> Rule:
    if not isinstance(table, Mapping):
        raise _wrong_type(where, table, "table")
    _only(table, ("name", "words", "unless", "category", "polarity", "touchpoint"), where)
    return Rule(
        name=_text(table, "name", where),
        words=_words(table, "words", where),
        unless=_words(table, "unless", where) if "unless" in table else (),
        category=_one_of(table, "category", CATEGORIES, where),
        polarity=_one_of(table, "polarity", POLARITIES, where),
        touchpoint=_one_of(table, "touchpoint", TOUCHPOINTS, where),
    )


def _only(table: Mapping[str, Any], valid: Sequence[str] | Mapping[str, Any], where: str) -> None:
    for key in table:
        if key not in valid:
            raise ConfigError(
                Bilingual("分类体系里有未知的键", "unknown key in the taxonomy"),
                where=where,
                value=key,
                valid=list(valid),
            )


def _get(table: Mapping[str, Any], key: str, where: str) -> Any:
    if key not in table:
        raise ConfigError(
            Bilingual("分类体系里缺少一个键", "a key is missing in the taxonomy"),
            where=f"{where}.{key}",
            valid=[key],
        )
    return table[key]


def _table(table: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    value = _get(table, key, where)
    if not isinstance(value, Mapping):
        raise _wrong_type(f"{where}.{key}", value, "table")
    return value


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = _get(table, key, where)
    if not isinstance(value, str) or not value.strip():
        raise _wrong_type(f"{where}.{key}", value, "text")
    return value


def _words(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = _get(table, key, where)
    if not isinstance(value, list) or not value or not all(isinstance(word, str) and word for word in value):
        raise _wrong_type(f"{where}.{key}", value, "list of words")
    return tuple(value)


def _one_of(table: Mapping[str, Any], key: str, valid: Sequence[str] | Mapping[str, Any], where: str) -> str:
    value = _get(table, key, where)
    if not isinstance(value, str) or value not in valid:
        raise ConfigError(
            Bilingual("分类体系里的取值未知", "unknown value in the taxonomy"),
            where=f"{where}.{key}",
            value=value,
            valid=list(valid),
        )
    return value


def _wrong_type(where: str, value: object, valid: str) -> ConfigError:
    return ConfigError(
        Bilingual("分类体系里的值类型不对或为空", "a value in the taxonomy is empty or of the wrong type"),
        where=where,
        value=value,
        valid=[valid],
    )
