"""`cem gap`: the seven steps, from a survey alone or as they were published."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp import store
from cem_nlp.cem import (
    NO_STRATEGY,
    REPLICATES,
    decision_table,
    gap_table,
    gaps_as_json,
    gaps_as_text,
    no_figures,
    no_requirements,
    quadrant_table,
    survey_draws,
    survey_figures,
    unasked,
    unasked_as_text,
)
from cem_nlp.cli.by_hand import BY_HAND
from cem_nlp.cli.parser import Commands, UsageError
from cem_nlp.cli.published import published_state
from cem_nlp.cli.scales import add_scale, scale_of
from cem_nlp.config_file import load_config
from cem_nlp.errors import InputError
from cem_nlp.language import Bilingual, Language
from cem_nlp.model_files import load_taxonomy
from cem_nlp.nightly import report_context
from cem_nlp.nightly.analyses.frames import SEED
from cem_nlp.report import ReportContext
from cem_nlp.report.blocks_text import render_terminal
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.decision import decision_section
from cem_nlp.resources import shipped
from cem_nlp.strategy_file import load_strategy
from cem_nlp.survey_file import load_survey

_TABLES: Final = ("gaps", "decisions", "requirements", "quadrants", "brand_value", "feedback_loop")


def register(commands: Commands) -> None:
    """Add the command of this module."""
    gap = commands.add("gap", _gap)
    texts = {
        "survey": (
            "CSV 长表：product, segment, category, measure, score",
            "CSV in long form: product, segment, category, measure, score",
        ),
        "config": ("配置文件：显示已发布的结果", "configuration: shows what was published"),
        "strategy": (
            "strategy.toml：排除什么、负担得起什么",
            "strategy.toml: what is ruled out, what is affordable",
        ),
    }
    for option, (chinese, english) in texts.items():
        gap.add_argument(f"--{option}", type=Path, metavar="FILE", help=commands.say(chinese, english))
    gap.add_argument("--segment", metavar="S", help=commands.say("只看一个客群", "one segment only"))
    add_scale(gap, commands)
    gap.add_argument("--json", action="store_true", help=commands.say("输出 JSON", "print JSON"))


def _gap(arguments: argparse.Namespace, language: Language) -> None:
    if (arguments.survey is None) == (arguments.config is None):
        raise UsageError(
            Bilingual("--survey 与 --config 须给出一个，且只给一个", "give one of --survey and --config")
        )
    for option in ("strategy", "low", "high"):
        if arguments.config is not None and getattr(arguments, option) is not None:
            raise UsageError(
                Bilingual(f"--{option} 只配 --survey 使用", f"--{option} goes with --survey"),
                next_step=Bilingual(
                    "配置文件里写 [strategy] path、[survey] low 与 high，再运行 cem nightly",
                    "in the configuration: [strategy] path, [survey] low and high; then run cem nightly",
                ),
            )
    if arguments.config is None:
        tables, context, missing = _from_survey(arguments, language)
    else:
        tables, context = _published(arguments, language)
        missing = ""
    if arguments.segment is not None:
        tables = _of_segment(tables, arguments.segment)
    if arguments.json:
        print(gaps_as_json(tables["gaps"]))
        print(missing, end="\n" if missing else "", file=sys.stderr)
        return
    phrases = Phrases(language, context)
    decision = decision_section(tables, context.own, phrases)
    print(gaps_as_text(tables["gaps"], language))
    print(missing, end="\n" if missing else "")
    print("" if decision is None else "\n" + render_terminal(decision, phrases), end="")


def _from_survey(
    arguments: argparse.Namespace, language: Language
) -> tuple[dict[str, pd.DataFrame], ReportContext, str]:
    """Return the tables that a survey alone gives, and what it did not ask."""
    strategy = NO_STRATEGY
    if arguments.strategy is not None:
        topics = load_taxonomy(shipped("data/taxonomy.toml")).topics
        strategy = load_strategy(arguments.strategy, topics)
    answers = load_survey(arguments.survey, scale_of(arguments))
    figures, draws = survey_figures(answers), survey_draws(answers, REPLICATES, np.random.default_rng(SEED))
    gaps = gap_table(figures, no_figures(), draws, strategy.reach)
    tables = {
        "gaps": gaps,
        "decisions": decision_table(gaps, no_requirements(), strategy),
        "quadrants": quadrant_table(figures, no_figures(), draws),
    }
    return tables, BY_HAND, unasked_as_text(unasked(answers), language)


def _published(
    arguments: argparse.Namespace, language: Language
) -> tuple[dict[str, pd.DataFrame], ReportContext]:
    """Return the published tables and the facts behind them."""
    config = load_config(arguments.config)
    snapshot = published_state(config, _TABLES)
    tables = {name: store.read_table(snapshot, name).to_pandas() for name in _TABLES}
    return tables, report_context(config, snapshot, language)


def _of_segment(tables: Mapping[str, pd.DataFrame], segment: str) -> dict[str, pd.DataFrame]:
    """Return the rows of one segment. Raises InputError for one that the gaps do not know."""
    known = sorted(set(tables["gaps"]["segment"]))
    if segment not in known:
        raise InputError(
            Bilingual("没有这个客群", "no such segment"),
            where="--segment",
            value=segment,
            valid=known,
            next_step=Bilingual("改用上面的客群", "name one of these segments"),
        )
    return {
        name: table[table["segment"] == segment] if "segment" in table else table
        for name, table in tables.items()
    }
