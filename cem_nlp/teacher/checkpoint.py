"""A pretrained BERT as TensorFlow saved it, read without TensorFlow.

The one meant is chinese_simbert_L-4_H-312_A-12, which the package BertZoo 2021.3.30.19.38.24 (Apache-2.0)
carries: four layers, 13,685 pieces. Any other of that form will do.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from cem_nlp.errors import ModelError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.network import Floats
from cem_nlp.opinions.transformer.windows import POSITIONS
from cem_nlp.opinions.transformer.word_pieces import PADDING, SPECIAL
from cem_nlp.places import reason_of
from cem_nlp.teacher.tensor_bundle import TYPES, CompressedIndex, TensorPlace, places_of_tensors

CONFIG: Final = "bert_config.json"
VOCABULARY: Final = "vocab.txt"
INDEX: Final = "bert_model.ckpt.index"
DATA: Final = "bert_model.ckpt.data-00000-of-00001"
FILES: Final = (CONFIG, VOCABULARY, INDEX, DATA)

_PREFIX: Final = "bert/"
_DAMAGED: Final = Bilingual("检查点文件已损坏或不完整", "the checkpoint's file is damaged or cut short")
_UNKNOWN_FORM: Final = Bilingual("这种形式的检查点读不了", "a checkpoint of this form is not read here")
_UNFIT: Final = Bilingual("检查点的文件彼此不符", "the checkpoint's files do not fit one another")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a BERT is: `embedding` is the width of its embeddings, `hidden` that of its layers, `inner`
    that inside a layer, `positions` how many pieces it can read at once.
    """

    vocabulary: int
    embedding: int
    hidden: int
    heads: int
    inner: int
    layers: int
    positions: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A pretrained BERT; `arrays` are named and shaped as `shapes` says, `vocabulary` lists its pieces."""

    size: Size
    vocabulary: Sequence[str]
    arrays: Mapping[str, Floats]


def shapes(size: Size) -> dict[str, tuple[int, ...]]:
    """Return the arrays of a BERT, by TensorFlow's names without their "bert/"; a kernel is inputs ×
    outputs.
    """
    found: dict[str, tuple[int, ...]] = {
        "embeddings/word_embeddings": (size.vocabulary, size.embedding),
        "embeddings/position_embeddings": (size.positions, size.embedding),
        "embeddings/token_type_embeddings": (2, size.embedding),
        **_norm("embeddings/LayerNorm", size.embedding),
    }
    if size.embedding != size.hidden:
        found |= _dense("encoder/embedding_hidden_mapping_in", size.embedding, size.hidden)
    for layer in range(size.layers):
        place = f"encoder/layer_{layer}"
        for part in ("query", "key", "value"):
            found |= _dense(f"{place}/attention/self/{part}", size.hidden, size.hidden)
        found |= _dense(f"{place}/attention/output/dense", size.hidden, size.hidden)
        found |= _norm(f"{place}/attention/output/LayerNorm", size.hidden)
        found |= _dense(f"{place}/intermediate/dense", size.hidden, size.inner)
        found |= _dense(f"{place}/output/dense", size.inner, size.hidden)
        found |= _norm(f"{place}/output/LayerNorm", size.hidden)
    return found


def read_checkpoint(folder: Path) -> Checkpoint:
    """Read the four `FILES` in a folder.

    Raises:
        ModelError: a file is missing, compressed, cut short, damaged, or does not fit the others. The error
            names the file.
    """
    size = _size(folder / CONFIG)
    vocabulary = _vocabulary(folder / VOCABULARY, size)
    entries = _entries(folder / INDEX)
    data = _content(folder / DATA)
    arrays = {}
    for name, shape in shapes(size).items():
        entry = entries.get(_PREFIX + name)
        if entry is None or entry.dtype not in TYPES or entry.shape != shape:
            raise _refusal(folder / INDEX, _UNFIT, value=name, valid=[f"float {shape}"])
        kind = TYPES[entry.dtype]
        begin, end = entry.offset, entry.offset + int(np.prod(shape)) * kind.itemsize
        if end > len(data):
            raise _refusal(folder / DATA, _DAMAGED, value=f"{len(data)} bytes")
        arrays[name] = np.frombuffer(data[begin:end], kind).reshape(shape).astype(np.float32)
    return Checkpoint(size, vocabulary, arrays)


def _norm(place: str, width: int) -> dict[str, tuple[int, ...]]:
    return {f"{place}/gamma": (width,), f"{place}/beta": (width,)}


def _dense(place: str, inputs: int, outputs: int) -> dict[str, tuple[int, ...]]:
    return {f"{place}/kernel": (inputs, outputs), f"{place}/bias": (outputs,)}


def _size(file: Path) -> Size:
    try:
        config = json.loads(_content(file))
        size = Size(
            vocabulary=int(config["vocab_size"]),
            embedding=int(config.get("embedding_size", config["hidden_size"])),
            hidden=int(config["hidden_size"]),
            heads=int(config["num_attention_heads"]),
            inner=int(config["intermediate_size"]),
            layers=int(config["num_hidden_layers"]),
            positions=int(config["max_position_embeddings"]),
        )
        activation = config["hidden_act"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _refusal(file, _DAMAGED) from None
    if size.heads < 1 or size.hidden % size.heads:
        raise _refusal(file, _DAMAGED, value=f"{size.heads} heads")
    if activation != "gelu":
        raise _refusal(file, _UNKNOWN_FORM, value=f"hidden_act {activation}", valid=["gelu"])
    if size.positions < POSITIONS:
        valid = [f"max_position_embeddings ≥ {POSITIONS}"]
        raise _refusal(file, _UNKNOWN_FORM, value=size.positions, valid=valid)
    return size


def _vocabulary(file: Path, size: Size) -> list[str]:
    try:
        # Not splitlines: a vocabulary may list a character that it would take for the end of a line.
        pieces = _content(file).decode().replace("\r\n", "\n").split("\n")[: size.vocabulary]
    except UnicodeDecodeError:
        raise _refusal(file, _DAMAGED) from None
    if len(pieces) < size.vocabulary or pieces[0] != PADDING or not set(SPECIAL) <= set(pieces):
        valid = [f"{size.vocabulary} lines", *SPECIAL]
        raise _refusal(file, _UNFIT, value=f"{len(pieces)} lines", valid=valid)
    return pieces


def _entries(file: Path) -> Mapping[str, TensorPlace]:
    try:
        return places_of_tensors(_content(file))
    except CompressedIndex:
        what = Bilingual(
            "检查点的索引是压缩的，读不了", "the checkpoint's index is compressed: not read here"
        )
        raise _refusal(file, what) from None
    except ValueError:
        raise _refusal(file, _DAMAGED) from None


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        why = reason_of(error)
        what = Bilingual(f"检查点读不出来：{why.zh}", f"the checkpoint cannot be read: {why.en}")
        raise _refusal(file, what, valid=FILES) from None


def _refusal(
    file: Path, what: Bilingual, *, value: object = None, valid: Sequence[str] | None = None
) -> ModelError:
    next_step = Bilingual("重新取得检查点，或换一个", "fetch the checkpoint again, or use another one")
    return ModelError(what, where=str(file), value=value, valid=valid, next_step=next_step)
