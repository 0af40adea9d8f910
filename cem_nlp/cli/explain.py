"""`cem explain`: the opinions of one comment, and why."""

import argparse
from typing import Final

from cem_nlp.cli.engine import add_engine, engine_of
from cem_nlp.cli.parser import Commands
from cem_nlp.language import Bilingual, Language
from cem_nlp.opinions import Reading, Reason
from cem_nlp.opinions.explain import explain
from cem_nlp.text import kind_of, prepare
from cem_nlp.vocabulary import CATEGORIES, KIND_CODES, POLARITIES, TOUCHPOINTS

_STRANGE: Final = 0.5
"""Share of unknown n-grams from which these are the likely reason: none of 1,112 labelled comments has it."""


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("explain", _explain)
    command.add_argument("text", metavar="TEXT", help=commands.say("一条评论", "a comment"))
    kind_help = commands.say(
        "类型：评论、投诉或通话记录，默认由文字看出",
        "review, complaint or transcript; told from the text by default",
    )
    command.add_argument("--kind", choices=tuple(KIND_CODES), metavar="KIND", help=kind_help)
    add_engine(command, commands)


def _explain(arguments: argparse.Namespace, language: Language) -> None:
    kind = KIND_CODES[arguments.kind] if arguments.kind else kind_of(arguments.text)
    engine, text = engine_of(arguments), prepare(arguments.text, kind).text
    reasons = explain(engine, text, kind)
    if not reasons:
        (reading,) = engine.read([text], [kind])
        print(_nothing_found(reading).say(language))
    for reason in reasons:
        print(_explained(reason, language))


def _nothing_found(reading: Reading) -> Bilingual:
    """Say that there is no opinion, and whether that is because the text cannot be read."""
    if reading.language == "other":
        return Bilingual(
            "没有找到观点：文字不是中文，或是乱码；只读中文",
            "no opinion found: the text is not Chinese, or garbled; only Chinese is read",
        )
    if reading.unknown is not None and reading.unknown >= _STRANGE:
        return Bilingual(
            f"没有找到观点：模型不认识这段文字的 {reading.unknown:.0%}，可能是乱码",
            f"no opinion found: the model does not know {reading.unknown:.0%} of the text; it may be garbled",
        )
    return Bilingual("没有找到观点", "no opinion found")


def _explained(reason: Reason, language: Language) -> str:
    """Two lines: what was found and how sure; then which words say so, or which rule."""
    opinion = reason.opinion
    names = (
        CATEGORIES[opinion.category].say(language),
        POLARITIES[opinion.polarity].say(language),
        TOUCHPOINTS[opinion.touchpoint].say(language),
    )
    sign = {"positive": "+", "negative": "−", "neutral": "○"}[opinion.polarity]
    words = "  ".join(f"{word} {pull:+.1f}" for word, pull in reason.words) or opinion.decided_by
    because = Bilingual("依据", "because of").say(language)
    return (
        f"{sign} {' · '.join(names)}  {opinion.probability:.0%}  「{reason.clause}」\n    {because}: {words}"
    )
