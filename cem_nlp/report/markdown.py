"""The report in short, as a Markdown artifact of the run."""

from cem_nlp.language import Language
from cem_nlp.report import blocks_text
from cem_nlp.report.findings import key_points
from cem_nlp.report.grids import files_grid, score_grid
from cem_nlp.report.html import PAGE
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections import build_sections
from cem_nlp.report.text_tables import escaped, markdown_table
from cem_nlp.report.view import build_view


def render_markdown(tables: ReportTables, context: ReportContext, language: Language = "zh") -> str:
    """Return key points, the sections in the order of the page, and the reconciliation, in `language`.

    Names from the tables are escaped, as Markdown and as the HTML that Markdown may hold.
    """
    view = build_view(tables, context)
    phrases = Phrases(language, context)
    points = [
        f"- **{phrases.say(f'question_{point.question}')}** {escaped(point.text)}"
        for point in key_points(view, context, phrases)
    ]
    built = build_sections(tables, context, phrases)
    scores = [
        f"## {phrases.say('scores')}",
        markdown_table(score_grid(view, view.brands.shown, phrases)),
        *([phrases.compared_in_kind(view.compared_kind)] if view.compared_kind else []),
        *([phrases.mixed()] if context.scores.mix else []),
    ]
    blocks = [f"# {phrases.say('title')} {context.night}", "\n".join(points)]
    for name in PAGE:
        if name == "scores":
            blocks += scores
        elif name in built:
            blocks += blocks_text.render_markdown([built[name]])
    blocks += [f"## {phrases.say('files_caption')}", markdown_table(files_grid(view, phrases))]
    return "\n\n".join(blocks) + "\n"
