"""`cem query`: the published tables with SQL."""

import argparse

from cem_nlp.cli.parser import Commands, add_config
from cem_nlp.config_file import load_config
from cem_nlp.language import Language
from cem_nlp.query import query


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("query", _query)
    add_config(command, commands)
    sql_help = commands.say("每张表是同名的视图", "every table is a view of its name")
    command.add_argument("sql", metavar="SQL", help=sql_help)


def _query(arguments: argparse.Namespace, language: Language) -> None:
    config = load_config(arguments.config)
    found = query(config.resolve(config.warehouse), arguments.sql)
    if found is not None:
        print(found)
