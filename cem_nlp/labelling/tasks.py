"""Labelling tasks: comments to label, with what the model would say about them.

One task is one JSON object: id, kind, domain, text, audit, suggestion (opinions, intent, expectation as in
the labelled format) and doubt (category, about, uncertainty). Both are null for audit tasks, which are
labelled without a lead. A task is no label: without `opinions` of its own no training accepts it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from cem_nlp.errors import BrokenLabels
from cem_nlp.labelling.doubt import Doubt
from cem_nlp.language import Bilingual
from cem_nlp.opinions.labels import LabelledComment, parse_comment, parse_line
from cem_nlp.places import in_field, in_line

_NOTHING: Mapping[str, Any] = {"opinions": [], "intent": None, "expectation": None}


@dataclass(frozen=True, slots=True)
class Task:
    """A comment to label; its opinions, intent and expectation are the model's, an audit task has none."""

    comment: LabelledComment
    doubt: Doubt | None = None

    @property
    def suggestion(self) -> dict[str, Any] | None:
        """What the model says, in the labelled format; None for an audit task."""
        return None if self.comment.audit else labels_of(self.comment)


def labels_of(comment: LabelledComment) -> dict[str, Any]:
    """Return opinions, intent and expectation as they stand in the labelled format."""
    return {
        "opinions": [
            {**asdict(opinion), "evidence": comment.text[opinion.start : opinion.end]}
            for opinion in comment.opinions
        ],
        "intent": comment.intent,
        "expectation": comment.expectation,
    }


def task_line(task: Task) -> str:
    """Return a task as its line of JSON."""
    comment = task.comment
    record = {
        "id": comment.id,
        "kind": comment.kind,
        "domain": comment.domain,
        "text": comment.text,
        "audit": comment.audit,
        "suggestion": task.suggestion,
        "doubt": None if task.doubt is None else asdict(task.doubt),
    }
    return json.dumps(record, ensure_ascii=False)


def parse_tasks(lines: Iterable[str]) -> list[Task]:
    """Return the tasks of JSON Lines; blank lines are skipped.

    Raises:
        BrokenLabels: there is none, an id comes twice, or a line breaks the format. The error names line and
            field.
    """
    found: dict[str, Task] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        task = _task(parse_line(line, number), number)
        if task.comment.id in found:
            raise BrokenLabels(
                Bilingual("同一编号出现两次", "the same id occurs twice"),
                where=in_field(number, "id"),
                value=task.comment.id,
            )
        found[task.comment.id] = task
    if not found:
        raise BrokenLabels(
            Bilingual("文件里没有标注任务", "the file holds no task"),
            next_step=Bilingual("用 cem label pick 挑选评论", "pick comments with cem label pick"),
        )
    return list(found.values())


def _task(record: Mapping[str, Any], number: int) -> Task:
    suggestion = record.get("suggestion")
    if "audit" not in record or not (suggestion is None or isinstance(suggestion, dict)):
        raise BrokenLabels(
            Bilingual("这一行不是标注任务", "the line is no labelling task"),
            where=in_line(number),
            value=", ".join(sorted(record)),
            valid=["id", "kind", "domain", "text", "audit", "suggestion"],
            next_step=Bilingual("用 cem label pick 挑选评论", "pick comments with cem label pick"),
        )
    comment = parse_comment({**record, **(suggestion or _NOTHING)}, number)
    return Task(replace(comment, opinions=()) if comment.audit else comment)
