"""`cem themes`: the ten experience themes, as they were published or from a survey of them alone."""

import argparse
from dataclasses import replace
from typing import Final

from cem_nlp.cem.theme_survey import theme_survey_table
from cem_nlp.cli.by_hand import BY_HAND
from cem_nlp.cli.own_brand import add_own, own_brand
from cem_nlp.cli.own_files import add_own_files, is_published, only_with, show_own
from cem_nlp.cli.parser import Commands
from cem_nlp.cli.scales import add_scale, scale_of
from cem_nlp.cli.sections import show_sections
from cem_nlp.language import Bilingual, Language
from cem_nlp.model_files import load_taxonomy
from cem_nlp.report.sections import themes
from cem_nlp.resources import shipped
from cem_nlp.survey_file import load_theme_survey
from cem_nlp.vocabulary import ALL

_TABLES: Final = ("themes",)
_SURVEY: Final = Bilingual(
    "主题问卷，CSV 长表：respondent, theme, score；theme 也可是满意度、回购",
    "survey of themes, CSV in long form: respondent, theme, score; a theme may be satisfaction or repurchase",
)


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("themes", _themes)
    add_own_files(command, commands, {"survey": _SURVEY})
    add_own(command, commands)
    add_scale(command, commands)


def _themes(arguments: argparse.Namespace, language: Language) -> None:
    if is_published(arguments, "survey"):
        only_with(arguments, "survey", "own", "low", "high")
        show_sections(arguments, language, [themes.section], _TABLES)
        return
    known = load_taxonomy(shipped("data/taxonomy.toml")).themes
    names = {code: theme.name for code, theme in known.items()}
    answers = load_theme_survey(arguments.survey, names, scale_of(arguments))
    own = own_brand(arguments.own, answers["brand"]) or (ALL,)
    # An answer that names no brand is about the company that asks.
    answers["brand"] = answers["brand"].replace(ALL, own[0])
    context = replace(BY_HAND, own=own, themes=names)
    levels = {code: theme.level for code, theme in known.items()}
    table = theme_survey_table(answers, levels, own, context.scores, context.comparison)
    show_own(arguments, language, [themes.section], {"themes": table}, context)
