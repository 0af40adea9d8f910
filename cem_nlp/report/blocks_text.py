"""Sections as plain text for the terminal, and as Markdown for a run's artifact."""

from collections.abc import Iterable, Sequence
from typing import Final

from cem_nlp.report.blocks import Block, Chart, Details, Heading, Note, Paragraph, Quotes, Section, Table
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.quotes import Quote
from cem_nlp.report.text_tables import GAP, escaped, markdown_table, plain, wrapped

WIDEST_CELL: Final = 60
"""Columns of a table's cell on a terminal; a longer one goes on below, so that nothing is cut off."""


def render_terminal(section: Section, phrases: Phrases) -> str:
    """Return a section as the text a command prints: title, answer, then its blocks, details unfolded."""
    lines = [section.title, "", plain(section.lead)]
    for block in section.blocks:
        lines += _lines(block, phrases)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def render_markdown(sections: Iterable[Section]) -> list[str]:
    """Return each section's title, answer, headings and tables as Markdown.

    Customers' words never stand in it, nor notes and what is folded away; neither does a table without rows
    or a heading with nothing left below it.
    """
    pieces = []
    for section in sections:
        pieces += [f"## {escaped(section.title)}", escaped(section.lead)]
        heading: list[str] = []
        for block in section.blocks:
            if isinstance(block, Heading):
                heading = [f"### {escaped(block.text)}"]
            elif isinstance(block, Table) and block.rows:
                pieces += heading
                heading = []
                table = markdown_table(grid(block), block.words)
                pieces += [f"**{escaped(block.caption)}**", table] if block.caption else [table]
    return pieces


def grid(table: Table) -> list[list[str]]:
    """Return a table's strings, the head first; a cell's second line stands in brackets."""
    rows = [
        [f"{cell.text} ({cell.under})" if cell.under else cell.text for cell in row] for row in table.rows
    ]
    return [list(table.head), *rows]


def _lines(block: Block, phrases: Phrases) -> list[str]:
    match block:
        case Table():
            return (
                ["", plain(block.caption), *wrapped(grid(block), WIDEST_CELL, block.words)]
                if block.rows
                else []
            )
        case Paragraph() | Note():
            return ["", plain(block.text)]
        case Heading():
            return ["", plain(block.text)]
        case Chart():
            return ["", plain(block.label)]
        case Quotes():
            return ["", plain(block.title), *_quoted(block.quotes, phrases)]
        case Details():
            inner = [line for one in block.blocks for line in _lines(one, phrases)]
            repeated = inner[:2] == ["", plain(block.summary)]
            return inner if repeated else ["", plain(block.summary), *inner]


def _quoted(quotes: Sequence[Quote], phrases: Phrases) -> list[str]:
    lines = []
    for quote in quotes:
        words = plain(quote.before + quote.evidence + quote.after)
        said_on = phrases.say("undated") if quote.said_on is None else quote.said_on.isoformat()
        where = [phrases.brand(quote.brand), phrases.brand(quote.product), said_on]
        lines.append(f"{GAP}“{words}” — {plain(phrases.listed(where))}")
    return lines
