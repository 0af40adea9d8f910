"""`cem classify`, `explain`: the opinion engine on its own."""

import argparse
from pathlib import Path

from cem_nlp.classify import classify
from cem_nlp.cli.parser import Commands, Parser
from cem_nlp.language import Bilingual, Language
from cem_nlp.model_files import load_engine
from cem_nlp.opinions import Reason
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.explain import explain
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
