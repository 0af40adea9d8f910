"""The user's rules over the model: clauses it has no say in, and opinions that are added or changed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from cem_nlp.opinions.encode import Encoded, Span
from cem_nlp.opinions.features import Flags
from cem_nlp.opinions.taxonomy import Rule, Taxonomy, Told
from cem_nlp.opinions.types import Opinion

_CERTAIN: Final = 0.999
"""Probability of an opinion that a rule decides."""
_CONJUNCTION: Final = re.compile(r"(?:但是|可是|就是|只是|而且|不过|然而|另外|其次|可惜|但|而|且)(?=..)")
"""Links a clause to the one before and says nothing itself: evidence begins after it."""


def evidence_start(text: str, clause: Span) -> int:
    """Return where the evidence of an opinion in `clause` begins."""
    link = _CONJUNCTION.match(text, *clause)
    return link.end() if link else clause[0]


def told_in(taxonomy: Taxonomy, encoded: Encoded) -> list[Told]:
    """Return what the taxonomy's words tell in each clause of a batch."""
    return [
        taxonomy.told_by(text[slice(*clause)])
        for comment, text in enumerate(encoded.texts)
        for clause in encoded.clauses_of(comment)
    ]


def without_replaced(encoded: Encoded, told: Sequence[Told]) -> Encoded:
    """Return the batch as if the clauses that a rule decides were empty: the model has no say in them, nor do
    they colour what it says of the others. `told` is one a clause.
    """
    kept = np.array([clause.rule is None or not clause.rule.replaces for clause in told], np.bool_)
    if kept.all():
        return encoded
    sizes = np.diff(encoded.clause_starts)
    starts = np.concatenate([[0], np.cumsum(np.where(kept, sizes, 0))])
    return replace(
        encoded,
        features=encoded.features[np.repeat(kept, sizes)],
        clause_starts=starts,
        texts=_blanked(encoded, kept),
    )


def _blanked(encoded: Encoded, kept: Flags) -> list[str]:
    """Return the texts with spaces for the clauses that are not kept."""
    texts = list(encoded.texts)
    comment_of = np.repeat(np.arange(len(texts)), np.diff(encoded.comment_starts))
    for clause in np.flatnonzero(~kept):
        comment, (start, end) = comment_of[clause], encoded.spans[clause]
        text = texts[comment]
        texts[comment] = text[:start] + " " * (end - start) + text[end:]
    return texts


def ruled(
    taxonomy: Taxonomy, text: str, clauses: Sequence[Span], told: Sequence[Told], opinions: list[Opinion]
) -> list[Opinion]:
    """Return a comment's opinions with its rules applied.

    Of several with the same category, polarity and touchpoint the most probable stays; a rule's come first.
    """
    rules = {
        clause: words.rule for clause, words in zip(clauses, told, strict=True) if words.rule is not None
    }
    if not rules:
        return opinions
    rule_at = {end: rule for (_, end), rule in rules.items()}
    found = [_opinion(taxonomy, text, clause, rule) for clause, rule in rules.items() if rule.is_complete]
    for opinion in opinions:
        rule = rule_at.get(opinion.end)
        if rule is None:
            found.append(opinion)
        elif not rule.replaces:
            found.append(_amended(taxonomy, text, opinion, rule))
    found.sort(key=lambda opinion: -opinion.probability)
    distinct: dict[tuple[str, str, str], Opinion] = {}
    for opinion in found:
        distinct.setdefault((opinion.category, opinion.polarity, opinion.touchpoint), opinion)
    return list(distinct.values())


def _opinion(taxonomy: Taxonomy, text: str, clause: Span, rule: Rule) -> Opinion:
    assert rule.category
    assert rule.polarity
    assert rule.touchpoint
    start, end = evidence_start(text, clause), clause[1]
    topic = taxonomy.topic_of(rule.category, text[start:end])
    decided_by = f"rule:{rule.name}"
    return Opinion(rule.category, rule.polarity, rule.touchpoint, start, end, _CERTAIN, decided_by, topic)


def _amended(taxonomy: Taxonomy, text: str, opinion: Opinion, rule: Rule) -> Opinion:
    category = rule.category or opinion.category
    return replace(
        opinion,
        category=category,
        polarity=rule.polarity or opinion.polarity,
        touchpoint=rule.touchpoint or opinion.touchpoint,
        topic=taxonomy.topic_of(category, text[opinion.start : opinion.end]),
        decided_by=f"rule:{rule.name}",
    )
