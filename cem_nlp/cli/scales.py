"""The options that declare the scale of answers."""

import argparse
from math import inf

from cem_nlp.cli.parser import Commands, Parser, UsageError
from cem_nlp.language import Bilingual


def add_scale(parser: Parser, commands: Commands) -> None:
    """Add `--low` and `--high`."""
    low_help = commands.say(
        "量表下限，与 --high 一起写；都不写为 0–10", "lower end of the scale, with --high; 0–10 where absent"
    )
    parser.add_argument("--low", type=float, help=low_help)
    high_help = commands.say("量表上限，与 --low 一起写", "upper end of the scale, with --low")
    parser.add_argument("--high", type=float, help=high_help)


def scale_of(arguments: argparse.Namespace) -> tuple[float, float] | None:
    """Return the declared scale, None where neither end is declared.

    One end alone declares 0–10 or nothing. Raises UsageError for one end alone of another scale, a scale that
    does not run upwards, and an end that is not finite.
    """
    low, high = arguments.low, arguments.high
    if low is None and high is None:
        return None
    alone = low is None or high is None
    low, high = 0.0 if low is None else low, 10.0 if high is None else high
    if alone and (low, high) != (0, 10):
        raise UsageError(
            Bilingual(
                "--low 与 --high 须一起写：只写一头，整份问卷就会读错",
                "give --low and --high together: with one end alone every answer would be misread",
            ),
            where="--low, --high",
            value=f"{low:g}–{high:g}",
            valid=["--low 1 --high 5", "--low 0 --high 100"],
        )
    if not -inf < low < high < inf:
        raise UsageError(
            Bilingual("--low 须小于 --high", "--low must be below --high"),
            where="--low, --high",
            value=f"{low:g}–{high:g}",
            valid=["--low 1 --high 5", "--low 0 --high 100"],
        )
    return low, high
