"""`cem report`: the report of the published tables once more."""

import argparse
from pathlib import Path

from cem_nlp.cli.parser import Commands, add_config
from cem_nlp.config_file import load_config
from cem_nlp.errors import NotWritable
from cem_nlp.language import Bilingual, Language
from cem_nlp.nightly import report_context, report_tables
from cem_nlp.report import render_html
from cem_nlp.store import published


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("report", _report)
    add_config(command, commands)
    output_help = commands.say("报告文件", "where to write it")
    command.add_argument("--output", type=Path, required=True, metavar="FILE.html", help=output_help)


def _report(arguments: argparse.Namespace, language: Language) -> None:
    config = load_config(arguments.config)
    snapshot = published(config.resolve(config.warehouse))
    page = render_html(report_tables(snapshot), report_context(config, snapshot), language)
    try:
        arguments.output.write_text(page, encoding="utf-8")
    except OSError as error:
        raise NotWritable(
            Bilingual(f"无法写入：{error.strerror}", f"cannot write: {error.strerror}"),
            where=str(arguments.output),
        ) from error
    print(arguments.output)
