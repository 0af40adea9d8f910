"""What another taxonomy would change in the reading of a comment."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from cem_nlp.language import Bilingual
from cem_nlp.opinions.taxonomy import Taxonomy
from cem_nlp.opinions.types import Opinion, Reading

ASPECTS: Final = {
    "opinion": Bilingual("观点", "opinion"),
    "topic": Bilingual("子主题", "topic"),
    "touchpoint": Bilingual("触点", "touchpoint"),
    "channel": Bilingual("渠道", "channel"),
    "stage": Bilingual("阶段", "stage"),
    "owner": Bilingual("负责部门", "owner"),
    "decided_by": Bilingual("由谁决定", "decided by"),
    "theme": Bilingual("体验主题", "theme"),
    "determinant": Bilingual("预期成因", "determinant"),
    "expectation": Bilingual("与预期相比", "expectation"),
}
"""What can change, in the order in which it is shown."""
_Pair: TypeAlias = tuple[Opinion | None, Opinion | None]


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change: `aspect` is a key of ASPECTS, the values are codes, None for nothing.

    An opinion's value is its category, polarity and who decided it, joined by a space.
    """

    aspect: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A change in a comment, and the span of the words concerned; (0, 0) for the whole comment."""

    change: Change
    start: int
    end: int


def changes(before: Reading, after: Reading, old: Taxonomy, new: Taxonomy) -> list[Place]:
    """Return what is different in the second reading of the same comment."""
    found = []
    for one, other in _paired(before.opinions, after.opinions):
        where = other or one
        assert where
        found += [Place(change, where.start, where.end) for change in _of_opinion(one, other, old, new)]
    whole = [
        *_of_sets("theme", before.themes, after.themes),
        *_of_sets("determinant", before.determinants, after.determinants),
        *_of_sets("expectation", _told(before.expectation), _told(after.expectation)),
    ]
    return [*found, *(Place(change, 0, 0) for change in whole)]


def _paired(before: Sequence[Opinion], after: Sequence[Opinion]) -> Iterator[_Pair]:
    """Yield the same opinion of both readings, then those that changed within a clause, then the others.

    The evidence of one clause always ends at the same place.
    """
    rest = list(after)
    unmatched: defaultdict[int, list[Opinion]] = defaultdict(list)
    for one in before:
        same = next((other for other in rest if _identity(other) == _identity(one)), None)
        if same is None:
            unmatched[one.end].append(one)
        else:
            rest.remove(same)
            yield one, same
    for other in rest:
        changed = unmatched[other.end]
        yield changed.pop(0) if changed else None, other
    for gone in unmatched.values():
        yield from ((one, None) for one in gone)


def _identity(opinion: Opinion) -> tuple[int, str, str]:
    return opinion.end, opinion.category, opinion.polarity


def _of_opinion(
    before: Opinion | None, after: Opinion | None, old: Taxonomy, new: Taxonomy
) -> Iterator[Change]:
    if before is None or after is None or _identity(before) != _identity(after):
        yield Change("opinion", _said(before), _said(after))
        return
    one, other = old.touchpoints[before.touchpoint], new.touchpoints[after.touchpoint]
    values = {
        "topic": (before.topic, after.topic),
        "touchpoint": (before.touchpoint, after.touchpoint),
        "channel": (one.channel, other.channel),
        "stage": (one.stage, other.stage),
        "owner": (one.owner, other.owner),
        "decided_by": (before.decided_by, after.decided_by),
    }
    for aspect, (earlier, later) in values.items():
        if earlier != later:
            yield Change(aspect, earlier, later)


def _said(opinion: Opinion | None) -> str | None:
    return f"{opinion.category} {opinion.polarity} {opinion.decided_by}" if opinion else None


def _told(code: str | None) -> tuple[str, ...]:
    return () if code is None else (code,)


def _of_sets(aspect: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    yield from (Change(aspect, code, None) for code in before if code not in after)
    yield from (Change(aspect, None, code) for code in after if code not in before)
