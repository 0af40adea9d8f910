"""Reading with numpy: the same whatever stands beside a comment, and to the end of the longest."""

from dataclasses import replace

import numpy as np
import pytest
from transformer_factories import PIECES, encoded, transformer

from cem_nlp.opinions.network import LABELS, N_OPINIONS
from cem_nlp.opinions.transformer import encoder, forward
from cem_nlp.opinions.transformer.forward import logits

ROUNDING = 1e-4
TEXTS = [["质量好"], ["物流快", "价格贵"], [""], ["客服耐心" * 60, "wifi好"], ["质量差" * 300], ["好"]]


def test_reading_twice_gives_the_same_numbers() -> None:
    for one, again in zip(*(logits(transformer(), encoded(*TEXTS)) for _ in range(2)), strict=True):
        assert np.array_equal(one, again)
        assert one.dtype == np.float32


@pytest.mark.parametrize("size", [1, 600, 100_000])
@pytest.mark.parametrize("embedding", [8, 24])
def test_a_comment_reads_the_same_alone_and_beside_longer_ones(
    monkeypatch: pytest.MonkeyPatch, size: int, embedding: int
) -> None:
    reader = transformer(embedding=embedding)
    monkeypatch.setattr(forward, "_READ_AT_ONCE", size)
    together = logits(reader, encoded(*TEXTS, kinds=[0, 1, 2, 0, 1, 2]))
    begin = 0
    for number, clauses in enumerate(TEXTS):
        comment, clause = logits(reader, encoded(clauses, kinds=[number % 3]))
        assert np.abs(comment[0] - together.comment[number]).max() < ROUNDING
        assert np.abs(clause - together.clause[begin : begin + len(clauses)]).max() < ROUNDING
        begin += len(clauses)
    assert together.comment.std(axis=0).max() > 0.1


@pytest.mark.parametrize("size", [1, 1_500])
def test_windows_read_a_few_at_a_time_say_what_they_say_together(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    # The windows in the middle hold nothing of the customer's, as a long answer of the agent's has it.
    long = encoded(["质量好", "物流慢" * 900, "价格贵"])
    long = replace(long, spans=[long.spans[0], (0, 0), long.spans[2]])
    monkeypatch.setattr(forward, "_READ_AT_ONCE", 10**9)
    whole = logits(transformer(), long)
    monkeypatch.setattr(forward, "_READ_AT_ONCE", size)
    for one, other in zip(whole, logits(transformer(), long), strict=True):
        assert np.abs(one - other).max() < ROUNDING


def test_a_long_comment_is_read_to_its_end() -> None:
    filler = ["物流快"] * 300
    one, other = (logits(transformer(), encoded([*filler, last])).clause for last in ("质量好", "价格贵"))
    assert one.shape == (301, N_OPINIONS)
    assert np.abs(one[-1] - other[-1]).max() > 0.1
    first_windows = 100
    # The last clause tells in the first windows only through the mean of the comment.
    assert np.abs(one[:first_windows] - other[:first_windows]).max() < np.abs(one[-1] - other[-1]).max() / 5


def test_the_kind_tells() -> None:
    one, other = (logits(transformer(), encoded(["质量好"], kinds=[kind])).comment for kind in (0, 1))
    assert np.abs(one - other).max() > 0.01


def test_nothing_to_read_gives_nothing() -> None:
    found = logits(transformer(), encoded())
    assert (found.comment.shape, found.clause.shape) == ((0, len(LABELS)), (0, N_OPINIONS))


def test_attention_of_any_strength_overflows_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = transformer()
    strong = {
        name: value * 40 if name.endswith("projected.weight") else value
        for name, value in reader.weights.items()
    }
    found = logits(replace(reader, weights=strong), encoded(*TEXTS))
    assert np.isfinite(found.comment).all()
    plain = logits(reader, encoded(*TEXTS))
    monkeypatch.setattr(encoder, "_SAFE", np.float32(0))
    for careful, fast in zip(logits(reader, encoded(*TEXTS)), plain, strict=True):
        assert np.abs(careful - fast).max() < ROUNDING


def test_heads_are_read_alike_few_or_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = logits(transformer(), encoded(*TEXTS))
    monkeypatch.setattr(encoder, "_IN_CACHE", 1)
    for few, all_heads in zip(logits(transformer(), encoded(*TEXTS)), plain, strict=True):
        assert np.abs(few - all_heads).max() < ROUNDING


def test_the_factory_s_vocabulary_has_every_character_of_these_texts() -> None:
    assert {character for text in TEXTS for character in "".join(text)} <= {*"".join(PIECES)}
