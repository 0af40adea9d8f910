"""`cem loop`: what the company did, and whether customers and business results say that it worked."""

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Final

import pandas as pd

from cem_nlp import store
from cem_nlp.actions_file import load_actions, load_results
from cem_nlp.cem.results import result_table
from cem_nlp.cli.by_hand import BY_HAND
from cem_nlp.cli.parser import Commands, UsageError
from cem_nlp.cli.published import published_state
from cem_nlp.config import Config
from cem_nlp.config_file import load_config
from cem_nlp.language import Bilingual, Language
from cem_nlp.nightly import report_context, report_tables, resolve_date
from cem_nlp.nightly.analyses.feedback_loop import FEEDBACK, OPINIONS, judged
from cem_nlp.report import ReportContext
from cem_nlp.report.blocks_text import render_terminal
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections import loop

_TABLES: Final = ("feedback_loop", "loop_results")
_NOTHING: Final = Bilingual(
    "还没有登记任何行动：在配置里写 [actions] path，或给出 --actions",
    "no actions are known: name [actions] path in the configuration, or give --actions",
)


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("loop", _loop)
    config_help = commands.say("配置文件（TOML 或 YAML）", "configuration file (TOML or YAML)")
    command.add_argument("--config", type=Path, metavar="FILE", help=config_help)
    actions_help = commands.say("行动表，替代配置里的", "table of actions, in place of the configured one")
    command.add_argument("--actions", type=Path, metavar="FILE.csv", help=actions_help)
    results_help = commands.say(
        "业绩表；没有 --config 时只看它", "table of business results; without --config they alone are shown"
    )
    command.add_argument("--results", type=Path, metavar="FILE.csv", help=results_help)
    command.add_argument("--json", action="store_true", help=commands.say("输出 JSON", "print JSON"))


def _loop(arguments: argparse.Namespace, language: Language) -> None:
    if arguments.config is None:
        _results_alone(arguments, language)
        return
    config = load_config(arguments.config)
    snapshot = published_state(config, _TABLES)
    tables, context = report_tables(snapshot), report_context(config, snapshot, language)
    if arguments.actions is not None:
        tables = replace(tables, more=_judged(arguments, config, snapshot, context))
    elif arguments.results is not None:
        raise _missing("--actions")
    if arguments.json:
        print(_as_json({name: tables.more.get(name, pd.DataFrame()) for name in _TABLES}))
        return
    phrases = Phrases(language, context)
    section = loop.section(tables, context, phrases)
    print(_NOTHING.say(language) if section is None else render_terminal(section, phrases))


def _judged(
    arguments: argparse.Namespace, config: Config, snapshot: Path, context: ReportContext
) -> dict[str, pd.DataFrame]:
    """Return both tables for the actions of the command line, judged by what was published."""
    actions = load_actions(arguments.actions, context.night, context.touchpoints)
    feedback, opinions, costs = (
        store.read_table(snapshot, name, columns).to_pandas()
        for name, columns in (("feedback", FEEDBACK), ("opinions", OPINIONS), ("costs", None))
    )
    found = {"feedback_loop": judged(config, actions, context.night, feedback, opinions, costs)}
    if arguments.results is not None:
        results = load_results(arguments.results, actions)
        found["loop_results"] = result_table(actions, results, config.scores.confidence)
    return found


def _results_alone(arguments: argparse.Namespace, language: Language) -> None:
    """Print business results by stage: what a consultant without any feedback can tell."""
    for option in ("actions", "results"):
        if getattr(arguments, option) is None:
            raise _missing(f"--{option}")
    actions = load_actions(arguments.actions, resolve_date("today", "Asia/Shanghai"))
    results = result_table(actions, load_results(arguments.results, actions))
    if arguments.json:
        print(_as_json({"loop_results": results}))
        return
    phrases = Phrases(language, BY_HAND)
    print(render_terminal(loop.results_section(results, phrases), phrases))


def _missing(option: str) -> UsageError:
    return UsageError(
        Bilingual(f"缺少 {option}", f"{option} is missing"),
        next_step=Bilingual(
            "给出 --config；或者给出 --actions 和 --results",
            "give --config; or both --actions and --results",
        ),
    )


def _as_json(tables: dict[str, pd.DataFrame]) -> str:
    rows = {
        name: json.loads(frame.to_json(orient="records", force_ascii=False, date_format="iso"))
        for name, frame in tables.items()
    }
    return json.dumps(rows, ensure_ascii=False, indent=2)
