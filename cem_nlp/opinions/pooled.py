"""Comments of a pool: one JSON object each, with text or turns, and maybe id, kind, domain and a rating."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cem_nlp.errors import BrokenLabels
from cem_nlp.language import Bilingual
from cem_nlp.opinions.standoff import PooledText
from cem_nlp.places import in_field
from cem_nlp.text.dialogue import join_turns
from cem_nlp.vocabulary import KINDS, ROLES

_STARS_BAD, _STARS_GOOD = 2, 4
"""One and two stars are bad, four and five good, three neither."""
_CLEAR_SATISFACTION: Final = 0.7
"""On the scale −2 to 2, the mean of 19 annotators: beyond this most of them agree on the sign."""


@dataclass(frozen=True, slots=True)
class PoolComment:
    """An unlabelled comment; `good` says whether its rating was good or bad, None where it has none or a
    middling one.
    """

    text: str
    kind: str
    good: bool | None


def pool_comment(record: Mapping[str, Any], number: int) -> PoolComment:
    """Return the comment on line `number`. Raises BrokenLabels with line and field."""
    return PoolComment(_text(record, number), _kind(record, number), _is_good(record, number))


def pooled_text(record: Mapping[str, Any], number: int) -> PooledText:
    """Return the same comment's text, as stand-off labels need it. Raises as `pool_comment` does."""
    domain = record.get("domain") or ""
    if not isinstance(domain, str):
        raise _wrong(number, "domain", domain, ["str"])
    return PooledText(_text(record, number), _kind(record, number), domain)


def id_of(record: Mapping[str, Any]) -> str | None:
    """Return the comment's id, None where it has none that a label could name."""
    found = record.get("id")
    return found if isinstance(found, str) else None


def _text(record: Mapping[str, Any], number: int) -> str:
    text, turns = record.get("text"), record.get("turns") or []
    if text:
        if isinstance(text, str):
            return text
        raise _wrong(number, "text", text, ["str"])
    if not isinstance(turns, list) or not all(map(_is_turn, turns)):
        raise _wrong(number, "turns", turns, [f'{{"role": "{role}", "text": "…"}}' for role in ROLES])
    return join_turns([(turn["role"], turn["text"]) for turn in turns])


def _is_turn(turn: object) -> bool:
    return isinstance(turn, dict) and turn.get("role") in [*ROLES] and isinstance(turn.get("text"), str)


def _kind(record: Mapping[str, Any], number: int) -> str:
    kind = record.get("kind") or "review"
    if not isinstance(kind, str) or kind not in KINDS:
        raise _wrong(number, "kind", kind, [*KINDS])
    return kind


def _is_good(record: Mapping[str, Any], number: int) -> bool | None:
    if "positive" in record:
        return bool(record["positive"])
    if record.get("polarity") in ("positive", "negative"):
        return bool(record["polarity"] == "positive")
    stars = _figure(record, "rating", "1–5", number)
    if stars is not None:
        return _beyond(stars, _STARS_BAD, _STARS_GOOD)
    satisfaction = _figure(record, "satisfaction", "-2–2", number)
    return None if satisfaction is None else _beyond(satisfaction, -_CLEAR_SATISFACTION, _CLEAR_SATISFACTION)


def _figure(record: Mapping[str, Any], field: str, valid: str, number: int) -> float | None:
    value = record.get(field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _wrong(number, field, value, [valid])
    return None if math.isnan(value) else float(value)


def _beyond(value: float, bad: float, good: float) -> bool | None:
    return True if value >= good else False if value <= bad else None


def _wrong(number: int, field: str, value: object, valid: Sequence[str]) -> BrokenLabels:
    # What stands in a wrong field may be what a customer said: name its type alone.
    return BrokenLabels(
        Bilingual("字段的类型或取值不对", "a field has the wrong type or value"),
        where=in_field(number, field),
        value=type(value).__name__,
        valid=valid,
        next_step=Bilingual("改正或去掉这个字段", "correct the field, or leave it out"),
    )
