"""`cem train`: from labelled comments to a model that may replace the one in use."""

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cem_nlp.analysis import profile_of, read_texts
from cem_nlp.cli.output import refuse_no_folder, writing
from cem_nlp.cli.parser import Commands
from cem_nlp.cli.training_data import add_data_arguments, training_data
from cem_nlp.errors import BrokenLabels, ModelError
from cem_nlp.label_files import load_pool_reading
from cem_nlp.language import Bilingual, Language
from cem_nlp.model_files import (
    load_network,
    load_segmenter,
    load_taxonomy,
    refuse_network_elsewhere,
    save_model,
    save_profile,
)
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.evaluation_report import range_of
from cem_nlp.opinions.labels import LabelledComment
from cem_nlp.opinions.model import Model
from cem_nlp.opinions.pool_reading import PoolReading, check_pool
from cem_nlp.opinions.pooled import PoolComment
from cem_nlp.opinions.release import LEAST_F1, Decline, blindness, declines
from cem_nlp.opinions.training import train
from cem_nlp.resources import shipped

_READ_BACK: Final = 500
"""Comments that a new model is tried on of those it learnt from: read in a quarter of a second."""
_MORE_LABELS: Final = Bilingual(
    "标注约 1,500 条；或再给一个 --data，与训练随附模型的标注一起训练",
    "label some 1,500 comments, or add yours to the labels of the shipped model with one more --data",
)


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    command = commands.add("train", _train)
    add_data_arguments(command, commands, needs_pool=False)
    reading_help = commands.say(
        "另一种读者对这批未标注评论的判断，一并作为老师",
        "what another reader says of that pool: one more teacher",
    )
    command.add_argument("--pool-reading", type=Path, metavar="FILE", help=reading_help)
    hold_out_help = commands.say(
        "这些文件里的文本一律不学，只用来与现用模型比较；任何一类更差就不保存；可多次给出",
        "labelled .jsonl whose texts are not learnt from: a model that reads them worse than the one in use, "
        "in any category, is not saved; may be given several times",
    )
    command.add_argument(
        "--hold-out", type=Path, action="append", default=[], metavar="FILE", help=hold_out_help
    )
    command.add_argument(
        "--output", type=Path, required=True, metavar="FOLDER", help=commands.say("模型", "model")
    )
    used_help = commands.say("现用模型，默认随软件附带", "the model in use; the shipped one by default")
    command.add_argument(
        "--in-use", type=Path, default=shipped("models/default"), metavar="FOLDER", help=used_help
    )
    version_help = commands.say("模型版本名，默认 custom", "name of the model's version; custom by default")
    command.add_argument("--version", default="custom", metavar="NAME", help=version_help)


def _train(arguments: argparse.Namespace, language: Language) -> None:
    refuse_network_elsewhere(arguments.output)
    refuse_no_folder(arguments.output)
    data = training_data(arguments.data, arguments.pool, arguments.hold_out, language)
    reading = _reading(arguments.pool_reading, data.pool)
    _refuse_no_opinion(data.comments, arguments.data)
    model = train(
        data.comments,
        data.pool,
        load_segmenter(shipped("data/user_dictionary.txt")),
        seed=arguments.seed,
        version=arguments.version,
        facts={
            "labels": ", ".join(file.name for file in arguments.data),
            "held_out": ", ".join(file.name for file in arguments.hold_out),
            "pool_reading": arguments.pool_reading.name if arguments.pool_reading else "",
            "seed": arguments.seed,
        },
        reading=reading,
        report=lambda step: print(step.say(language), file=sys.stderr),
    )
    _refuse_worse(arguments.in_use, _engine(model), data.held_out)
    _warn_of_blindness(_engine(model), data.comments, language)
    with writing(arguments.output):
        save_model(model, arguments.output)
    # Only a model that was saved has the checksum which its profile names.
    profile = profile_of(
        _engine(load_network(arguments.output)), [(comment.text, comment.kind) for comment in data.comments]
    )
    save_profile(profile, arguments.output)
    print(f"{Bilingual('模型', 'model').say(language)} {profile.model_version} → {arguments.output}")


def _reading(file: Path | None, pool: Sequence[PoolComment]) -> PoolReading | None:
    if file is None:
        return None
    reading = load_pool_reading(file)
    check_pool(reading, [comment.text for comment in pool], str(file))
    return reading


def _refuse_no_opinion(comments: Sequence[LabelledComment], files: Sequence[Path]) -> None:
    if not any(comment.opinions for comment in comments):
        raise BrokenLabels(
            Bilingual("标注里没有一个观点，学不到东西", "there is no opinion among the labels to learn from"),
            where=", ".join(map(str, files)),
            next_step=_MORE_LABELS,
        )


def _warn_of_blindness(
    engine: NetworkEngine, learnt_from: Sequence[LabelledComment], language: Language
) -> None:
    """Say where the new model hardly finds what it was trained on: a first try on few labels may be kept."""
    known = random.Random(0).sample(learnt_from, min(len(learnt_from), _READ_BACK))
    found = blindness(known, read_texts(engine, [(comment.text, comment.kind) for comment in known]))
    if found is not None:
        said = Bilingual(
            f"注意：新模型在它学过的评论里只找到 {found.labelled} 个观点中的 {found.right} 个"
            f"（F1 {found.f1:.3f}，至少要 {LEAST_F1}），还不能用。{_MORE_LABELS.zh}",
            f"beware: of the {found.labelled} opinions it was trained on the new model finds {found.right} "
            f"(F1 {found.f1:.3f}, {LEAST_F1} is the least): of no use yet; {_MORE_LABELS.en}",
        )
        print(said.say(language), file=sys.stderr)


def _engine(model: Model) -> NetworkEngine:
    taxonomy = load_taxonomy(shipped("data/taxonomy.toml"))
    return NetworkEngine(model, taxonomy, load_segmenter(shipped("data/user_dictionary.txt")))


def _refuse_worse(in_use: Path, engine: NetworkEngine, held_out: Sequence[LabelledComment]) -> None:
    """Raise ModelError where the model in use reads the comments held out better, in any category."""
    if not held_out:
        return
    used = _engine(load_network(in_use))  # networks are compared, without what may be joined to one
    texts = [(comment.text, comment.kind) for comment in held_out]
    worse = declines(held_out, read_texts(used, texts), read_texts(engine, texts))
    if worse:
        raise ModelError(
            Bilingual(
                "新模型比现用模型差，没有保存", "the new model is worse than the one in use: not saved"
            ),
            where=str(in_use),
            value="; ".join(map(_told, worse)),
            next_step=Bilingual(
                "补充这些类别的标注后再训练；确要使用，就不给 --hold-out",
                "label more of these categories and train again; without --hold-out nothing is compared",
            ),
        )


def _told(decline: Decline) -> str:
    used = decline.used
    return f"{decline.category} F1 {decline.new.f1:.3f} < {used.f1:.3f} ({range_of(used)})"
