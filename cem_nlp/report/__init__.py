"""The report: finished tables as an HTML page, a Markdown artifact and a terminal table."""

from cem_nlp.report.html import render_html
from cem_nlp.report.inputs import ModelQuality, ReportContext, ReportTables
from cem_nlp.report.markdown import render_markdown
from cem_nlp.report.owner_page import render_owner
from cem_nlp.report.terminal import render_terminal

__all__ = [
    "ModelQuality",
    "ReportContext",
    "ReportTables",
    "render_html",
    "render_markdown",
    "render_owner",
    "render_terminal",
]
