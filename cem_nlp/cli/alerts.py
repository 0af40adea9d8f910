"""`cem alerts`: what moved in the last days of what was published."""

import argparse

from cem_nlp.cli.parser import Commands
from cem_nlp.cli.sections import add_section_command, show_sections
from cem_nlp.language import Bilingual, Language
from cem_nlp.report.sections import alerts


def register(commands: Commands) -> None:
    """Add the command of this module."""
    about = Bilingual("最近的异动：体验与声量", "what moved lately: experience and volume")
    add_section_command(commands.add("alerts", about, _alerts), commands)


def _alerts(arguments: argparse.Namespace, language: Language) -> None:
    show_sections(arguments, language, [alerts.section], ["alerts", "alert_series"])
