"""Reading the patterns of service calls."""

from pathlib import Path

from cem_nlp.cem.service_patterns import ServicePatterns, parse_service
from cem_nlp.config import Config
from cem_nlp.resources import shipped
from cem_nlp.toml_file import read_toml


def service_file(config: Config) -> Path:
    """Return the configured file of patterns, the shipped one where none is given."""
    given = config.service.patterns
    return shipped("data/service.toml") if given is None else config.resolve(given)


def load_service_patterns(config: Config) -> ServicePatterns:
    """Read the patterns of calls. Raises ConfigError with file, line, key and valid values."""
    return read_toml(service_file(config), parse_service)
