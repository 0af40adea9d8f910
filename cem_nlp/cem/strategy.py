"""What the company will and can do: read from a table as TOML gives it.

budget = 3_000_000              what the improvements of a period may cost, in one currency with [cost]
[cost]                          CATEGORY = what improving it costs
[reach]                         CATEGORY = points, 0–10, by which a period can raise it at most
[[ruled_out]]                   one of category, topic, touchpoint, requirement; why
Categories and touchpoints may be named in Chinese.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf, isfinite
from typing import Any, Final

from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.tables import Table, wrong_type
from cem_nlp.opinions.taxonomy import Topic
from cem_nlp.vocabulary import CATEGORIES, TOUCHPOINTS

_KINDS: Final = ("category", "topic", "touchpoint", "requirement")


def _codes(names: Mapping[str, Bilingual]) -> dict[str, str]:
    """Return the codes by code and by Chinese name."""
    return {word: code for code, name in names.items() for word in (code, name.zh)}


_CATEGORIES: Final = _codes(CATEGORIES)


@dataclass(frozen=True, slots=True)
class Strategy:
    """What is ruled out, each with the reason why, and what is affordable and within reach, by category."""

    categories: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    touchpoints: Mapping[str, str] = field(default_factory=dict)
    costs: Mapping[str, float] = field(default_factory=dict)
    reach: Mapping[str, float] = field(default_factory=dict)
    budget: float | None = None


NO_STRATEGY: Final = Strategy()
"""Rules out nothing and knows no limit."""


def parse_strategy(values: Mapping[str, Any], topics: Mapping[str, Mapping[str, Topic]]) -> Strategy:
    """Validate a strategy; `topics` are the taxonomy's. A requirement that is ruled out rules out the topics
    that ask for it, in either language.

    Raises ConfigError, whose `where` is the key's place: an unknown key, category, topic, touchpoint or
    requirement, an amount that is no number or outside its range, a row that rules out nothing or several
    things, or without a reason.
    """
    table = Table(values)
    table.only("budget", "cost", "reach", "ruled_out")
    requirements = _requirements(topics)
    meant = {
        "category": _CATEGORIES,
        "topic": {topic: topic for of_category in topics.values() for topic in of_category},
        "touchpoint": _codes(TOUCHPOINTS),
        "requirement": {requirement: requirement for requirement in requirements},
    }
    ruled: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    for row in table.rows("ruled_out"):
        kind = _kind(row)
        ruled[kind].setdefault(meant[kind][row.one_of(kind, meant[kind])], row.text("why"))
    by_requirement = {
        topic: why for text, why in ruled["requirement"].items() for topic in requirements[text]
    }
    return Strategy(
        categories=ruled["category"],
        topics=by_requirement | ruled["topic"],
        touchpoints=ruled["touchpoint"],
        costs=_amounts(table, "cost", inf),
        reach=_amounts(table, "reach", 10.0),
        budget=_amount(table, "budget", inf) if "budget" in table else None,
    )


def _requirements(topics: Mapping[str, Mapping[str, Topic]]) -> dict[str, list[str]]:
    """Return the topics that ask for each requirement, by its wording in either language."""
    found: dict[str, list[str]] = {}
    for of_category in topics.values():
        for code, topic in of_category.items():
            for wording in dict.fromkeys(topic.requirement or ()):
                found.setdefault(wording, []).append(code)
    return found


def _kind(row: Table) -> str:
    row.only(*_KINDS, "why")
    named = [kind for kind in _KINDS if kind in row]
    if len(named) != 1:
        raise ConfigError(
            Bilingual(
                "每条 ruled_out 只写一样排除的东西", "each ruled_out names one thing that is ruled out"
            ),
            where=row.place,
            value=", ".join(named) or None,
            valid=_KINDS,
        )
    return named[0]


def _amounts(table: Table, key: str, most: float) -> dict[str, float]:
    if key not in table:
        return {}
    amounts = table.table(key)
    amounts.only(*_CATEGORIES)
    found: dict[str, float] = {}
    for name in amounts.values:
        if _CATEGORIES[name] in found:
            what = Bilingual("同一类别写了两次", "a category is named twice")
            raise ConfigError(what, where=amounts.at(name), value=name)
        found[_CATEGORIES[name]] = _amount(amounts, name, most)
    return found


def _amount(table: Table, key: str, most: float) -> float:
    value = table.get(key)
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not 0 <= value <= most
        or value == inf
    ):
        raise wrong_type(table.at(key), value, f"0–{most:g}" if isfinite(most) else "≥ 0")
    return float(value)
