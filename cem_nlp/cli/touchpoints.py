"""`cem touchpoints`: the diagnosis of touchpoints of what was published."""

import argparse

from cem_nlp.cli.parser import Commands
from cem_nlp.cli.sections import add_section_command, show_sections
from cem_nlp.language import Bilingual, Language
from cem_nlp.report.sections import blueprint, touchpoints


def register(commands: Commands) -> None:
    """Add the command of this module."""
    about = Bilingual("触点诊断与服务蓝图", "diagnosis of touchpoints, and the service blueprint")
    add_section_command(commands.add("touchpoints", about, _touchpoints), commands)


def _touchpoints(arguments: argparse.Namespace, language: Language) -> None:
    builders = [touchpoints.section, blueprint.section]
    show_sections(arguments, language, builders, ["touchpoints", "missing_points", "blueprint"])
