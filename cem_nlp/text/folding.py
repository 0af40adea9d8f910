"""Which characters Unicode's compatibility composition (NFKC) folds in Chinese feedback, and which stay.

Full-width letters, digits and signs, half-width kana, mathematical alphabets, squared units, Roman numerals
and compatibility ideographs fold. Chinese punctuation, list numbers, pictographs, fractions, degree signs and
the parts of emoticons such as (￣▽￣) keep their shape, because they mean something as they are.
"""

import re
import unicodedata
from functools import cache
from itertools import chain
from typing import Final, NamedTuple

_KEPT: Final = re.compile(
    "[，！？：；（）～…‥"  # Chinese punctuation is full-width by right
    "¼½¾\u2150-\u215f\u2189″‴‶‷⁗℃℉™ℹ‼⁇⁈⁉"
    "\u2460-\u24ff\u3130-\u318f\u3200-\u32ff\U0001f100-\U0001f2ff]"  # enclosed characters; Korean letters
)
_CODE_POINTS: Final = (range(0x80, 0xD800), range(0xE000, 0x20000), range(0x2F800, 0x2FA20))
"""Everything that folds or combines lies here; surrogates are no characters."""

_KOREAN_VOWELS_AND_FINALS: Final = [*map(chr, chain(range(0x1161, 0x1176), range(0x11A8, 0x11C3)))]


class Folding(NamedTuple):
    """Tables made from Python's copy of the Unicode character database."""

    folded: dict[str, str]
    """Each folding character with what it becomes."""
    trailing: frozenset[str]
    """Characters that may combine with what precedes them."""


@cache
def folding() -> Folding:
    """Return the tables; the first call takes about 0.1 s."""
    folded = {}
    trailing = set(_KOREAN_VOWELS_AND_FINALS)
    for character in map(chr, chain(*_CODE_POINTS)):
        compatible = unicodedata.normalize("NFKC", character)
        if compatible != character and not _keeps_shape(character, compatible):
            folded[character] = compatible
        if unicodedata.combining(character):
            trailing.add(character)
        kind, *parts = unicodedata.decomposition(character).split() or [""]
        if parts and not kind.startswith("<"):
            trailing.add(chr(int(parts[-1], 16)))
    return Folding(folded, frozenset(trailing))


def _keeps_shape(character: str, compatible: str) -> bool:
    if _KEPT.match(character):
        return True
    # Spacing accents would fall apart into a space and a combining mark.
    return not character.isspace() and (compatible[0] == " " or unicodedata.combining(compatible[0]) > 0)


def character_class(characters: frozenset[str]) -> str:
    """Return the inside of a regular expression's brackets that matches `characters`, as ranges."""
    points = sorted(map(ord, characters))
    starts = [point for point in points if chr(point - 1) not in characters]
    ends = [point for point in points if chr(point + 1) not in characters]
    return "".join(f"\\U{start:08x}-\\U{end:08x}" for start, end in zip(starts, ends, strict=True))
