"""A diverse choice: every bucket gets its turn, and nothing is taken that says what was taken already."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from cem_nlp.opinions.features import BUCKETS, clause_features, join_clauses
from cem_nlp.text import simplify

_DEPTH: Final = 10
"""Candidates looked at for each one taken: the most valuable ones of its bucket."""


def spread(
    texts: Sequence[str], values: npt.NDArray[np.float64], buckets: Sequence[Hashable], count: int
) -> list[int]:
    """Return `count` indices, or all where there are fewer, best first.

    The buckets take turns, those with the most valuable text first, and each gives the text with the
    greatest value × (1 - similarity to the nearest text taken so far): greedy farthest-first (Gonzalez 1985),
    weighted. Similarity is the cosine of the texts' character n-grams, rare ones weighing more. Values are 0
    or more; ties go to the more valuable, then to the earlier text.
    """
    members = _shortlist(values, buckets, count)
    listed = np.array([index for bucket in members for index in bucket], np.int64)
    if not len(listed):
        return []
    vectors = _vectors([texts[index] for index in listed])
    worth, distance = values[listed].copy(), np.ones(len(listed))
    bounds = np.cumsum([0, *map(len, members)])
    taken: list[int] = []
    while len(taken) < min(count, len(listed)):
        for begin, end in pairwise(bounds.tolist()):
            gain = worth[begin:end] * distance[begin:end]
            at = begin + int(gain.argmax())
            if worth[at] < 0 or len(taken) == count:
                continue
            taken.append(int(listed[at]))
            worth[at] = _TAKEN
            distance = np.minimum(distance, 1 - (vectors @ vectors[at].T).toarray()[:, 0]).clip(_NEAREST)
    return taken


_TAKEN: Final = -1.0
_NEAREST: Final = 1e-6
"""Distance that even equal texts keep, so that what was taken stays below everything else."""


def _shortlist(values: npt.NDArray[np.float64], buckets: Sequence[Hashable], count: int) -> list[list[int]]:
    """Return the most valuable members of every bucket, the bucket with the most valuable one first."""
    members: dict[Hashable, list[int]] = defaultdict(list)
    for index in np.argsort(-values, kind="stable").tolist():
        members[buckets[index]].append(index)
    quotas = _quotas([len(bucket) for bucket in members.values()], count)
    return [bucket[: _DEPTH * quota] for bucket, quota in zip(members.values(), quotas, strict=True) if quota]


def _quotas(sizes: Sequence[int], count: int) -> list[int]:
    """Share `count` out as evenly as the sizes allow."""
    quotas = [0] * len(sizes)
    left = min(count, sum(sizes))
    while left:
        open_ones = [number for number, size in enumerate(sizes) if quotas[number] < size]
        share, rest = divmod(left, len(open_ones))
        for place, number in enumerate(open_ones):
            given = min(share + (place < rest), sizes[number] - quotas[number])
            quotas[number] += given
            left -= given
    return quotas


def _vectors(texts: Sequence[str]) -> csr_matrix:
    """Return a unit vector per text: the hashed n-grams it has, weighted by their rarity among the texts."""
    at, features = clause_features(join_clauses([simplify(text) for text in texts]), [])
    rows, grams = np.divmod(np.unique(at * BUCKETS + features), BUCKETS)
    _, columns, occurrences = np.unique(grams, return_inverse=True, return_counts=True)
    weights = np.log(len(texts) / occurrences)[columns] + 1
    matrix = csr_matrix((weights, (rows, columns)), shape=(len(texts), len(occurrences)))
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1.clip(_NEAREST)
    return csr_matrix(matrix.multiply(1 / lengths[:, None]))
