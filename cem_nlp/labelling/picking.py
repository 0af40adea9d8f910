"""Which comments to label next: doubtful and unlike one another, and some drawn at random to measure with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from cem_nlp.analysis import Comment
from cem_nlp.labelling.doubt import Doubt, doubts
from cem_nlp.labelling.spread import spread
from cem_nlp.labelling.tasks import Task
from cem_nlp.opinions import Reading
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.labels import LabelledComment, LabelledOpinion
from cem_nlp.text import is_default_praise, near_duplicates, prepare, written_language

_LEAST_WITH_AUDIT: Final = 5
"""Tasks from which one is for the audit though the share rounds to none; of fewer it would be a quarter."""
_NO_LETTER: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Picked:
    """The tasks, in the order to label them; `candidates` is how many comments they were picked from."""

    tasks: list[Task]
    candidates: int


def choose(
    engine: NetworkEngine,
    comments: Sequence[Comment],
    labelled: Sequence[LabelledComment],
    *,
    count: int,
    audit_share: float,
    seed: int,
) -> Picked:
    """Pick `count` comments to label, or all candidates where there are fewer.

    First round(`count` × `audit_share`) of the `candidates`, of five or more tasks one at least unless the
    share is 0, are drawn uniformly: labelled without
    suggestions they measure the model without bias. (Over rounds on one and the same collection the first
    draw is the fair one: what is left later lacks the doubtful comments.) The others are picked for the
    greatest doubt, in turns over kind × category × what is doubtful, away from one another (`spread`). Audit
    tasks stand at random places among them. The same comments and seed give the same tasks.
    """
    found = candidates(comments, labelled)
    random = np.random.default_rng(seed)
    total = min(count, len(found))
    audit = random.choice(len(found), _audited(total, audit_share), replace=False).tolist()
    rest = [found[index] for index in sorted(set(range(len(found))) - set(audit))]
    useful = _useful(engine, rest, total - len(audit))
    places = set(random.choice(total, len(audit), replace=False).tolist())
    drawn, chosen = iter([_audit_task(found[index]) for index in audit]), iter(useful)
    return Picked([next(drawn if place in places else chosen) for place in range(total)], len(found))


def _audited(total: int, share: float) -> int:
    return max(round(total * share), int(share > 0 and total >= _LEAST_WITH_AUDIT))


def candidates(comments: Sequence[Comment], labelled: Sequence[LabelledComment]) -> list[Comment]:
    """Return the comments that are worth labelling, normalised and masked.

    Left out: what no customer wrote or nobody wrote in Chinese, what is labelled already, and near-duplicates
    of labelled comments or of earlier ones.
    """
    known = {comment.id for comment in labelled}
    ready = [
        Comment(comment.id, text, comment.kind, comment.domain)
        for comment in comments
        if comment.id not in known and _says_something(text := _prepared(comment), comment.kind)
    ]
    texts = [*map(_prepared, labelled), *(comment.text for comment in ready)]
    repeats = near_duplicates(texts, [""] * len(texts))[len(labelled) :]
    # Short texts are beyond near-duplicates: equal letters are enough there.
    seen = {_letters(text) for text in texts[: len(labelled)]}
    distinct = []
    for comment, original in zip(ready, repeats, strict=True):
        letters = _letters(comment.text)
        if original is None and letters not in seen:
            distinct.append(comment)
        seen.add(letters)
    return distinct


def _prepared(comment: Comment | LabelledComment) -> str:
    return prepare(comment.text, comment.kind).text


def _says_something(text: str, kind: str) -> bool:
    return written_language(text, kind) == "zh" and not is_default_praise(text)


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text).lower()


def _useful(engine: NetworkEngine, comments: Sequence[Comment], count: int) -> list[Task]:
    if not comments:
        return []
    texts, kinds = [comment.text for comment in comments], [comment.kind for comment in comments]
    chances = engine.opinion_chances(texts, kinds)
    found = doubts(chances, engine.model.thresholds.opinion)
    chosen = spread(
        texts,
        np.array([doubt.uncertainty for doubt in found]),
        [(kind, doubt.category, doubt.about) for kind, doubt in zip(kinds, found, strict=True)],
        count,
    )
    readings = engine.read([texts[index] for index in chosen], [kinds[index] for index in chosen])
    return [
        _suggested(comments[index], reading, found[index])
        for index, reading in zip(chosen, readings, strict=True)
    ]


def _suggested(comment: Comment, reading: Reading, doubt: Doubt) -> Task:
    opinions = tuple(
        LabelledOpinion(opinion.category, opinion.polarity, opinion.touchpoint, opinion.start, opinion.end)
        for opinion in reading.opinions
    )
    return Task(
        LabelledComment(
            comment.id,
            comment.kind,
            comment.domain,
            comment.text,
            opinions,
            reading.intent,
            reading.expectation,
        ),
        doubt,
    )


def _audit_task(comment: Comment) -> Task:
    return Task(
        LabelledComment(comment.id, comment.kind, comment.domain, comment.text, (), None, None, audit=True)
    )
