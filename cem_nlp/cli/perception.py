"""`cem perception`: own rating and benchmark, as they were published or from the user's own files alone."""

import argparse
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from pydantic import ValidationError

from cem_nlp.cem.benchmark import against_published
from cem_nlp.cem.brand_survey import BrandSurvey, against_surveyed, brand_survey, survey_experience
from cem_nlp.cem.own_rating import refuse_doubtful_ratings
from cem_nlp.cem.perception import perception_table
from cem_nlp.cli.by_hand import BY_HAND
from cem_nlp.cli.own_brand import add_own, own_brand
from cem_nlp.cli.own_files import add_own_files, is_published, only_with, show_own
from cem_nlp.cli.parser import Commands, UsageError
from cem_nlp.cli.scales import add_scale, scale_of
from cem_nlp.cli.sections import show_sections
from cem_nlp.config import Benchmark, OwnRating
from cem_nlp.errors import BrokenSurvey, InputError
from cem_nlp.language import Bilingual, Language
from cem_nlp.own_rating_file import load_own_rating
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections import perception
from cem_nlp.survey_file import load_survey
from cem_nlp.vocabulary import ALL, CATEGORIES

_TABLES: Final = ("perception", "benchmarks")
_SEED: Final = 20260930
"""Any number does: the same survey gives the same ranges."""
_FILES: Final = {
    "survey": Bilingual(
        "问卷，CSV 长表：brand, category, measure, score（体验分）",
        "survey, CSV in long form: brand, category, measure, score (of experience)",
    ),
    "own-rating": Bilingual(
        "公司自评，CSV：category, score，可有 department",
        "own rating, CSV: category, score, maybe department",
    ),
}
_BESIDE: Final = (
    "own-rating",
    "own",
    "reference",
    "reference-name",
    "published",
    "low",
    "high",
    "own-scale",
)
_RATED: Final = {**CATEGORIES, ALL: Bilingual("总体", "overall")}


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("perception", _perception)
    add_own_files(command, commands, _FILES)
    add_own(command, commands)
    said = commands.say(
        "标杆品牌，逗号隔开；默认是问卷里的其他品牌",
        "brands of the reference group; by default the others of the survey",
    )
    command.add_argument("--reference", metavar="B,C", help=said)
    said = commands.say("标杆叫什么", "what the reference group is called")
    command.add_argument("--reference-name", metavar="NAME", help=said)
    said = commands.say(
        "公开的标杆数值（百分制），可重复，代替标杆品牌",
        "published value of a category or all, 0–100, in place of brands; may be repeated",
    )
    command.add_argument("--published", action="append", default=[], metavar="all=67.1", help=said)
    add_scale(command, commands)
    said = commands.say("自评的量表，默认与问卷相同", "scale of the own rating; the survey's by default")
    command.add_argument("--own-scale", metavar="1-5", help=said)


def _perception(arguments: argparse.Namespace, language: Language) -> None:
    if is_published(arguments, "survey"):
        only_with(arguments, "survey", *_BESIDE)
        show_sections(arguments, language, [perception.section], _TABLES)
        return
    answers = load_survey(arguments.survey, scale_of(arguments))
    answers = answers[answers["measure"] == "experience"]
    if answers.empty:
        what = Bilingual("问卷没有问体验", "the survey does not ask for experience")
        raise BrokenSurvey(what, where=arguments.survey.name)
    ratings = _ratings(arguments)
    own = _own(arguments, answers, ratings)
    if ratings is not None and not ratings["brand"].isin([own, ALL]).any():
        what = Bilingual("自评表里没有这个品牌", "the own rating does not name this brand")
        valid = sorted(set(ratings["brand"]))
        raise InputError(what, where=arguments.own_rating.name, value=own, valid=valid)
    # An answer that names no brand is about the company that asks.
    survey = brand_survey(
        answers.assign(brand=answers["brand"].replace(ALL, own)), np.random.default_rng(_SEED)
    )
    context = replace(BY_HAND, own=(own,))
    frames = _tables(arguments, survey, ratings, Phrases(language, context))
    show_own(arguments, language, [perception.section], frames, context)


def _own(arguments: argparse.Namespace, answers: pd.DataFrame, ratings: pd.DataFrame | None) -> str:
    """Return the own brand: the one named, else the only one rated, else the survey's only one."""
    rated = [] if ratings is None else sorted(set(ratings["brand"]) - {ALL})
    named = arguments.own or (rated[0] if len(rated) == 1 else None)
    return next(iter(own_brand(named, answers["brand"])), ALL)


def _ratings(arguments: argparse.Namespace) -> pd.DataFrame | None:
    """Return the company's checked ratings of itself, None where none are given."""
    if arguments.own_rating is None:
        if arguments.own_scale is not None:
            raise UsageError(
                Bilingual("--own-scale 只配 --own-rating 使用", "--own-scale goes with --own-rating")
            )
        return None
    own_scale = None if arguments.own_scale is None else _span(arguments.own_scale)
    declared = own_scale or scale_of(arguments)
    low, high = declared or (0.0, 10.0)
    path: Path = arguments.own_rating
    ratings = load_own_rating(path, OwnRating(path=str(path), low=low, high=high))
    if declared is None:
        refuse_doubtful_ratings(ratings, path.name)
    return ratings


def _span(said: str) -> tuple[float, float]:
    """Return the ends of a scale written as 1-5."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*[-–~～]\s*(\d+(?:\.\d+)?)\s*", said)
    if found is None or not float(found[1]) < float(found[2]):
        raise UsageError(
            Bilingual("须写成 下限-上限", "write it as low-high"),
            where="--own-scale",
            value=said,
            valid=["1-5", "0-10", "0-100"],
        )
    return float(found[1]), float(found[2])


def _tables(
    arguments: argparse.Namespace, survey: BrandSurvey, ratings: pd.DataFrame | None, phrases: Phrases
) -> Mapping[str, pd.DataFrame]:
    """Return the tables `perception` and `benchmarks`, each only where there is something to hold against."""
    context = phrases.context
    experience = survey_experience(survey, context.scores)
    tables = {}
    if ratings is not None:
        tables["perception"] = perception_table(ratings, experience, context.own)
    measured = _benchmark(arguments, survey, experience, phrases)
    if measured is not None:
        tables["benchmarks"] = measured
    if not tables:
        raise UsageError(
            Bilingual("没有可以比的", "there is nothing to compare with"),
            next_step=Bilingual(
                "给出 --own-rating；或者问卷里有别的品牌；或者给出 --published",
                "give --own-rating, a survey with other brands, or --published",
            ),
        )
    return tables


def _benchmark(
    arguments: argparse.Namespace, survey: BrandSurvey, experience: pd.DataFrame, phrases: Phrases
) -> pd.DataFrame | None:
    """Return the own brand against published values or other brands, None where there are neither."""
    (own,), scores = phrases.context.own, phrases.context.scores
    if arguments.published:
        if arguments.reference is not None:
            raise UsageError(
                Bilingual("--reference 与 --published 只给一个", "give --reference or --published, not both")
            )
        values = _published(arguments.published, arguments.reference_name, phrases.language)
        measured = _as_scores(experience, own, scores.minimum_mentions)
        return against_published(measured, values.values, values.name, values.low, values.high)
    group = _group(arguments.reference, own, survey.means["brand"])
    if not group:
        return None
    name = arguments.reference_name or phrases.listed(group)
    table = against_surveyed(survey, own, group, name, phrases.context.comparison, scores)
    if table.empty:
        what = Bilingual("自有品牌与标杆没有问到同一个类别", "own brand and reference share no category")
        raise BrokenSurvey(what, where=arguments.survey.name)
    return table


def _group(said: str | None, own: str, brands: "pd.Series[str]") -> list[str]:
    """Return the brands of the reference group. Raises InputError for one that the survey does not know."""
    known = sorted(set(brands) - {own, ALL})
    if said is None:
        return known
    named = [name.strip() for name in said.replace("、", ",").replace("，", ",").split(",") if name.strip()]
    for name in named:
        if name not in known:
            what = Bilingual(
                "标杆里有问卷没有的品牌，或自有品牌",
                "a reference brand is not in the survey, or is the own one",
            )
            raise InputError(what, where="--reference", value=name, valid=known)
    return list(dict.fromkeys(named))


def _published(entries: list[str], name: str | None, language: Language) -> Benchmark:
    """Return the published values. Raises UsageError for one that is none."""
    values = {}
    for entry in entries:
        category, _, value = entry.partition("=")
        code = {said.zh: code for code, said in _RATED.items()}.get(category.strip(), category.strip())
        values[code] = value
    called = name or Bilingual("公开数值", "the published values").say(language)
    try:
        return Benchmark.model_validate({"name": called, "values": values})
    except ValidationError:
        raise UsageError(
            Bilingual(
                "须写成 类别=数值，数值在 0–100 之间", "write category=value, the value between 0 and 100"
            ),
            where="--published",
            value=", ".join(entries),
            valid=[f"{code}=67.1" for code in _RATED],
        ) from None


def _as_scores(experience: pd.DataFrame, own: str, minimum: int) -> pd.DataFrame:
    """Return the survey's experience in the form of the `scores` table."""
    whole = experience["category"] == ALL
    ends = {"experience_low": "low", "experience_high": "high"}
    return experience.rename(columns=ends).assign(
        grain=np.where(whole, "brand", "brand×category"),
        is_own=experience["brand"] == own,
        suppressed=experience["n_mentions"] < minimum,
    )
