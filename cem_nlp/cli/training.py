"""`cem train`: from labelled comments to a model that may replace the one in use."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from cem_nlp.analysis import profile_of, read_texts
from cem_nlp.cli.parser import Commands
from cem_nlp.errors import BrokenLabels, ModelError
from cem_nlp.language import Bilingual, Language
from cem_nlp.model_files import (
    load_engine,
    load_label_files,
    load_model,
    load_pool,
    load_pool_texts,
    load_segmenter,
    load_taxonomy,
    save_model,
    save_profile,
)
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.labels import LabelledComment
from cem_nlp.opinions.model import Model
from cem_nlp.opinions.release import Decline, declines
from cem_nlp.opinions.training import train
from cem_nlp.resources import shipped


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    command = commands.add("train", _train)
    data_help = commands.say("标注数据 .jsonl，可多次给出", "labelled .jsonl; may be given several times")
    command.add_argument("--data", type=Path, action="append", required=True, metavar="FILE", help=data_help)
    pool_help = commands.say("未标注评论的文件夹", "folder of unlabelled comments")
    command.add_argument("--pool", type=Path, metavar="FOLDER", help=pool_help)
    hold_out_help = commands.say(
        "这些文件里的文本一律不学，只用来与现用模型比较；任何一类更差就不保存",
        "labelled .jsonl whose texts are not learnt from: a model that reads them worse than the one in use, "
        "in any category, is not saved",
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
    version_help = commands.say("模型版本名", "name of the model's version")
    command.add_argument("--version", default="custom", metavar="NAME", help=version_help)
    seed_help = commands.say("随机种子", "seed of all randomness")
    command.add_argument("--seed", type=int, default=0, metavar="N", help=seed_help)


def _train(arguments: argparse.Namespace, language: Language) -> None:
    texts = load_pool_texts(arguments.pool) if arguments.pool else {}
    labelled = load_label_files(arguments.data, texts)
    held_out = load_label_files(arguments.hold_out, texts)
    comments = [comment for comment in labelled if not comment.audit]
    if not comments:
        raise BrokenLabels(
            Bilingual("没有可用来训练的评论", "there is no comment to train on"),
            where=", ".join(map(str, arguments.data)),
            next_step=Bilingual(
                "抽查评论不参与训练；给出标注过的其他评论",
                "audit comments are not trained on; give other labelled comments",
            ),
        )
    if held := len(labelled) - len(comments):
        said = Bilingual(
            f"{held} 条抽查评论留作测量，不参与训练", f"{held} audit comments are kept to measure with"
        )
        print(said.say(language), file=sys.stderr)
    # The pool may hold the very texts that a model will be measured on.
    measured_on = {comment.text for comment in [*labelled, *held_out] if comment.audit} | {
        comment.text for comment in held_out
    }
    pool = load_pool(arguments.pool) if arguments.pool else []
    model = train(
        [comment for comment in comments if comment.text not in measured_on],
        [comment for comment in pool if comment.text not in measured_on],
        load_segmenter(shipped("data/user_dictionary.txt")),
        seed=arguments.seed,
        version=arguments.version,
        facts={
            "labels": ", ".join(file.name for file in arguments.data),
            "held_out": ", ".join(file.name for file in arguments.hold_out),
            "seed": arguments.seed,
        },
        report=lambda step: print(step, file=sys.stderr),
    )
    _refuse_worse(arguments.in_use, _engine(model), held_out)
    save_model(model, arguments.output)
    # Only a model that was saved has the checksum which its profile names.
    profile = profile_of(
        _engine(load_model(arguments.output)), [(comment.text, comment.kind) for comment in comments]
    )
    save_profile(profile, arguments.output)
    print(f"{Bilingual('模型', 'model').say(language)} {profile.model_version} → {arguments.output}")


def _engine(model: Model) -> NetworkEngine:
    taxonomy = load_taxonomy(shipped("data/taxonomy.toml"))
    return NetworkEngine(model, taxonomy, load_segmenter(shipped("data/user_dictionary.txt")))


def _refuse_worse(in_use: Path, engine: NetworkEngine, held_out: Sequence[LabelledComment]) -> None:
    """Raise ModelError where the model in use reads the comments held out better, in any category."""
    if not held_out:
        return
    used = load_engine(in_use, shipped("data/taxonomy.toml"), shipped("data/user_dictionary.txt"))
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
    return f"{decline.category} F1 {decline.new.f1:.3f} < {used.f1:.3f} ({used.low:.3f}–{used.high:.3f})"
