"""How far two annotators of the same comments agree, and where they do not."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import nan

from cem_nlp.errors import BrokenLabels
from cem_nlp.language import Bilingual
from cem_nlp.opinions.evaluation import Measure, Share, measure
from cem_nlp.opinions.labels import LabelledComment
from cem_nlp.vocabulary import CATEGORIES


@dataclass(frozen=True, slots=True)
class Difference:
    """What only one of the two said about a comment, as codes; never its words."""

    id: str
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over the comments that both labelled; `only_first` and `only_second` count the others.

    `overall` is F1 over the comments' sets of (category, polarity), `category` without polarity, `categories`
    overall by category. `touchpoint` is the share with the same touchpoint among opinions that both found.
    `kappas` holds Cohen's kappa (1960) of each category, the polarities it was given being one answer, and of
    intent and expectation: 1 is full agreement, 0 that of chance, nan where both never varied.
    """

    comments: int
    only_first: int
    only_second: int
    overall: Measure
    category: Measure
    categories: Mapping[str, Measure]
    touchpoint: Share
    kappas: Mapping[str, float]
    differences: tuple[Difference, ...]


def compare(first: Sequence[LabelledComment], second: Sequence[LabelledComment]) -> Agreement:
    """Compare two annotators' labels of the same comments, in the order of the first.

    Raises:
        BrokenLabels: no comment was labelled by both, or an id stands for different texts.
    """
    others = {comment.id: comment for comment in second}
    pairs = [(comment, others[comment.id]) for comment in first if comment.id in others]
    _check(pairs)
    one, other = [said for said, _ in pairs], [said for _, said in pairs]
    found = {name: (_pairs(one, name), _pairs(other, name)) for name in CATEGORIES}
    answers = {name: ([*map(frozenset, a)], [*map(frozenset, b)]) for name, (a, b) in found.items()}
    return Agreement(
        comments=len(pairs),
        only_first=len(first) - len(pairs),
        only_second=len(second) - len(pairs),
        overall=measure(_pairs(one), _pairs(other)),
        category=measure(_categories(one), _categories(other)),
        categories={name: measure(*sets) for name, sets in found.items()},
        touchpoint=_touchpoint(pairs),
        kappas={
            **{name: cohens_kappa(*sets) for name, sets in answers.items()},
            "intent": cohens_kappa([said.intent for said in one], [said.intent for said in other]),
            "expectation": cohens_kappa(
                [said.expectation for said in one], [said.expectation for said in other]
            ),
        },
        differences=tuple(_differences(pairs)),
    )


def cohens_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Return how far agreement exceeds chance: 1 in full, 0 none; nan where chance alone explains it all."""
    count = len(first)
    agreed = sum(one == other for one, other in zip(first, second, strict=True)) / count
    shares, others = Counter(first), Counter(second)
    chance = sum(shares[answer] * others[answer] for answer in shares) / count**2
    return nan if chance == 1 else (agreed - chance) / (1 - chance)


def _check(pairs: Sequence[tuple[LabelledComment, LabelledComment]]) -> None:
    if not pairs:
        raise BrokenLabels(
            Bilingual("两份标注没有共同的评论", "the two files share no comment"),
            next_step=Bilingual(
                "让两人标注同一个任务文件", "let both annotators label the same file of tasks"
            ),
        )
    for one, other in pairs:
        if one.text != other.text:
            raise BrokenLabels(
                Bilingual("同一编号的文字不同", "an id stands for different texts"), value=one.id
            )


def _pairs(comments: Iterable[LabelledComment], category: str | None = None) -> list[set[tuple[str, str]]]:
    return [
        {
            (opinion.category, opinion.polarity)
            for opinion in comment.opinions
            if category in (None, opinion.category)
        }
        for comment in comments
    ]


def _categories(comments: Iterable[LabelledComment]) -> list[set[tuple[str, str]]]:
    return [{(category, "") for category, _ in said} for said in _pairs(comments)]


def _touchpoint(pairs: Sequence[tuple[LabelledComment, LabelledComment]]) -> Share:
    shared = same = 0
    for one, other in pairs:
        first, second = _places(one), _places(other)
        shared += len(first.keys() & second.keys())
        same += sum(bool(first[key] & second[key]) for key in first.keys() & second.keys())
    return Share(same / shared if shared else nan, shared)


def _places(comment: LabelledComment) -> dict[tuple[str, str], set[str]]:
    places: dict[tuple[str, str], set[str]] = {}
    for opinion in comment.opinions:
        places.setdefault((opinion.category, opinion.polarity), set()).add(opinion.touchpoint)
    return places


def _differences(pairs: Sequence[tuple[LabelledComment, LabelledComment]]) -> Iterable[Difference]:
    for one, other in pairs:
        first, second = _said(one), _said(other)
        if first != second:
            yield Difference(one.id, tuple(sorted(first - second)), tuple(sorted(second - first)))


def _said(comment: LabelledComment) -> set[str]:
    opinions = {f"{opinion.category} {opinion.polarity} {opinion.touchpoint}" for opinion in comment.opinions}
    return opinions | {name for name in (comment.intent, comment.expectation) if name is not None}
