"""How well an engine reads labelled comments.

The main measure compares, per comment, the set of (category, polarity) found with the set labelled, and
counts over all comments (micro average). Ranges are percentile bootstraps over comments (Efron & Tibshirani
1993), seeded.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from cem_nlp.opinions.calibration import Bin, expected_calibration_error, reliability_table
from cem_nlp.opinions.labels import LabelledComment, LabelledOpinion
from cem_nlp.opinions.types import Opinion, Reading

Pair: TypeAlias = tuple[str, str]
Sets: TypeAlias = Sequence[set[Pair]]
"""One set of (category, polarity) a comment; single values stand beside an empty string."""

_RESAMPLES: Final = 1_000
_RANGE: Final = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall and F1, 0–1, with the 95 % range of F1; nan where nothing was labelled nor found.

    `comments` counts those where something was.
    """

    comments: int
    labelled: int
    found: int
    right: int
    precision: float
    recall: float
    f1: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """A share of `of` cases, 0–1; nan without any."""

    value: float
    of: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What sets of (category, polarity) have in common with the labelled ones, comment by comment.

    `parts` holds the measures per category×polarity, category, polarity, kind and domain.
    """

    comments: int
    overall: Measure
    category: Measure
    parts: Mapping[str, Mapping[str, Measure]]


@dataclass(frozen=True, slots=True)
class Evaluation(Comparison):
    """Everything measured.

    `touchpoint` is the share with the right touchpoint among opinions with category and polarity right;
    `evidence` the mean overlap (intersection over union of code points) of their words; `calibration_error`
    the expected calibration error.
    """

    intent: Measure
    expectation: Measure
    touchpoint: Share
    evidence: Share
    calibration_error: float
    reliability: tuple[Bin, ...]


def evaluate(comments: Sequence[LabelledComment], readings: Sequence[Reading], seed: int = 0) -> Evaluation:
    """Compare readings with labels, comment by comment; both in the same order."""
    compared = compare_labels(comments, [pairs_of(reading.opinions) for reading in readings], seed)
    touchpoint, evidence = _of_right_opinions(comments, readings)
    bins = reliability_table(_probabilities(comments, readings))
    return Evaluation(
        comments=compared.comments,
        overall=compared.overall,
        category=compared.category,
        parts=compared.parts,
        intent=measure(
            _single([comment.intent for comment in comments]),
            _single([reading.intent for reading in readings]),
            seed,
        ),
        expectation=measure(
            _single([comment.expectation for comment in comments]),
            _single([reading.expectation for reading in readings]),
            seed,
        ),
        touchpoint=touchpoint,
        evidence=evidence,
        calibration_error=expected_calibration_error(bins),
        reliability=bins,
    )


def compare_labels(comments: Sequence[LabelledComment], found: Sets, seed: int = 0) -> Comparison:
    """Compare the pairs found in labelled comments with their labels."""
    labelled = [pairs_of(comment.opinions) for comment in comments]
    origins = [(comment.kind, comment.domain) for comment in comments]
    return compare(labelled, found, categories_of(found), origins, seed)


def compare(
    labelled: Sets, found: Sets, categories: Sets, origins: Sequence[tuple[str, str]], seed: int = 0
) -> Comparison:
    """Compare pairs and categories found, a set of each a comment, with the pairs labelled; `origins` are the
    comments' kinds and domains.
    """
    return Comparison(
        comments=len(labelled),
        overall=measure(labelled, found, seed),
        category=measure(categories_of(labelled), categories, seed),
        parts={
            "category×polarity": _by_label(labelled, found, " ".join, seed),
            "category": _by_label(labelled, found, lambda pair: pair[0], seed),
            "polarity": _by_label(labelled, found, lambda pair: pair[1], seed),
            "kind": _by_comment(labelled, found, [kind for kind, _ in origins], seed),
            "domain": _by_comment(labelled, found, [domain for _, domain in origins], seed),
        },
    )


def pairs_of(opinions: Iterable[LabelledOpinion | Opinion]) -> set[Pair]:
    """Return the (category, polarity) of some opinions."""
    return {(opinion.category, opinion.polarity) for opinion in opinions}


def measure(labelled: Sets, found: Sets, seed: int = 0) -> Measure:
    """Return the micro-averaged agreement of two sequences of sets."""
    counts = np.array(
        [(len(truth), len(said), len(truth & said)) for truth, said in zip(labelled, found, strict=True)],
        np.float64,
    ).reshape(-1, 3)
    total, claimed, right = counts.sum(axis=0)
    low, high = _bootstrap(counts, seed)
    return Measure(
        comments=int(counts[:, :2].any(axis=1).sum()),
        labelled=int(total),
        found=int(claimed),
        right=int(right),
        precision=_ratio(right, claimed),
        recall=_ratio(right, total),
        f1=_ratio(2 * right, total + claimed),
        low=low,
        high=high,
    )


def _bootstrap(counts: npt.NDArray[np.float64], seed: int) -> tuple[float, float]:
    # Comments without the label on either side weigh nothing: leave them out of the resampling matrix.
    counts = counts[counts[:, :2].any(axis=1)]
    if not len(counts):
        return float("nan"), float("nan")
    random = np.random.default_rng(seed)
    drawn = random.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), _RESAMPLES) @ counts
    low, high = np.percentile(2 * drawn[:, 2] / (drawn[:, 0] + drawn[:, 1]), _RANGE)
    return float(low), float(high)


def _by_label(labelled: Sets, found: Sets, name: Callable[[Pair], str], seed: int) -> dict[str, Measure]:
    def only(sets: Sets, value: str) -> Sets:
        return [{pair for pair in pairs if name(pair) == value} for pairs in sets]

    values = sorted({name(pair) for pairs in [*labelled, *found] for pair in pairs})
    return {value: measure(only(labelled, value), only(found, value), seed) for value in values}


def _by_comment(labelled: Sets, found: Sets, values: Sequence[str], seed: int) -> dict[str, Measure]:
    members: defaultdict[str, list[int]] = defaultdict(list)
    for number, value in enumerate(values):
        members[value].append(number)
    return {
        value: measure([labelled[n] for n in numbers], [found[n] for n in numbers], seed)
        for value, numbers in sorted(members.items())
    }


def _of_right_opinions(
    comments: Sequence[LabelledComment], readings: Sequence[Reading]
) -> tuple[Share, Share]:
    same_place: list[bool] = []
    overlaps: list[float] = []
    for comment, reading in zip(comments, readings, strict=True):
        for opinion in reading.opinions:
            truths = [
                t
                for t in comment.opinions
                if (t.category, t.polarity) == (opinion.category, opinion.polarity)
            ]
            if truths:
                same_place.append(any(truth.touchpoint == opinion.touchpoint for truth in truths))
                overlaps.append(
                    max(_overlap((truth.start, truth.end), (opinion.start, opinion.end)) for truth in truths)
                )
    return _share(same_place), _share(overlaps)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(shared, 0) / (max(one[1], other[1]) - min(one[0], other[0]))


def _probabilities(
    comments: Sequence[LabelledComment], readings: Sequence[Reading]
) -> list[tuple[float, bool]]:
    return [
        (opinion.probability, (opinion.category, opinion.polarity) in pairs_of(comment.opinions))
        for comment, reading in zip(comments, readings, strict=True)
        for opinion in reading.opinions
    ]


def categories_of(sets: Sets) -> Sets:
    """Return the categories alone, each beside an empty string."""
    return [{(category, "") for category, _ in pairs} for pairs in sets]


def _single(values: Sequence[str | None]) -> Sets:
    return [set() if value is None else {(value, "")} for value in values]


def _share(values: Sequence[float]) -> Share:
    return Share(_ratio(sum(values), len(values)), len(values))


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")
