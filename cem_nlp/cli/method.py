"""`cem gap` and `cem cost`: the method's calculators on figures given by hand."""

import argparse
from pathlib import Path

from cem_nlp.cem import (
    cost_as_json,
    cost_as_text,
    cost_of_negative_experience,
    gap_table,
    gaps_as_json,
    gaps_as_text,
    no_figures,
    parse_share,
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
    cost = commands.add("cost", Bilingual("负面体验的代价", "the cost of negative experience"), _cost)
    share = commands.say("可写 0.22、22%% 或 22", "as 0.22, 22%% or 22")  # argparse fills in %
    for name, said in (
        ("revenue", commands.say("营业收入", "revenue")),
        ("negative", commands.say("负面体验占比", "share of negative experience") + f" ({share})"),
        ("complain", commands.say("其中投诉的占比", "share of those who complain") + f" ({share})"),
    ):
        cost.add_argument(f"--{name}", required=True, metavar=name[0].upper(), help=said)
    cost.add_argument("--json", action="store_true", help=json_help)


def _gap(arguments: argparse.Namespace, language: Language) -> None:
    if arguments.low >= arguments.high:
        raise UsageError(Bilingual("--low 须小于 --high", "--low must be below --high"), value=arguments.low)
    answers = load_survey(arguments.survey, arguments.low, arguments.high)
    gaps = gap_table(survey_figures(answers), no_figures())
    print(gaps_as_json(gaps) if arguments.json else gaps_as_text(gaps, language))


def _cost(arguments: argparse.Namespace, language: Language) -> None:
    cost = cost_of_negative_experience(
        _amount(arguments.revenue), parse_share(arguments.negative), parse_share(arguments.complain)
    )
    print(cost_as_json(cost) if arguments.json else cost_as_text(cost, language))


def _amount(text: str) -> float:
    try:
        return float(text.replace(",", "").replace("_", ""))
    except ValueError as error:
        raise UsageError(Bilingual("--revenue 不是数字", "--revenue is not a number"), value=text) from error
