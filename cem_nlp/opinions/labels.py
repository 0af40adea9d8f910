"""Labelled comments: what training and evaluation learn from and measure against.

One comment is one JSON object: id, kind, domain, text, opinions (category, polarity, touchpoint, start, end,
evidence), intent, expectation. Codes are those of `vocabulary`; start and end are code points, end exclusive.
A comment labelled with `cem label` also says who labelled it (annotator) and whether it was drawn at random
to measure with (audit); further fields are passed over. Labels may stand apart from their texts (`standoff`).
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from cem_nlp.errors import BrokenLabels
from cem_nlp.language import Bilingual
from cem_nlp.opinions.standoff import PooledText, with_text
from cem_nlp.places import in_character, in_field, in_line
from cem_nlp.vocabulary import CATEGORIES, EXPECTATIONS, INTENTS, KINDS, POLARITIES, TOUCHPOINTS

_FIELDS = ("id", "kind", "domain", "text", "opinions", "intent", "expectation")
_IF_NOTHING = {"domain": '""', "opinions": "[]", "intent": "null", "expectation": "null"}
"""How to write that a field has nothing to say; the others cannot be without."""
_OPINION_FIELDS = ("category", "polarity", "touchpoint", "start", "end", "evidence")


@dataclass(frozen=True, slots=True)
class LabelledOpinion:
    """One labelled opinion; the evidence is the comment's text[start:end]."""

    category: str
    polarity: str
    touchpoint: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LabelledComment:
    """One labelled comment; intent and expectation are None where the customer expressed none.

    `audit` marks a comment drawn at random to measure with, not to learn from.
    """

    id: str
    kind: str
    domain: str
    text: str
    opinions: tuple[LabelledOpinion, ...]
    intent: str | None
    expectation: str | None
    audit: bool = False


def read_labels(
    lines: Iterable[str], pool: Mapping[str, PooledText] = MappingProxyType({})
) -> list[LabelledComment]:
    """Return the labelled comments of JSON Lines; blank lines are skipped, stand-off labels take their texts
    from `pool`.

    An id occurs once, unless the same annotator labelled it again: then the last line holds.

    Raises:
        BrokenLabels: a line is no JSON object, misses a field, holds an unknown code, a span outside its
            text, evidence that is not the text's slice, an id seen before, or a stand-off label without its
            text in the pool. The error names line and field.
    """
    found: dict[str, LabelledComment] = {}
    seen: dict[str, tuple[int, str | None]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record = with_text(parse_line(line, number), pool, number)
        comment = parse_comment(record, number)
        annotator = record.get("annotator")
        if comment.id in seen:
            earlier, who = seen[comment.id]
            if annotator is None or annotator != who:
                raise _twice(comment.id, number, earlier)
            del found[comment.id]
        seen[comment.id] = number, annotator
        found[comment.id] = comment
    return list(found.values())


def _twice(comment_id: str, number: int, earlier: int) -> BrokenLabels:
    return BrokenLabels(
        Bilingual("同一编号出现两次", "the same id occurs twice"),
        where=in_field(number, "id"),
        value=comment_id,
        next_step=Bilingual(
            f"第 {earlier} 行已有此编号，删去其一", f"line {earlier} has it already: remove one of the two"
        ),
    )


def parse_line(line: str, number: int) -> Mapping[str, Any]:
    """Return the JSON object on a line; `number` names the line in the BrokenLabels it raises."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BrokenLabels(
            Bilingual("这一行不是 JSON", "the line is not JSON"),
            where=in_character(number, error.colno)
            if isinstance(error, json.JSONDecodeError)
            else in_line(number),
        ) from None
    if not isinstance(record, dict):
        raise BrokenLabels(
            Bilingual("这一行不是 JSON 对象", "the line is not a JSON object"),
            where=in_line(number),
            value=type(record).__name__,
        )
    return record


def parse_comment(record: Mapping[str, Any], number: int) -> LabelledComment:
    """Return the labelled comment in a JSON object; raises BrokenLabels as `read_labels` does."""
    _require(record, _FIELDS, number, "")
    for name in ("id", "kind", "domain", "text"):
        _check_type(record[name], str, number, name)
    _check_type(record["opinions"], list, number, "opinions")
    audit = record.get("audit", False)
    _check_flag(audit, number, "audit")
    return LabelledComment(
        id=record["id"],
        kind=_code(record["kind"], KINDS, number, "kind"),
        domain=record["domain"],
        text=record["text"],
        opinions=tuple(
            _opinion(opinion, record["text"], number, f"opinions[{position}]")
            for position, opinion in enumerate(record["opinions"])
        ),
        intent=_optional_code(record["intent"], INTENTS, number, "intent"),
        expectation=_optional_code(record["expectation"], EXPECTATIONS, number, "expectation"),
        audit=audit,
    )


def _opinion(record: object, text: str, number: int, field: str) -> LabelledOpinion:
    if not isinstance(record, dict):
        raise BrokenLabels(
            Bilingual("观点不是 JSON 对象", "an opinion is not a JSON object"),
            where=in_field(number, field),
            value=type(record).__name__,
        )
    _require(record, _OPINION_FIELDS, number, f"{field}.")
    start, end = record["start"], record["end"]
    _check_span(start, end, text, number, field)
    _check_type(record["evidence"], str, number, f"{field}.evidence")
    if record["evidence"] != text[start:end]:
        raise _other_evidence(record["evidence"], text, start, end, in_field(number, f"{field}.evidence"))
    return LabelledOpinion(
        category=_code(record["category"], CATEGORIES, number, f"{field}.category"),
        polarity=_code(record["polarity"], POLARITIES, number, f"{field}.polarity"),
        touchpoint=_code(record["touchpoint"], TOUCHPOINTS, number, f"{field}.touchpoint"),
        start=start,
        end=end,
    )


def _other_evidence(evidence: str, text: str, start: int, end: int, where: Bilingual) -> BrokenLabels:
    """Return the error; the words themselves are the customer's, so it tells lengths and places alone."""
    n, found = len(evidence), text.find(evidence)
    place = (
        Bilingual("不在文本中", "is not in the text")
        if found < 0 or not n
        else Bilingual(f"在文本的 {found}:{found + n}", f"is at {found}:{found + n} of the text")
    )
    return BrokenLabels(
        Bilingual("evidence 与 text[start:end] 不同", "evidence is not text[start:end]"),
        where=where,
        value=f"{start}:{end}",
        next_step=Bilingual(
            f"改 start、end 或 evidence：区间长 {end - start}，evidence 长 {n}，{place.zh}（按码点计）",
            f"mend start, end or evidence: the span has {end - start} code points; the evidence has {n} and "
            f"{place.en}",
        ),
    )


def _check_span(start: object, end: object, text: str, number: int, field: str) -> None:
    _check_type(start, int, number, f"{field}.start")
    _check_type(end, int, number, f"{field}.end")
    assert isinstance(start, int)
    assert isinstance(end, int)
    if not 0 <= start < end <= len(text):
        raise BrokenLabels(
            Bilingual("证据区间超出文本或为空", "the span is empty or outside the text"),
            where=in_field(number, field),
            value=f"{start}:{end}",
            valid=[f"0 ≤ start < end ≤ {len(text)}"],
        )


def _require(record: Mapping[str, Any], fields: Collection[str], number: int, prefix: str) -> None:
    for name in fields:
        if name not in record:
            nothing = _IF_NOTHING.get(f"{prefix}{name}")
            raise BrokenLabels(
                Bilingual("缺少字段", "a field is missing"),
                where=in_field(number, f"{prefix}{name}"),
                next_step=Bilingual("补上这个字段", "add the field")
                if nothing is None
                else Bilingual(
                    f"补上这个字段，没有时写 {nothing}",
                    f"add the field; write {nothing} where there is nothing",
                ),
            )


def _check_type(value: object, kind: type, number: int, field: str) -> None:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise BrokenLabels(
            Bilingual("字段的类型不对", "a field has the wrong type"),
            where=in_field(number, field),
            value=type(value).__name__,
            valid=[kind.__name__],
        )


def _check_flag(value: object, number: int, field: str) -> None:
    if not isinstance(value, bool):
        raise BrokenLabels(
            Bilingual("字段的类型不对", "a field has the wrong type"),
            where=in_field(number, field),
            value=type(value).__name__,
            valid=["true", "false"],
        )


def _code(value: object, valid: Mapping[str, object], number: int, field: str) -> str:
    if not isinstance(value, str) or value not in valid:
        raise BrokenLabels(
            Bilingual("未知的取值", "unknown value"),
            where=in_field(number, field),
            value=value,
            valid=list(valid),
        )
    return value


def _optional_code(value: object, valid: Mapping[str, object], number: int, field: str) -> str | None:
    return None if value is None else _code(value, valid, number, field)
