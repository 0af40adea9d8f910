"""The section on the feedback loop: what is being done, and whether customers say that it worked."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeAlias

import pandas as pd

from cem_nlp.cem.feedback_loop import STATUSES
from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Block, Cell, Note, Paragraph, Section, Table, Tone, row
from cem_nlp.report.cells import day, number, word
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.figures import gap_cell, signed_range
from cem_nlp.report.sections.loop_wording import WORDS
from cem_nlp.report.sections.speech import Say, speaker
from cem_nlp.vocabulary import ALL

Action: TypeAlias = Mapping[Any, Any]

_TONES: Final[dict[str, Tone]] = {
    "working": "good",
    "not_working": "bad",
    "too_early": "quiet",
    "planned": "quiet",
}
_REACH: Final = 4.0
"""Ends of the scale on which effects are drawn, in points."""


def section(tables: ReportTables, context: ReportContext, phrases: Phrases) -> Section | None:
    """Return the section `loop`; None where no actions are known."""
    loop = tables.more.get("feedback_loop", pd.DataFrame())
    results = tables.more.get("loop_results", pd.DataFrame())
    if loop.empty:
        return None
    say = speaker(WORDS, phrases.language)
    actions = in_order(loop)
    blocks: list[Block] = [actions_table(actions, say, phrases), *_savings(actions, say, phrases)]
    blocks.append(Note(say("how", least=numbers.score(context.least_effect))))
    blocks += results_blocks(results, say)
    return Section("loop", say("title"), _lead(actions, say, phrases), tuple(blocks))


def results_section(results: pd.DataFrame, phrases: Phrases) -> Section:
    """Return business results alone, where there is no feedback to judge actions by."""
    say = speaker(WORDS, phrases.language)
    stages = results[results["stage"] > 0]
    ratios = [say("times", ratio=f"{ratio:.2f}") for ratio in stages["ratio"] if not pd.isna(ratio)]
    lead = say("lead_results", ratios=phrases.listed(ratios)) if ratios else say("lead_no_results")
    return Section("loop", say("title"), lead, tuple(results_blocks(results, say)))


def in_order(loop: pd.DataFrame) -> list[Action]:
    """Return the actions, those with a verdict first."""
    order = {status: number for number, status in enumerate(STATUSES)}
    return sorted(
        loop.sort_values("action_no").to_dict("records"), key=lambda action: order[action["status"]]
    )


def actions_table(actions: list[Action], say: Say, phrases: Phrases) -> Table:
    """Return one row per action: what, where, whether it worked, and at what cost."""
    head = tuple(say(name) for name in ("action", "place", "status", "moved", "effect", "money"))
    rows = tuple(_row(action, say, phrases) for action in actions)
    return Table(say("caption"), head, rows, words=frozenset({1, 2, 3}))


def results_blocks(results: pd.DataFrame, say: Say) -> list[Block]:
    """Return the table of business results, nothing where there are none."""
    if results.empty:
        return []
    rows = tuple(_stage(stage, say) for stage in results.to_dict("records"))
    head = tuple(say(name) for name in ("stage", "period", "value", "ratio"))
    return [Table(say("results"), head, rows, words=frozenset({1})), Note(say("results_note"))]


def _row(action: Action, say: Say, phrases: Phrases) -> tuple[Cell, ...]:
    until: date | None = None if pd.isna(action["until"]) else day(action["until"])
    since = day(action["since"])
    period = say("from", since=since) if until is None else say("from_to", since=since, until=until)
    return row(
        Cell(numbers.one_line(str(action["action"])), under=period),
        Cell(_place(action, say, phrases), under=phrases.owner(str(action["touchpoint"]))),
        Cell(say(action["status"]), _TONES.get(action["status"], "plain"), _reason(action, say)),
        _moved(action, say),
        gap_cell(action, "effect", numbers.EN_DASH, _REACH, _TONES.get(action["status"], "plain")),
        _money(action, say, phrases),
    )


def _place(action: Action, say: Say, phrases: Phrases) -> str:
    touchpoint, category = str(action["touchpoint"]), str(action["category"])
    if touchpoint == ALL:
        return phrases.category(category)
    return phrases.touchpoint(touchpoint) if category == ALL else phrases.place(touchpoint, category)


def _reason(action: Action, say: Say) -> str:
    before, after = int(action["n_before"]), int(action["n_after"])
    if action["reason"] == "few_mentions" and action["product"] != ALL and before + after == 0:
        return say("unknown_product", product=numbers.one_line(str(action["product"])))
    reason = say(action["reason"], weeks=int(action["weeks"]), before=before, after=after, n=before + after)
    if action["reason"] != "uncertain":
        return reason
    counted = say("judged", weeks=int(action["weeks"]), n=numbers.count(before + after))
    return f"{reason} · {counted}"


def _moved(action: Action, say: Say) -> Cell:
    before, after, others = (number(action[name]) for name in ("before", "after", "change_untouched"))
    if before is None or after is None:
        return Cell(numbers.EN_DASH, "quiet")
    under = "" if others is None else say("others", change=numbers.signed(others))
    return Cell(say("change", before=numbers.score(before), after=numbers.score(after)), under=under)


def _money(action: Action, say: Say, phrases: Phrases) -> Cell:
    cost, per_point = number(action["cost"]), number(action["cost_per_point"])
    if cost is None:
        return Cell(numbers.EN_DASH, "quiet")
    under = "" if per_point is None else say("per_point", amount=phrases.money(per_point))
    return Cell(phrases.money(cost), under=under)


def _amount(value: float) -> str:
    return numbers.count(round(value))


def _savings(actions: list[Action], say: Say, phrases: Phrases) -> list[Block]:
    said: list[Block] = []
    for action in actions:
        saved, low, high = (number(action[f"saved{end}"]) for end in ("", "_low", "_high"))
        if saved is None or low is None or high is None:
            continue
        cost = number(action["cost"])
        currency = word(action["currency"])
        said.append(
            Paragraph(
                say(
                    "saved",
                    action=numbers.one_line(str(action["action"])),
                    amount=phrases.money(saved, currency),
                    low=_amount(low),
                    high=_amount(high),
                    cost=numbers.EN_DASH if cost is None else phrases.money(cost, currency),
                )
            )
        )
    return said


def _lead(actions: list[Action], say: Say, phrases: Phrases) -> str:
    counts = pd.Series([action["status"] for action in actions]).value_counts()
    named = [
        say("counted", n=int(counts[status]), status=say(status)) for status in STATUSES if status in counts
    ]
    sentences = [say("lead", n=len(actions), counts=phrases.listed(named))]
    for action in actions:
        if action["status"] in ("working", "not_working") or action["reason"] == "uncertain":
            sentences.append(_verdict(action, say, phrases))
            break
    return phrases.paragraph(sentences)


def _verdict(action: Action, say: Say, phrases: Phrases) -> str:
    key = {"working": "lead_working", "not_working": "lead_not_working"}.get(action["status"], "lead_unseen")
    low, high = float(action["effect_low"]), float(action["effect_high"])
    return say(
        key,
        action=numbers.one_line(str(action["action"])),
        place=_place(action, say, phrases),
        effect=numbers.signed(float(action["effect"])),
        most=numbers.score(max(high, 0.0)),
        range=signed_range(low, high),
    )


def _stage(stage: Action, say: Say) -> tuple[Cell, ...]:
    name = say("stage_n" if stage["stage"] else "stage_0", action=stage["action"], n=int(stage["stage"]))
    ratio, low, high = (number(stage[f"ratio{end}"]) for end in ("", "_low", "_high"))
    period = say("from_to", since=day(stage["since"]), until=day(stage["until"]))
    spread = "" if low is None or high is None else f"{low:.2f}{numbers.EN_DASH}{high:.2f}"
    shown = numbers.EN_DASH if ratio is None else say("times", ratio=f"{ratio:.2f}")
    return row(name, period, _amount(float(stage["value"])), Cell(shown, under=spread))
