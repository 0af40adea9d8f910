"""What the sections of a report are made of: said once here, rendered as HTML, Markdown or plain text.

All strings are in the reader's language. Foreign text (brands, products, customers' words) is cleaned and
escaped by the renderings, not before.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from markupsafe import Markup

from cem_nlp.report.quotes import Quote

Tone: TypeAlias = Literal["plain", "good", "bad", "quiet", "strong"]


@dataclass(frozen=True, slots=True)
class Strip:
    """A value with its range, drawn on the scale from `least` to `most`; null ends leave the range out."""

    value: float
    low: float | None
    high: float | None
    least: float = 0.0
    most: float = 10.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `under` is a second, smaller line; `strip` is drawn above the text in HTML alone."""

    text: str
    tone: Tone = "plain"
    under: str = ""
    strip: Strip | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `head` names the columns, every row has as many cells; the first cell heads its row.

    Numbers stand to the right: name the columns of words in `words` (by number, the first always is one).
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    words: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(f"a row of {self.caption!r} has not {len(self.head)} cells")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or a few."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small type: what the figures rest on, or what to beware of (`caution`)."""

    text: str
    caution: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Quotes:
    """Customers' own words under a title; never rendered as Markdown, which leaves the warehouse."""

    title: str
    quotes: tuple[Quote, ...]
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing for HTML; `label` says what it shows, and is all that plain text prints of it."""

    svg: Markup
    label: str


@dataclass(frozen=True, slots=True)
class Details:
    """Blocks that HTML folds away under a summary; Markdown leaves them out."""

    summary: str
    blocks: "tuple[Block, ...]"


Block: TypeAlias = Table | Paragraph | Note | Heading | Quotes | Chart | Details


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a report: the answer in a sentence or two (`lead`), then what it rests on.

    `name` is the section's anchor and its place in `html.PAGE`.
    """

    name: str
    title: str
    lead: str
    blocks: tuple[Block, ...] = ()


def row(*cells: Cell | str) -> tuple[Cell, ...]:
    """Return a table's row, plain strings made cells."""
    return tuple(Cell(cell) if isinstance(cell, str) else cell for cell in cells)
