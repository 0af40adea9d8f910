"""`cem nightly`, `backfill`, `serve`: the runs."""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from cem_nlp.cli.output import print_done
from cem_nlp.cli.parser import Commands, UsageError, add_config
from cem_nlp.config_file import load_config
from cem_nlp.language import Bilingual, Language
from cem_nlp.nightly import resolve_night, run_directly, run_night


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    nightly = commands.add("nightly", _nightly)
    add_config(nightly, commands)
    date_help = commands.say(
        "业务日期 YYYY-MM-DD、today 或 yesterday，默认 today",
        "night: YYYY-MM-DD, today or yesterday; today by default",
    )
    nightly.add_argument("--date", default="today", metavar="D", help=date_help)
    directly_help = commands.say("不经过 Prefect 直接运行", "run directly, without Prefect")
    nightly.add_argument("--no-prefect", action="store_true", help=directly_help)
    backfill = commands.add("backfill", _backfill)
    add_config(backfill, commands)
    first_help, last_help = commands.say("第一夜", "first night"), commands.say("最后一夜", "last night")
    backfill.add_argument("--from", dest="first", required=True, metavar="D", help=first_help)
    backfill.add_argument("--to", dest="last", required=True, metavar="D", help=last_help)
    add_config(commands.add("serve", _serve), commands)


def _nightly(arguments: argparse.Namespace, language: Language) -> None:
    config = load_config(arguments.config)
    night = resolve_night(arguments.date, config.timezone, "--date")
    with _progress_on_terminal():
        if arguments.no_prefect:
            outcome = run_night(config, night, language, run_directly)
        else:
            _prepare_prefect()
            from flows.nightly import nightly

            outcome = nightly(str(arguments.config), night.isoformat(), language)
    where = outcome.snapshot / "report.html"
    done = Bilingual(f"已发布 {night}，报告在 {where}", f"{night} is published, its report is {where}")
    print_done(outcome.terminal, done, language)


def _backfill(arguments: argparse.Namespace, language: Language) -> None:
    config = load_config(arguments.config)
    first = resolve_night(arguments.first, config.timezone, "--from")
    last = resolve_night(arguments.last, config.timezone, "--to")
    refuse_reversed(first, last)
    _prepare_prefect()
    from flows.backfill import backfill

    with _progress_on_terminal():
        nights = backfill(str(arguments.config), first, last, language)
    said = f"{nights[0]} – {nights[-1]}"
    print_done("\n".join(nights), Bilingual(f"已发布 {said}", f"{said} are published"), language)


def refuse_reversed(first: date, last: date) -> None:
    """Raise UsageError where the first day is after the last."""
    if first > last:
        raise UsageError(
            Bilingual("--from 晚于 --to", "--from is after --to"),
            where="--from, --to",
            value=f"{first} – {last}",
            next_step=Bilingual("把两个日期对调", "swap the two dates"),
        )


def _serve(arguments: argparse.Namespace, language: Language) -> None:
    load_config(arguments.config)
    _end_in_order()
    from flows.serve import serve

    serve(arguments.config.resolve(), language)


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
