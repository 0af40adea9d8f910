"""`cem cost`: what negative experience costs, from figures given by hand or from what was published."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from pydantic import ValidationError

from cem_nlp import store
from cem_nlp.cem import (
    Rates,
    Share,
    cost_as_json,
    cost_of_negative_experience,
    cost_table,
    parse_share,
    settle_shares,
)
from cem_nlp.cem.amounts import AMOUNTS, parse_amount
from cem_nlp.cli.by_hand import BY_HAND
from cem_nlp.cli.parser import Commands, UsageError
from cem_nlp.config import Cost
from cem_nlp.config_file import load_config
from cem_nlp.config_findings import choices, reason
from cem_nlp.errors import InputError
from cem_nlp.language import Bilingual, Language
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.analyses.costs import COMMENTS, configured_costs, given_shares
from cem_nlp.report.blocks_text import render_terminal
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.cost import cost_section

_SHARES: Final = {
    "negative": ("negative_share", Bilingual("负面体验占比", "share of negative experience")),
    "complain": ("complaint_share", Bilingual("其中投诉的占比", "of these, the share who complain")),
    "won-back": ("won_back", Bilingual("投诉客户中已挽回的占比", "of complainers, the share won back")),
    "lost": ("lost", Bilingual("投诉客户中流失的占比", "of complainers, the share lost")),
    "silent-lost": ("silent_lost", Bilingual("沉默客户中流失的占比", "of the silent, the share lost")),
}


def register(commands: Commands) -> None:
    """Add the command of this module."""
    cost = commands.add("cost", _cost)
    config_help = commands.say(
        "配置文件：未给出的比例由已发布的文本推算",
        "configuration: shares not given come from what was published",
    )
    cost.add_argument("--config", type=Path, metavar="FILE", help=config_help)
    cost.add_argument("--revenue", metavar="R", help=commands.say("营业收入", "revenue"))
    written = commands.say("可写 0.22、22%% 或 22", "as 0.22, 22%% or 22")  # argparse fills in %
    for option, (_, said) in _SHARES.items():
        help_text = f"{said.say(commands.language)} ({written})"
        share = partial(_share, option)
        cost.add_argument(f"--{option}", type=share, metavar=option[0].upper(), help=help_text)
    people_help = commands.say(
        "这些占比来自多少位客户；给出后才有区间", "customers the shares come from; with it there are ranges"
    )
    cost.add_argument("--customers", type=int, metavar="N", help=people_help)
    cost.add_argument(
        "--currency", metavar="C", help=commands.say("货币单位，默认元", "currency; yuan by default")
    )
    cost.add_argument("--json", action="store_true", help=commands.say("输出 JSON", "print JSON"))


def _cost(arguments: argparse.Namespace, language: Language) -> None:
    _check_customers(arguments)
    if arguments.config is not None:
        costs = _from_warehouse(arguments)
        print(costs.to_json(orient="records", force_ascii=False)) if arguments.json else _show(
            costs, language
        )
        return
    cost = _settings(arguments, {})
    if arguments.json:
        print(_as_json(cost))
        return
    shares = settle_shares(_counted(given_shares(cost), arguments.customers), {})
    _show(cost_table(cost.revenue, cost.currency, shares, np.random.default_rng(frames.SEED)), language)


def _check_customers(arguments: argparse.Namespace) -> None:
    if arguments.customers is None:
        return
    if arguments.config is not None:
        raise UsageError(
            Bilingual(
                "--customers 不与 --config 同用：有反馈时，客户数从反馈里数",
                "--customers does not go with --config: with feedback, customers are counted there",
            ),
            where="--customers",
            value=arguments.customers,
        )
    if arguments.customers < 1:
        raise UsageError(
            Bilingual("--customers 须为正整数", "--customers must be above 0"),
            where="--customers",
            value=arguments.customers,
            valid=["≥ 1"],
        )


def _from_warehouse(arguments: argparse.Namespace) -> pd.DataFrame:
    """Return the costs by the configuration, what the command line gives before it."""
    config = load_config(arguments.config)
    snapshot = store.published(config.resolve(config.warehouse))
    cost = _settings(arguments, {} if config.cost is None else config.cost.model_dump())
    feedback = store.read_table(snapshot, "feedback", frames.FEEDBACK).to_pandas()
    comments = store.read_table(snapshot, "comments", COMMENTS).to_pandas()
    costs = configured_costs(cost, feedback, comments, config.scores.minimum_mentions)
    if costs is None:
        raise InputError(
            Bilingual(
                "写了反馈的客户，或其中不满的客户太少，推不出占比",
                "too few customers wrote, or too few of them are unhappy, to derive the shares",
            ),
            where=str(arguments.config),
            next_step=Bilingual("给出 --negative 与 --complain", "give --negative and --complain"),
        )
    return costs


def _settings(arguments: argparse.Namespace, configured: dict[str, Any]) -> Cost:
    """Return the settings, what the command line gives before what is configured."""
    said = {key: getattr(arguments, option.replace("-", "_")) for option, (key, _) in _SHARES.items()}
    revenue = None if arguments.revenue is None else _amount(arguments.revenue)
    said |= {"revenue": revenue, "currency": arguments.currency}
    settings = configured | {key: value for key, value in said.items() if value is not None}
    needed = {"revenue": "revenue", "negative_share": "negative", "complaint_share": "complain"}
    for key, option in needed.items():
        if key not in settings and (key == "revenue" or arguments.config is None):
            raise UsageError(
                Bilingual(f"缺少 --{option}", f"--{option} is missing"),
                next_step=Bilingual(
                    "给出 --revenue、--negative 与 --complain；或给出 --config，占比由文本推算",
                    "give --revenue, --negative and --complain; or --config, to derive shares from text",
                ),
            )
    if said["won_back"] is not None and said["lost"] is not None and said["won_back"] + said["lost"] > 1:
        raise InputError(
            Bilingual(
                "挽回的与流失的是同一批投诉客户，合计不能超过 100%",
                "won back and lost are shares of the same complainers: together at most 100%",
            ),
            where="--won-back + --lost",
            value=f"{said['won_back'] + said['lost']:.0%}",
            valid=["≤ 100%"],
        )
    try:
        return Cost.model_validate(settings)
    except ValidationError as error:
        finding = error.errors(include_url=False)[0]
        why = reason(finding)
        raise InputError(
            Bilingual(f"取值无效：{why.zh}", f"not valid: {why.en}"),
            where=".".join(map(str, finding["loc"])) or None,
            value=finding["input"] if isinstance(finding["input"], str | float) else None,
            valid=choices(finding),
        ) from None


def _counted(given: Mapping[str, Share], customers: int | None) -> dict[str, Share]:
    """Return the shares of the unhappy and of complainers as counted on so many customers."""
    if customers is None:
        return dict(given)
    negative, complaint = given["negative_share"], given["complaint_share"]
    unhappy = customers * negative.value
    return {
        **given,
        "negative_share": replace(negative, n_customers=customers),
        "complaint_share": replace(complaint, n_customers=unhappy),
    }


def _as_json(cost: Cost) -> str:
    """Return the five amounts of the method."""
    shares = {name: share.value for name, share in settle_shares(given_shares(cost), {}).items()}
    rates = Rates(
        won_back=shares["won_back_rate"],
        lost=shares["lost_rate"],
        at_risk=1 - shares["won_back_rate"] - shares["lost_rate"],
        silent_lost=shares["silent_lost_rate"],
        silent_at_risk=1 - shares["silent_lost_rate"],
    )
    return cost_as_json(
        cost_of_negative_experience(cost.revenue, shares["negative_share"], shares["complaint_share"], rates)
    )


def _show(costs: pd.DataFrame, language: Language) -> None:
    print(render_terminal(cost_section(costs, language), Phrases(language, BY_HAND)), end="")


def _amount(text: str) -> float:
    """Return the revenue, from figures as `parse_amount` reads them. Raises UsageError for others."""
    amount = parse_amount(text)
    if amount is not None:
        return amount
    raise UsageError(
        Bilingual("收入须是不小于 0 的数字", "the revenue must be a number of 0 or more"),
        where="--revenue",
        value=text,
        valid=AMOUNTS,
    )


def _share(option: str, text: str) -> float:
    """Return a share as `parse_share` reads it; its error names the option."""
    try:
        return parse_share(text)
    except InputError as error:
        raise InputError(error.what, where=f"--{option}", value=error.value, valid=error.valid) from None
