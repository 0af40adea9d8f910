"""A transformer that has learnt the opinions, and its file: arrays without pickle.

The weights keep the names and the form that they have in PyTorch (`cem_nlp.teacher.transformer`); what only
touchpoints and ratings need is left out. In the file they are rounded to float16, which halves it.
"""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from cem_nlp.errors import ModelError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.network import LABELS, Floats
from cem_nlp.opinions.transformer.encoder import (
    LAYER,
    NORM,
    PIECES,
    POSITIONS,
    SEGMENT,
    WIDENED,
    n_layers,
)
from cem_nlp.opinions.transformer.windows import POSITIONS as LONGEST_WINDOW
from cem_nlp.opinions.transformer.word_pieces import PADDING, SPECIAL, WordPieces
from cem_nlp.vocabulary import KINDS

CONTEXT: Final = "context"
LABEL: Final = "label"
COMMENT: Final = "comment"

_FORMAT: Final = 1
_PREFIX: Final = "weights."
_END: Final = "\n"
"""Stands between two pieces, or labels, in the file: no piece holds it, since none holds white space."""


@dataclass(frozen=True, slots=True)
class Blend:
    """How network and transformer are heard together: an opinion's log-odds are shift + network × the
    network's logit + transformer × the transformer's logit. Fitted by logistic regression on labelled
    comments.
    """

    shift: float
    network: float
    transformer: float


@dataclass(frozen=True)
class Transformer:
    """A transformer that has learnt the opinions.

    `vocabulary` lists its pieces by their numbers, `heads` is the number of its heads of attention, `weights`
    are named and shaped as `shapes` says. `version` tells its file from any other.
    """

    vocabulary: Sequence[str]
    heads: int
    weights: Mapping[str, Floats]
    blend: Blend
    version: str

    @cached_property
    def word_pieces(self) -> WordPieces:
        """The vocabulary, to cut texts by."""
        return WordPieces(self.vocabulary)


def shapes(weights: Mapping[str, Floats], vocabulary_size: int) -> dict[str, tuple[int, ...]]:
    """Return the shape that each weight must have beside the others; a kernel is outputs × inputs.

    Raises:
        KeyError, ValueError: a weight by which the others are measured is missing or has another form.
    """
    positions, embedding = weights[f"{POSITIONS}.weight"].shape
    inner, hidden = weights[f"{LAYER}0.widened.weight"].shape
    (read,) = weights[f"{CONTEXT}.bias"].shape
    found: dict[str, tuple[int, ...]] = {
        f"{PIECES}.weight": (vocabulary_size, embedding),
        f"{POSITIONS}.weight": (positions, embedding),
        SEGMENT: (embedding,),
        **_norm(NORM, embedding),
        **_linear(CONTEXT, 3 * hidden + len(KINDS), read),
        **_linear(LABEL, read, len(LABELS)),
        **_linear(COMMENT, 2 * read, len(LABELS)),
    }
    if embedding != hidden:
        found |= _linear(WIDENED, embedding, hidden)
    for number in range(n_layers(weights)):
        layer = f"{LAYER}{number}"
        found |= _linear(f"{layer}.projected", hidden, 3 * hidden)
        found |= _linear(f"{layer}.attended", hidden, hidden)
        found |= _norm(f"{layer}.attended_norm", hidden)
        found |= _linear(f"{layer}.widened", hidden, inner)
        found |= _linear(f"{layer}.narrowed", inner, hidden)
        found |= _norm(f"{layer}.narrowed_norm", hidden)
    return found


def _linear(name: str, inputs: int, outputs: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (outputs, inputs), f"{name}.bias": (outputs,)}


def _norm(name: str, width: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (width,), f"{name}.bias": (width,)}


def pack(transformer: Transformer) -> bytes:
    """Return the transformer's file; equal transformers give equal bytes. `version` is not in it: it follows
    from the bytes.
    """
    named: dict[str, Any] = {
        _PREFIX + name: value.astype(np.float16, order="C")
        for name, value in sorted(transformer.weights.items())
    }
    content = io.BytesIO()
    np.savez_compressed(
        content,
        format=np.array(_FORMAT),
        labels=_letters(LABELS),
        vocabulary=_letters(transformer.vocabulary),
        heads=np.array(transformer.heads),
        blend=np.array(astuple(transformer.blend), np.float64),
        **named,
    )
    return content.getvalue()


def unpack(content: bytes, where: str) -> Transformer:
    """Return the transformer in a file; `where` names it in errors.

    Raises:
        ModelError: the file is damaged, of another format, or was made for other labels.
    """
    try:
        return _unpacked(content)
    except (ValueError, KeyError, TypeError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise ModelError(
            Bilingual(
                "Transformer 文件已损坏，或格式不对",
                "the transformer's file is damaged or has another format",
            ),
            where=where,
            value=type(error).__name__,
            next_step=Bilingual("重新取得模型文件", "fetch the model's files again"),
        ) from None


def _unpacked(content: bytes) -> Transformer:
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        if int(arrays["format"]) != _FORMAT or _strings(arrays["labels"]) != list(LABELS):
            raise ValueError("format")
        vocabulary = _strings(arrays["vocabulary"])
        heads = int(arrays["heads"])
        weights = {
            name.removeprefix(_PREFIX): _in_memory(name, arrays[name])
            for name in arrays.files
            if name.startswith(_PREFIX)
        }
        blend = Blend(*arrays["blend"].tolist())
    if not np.isfinite(astuple(blend)).all():
        raise ValueError(blend)
    _check(vocabulary, heads, weights)
    return Transformer(vocabulary, heads, weights, blend, hashlib.sha256(content).hexdigest()[:8])


def _check(vocabulary: Sequence[str], heads: int, weights: Mapping[str, Floats]) -> None:
    """Raise ValueError or KeyError where the parts of a file do not fit one another."""
    if {name: value.shape for name, value in weights.items()} != shapes(weights, len(vocabulary)):
        raise ValueError(sorted(weights))
    if not all(np.isfinite(value).all() for value in weights.values()):
        raise ValueError("not a number")
    if vocabulary[0] != PADDING or not set(SPECIAL) <= set(vocabulary):
        raise ValueError("vocabulary")
    if len(weights[f"{POSITIONS}.weight"]) < LONGEST_WINDOW:
        raise ValueError("positions")
    if heads < 1 or weights[f"{LAYER}0.attended.bias"].size % heads:
        raise ValueError(heads)


def _in_memory(name: str, value: np.ndarray[Any, Any]) -> Floats:
    """Return a weight as float32. A kernel's numbers lie by inputs rather than by outputs: OpenBLAS then
    multiplies a tenth faster, a few dozen rows a third. Embeddings lie by rows, which are picked.
    """
    is_embedding = name.endswith((f"{PIECES}.weight", f"{POSITIONS}.weight"))
    return value.astype(np.float32, order="C" if is_embedding else "F")


def _letters(strings: Sequence[str]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer(_END.join(strings).encode(), np.uint8)


def _strings(letters: np.ndarray[Any, np.dtype[np.uint8]]) -> list[str]:
    return letters.astype(np.uint8).tobytes().decode().split(_END)
