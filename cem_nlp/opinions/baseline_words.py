"""The baseline of word lists: a clause's category by the taxonomy's words, its polarity by SnowNLP.

The only module that imports SnowNLP. It reads some fifty comments a second: for comparison, never for the
night.
"""

import warnings
from collections.abc import Sequence

from cem_nlp.opinions.encode import readable_clauses
from cem_nlp.opinions.taxonomy import Taxonomy
from cem_nlp.opinions.types import Opinion, Reading
from cem_nlp.text.script import simplify

with warnings.catch_warnings():
    # SnowNLP 0.12.3 holds invalid escape sequences.
    warnings.simplefilter("ignore")
    from snownlp import SnowNLP

_USUAL_TOUCHPOINT = {
    "product": "use",
    "service": "after",
    "relationship": "member",
    "price": "order",
    "convenience": "order",
    "brand": "ad",
}
"""Where the labelling guide puts a category whose words tell no touchpoint."""


def is_good(text: str) -> bool | None:
    """Return what SnowNLP says about a comment, None for one without words."""
    return bool(SnowNLP(text).sentiments > 0.5) if text.strip() else None


class WordListEngine:
    """An OpinionEngine made of the taxonomy's words and SnowNLP's polarity of each clause."""

    model_version = ""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy

    @property
    def taxonomy_version(self) -> str:
        """Version and checksum of the taxonomy."""
        return self.taxonomy.version

    def read(self, texts: Sequence[str], kinds: Sequence[str]) -> list[Reading]:
        """Read prepared comments; see `types.OpinionEngine`."""
        return [self._reading(simplify(text), kind) for text, kind in zip(texts, kinds, strict=True)]

    def _reading(self, text: str, kind: str) -> Reading:
        found: dict[tuple[str, str], Opinion] = {}
        for start, end in readable_clauses(text, kind):
            clause = text[start:end]
            category = self.taxonomy.category_of(clause)
            if category is not None:
                polarity = "positive" if is_good(clause) else "negative"
                topic, place = self.taxonomy.topic_of(category, clause), _USUAL_TOUCHPOINT[category]
                opinion = Opinion(category, polarity, place, start, end, 1.0, "word list", topic)
                found.setdefault((category, polarity), opinion)
        overall = is_good(text) if found else None
        return Reading(
            tuple(found.values()), None if overall is None else "positive" if overall else "negative"
        )
