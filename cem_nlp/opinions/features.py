"""Hashed n-grams of clauses: characters 1 to 4 and words 1 and 2, for a whole batch at once.

A clause is a bag of feature numbers. Nothing here keeps text: an n-gram is folded into one of `BUCKETS`
numbers and cannot be read back. Every n-gram of a batch is computed by a handful of array operations.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = "npt.NDArray[np.generic]"
Counts: TypeAlias = npt.NDArray[np.int64]
Hashes: TypeAlias = npt.NDArray[np.uint64]
Flags: TypeAlias = npt.NDArray[np.bool_]

BUCKET_BITS: Final = 21
BUCKETS: Final = 1 << BUCKET_BITS
"""Two million: ten times the features that a model keeps, so that few of them share a number."""

LONGEST_GRAM: Final = 4
"""Characters in the longest n-gram; 5 and more gained nothing in cross-validation on the training comments.
"""

SEPARATOR: Final = "\n"
"""Stands before, between and after clauses: the edge of a clause is part of its n-grams."""

_SEPARATOR_CODE: Final = ord(SEPARATOR)
# Odd 64-bit multipliers from Knuth's MMIX generator and from splitmix64 (Steele, Lea & Flood 2014).
_BASE: Final = np.uint64(6364136223846793005)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
_WORD_SALT: Final = 100


def join_clauses(clauses: Sequence[str]) -> str:
    """Return the clauses as the one string that `clause_features` reads; white space at line ends becomes a
    space.
    """
    return "".join([SEPARATOR, *(clause.replace(SEPARATOR, " ") + SEPARATOR for clause in clauses)])


def clause_features(joined: str, word_lengths: Sequence[int]) -> tuple[Counts, Counts]:
    """Return (clause numbers, feature numbers) of every n-gram in `joined`, in no particular order.

    `joined` comes from `join_clauses`; `word_lengths` are the lengths of its words in order, separators
    included, as a segmenter cut it. Feature numbers are below `BUCKETS`. Latin letters are folded to lower
    case and digits to 0: how much was paid tells little, that something was paid tells a lot.
    """
    codes = _fold(np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32))
    is_edge = codes == _SEPARATOR_CODE
    clause_at = np.cumsum(is_edge) - 1
    pairs = [
        *_character_grams(codes, is_edge, clause_at),
        *_word_grams(codes, is_edge, clause_at, word_lengths),
    ]
    return np.concatenate([at for at, _ in pairs]), np.concatenate([hashes for _, hashes in pairs])


def _fold(codes: npt.NDArray[np.uint32]) -> Hashes:
    folded = codes.astype(np.uint64)
    folded[(codes >= ord("A")) & (codes <= ord("Z"))] += np.uint64(32)
    folded[(codes >= ord("0")) & (codes <= ord("9"))] = ord("0")
    return folded


def _character_grams(codes: Hashes, is_edge: Flags, clause_at: Counts) -> list[tuple[Counts, Counts]]:
    grams: list[tuple[Counts, Counts]] = []
    rolling = np.zeros(len(codes), np.uint64)
    has_inner_edge = np.zeros(len(codes), np.bool_)
    for size in range(1, LONGEST_GRAM + 1):
        count = len(codes) - size + 1
        if count <= 0:
            break
        rolling = rolling[:count] * _BASE + codes[size - 1 :]
        if size > 2:
            has_inner_edge = has_inner_edge[:count] | is_edge[size - 2 : -1]
            usable = ~has_inner_edge
        elif size == 2:
            has_inner_edge = np.zeros(count, np.bool_)
            usable = ~(is_edge[:-1] & is_edge[1:])
        else:
            usable = ~is_edge
        grams.append((clause_at[:count][usable], _bucket(rolling[usable], size)))
    return grams


def _word_grams(
    codes: Hashes, is_edge: Flags, clause_at: Counts, word_lengths: Sequence[int]
) -> list[tuple[Counts, Counts]]:
    ends = np.cumsum(np.asarray(word_lengths, np.int64))
    if not len(ends):
        return []
    starts = np.concatenate([[0], ends[:-1]])
    words = _hash_between(codes, starts, ends)
    at, edge = clause_at[starts], is_edge[starts]
    both = words[:-1] * _BASE + words[1:]
    usable = ~(edge[:-1] & edge[1:])
    return [
        (at[~edge], _bucket(words[~edge], _WORD_SALT)),
        (at[:-1][usable], _bucket(both[usable], _WORD_SALT + 1)),
    ]


def _hash_between(codes: Hashes, starts: Counts, ends: Counts) -> Hashes:
    # A sum of code x power(position) over the word, brought to a common origin by the inverse power:
    # equal words give equal sums wherever they stand.
    longest = int((ends - starts).max())
    words = np.zeros(len(starts), np.uint64)
    for offset in range(min(longest, _LONGEST_WORD)):
        inside = starts + offset < ends
        words[inside] = words[inside] * _BASE + codes[starts[inside] + offset]
    return words


_LONGEST_WORD: Final = 12
"""Characters of a word that count; longer ones are Latin strings and numbers."""


def _bucket(hashes: Hashes, salt: int) -> Counts:
    mixed = (hashes + np.uint64(salt)) * _MIX
    mixed ^= mixed >> np.uint64(31)
    mixed *= _BASE
    return (mixed >> np.uint64(64 - BUCKET_BITS)).astype(np.int64)
