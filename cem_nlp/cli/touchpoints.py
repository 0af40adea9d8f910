"""`cem touchpoints`: the diagnosis and the blueprint, as they were published or from a survey alone."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from cem_nlp.cem.own_touchpoints import own_touchpoint_tables
from cem_nlp.cli.by_hand import BY_HAND
from cem_nlp.cli.own_brand import add_own, own_brand
from cem_nlp.cli.own_files import add_own_files, is_published, only_with, show_own
from cem_nlp.cli.parser import Commands
from cem_nlp.cli.scales import add_scale, scale_of
from cem_nlp.cli.sections import show_sections
from cem_nlp.language import Bilingual, Language
from cem_nlp.model_files import load_taxonomy
from cem_nlp.report.sections import Builder, blueprint, touchpoints
from cem_nlp.resources import shipped
from cem_nlp.touchpoint_file import load_blueprint, load_own_touchpoints

_SECTIONS: Final[Sequence[Builder]] = (touchpoints.section, blueprint.section)
_TABLES: Final = ("touchpoints", "missing_points", "blueprint")
_SURVEY: Final = Bilingual(
    "触点问卷，CSV 长表：touchpoint, channel, stage, measure, score",
    "survey of touchpoints, CSV in long form: touchpoint, channel, stage, measure, score",
)


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("touchpoints", _touchpoints)
    add_own_files(command, commands, {"survey": _SURVEY})
    said = commands.say("服务蓝图，只配 --survey", "service blueprint, with --survey only")
    command.add_argument("--blueprint", type=Path, metavar="FILE.toml", help=said)
    add_own(command, commands)
    add_scale(command, commands)


def _touchpoints(arguments: argparse.Namespace, language: Language) -> None:
    if is_published(arguments, "survey"):
        only_with(arguments, "survey", "blueprint", "own", "low", "high")
        show_sections(arguments, language, _SECTIONS, _TABLES)
        return
    known = load_taxonomy(shipped("data/taxonomy.toml")).touchpoints
    survey = load_own_touchpoints(arguments.survey, known, scale_of(arguments))
    names = {code: place.name for code, place in {**known, **survey.places}.items()}
    described = () if arguments.blueprint is None else load_blueprint(arguments.blueprint, names)
    own = own_brand(arguments.own, survey.answers["brand"])
    tables = own_touchpoint_tables(survey.answers, survey.places, described, own)
    context = replace(BY_HAND, own=own, touchpoints=names)
    show_own(arguments, language, _SECTIONS, tables, context)
