"""A condition from a table as TOML gives it: `words`, `near` or `regex`, one or more, and maybe `not`.

    words = ["降价", "涨价"]
    near = [{ words = ["物流", "快递"], with = ["慢", "久"], within = 4 }]
    regex = ["等了.{0,4}(天|小时)"]
    not = ["不慢"]

Raises ConfigError where a key is unknown, a value of the wrong type, a pattern none that RE2 can use, or all
words are excluded by `not`.
"""

from typing import Final

from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.conditions import FURTHEST, Condition, Near, pattern_fault
from cem_nlp.opinions.tables import Table, wrong_type
from cem_nlp.text.script import simplify

CONDITION_KEYS: Final = ("words", "near", "regex", "not")


def bare_condition(table: Table) -> Condition:
    """Return the condition of a table that holds nothing else."""
    table.only(*CONDITION_KEYS)
    return condition_of(table)


def condition_of(table: Table) -> Condition:
    """Return the condition of a table; its other keys are the caller's."""
    condition = Condition(
        words=_words(table, "words"),
        near=tuple(_near(row) for row in table.rows("near")),
        regex=tuple(_pattern(pattern, table.at("regex")) for pattern in table.texts("regex")),
        unless=_words(table, "not"),
    )
    if not (condition.words or condition.near or condition.regex):
        raise ConfigError(
            Bilingual("没有任何条件", "no condition is given"),
            where=table.place,
            valid=["words", "near", "regex"],
        )
    if not _can_hold(condition):
        raise ConfigError(
            Bilingual(
                "not 排除了这个条件的所有词，永远不成立",
                "`not` excludes all words of the condition: it can never hold",
            ),
            where=table.at("not"),
            value=", ".join(condition.unless),
            next_step=Bilingual("从 not 里去掉这些词", "take these words out of `not`"),
        )
    return condition


def _can_hold(condition: Condition) -> bool:
    """Say whether `not` leaves a word that is asked for; of patterns it is not known."""
    sides = [condition.words], *([near.words, near.others] for near in condition.near)
    return bool(condition.regex) or any(
        all(any(_is_left(word, condition) for word in words) for words in side) for side in sides
    )


def _is_left(word: str, condition: Condition) -> bool:
    return not any(excluded.lower() in word.lower() for excluded in condition.unless)


def _words(table: Table, key: str) -> tuple[str, ...]:
    # Comments are read in simplified characters; a file may be written in either.
    return tuple(map(simplify, table.texts(key)))


def _near(table: Table) -> Near:
    table.only("words", "with", "within")
    for key in ("words", "with"):
        if not table.get(key):
            raise wrong_type(table.at(key), table.get(key), "list of texts")
    return Near(_words(table, "words"), _words(table, "with"), table.number("within", 0, FURTHEST))


def _pattern(pattern: str, place: str) -> str:
    fault = pattern_fault(pattern)
    if fault is not None:
        raise ConfigError(
            Bilingual(f"正则表达式不可用：{fault}", f"the pattern cannot be used: {fault}"),
            where=place,
            value=pattern,
            next_step=Bilingual(
                "用 RE2 的语法：没有前后查找和反向引用；“除非”写在 not 里",
                "use RE2's syntax: no look-around, no back-references; write exceptions under `not`",
            ),
        )
    return simplify(pattern)
