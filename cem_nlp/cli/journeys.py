"""`cem journey`: peak, end and the emotion curve, as they were published or from a file of scores alone."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cem_nlp.cem.own_journeys import own_journey_tables
from cem_nlp.cli.by_hand import BY_HAND
from cem_nlp.cli.own_brand import add_own, own_brand
from cem_nlp.cli.own_files import add_own_files, is_published, only_with, show_own
from cem_nlp.cli.parser import Commands
from cem_nlp.cli.scales import add_scale, scale_of
from cem_nlp.cli.sections import show_sections
from cem_nlp.journey_file import load_journeys
from cem_nlp.language import Bilingual, Language
from cem_nlp.report.sections import Builder, journeys

_SECTIONS: Final[Sequence[Builder]] = (journeys.section,)
_TABLES: Final = ("journeys", "emotions")
_SCORES: Final = Bilingual(
    "客户一路上的打分：customer, time 或 step, stage 或 touchpoint, score",
    "what customers scored on their way: customer, time or step, stage or touchpoint, score",
)


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("journey", _journey)
    add_own_files(command, commands, {"scores": _SCORES})
    add_own(command, commands)
    add_scale(command, commands)


def _journey(arguments: argparse.Namespace, language: Language) -> None:
    if is_published(arguments, "scores"):
        only_with(arguments, "scores", "own", "low", "high")
        show_sections(arguments, language, _SECTIONS, _TABLES)
        return
    said = load_journeys(arguments.scores, scale_of(arguments))
    own = own_brand(arguments.own, said["brand"])
    context = replace(BY_HAND, own=own)
    tables = own_journey_tables(said, own, context.comparison, context.scores.confidence)
    show_own(arguments, language, _SECTIONS, tables, context)
