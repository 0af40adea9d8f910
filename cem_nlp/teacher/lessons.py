"""How the transformer learns, first from the network in use, then from people's labels, and reads.

First it goes once through unlabelled comments, with the probabilities that the network in use gives them,
and through the labelled ones; then through the labelled ones alone, so that people have the last word. Some
pieces of every comment are hidden from it, others each time. Two such transformers, begun with other random
numbers, are one teacher: the mean of what they say.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR

from cem_nlp.language import Bilingual
from cem_nlp.opinions.encode import Encoded
from cem_nlp.opinions.features import Counts
from cem_nlp.opinions.gradient import Pull, Targets
from cem_nlp.opinions.network import LABELS, N_OPINIONS, Floats
from cem_nlp.opinions.targets import Examples
from cem_nlp.opinions.transformer.weights import Blend, Transformer
from cem_nlp.opinions.transformer.windows import Batch, Windows
from cem_nlp.opinions.transformer.word_pieces import WordPieces
from cem_nlp.teacher.checkpoint import read_checkpoint
from cem_nlp.teacher.transformer import Reader, Said, reader_of, weights_of

_READ_AT_ONCE: Final = 12_288
"""Positions read at once, to keep the arrays in between small."""
_REPORT_EVERY: Final = 200
"""Batches between two reports."""
_REPLACED, _EXCHANGED = 0.8, 0.1
"""Shares of the hidden pieces that are replaced by the piece that says so, and by any other (BERT's)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """How one stretch of training goes: passes over the comments, the highest learning rates of the encoder
    and of what stands above it, the share of them that is left at the end, and the share of pieces hidden.
    """

    passes: int
    encoder_rate: float
    rate: float
    left: float
    hidden: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of training.

    Adam's betas are those of RoBERTa (Liu et al. 2019), the weight decay, the share of pieces hidden and the
    rates that rise for a `warm_up` share of the batches and then fall in a straight line those of BERT
    (Devlin et al. 2019); its rates are higher, since the encoder is small. They and all else were set by
    judgement, and not searched for: what they gave stands in models/README.md.

    `readers` is the number of transformers. `batch` is in positions, padding included. Gradients longer than
    `longest_gradient` are shortened.
    """

    readers: int = 2
    pool: Stretch = field(default_factory=lambda: Stretch(1, 4e-4, 1.5e-3, left=0.1, hidden=0.15))
    labels: Stretch = field(default_factory=lambda: Stretch(3, 2.5e-4, 1e-3, left=0.0, hidden=0.1))
    pull: Pull = field(default_factory=lambda: Pull(clause=1.0, touchpoint=0.3, stars=0.3))
    batch: int = 4_096
    betas: tuple[float, float] = (0.9, 0.98)
    weight_decay: float = 0.01
    warm_up: float = 0.06
    longest_gradient: float = 2.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """Comments to read and what should be said of them; both number them alike."""

    windows: Windows
    examples: Examples


@dataclass(frozen=True, slots=True)
class Teacher:
    """Transformers that have learnt the opinions."""

    word_pieces: WordPieces
    readers: Sequence[Reader]

    def read(self, encoded: Encoded) -> tuple[Floats, Floats]:
        """Return the probabilities of LABELS in comments (comments × labels) and of the opinion labels in
        clauses (clauses × opinion labels), both in the order of `encoded`: the mean of all transformers.
        """
        windows = Windows(encoded, self.word_pieces)
        comment = np.zeros((len(encoded.texts), len(LABELS)), np.float32)
        clause = np.zeros((len(encoded.spans), N_OPINIONS), np.float32)
        with torch.inference_mode():
            for comments in windows.batches(_READ_AT_ONCE):
                batch = windows.batch(comments)
                for reader in self.readers:
                    said = reader.eval()(batch)
                    comment[batch.comments] += torch.sigmoid(said.comment).numpy() / len(self.readers)
                    clause[batch.clauses] += torch.sigmoid(said.clause).numpy() / len(self.readers)
        return comment, clause

    def transformer(self, blend: Blend) -> Transformer:
        """Return the first transformer as it reads without PyTorch, beside a network, heard by `blend`."""
        reader = self.readers[0]
        heads = reader.encoder.layers[0].heads
        return Transformer(self.word_pieces.vocabulary, heads, weights_of(reader), blend, version="")


def teach(
    start: Path,
    labelled: Examples,
    labelled_encoded: Encoded,
    pool: Examples,
    pool_encoded: Encoded,
    *,
    seed: int,
    report: Callable[[Bilingual], None],
    recipe: Recipe | None = None,
) -> Teacher:
    """Teach the pretrained BERT in the folder `start`; see `checkpoint` for the one that is meant.

    `labelled` holds people's labels, `pool` what the network in use says of unlabelled comments; each stands
    beside the texts that it is about. `report` hears of each step. The same comments and the same seed give
    the same teacher on the same kind of processor with as many threads.

    Raises:
        ModelError: the checkpoint is missing or damaged.
    """
    recipe = recipe or Recipe()
    checkpoint = read_checkpoint(start)
    word_pieces = WordPieces(checkpoint.vocabulary)
    labels = Lesson(Windows(labelled_encoded, word_pieces), labelled)
    unlabelled = Lesson(Windows(pool_encoded, word_pieces), pool)
    readers = []
    # PyTorch draws at random from one source for the whole process: leave it as it was.
    with torch.random.fork_rng(devices=[]):
        for number in range(recipe.readers):
            torch.manual_seed(seed + number)
            random = np.random.default_rng([seed, number])
            reader = reader_of(checkpoint)
            report(_step(number, len(pool), len(labelled)))
            fit(reader, [unlabelled, labels], recipe.pool, recipe, random, report)
            report(_step(number, 0, len(labelled)))
            fit(reader, [labels], recipe.labels, recipe, random, report)
            readers.append(reader)
    return Teacher(word_pieces, readers)


def _step(number: int, pool: int, labelled: int) -> Bilingual:
    return Bilingual(
        f"Transformer {number + 1}：{pool} 条未标注、{labelled} 条标注评论",
        f"transformer {number + 1}: {pool} pool and {labelled} labelled comments",
    )


def fit(
    reader: Reader,
    lessons: Sequence[Lesson],
    stretch: Stretch,
    recipe: Recipe,
    random: np.random.Generator,
    report: Callable[[Bilingual], None],
) -> None:
    """Let the reader learn from all comments of the lessons, in random order; there is one at least."""
    plan = _plan(lessons, stretch.passes, recipe.batch, random)
    optimiser = _optimiser(reader, stretch, recipe)

    def share_of_rate(step: int) -> float:
        rising = min(1.0, (step + 1) / (recipe.warm_up * len(plan)))
        return rising * (stretch.left + (1 - stretch.left) * (1 - step / len(plan)))

    rates = LambdaLR(optimiser, share_of_rate)
    reader.train()
    total = 0.0
    for step, (lesson, comments) in enumerate(plan, start=1):
        optimiser.zero_grad()
        batch = hidden(lesson.windows.batch(comments), lesson.windows.word_pieces, stretch.hidden)
        lost = loss(reader, lesson, batch, recipe.pull)
        lost.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), recipe.longest_gradient)
        optimiser.step()
        rates.step()
        total += lost.item()
        if step % _REPORT_EVERY == 0:
            lost_each = total / _REPORT_EVERY
            report(
                Bilingual(
                    f"第 {step} 批，共 {len(plan)} 批，损失 {lost_each:.3f}",
                    f"batch {step} of {len(plan)}, loss {lost_each:.3f}",
                )
            )
            total = 0.0


def hidden(batch: Batch, word_pieces: WordPieces, share: float) -> Batch:
    """Return the batch with so many of its pieces hidden, in BERT's proportions: of ten eight are replaced by
    the piece that says so, one by any other, and one stays as it is.
    """
    pieces = torch.from_numpy(batch.pieces)
    chance = torch.rand(pieces.shape) / share if share else torch.ones(pieces.shape)
    chance[torch.isin(pieces, torch.tensor(word_pieces.marks))] = 1
    pieces = pieces.masked_fill(chance < _REPLACED, word_pieces.hidden)
    others = torch.randint(len(word_pieces.vocabulary), pieces.shape)
    pieces = torch.where((chance >= _REPLACED) & (chance < _REPLACED + _EXCHANGED), others, pieces)
    return replace(batch, pieces=pieces.numpy())


def loss(reader: Reader, lesson: Lesson, batch: Batch, pull: Pull) -> Tensor:
    """Return the loss of a batch of the lesson, a comment: the cross-entropies of labels in comments and in
    clauses, of touchpoints and of ratings, weighted by `pull`. What is unknown costs nothing.
    """
    said = reader(batch)
    targets = lesson.examples.batch(batch.comments)[1]
    total = (
        _cross_entropy(said.comment, targets.comment)
        + pull.clause * _cross_entropy(said.clause, targets.clause)
        + pull.stars * _cross_entropy(said.stars, targets.stars)
        + pull.touchpoint * _touchpoint_loss(reader, said, targets)
    )
    return total / len(batch.comments)


def _cross_entropy(logits: Tensor, targets: Floats) -> Tensor:
    truth = torch.from_numpy(targets)
    known = ~torch.isnan(truth)
    return functional.binary_cross_entropy_with_logits(logits[known], truth[known], reduction="sum")


def _touchpoint_loss(reader: Reader, said: Said, targets: Targets) -> Tensor:
    clauses, labels, places = (torch.from_numpy(numbers) for numbers in targets.touchpoint)
    logits = reader.touchpoints(said.hidden[clauses], labels)
    return functional.cross_entropy(logits, places, reduction="sum")


def _plan(
    lessons: Sequence[Lesson], passes: int, size: int, random: np.random.Generator
) -> list[tuple[Lesson, Counts]]:
    """Return the batches in the order in which they are learnt from."""
    plan = []
    for _ in range(passes):
        batches = [
            (lesson, comments) for lesson in lessons for comments in lesson.windows.batches(size, random)
        ]
        plan += [batches[number] for number in random.permutation(len(batches))]
    return plan


def _optimiser(reader: Reader, stretch: Stretch, recipe: Recipe) -> AdamW:
    encoder = list(reader.encoder.parameters())
    known = set(map(id, encoder))
    above = [weight for weight in reader.parameters() if id(weight) not in known]
    groups = [{"params": encoder, "lr": stretch.encoder_rate}, {"params": above, "lr": stretch.rate}]
    return AdamW(groups, betas=recipe.betas, weight_decay=recipe.weight_decay, fused=True)
