"""The transformer's encoder in numpy: the state of every piece that is read, in its context.

It calculates what `cem_nlp.teacher.transformer` does, in less time: padding is left out beforehand, so that
nothing has to be masked; attention goes window by window, a few heads at once, through arrays that stay in
the processor's cache; the last layer is worked out only where it is read.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

from cem_nlp.opinions.features import Counts
from cem_nlp.opinions.network import Floats

PIECES: Final = "encoder.pieces"
POSITIONS: Final = "encoder.positions"
SEGMENT: Final = "encoder.segment"
NORM: Final = "encoder.norm"
WIDENED: Final = "encoder.widened"
LAYER: Final = "encoder.layers."

_TINY: Final = np.float32(1e-12)
"""Added to variances, as BERT's normalisation does."""
_IN_CACHE: Final = 260_000
"""Weights of attention held at once: about a megabyte, half a processor core's own cache. Measured with
windows of 230 positions: some three per cent faster than all heads at once, no slower than half or twice."""
_ROWS_IN_CACHE: Final = 64
"""Rows whose GELU is worked out at once, for the same reason; a few per cent faster than all rows at once."""
_SAFE: Final = np.float32(60)
"""Logits of attention below this cannot overflow: e^60 × 512 positions is far below the largest float32."""


class Text(NamedTuple):
    """Windows without their padding, one after another.

    `pieces` are numbers of pieces, `columns` their positions within their windows. Window i has the pieces
    from starts[i] to starts[i + 1]. `read` are the places among all pieces that are read, in rising order;
    window i has those from read_starts[i] to read_starts[i + 1].
    """

    pieces: Counts
    columns: Counts
    starts: Counts
    read: Counts
    read_starts: Counts


def without_padding(pieces: Counts, places: Counts) -> tuple[Text, Counts]:
    """Return windows (windows × positions, 0 for padding) as a text, and each of `places` (counted through
    all positions) as a row of the states that `states` returns for it.
    """
    is_text = pieces != 0
    packed = np.cumsum(is_text.ravel()) - 1
    starts = np.concatenate([[0], np.cumsum(is_text.sum(axis=1))])
    read, rows = np.unique(packed[places], return_inverse=True)
    text = Text(pieces[is_text], np.nonzero(is_text)[1], starts, read, np.searchsorted(read, starts))
    return text, rows


def n_layers(weights: Mapping[str, Floats]) -> int:
    """Return how many layers these weights hold."""
    return sum(name.startswith(LAYER) and name.endswith(".projected.bias") for name in weights)


def states(weights: Mapping[str, Floats], heads: int, text: Text) -> Floats:
    """Return the state of every piece that is read (read × hidden)."""
    embedded = weights[f"{PIECES}.weight"][text.pieces]
    embedded += weights[f"{POSITIONS}.weight"][text.columns]
    embedded += weights[SEGMENT]
    found = normalised(embedded, weights, NORM)
    if f"{WIDENED}.weight" in weights:
        found = linear(found, weights, WIDENED)
    last = n_layers(weights) - 1
    everywhere = text._replace(read=np.arange(len(text.pieces)), read_starts=text.starts)
    for layer in range(last + 1):
        found = _layer(found, weights, f"{LAYER}{layer}", heads, text if layer == last else everywhere)
    return found


def linear(values: Floats, weights: Mapping[str, Floats], name: str) -> Floats:
    """Return values (rows × inputs) times a kernel (outputs × inputs, as PyTorch keeps it) and its bias.

    `unpack` lays kernels in memory so that this is fast; it works with any layout.
    """
    found = values @ weights[f"{name}.weight"].T
    found += weights[f"{name}.bias"]
    return found


def normalised(values: Floats, weights: Mapping[str, Floats], name: str) -> Floats:
    """Return values of mean 0 and variance 1 in each row, scaled and shifted; `values` is overwritten."""
    values -= values.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", values, values)[:, None] / np.float32(values.shape[1])
    values /= np.sqrt(variance + _TINY)
    values *= weights[f"{name}.weight"]
    values += weights[f"{name}.bias"]
    return values


def gelu_twice(values: Floats) -> Floats:
    """Return twice the GELU of each value, by the formula with tanh; `values` is overwritten.

    The formula lies within 0.0005 of the GELU (Hendrycks and Gimpel 2016), and numpy's tanh takes a thirtieth
    of the time of scipy's erf. Whoever multiplies by the result halves the product, which is smaller.
    """
    for begin in range(0, len(values), _ROWS_IN_CACHE):
        some = values[begin : begin + _ROWS_IN_CACHE]
        raised = some * some
        raised *= np.float32(0.044715 * np.sqrt(2 / np.pi))
        raised += np.float32(np.sqrt(2 / np.pi))
        raised *= some
        np.tanh(raised, out=raised)
        raised += np.float32(1)
        some *= raised
    return values


def _layer(values: Floats, weights: Mapping[str, Floats], name: str, heads: int, text: Text) -> Floats:
    """Return the new state of every piece that is read (read × hidden)."""
    asking = values if len(text.read) == len(values) else values[text.read]
    mixed = _mixed(asking, values, weights, f"{name}.projected", heads, text)
    attended = linear(mixed, weights, f"{name}.attended")
    attended += asking
    attended = normalised(attended, weights, f"{name}.attended_norm")
    inner = gelu_twice(linear(attended, weights, f"{name}.widened"))
    narrowed = inner @ weights[f"{name}.narrowed.weight"].T
    narrowed *= np.float32(0.5)
    narrowed += weights[f"{name}.narrowed.bias"]
    narrowed += attended
    return normalised(narrowed, weights, f"{name}.narrowed_norm")


def _mixed(
    asking: Floats, values: Floats, weights: Mapping[str, Floats], name: str, heads: int, text: Text
) -> Floats:
    """Return for each piece that is read what its window's pieces say to it (read × hidden)."""
    kernel, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
    hidden = asking.shape[1]
    width = hidden // heads
    query = asking @ kernel[:hidden].T
    query += bias[:hidden]
    query *= np.float32(width**-0.5)
    key_value = values @ kernel[hidden:].T
    key_value += bias[hidden:]
    queries = query.reshape(-1, heads, width).transpose(1, 0, 2)
    keys, answers = key_value.reshape(-1, 2, heads, width).transpose(1, 2, 0, 3)
    found = np.empty_like(query)
    into = found.reshape(-1, heads, width).transpose(1, 0, 2)
    is_safe = bool(_largest(queries) * _largest(keys) < _SAFE)
    for window in range(len(text.starts) - 1):
        here = slice(text.starts[window], text.starts[window + 1])
        read = slice(text.read_starts[window], text.read_starts[window + 1])
        size = (here.stop - here.start) * (read.stop - read.start)
        at_once = max(1, _IN_CACHE // max(1, size))
        for head in range(0, heads, at_once):
            some = slice(head, head + at_once)
            _attend(queries[some, read], keys[some, here], answers[some, here], into[some, read], is_safe)
    return found


def _largest(vectors: Floats) -> np.float32:
    """Return the length of the longest vector; the last axis is that of a vector's numbers."""
    return np.float32(np.sqrt(np.einsum("hij,hij->hi", vectors, vectors).max()))


def _attend(query: Floats, key: Floats, value: Floats, into: Floats, is_safe: bool) -> None:
    """Write into `into` (heads × read × width) the values (heads × pieces × width), weighted by the softmax
    of the products of queries and keys. `is_safe`: no product is large enough to overflow.
    """
    shares = query @ key.transpose(0, 2, 1)
    if not is_safe:
        shares -= shares.max(axis=2, keepdims=True)
    np.exp(shares, out=shares)
    np.matmul(shares, value, out=into)
    # The sum by multiplication is twice as fast as by adding along rows.
    into /= shares @ np.ones((shares.shape[2], 1), np.float32)
