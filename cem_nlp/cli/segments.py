"""`cem segments`: the four kinds of customer, as published or from a survey of customers alone."""

import argparse
from dataclasses import replace
from math import inf, isfinite, isinf, nan
from typing import Any, Final

import pandas as pd

from cem_nlp.cem.customer_survey import customers_of_survey
from cem_nlp.cem.portfolio import experience_of_answers, moves_table, portfolio_table
from cem_nlp.cem.weighted_answers import weighted_answers
from cem_nlp.cli.by_hand import BY_HAND
from cem_nlp.cli.own_files import add_own_files, is_published, only_with, show_own
from cem_nlp.cli.parser import Commands, UsageError
from cem_nlp.cli.scales import add_scale, scale_of
from cem_nlp.cli.sections import show_sections
from cem_nlp.config import Segments
from cem_nlp.customers_file import load_customer_list
from cem_nlp.errors import InputError
from cem_nlp.language import Bilingual, Language
from cem_nlp.report.sections import segments
from cem_nlp.survey_file import load_customer_survey
from cem_nlp.vocabulary import ALL, UNKNOWN

_TABLES: Final = ("portfolio", "portfolio_moves", "target_scores")
_FILES: Final = {
    "survey": Bilingual(
        "客户满意度问卷：customer, score, period, value, segment",
        "survey of customers: customer, score, period, value, segment",
    ),
    "customers": Bilingual(
        "客户资料表，补上问卷没有的价值、年限、地区、客群",
        "customer table: value, tenure, region and segment that the survey lacks",
    ),
}
_BESIDE: Final = ("customers", "low", "high", "axis", "satisfied-above", "value-from", "target")


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("segments", _segments)
    add_own_files(command, commands, _FILES)
    add_scale(command, commands)
    said = commands.say("看价值还是看增长，默认看价值", "sort by value (default) or by growth")
    command.add_argument("--axis", choices=("value", "growth"), help=said)
    said = commands.say(
        "打分高于多少算满意，默认量表中点", "score above which one is satisfied; the middle by default"
    )
    command.add_argument("--satisfied-above", type=float, metavar="X", help=said)
    said = commands.say(
        "价值不低于多少算高，默认中位数", "value from which one is valuable; the median by default"
    )
    command.add_argument("--value-from", type=float, metavar="X", help=said)
    said = commands.say("目标客群及其权重，可重复", "a target segment and its weight; may be repeated")
    command.add_argument("--target", action="append", default=[], metavar="S=3", help=said)


def _segments(arguments: argparse.Namespace, language: Language) -> None:
    if is_published(arguments, "survey"):
        only_with(arguments, "survey", *_BESIDE)
        show_sections(arguments, language, [segments.section], _TABLES)
        return
    answers = load_customer_survey(arguments.survey, scale_of(arguments))
    settings = _settings(arguments, answers)
    known = None if arguments.customers is None else load_customer_list(arguments.customers)
    try:
        customers = customers_of_survey(answers, known, settings)
    except InputError as error:
        raise error.in_file(arguments.survey.name) from None
    _check_targets(settings, customers)
    context = replace(BY_HAND, own=(ALL,), segments=settings)
    experience = experience_of_answers(customers, context.scores)
    frames = {
        "portfolio": portfolio_table(customers, experience, context.scores),
        "portfolio_moves": moves_table(customers, context.scores),
        "target_scores": weighted_answers(customers, settings.target, context.scores),
    }
    show_own(arguments, language, [segments.section], frames, context)


def _settings(arguments: argparse.Namespace, answers: pd.DataFrame) -> Segments:
    """Return what the command line says on kinds of customer and target segments."""
    settings: dict[str, Any] = {"target": dict(_target(said) for said in arguments.target)}
    growing = (
        arguments.customers is None and answers["value"].isna().all() and answers["growth"].notna().any()
    )
    settings["axis"] = arguments.axis or ("growth" if growing else "value")
    if arguments.satisfied_above is not None:
        low, high = scale_of(arguments) or (0.0, 10.0)
        cut = (_finite(arguments.satisfied_above, "--satisfied-above", low, high) - low) * 10 / (high - low)
        settings["experience_cut"] = cut
    if arguments.value_from is not None:
        settings["value_cut"] = _finite(arguments.value_from, "--value-from", 0.0, inf)
    return Segments(**settings)


def _finite(value: float, option: str, low: float, high: float) -> float:
    if not (isfinite(value) and low <= value <= high):
        span = f"≥ {low:g}" if isinf(high) else f"{low:g}–{high:g}"
        raise UsageError(Bilingual("超出范围", "out of range"), where=option, value=value, valid=[span])
    return value


def _target(said: str) -> tuple[str, float]:
    """Return a segment and its weight."""
    name, _, weight = said.rpartition("=")
    try:
        number = float(weight)
    except ValueError:
        number = nan
    if not (name and isfinite(number) and number > 0):
        raise UsageError(
            Bilingual("须写成 客群=权重，权重大于 0", "write segment=weight, the weight above 0"),
            where="--target",
            value=said,
            valid=["金卡会员=3"],
        )
    return name, number


def _check_targets(settings: Segments, customers: pd.DataFrame) -> None:
    """Raises InputError for a target segment that no customer belongs to."""
    known = sorted(set(customers["segment"]) - {UNKNOWN})
    for segment in settings.target:
        if segment not in known:
            what = Bilingual("没有这个目标客群", "there is no such target segment")
            raise InputError(what, where="--target", value=segment, valid=known)
