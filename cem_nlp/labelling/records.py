"""What one annotator said about a comment, as a line of a label file.

A line is a comment in the labelled format and beside it annotator, labelled_at (UTC, ISO 8601), seconds (how
long the comment was on screen) and audit. Lines are only ever appended; the last one of an id holds.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import Any, Final

from cem_nlp.errors import BrokenLabels
from cem_nlp.language import Bilingual
from cem_nlp.opinions.labels import LabelledComment, parse_comment, parse_line
from cem_nlp.places import in_field

_BEGINNING: Final = '{"id": "'
_CHOSEN: Final = ("category", "polarity", "touchpoint", "start", "end")


def label_record(
    comment: LabelledComment, answer: Mapping[str, Any], annotator: str, now: datetime
) -> dict[str, Any]:
    """Return the record of an annotator's answer to a comment.

    `answer` holds opinions (category, polarity, touchpoint, start, end), intent, expectation and seconds, and
    may come from anywhere: it is checked. `now` has a time zone.

    Raises:
        BrokenLabels: the answer lacks a field, holds an unknown code or a span outside the text.
    """
    opinions = answer.get("opinions")
    record = {
        "id": comment.id,
        "kind": comment.kind,
        "domain": comment.domain,
        "text": comment.text,
        "opinions": [_with_evidence(opinion, comment.text) for opinion in opinions]
        if isinstance(opinions, list)
        else opinions,
        "intent": answer.get("intent"),
        "expectation": answer.get("expectation"),
        "annotator": annotator,
        "labelled_at": now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "seconds": _seconds(answer.get("seconds")),
        "audit": comment.audit,
    }
    parse_comment(record, 1)
    return record


def label_line(record: Mapping[str, Any]) -> str:
    """Return a record as its line of JSON."""
    return json.dumps(record, ensure_ascii=False)


def whole_lines(content: str) -> tuple[list[str], str]:
    """Return the lines of a label file, and apart the torn last one of a process that was killed, '' if none.

    What does not begin like a record is no torn line but an ordinary one, for its reader to refuse.
    """
    *lines, last = content.split("\n")
    if not last or (last.startswith(_BEGINNING[: len(last)]) and not _is_json(last)):
        return lines, last
    return [*lines, last], ""


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def is_label(line: str) -> bool:
    """Return whether a line is what an annotator said about a comment, with its text."""
    try:
        record = parse_line(line, 1)
    except BrokenLabels:
        return False
    return "annotator" in record and "text" in record


def check_annotator(lines: list[str], annotator: str) -> None:
    """Make sure that every line of a label file is this annotator's.

    Raises:
        BrokenLabels: a line is no JSON object, or somebody else's.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip() and (who := parse_line(line, number).get("annotator")) != annotator:
            raise BrokenLabels(
                Bilingual("这个文件里有别人的标注", "the file holds somebody else's labels"),
                where=in_field(number, "annotator"),
                value=who,
                valid=[annotator],
                next_step=Bilingual(
                    "每位标注者用自己的 --output", "give each annotator an --output of their own"
                ),
            )


def _with_evidence(opinion: object, text: str) -> object:
    if not isinstance(opinion, dict):
        return opinion
    start, end = opinion.get("start"), opinion.get("end")
    # What is no span is refused with the rest of the record.
    evidence = text[start:end] if isinstance(start, int) and isinstance(end, int) else ""
    return {**{name: opinion[name] for name in _CHOSEN if name in opinion}, "evidence": evidence}


def _seconds(value: object) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value) and value >= 0:
        return round(float(value), 1)
    raise BrokenLabels(
        Bilingual("用时不是秒数", "the time taken is no number of seconds"),
        where="seconds",
        value=type(value).__name__,
        valid=["≥ 0"],
    )
