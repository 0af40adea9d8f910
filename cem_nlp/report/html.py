"""The report as one self-contained HTML page: opens with no network, runs no script."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cem_nlp.language import Language
from cem_nlp.report import charts
from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Section
from cem_nlp.report.cells import Cell, Week, compare, latest, window_of
from cem_nlp.report.drift import drift_sentences
from cem_nlp.report.findings import key_points, no_key
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.quotes import SIDES, pick_quotes
from cem_nlp.report.sections import build_sections
from cem_nlp.report.seven_steps import STEPS, CategorySteps, Steps
from cem_nlp.report.standing import rival_verdicts
from cem_nlp.report.view import MAX_REASONS, MAX_STEPS, ROWS, View, build_view, kinds_differ
from cem_nlp.report.wishes import wishes_of
from cem_nlp.vocabulary import ALL, CATEGORIES, EXPECTATIONS, INTENTS, KINDS

PAGE = (
    "points",
    "decision",
    "owners",
    "alerts",
    "scores",
    "comparison",
    "trend",
    "heat",
    "touchpoints",
    "topics",
    "quotes",
    "service",
    "journeys",
    "blueprint",
    "gaps",
    "importance",
    "expectation",
    "cost",
    "segments",
    "themes",
    "perception",
    "listening",
    "loop",
    "misreading",
    "method",
)
"""The sections in the order of the page; those without anything to say are left out."""

OF_TEMPLATES = frozenset({"points", "scores", "heat", "gaps", "quotes", "trend", "method"})
"""Sections with a template of their own; the others are built of blocks."""

QUOTES_EACH = 2
"""Quotes a category shows on each side."""


def render_html(tables: ReportTables, context: ReportContext, language: Language = "zh") -> str:
    """Return the report as one HTML file in `language`.

    It refers to nothing outside itself, and its content security policy forbids scripts and any request.
    Every string from the tables is escaped and stripped of control and bidirectional marks.
    """
    view = build_view(tables, context)
    phrases = Phrases(language, context)
    subjects = view.brands.subjects
    built = build_sections(tables, context, phrases)
    style = resources.files("cem_nlp.report").joinpath("templates/style.css").read_text(encoding="utf-8")
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            view=view,
            brands=view.brands,
            context=context,
            phrases=phrases,
            say=phrases.say,
            language=language,
            style=Markup(style),
            style_hash=source_hash(style),
            points=key_points(view, context, phrases),
            no_key=no_key(view, context, phrases),
            rival_verdicts=rival_verdicts(view, view.brands.focus) if view.brands.focus else {},
            quotes=pick_quotes(tables.opinions, tables.feedback, tables.comments, subjects, QUOTES_EACH),
            wishes=wishes_of(tables.feedback, tables.comments, subjects),
            kinds_differ=kinds_differ(view.coverage, view.brands),
            built_sections=built,
            page=[(name, _title(name, built, phrases)) for name in PAGE if name in {*OF_TEMPLATES, *built}],
        )
    )


def _title(name: str, built: Mapping[str, Section], phrases: Phrases) -> str:
    return built[name].title if name in built else phrases.say(name)


@cache
def environment() -> Environment:
    """Return the templates, with what they call."""
    templates = Environment(
        loader=PackageLoader("cem_nlp.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(score=numbers.score, count=numbers.count, percent=numbers.percent)
    templates.globals.update(
        charts=charts,
        compare=compare,
        drift_sentences=drift_sentences,
        kind_of=lambda block: type(block).__name__,
        latest=latest,
        window_of=window_of,
        touchpoints_of=touchpoints_of,
        weeks_of=weeks_of,
        painful_first=painful_first,
        ALL=ALL,
        CATEGORIES=CATEGORIES,
        EXPECTATIONS=EXPECTATIONS,
        INTENTS=INTENTS,
        KINDS=KINDS,
        MAX_REASONS=MAX_REASONS,
        MAX_STEPS=MAX_STEPS,
        ROWS=ROWS,
        SIDES=SIDES,
        STEPS=STEPS,
    )
    return templates


def _printed(value: Any) -> Any:
    return numbers.clean(value) if type(value) is str else value


def source_hash(style: str) -> str:
    """Return the style sheet's hash as a content security policy names it (CSP level 3, hash-source)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def touchpoints_of(view: View, brand: str, order: Sequence[str]) -> list[str]:
    """Return the touchpoints a brand has cells for, in the journey's `order`, unlisted codes last."""
    found = {touchpoint for name, touchpoint, _ in view.touchpoints if name == brand}
    return [code for code in order if code in found] + sorted(found.difference(order))


def weeks_of(weeks: Mapping[str, Sequence[Week]]) -> dict[str, dict[str, Cell]]:
    """Return week → category → cell, the latest week first."""
    table: dict[str, dict[str, Cell]] = {}
    for category, points in weeks.items():
        for point in points:
            table.setdefault(point.name, {})[category] = point.cell
    return dict(sorted(table.items(), reverse=True))


def painful_first(steps: Steps) -> list[CategorySteps]:
    """Return the categories by weighted satisfaction, the most negative first, unknown ones last."""

    def pain(category: CategorySteps) -> tuple[bool, float]:
        weighted = category.value("weighted")
        return weighted is None, 0.0 if weighted is None else weighted

    return sorted(steps.categories, key=pain)
