"""The report in short, as a Markdown artifact of the run."""

import re
from collections.abc import Sequence

from cem_nlp.language import Language
from cem_nlp.report.findings import key_points
from cem_nlp.report.grids import files_grid, score_grid
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.view import build_view

_HTML = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_MARKS = re.compile(r"([\\`*_{}\[\]|#~$])")


def render_markdown(tables: ReportTables, context: ReportContext, language: Language = "zh") -> str:
    """Return the key points, the score of each category by brand and the reconciliation, in `language`.

    Names from the tables are escaped, as Markdown and as the HTML that Markdown may hold.
    """
    view = build_view(tables, context)
    phrases = Phrases(language, context)
    points = [
        f"- **{phrases.say(f'question_{point.question}')}** {_escaped(point.text)}"
        for point in key_points(view, context, phrases)
    ]
    blocks = [
        f"# {phrases.say('title')} {context.night}",
        "\n".join(points),
        f"## {phrases.say('scores')}",
        _table(score_grid(view, view.brands.shown, phrases)),
        *([phrases.compared_in_kind(view.compared_kind)] if view.compared_kind else []),
        f"## {phrases.say('files_caption')}",
        _table(files_grid(view, phrases)),
    ]
    return "\n\n".join(blocks) + "\n"


def _table(grid: Sequence[Sequence[str]]) -> str:
    head, *rows = ["| " + " | ".join(_escaped(cell) for cell in row) + " |" for row in grid]
    rule = "|" + "|".join([" --- ", *[" ---: "] * (len(grid[0]) - 1)]) + "|"
    return "\n".join([head, rule, *rows])


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text).translate(_HTML)
