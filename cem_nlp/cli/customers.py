"""`cem segments`, `cem perception`, `cem listening`, `cem themes`: sections of what was published."""

import argparse
from functools import partial
from typing import Final

from cem_nlp.cli.parser import Commands
from cem_nlp.cli.sections import add_section_command, show_sections
from cem_nlp.language import Bilingual, Language
from cem_nlp.report.sections import Builder, listening, perception, segments, themes

_COMMANDS: Final[dict[str, tuple[Bilingual, Builder, tuple[str, ...]]]] = {
    "segments": (
        Bilingual("四类客户、移动与目标客群", "the four kinds of customer, who moved, target segments"),
        segments.section,
        ("portfolio", "portfolio_moves", "target_scores"),
    ),
    "perception": (
        Bilingual("公司自评与客户评分、标杆", "own rating against customers' score, and the benchmark"),
        perception.section,
        ("perception", "benchmarks"),
    ),
    "listening": (
        Bilingual("倾听覆盖：听到了谁，没听到谁", "who is listened to, and who is not"),
        listening.section,
        ("listening", "unheard"),
    ),
    "themes": (
        Bilingual("十个体验主题与满意度、回购的关系", "the ten themes, tied to satisfaction and repurchase"),
        themes.section,
        ("themes",),
    ),
}


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    for name, (about, builder, tables) in _COMMANDS.items():
        command = commands.add(name, about, partial(_show, builder, tables))
        add_section_command(command, commands)


def _show(
    builder: Builder, tables: tuple[str, ...], arguments: argparse.Namespace, language: Language
) -> None:
    show_sections(arguments, language, [builder], tables)
