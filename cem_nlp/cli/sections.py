"""The commands that show sections of the report as text, or the tables behind them as JSON."""

import argparse
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import pandas as pd

from cem_nlp import store
from cem_nlp.cli.parser import Commands, Parser, add_config
from cem_nlp.cli.published import published_state
from cem_nlp.config_file import load_config
from cem_nlp.language import Bilingual, Language
from cem_nlp.nightly import report_context, report_tables
from cem_nlp.report import ReportContext, ReportTables
from cem_nlp.report.blocks_text import render_terminal
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections import (
    Builder,
    alerts,
    expectation,
    importance,
    service,
    topics,
)

_SHOWN: Final[dict[str, tuple[list[Builder], list[str]]]] = {
    "alerts": ([alerts.section], ["alerts", "alert_series"]),
    "drivers": ([importance.section, expectation.section], ["drivers", "expectations"]),
    "service": ([service.section], ["service_topics", "service_calls"]),
    "topics": ([topics.section], ["topics", "words"]),
}
"""Of each command the sections of the report that it prints, and the tables behind them."""

_NOTHING = Bilingual("已发布的数据里还没有这方面的内容", "the published tables hold nothing of the kind yet")


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    for name, (builders, tables) in _SHOWN.items():
        run = partial(show_sections, builders=builders, tables=tables)
        add_section_command(commands.add(name, run), commands)


def add_section_command(parser: Parser, commands: Commands) -> None:
    """Add `--config` and `--json`."""
    add_config(parser, commands)
    add_json(parser, commands)


def add_json(parser: Parser, commands: Commands) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help=commands.say("输出 JSON", "print JSON"))


def show_sections(
    arguments: argparse.Namespace, language: Language, builders: Sequence[Builder], tables: Sequence[str]
) -> None:
    """Print the sections of the published state as text; with `--json` the rows of `tables`."""
    config = load_config(arguments.config)
    snapshot = published_state(config, tables)
    if arguments.json:
        print_json({name: store.read_table(snapshot, name).to_pandas() for name in tables})
        return
    print_sections(report_tables(snapshot), report_context(config, snapshot, language), builders, language)


def print_sections(
    tables: ReportTables, context: ReportContext, builders: Sequence[Builder], language: Language
) -> None:
    """Print sections as text, or that there is nothing to say."""
    phrases = Phrases(language, context)
    built = [builder(tables, context, phrases) for builder in builders]
    texts = [render_terminal(section, phrases) for section in built if section is not None]
    print("\n".join(texts) if texts else _NOTHING.say(language))


def print_json(frames: Mapping[str, pd.DataFrame]) -> None:
    """Print the rows of tables as one JSON object, keyed by the table's name."""
    rows = (
        f'"{name}": {frame.to_json(orient="records", force_ascii=False, date_format="iso")}'
        for name, frame in frames.items()
    )
    print("{" + ",\n".join(rows) + "}")
