"""Transformers that read beside the network at night: those that taught it learn once more.

What two transformers and a network say of the pool is better than what taught them (models/README.md, sixth
round). With that for a lesson, one of them goes once more through a share of the pool, twice through its
calls, and through people's labels: whole, or with its first layers alone, which read calls in half the time.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import torch

from cem_nlp.language import Bilingual
from cem_nlp.opinions.encode import Encoded, picked
from cem_nlp.opinions.features import Counts
from cem_nlp.opinions.network import Floats
from cem_nlp.opinions.targets import Examples, chosen
from cem_nlp.opinions.transformer.weights import Blend, Transformer
from cem_nlp.opinions.transformer.windows import Windows
from cem_nlp.teacher.lessons import Lesson, Recipe, Stretch, Teacher, fit
from cem_nlp.teacher.transformer import Reader
from cem_nlp.vocabulary import KINDS

_TRANSFORMERS: Final = 0.7
"""Share of the transformers in what they and the network say; on comments left out of training 0.6 to 0.8
read best (models/README.md, fifth round)."""
_REVIEW: Final = tuple(KINDS).index("review")
_CALL: Final = tuple(KINDS).index("transcript")


@dataclass(frozen=True, slots=True)
class SecondRound:
    """The settings: how the transformer is heard beside the network, by logistic regression on comments whose
    labels neither had learnt from (models/README.md, sixth round); how many of its layers are kept, all by
    default; by judgement, how the stretch goes, and how many of the pool's reviews are read again.
    """

    blend: Blend
    layers: int | None = None
    stretch: Stretch = field(default_factory=lambda: Stretch(1, 3e-4, 1.2e-3, left=0.0, hidden=0.15))
    reviews: int = 50_000


WHOLE: Final = SecondRound(Blend(shift=0.0, network=0.38, transformer=0.33))
SMALL: Final = SecondRound(
    Blend(shift=0.04, network=0.26, transformer=0.30),
    layers=2,
    stretch=Stretch(1, 5e-4, 2e-3, left=0.0, hidden=0.15),
)


def together(pool: Examples, comment: Floats, clause: Floats) -> Examples:
    """Return what a network says of a pool, and transformers (probabilities of LABELS in comments, of opinion
    labels in clauses), as one.
    """
    return replace(
        pool,
        comment=(1 - _TRANSFORMERS) * pool.comment + np.float32(_TRANSFORMERS) * comment,
        clause=(1 - _TRANSFORMERS) * pool.clause + np.float32(_TRANSFORMERS) * clause,
    )


def teach_again(
    teacher: Teacher,
    labelled: Lesson,
    pool: Examples,
    pool_encoded: Encoded,
    *,
    second: SecondRound,
    seed: int,
    report: Callable[[Bilingual], None],
    recipe: Recipe | None = None,
) -> Transformer:
    """Return a transformer that went on from the first of `teacher`, as it reads without PyTorch.

    `labelled` holds people's labels, `pool` what network and transformers say of unlabelled comments (see
    `together`). The same comments and seed give the same one; `teacher` stays as it is.
    """
    random = np.random.default_rng([seed, 1])
    comments = _read_again(pool_encoded.kinds, second.reviews, random)
    calls = comments[pool_encoded.kinds[comments] == _CALL]
    lessons = [_part(pool, pool_encoded, those, teacher) for those in (comments, calls) if len(those)]
    reader = _with_layers(teacher.readers[0], second.layers)
    report(
        Bilingual(
            f"第二轮，{len(reader.encoder.layers)} 层：{len(comments)} 条未标注评论",
            f"second round, {len(reader.encoder.layers)} layers: {len(comments)} pool comments",
        )
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        fit(reader, [*lessons, labelled], second.stretch, recipe or Recipe(), random, report)
    return Teacher(teacher.word_pieces, [reader]).transformer(second.blend)


def _read_again(kinds: Counts, reviews: int, random: np.random.Generator) -> Counts:
    """Return the numbers of all comments but reviews, and of so many reviews by chance."""
    some = random.permutation(np.flatnonzero(kinds == _REVIEW))[:reviews]
    return np.sort(np.concatenate([np.flatnonzero(kinds != _REVIEW), some]))


def _part(pool: Examples, encoded: Encoded, comments: Counts, teacher: Teacher) -> Lesson:
    return Lesson(Windows(picked(encoded, comments)[0], teacher.word_pieces), chosen(pool, comments))


def _with_layers(reader: Reader, layers: int | None) -> Reader:
    """Return a copy with its first layers alone, or with all."""
    copy = deepcopy(reader)
    if layers is not None:
        del copy.encoder.layers[layers:]
    return copy
