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


def is_published(arguments: argparse.Namespace, file: str) -> bool:
    """Return whether `--config` is given, not the option `file`. Raises UsageError for both or neither."""
    published = getattr(arguments, file) is None
    if (arguments.config is None) == published:
        raise UsageError(
            Bilingual(f"--{file} 与 --config 须给出一个，且只给一个", f"give one of --{file} and --config")
        )
    return published


def only_with(arguments: argparse.Namespace, file: str, *options: str) -> None:
    """Raise UsageError for one of `options` that is given, though it goes with the option `file` only."""
    for name in options:
        if getattr(arguments, name.replace("-", "_")) not in (None, []):
            raise UsageError(
                Bilingual(f"--{name} 只配 --{file} 使用", f"--{name} goes with --{file}"),
                next_step=Bilingual(
                    "有 --config 时写在配置文件里", "with --config such things stand in the configuration"
                ),
            )


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
