"""How the transformer learns, first from the network in use, then from people's labels, and reads.

First it goes once through unlabelled comments, with the probabilities that the network in use gives them,
and through the labelled ones; then through the labelled ones alone, so that people have the last word.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR

from cem_nlp.opinions.encode import Encoded
from cem_nlp.opinions.features import Counts
from cem_nlp.opinions.gradient import Pull, Targets
from cem_nlp.opinions.network import LABELS, N_OPINIONS, Floats
from cem_nlp.opinions.targets import Examples
from cem_nlp.teacher.checkpoint import read_checkpoint
from cem_nlp.teacher.transformer import Reader, Said, reader_of
from cem_nlp.teacher.windows import Windows
from cem_nlp.teacher.word_pieces import WordPieces
from cem_nlp.vocabulary import KINDS

_REVIEW: Final = list(KINDS).index("review")
_READ_AT_ONCE: Final = 12_288
"""Positions read at once, to keep the arrays in between small."""
_REPORT_EVERY: Final = 200
"""Batches between two reports."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """How one stretch of training goes: passes over the comments, and the highest learning rates of the
    encoder and of what stands above it.
    """

    passes: int
    encoder_rate: float
    rate: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of training.

    Adam's betas are those of RoBERTa (Liu et al. 2019), the weight decay and the rates that rise for a
    `warm_up` share of the batches and then fall in a straight line to zero those of BERT (Devlin et al.
    2019); its rates are higher, since the encoder is small. They and all else were set by judgement, and not
    searched for: what they gave stands in models/README.md.

    `reviews` is how many reviews are drawn from the pool; complaints and transcripts, which are few, are all
    read. `batch` is in positions, padding included. Gradients longer than `longest_gradient` are shortened.
    """

    reviews: int = 50_000
    pool: Stretch = field(default_factory=lambda: Stretch(1, 4e-4, 1.5e-3))
    labels: Stretch = field(default_factory=lambda: Stretch(4, 2.5e-4, 1e-3))
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
    """A transformer that has learnt the opinions."""

    word_pieces: WordPieces
    reader: Reader

    def read(self, encoded: Encoded) -> tuple[Floats, Floats]:
        """Return the probabilities of LABELS in comments (comments × labels) and of the opinion labels in
        clauses (clauses × opinion labels), both in the order of `encoded`.
        """
        windows = Windows(encoded, self.word_pieces)
        comment = np.zeros((len(encoded.texts), len(LABELS)), np.float32)
        clause = np.zeros((len(encoded.spans), N_OPINIONS), np.float32)
        self.reader.eval()
        with torch.inference_mode():
            for comments in windows.batches(_READ_AT_ONCE):
                batch = windows.batch(comments)
                said = self.reader(batch)
                comment[batch.comments] = torch.sigmoid(said.comment).numpy()
                clause[batch.clauses] = torch.sigmoid(said.clause).numpy()
        return comment, clause


def teach(
    start: Path,
    labelled: Examples,
    labelled_encoded: Encoded,
    pool: Examples,
    pool_encoded: Encoded,
    *,
    seed: int,
    report: Callable[[str], None],
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
    random = np.random.default_rng(seed)
    labels = Lesson(Windows(labelled_encoded, word_pieces), labelled)
    drawn = _drawn(pool_encoded.kinds, recipe.reviews, random)
    unlabelled = Lesson(Windows(pool_encoded, word_pieces, drawn), pool)
    # PyTorch drops at random from one source for the whole process: leave it as it was.
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        reader = reader_of(checkpoint)
        report(f"first stretch: {len(drawn)} pool and {len(labelled)} labelled comments")
        fit(reader, [unlabelled, labels], recipe.pool, recipe, random, report)
        report(f"second stretch: {len(labelled)} labelled comments")
        fit(reader, [labels], recipe.labels, recipe, random, report)
    return Teacher(word_pieces, reader)


def fit(
    reader: Reader,
    lessons: Sequence[Lesson],
    stretch: Stretch,
    recipe: Recipe,
    random: np.random.Generator,
    report: Callable[[str], None],
) -> None:
    """Let the reader learn from all comments of the lessons, in random order; there is one at least."""
    plan = _plan(lessons, stretch.passes, recipe.batch, random)
    optimiser = _optimiser(reader, stretch, recipe)

    def share_of_rate(step: int) -> float:
        return min(1.0, (step + 1) / (recipe.warm_up * len(plan))) * (1 - step / len(plan))

    rates = LambdaLR(optimiser, share_of_rate)
    reader.train()
    total = 0.0
    for step, (lesson, comments) in enumerate(plan, start=1):
        optimiser.zero_grad()
        lost = loss(reader, lesson, comments, recipe.pull)
        lost.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), recipe.longest_gradient)
        optimiser.step()
        rates.step()
        total += lost.item()
        if step % _REPORT_EVERY == 0:
            report(f"batch {step} of {len(plan)}, loss {total / _REPORT_EVERY:.3f}")
            total = 0.0


def loss(reader: Reader, lesson: Lesson, comments: Counts, pull: Pull) -> Tensor:
    """Return the loss of a batch, a comment: the cross-entropies of labels in comments and in clauses, of
    touchpoints and of ratings, weighted by `pull`. What is unknown costs nothing.
    """
    said = reader(lesson.windows.batch(comments))
    targets = lesson.examples.batch(comments)[1]
    total = (
        _cross_entropy(said.comment, targets.comment)
        + pull.clause * _cross_entropy(said.clause, targets.clause)
        + pull.stars * _cross_entropy(said.stars, targets.stars)
        + pull.touchpoint * _touchpoint_loss(reader, said, targets)
    )
    return total / len(comments)


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
    return AdamW(groups, betas=recipe.betas, weight_decay=recipe.weight_decay)


def _drawn(kinds: Counts, n_reviews: int, random: np.random.Generator) -> Counts:
    """Return the numbers, in order, of all complaints and transcripts and of so many reviews."""
    reviews = np.flatnonzero(kinds == _REVIEW)
    chosen = random.choice(reviews, min(n_reviews, len(reviews)), replace=False)
    return np.sort(np.concatenate([np.flatnonzero(kinds != _REVIEW), chosen]))
