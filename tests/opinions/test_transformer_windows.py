from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transformer_factories import PIECES, encoded

from cem_nlp.opinions.features import Counts
from cem_nlp.opinions.transformer.windows import POSITIONS, Batch, Windows
from cem_nlp.opinions.transformer.word_pieces import WordPieces

VOCABULARY = WordPieces(PIECES)
CHARACTERS = np.array(list("质量好坏物流快慢"))


def clause(length: int, seed: int = 0) -> str:
    return "".join(np.random.default_rng([length, seed]).choice(CHARACTERS, length))


def said(batch: Batch) -> list[str]:
    """What is read for each clause of a batch."""
    read = [""] * len(batch.clauses)
    for place, number in zip(batch.places.tolist(), batch.clause_of.tolist(), strict=True):
        read[number] += PIECES[batch.pieces.ravel()[place]]
    return read


@pytest.mark.parametrize("length", [1, 509, 510, 511, 892, 893, 1500])
def test_every_piece_of_a_clause_is_read_once(length: int) -> None:
    clauses = [clause(size) for size in (length // 3, length - length // 3) if size]
    batch = Windows(encoded(clauses), VOCABULARY).batch(np.array([0]))
    assert said(batch) == clauses
    assert len(set(batch.places.tolist())) == len(batch.places)
    assert batch.pieces.shape[1] <= POSITIONS


def test_a_piece_is_read_with_words_on_both_sides() -> None:
    batch = Windows(encoded([clause(2000)]), VOCABULARY).batch(np.array([0]))
    rows, columns = np.divmod(batch.places, POSITIONS)
    inner_begins = columns[rows > 0]
    inner_ends = columns[rows < len(batch.pieces) - 1]
    assert inner_begins.min() == 65
    assert inner_ends.max() == POSITIONS - 2 - 64


def test_a_window_begins_and_ends_and_is_padded() -> None:
    batch = Windows(encoded(["质量"], ["好", "物流快"]), VOCABULARY).batch(np.array([0, 1]))
    first = ["".join(PIECES[piece] for piece in row) for row in batch.pieces.tolist()]
    assert first == ["[CLS]质量[SEP][PAD][PAD][PAD]", "[CLS]好，物流快[SEP]"]
    assert said(batch) == ["质量", "好", "物流快"]
    assert batch.comment_of.tolist() == [0, 1, 1]


def test_a_comment_without_pieces_is_read_at_its_start() -> None:
    batch = Windows(encoded(["质量"], [""], ["好"]), VOCABULARY).batch(np.array([2, 1, 0]))
    assert said(batch) == ["好", "[CLS]", "质量"]
    assert batch.places.tolist()[1] == batch.pieces.shape[1]


def test_of_a_call_the_customers_turns_are_read_whole_and_how_the_agents_begin() -> None:
    long, answer = clause(80), clause(80, seed=1)
    text = f"客户：{long} / 客服：{answer} / 客户：好 / 客服：{answer[:9]}"
    comment = encoded([text], kinds=[2])
    begin = text.index(long)
    spans = [(begin, begin + len(long)), (text.index("好 /"), text.index("好 /") + 1)]
    call = replace(comment, spans=spans, comment_starts=np.array([0, 2]))
    batch = Windows(call, VOCABULARY).batch(np.array([0]))
    assert said(batch) == [long, "好"]
    read = "".join(PIECES[piece] for piece in batch.pieces[0])
    unknown = {"户": "[UNK]", "：": "[UNK]"}
    parts = ["客户：", long, "客服：", answer[:32], "客户：好", "客服：", answer[:9]]
    expected = "".join(unknown.get(character, character) for character in "".join(parts))
    assert read == f"[CLS]{expected}[SEP]"


def test_a_review_that_looks_like_a_call_is_read_whole() -> None:
    text = f"客户：好 / 客服：{clause(80)}"
    batch = Windows(encoded([text]), VOCABULARY).batch(np.array([0]))
    assert batch.pieces.shape[1] == len(text.replace(" ", "")) + 2


def test_comments_keep_their_numbers() -> None:
    comments = encoded(["质量", "好"], ["坏"], ["物流", "快"], kinds=[0, 1, 2])
    batch = Windows(comments, VOCABULARY).batch(np.array([2, 1]))
    assert batch.clauses.tolist() == [3, 4, 2]
    assert batch.kinds.tolist() == [2, 1]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 700), max_size=30), st.integers(1, 2000), st.booleans())
def test_batches_hold_each_comment_once(lengths: list[int], size: int, shuffled: bool) -> None:
    windows = Windows(encoded(*[[clause(length)] for length in lengths]), VOCABULARY)
    batches = windows.batches(size, np.random.default_rng(0) if shuffled else None)
    assert sorted(number for batch in batches for number in batch.tolist()) == list(range(len(lengths)))
    assert all(len(batch) == 1 or windows.batch(batch).pieces.size <= size for batch in batches)


def test_batches_hold_comments_of_similar_length() -> None:
    lengths = np.random.default_rng(2).permutation(np.arange(1, 101))
    windows = Windows(encoded(*[[clause(int(length))] for length in lengths]), VOCABULARY)
    filled = sum(windows.batch(batch).pieces.size for batch in windows.batches(400))
    assert filled < 1.1 * (lengths + 2).sum()
    one, other = (_random_batches(windows, seed) for seed in (1, 2))
    assert one != other
    assert one == _random_batches(windows, 1)


def _random_batches(windows: Windows, seed: int) -> list[list[int]]:
    batches: list[Counts] = windows.batches(400, np.random.default_rng(seed))
    return [batch.tolist() for batch in batches]
