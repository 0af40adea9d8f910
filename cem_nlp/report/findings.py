"""The key points: what a head of customer experience reads first, in sentences made from the numbers.

Nothing is called worse or changed unless the ranges do not overlap; how brands stand to each other is taken
from the comparison wherever it has been made (module `standing`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from cem_nlp.report import format as numbers
from cem_nlp.report.cells import Cell, compare, points_apart
from cem_nlp.report.changes import (
    Span,
    beside_change,
    change_between,
    change_of,
    foremost_of,
    moved_otherwise,
)
from cem_nlp.report.drift import drift_caution
from cem_nlp.report.inputs import ReportContext
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.seven_steps import CategorySteps
from cem_nlp.report.standing import against_rivals, contrasts, silent_brands
from cem_nlp.report.view import View
from cem_nlp.vocabulary import ALL, CATEGORIES

EVEN = 0.5
"""Probability below which the key experience is more likely another category."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One key point: the question it answers, the answer in a few words, and in sentences.

    `sore` marks an answer that names something customers suffer from.
    """

    question: str
    headline: str
    text: str
    sore: bool = False


def key_points(view: View, context: ReportContext, phrases: Phrases) -> tuple[Finding, ...]:
    """Return the key points in reading order: standing, key experience, pain, change, certainty."""
    if view.brands.focus is None:
        return (Finding("standing", phrases.say("no_opinions"), phrases.say("no_opinions_why")),)
    return (
        _standing(view, view.brands.focus, phrases),
        _key_experience(view, context, phrases),
        _pain(view, view.brands.focus, phrases),
        _change(view, view.brands.focus, phrases),
        _certainty(view, context, phrases),
    )


def sore_spots(view: View, focus: str) -> Iterator[tuple[str, str, Cell]]:
    """Yield touchpoint, category and cell where the focus is surely below its own overall score, worst first.

    Worst is the lowest upper end: the cells we can be surest are bad.
    """
    overall = view.whole.get((focus, ALL))
    low = [
        (touchpoint, category, cell)
        for (brand, touchpoint, category), cell in view.touchpoints.items()
        if brand == focus and category != ALL and compare(cell, overall) == "lower"
    ]
    yield from sorted(low, key=lambda spot: (spot[2].high, spot[0], spot[1]))


def _standing(view: View, focus: str, phrases: Phrases) -> Finding:
    cell = view.cell(focus, ALL)
    if cell is None or not cell.has_score:
        n = 0 if cell is None else cell.n_mentions
        text = phrases.say("standing_unknown", brand=phrases.brand(focus), n=n)
        return Finding("standing", phrases.say("unknown"), text)
    sentences = [
        phrases.say(
            "standing_is",
            kind=phrases.in_kind(view.compared_kind),
            brand=phrases.brand(focus),
            score=phrases.value(cell),
            range=phrases.range(cell),
            n=numbers.count(cell.n_mentions),
        )
    ]
    if view.brands.compared:
        sentences += against_rivals(contrasts(view, focus), phrases)
    elif not view.brands.silent:
        sentences.append(phrases.say("standing_alone"))
    sentences += silent_brands(view, phrases)
    return Finding("standing", phrases.value(cell), phrases.paragraph(sentences))


def no_key(view: View, context: ReportContext, phrases: Phrases) -> str:
    """Return why there are no gaps, or none that tells the key experience."""
    if not view.brands.own:
        return phrases.say("key_no_own")
    scored = {brand for (brand, category), cell in view.whole.items() if category != ALL and cell.has_score}
    if scored.isdisjoint(view.brands.own):
        own = phrases.listed([phrases.brand(brand) for brand in view.brands.own])
        return phrases.say("key_thin", brand=own, minimum=context.scores.minimum_mentions)
    return phrases.say("key_unknown")


def _key_experience(view: View, context: ReportContext, phrases: Phrases) -> Finding:
    first = next((s for s in view.steps if s.key is not None), None)
    if first is None or first.key is None:
        return Finding("key", phrases.say("unknown"), no_key(view, context, phrases))
    key, runner_up = first.key, first.runner_up
    weighted, high = key.value("weighted"), key.measures["weighted"].high
    sore = weighted is not None and weighted < 0
    sentences = [phrases.key_experience(first, key)]
    if not sore:
        sentences.append(phrases.say("key_by_importance"))
    elif high is not None and high >= 0:
        sentences.append(phrases.say("key_unsure"))
    if first.tied:
        level = phrases.listed([phrases.category(category) for category in first.tied])
        sentences.append(phrases.say("key_tied", categories=level))
    elif runner_up is not None:
        sentences.append(_next_in_line(key, runner_up, phrases))
    return Finding("key", phrases.category(key.category), phrases.paragraph(sentences), sore)


def _next_in_line(key: CategorySteps, runner_up: CategorySteps, phrases: Phrases) -> str:
    """Return the runner-up and how sure the order is: by probability, else by whether the ranges overlap."""
    category = phrases.category(runner_up.category)
    if key.key_probability is None or runner_up.key_probability is None:
        return phrases.say("key_close" if _overlap(key, runner_up) else "key_runner_up", category=category)
    return phrases.say(
        "key_probable" if key.key_probability >= EVEN else "key_undecided",
        share=numbers.percent(key.key_probability),
        category=category,
        next=numbers.percent(runner_up.key_probability),
    )


def _overlap(key: CategorySteps, runner_up: CategorySteps) -> bool:
    high, low = key.measures["weighted"].high, runner_up.measures["weighted"].low
    return high is not None and low is not None and low <= high


def _pain(view: View, focus: str, phrases: Phrases) -> Finding:
    if not any(brand == focus and cell.has_score for (brand, _, _), cell in view.touchpoints.items()):
        return Finding("pain", phrases.say("unknown"), phrases.say("pain_unknown"))
    spots = list(sore_spots(view, focus))
    if not spots:
        return Finding("pain", phrases.say("pain_none_short"), phrases.say("pain_none"))
    touchpoint, category, cell = spots[0]
    sentences = [
        phrases.say(
            "pain_is",
            place=phrases.place(touchpoint, category),
            score=phrases.value(cell),
            range=phrases.range(cell),
            negative=numbers.count(cell.negative),
            n=numbers.count(cell.n_mentions),
        )
    ]
    if others := [phrases.place(touchpoint, category) for touchpoint, category, _ in spots[1:3]]:
        sentences.append(phrases.say("pain_next", places=phrases.listed(others)))
    return Finding("pain", phrases.place(touchpoint, category), phrases.paragraph(sentences), sore=True)


def _change(view: View, focus: str, phrases: Phrases) -> Finding:
    weeks = view.weeks.get(focus, {})
    changes = {name: pair for name in (ALL, *CATEGORIES) if (pair := change_of(weeks.get(name, ())))}
    if not changes:
        return Finding("change", phrases.say("unknown"), phrases.say("change_unknown"))
    sure = {name: pair for name, pair in changes.items() if compare(pair[1].cell, pair[0].cell) != "unclear"}
    if sure:
        return _sure_change(view.alerts, focus, sure, phrases)
    name = _largest(changes)
    before, now = changes[name]
    alert = foremost_of(view.alerts, focus)
    if alert is not None:
        headline, text = moved_otherwise(alert, before, now, phrases)
        return Finding("change", headline, text, sore=alert["direction"] == "worse")
    sentence = change_between("change_none", name, before, now, phrases)
    return Finding("change", phrases.say("change_none_short"), phrases.head(sentence))


def _sure_change(
    alerts: pd.DataFrame, focus: str, changes: Mapping[str, tuple[Span, Span]], phrases: Phrases
) -> Finding:
    """Tell the brand's own change where it is sure, and the category that moved most."""
    most = _largest(changes)
    name = ALL if ALL in changes else most
    before, now = changes[name]
    points = points_apart(now.cell, before.cell)
    sentences = [change_between("change_is", name, before, now, phrases)]
    if most != name:
        sentences.append(change_between("change_most", most, *changes[most], phrases))
    sentences += beside_change(alerts, focus, name, now, phrases)
    headline = f"{phrases.category(name)} {numbers.signed(points)}"
    return Finding("change", headline, phrases.paragraph(sentences), sore=points < 0)


def _largest(changes: Mapping[str, tuple[Span, Span]]) -> str:
    return max(changes, key=lambda name: abs(points_apart(changes[name][1].cell, changes[name][0].cell)))


def _certainty(view: View, context: ReportContext, phrases: Phrases) -> Finding:
    share = numbers.percent(context.scores.confidence)
    coverage = view.coverage
    sentences = [
        phrases.say(
            "certainty_is",
            feedback=numbers.count(coverage.n_feedback),
            opinions=numbers.count(coverage.n_opinions),
            near=phrases.near_duplicates(coverage.n_near_duplicates),
            share=share,
        )
    ]
    if quality := context.model_quality:
        sentences.append(
            phrases.say(
                "certainty_model",
                f1=f"{quality.f1:.2f}",
                n=numbers.count(quality.n_comments),
                data=quality.measured_on,
            )
        )
    else:
        sentences.append(phrases.say("certainty_model_unknown"))
    sentences += drift_caution(view.drift, phrases)
    return Finding("certainty", share, phrases.paragraph(sentences))
