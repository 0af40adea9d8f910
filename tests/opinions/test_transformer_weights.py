"""The transformer's file: it comes back as it went, and nothing else is taken for it."""

import io
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transformer_factories import PIECES, encoded, transformer

from cem_nlp.errors import ModelError
from cem_nlp.opinions.transformer.forward import logits
from cem_nlp.opinions.transformer.weights import Blend, pack, unpack

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def changed(**arrays: np.ndarray | None) -> bytes:
    """The file with other arrays; None leaves one out."""
    with np.load(io.BytesIO(pack(transformer()))) as file:
        held = {name: file[name] for name in file.files} | arrays
    content = io.BytesIO()
    np.savez_compressed(content, **{name: value for name, value in held.items() if value is not None})
    return content.getvalue()


def refused(content: bytes) -> ModelError:
    with pytest.raises(ModelError) as caught:
        unpack(content, "models/x/transformer.npz")
    assert caught.value.where == "models/x/transformer.npz"
    assert "Transformer" in caught.value.explain("zh")
    return caught.value


@pytest.mark.parametrize(("embedding", "layers"), [(8, 1), (8, 3), (24, 2)])
def test_a_transformer_comes_back_as_it_went(embedding: int, layers: int) -> None:
    given = transformer(embedding=embedding, layers=layers)
    found = unpack(pack(given), "x")
    assert (tuple(found.vocabulary), found.heads, found.blend) == (PIECES, given.heads, given.blend)
    assert found.weights.keys() == given.weights.keys()
    for name, value in given.weights.items():
        assert np.array_equal(found.weights[name], value), name
        assert found.weights[name].dtype == np.float32
    assert pack(found) == pack(given)
    for one, other in zip(*(logits(each, encoded(["质量好"])) for each in (given, found)), strict=True):
        assert one == pytest.approx(other, abs=1e-4)


@settings(deadline=None, max_examples=20)
@given(NUMBERS, NUMBERS, NUMBERS)
def test_any_blend_comes_back(shift: float, network: float, of_transformer: float) -> None:
    blend = Blend(shift, network, of_transformer)
    assert unpack(pack(replace(transformer(), blend=blend)), "x").blend == blend


def test_equal_transformers_give_equal_bytes_and_others_another_version() -> None:
    one, again, other = (pack(transformer(seed)) for seed in (1, 1, 2))
    assert one == again
    assert unpack(one, "x").version == unpack(again, "y").version != unpack(other, "x").version
    assert len(unpack(one, "x").version) == 8


def test_no_pickle_is_ever_loaded() -> None:
    content = pack(transformer())
    assert b"pickle" not in content
    refused(changed(**{"weights.label.bias": np.array([None])}))


@pytest.mark.parametrize("content", [b"", b"PK", b"not a model", bytes(100)])
def test_a_foreign_file_is_refused(content: bytes) -> None:
    refused(content)


def test_an_array_alone_is_refused() -> None:
    content = io.BytesIO()
    np.save(content, np.zeros(3))
    refused(content.getvalue())


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_refused(share: float) -> None:
    content = pack(transformer())
    refused(content[: int(share * len(content))])


def test_damage_raises_no_other_error() -> None:
    content = pack(transformer())
    for place in np.linspace(0, len(content) - 1, 60).astype(int):
        damaged = bytearray(content)
        damaged[place] ^= 0x55
        with suppress(ModelError):  # damage in what is not read, such as a file's date, goes unseen
            unpack(bytes(damaged), "x")


@pytest.mark.parametrize(
    "arrays",
    [
        {"format": np.array(99)},
        {"format": None},
        {"labels": np.frombuffer(b"product positive", np.uint8)},
        {"vocabulary": np.frombuffer(b"[PAD]", np.uint8)},
        {"vocabulary": np.frombuffer("\n".join(reversed(PIECES)).encode(), np.uint8)},
        {"vocabulary": np.frombuffer(b"\xff\xfe", np.uint8)},
        {"heads": np.array(5)},
        {"heads": np.array(0)},
        {"blend": np.zeros(2)},
        {"blend": np.array([0.0, np.nan, 1.0])},
        {"weights.label.bias": None},
        {"weights.label.bias": np.zeros(3, np.float16)},
        {"weights.stars.bias": np.zeros(1, np.float16)},
        {"weights.encoder.segment": np.full(8, np.inf, np.float16)},
        {"weights.encoder.positions.weight": np.zeros((256, 8), np.float16)},
        {"weights.encoder.layers.1.projected.bias": None},
        {"weights.encoder.layers.0.widened.weight": None},
    ],
)
def test_a_part_that_does_not_fit_is_refused(arrays: dict[str, np.ndarray | None]) -> None:
    refused(changed(**arrays))
