"""What commands that show one section of the report have in common."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from cem_nlp import store
from cem_nlp.cli.parser import Commands, Parser
from cem_nlp.config_file import load_config
from cem_nlp.language import Bilingual, Language
from cem_nlp.nightly import report_context, report_tables
from cem_nlp.report.blocks_text import render_terminal
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections import Builder

_NOTHING = Bilingual("已发布的数据里还没有这方面的内容", "the published tables hold nothing of the kind yet")


def add_section_command(parser: Parser, commands: Commands) -> None:
    """Add `--config` and `--json`."""
    config_help = commands.say("配置文件（TOML 或 YAML）", "configuration file (TOML or YAML)")
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help=config_help)
    parser.add_argument("--json", action="store_true", help=commands.say("输出 JSON", "print JSON"))


def show_sections(
    arguments: argparse.Namespace, language: Language, builders: Sequence[Builder], tables: Sequence[str]
) -> None:
    """Print the sections of the published state as text; with `--json` the rows of `tables`."""
    config = load_config(arguments.config)
    snapshot = store.published(config.resolve(config.warehouse))
    if arguments.json:
        print(rows_as_json(snapshot, tables))
        return
    context = report_context(config, snapshot)
    phrases, published = Phrases(language, context), report_tables(snapshot)
    built = [builder(published, context, phrases) for builder in builders]
    texts = [render_terminal(section, phrases) for section in built if section is not None]
    print("\n".join(texts) if texts else _NOTHING.say(language))


def rows_as_json(snapshot: Path, tables: Sequence[str]) -> str:
    """Return the rows of tables as one JSON object, keyed by the table's name."""
    frames = {name: store.read_table(snapshot, name).to_pandas() for name in tables}
    rows = (
        f'"{name}": {frame.to_json(orient="records", force_ascii=False, date_format="iso")}'
        for name, frame in frames.items()
    )
    return "{" + ",\n".join(rows) + "}"
