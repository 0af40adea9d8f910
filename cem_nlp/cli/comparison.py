"""`cem compare`: an own brand against its rivals."""

import argparse
import re
from typing import Final

from cem_nlp import store
from cem_nlp.brand_comparison import Request, compare_published
from cem_nlp.cli.parser import Commands, UsageError
from cem_nlp.cli.runs import refuse_reversed
from cem_nlp.cli.sections import add_section_command
from cem_nlp.config_file import load_config
from cem_nlp.language import Bilingual, Language
from cem_nlp.nightly import resolve_date
from cem_nlp.report.blocks_text import render_terminal
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections import comparison
from cem_nlp.scores.comparison import GRAINS

DIMENSIONS: Final = ("category", "touchpoint", "topic")


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("compare", _compare)
    add_section_command(command, commands)
    own_help = commands.say(
        "自有品牌，默认取配置里的第一个", "own brand; the configuration's first by default"
    )
    command.add_argument("--own", metavar="A", help=own_help)
    rivals_help = commands.say("对手，用逗号隔开，默认全部", "rivals, separated by commas; all by default")
    command.add_argument("--rivals", type=_listed, metavar="B,C", help=rivals_help)
    by_help = commands.say(f"{','.join(DIMENSIONS)}，默认全部", f"{','.join(DIMENSIONS)}; all by default")
    command.add_argument("--by", type=_listed, default=DIMENSIONS, metavar="D,D", help=by_help)
    first_help, last_help = commands.say("第一天", "first day"), commands.say("最后一天", "last day")
    command.add_argument("--from", dest="first", metavar="D", help=first_help)
    command.add_argument("--to", dest="last", metavar="D", help=last_help)


def _listed(said: str) -> tuple[str, ...]:
    parts = (part.strip() for part in re.split("[,，、;；]", said))
    return tuple(dict.fromkeys(part for part in parts if part))


def _compare(arguments: argparse.Namespace, language: Language) -> None:
    config = load_config(arguments.config)
    for option in ("rivals", "by"):
        if getattr(arguments, option) == ():
            raise UsageError(
                Bilingual(f"--{option} 是空的", f"--{option} is empty"),
                where=f"--{option}",
                next_step=Bilingual("写上取值，或不写这个选项", "give a value, or leave the option out"),
            )
    first, last = (
        None if said is None else resolve_date(said, config.timezone, option)
        for option, said in (("--from", arguments.first), ("--to", arguments.last))
    )
    if first is not None and last is not None:
        refuse_reversed(first, last)
    request = Request(arguments.own, arguments.rivals or (), _grains(arguments.by), first, last)
    snapshot = store.published(config.resolve(config.warehouse))
    tables, context = compare_published(config, snapshot, request, language)
    if arguments.json:
        print(tables.more["comparisons"].to_json(orient="records", force_ascii=False))
        return
    phrases = Phrases(language, context)
    section = comparison.section(tables, context, phrases)
    assert section is not None, "an empty comparison has been refused"
    print(render_terminal(section, phrases), end="")


def _grains(dimensions: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the grains made of these dimensions; a topic brings its category along."""
    for name in dimensions:
        if name not in DIMENSIONS:
            raise UsageError(
                Bilingual("不能按它比较", "no comparison by this"), where="--by", value=name, valid=DIMENSIONS
            )
    named = {frozenset(grain): grain for grain in GRAINS}
    asked = {frozenset({"category", "topic"} if name == "topic" else {name}) for name in dimensions}
    asked |= {frozenset(), frozenset(set(dimensions) - {"topic"})}
    return [grain for key, grain in named.items() if key in asked]
