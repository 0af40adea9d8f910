"""`cem listening`: who is listened to, as it was published or from a list of sources alone."""

import argparse
from dataclasses import replace
from typing import Final

from cem_nlp.cem.listening import unheard_table
from cem_nlp.cem.listening_sources import (
    expected_of,
    heard_of_sources,
    listening_of_sources,
    touchpoints_named,
)
from cem_nlp.cli.by_hand import BY_HAND
from cem_nlp.cli.own_files import add_own_files, is_published, only_with, show_own
from cem_nlp.cli.parser import Commands, UsageError
from cem_nlp.cli.sections import show_sections
from cem_nlp.config import Listening
from cem_nlp.language import Bilingual, Language
from cem_nlp.listening_file import load_listening_sources
from cem_nlp.model_files import load_taxonomy
from cem_nlp.report.sections import listening
from cem_nlp.resources import shipped

_TABLES: Final = ("listening", "unheard")
_SOURCES: Final = Bilingual(
    "倾听清单：source, pattern, count，以及 month, touchpoint, product, segment",
    "list of sources: source, pattern, count, and month, touchpoint, product, segment",
)
_EXPECTED: Final = {
    "touchpoints": (
        "应当听到的全部触点，逗号隔开；默认是分类体系的触点",
        "all touchpoints to be heard on, separated by commas; the taxonomy's by default",
    ),
    "products": ("应当听到的全部产品，逗号隔开", "all products to be heard of, separated by commas"),
    "segments": ("应当听到的全部客群，逗号隔开", "all segments to be heard, separated by commas"),
}


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("listening", _listening)
    add_own_files(command, commands, {"sources": _SOURCES})
    for option, (chinese, english) in _EXPECTED.items():
        command.add_argument(f"--{option}", metavar="A,B", help=commands.say(chinese, english))
    said = commands.say(
        "多少天没有声音算近来没有，默认 30", "days without a voice that count as gone silent, 30 by default"
    )
    command.add_argument("--recent-days", type=int, metavar="N", help=said)


def _listening(arguments: argparse.Namespace, language: Language) -> None:
    if is_published(arguments, "sources"):
        only_with(arguments, "sources", *_EXPECTED, "recent-days")
        show_sections(arguments, language, [listening.section], _TABLES)
        return
    recent_days = Listening().recent_days if arguments.recent_days is None else arguments.recent_days
    if recent_days < 1:
        raise UsageError(
            Bilingual("超出范围", "out of range"), where="--recent-days", value=recent_days, valid=["≥ 1"]
        )
    known = load_taxonomy(shipped("data/taxonomy.toml")).touchpoints
    touchpoints = touchpoints_named(_names(arguments.touchpoints), known)
    named = {"product": _names(arguments.products), "segment": _names(arguments.segments)}
    sources = load_listening_sources(arguments.sources, touchpoints, named)
    context = replace(BY_HAND, touchpoints={code: place.name for code, place in touchpoints.items()})
    table = listening_of_sources(sources)
    expected = expected_of(sources, [*touchpoints], named)
    heard = heard_of_sources(sources, expected, recent_days)
    unheard = unheard_table(table, heard, expected, context.scores.minimum_mentions)
    show_own(arguments, language, [listening.section], {"listening": table, "unheard": unheard}, context)


def _names(said: str | None) -> list[str]:
    plain = (said or "").replace("、", ",").replace("，", ",")
    return [name.strip() for name in plain.split(",") if name.strip()]
