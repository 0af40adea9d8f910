"""`cem classify`: the opinions of every comment of a file."""

import argparse
from pathlib import Path

from cem_nlp.classify import classify
from cem_nlp.cli.engine import add_engine, engine_files_of
from cem_nlp.cli.parser import Commands
from cem_nlp.language import Bilingual, Language
from cem_nlp.parallel import ENOUGH_PROCESSES, MOST_PROCESSES, usual_processes


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("classify", _classify)
    command.add_argument(
        "input",
        type=Path,
        metavar="INPUT",
        help=commands.say("含 id、text 的 .jsonl 或 .csv", ".jsonl or .csv with id and text"),
    )
    opinions_help = commands.say("每个观点一行", "one row per opinion")
    command.add_argument("--output", type=Path, required=True, metavar="OUT.parquet", help=opinions_help)
    comments_help = commands.say("每条评论一行：意向与预期", "one row per id: intent and expectation")
    command.add_argument("--comments", type=Path, metavar="OUT2.parquet", help=comments_help)
    workers_help = commands.say(
        f"并行的进程数，1–{MOST_PROCESSES}，默认每核一个，至多 {ENOUGH_PROCESSES} 个",
        f"processes side by side, 1–{MOST_PROCESSES}; one a core by default, {ENOUGH_PROCESSES} at most",
    )
    command.add_argument(
        "--workers", type=processes, default=usual_processes(), metavar="N", help=workers_help
    )
    add_engine(command, commands)


def _classify(arguments: argparse.Namespace, language: Language) -> None:
    comments, opinions = classify(
        engine_files_of(arguments), arguments.input, arguments.output, arguments.comments, arguments.workers
    )
    said = Bilingual(f"{comments} 条评论，{opinions} 个观点", f"{comments} comments, {opinions} opinions")
    print(f"{said.say(language)} → {arguments.output}")


def processes(said: str) -> int:
    """Return a number of processes. Raises ValueError, which the parser words."""
    number = int(said)
    if not 1 <= number <= MOST_PROCESSES:
        raise ValueError(number)
    return number
