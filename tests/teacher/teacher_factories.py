"""A tiny pretrained BERT as TensorFlow would save it, and short comments to read."""

import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from transformer_factories import PIECES, encoded

from cem_nlp.opinions.encode import Encoded
from cem_nlp.opinions.network import N_OPINIONS, Bags
from cem_nlp.opinions.targets import Examples, no_touchpoints, unknown
from cem_nlp.opinions.transformer.word_pieces import WordPieces
from cem_nlp.teacher.checkpoint import CONFIG, DATA, INDEX, VOCABULARY, Size, read_checkpoint, shapes

if TYPE_CHECKING:
    from cem_nlp.teacher.lessons import Teacher

TINY = Size(len(PIECES), embedding=8, hidden=24, heads=2, inner=32, layers=2, positions=512)
CONFIGURED = {
    "vocab_size": TINY.vocabulary,
    "embedding_size": TINY.embedding,
    "hidden_size": TINY.hidden,
    "num_attention_heads": TINY.heads,
    "intermediate_size": TINY.inner,
    "num_hidden_layers": TINY.layers,
    "max_position_embeddings": TINY.positions,
    "hidden_act": "gelu",
}
FLOAT32, FLOAT64 = 1, 2
_IN_A_BLOCK = 5
"""Tensors in a block of the index: few, so that it has several."""


def weights() -> dict[str, np.ndarray]:
    """Random weights of the tiny BERT."""
    random = np.random.default_rng(1)
    return {
        name: (random.standard_normal(shape) * 0.2 + name.endswith("gamma")).astype(np.float32)
        for name, shape in shapes(TINY).items()
    }


def write_checkpoint(folder: Path, **changes: object) -> Path:
    """Write the tiny BERT; `changes` are of its configuration."""
    (folder / CONFIG).write_text(json.dumps(CONFIGURED | changes), encoding="utf-8")
    (folder / VOCABULARY).write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    index, data = bundle({f"bert/{name}": value for name, value in weights().items()})
    (folder / INDEX).write_bytes(index)
    (folder / DATA).write_bytes(data)
    return folder


def bundle(arrays: Mapping[str, np.ndarray], compression: int = 0) -> tuple[bytes, bytes]:
    """Return the index and the data of these arrays; `compression` is what the index says of its blocks."""
    data = b""
    entries = [(b"", b"\x08\x01")]  # the bundle itself: in one part
    for name, value in sorted(arrays.items()):
        dtype = FLOAT64 if value.dtype == np.float64 else FLOAT32
        shape = b"".join(_delimited(2, _varint(1, extent)) for extent in value.shape)
        offset = _varint(4, len(data)) if data else b""
        checksum = b"\x35" + bytes(4)
        entries.append(
            (
                name.encode(),
                _varint(1, dtype) + _delimited(2, shape) + offset + _varint(5, value.nbytes) + checksum,
            )
        )
        data += value.tobytes()
    table, handles = b"", []
    for begin in range(0, len(entries), _IN_A_BLOCK):
        some = entries[begin : begin + _IN_A_BLOCK]
        table, handle = _with_block(table, some, compression)
        handles.append((some[-1][0], handle))
    table, about = _with_block(table, [], compression)
    table, blocks = _with_block(table, handles, compression)
    return table + (about + blocks).ljust(40, b"\0") + struct.pack("<Q", 0xDB4775248B80FB57), data


def _with_block(table: bytes, pairs: Sequence[tuple[bytes, bytes]], kind: int) -> tuple[bytes, bytes]:
    """Append a block to a table; return the table, and where the block is."""
    block, before = b"", b""
    for key, value in pairs:
        shared = 0
        while shared < min(len(key), len(before)) and key[shared] == before[shared]:
            shared += 1
        block += _number(shared) + _number(len(key) - shared) + _number(len(value)) + key[shared:] + value
        before = key
    block += struct.pack("<II", 0, 1)  # one restart, at the beginning
    return table + block + bytes([kind]) + bytes(4), _number(len(table)) + _number(len(block))


def _varint(field: int, value: int) -> bytes:
    return _number(field << 3) + _number(value)


def _delimited(field: int, value: bytes) -> bytes:
    return _number(field << 3 | 2) + _number(len(value)) + value


def _number(value: int) -> bytes:
    return bytes([value]) if value < 128 else bytes([value & 127 | 128]) + _number(value >> 7)


def nothing_known(comments: Encoded) -> Examples:
    """These comments as examples whose every target is unknown."""
    nothing = np.zeros(0, np.int32)
    bags = Bags(
        rows=nothing,
        clause_starts=comments.clause_starts,
        comment_starts=comments.comment_starts,
        answer_rows=nothing,
        answer_starts=comments.answer_starts,
        kinds=comments.kinds,
    )
    stars = np.full(len(comments.texts), np.nan, np.float32)
    return Examples(bags, *unknown(bags), no_touchpoints(bags), stars)


def labelled(comments: Encoded) -> Examples:
    """These comments as examples: each clause holds the one opinion that belongs to its last character."""
    examples = nothing_known(comments)
    examples.comment[:] = 0
    examples.clause[:] = 0
    of_comment = np.repeat(np.arange(len(comments.texts)), np.diff(comments.comment_starts))
    for clause, ((_, end), comment) in enumerate(zip(comments.spans, of_comment, strict=True)):
        if end:
            label = PIECES.index(comments.texts[comment][end - 1]) % N_OPINIONS
            examples.clause[clause, label] = examples.comment[comment, label] = 1
            examples.touchpoint[clause, label] = label % 3
    return examples


def comments() -> Encoded:
    """Six short comments."""
    return encoded(
        ["质量好"], ["质量坏", "物流快"], ["物流慢"], ["价格贵", "客服差"], ["价格便宜"], ["客服耐心"]
    )


def pool() -> Encoded:
    """Five more, of every kind."""
    return encoded(["物流快"], ["物流慢", "质量坏"], ["价格贵"], ["质量好"], [""], kinds=[0, 0, 0, 1, 2])


def untaught(folder: Path) -> "Teacher":
    """A teacher that has learnt nothing yet; needs PyTorch."""
    import torch

    from cem_nlp.teacher.lessons import Teacher
    from cem_nlp.teacher.transformer import reader_of

    checkpoint = read_checkpoint(write_checkpoint(folder))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(5)
        reader = reader_of(checkpoint)
        # At first labels hardly depend on the comment: let them.
        torch.nn.init.normal_(reader.label.weight)
        torch.nn.init.normal_(reader.comment.weight, std=0.1)
        torch.nn.init.zeros_(reader.label.bias)
    return Teacher(WordPieces(checkpoint.vocabulary), [reader])
