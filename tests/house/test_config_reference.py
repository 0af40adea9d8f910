"""The reference of the configuration is current and complete, and its example is a configuration."""

import tomllib
from pathlib import Path

import pytest

from cem_nlp.config import Config, Section
from cem_nlp.config_file import load_config
from cem_nlp.config_reference import EXAMPLE, config_reference

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = "docs/configuration.md: python -m cem_nlp.config_reference > docs/configuration.md"


def keys() -> list[tuple[type[Section], str]]:
    sections = [Config, *(kind for kind in Section.__subclasses__() if kind is not Config)]
    return [
        (section, name)
        for section in sections
        for name, field in section.model_fields.items()
        if not field.exclude and section.__module__.startswith("cem_nlp.")
    ]


def test_the_committed_reference_is_current() -> None:
    assert (ROOT / "docs" / "configuration.md").read_text("utf-8") == config_reference(), REFERENCE


@pytest.mark.parametrize(("section", "name"), keys(), ids=lambda value: getattr(value, "__name__", value))
def test_every_key_stands_in_the_reference(section: type[Section], name: str) -> None:
    text = config_reference()
    rows = [line for line in text.splitlines() if line.startswith(f"| `{name}` |")]
    headings = [line for line in text.splitlines() if line.startswith("## ") and f"{name}]" in line]
    assert rows or headings
    assert not [row for row in rows if row.endswith("|  |")], f"{section.__name__}.{name} has no description"


def test_the_example_has_every_section_and_is_valid() -> None:
    example = ROOT / EXAMPLE
    config = load_config(example)
    assert len(config.sources) == 3
    sections = {line.strip("#` []") for line in config_reference().splitlines() if line.startswith("## `")}
    tops = {name for name in sections if "." not in name}
    assert tops <= tomllib.loads(example.read_text("utf-8")).keys(), f"{EXAMPLE} lacks a section"
