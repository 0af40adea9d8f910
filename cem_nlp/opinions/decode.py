"""From the network's numbers to readings: which opinions hold, where their words are, what the whole says."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from cem_nlp.opinions.encode import Encoded, customer_clauses
from cem_nlp.opinions.features import Counts
from cem_nlp.opinions.model import Model, Thresholds
from cem_nlp.opinions.network import LABELS, N_OPINIONS, OPINION_LABELS, Floats, Scores, sigmoid
from cem_nlp.opinions.rules import evidence_start, ruled
from cem_nlp.opinions.taxonomy import Taxonomy, Told
from cem_nlp.opinions.types import Opinion, Reading
from cem_nlp.vocabulary import EXPECTATIONS, INTENTS, KINDS, TOUCHPOINTS

_TOUCHPOINTS: Final = tuple(TOUCHPOINTS)
_INTENTS: Final = slice(N_OPINIONS, N_OPINIONS + len(INTENTS))
_EXPECTATIONS: Final = slice(N_OPINIONS + len(INTENTS), len(LABELS))
_MIDDLE: Final = 5.0
"""Middle of the emotion scale 0–10 (METHOD.md, section 1)."""
_SIGN: Final = {"positive": 1.0, "neutral": 0.0, "negative": -1.0}
_IF_DIVIDED: Final = 0.1
_IF_SO_SO: Final = 0.3
"""How far from one half the probability of a good rating must be to decide the overall polarity of a comment
whose opinions are divided, and of a review with neutral ones alone: mediocre reviews are mostly bad ratings.
The latter raises agreement with 237 shop reviews' own ratings, held out of training, from 0.920 to 0.932.
"""
_REVIEW: Final = tuple(KINDS).index("review")
_COMPLAINT: Final = tuple(KINDS).index("complaint")


def probabilities(model: Model, scores: Scores) -> Floats:
    """Return the calibrated probability of every label, comments × LABELS."""
    shift, slope = model.calibration
    return sigmoid(np.float32(shift) + np.float32(slope) * scores.comment)


def readings(
    model: Model, taxonomy: Taxonomy, encoded: Encoded, scores: Scores, told: Sequence[Told]
) -> list[Reading]:
    """Turn the scores of a batch into one Reading a comment; `told` is what the words of each clause tell."""
    chances = probabilities(model, scores)
    good = sigmoid(scores.stars)
    read = []
    for comment, opinions in enumerate(_found(model, taxonomy, encoded, scores, chances)):
        part = slice(*encoded.comment_starts[comment : comment + 2])
        text, clauses = encoded.texts[comment], encoded.spans[part]
        opinions = ruled(taxonomy, text, clauses, told[part], _of_one_mind(opinions))
        whole = _whole(taxonomy, told[part], chances[comment], scores.clause[part], model.thresholds)
        if encoded.kinds[comment] == _COMPLAINT:
            whole = replace(whole, intent="complain")  # who files a complaint complains, whatever the words
        is_review = bool(encoded.kinds[comment] == _REVIEW)
        reading = _with_opinions(whole, opinions, float(good[comment]), is_review)
        read.append(_compared(reading, told[part]))
    return read


def by_rules_alone(taxonomy: Taxonomy, text: str, kind: str) -> Reading:
    """Return what the user's rules say of a simplified comment that the model does not read."""
    if not taxonomy.rules:
        return Reading()
    clauses = customer_clauses(text, kind)
    told = [taxonomy.told_by(text[start:end]) for start, end in clauses]
    return _with_opinions(Reading(), ruled(taxonomy, text, clauses, told, []), 0.5, is_review=False)


def _found(
    model: Model, taxonomy: Taxonomy, encoded: Encoded, scores: Scores, chances: Floats
) -> list[list[Opinion]]:
    """Return the opinions that the model finds in each comment."""
    found: list[list[Opinion]] = [[] for _ in encoded.texts]
    comments, labels = np.nonzero(chances[:, :N_OPINIONS] >= model.thresholds.opinion)
    clauses = _clearest(encoded, scores, comments, labels)
    places = model.touchpoint_scores(scores.hidden[clauses], labels).argmax(axis=1)
    numbers = (column.tolist() for column in (comments, labels, clauses, places))
    for comment, label, clause, place in zip(*numbers, strict=True):
        start, end = encoded.spans[clause]
        if start < end:
            opinion, touchpoint = OPINION_LABELS[label], _TOUCHPOINTS[place]
            chance = round(float(chances[comment, label]), 4)
            found[comment].append(_opinion(taxonomy, encoded, comment, clause, opinion, touchpoint, chance))
    return found


def _clearest(encoded: Encoded, scores: Scores, comments: Counts, labels: Counts) -> Counts:
    """Return the clause of each of these comments that holds the opinion of its label most clearly."""
    starts = encoded.comment_starts
    return np.array(
        [
            starts[comment] + scores.clause[starts[comment] : starts[comment + 1], label].argmax()
            for comment, label in zip(comments, labels, strict=True)
        ],
        np.int64,
    )


def _opinion(
    taxonomy: Taxonomy,
    encoded: Encoded,
    comment: int,
    clause: int,
    label: tuple[str, str],
    touchpoint: str,
    chance: float,
) -> Opinion:
    (start, end), (category, polarity) = encoded.spans[clause], label
    start = evidence_start(encoded.texts[comment], (start, end))
    words = encoded.texts[comment][start:end]
    return Opinion(
        category=category,
        polarity=polarity,
        touchpoint=taxonomy.touchpoint_of(category, words) or touchpoint,
        start=start,
        end=end,
        probability=chance,
        decided_by="model",
        topic=taxonomy.topic_of(category, words),
    )


def _of_one_mind(opinions: list[Opinion]) -> list[Opinion]:
    """Of several polarities that the same words are said to give a category keep the most probable: among
    training comments that is the right one in ten cases of fourteen, both are in two.
    """
    surest: dict[tuple[str, int, int], Opinion] = {}
    for opinion in sorted(opinions, key=lambda opinion: -opinion.probability):
        surest.setdefault((opinion.category, opinion.start, opinion.end), opinion)
    return list(surest.values())


def _whole(
    taxonomy: Taxonomy, told: Sequence[Told], chances: Floats, clauses: Floats, thresholds: Thresholds
) -> Reading:
    """Return what a comment says beside its opinions; `clauses` holds the scores of each of its clauses."""
    expectation = _likeliest(chances[_EXPECTATIONS], tuple(EXPECTATIONS), thresholds.expectation)
    hinted = [] if expectation is None else [int(clauses[:, LABELS.index(expectation)].argmax())]
    return Reading(
        intent=_likeliest(chances[_INTENTS], tuple(INTENTS), thresholds.intent),
        expectation=expectation,
        themes=taxonomy.themes_of(told),
        determinants=taxonomy.determinants_of(told, hinted),
    )


def _with_opinions(whole: Reading, opinions: list[Opinion], good: float, is_review: bool) -> Reading:
    if not opinions:
        return whole
    opinions.sort(key=lambda opinion: (opinion.start, opinion.end, opinion.category, opinion.polarity))
    emotions = [emotion(opinion) for opinion in opinions]
    return replace(
        whole,
        opinions=tuple(opinions),
        polarity=overall_polarity({opinion.polarity for opinion in opinions}, good, is_review),
        peak=max(emotions, key=lambda value: abs(value - _MIDDLE)),
        end=emotions[-1],
        mean=round(sum(emotions) / len(emotions), 4),
    )


def _compared(reading: Reading, told: Sequence[Told]) -> Reading:
    """Let words decide how a comment that praises compares with what was expected: among the training
    comments they are right in 75 of 86 for 'above', of which the network has met too few to know them.
    """
    worded = {code for clause in told for code in clause.expectations}
    if reading.polarity != "positive" or not worded:
        return reading
    return replace(reading, expectation=next(code for code in EXPECTATIONS if code in worded))


def emotion(opinion: Opinion) -> float:
    """Return how an opinion feels, from 0 (surely negative) over 5 (neutral) to 10 (surely positive)."""
    return round(_MIDDLE + _SIGN[opinion.polarity] * _MIDDLE * opinion.probability, 4)


def _likeliest(chances: Floats, names: Sequence[str], threshold: float) -> str | None:
    best = int(chances.argmax())
    return names[best] if chances[best] >= threshold else None


def overall_polarity(polarities: set[str], good: float, is_review: bool) -> str:
    """Return the overall polarity of a comment with opinions of these polarities.

    Opinions of one polarity decide. Where they are divided it is how the comment would be rated (`good`, the
    probability of a good rating), if that is clear; in a review, which ratings were learnt from, also where
    they are all neutral.
    """
    signs = polarities - {"neutral"}
    if len(signs) == 1:
        return next(iter(signs))
    clear = _IF_DIVIDED if signs else _IF_SO_SO
    if not (signs or is_review) or abs(good - 0.5) < clear:
        return "neutral"
    return "positive" if good > 0.5 else "negative"
