"""`cem gap`: the seven steps, from a survey alone or as they were published."""

import argparse
from pathlib import Path

from cem_nlp.cem import (
    gap_table,
    gaps_as_json,
    gaps_as_text,
    no_figures,
    survey_figures,
)
from cem_nlp.cli.parser import Commands, UsageError
from cem_nlp.language import Bilingual, Language
from cem_nlp.survey_file import load_survey


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    json_help = commands.say("输出 JSON", "print JSON")
    gap = commands.add(
        "gap",
        Bilingual("由问卷计算满意、关键体验与差距", "satisfaction, key experience and gap from a survey"),
        _gap,
    )
    gap.add_argument(
        "--survey",
        type=Path,
        required=True,
        metavar="FILE",
        help=commands.say(
            "CSV 长表：product, segment, category, measure, score",
            "CSV: product, segment, category, measure, score",
        ),
    )
    gap.add_argument(
        "--low", type=float, default=0.0, help=commands.say("量表下限", "lower end of the scale")
    )
    gap.add_argument(
        "--high", type=float, default=10.0, help=commands.say("量表上限", "upper end of the scale")
    )
    gap.add_argument("--json", action="store_true", help=json_help)


def _gap(arguments: argparse.Namespace, language: Language) -> None:
    if arguments.low >= arguments.high:
        raise UsageError(Bilingual("--low 须小于 --high", "--low must be below --high"), value=arguments.low)
    answers = load_survey(arguments.survey, arguments.low, arguments.high)
    gaps = gap_table(survey_figures(answers), no_figures())
    print(gaps_as_json(gaps) if arguments.json else gaps_as_text(gaps, language))
