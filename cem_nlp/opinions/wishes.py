"""What customers wish for and ask: clauses told by the taxonomy's words, whatever the opinions are.

A wish is of one sort: `missing` asks for something that is not there ("要是能在网上报修就好了"), `preference`
names a channel the customer would rather use, `question` asks how, where or whether; of several the first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cem_nlp.opinions.conditions import Condition, Matcher
from cem_nlp.opinions.encode import readable_clauses
from cem_nlp.opinions.taxonomy import Taxonomy
from cem_nlp.opinions.taxonomy_table import WISHES
from cem_nlp.text.script import simplify


@dataclass(frozen=True, slots=True)
class Wish:
    """A clause, text[start:end], in which a customer wishes or asks for something.

    `channel` is the one it names, never None for a preference; `category` and `topic` are what its words are
    about, None where they do not tell.
    """

    start: int
    end: int
    sort: str
    channel: str | None
    category: str | None
    topic: str | None


class WishReader:
    """Finds wishes by the conditions of one taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._matcher = Matcher({**taxonomy.wishes, **taxonomy.channels})
        # Most comments wish for nothing: one look at the whole text spares the split into clauses.
        self._anything = Matcher(_without_exceptions(taxonomy.wishes))

    def read(self, text: str, kind: str) -> list[Wish]:
        """Return the wishes in the customer's words of a comment, in order; `text` has to be normalised."""
        simplified = simplify(text)
        if not self._anything.holding(simplified):
            return []
        found = (self._wish(simplified, *clause) for clause in readable_clauses(simplified, kind))
        return [wish for wish in found if wish is not None]

    def _wish(self, text: str, start: int, end: int) -> Wish | None:
        clause = text[start:end]
        held = self._matcher.holding(clause)
        channel = next((code for code in held if code in self._taxonomy.channels), None)
        sorts = [sort for sort in WISHES if sort in held and (sort != "preference" or channel)]
        if not sorts:
            return None
        category = self._taxonomy.category_of(clause)
        topic = None if category is None else self._taxonomy.topic_of(category, clause)
        return Wish(start, end, sorts[0], channel, category, topic)


def _without_exceptions(conditions: Mapping[str, Condition]) -> dict[str, Condition]:
    return {key: replace(condition, unless=()) for key, condition in conditions.items()}
