"""`cem query`: the published tables with SQL."""

import argparse
import csv
import io
import sys
from typing import Final

from cem_nlp.cli.parser import Commands, add_config
from cem_nlp.config_file import load_config
from cem_nlp.language import Bilingual, Language
from cem_nlp.query import query, query_rows

_SHORTENED: Final = Bilingual(
    "未显示：{rows} 行、{columns} 列；加 --csv 输出全部",
    "left out: {rows} rows, {columns} columns; --csv prints all",
)


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("query", _query)
    add_config(command, commands)
    sql_help = commands.say("每张表是同名的视图", "every table is a view of its name")
    command.add_argument("sql", metavar="SQL", help=sql_help)
    csv_help = commands.say("输出全部行和列（CSV，UTF-8）", "print all rows and columns (CSV in UTF-8)")
    command.add_argument("--csv", action="store_true", help=csv_help)


def _query(arguments: argparse.Namespace, language: Language) -> None:
    config = load_config(arguments.config)
    warehouse = config.resolve(config.warehouse)
    if arguments.csv:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        csv.writer(sys.stdout, lineterminator="\n").writerows(query_rows(warehouse, arguments.sql))
        return
    found = query(warehouse, arguments.sql)
    if found is not None:
        print(found.text)
        if found.rows_left_out or found.columns_left_out:
            said = _SHORTENED.say(language)
            print(said.format(rows=found.rows_left_out, columns=found.columns_left_out))
