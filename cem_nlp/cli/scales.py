"""The options that declare the scale of answers."""

import argparse

from cem_nlp.cli.parser import Commands, Parser, UsageError
from cem_nlp.language import Bilingual


def add_scale(parser: Parser, commands: Commands) -> None:
    """Add `--low` and `--high`."""
    low_help = commands.say("量表下限，默认 0", "lower end of the scale, 0 by default")
    parser.add_argument("--low", type=float, help=low_help)
    high_help = commands.say("量表上限，默认 10", "upper end of the scale, 10 by default")
    parser.add_argument("--high", type=float, help=high_help)


def scale_of(arguments: argparse.Namespace) -> tuple[float, float] | None:
    """Return the declared scale, None where neither end is declared. Raises UsageError for a reversed one."""
    low, high = arguments.low, arguments.high
    if low is None and high is None:
        return None
    ends = (0.0 if low is None else low, 10.0 if high is None else high)
    if not ends[0] < ends[1]:
        raise UsageError(Bilingual("--low 须小于 --high", "--low must be below --high"), value=ends[0])
    return ends
