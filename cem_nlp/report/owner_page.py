"""A department's own page: what hurts at its touchpoints, the evidence, the quotes, what is being done."""

from importlib import resources

from markupsafe import Markup

from cem_nlp.language import Language
from cem_nlp.report.html import environment, source_hash
from cem_nlp.report.inputs import ReportContext, ReportTables
from cem_nlp.report.owner_sections import owner_sections
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.sections.owners_wording import WORDS
from cem_nlp.report.sections.speech import speaker


def render_owner(tables: ReportTables, context: ReportContext, owner: str, language: Language = "zh") -> str:
    """Return the page of the department with the code `owner` as one HTML file in `language`.

    Like the report it refers to nothing outside itself, runs no script, and escapes what it shows.
    """
    phrases = Phrases(language, context)
    say = speaker(WORDS, language)
    name = phrases.named(context.owners, owner)
    brand = phrases.listed([phrases.brand(each) for each in context.own])
    style = resources.files("cem_nlp.report").joinpath("templates/style.css").read_text(encoding="utf-8")
    return (
        environment()
        .get_template("owner.html.j2")
        .render(
            sections=owner_sections(tables, context, owner, phrases),
            title=say("page_title", owner=name),
            heading=say("heading", brand=brand, owner=name) if brand else name,
            published=say("published", night=context.night),
            context=context,
            phrases=phrases,
            say=phrases.say,
            language=language,
            style=Markup(style),
            style_hash=source_hash(style),
        )
    )
