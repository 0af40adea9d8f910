"""What comments and their readings look like, as counts: what drift is measured by.

A profile holds how many comments fall into each bin of a measure, kind by kind, and no text. The one that
travels with a model describes its training comments.
"""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from cem_nlp.errors import ModelError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.network import OPINION_LABELS
from cem_nlp.opinions.types import Reading

PROFILE: Final = "profile.json"
"""Its file beside the model's."""

Counts: TypeAlias = npt.NDArray[np.float64]
KindCounts: TypeAlias = dict[str, dict[str, Counts]]
"""Counts by kind of feedback, then by measure."""

_FORMAT: Final = 1
_LENGTHS: Final = tuple(2**power for power in range(2, 11))
"""Borders between the bins of length in code points: each bin twice as wide as the one before."""
_SHARES: Final = tuple(round(step / 20, 2) for step in range(1, 13))
"""Borders between the bins of the share of unknown n-grams."""
_PROBABILITIES: Final = tuple(round(step / 10, 1) for step in range(1, 10))


def _ranges(borders: tuple[float, ...]) -> tuple[str, ...]:
    between = (f"{low:g}–{high:g}" for low, high in pairwise(borders))
    return f"<{borders[0]:g}", *between, f"≥{borders[-1]:g}"


BINS: Final = {
    "length": _ranges(_LENGTHS),
    "language": ("zh", "other", "none"),
    "unknown": _ranges(_SHARES),
    "found": ("some", "none"),
    "opinions": tuple(f"{category} {polarity}" for category, polarity in OPINION_LABELS),
    "probability": _ranges(_PROBABILITIES),
}
"""The bins of each measure; the first border of a range belongs to it, the second no more.

Length, language and unknown are of the comments. Found, opinions and probability are of the readings of
Chinese comments; in the last two a comment has one vote, which its opinions share.
"""


@dataclass(frozen=True, slots=True)
class Observed:
    """What one comment adds to a profile.

    `length` is in code points, `unknown` the share of n-grams that the model does not know (None: not read),
    `opinions` holds category, polarity and probability of each.
    """

    kind: str
    length: int
    language: str
    unknown: float | None
    opinions: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """The counts of some comments and their readings by the model of `model_version`."""

    model_version: str
    counts: Mapping[str, Mapping[str, Counts]]


def observe(text: str, kind: str, reading: Reading) -> Observed:
    """Return what a prepared comment and its reading add to a profile."""
    opinions = tuple((found.category, found.polarity, found.probability) for found in reading.opinions)
    return Observed(kind, len(text), reading.language, reading.unknown, opinions)


def count(comments: Iterable[Observed]) -> KindCounts:
    """Count comments into the bins of every measure, kind by kind."""
    counts: KindCounts = {}
    for comment in comments:
        of_kind = counts.get(comment.kind)
        if of_kind is None:
            of_kind = counts[comment.kind] = {name: np.zeros(len(bins)) for name, bins in BINS.items()}
        for measure, place, vote in _votes(comment):
            of_kind[measure][place] += vote
    return counts


_PLACE: Final = {
    measure: {name: place for place, name in enumerate(BINS[measure])} for measure in ("language", "opinions")
}


def _votes(comment: Observed) -> Iterable[tuple[str, int, float]]:
    """Yield measure, bin and what the comment adds there."""
    yield "length", bisect_right(_LENGTHS, comment.length), 1
    yield "language", _PLACE["language"][comment.language], 1
    if comment.language != "zh":
        return
    if comment.unknown is not None:
        yield "unknown", bisect_right(_SHARES, comment.unknown), 1
    yield "found", 0 if comment.opinions else 1, 1
    for category, polarity, probability in comment.opinions:
        vote = 1 / len(comment.opinions)
        yield "opinions", _PLACE["opinions"][f"{category} {polarity}"], vote
        yield "probability", bisect_right(_PROBABILITIES, probability), vote


def pack_profile(profile: Profile) -> bytes:
    """Return the profile's file; equal profiles give equal bytes."""
    content: dict[str, Any] = {
        "format": _FORMAT,
        "model": profile.model_version,
        "bins": BINS,
        "counts": {
            kind: {measure: [round(float(n), 3) for n in counts] for measure, counts in measures.items()}
            for kind, measures in sorted(profile.counts.items())
        },
    }
    return _sealed(content)


def unpack_profile(packed: bytes, where: str) -> Profile:
    """Return the profile in a file; `where` names it in errors. Raises ModelError for any changed byte."""
    try:
        content = json.loads(packed)
        content.pop("sha256")
        if _sealed(content) != packed or content["format"] != _FORMAT:
            raise ValueError
        if content["bins"] != {measure: list(bins) for measure, bins in BINS.items()}:
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ModelError(
            Bilingual(
                "模型画像损坏，或属于另一版本的软件", "the model's profile is damaged or of another release"
            ),
            where=where,
            next_step=Bilingual("用 cem profile 重新生成", "make it again with cem profile"),
        ) from None
    counts = {
        kind: {measure: np.array(found) for measure, found in measures.items()}
        for kind, measures in content["counts"].items()
    }
    return Profile(content["model"], counts)


def _sealed(content: Mapping[str, Any]) -> bytes:
    """Lay the content out in the one way there is, with a checksum over it."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True)
    sealed = {**content, "sha256": hashlib.sha256(plain.encode()).hexdigest()}
    return (json.dumps(sealed, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
