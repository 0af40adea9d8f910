"""What numpy reads is what PyTorch reads."""

from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest
from teacher_factories import TINY, write_checkpoint
from transformer_factories import BLEND, encoded

from cem_nlp.opinions.network import sigmoid
from cem_nlp.opinions.transformer.forward import logits
from cem_nlp.opinions.transformer.weights import Transformer, pack, unpack
from cem_nlp.opinions.transformer.word_pieces import WordPieces
from cem_nlp.teacher.checkpoint import read_checkpoint

torch = pytest.importorskip("torch", reason="the extra `teacher` is not installed")

from cem_nlp.teacher.lessons import Teacher  # noqa: E402
from cem_nlp.teacher.transformer import reader_of, weights_of  # noqa: E402

ROUNDING = 0.02
"""Largest difference of probabilities that bfloat16, which PyTorch calculates with, makes."""
FORMULA = 1e-3
"""Largest difference of probabilities that the GELU with tanh and float16 in the file make."""


@pytest.mark.parametrize("difference", [ROUNDING, FORMULA])
def test_both_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, difference: float) -> None:
    if difference == FORMULA:
        monkeypatch.setattr(torch, "autocast", lambda *_, **__: nullcontext())
    checkpoint = read_checkpoint(write_checkpoint(tmp_path))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(5)
        reader = reader_of(checkpoint)
        torch.nn.init.normal_(reader.label.weight, std=0.3)
        torch.nn.init.normal_(reader.comment.weight, std=0.1)
        torch.nn.init.zeros_(reader.label.bias)
    kept = Transformer(checkpoint.vocabulary, TINY.heads, weights_of(reader), BLEND, "")
    texts = [["质量好", "价格贵"], [""], ["客服耐心" * 60, "wifi快"], ["物流慢"] * 300, ["坏"]]
    comments = encoded(*texts, kinds=[0, 1, 2, 0, 1])
    expected = Teacher(WordPieces(checkpoint.vocabulary), [reader]).read(comments)
    for transformer in (kept, unpack(pack(kept), "x")):
        for found, probabilities in zip(logits(transformer, comments), expected, strict=True):
            assert np.abs(sigmoid(found) - probabilities).max() < difference
    assert expected[0].std(axis=0).max() > 5 * ROUNDING
