"""Commands that show a section of the report, as it was published or from the user's own files alone."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from cem_nlp.cli.by_hand import BY_HAND
from cem_nlp.cli.parser import Commands, Parser, UsageError
from cem_nlp.cli.sections import add_json, print_json, print_sections
from cem_nlp.language import Bilingual, Language
from cem_nlp.report import ReportContext, ReportTables
from cem_nlp.report.sections import Builder
from cem_nlp.schemas import TABLES

_CLASSIC: Final = ("scores", "gaps", "opinions", "feedback", "comments", "sources", "quarantine", "drift")


def add_own_files(parser: Parser, commands: Commands, files: Mapping[str, Bilingual]) -> None:
    """Add `--config`, in its place options for the user's own `files`, and `--json`."""
    said = commands.say("配置文件：显示已发布的结果", "configuration: shows what was published")
    parser.add_argument("--config", type=Path, metavar="FILE", help=said)
    for option, help_text in files.items():
        shown = help_text.say(commands.language)
        parser.add_argument(f"--{option}", type=Path, metavar="FILE.csv", help=shown)
    add_json(parser, commands)


def is_published(arguments: argparse.Namespace, *files: str) -> bool:
    """Return whether `--config` is given, else one of the options `files`. Raises UsageError for both, or
    neither.
    """
    given = any(getattr(arguments, name.replace("-", "_")) is not None for name in files)
    if (arguments.config is not None) == given:
        options = [f"--{name}" for name in files]
        raise UsageError(
            Bilingual(
                f"--config 与 {'、'.join(options)} 须给出一种，且只给一种",
                f"give --config or {' and '.join(options)}, not both",
            )
        )
    return not given


def show_own(
    arguments: argparse.Namespace,
    language: Language,
    builders: Sequence[Builder],
    frames: Mapping[str, pd.DataFrame],
    context: ReportContext = BY_HAND,
) -> None:
    """Print the sections that the user's own tables give as text; with `--json` the rows of `frames`."""
    if arguments.json:
        print_json(frames)
        return
    classic = {name: TABLES[name].empty_table().to_pandas() for name in _CLASSIC}
    print_sections(ReportTables(**classic, more=frames), context, builders, language)
