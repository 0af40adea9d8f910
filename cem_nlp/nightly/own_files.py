"""The company's own tables beside the feedback: customers and ratings, checked when the night opens."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from cem_nlp.calendar_file import load_calendar
from cem_nlp.config import Config
from cem_nlp.customers_file import load_customers
from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.own_rating_file import load_own_rating
from cem_nlp.resources import shipped
from cem_nlp.scores.events import Event


def check_own_files(config: Config, salt: bytes) -> Sequence[Path]:
    """Return the configured files; raises the errors of a broken one.

    Raises ConfigError for an own brand that is to be its own benchmark.
    """
    _check_benchmark(config)
    customers(config, salt)
    ratings(config)
    events(config)
    given = [config.customers, config.own_rating]
    paths = [config.resolve(section.path) for section in given if section is not None]
    return [*paths, _calendar(config)]


def customers(config: Config, salt: bytes) -> pd.DataFrame | None:
    """Return the checked customers, their numbers hashed with `salt`, None where no table is configured."""
    section = config.customers
    return None if section is None else load_customers(config.resolve(section.path), section, salt)


def ratings(config: Config) -> pd.DataFrame | None:
    """Return the company's checked ratings of itself, None where none are configured."""
    section = config.own_rating
    return None if section is None else load_own_rating(config.resolve(section.path), section)


def events(config: Config) -> Sequence[Event]:
    """Return the checked festivals and sales: of the configured calendar, else of the shipped one."""
    return load_calendar(_calendar(config))


def _check_benchmark(config: Config) -> None:
    group = () if config.benchmark is None else config.benchmark.brands
    for brand in group:
        if brand in config.brands.own:
            raise ConfigError(
                Bilingual(
                    "自有品牌不能同时是自己的标杆", "an own brand cannot be in its own reference group"
                ),
                where="benchmark.brands",
                value=brand,
                next_step=Bilingual(
                    "从 [benchmark] brands 或 [brands] own 里去掉它",
                    "take it out of brands under [benchmark], or out of own under [brands]",
                ),
            )


def _calendar(config: Config) -> Path:
    given = config.alerts.calendar
    return shipped("data/calendar.toml") if given is None else config.resolve(given)
