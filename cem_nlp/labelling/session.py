"""What the page is told about the tasks, and what it may answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from cem_nlp.errors import BrokenLabels
from cem_nlp.labelling.guide import usual_touchpoints
from cem_nlp.labelling.tasks import Task, labels_of
from cem_nlp.labelling.wording import page_words
from cem_nlp.language import Bilingual, Language
from cem_nlp.opinions.labels import LabelledComment
from cem_nlp.text import split_clauses, turn_spans


def session_view(
    tasks: Sequence[Task], labels: Mapping[str, LabelledComment], annotator: str, language: Language
) -> dict[str, Any]:
    """Return all that the page shows, as JSON: words, tasks, and what is labelled already.

    Offsets are code points. Which tasks are for the audit is not told; they only lack a suggestion.
    """
    return {
        **page_words(language),
        "annotator": annotator,
        "tasks": [_task_view(task) for task in tasks],
        "labels": {
            task.comment.id: labels_of(labels[task.comment.id]) for task in tasks if task.comment.id in labels
        },
    }


def check_same_texts(tasks: Sequence[Task], labels: Mapping[str, LabelledComment]) -> None:
    """Make sure that what is labelled already are these tasks' comments.

    Raises:
        BrokenLabels: a label and a task have the same id and different texts.
    """
    for task in tasks:
        labelled = labels.get(task.comment.id)
        if labelled is not None and labelled.text != task.comment.text:
            raise BrokenLabels(
                Bilingual("已有标注的文字与任务不同", "a label's text is not that of the task"),
                value=task.comment.id,
                next_step=Bilingual("换一个 --output", "choose another --output"),
            )


def _task_view(task: Task) -> dict[str, Any]:
    comment = task.comment
    turns = turn_spans(comment.text, comment.kind)
    return {
        "id": comment.id,
        "kind": comment.kind,
        "domain": comment.domain,
        "text": comment.text,
        "turns": turns,
        "clauses": [
            clause
            for role, start, end in turns
            if role == "customer"
            for clause in split_clauses(comment.text, start, end)
        ],
        "suggestion": task.suggestion,
        "touchpoints": dict(usual_touchpoints(comment.domain)),
    }
