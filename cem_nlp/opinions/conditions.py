"""Conditions on the words of a clause: one of some words, two words near each other, a pattern, and none of
other words.

The only module that imports RE2, which matches in linear time whatever pattern a user writes. Letters match
in either case.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import re2

from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.text.clauses import LONGEST

FURTHEST: Final = LONGEST
"""Most code points that may lie between two words near each other: no clause is longer."""
_OPTIONS: Final = re2.Options()
_OPTIONS.case_sensitive = False
_OPTIONS.longest_match = True
_OPTIONS.never_nl = True
_OPTIONS.log_errors = False
_OPTIONS.max_mem = 64 << 20
"""Bytes for one set of patterns; the largest of the shipped taxonomy needs 1 MiB."""


@dataclass(frozen=True, slots=True)
class Near:
    """One of `words` and one of `others`, in either order, with at most `within` code points between them."""

    words: tuple[str, ...]
    others: tuple[str, ...]
    within: int

    @property
    def pattern(self) -> str:
        """The same as a pattern of RE2."""
        one, other, gap = _one_of(self.words), _one_of(self.others), f".{{0,{self.within}}}"
        return f"{one}{gap}{other}|{other}{gap}{one}"


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds in a clause with one of `words`, `near` or the patterns `regex`, and none of the words
    `unless`.
    """

    words: tuple[str, ...] = ()
    near: tuple[Near, ...] = ()
    regex: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @property
    def pattern(self) -> str:
        """All but `unless` as one pattern of RE2."""
        parts = [_one_of(self.words)] if self.words else []
        parts += [near.pattern for near in self.near]
        return "|".join([*parts, *(f"(?:{pattern})" for pattern in self.regex)])


def pattern_fault(pattern: str) -> str | None:
    """Return why RE2 cannot use a pattern, or that it would match everywhere; None for a good one."""
    try:
        compiled = re2.compile(pattern, _OPTIONS)
    except re2.error as error:
        return str(error.args[0].decode())
    return "matches the empty text" if compiled.search("") else None


class Matcher:
    """Tells which of many conditions hold in a clause, in one pass over it."""

    def __init__(self, conditions: Mapping[str, Condition]) -> None:
        """Raises ConfigError where the conditions are too large for RE2."""
        self._keys = tuple(conditions)
        self._patterns = {key: _compiled(condition.pattern, key) for key, condition in conditions.items()}
        self._unless = {
            key: _compiled(_one_of(condition.unless), key)
            for key, condition in conditions.items()
            if condition.unless
        }
        self._set = re2.Set.SearchSet(_OPTIONS)
        for condition in conditions.values():
            self._set.Add(condition.pattern)
        try:
            self._set.Compile()
        except re2.error:
            raise _too_large(", ".join(self._keys)) from None

    def holding(self, clause: str) -> list[str]:
        """Return the keys of the conditions that hold in `clause`, in the order they were given."""
        found = [self._keys[number] for number in sorted(self._set.Match(clause) or ())]
        return [key for key in found if key not in self._unless or not self._unless[key].search(clause)]

    def weight(self, key: str, clause: str) -> int:
        """Return how many code points of `clause` speak for a condition."""
        return sum(match.end() - match.start() for match in self._patterns[key].finditer(clause))


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re2.escape, words))})"


def _compiled(pattern: str, key: str) -> "re2._Regexp":
    try:
        return re2.compile(pattern, _OPTIONS)
    except re2.error:
        raise _too_large(key) from None


def _too_large(keys: str) -> ConfigError:
    return ConfigError(
        Bilingual("条件太大，放不下", "the conditions are too large"),
        where=keys,
        next_step=Bilingual(
            "减少 near 里的词或 within，减少正则里的重复次数",
            "use fewer words or a smaller `within` in near, fewer repetitions in patterns",
        ),
    )
