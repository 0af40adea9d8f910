"""What a reader of another kind says about a pool, as numbers: lessons that training hears beside its own.

Such a reader may be too slow for every night, or not installed where a model is trained. Its probabilities
are kept in 255ths, without a word of the comments.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cem_nlp.errors import BrokenLabels
from cem_nlp.language import Bilingual
from cem_nlp.opinions.network import LABELS, N_OPINIONS, Floats

_STEPS: Final = 255
"""Levels of a stored probability: half a step is 0.002, well below what teachers differ by."""


@dataclass(frozen=True, slots=True)
class PoolReading:
    """Probabilities in 255ths: `comment` (comments × LABELS) and `clause` (clauses × opinion labels) of the
    comments whose texts have this `digest`, in their order."""

    comment: npt.NDArray[np.uint8]
    clause: npt.NDArray[np.uint8]
    digest: str

    def of_comments(self, part: slice) -> Floats:
        """Return the probabilities, 0–1, of these comments."""
        return _chances(self.comment[part])

    def of_clauses(self, part: slice) -> Floats:
        """Return the probabilities, 0–1, of these clauses."""
        return _chances(self.clause[part])


def digest_of(texts: Sequence[str]) -> str:
    """Return the digest by which a reading knows its pool: any change of a text or of their order shows."""
    whole = hashlib.blake2b(digest_size=16)
    for text in texts:
        whole.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return whole.hexdigest()


def reading_of(texts: Sequence[str], comment: Floats, clause: Floats) -> PoolReading:
    """Return probabilities, 0–1, of the comments with these texts, and of their clauses, as a reading."""
    return PoolReading(_in_steps(comment), _in_steps(clause), digest_of(texts))


def pack_reading(reading: PoolReading) -> bytes:
    """Return a reading as a file's content; equal readings give equal bytes."""
    content = io.BytesIO()
    np.savez_compressed(
        content, comment=reading.comment, clause=reading.clause, digest=np.array(reading.digest)
    )
    return content.getvalue()


def unpack_reading(content: bytes, where: str) -> PoolReading:
    """Return the reading in a file's content; `where` names the file in errors.

    Raises:
        BrokenLabels: the content is no reading, or has other labels.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            comment, clause, digest = (arrays[name] for name in ("comment", "clause", "digest"))
    except Exception as error:  # zipfile and numpy raise whatever a damaged file leads them to
        raise _no_reading(where, type(error).__name__) from None
    widths = (comment.shape[1:], clause.shape[1:])
    if widths != ((len(LABELS),), (N_OPINIONS,)) or comment.dtype != np.uint8 or clause.dtype != np.uint8:
        raise _no_reading(where, str(widths))
    return PoolReading(comment, clause, str(digest))


def check_pool(reading: PoolReading, texts: Sequence[str], where: str) -> None:
    """Raise BrokenLabels unless the reading was made on exactly these texts."""
    if reading.digest != digest_of(texts):
        raise BrokenLabels(
            Bilingual("读法是为另一批未标注评论做的", "the reading was made of another pool"),
            where=where,
            value=reading.digest,
            next_step=Bilingual(
                "给出同一个 --pool 和同样的 --hold-out，或不用 --pool-reading",
                "give the same --pool and --hold-out, or leave --pool-reading out",
            ),
        )


def check_clauses(reading: PoolReading, n_clauses: int) -> None:
    """Raise BrokenLabels unless the reading has a row for each clause that the pool is cut into today."""
    if len(reading.clause) != n_clauses:
        raise BrokenLabels(
            Bilingual("读法的分句与现在不同", "the reading cut the pool into other clauses"),
            where="--pool-reading",
            value=len(reading.clause),
            valid=[str(n_clauses)],
            next_step=Bilingual(
                "用现在的版本重做（cem pool-reading），或不用 --pool-reading",
                "make it anew with this version (cem pool-reading), or leave --pool-reading out",
            ),
        )


def _in_steps(chances: Floats) -> npt.NDArray[np.uint8]:
    return np.asarray(np.rint(np.clip(chances, 0, 1) * np.float32(_STEPS)), np.uint8)


def _chances(steps: npt.NDArray[np.uint8]) -> Floats:
    return np.asarray(steps / np.float32(_STEPS), np.float32)


def _no_reading(where: str, value: Any) -> BrokenLabels:
    return BrokenLabels(
        Bilingual("不是一份读法文件", "the file holds no reading of a pool"), where=where, value=value
    )
