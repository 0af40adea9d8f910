"""The `cem` command."""

import os
import sys
from collections.abc import Sequence

from cem_nlp.cli import (
    alerts,
    comparison,
    cost,
    customers,
    drivers,
    evaluation,
    journeys,
    labelling,
    method,
    opinions,
    profile,
    runs,
    service,
    taxonomy,
    touchpoints,
    training,
)
from cem_nlp.cli.parser import Parser, add_commands, add_help, split_language
from cem_nlp.errors import CemError, withhold
from cem_nlp.language import Bilingual, Language

_ROOMS = (
    runs,
    opinions,
    training,
    evaluation,
    taxonomy,
    profile,
    labelling,
    method,
    cost,
    journeys,
    touchpoints,
    comparison,
    alerts,
    customers,
    drivers,
    service,
)
"""Every module that adds commands, in the order of the help."""

_INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells use it: 128 + SIGINT."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; `arguments` default to the process's own."""
    language: Language = "zh"
    try:
        language, rest = split_language(sys.argv[1:] if arguments is None else arguments)
        try:
            chosen = build_parser(language).parse_args(rest)
            chosen.run(chosen, language)
        finally:
            # What is still buffered would otherwise meet a closed pipe at the interpreter's exit.
            sys.stdout.flush()
    except CemError as error:
        return _report(error, language)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        return _report(withhold(error), language)
    return 0


def _report(error: CemError, language: Language) -> int:
    print(error.explain(language), file=sys.stderr)
    return error.exit_code


def build_parser(language: Language) -> Parser:
    """Return the parser of the whole command line, its texts in `language`."""
    about = Bilingual(
        "把中文客户的评论、投诉和通话变成体验得分与决策。",
        "Turn what Chinese customers say into experience scores and decisions.",
    )
    english = Bilingual("加上 --lang en 用英文显示", "messages are in English with --lang en")
    parser = Parser(
        prog="cem",
        description=about.say(language),
        epilog=english.say(language),
        add_help=False,
        allow_abbrev=False,
    )
    add_help(parser, language)
    commands = add_commands(parser, language)
    for room in _ROOMS:
        room.register(commands)
    return parser
