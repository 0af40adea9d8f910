"""The two tables that the Markdown and the terminal share, as rows of plain strings, the head first."""

from collections.abc import Sequence

from cem_nlp.report import format as numbers
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.reconciliation import FileRows
from cem_nlp.report.view import ROWS, View


def score_grid(view: View, brands: Sequence[str], phrases: Phrases) -> list[list[str]]:
    """Return categories × `brands`, each cell a score with its range or the reason why there is none."""
    head = [phrases.say("category"), *(_named(brand, view, phrases) for brand in brands)]
    rows = [
        [
            phrases.head(phrases.category(category)),
            *(phrases.cell(view.cell(brand, category)) for brand in brands),
        ]
        for category in ROWS
    ]
    return [head, *rows]


def files_grid(view: View, phrases: Phrases) -> list[list[str]]:
    """Return the reconciliation of each file and the total: rows in, published, quarantined, duplicates."""
    columns = ("file", "rows_in", "rows_published", "rows_quarantined", "rows_duplicate", "check")
    files = [_file(numbers.one_line(file.file), file, phrases) for file in view.files]
    return [
        [phrases.say(column) for column in columns],
        *files,
        _file(phrases.say("total"), view.total, phrases),
    ]


def _named(brand: str, view: View, phrases: Phrases) -> str:
    name = phrases.brand(brand)
    return phrases.say("own_brand", brand=name) if brand in view.brands.own else name


def _file(name: str, file: FileRows, phrases: Phrases) -> list[str]:
    counts = (file.rows_in, file.published, file.quarantined, file.duplicates)
    return [name, *map(numbers.count, counts), phrases.say("balanced" if file.balanced else "unbalanced")]
