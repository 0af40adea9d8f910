"""The report in short, as the plain text a run prints when it is done."""

from pathlib import Path

from cem_nlp.language import Language
from cem_nlp.report.findings import key_points
from cem_nlp.report.grids import files_grid, score_grid
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.standing import silent_brands
from cem_nlp.report.text_tables import GAP, aligned, plain
from cem_nlp.report.view import build_view

MAX_BRANDS = 5
"""Columns of brands: with these a line stays within about a hundred columns."""


def render_terminal(
    tables: ReportTables,
    context: ReportContext,
    language: Language,
    report_path: Path,
    warehouse_path: Path,
) -> str:
    """Return scores by category and brand with ranges, the key experience, the rows of each file, the paths.

    Columns are aligned for terminals that show East Asian characters two columns wide.
    """
    view = build_view(tables, context)
    phrases = Phrases(language, context)
    brands = view.brands.shown[:MAX_BRANDS]
    left_out = view.brands.rivals_left_out + len(view.brands.shown) - len(brands)
    lines = [
        f"{phrases.say('title')}  {context.night}",
        "",
        *aligned(score_grid(view, brands, phrases)),
        *([plain(phrases.say("rivals_left_out", n=left_out))] if left_out else []),
        *map(plain, silent_brands(view, phrases)),
        *([phrases.compared_in_kind(view.compared_kind)] if view.compared_kind else []),
        *([plain(phrases.mixed())] if context.scores.mix else []),
        "",
    ]
    points = {point.question: point for point in key_points(view, context, phrases)}
    if "key" in points:
        lines += [phrases.say("question_key") + GAP + plain(points["key"].text), ""]
    lines += [
        phrases.say("files_caption"),
        *aligned(files_grid(view, phrases)),
        "",
        f"{phrases.say('report_path')}{GAP}{report_path}",
        f"{phrases.say('warehouse_path')}{GAP}{warehouse_path}",
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"
