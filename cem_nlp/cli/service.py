"""`cem service` and `cem topics`: the report's sections on calls and on topics, on the terminal."""

import argparse

from cem_nlp.cli.parser import Commands
from cem_nlp.cli.sections import add_section_command, show_sections
from cem_nlp.language import Bilingual, Language
from cem_nlp.report.sections import service, topics


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    calls = commands.add(
        "service",
        Bilingual(
            "客服通话：问什么、抱怨什么、解决了没有", "service calls: what is asked, and what is solved"
        ),
        _service,
    )
    add_section_command(calls, commands)
    drivers = commands.add(
        "topics",
        Bilingual("拉低、拉高得分的话题与新词", "topics that drive the scores, and new words"),
        _topics,
    )
    add_section_command(drivers, commands)


def _service(arguments: argparse.Namespace, language: Language) -> None:
    show_sections(arguments, language, [service.section], ["service_topics", "service_calls"])


def _topics(arguments: argparse.Namespace, language: Language) -> None:
    show_sections(arguments, language, [topics.section], ["topics", "words"])
