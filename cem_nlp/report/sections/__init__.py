"""The further sections of the page, one module each: made from finished tables, in blocks."""

from collections.abc import Callable
from typing import Final, TypeAlias

from cem_nlp.report.blocks import Section
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections import (
    alerts,
    blueprint,
    comparison,
    cost,
    decision,
    expectation,
    importance,
    journeys,
    listening,
    loop,
    misreading,
    owners,
    perception,
    segments,
    service,
    themes,
    topics,
    touchpoints,
)

Builder: TypeAlias = Callable[[ReportTables, ReportContext, Phrases], Section | None]

BUILDERS: Final[tuple[Builder, ...]] = (
    alerts.section,
    topics.section,
    service.section,
    comparison.section,
    cost.section,
    decision.section,
    journeys.section,
    importance.section,
    expectation.section,
    misreading.section,
    segments.section,
    themes.section,
    perception.section,
    listening.section,
    touchpoints.section,
    blueprint.section,
    loop.section,
    owners.section,
)
"""All sections. Their places on the page stand in `html.PAGE`."""


def build_sections(tables: ReportTables, context: ReportContext, phrases: Phrases) -> dict[str, Section]:
    """Return the sections that have something to say, by name."""
    built = [builder(tables, context, phrases) for builder in BUILDERS]
    return {section.name: section for section in built if section is not None}
