"""Running a taxonomy's own test sentences: what its words find, without the model."""

from collections.abc import Mapping
from dataclasses import dataclass

from cem_nlp.opinions.conditions import Condition, Matcher
from cem_nlp.opinions.encode import customer_clauses, readable_clauses
from cem_nlp.opinions.taxonomy import Case, Taxonomy
from cem_nlp.text.script import simplify


@dataclass(frozen=True, slots=True)
class Failure:
    """A test sentence in which something expected was `missing`, or something was found `against` its `not`.

    `found` is all that the words of the taxonomy find in the sentence.
    """

    case: Case
    missing: tuple[str, ...]
    against: tuple[str, ...]
    found: tuple[str, ...]


def failures(taxonomy: Taxonomy) -> list[Failure]:
    """Return the test sentences that fail, in the order of the file."""
    failed = []
    for case in taxonomy.cases:
        found = findings(taxonomy, case.text)
        missing = tuple(name for name in case.expect if name not in found)
        against = tuple(name for name in case.unless if name in found)
        if missing or against:
            failed.append(Failure(case, missing, against, found))
    return failed


def findings(taxonomy: Taxonomy, text: str) -> tuple[str, ...]:
    """Return what the words find in a review: 'topic:…' and 'touchpoint:…' where some clause would get these
    if it held an opinion of their category, 'theme:…', 'determinant:…', 'expectation:…', 'wish:…' and
    'channel:…' where a clause meets these, and 'rule:…' where a rule decides a clause; rules
    alone are asked about text that is not Chinese.
    """
    simplified = simplify(text)
    clauses = [simplified[start:end] for start, end in readable_clauses(simplified, "review")]
    told = [taxonomy.told_by(clause) for clause in clauses]
    wishes = Matcher({**_named("wish", taxonomy.wishes), **_named("channel", taxonomy.channels)})
    heard = [taxonomy.told_by(simplified[start:end]) for start, end in customer_clauses(simplified, "review")]
    topics = {taxonomy.topic_of(category, clause) for category in taxonomy.topics for clause in clauses}
    places = {taxonomy.touchpoint_of(category, clause) for category in taxonomy.topics for clause in clauses}
    return (
        *(f"topic:{topic}" for of in taxonomy.topics.values() for topic in of if topic in topics),
        *(f"touchpoint:{code}" for code in taxonomy.touchpoints if code in places),
        *(f"theme:{theme}" for theme in taxonomy.themes_of(told)),
        *(f"determinant:{code}" for code in taxonomy.determinants_of(told)),
        *dict.fromkeys(f"expectation:{code}" for clause in told for code in clause.expectations),
        *dict.fromkeys(key for clause in clauses for key in wishes.holding(clause)),
        *dict.fromkeys(f"rule:{clause.rule.name}" for clause in heard if clause.rule is not None),
    )


def _named(sort: str, conditions: Mapping[str, Condition]) -> dict[str, Condition]:
    return {f"{sort}:{code}": condition for code, condition in conditions.items()}
