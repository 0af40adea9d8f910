"""The index of a TensorFlow checkpoint, a bundle of tensors: which there are, and where in the data they lie.

The index is a LevelDB table. It ends in a footer, which tells where the list of its blocks is; that one tells
where the blocks are. A block holds names, each with a protocol buffer.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

TYPES: Final[Mapping[int, np.dtype[np.floating[Any]]]] = {1: np.dtype("<f4"), 2: np.dtype("<f8")}
"""The types that weights have, by TensorFlow's numbers."""

_FOOTER: Final = 48
_MAGIC: Final = struct.pack("<Q", 0xDB4775248B80FB57)
"""The last bytes of every LevelDB table."""
_PLAIN: Final = 0
"""What stands behind a block that is not compressed."""
# Numbers of the fields of tensorflow.BundleEntryProto, TensorShapeProto and TensorShapeProto.Dim.
_DTYPE, _SHAPE, _OFFSET = 1, 2, 4
_DIMENSION, _EXTENT = 2, 1
# Wire types of protocol buffers, and how many bytes those of fixed length have.
_VARINT, _DELIMITED = 0, 2
_FIXED: Final = {1: 8, 5: 4}


class CompressedIndex(ValueError):
    """A block of the index is compressed."""


@dataclass(frozen=True, slots=True)
class TensorPlace:
    """A tensor: TensorFlow's number of its type, its shape, and the byte of the data where it begins."""

    dtype: int
    shape: tuple[int, ...]
    offset: int


def places_of_tensors(index: bytes) -> dict[str, TensorPlace]:
    """Return every tensor that an index names.

    Raises:
        CompressedIndex: a block is compressed.
        ValueError: this is no such index, or a damaged one.
    """
    if not index.endswith(_MAGIC):
        raise ValueError(len(index))
    try:
        footer = index[-_FOOTER:]
        _, at = _handle(footer, 0)
        blocks, _ = _handle(footer, at)
        return {
            name.decode(): _place(message)
            for _, handle in _pairs(_block(index, blocks))
            for name, message in _pairs(_block(index, _handle(handle, 0)[0]))
            if name  # The nameless one describes the bundle.
        }
    except (IndexError, KeyError, TypeError, struct.error) as error:
        raise ValueError(type(error).__name__) from None


def _handle(content: bytes, at: int) -> tuple[tuple[int, int], int]:
    """Return where a block begins and how long it is, and where the next handle is."""
    begin, at = _number(content, at)
    length, at = _number(content, at)
    return (begin, length), at


def _block(table: bytes, handle: tuple[int, int]) -> bytes:
    begin, length = handle
    if table[begin + length] != _PLAIN:
        raise CompressedIndex(table[begin + length])
    return table[begin : begin + length]


def _pairs(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the keys and values of a block; a key gives only what differs from the one before."""
    (restarts,) = struct.unpack("<I", block[-4:])
    at, end, key = 0, len(block) - 4 - 4 * restarts, b""
    while at < end:
        shared, at = _number(block, at)
        own, at = _number(block, at)
        length, at = _number(block, at)
        key = key[:shared] + block[at : at + own]
        yield key, block[at + own : at + own + length]
        at += own + length


def _place(message: bytes) -> TensorPlace:
    fields = _fields(message)
    dimensions = _fields(fields[_SHAPE][0]).get(_DIMENSION, []) if _SHAPE in fields else []
    # A protocol buffer leaves out what is 0.
    return TensorPlace(
        dtype=fields.get(_DTYPE, [0])[0],
        shape=tuple(_fields(dimension).get(_EXTENT, [0])[0] for dimension in dimensions),
        offset=fields.get(_OFFSET, [0])[0],
    )


def _fields(message: bytes) -> dict[int, list[Any]]:
    """Return the values in a protocol buffer by the numbers of their fields."""
    fields: dict[int, list[Any]] = {}
    at = 0
    while at < len(message):
        tag, at = _number(message, at)
        value: int | bytes
        if tag & 7 == _VARINT:
            value, at = _number(message, at)
        else:
            length, at = _number(message, at) if tag & 7 == _DELIMITED else (_FIXED[tag & 7], at)
            value, at = message[at : at + length], at + length
        fields.setdefault(tag >> 3, []).append(value)
    return fields


def _number(content: bytes, at: int) -> tuple[int, int]:
    """Return the number that begins here, seven bits a byte, and where it ends."""
    number = shift = 0
    while True:
        byte = content[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at
