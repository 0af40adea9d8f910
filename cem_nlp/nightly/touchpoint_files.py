"""The user's files about touchpoints, as the configuration names them."""

from pathlib import Path

import pandas as pd

from cem_nlp.cem.blueprint import Description
from cem_nlp.cem.touchpoint_survey import no_answers
from cem_nlp.config import Config
from cem_nlp.opinions.taxonomy import Taxonomy
from cem_nlp.touchpoint_file import load_blueprint, load_touchpoint_survey


def touchpoint_answers(config: Config, taxonomy: Taxonomy) -> pd.DataFrame:
    """Return the answers of the configured survey of touchpoints, none without one; raises its errors."""
    survey = config.touchpoints
    if survey is None:
        return no_answers()
    path = config.resolve(survey.path)
    return load_touchpoint_survey(path, taxonomy.touchpoints, survey.low, survey.high, survey.encoding)


def blueprint_of(config: Config) -> tuple[Description, ...]:
    """Return the configured blueprint, () without one; raises its errors."""
    return () if config.blueprint is None else load_blueprint(config.resolve(config.blueprint.path))


def check_touchpoint_files(config: Config, taxonomy: Taxonomy) -> list[Path]:
    """Return the paths of the files that are configured; raises the errors of a broken one."""
    touchpoint_answers(config, taxonomy)
    blueprint_of(config)
    return [
        config.resolve(given.path) for given in (config.touchpoints, config.blueprint) if given is not None
    ]
