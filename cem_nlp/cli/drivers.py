"""`cem drivers`: what moves the rating, and where expectations come from."""

import argparse

from cem_nlp.cli.parser import Commands
from cem_nlp.cli.sections import add_section_command, show_sections
from cem_nlp.language import Bilingual, Language
from cem_nlp.report.sections import expectation, importance


def register(commands: Commands) -> None:
    """Add the command of this module."""
    about = Bilingual("推算的重要性与期望", "importance and expectation, derived from ratings and text")
    add_section_command(commands.add("drivers", about, _drivers), commands)


def _drivers(arguments: argparse.Namespace, language: Language) -> None:
    builders = [importance.section, expectation.section]
    show_sections(arguments, language, builders, ["drivers", "expectations"])
