"""Finding many words in a text in one pass."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable


class WordFinder:
    """Finds which keys a text's words belong to; where words overlap, the longer one counts."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        """Take (word, key) pairs; of the same word given twice the first pair counts."""
        self._key_of: dict[str, str] = {}
        for word, key in words:
            self._key_of.setdefault(word, key)
        self._rank = {key: rank for rank, key in enumerate(dict.fromkeys(self._key_of.values()))}
        self._pattern = re.compile(_alternatives(self._key_of)) if self._key_of else None

    def all(self, text: str) -> set[str]:
        """Return the keys of all words in `text`."""
        return set(self._found(text))

    def most(self, text: str) -> str | None:
        """Return the key with most words in `text`, the one given earlier in a tie, None without any."""
        counts = Counter(self._found(text))
        return min(counts, key=lambda key: (-counts[key], self._rank[key]), default=None)

    def _found(self, text: str) -> list[str]:
        return [] if self._pattern is None else [self._key_of[word] for word in self._pattern.findall(text)]


def _alternatives(words: Iterable[str]) -> str:
    # Grouped by first character: the matcher then looks at one group a position instead of at every word.
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        groups[word[0]].append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items())
