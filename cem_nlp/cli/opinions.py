"""`cem classify`, `explain`, `train`: the opinion engine on its own."""

import argparse
import sys
from pathlib import Path

from cem_nlp.analysis import profile_of
from cem_nlp.classify import classify
from cem_nlp.cli.parser import Commands, Parser
from cem_nlp.language import Bilingual, Language
from cem_nlp.model_files import (
    load_engine,
    load_label_files,
    load_labels,
    load_pool,
    load_segmenter,
    save_model,
    save_profile,
)
from cem_nlp.opinions import Reason
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.explain import explain
from cem_nlp.opinions.training import train
from cem_nlp.resources import shipped
from cem_nlp.text import prepare
from cem_nlp.vocabulary import CATEGORIES, POLARITIES, TOUCHPOINTS


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    _add_classify(commands)
    explain_command = commands.add(
        "explain",
        Bilingual("一条评论里有哪些观点，依据是什么", "the opinions of one comment, and why"),
        _explain,
    )
    explain_command.add_argument("text", metavar="TEXT", help=commands.say("一条评论", "a comment"))
    add_engine(explain_command, commands)
    _add_train(commands)


def _add_classify(commands: Commands) -> None:
    command = commands.add(
        "classify", Bilingual("找出每条评论里的观点", "find the opinions of every comment"), _classify
    )
    command.add_argument(
        "input",
        type=Path,
        metavar="INPUT",
        help=commands.say("含 id、text 的 .jsonl 或 .csv", ".jsonl or .csv with id and text"),
    )
    opinions_help = commands.say("每个观点一行", "one row per opinion")
    command.add_argument("--output", type=Path, required=True, metavar="OUT.parquet", help=opinions_help)
    comments_help = commands.say("每条评论一行：意向与预期", "one row per id: intent and expectation")
    command.add_argument("--comments", type=Path, metavar="OUT2.parquet", help=comments_help)
    add_engine(command, commands)


def _add_train(commands: Commands) -> None:
    command = commands.add(
        "train", Bilingual("用标注数据训练模型", "train a model on labelled comments"), _train
    )
    data_help = commands.say("标注数据 .jsonl，可多次给出", "labelled .jsonl; may be given several times")
    command.add_argument("--data", type=Path, action="append", required=True, metavar="FILE", help=data_help)
    pool_help = commands.say("未标注评论的文件夹", "folder of unlabelled comments")
    command.add_argument("--pool", type=Path, metavar="FOLDER", help=pool_help)
    hold_out_help = commands.say(
        "这些文件里的文本一律不学", "labelled .jsonl whose texts are not learnt from"
    )
    command.add_argument(
        "--hold-out", type=Path, action="append", default=[], metavar="FILE", help=hold_out_help
    )
    command.add_argument(
        "--output", type=Path, required=True, metavar="FOLDER", help=commands.say("模型", "model")
    )
    version_help = commands.say("模型版本名", "name of the model's version")
    command.add_argument("--version", default="custom", metavar="NAME", help=version_help)
    seed_help = commands.say("随机种子", "seed of all randomness")
    command.add_argument("--seed", type=int, default=0, metavar="N", help=seed_help)


def add_engine(command: Parser, commands: Commands) -> None:
    """Let a command name the model and the taxonomy it reads with."""
    model_help = commands.say("模型文件夹，默认随软件附带", "model folder; the shipped one by default")
    command.add_argument(
        "--model", type=Path, default=shipped("models/default"), metavar="FOLDER", help=model_help
    )
    taxonomy_help = commands.say("分类体系，默认随软件附带", "taxonomy; the shipped one by default")
    command.add_argument(
        "--taxonomy", type=Path, default=shipped("data/taxonomy.toml"), metavar="FILE", help=taxonomy_help
    )


def engine_of(arguments: argparse.Namespace) -> NetworkEngine:
    """Return the engine that the command line names."""
    return load_engine(arguments.model, arguments.taxonomy, shipped("data/user_dictionary.txt"))


def _classify(arguments: argparse.Namespace, language: Language) -> None:
    comments, opinions = classify(engine_of(arguments), arguments.input, arguments.output, arguments.comments)
    said = Bilingual(f"{comments} 条评论，{opinions} 个观点", f"{comments} comments, {opinions} opinions")
    print(f"{said.say(language)} → {arguments.output}")


def _explain(arguments: argparse.Namespace, language: Language) -> None:
    reasons = explain(engine_of(arguments), prepare(arguments.text).text)
    if not reasons:
        print(Bilingual("没有找到观点", "no opinion found").say(language))
    for reason in reasons:
        print(_explained(reason, language))


def _explained(reason: Reason, language: Language) -> str:
    """Two lines: what was found and how sure; then which words say so, or which rule."""
    opinion = reason.opinion
    names = (
        CATEGORIES[opinion.category].say(language),
        POLARITIES[opinion.polarity].say(language),
        TOUCHPOINTS[opinion.touchpoint].say(language),
    )
    sign = {"positive": "+", "negative": "−", "neutral": "○"}[opinion.polarity]
    words = "  ".join(f"{word} {pull:+.1f}" for word, pull in reason.words) or opinion.decided_by
    because = Bilingual("依据", "because of").say(language)
    return (
        f"{sign} {' · '.join(names)}  {opinion.probability:.0%}  「{reason.clause}」\n    {because}: {words}"
    )


def _train(arguments: argparse.Namespace, language: Language) -> None:
    labelled = load_label_files(arguments.data)
    comments = [comment for comment in labelled if not comment.audit]
    if held := len(labelled) - len(comments):
        said = Bilingual(
            f"{held} 条抽查评论留作测量，不参与训练", f"{held} audit comments are kept to measure with"
        )
        print(said.say(language), file=sys.stderr)
    # The pool may hold the very texts that a model will be measured on.
    measured_on = {comment.text for comment in labelled if comment.audit}
    measured_on |= {comment.text for file in arguments.hold_out for comment in load_labels(file)}
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
    save_model(model, arguments.output)
    engine = load_engine(arguments.output, shipped("data/taxonomy.toml"), shipped("data/user_dictionary.txt"))
    profile = profile_of(engine, [(comment.text, comment.kind) for comment in comments])
    save_profile(profile, arguments.output)
    print(f"{Bilingual('模型', 'model').say(language)} {model.version} → {arguments.output}")
