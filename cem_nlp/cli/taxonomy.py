"""`cem taxonomy check` and `diff`: a taxonomy before it is released."""

import argparse
from pathlib import Path
from typing import Final

from cem_nlp.classify import read_input
from cem_nlp.cli.parser import Commands, Parser
from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual, Language
from cem_nlp.model_files import load_model, load_segmenter, load_taxonomy
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.opinions.taxonomy_check import failures
from cem_nlp.opinions.taxonomy_report import render_changes, render_contents, render_failure
from cem_nlp.resources import shipped
from cem_nlp.taxonomy_trial import try_taxonomy
from cem_nlp.toml_file import position

_COMMANDS: Final = {
    "check": Bilingual("检查分类体系，跑它自己的测试句", "validate a taxonomy and run its test sentences"),
    "diff": Bilingual("换一份分类体系，哪些观点会变", "which opinions another taxonomy would change"),
}


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    group = commands.group("taxonomy", _COMMANDS)
    check = group.add("check", _check)
    shipped_help = group.say("分类体系，默认随软件附带", "taxonomy; the shipped one by default")
    _add_file(check, "file", shipped_help, "?")
    diff = group.add("diff", _diff)
    _add_file(diff, "old", group.say("现用的分类体系", "taxonomy in use"))
    _add_file(diff, "new", group.say("新的分类体系", "new taxonomy"))
    on_help = group.say("含 id、text 的 .jsonl 或 .csv", ".jsonl or .csv with id and text")
    diff.add_argument("--on", type=Path, required=True, metavar="DATA", help=on_help)
    model_help = group.say("模型文件夹，默认随软件附带", "model folder; the shipped one by default")
    diff.add_argument(
        "--model", type=Path, default=shipped("models/default"), metavar="FOLDER", help=model_help
    )


def _add_file(command: Parser, name: str, said: str, count: str | None = None) -> None:
    default = shipped("data/taxonomy.toml")
    command.add_argument(name, type=Path, nargs=count, default=default, metavar=name.upper(), help=said)


def _check(arguments: argparse.Namespace, language: Language) -> None:
    taxonomy = load_taxonomy(arguments.file)
    failed = failures(taxonomy)
    document = arguments.file.read_text("utf-8-sig")
    for failure in failed:
        where = position(arguments.file, document, failure.case.place)
        print(f"{where}  {render_failure(failure, language)}")
    if failed:
        of = len(taxonomy.cases)
        raise ConfigError(
            Bilingual(
                f"{of} 条测试句里有 {len(failed)} 条不对",
                f"{len(failed)} of {of} test sentences fail",
            ),
            where=str(arguments.file),
            next_step=Bilingual(
                "改词、改规则，或改测试句的 expect 与 not",
                "change words or rules, or the test's expect and not",
            ),
        )
    print(render_contents(taxonomy, language))


def _diff(arguments: argparse.Namespace, language: Language) -> None:
    taxonomies = [load_taxonomy(arguments.old), load_taxonomy(arguments.new)]
    model, segmenter = (
        load_model(arguments.model),
        load_segmenter(shipped("data/user_dictionary.txt")),
    )
    old, new = (NetworkEngine(model, taxonomy, segmenter) for taxonomy in taxonomies)
    trial = try_taxonomy(old, new, read_input(arguments.on))
    said = Bilingual(
        f"{trial.comments:,} 条评论、{trial.opinions:,} 个观点；{trial.changed:,} 条评论会变",
        f"{trial.comments:,} comments, {trial.opinions:,} opinions; {trial.changed:,} comments would change",
    )
    print(f"{taxonomies[0].version} → {taxonomies[1].version}")
    print(said.say(language) + render_changes(trial.counts, trial.examples, taxonomies, language))
