"""`cem journey`: peaks, ends and the emotion curve of what was published."""

import argparse

from cem_nlp.cli.parser import Commands
from cem_nlp.cli.sections import add_section_command, show_sections
from cem_nlp.language import Bilingual, Language
from cem_nlp.report.sections import journeys


def register(commands: Commands) -> None:
    """Add the command of this module."""
    about = Bilingual("峰终与情绪曲线", "peak, end and emotion curve of calls and journeys")
    add_section_command(commands.add("journey", about, _journey), commands)


def _journey(arguments: argparse.Namespace, language: Language) -> None:
    show_sections(arguments, language, [journeys.section], ["journeys", "emotions"])
