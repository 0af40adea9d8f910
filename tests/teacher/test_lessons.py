"""The transformer learns, and reads the same whatever stands beside a comment."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from teacher_factories import comments, labelled, nothing_known, pool, untaught, write_checkpoint
from transformer_factories import PIECES, encoded

from cem_nlp.opinions.gradient import Pull
from cem_nlp.opinions.network import N_OPINIONS
from cem_nlp.opinions.transformer.windows import Windows
from cem_nlp.opinions.transformer.word_pieces import WordPieces

torch = pytest.importorskip("torch", reason="the extra `teacher` is not installed")

from cem_nlp.teacher.lessons import Lesson, Recipe, Stretch, Teacher, hidden, loss, teach  # noqa: E402

BRIEFLY = Stretch(1, 1e-3, 1e-3, left=0.0, hidden=0.0)
SHORT = Recipe(
    readers=1, pool=BRIEFLY, labels=Stretch(80, 5e-3, 1e-2, left=0.0, hidden=0.0), batch=64, weight_decay=0.0
)
ROUNDING = 0.02
"""Largest difference of probabilities that bfloat16 makes."""


def taught(folder: Path, seed: int = 1, recipe: Recipe = SHORT) -> tuple[Teacher, list[str]]:
    said: list[str] = []
    teacher = teach(
        write_checkpoint(folder),
        labelled(comments()),
        comments(),
        labelled(pool()),
        pool(),
        seed=seed,
        report=lambda step: said.append(step.en),
        recipe=recipe,
    )
    return teacher, said


def test_it_learns_short_comments_by_heart(tmp_path: Path) -> None:
    teacher, _ = taught(tmp_path)
    comment, clause = teacher.read(comments())
    truth = labelled(comments())
    assert np.abs(comment - truth.comment).max() < 0.3
    assert np.abs(clause - truth.clause).max() < 0.3


def test_the_same_seed_gives_the_same_teacher_and_moves_no_other_chance(tmp_path: Path) -> None:
    brief = replace(SHORT, labels=replace(BRIEFLY, passes=2, hidden=0.3))
    before = torch.random.get_rng_state()
    one, again, other = (taught(tmp_path, seed, brief)[0].read(comments())[0] for seed in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert torch.equal(before, torch.random.get_rng_state())


def test_a_teacher_says_the_mean_of_its_transformers(tmp_path: Path) -> None:
    brief = replace(SHORT, readers=2, labels=BRIEFLY)
    teacher, said = taught(tmp_path, recipe=brief)
    assert [step.split(":")[0] for step in said] == ["transformer 1"] * 2 + ["transformer 2"] * 2
    whole = teacher.read(comments())
    one, other = (Teacher(teacher.word_pieces, [reader]).read(comments()) for reader in teacher.readers)
    for mean, first, second in zip(whole, one, other, strict=True):
        assert mean == pytest.approx((first + second) / 2, abs=1e-6)
        assert np.abs(first - second).max() > 0.01


@pytest.mark.parametrize("share", [0.0, 0.15, 0.6, 1.0])
def test_pieces_are_hidden_in_the_proportions_of_bert(share: float) -> None:
    word_pieces = WordPieces(PIECES)
    batch = Windows(encoded(*[["质量" * 200]] * 20, ["好"]), word_pieces).batch(np.arange(21))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        seen = hidden(batch, word_pieces, share)
    words = ~np.isin(batch.pieces, word_pieces.marks)
    assert np.array_equal(seen.pieces[~words], batch.pieces[~words])
    masked = seen.pieces[words] == word_pieces.hidden
    exchanged = (seen.pieces[words] != batch.pieces[words]) & ~masked
    others = (len(PIECES) - 1) / len(PIECES)
    assert masked.mean() == pytest.approx(0.8 * share, abs=0.03)
    assert exchanged.mean() == pytest.approx(0.1 * share * others, abs=0.015)
    assert np.array_equal(seen.places, batch.places)


def test_reading_twice_gives_the_same_numbers(tmp_path: Path) -> None:
    teacher = untaught(tmp_path)
    for one, again in zip(teacher.read(comments()), teacher.read(comments()), strict=True):
        assert np.array_equal(one, again)


def test_a_comment_reads_the_same_beside_longer_ones(tmp_path: Path) -> None:
    teacher = untaught(tmp_path)
    texts = [["质量好"], ["物流快", "价格贵"], [""], ["客服耐心" * 60]]
    together = teacher.read(encoded(*texts))
    begin = 0
    for number, clauses in enumerate(texts):
        comment, clause = teacher.read(encoded(clauses))
        assert np.abs(comment[0] - together[0][number]).max() < ROUNDING
        assert np.abs(clause - together[1][begin : begin + len(clauses)]).max() < ROUNDING
        begin += len(clauses)
    assert together[0].std(axis=0).max() > 5 * ROUNDING


def test_a_long_comment_is_read_to_its_end(tmp_path: Path) -> None:
    teacher = untaught(tmp_path)
    filler = ["物流快"] * 300
    one, other = (teacher.read(encoded([*filler, last]))[1] for last in ("质量好", "价格贵"))
    assert one.shape == (301, N_OPINIONS)
    assert np.abs(one[-1] - other[-1]).max() > 5 * ROUNDING
    assert np.abs(one[0] - other[0]).max() < ROUNDING


def test_nothing_to_read_gives_nothing(tmp_path: Path) -> None:
    comment, clause = untaught(tmp_path).read(encoded())
    assert (len(comment), len(clause)) == (0, 0)


def test_what_is_unknown_pulls_nowhere(tmp_path: Path) -> None:
    reader = untaught(tmp_path).readers[0]
    lesson = Lesson(Windows(comments(), WordPieces(PIECES)), nothing_known(comments()))
    lost = loss(reader, lesson, lesson.windows.batch(np.arange(6)), Pull())
    lost.backward()
    assert lost.item() == 0
    assert all(not weight.grad.any() for weight in reader.parameters() if weight.grad is not None)


def test_the_loss_is_that_of_the_targets_known(tmp_path: Path) -> None:
    reader = untaught(tmp_path).readers[0].eval()
    examples = nothing_known(comments())
    examples.stars[2] = 1
    examples.clause[3, 4] = 0
    lesson = Lesson(Windows(comments(), WordPieces(PIECES)), examples)
    with torch.inference_mode():
        batch = lesson.windows.batch(np.arange(6))
        said = reader(batch)
        lost = loss(reader, lesson, batch, Pull(clause=0.5, stars=0.25)).item()
    expected = 0.5 * np.log1p(np.exp(said.clause[3, 4].item()))
    expected += 0.25 * np.log1p(np.exp(-said.stars[2].item()))
    assert lost == pytest.approx(expected / 6, rel=1e-3)
