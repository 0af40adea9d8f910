"""Reading a strategy's TOML file."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from cem_nlp.cem.strategy import Strategy, parse_strategy
from cem_nlp.opinions.taxonomy import Topic
from cem_nlp.toml_file import read_toml


def load_strategy(path: Path, topics: Mapping[str, Mapping[str, Topic]]) -> Strategy:
    """Return the strategy in `path`, checked against the taxonomy's topics; see `cem.strategy`.

    Raises ConfigError naming file, line, value and the valid values.
    """
    return read_toml(path, partial(parse_strategy, topics=topics))
