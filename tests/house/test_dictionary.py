"""The data dictionary in the repository is the one the schemas give."""

from pathlib import Path

from cem_nlp.dictionary import data_dictionary
from cem_nlp.schemas import TABLES

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_committed_dictionary_is_current() -> None:
    assert (DOCS / "tables.md").read_text("utf-8") == data_dictionary()


def test_it_explains_every_column_of_every_table() -> None:
    text = data_dictionary()
    for name, schema in TABLES.items():
        section = text.split(f"## {name}\n")[1].split("\n## ")[0]
        assert all(f"| {column} |" in section for column in schema.names)
