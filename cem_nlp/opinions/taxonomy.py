"""The taxonomy: sub-topics, touchpoints, experience themes, determinants of expectation and the user's own
rules, all told by words.

Categories, touchpoints, polarities and determinants are the closed codes of `vocabulary`; topics, themes,
owners and rules are the user's. `taxonomy_table.parse_taxonomy` makes a Taxonomy from a table.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from cem_nlp.language import Bilingual
from cem_nlp.opinions.conditions import Condition, Matcher
from cem_nlp.vocabulary import CATEGORIES


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """Where in the journey something happens, and the code of the department that answers for it."""

    name: Bilingual
    channel: str
    stage: str
    owner: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A sub-topic. A `fallback` is named only where no other topic of its category has a word; an `unasked`
    one, a trouble or what customers do themselves, is nothing that anybody asks a company for.

    `requirement` says what the company ought to do where customers are unhappy with it; `owner` is the
    code of the department that answers for it wherever it comes up, None where the touchpoint's does.
    """

    name: Bilingual
    condition: Condition
    fallback: bool = False
    requirement: Bilingual | None = None
    owner: str | None = None
    unasked: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """An experience theme; `level` is its place in the pyramid, 1 at the base."""

    name: Bilingual
    level: int
    condition: Condition


@dataclass(frozen=True, slots=True)
class Rule:
    """What a clause that meets `condition` says, whatever the model finds in it.

    With category, polarity and touchpoint the clause holds just this opinion. With some of them they replace
    the model's in the opinions it finds there. `drops` leaves the clause without any.
    """

    name: str
    condition: Condition
    category: str | None = None
    polarity: str | None = None
    touchpoint: str | None = None
    drops: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether the rule says all there is to say of an opinion."""
        return None not in (self.category, self.polarity, self.touchpoint)

    @property
    def replaces(self) -> bool:
        """Whether the model has no say in the clause."""
        return self.drops or self.is_complete


@dataclass(frozen=True, slots=True)
class Case:
    """A test sentence: what must be found in it and what must not, such as 'topic:fee' or 'rule:NAME'."""

    place: str
    text: str
    expect: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What the words of one clause tell: themes, determinants of expectation, whether it speaks of an
    expectation, how experience compares with it in praise, and the first rule that it meets.
    """

    themes: tuple[str, ...] = ()
    determinants: tuple[str, ...] = ()
    expectations: tuple[str, ...] = ()
    is_cue: bool = False
    rule: Rule | None = None


_NOTHING: Final = Told()


@dataclass(frozen=True)
class Taxonomy:
    """A validated taxonomy; `topics` is keyed by category, then by topic.

    `cues` tells clauses that speak of an expectation or compare; `determinants` are looked for near these.
    `expectations` ('above', 'met') tell how a comment that praises compares with what was expected.
    `touchpoint_words` (by category, then touchpoint) name the place where something happened. `wishes` (by
    sort) and `channels` tell what customers wish for; see `opinions.wishes`.
    """

    version: str
    owners: Mapping[str, Bilingual]
    touchpoints: Mapping[str, Touchpoint]
    topics: Mapping[str, Mapping[str, Topic]]
    themes: Mapping[str, Theme]
    cues: Condition | None = None
    determinants: Mapping[str, Condition] = field(default_factory=dict)
    expectations: Mapping[str, Condition] = field(default_factory=dict)
    touchpoint_words: Mapping[str, Mapping[str, Condition]] = field(default_factory=dict)
    wishes: Mapping[str, Condition] = field(default_factory=dict)
    channels: Mapping[str, Condition] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    cases: tuple[Case, ...] = ()

    @property
    def unasked(self) -> frozenset[str]:
        """The sub-topics that nobody asks a company for."""
        return frozenset(
            code for named in self.topics.values() for code, topic in named.items() if topic.unasked
        )

    def compile(self) -> None:
        """Make what reads clauses ready. Raises ConfigError where the conditions are too large."""
        self.told_by("")
        self.category_of("")
        self.touchpoint_of("product", "")

    def topic_of(self, category: str, clause: str) -> str | None:
        """Return the sub-topic of `category` that most of the clause's code points speak for, the earlier one
        in a tie.
        """
        topics, matcher = self.topics.get(category, {}), self._topic_matchers[category]
        holding = matcher.holding(clause)
        named = [topic for topic in holding if not topics[topic].fallback] or holding
        if len(named) < 2:
            return named[0] if named else None
        return max(named, key=lambda topic: matcher.weight(topic, clause))

    def category_of(self, clause: str) -> str | None:
        """Return the category one of whose topics, fallbacks apart, most of the clause's code points speak
        for, the earlier one in a tie.
        """
        weights = {
            category: max(matcher.weight(topic, clause) for topic in named)
            for category, matcher in self._topic_matchers.items()
            if (named := [t for t in matcher.holding(clause) if not self.topics[category][t].fallback])
        }
        return max(weights, key=lambda category: weights[category], default=None)

    def touchpoint_of(self, category: str, clause: str) -> str | None:
        """Return the first touchpoint that the clause's words name for an opinion of `category`."""
        matcher = self._touchpoint_matchers.get(category)
        return next(iter(matcher.holding(clause)), None) if matcher else None

    def told_by(self, clause: str) -> Told:
        """Return what the words of one clause tell, whatever its opinions are."""
        holding = self._matcher.holding(clause)
        if not holding:
            return _NOTHING
        found: dict[str, list[str]] = {
            sort: [] for sort in ("cues", "determinant", "expectation", "theme", "rule")
        }
        for key in holding:
            sort, _, name = key.partition(":")
            found[sort].append(name)
        return Told(
            themes=tuple(found["theme"]),
            determinants=tuple(found["determinant"]),
            expectations=tuple(found["expectation"]),
            is_cue=bool(found["cues"]),
            rule=self._rules[found["rule"][0]] if found["rule"] else None,
        )

    def themes_of(self, clauses: Sequence[Told]) -> tuple[str, ...]:
        """Return the themes that a comment's clauses touch, in the taxonomy's order."""
        touched = {theme for clause in clauses for theme in clause.themes}
        return tuple(theme for theme in self.themes if theme in touched)

    def determinants_of(self, clauses: Sequence[Told], hinted: Collection[int] = ()) -> tuple[str, ...]:
        """Return what made a comment's expectation, in the taxonomy's order.

        Words count in clauses that speak of an expectation or compare (a cue, or one of the positions
        `hinted`) and in those right before and after.
        """
        speaking = [n for n, clause in enumerate(clauses) if clause.is_cue or n in hinted]
        near = {n for place in speaking for n in range(place - 1, place + 2) if 0 <= n < len(clauses)}
        told = {code for n in near for code in clauses[n].determinants}
        return tuple(code for code in self.determinants if code in told)

    @cached_property
    def _topic_matchers(self) -> dict[str, Matcher]:
        return {
            category: Matcher(
                {code: topic.condition for code, topic in self.topics.get(category, {}).items()}
            )
            for category in CATEGORIES
        }

    @cached_property
    def _touchpoint_matchers(self) -> dict[str, Matcher]:
        return {category: Matcher(named) for category, named in self.touchpoint_words.items()}

    @cached_property
    def _matcher(self) -> Matcher:
        """All that is told clause by clause, in one pass."""
        cues = {} if self.cues is None else {"cues": self.cues}
        return Matcher(
            {
                **cues,
                **{f"determinant:{code}": condition for code, condition in self.determinants.items()},
                **{f"expectation:{code}": condition for code, condition in self.expectations.items()},
                **{f"theme:{code}": theme.condition for code, theme in self.themes.items()},
                **{f"rule:{rule.name}": rule.condition for rule in self.rules},
            }
        )

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return {rule.name: rule for rule in self.rules}
