"""Near-duplicates: the same words sent twice, with other punctuation, emoji or a few other characters.

MinHash over character trigrams finds candidates (Broder 1997; in bands as in Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, chapter 3); the exact Jaccard similarity decides.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

SIMILARITY: Final = 0.85
"""Least Jaccard similarity of the trigram sets: one word of two characters exchanged in sixty."""

FEWEST_TRIGRAMS: Final = 10
"""Different trigrams that make a text comparable, so at least 12 letters: many people write 很好很好."""

_BANDS: Final = 12
_ROWS: Final = 6
"""A pair at the least similarity meets in some band with probability 1 - (1 - 0.85^6)^12 = 0.997."""

_LEAST_AGREEMENT: Final = 0.65
"""Share of equal hashes below which a pair is not worth an exact look: 0.85 less five standard errors."""

_LONGEST_LOOK: Final = 20
"""Texts of a crowded bucket that each later one is compared with: keeps the work linear."""

_REMEMBERED: Final = 4096
"""Texts whose trigrams are kept at hand: those of a crowded bucket are asked for again and again."""

_CHUNK: Final = 8192
"""Texts hashed at once: about 30 MB of working memory for reviews of 60 characters; pairs at once."""

_Integers = npt.NDArray[np.uint64]
_NO_LETTER: Final = re.compile(r"[\W_]+")


def near_duplicates(texts: Sequence[str], groups: Sequence[str]) -> list[int | None]:
    """Return for each text the index of the earliest original of its group that it repeats, None for none.

    An original repeats nothing itself. Texts are compared without punctuation, white space, emoji and letter
    case; `groups` holds one key a text, such as brand and product. Needs about a kilobyte of memory a text.

    Raises:
        ValueError: `texts` and `groups` differ in length.
    """
    folded = [_NO_LETTER.sub("", text).lower() for text in texts]
    copy_of: list[int | None] = [None] * len(texts)
    first: dict[tuple[str, str], int] = {}
    for index, key in enumerate(zip(groups, folded, strict=True)):
        if len(_trigrams(key[1])) >= FEWEST_TRIGRAMS:
            original = first.setdefault(key, index)
            copy_of[index] = original if original < index else None
    originals = list(first.values())
    trigrams = lru_cache(_REMEMBERED)(_trigrams)
    for earlier, later in _candidates(
        [folded[index] for index in originals], [groups[index] for index in originals]
    ):
        original, copy = originals[earlier], originals[later]
        undecided = copy_of[original] is None and copy_of[copy] is None
        if undecided and _jaccard(trigrams(folded[original]), trigrams(folded[copy])) >= SIMILARITY:
            copy_of[copy] = original
    return [_original_of(copy_of, original) for original in copy_of]


def _original_of(copy_of: Sequence[int | None], index: int | None) -> int | None:
    # What was copied word for word may itself be a near-duplicate.
    return index if index is None or copy_of[index] is None else copy_of[index]


def _trigrams(text: str) -> set[str]:
    return {text[start : start + 3] for start in range(len(text) - 2)}


def _jaccard(one: set[str], other: set[str]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def _candidates(texts: Sequence[str], groups: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield pairs (earlier, later) of indices that may be similar, by the later text, then by the earlier."""
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    bands, sketches = _minhash(texts, np.array([numbers[group] for group in groups], dtype=np.uint64))
    met = [np.empty(0, dtype=np.int64)]
    for band in bands.T:
        order = np.argsort(band, kind="stable")
        begins = np.flatnonzero(np.diff(band[order], prepend=~band[order[:1]]))
        position = np.arange(len(order))
        begin = begins[np.searchsorted(begins, position, side="right") - 1]
        for step in range(_LONGEST_LOOK):
            behind = begin + step < position
            if not behind.any():
                break
            earlier, later = order[begin[behind] + step], order[behind]
            alike = (sketches[earlier] == sketches[later]).mean(axis=1) >= _LEAST_AGREEMENT
            met.append(later[alike] * len(texts) + earlier[alike])
    found = np.sort(np.concatenate(met))
    found = found[np.diff(found, prepend=-1) > 0]
    for start in range(0, len(found), _CHUNK):
        for later, earlier in zip(*np.divmod(found[start : start + _CHUNK], len(texts)), strict=True):
            yield int(earlier), int(later)


def _minhash(texts: Sequence[str], groups: _Integers) -> tuple[_Integers, npt.NDArray[np.uint16]]:
    """Return a hash of the group and the rows of each band, and 16 bits of each row, one line a text."""
    bands = np.empty((len(texts), _BANDS), dtype=np.uint64)
    sketches = np.empty((len(texts), _BANDS * _ROWS), dtype=np.uint16)
    factors = _mixed(np.arange(1, _BANDS * _ROWS + 1, dtype=np.uint64)) | np.uint64(1)
    for begin in range(0, len(texts), _CHUNK):
        chunk = slice(begin, begin + _CHUNK)
        trigrams, starts = _hashed_trigrams(texts[chunk])
        for band in range(_BANDS):
            key = _mixed(groups[chunk])
            for row in range(band * _ROWS, (band + 1) * _ROWS):
                least = np.minimum.reduceat(trigrams * factors[row], starts)
                key = _mixed(key ^ least)
                sketches[chunk, row] = least >> np.uint64(48)
            bands[chunk, band] = key
    return bands, sketches


def _hashed_trigrams(texts: Sequence[str]) -> tuple[_Integers, npt.NDArray[np.int64]]:
    """Return the hashes of the texts' trigrams, one text after the other, and where each text begins."""
    points = np.frombuffer("".join(texts).encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    ends = np.cumsum([len(text) for text in texts])
    inside = np.ones(len(points), dtype=bool)
    inside[ends - 1] = inside[ends - 2] = False  # would reach into the next text
    packed = points[:-2] | points[1:-1] << np.uint64(21) | points[2:] << np.uint64(42)
    return _mixed(packed[inside[:-2]]), np.concatenate([[0], ends[:-1] - 2 * np.arange(1, len(texts))])


def _mixed(values: _Integers) -> _Integers:
    """Scatter 64-bit values (splitmix64, Steele et al. 2014): the same on every machine and in every run."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
