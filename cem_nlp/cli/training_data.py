"""What training learns from: labelled comments and a pool, without the texts that are measured on."""

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cem_nlp.cli.parser import Commands, whole_number
from cem_nlp.errors import BrokenLabels
from cem_nlp.label_files import load_label_files, load_pool, load_pool_texts
from cem_nlp.language import Bilingual, Language
from cem_nlp.opinions.labels import LabelledComment
from cem_nlp.opinions.pooled import PoolComment

_MARKS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Comments to learn from, with labels and without, and labelled ones that are kept to measure with."""

    comments: list[LabelledComment]
    pool: list[PoolComment]
    held_out: list[LabelledComment]


def add_data_arguments(command: argparse.ArgumentParser, commands: Commands, *, needs_pool: bool) -> None:
    """Add --data, --pool and --seed."""
    data_help = commands.say("标注数据 .jsonl，可多次给出", "labelled .jsonl; may be given several times")
    command.add_argument("--data", type=Path, action="append", required=True, metavar="FILE", help=data_help)
    pool_help = commands.say("未标注评论的文件夹", "folder of unlabelled comments")
    command.add_argument("--pool", type=Path, required=needs_pool, metavar="FOLDER", help=pool_help)
    add_seed(command, commands)


def add_seed(command: argparse.ArgumentParser, commands: Commands) -> None:
    """Add --seed."""
    seed_help = commands.say("随机种子，默认 0", "seed of all randomness; 0 by default")
    command.add_argument("--seed", type=whole_number("--seed", 0), default=0, metavar="N", help=seed_help)


def training_data(
    data: Sequence[Path], pool: Path | None, hold_out: Sequence[Path], language: Language
) -> TrainingData:
    """Read the files of a training; audit comments, and texts that are held out, are not learnt from.

    Raises UnreadableSource and BrokenLabels; the latter also where nothing is left to learn from.
    """
    texts = load_pool_texts(pool) if pool else {}
    labelled = load_label_files(data, texts)
    held_out = load_label_files(hold_out, texts)
    audited = [comment for comment in labelled if comment.audit]
    if audited:
        said = Bilingual(
            f"{len(audited)} 条抽查评论留作测量，不参与训练",
            f"{len(audited)} audit comments are kept to measure with",
        )
        print(said.say(language), file=sys.stderr)
    measured_on = {bare(comment.text) for comment in [*audited, *held_out]}
    unlabelled = load_pool(pool) if pool else []
    return TrainingData(
        comments=_learnt_from(labelled, measured_on, data),
        pool=[comment for comment in unlabelled if bare(comment.text) not in measured_on],
        held_out=held_out,
    )


def bare(text: str) -> str:
    """Return a text's letters, digits and characters alone.

    A pool may hold the very texts that a model will be measured on, with other spaces or marks.
    """
    return _MARKS.sub("", text)


def _learnt_from(
    labelled: Sequence[LabelledComment], measured_on: set[str], files: Sequence[Path]
) -> list[LabelledComment]:
    comments = [
        comment for comment in labelled if not comment.audit and bare(comment.text) not in measured_on
    ]
    if not comments:
        raise BrokenLabels(
            Bilingual("没有可用来训练的评论", "there is no comment to train on"),
            where=", ".join(map(str, files)),
            next_step=Bilingual(
                "抽查评论不参与训练；给出标注过的其他评论",
                "audit comments are not trained on; give other labelled comments",
            ),
        )
    return comments
