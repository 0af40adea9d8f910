"""A transformer that has taught a network learns once more, whole or with fewer layers."""

from pathlib import Path

import numpy as np
import pytest
from teacher_factories import comments, labelled, pool, untaught

from cem_nlp.opinions.network import N_OPINIONS
from cem_nlp.opinions.transformer.encoder import n_layers
from cem_nlp.opinions.transformer.forward import logits
from cem_nlp.opinions.transformer.weights import Blend, Transformer
from cem_nlp.opinions.transformer.windows import Windows

torch = pytest.importorskip("torch", reason="the extra `teacher` is not installed")

from cem_nlp.teacher.lessons import Lesson, Recipe, Stretch, Teacher  # noqa: E402
from cem_nlp.teacher.second_round import SecondRound, teach_again, together  # noqa: E402

BLEND = Blend(0.1, 0.4, 0.3)
STRETCH = Stretch(60, 5e-3, 1e-2, left=0.0, hidden=0.0)
RECIPE = Recipe(batch=64, weight_decay=0.0)


def gone_on(teacher: Teacher, second: SecondRound, seed: int = 1) -> tuple[Transformer, list[str]]:
    said: list[str] = []
    lesson = Lesson(Windows(comments(), teacher.word_pieces), labelled(comments()))
    found = teach_again(
        teacher,
        lesson,
        labelled(pool()),
        pool(),
        second=second,
        seed=seed,
        report=lambda step: said.append(step.en),
        recipe=RECIPE,
    )
    return found, said


def test_it_learns_what_it_is_told(tmp_path: Path) -> None:
    teacher = untaught(tmp_path)
    before = [weight.clone() for weight in teacher.readers[0].parameters()]
    reader, said = gone_on(teacher, SecondRound(BLEND, stretch=STRETCH))
    truth = labelled(comments()).comment[:, :N_OPINIONS]
    found = 1 / (1 + np.exp(-logits(reader, comments()).comment[:, :N_OPINIONS]))
    assert ((found > 0.5) == (truth > 0.5)).mean() > 0.98
    assert reader.blend == BLEND
    assert any("2 layers: 5 pool comments" in line for line in said)
    for weight, was in zip(teacher.readers[0].parameters(), before, strict=True):
        assert torch.equal(weight, was)


def test_fewer_layers_are_kept_and_all_of_them_at_the_source(tmp_path: Path) -> None:
    teacher = untaught(tmp_path)
    reader, _ = gone_on(teacher, SecondRound(BLEND, layers=1, stretch=Stretch(1, 1e-3, 1e-3, 0.0, 0.0)))
    assert n_layers(reader.weights) == 1
    assert len(teacher.readers[0].encoder.layers) == 2


def test_reviews_are_read_again_by_chance_and_all_calls(tmp_path: Path) -> None:
    briefly = Stretch(1, 1e-3, 1e-3, 0.0, 0.0)
    _, said = gone_on(untaught(tmp_path), SecondRound(BLEND, stretch=briefly, reviews=1))
    assert any("3 pool comments" in line for line in said)  # a review, a complaint, a call


def test_the_same_seed_gives_the_same_transformer(tmp_path: Path) -> None:
    teacher = untaught(tmp_path)
    second = SecondRound(BLEND, stretch=Stretch(1, 1e-3, 1e-3, 0.0, 0.1))
    one, same, other = (gone_on(teacher, second, seed)[0].weights["label.weight"] for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_network_and_transformers_are_heard_in_proportion() -> None:
    said = labelled(pool())
    both = together(said, np.full_like(said.comment, 0.5), np.full_like(said.clause, 0.5))
    assert both.comment == pytest.approx(0.3 * said.comment + 0.35, abs=1e-6)
    assert both.clause == pytest.approx(0.3 * said.clause + 0.35, abs=1e-6)
    assert both.stars is said.stars
