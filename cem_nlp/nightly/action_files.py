"""The user's actions and business results, as the configuration names them."""

from datetime import date
from pathlib import Path

import pandas as pd

from cem_nlp.actions_file import load_actions, load_results
from cem_nlp.config import Config
from cem_nlp.opinions.taxonomy import Taxonomy


def actions_of(config: Config, taxonomy: Taxonomy, night: date) -> pd.DataFrame | None:
    """Return the checked actions, None where none are configured; raises their errors."""
    section = config.actions
    if section is None:
        return None
    names = {code: place.name for code, place in taxonomy.touchpoints.items()}
    return load_actions(config.resolve(section.path), night, names, section.encoding)


def results_of(config: Config, actions: pd.DataFrame) -> pd.DataFrame | None:
    """Return the checked business results, None where none are configured; raises their errors."""
    section = config.actions
    if section is None or section.results is None:
        return None
    return load_results(config.resolve(section.results), actions, section.encoding)


def check_action_files(config: Config, taxonomy: Taxonomy, night: date) -> list[Path]:
    """Return the paths of the files that are configured; raises the errors of a broken one."""
    actions = actions_of(config, taxonomy, night)
    if actions is None or config.actions is None:
        return []
    results_of(config, actions)
    given = [config.actions.path, config.actions.results]
    return [config.resolve(path) for path in given if path is not None]
