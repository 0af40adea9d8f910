"""Traditional to simplified characters, code point for code point, so that spans stay valid.

For analysis only: stored text keeps the customer's own characters. The only module that imports OpenCC.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from opencc import OpenCC

_HAN: Final = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x323B0))
"""Blocks of unified ideographs; compatibility ideographs are gone after normalisation."""

_IN_BOTH_SCRIPTS: Final = frozenset("乾瞭藉徵吒")
"""What simplified text keeps of the traditional characters, in 乾隆, 瞭望, 慰藉, 宫商角徵羽, 哪吒."""

_PRONOUNS: Final = {"妳": "你", "牠": "它"}
"""Written in Taiwan and Hong Kong; OpenCC leaves them."""


class _Tables(NamedTuple):
    simplified_of: dict[str, str]
    """Each traditional character with its simplified one; no simplified one is a key."""
    only_simplified: frozenset[str]
    """Characters that traditional text would mostly write in another way."""


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


@cache
def _tables() -> _Tables:
    han = "".join(chr(point) for block in _HAN for point in block)
    simplified, traditional = (
        "".join(_converter(name).convert("\n".join(han)).split("\n")) for name in ("t2s", "s2t")
    )
    changed = {a: b for a, b in zip(han, simplified, strict=True) if a != b and a not in _IN_BOTH_SCRIPTS}
    return _Tables(changed | _PRONOUNS, frozenset(a for a, b in zip(han, traditional, strict=True) if a != b))


def simplify(text: str) -> str:
    """Return `text` in simplified characters, of the same length; simplified text comes back as it is.

    Mostly traditional text also gets mainland vocabulary where that keeps the length (軟體 → 软件).
    Applying it twice changes nothing more. `text` has to be normalised.

    Raises:
        UnicodeEncodeError: `text` holds a lone surrogate.
    """
    simplified_of = _tables().simplified_of
    if simplified_of.keys().isdisjoint(text):
        return text
    converted = next(candidate for candidate in _candidates(text) if len(candidate) == len(text))
    return "".join([simplified_of.get(character, character) for character in converted])


def _candidates(text: str) -> Iterator[str]:
    """Yield conversions from the most to the least aware of context; the last has the text's length."""
    simplified_of, only_simplified = _tables()
    if sum(c in simplified_of for c in text) > sum(c in only_simplified for c in text):
        yield _converter("tw2sp").convert(text)
    yield _converter("t2s").convert(text)
    yield text
