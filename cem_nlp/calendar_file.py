"""Reading the calendar of festivals and sales."""

from pathlib import Path

from cem_nlp.scores.events import Event, parse_calendar
from cem_nlp.toml_file import read_toml


def load_calendar(path: Path) -> tuple[Event, ...]:
    """Return the events of a calendar file; raises ConfigError naming file, line and key."""
    return read_toml(path, parse_calendar)
