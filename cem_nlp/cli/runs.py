"""`cem nightly`, `backfill`, `serve`, `report`, `query`: the runs and what they published."""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from cem_nlp.cli.parser import Commands, Parser, UsageError
from cem_nlp.config_file import load_config
from cem_nlp.errors import NotWritable
from cem_nlp.language import Bilingual, Language
from cem_nlp.nightly import report_context, report_tables, resolve_night, run_directly, run_night
from cem_nlp.query import query
from cem_nlp.report import render_html
from cem_nlp.store import published


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    _add_runs(commands)
    report = commands.add(
        "report",
        Bilingual("由已发布的表重新生成报告", "write the report of the published tables once more"),
        _report,
    )
    _add_config(report, commands)
    output_help = commands.say("报告文件", "where to write it")
    report.add_argument("--output", type=Path, required=True, metavar="FILE.html", help=output_help)
    query_command = commands.add(
        "query", Bilingual("用 SQL 查询已发布的表", "query the published tables with SQL"), _query
    )
    _add_config(query_command, commands)
    sql_help = commands.say("每张表是同名的视图", "every table is a view of its name")
    query_command.add_argument("sql", metavar="SQL", help=sql_help)


def _add_runs(commands: Commands) -> None:
    nightly = commands.add(
        "nightly",
        Bilingual("夜间主任务：读入、分析、评分、发布", "the night's run: read, analyse, score, publish"),
        _nightly,
    )
    _add_config(nightly, commands)
    date_help = commands.say(
        "业务日期 YYYY-MM-DD、today 或 yesterday", "night: YYYY-MM-DD, today or yesterday"
    )
    nightly.add_argument("--date", default="today", metavar="D", help=date_help)
    directly_help = commands.say("不经过 Prefect 直接运行", "run directly, without Prefect")
    nightly.add_argument("--no-prefect", action="store_true", help=directly_help)
    backfill = commands.add(
        "backfill", Bilingual("按日期范围逐夜补跑", "publish every night of a range of dates"), _backfill
    )
    _add_config(backfill, commands)
    first_help, last_help = commands.say("第一夜", "first night"), commands.say("最后一夜", "last night")
    backfill.add_argument("--from", dest="first", required=True, metavar="D", help=first_help)
    backfill.add_argument("--to", dest="last", required=True, metavar="D", help=last_help)
    serve = commands.add(
        "serve", Bilingual("在单机上每晚 02:00 自动运行", "run every night at 02:00 on this machine"), _serve
    )
    _add_config(serve, commands)


def _add_config(parser: Parser, commands: Commands) -> None:
    parser.add_argument(
        "--config",
        type=Path,
        required=True,
        metavar="FILE",
        help=commands.say("配置文件（TOML 或 YAML）", "configuration file (TOML or YAML)"),
    )


def _nightly(arguments: argparse.Namespace, language: Language) -> None:
    config = load_config(arguments.config)
    night = resolve_night(arguments.date, config.timezone)
    with _progress_on_terminal():
        if arguments.no_prefect:
            outcome = run_night(config, night, language, run_directly)
        else:
            _prepare_prefect()
            from flows.nightly import nightly

            outcome = nightly(str(arguments.config), night.isoformat(), language)
    print(outcome.terminal)


def _backfill(arguments: argparse.Namespace, language: Language) -> None:
    config = load_config(arguments.config)
    first, last = (resolve_night(said, config.timezone) for said in (arguments.first, arguments.last))
    refuse_reversed(first, last)
    _prepare_prefect()
    from flows.backfill import backfill

    with _progress_on_terminal():
        nights = backfill(str(arguments.config), first, last, language)
    print(*nights, sep="\n")


def refuse_reversed(first: date, last: date) -> None:
    """Raise UsageError where the first day is after the last."""
    if first > last:
        raise UsageError(
            Bilingual("--from 晚于 --to", "--from is after --to"),
            value=first.isoformat(),
            where=last.isoformat(),
        )


def _serve(arguments: argparse.Namespace, language: Language) -> None:
    load_config(arguments.config)
    _end_in_order()
    from flows.serve import serve

    serve(arguments.config.resolve(), language)


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


def _query(arguments: argparse.Namespace, language: Language) -> None:
    config = load_config(arguments.config)
    found = query(config.resolve(config.warehouse), arguments.sql)
    if found is not None:
        print(found)


@contextmanager
def _progress_on_terminal() -> Iterator[None]:
    """Show progress on standard error, so that standard output holds the result alone."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    package = logging.getLogger("cem_nlp")
    package.addHandler(handler)
    package.setLevel(logging.INFO)
    try:
        yield
    finally:
        package.removeHandler(handler)


def _prepare_prefect() -> None:
    """Find its server, and quieten it: on the terminal it would repeat what is said already."""
    from flows.server import check_server

    check_server()
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
    _end_in_order()


def _end_in_order() -> None:
    """Let SIGTERM end the interpreter in order: otherwise Prefect's temporary server would outlive it."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
