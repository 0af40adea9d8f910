from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from teacher_factories import TINY, bundle, weights, write_checkpoint
from transformer_factories import PIECES

from cem_nlp.errors import ModelError
from cem_nlp.teacher.checkpoint import CONFIG, DATA, FILES, INDEX, VOCABULARY, read_checkpoint


def refused(folder: Path) -> ModelError:
    with pytest.raises(ModelError) as caught:
        read_checkpoint(folder)
    return caught.value


def renamed(**arrays: np.ndarray) -> dict[str, np.ndarray]:
    return {f"bert/{name}": value for name, value in {**weights(), **arrays}.items()}


def test_a_checkpoint_is_read_as_it_was_written(tmp_path: Path) -> None:
    found = read_checkpoint(write_checkpoint(tmp_path))
    assert found.size == TINY
    assert tuple(found.vocabulary) == PIECES
    assert found.arrays.keys() == weights().keys()
    for name, value in weights().items():
        assert np.array_equal(found.arrays[name], value), name


def test_weights_of_double_precision_are_read_too(tmp_path: Path) -> None:
    name = "embeddings/word_embeddings"
    index, data = bundle(renamed(**{name: weights()[name].astype(np.float64)}))
    (write_checkpoint(tmp_path) / INDEX).write_bytes(index)
    (tmp_path / DATA).write_bytes(data)
    found = read_checkpoint(tmp_path).arrays
    assert {value.dtype for value in found.values()} == {np.dtype(np.float32)}
    assert all(np.array_equal(found[name], value) for name, value in weights().items())


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (write_checkpoint(tmp_path) / name).unlink()
    error = refused(tmp_path)
    assert error.where == str(tmp_path / name)
    assert "no such file" in error.explain("en")
    assert "文件不存在" in error.explain("zh")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("share", [0.0, 0.4, 0.9])
def test_a_file_cut_short_is_named(tmp_path: Path, name: str, share: float) -> None:
    file = write_checkpoint(tmp_path) / name
    file.write_bytes(file.read_bytes()[: int(share * file.stat().st_size)])
    assert refused(tmp_path).where == str(file)


def test_a_damaged_index_raises_no_other_error(tmp_path: Path) -> None:
    file = write_checkpoint(tmp_path) / INDEX
    whole = file.read_bytes()
    for at in range(0, len(whole), 7):
        file.write_bytes(whole[:at] + b"\xff" + whole[at + 1 :])
        with suppress(ModelError):  # damage in what is not read, such as a checksum, goes unseen
            read_checkpoint(tmp_path)


def test_a_compressed_index_is_refused(tmp_path: Path) -> None:
    file = write_checkpoint(tmp_path) / INDEX
    file.write_bytes(bundle(renamed(), compression=1)[0])
    error = refused(tmp_path)
    assert error.where == str(file)
    assert "compressed" in error.explain("en")


@pytest.mark.parametrize(
    "arrays",
    [
        {"embeddings/LayerNorm/beta": np.zeros(3, np.float32)},
        {"embeddings/LayerNorm/beta": np.zeros((2, 4), np.float32)},
    ],
)
def test_an_array_of_another_shape_is_named(tmp_path: Path, arrays: dict[str, np.ndarray]) -> None:
    file = write_checkpoint(tmp_path) / INDEX
    file.write_bytes(bundle(renamed(**arrays))[0])
    error = refused(tmp_path)
    assert (error.where, error.value, error.valid) == (str(file), *arrays, ("float (8,)",))


@pytest.mark.parametrize(
    "change",
    [
        {"hidden_act": "relu"},
        {"max_position_embeddings": 128},
        {"num_attention_heads": 5},
        {"hidden_size": "wide"},
        {"vocab_size": None},
    ],
)
def test_another_form_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    assert refused(write_checkpoint(tmp_path, **change)).where == str(tmp_path / CONFIG)


@pytest.mark.parametrize("layers", [TINY.layers + 1])
def test_more_layers_than_there_are_is_refused(tmp_path: Path, layers: int) -> None:
    error = refused(write_checkpoint(tmp_path, num_hidden_layers=layers))
    assert error.where == str(tmp_path / INDEX)
    assert str(error.value).startswith("encoder/layer_2/")


@pytest.mark.parametrize("content", ["[UNK]\n[PAD]\n[CLS]\n[SEP]\n" + "好\n" * 40, "[PAD]\n" * 40])
def test_a_vocabulary_without_the_special_pieces_is_refused(tmp_path: Path, content: str) -> None:
    file = write_checkpoint(tmp_path) / VOCABULARY
    file.write_text(content, encoding="utf-8")
    assert refused(tmp_path).where == str(file)


def test_a_vocabulary_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = write_checkpoint(tmp_path) / VOCABULARY
    file.write_bytes("\n".join(PIECES).encode("gb18030"))
    assert refused(tmp_path).where == str(file)
