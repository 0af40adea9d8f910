"""`cem report`: the report of the published tables once more."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from cem_nlp.cli.parser import Commands, UsageError, add_config
from cem_nlp.cli.published import published_state
from cem_nlp.config_file import load_config
from cem_nlp.errors import NotWritable
from cem_nlp.language import Bilingual, Language
from cem_nlp.nightly import report_context, report_tables
from cem_nlp.places import reason_not_written
from cem_nlp.report import render_html, render_owner
from cem_nlp.schemas import TABLES


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("report", _report)
    add_config(command, commands)
    output_help = commands.say(
        "报告文件，默认写在当前文件夹：report.html，或 report-部门代码.html",
        "where to write it; report.html, or report- and the department's code, in this folder by default",
    )
    command.add_argument("--output", type=Path, metavar="FILE.html", help=output_help)
    owner_help = commands.say(
        "只出一个部门的页面：代码、名称或其中一段",
        "one department's page: its code, name or part of it",
    )
    command.add_argument("--owner", metavar="DEPARTMENT", help=owner_help)


def _report(arguments: argparse.Namespace, language: Language) -> None:
    config = load_config(arguments.config)
    snapshot = published_state(config, TABLES)
    tables, context = report_tables(snapshot), report_context(config, snapshot, language)
    if arguments.owner is None:
        output = arguments.output or Path("report.html")
        page = render_html(tables, context, language)
    else:
        owner = find_owner(arguments.owner, context.owners)
        output = arguments.output or Path(f"report-{owner}.html")
        page = render_owner(tables, context, owner, language)
    try:
        output.write_text(page, encoding="utf-8")
    except OSError as error:
        why = reason_not_written(error)
        raise NotWritable(
            Bilingual(f"无法写入：{why.zh}", f"cannot write: {why.en}"),
            where=str(output),
            next_step=Bilingual("给出能写的 --output 文件", "give a file to --output that can be written"),
        ) from error
    print(output)


def find_owner(said: str, owners: Mapping[str, Bilingual]) -> str:
    """Return the code of the department meant by its code, its name in either language, or a part of one.

    Raises UsageError, listing the known departments: none is called so, or several are.
    """
    words = {code: [word.lower() for word in (code, *name)] for code, name in owners.items()}
    sought = said.strip().lower()
    exact = [code for code, known in words.items() if sought in known]
    parts = [code for code, known in words.items() if sought and any(sought in word for word in known)]
    found = exact or parts
    if len(found) == 1:
        return found[0]
    several = Bilingual("有几个部门的名称含有它", "several departments are called so")
    raise UsageError(
        several if found else Bilingual("没有这个部门", "no such department"),
        where="--owner",
        value=said,
        valid=[
            Bilingual(f"{code} {owners[code].zh}", f"{code} {owners[code].en}") for code in found or owners
        ],
        next_step=Bilingual("写代码或完整名称", "give the code or the whole name"),
    )
