"""Tasks and answers for the tests of labelling."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import numpy as np

from cem_nlp.analysis import Comment
from cem_nlp.labelling.records import label_line, label_record
from cem_nlp.labelling.tasks import Task
from cem_nlp.opinions import Opinion, Reading
from cem_nlp.opinions.labels import LabelledComment, LabelledOpinion
from cem_nlp.opinions.network import OPINION_LABELS

NOW = datetime(2026, 9, 29, 2, 0, tzinfo=UTC)
TEXT = "😀做工精细👨‍👩‍👧，𠮷字牌面𪚥难看，客服三天不理人"
"""Holds characters outside the basic plane, an emoji of five code points, and rare Han characters."""


def opinion(text: str, words: str, category: str, polarity: str, touchpoint: str) -> LabelledOpinion:
    start = text.index(words)
    return LabelledOpinion(category, polarity, touchpoint, start, start + len(words))


def comment(number: str, text: str, *opinions: LabelledOpinion, **fields: Any) -> LabelledComment:
    known = {"kind": "review", "domain": "家电", "intent": None, "expectation": None, **fields}
    return LabelledComment(id=number, text=text, opinions=opinions, **known)


def task(number: str, text: str, *opinions: LabelledOpinion, **fields: Any) -> Task:
    return Task(comment(number, text, *opinions, **fields))


def answer(*opinions: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"opinions": list(opinions), "intent": None, "expectation": None, "seconds": 3.14, **fields}


def said(text: str, words: str, category: str, polarity: str, touchpoint: str) -> dict[str, Any]:
    """An opinion as the page sends it."""
    start = text.index(words)
    codes = {"category": category, "polarity": polarity, "touchpoint": touchpoint}
    return {**codes, "start": start, "end": start + len(words)}


def logged(number: str, annotator: str = "甲", **fields: Any) -> str:
    """A line of a label file."""
    return label_line(label_record(comment(number, "质量很好"), answer(**fields), annotator, NOW))


class UnsureEngine:
    """Stands in for the engine: how sure it is of each comment is written in a table."""

    def __init__(self, chances: dict[str, float]) -> None:
        self.chances = chances
        self.model = SimpleNamespace(thresholds=SimpleNamespace(opinion=0.5))

    def opinion_chances(self, texts: list[str], kinds: list[str]) -> np.ndarray:
        rows = np.zeros((len(texts), len(OPINION_LABELS)), np.float32)
        rows[:, 0] = [self.chances.get(text, 0.5) for text in texts]
        return rows

    def read(self, texts: list[str], kinds: list[str]) -> list[Reading]:
        found = Opinion("product", "positive", "use", 0, 2, 0.9, "model", None)
        return [Reading(opinions=(found,), intent="recommend") for _ in texts]


def comments(count: int) -> list[Comment]:
    """Comments that share few words."""
    han = [chr(0x4E00 + 97 * number) for number in range(200)]
    random = np.random.default_rng(3)
    return [
        Comment(f"c{number}", "".join(random.choice(han, 24)), "review", "家电") for number in range(count)
    ]
