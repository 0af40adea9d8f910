"""The tables `feedback_loop` and `loop_results`: whether the configured actions worked."""

from datetime import date

import pandas as pd

from cem_nlp.cem.feedback_loop import feedback_loop_table
from cem_nlp.cem.loop_returns import with_returns
from cem_nlp.cem.results import result_table
from cem_nlp.config import Actions, Config
from cem_nlp.model_files import load_taxonomy
from cem_nlp.nightly.action_files import actions_of, results_of
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night

FEEDBACK = (*frames.FEEDBACK, "source", "created_at")
OPINIONS = ("feedback_id", "category", "polarity", "touchpoint")


def write(night: Night) -> None:
    """Write both tables; nothing where no actions are configured."""
    config, latest = night.config, frames.latest_night(night)
    actions = actions_of(config, load_taxonomy(night.engine.taxonomy), latest)
    if actions is None:
        return
    feedback, opinions = (
        frames.frame(night, name, columns)
        for name, columns in (("feedback", FEEDBACK), ("opinions", OPINIONS))
    )
    table = judged(config, actions, latest, feedback, opinions, frames.frame(night, "costs"))
    frames.write(night, "feedback_loop", table)
    results = results_of(config, actions)
    if results is not None:
        frames.write(night, "loop_results", result_table(actions, results, config.scores.confidence))


def judged(
    config: Config,
    actions: pd.DataFrame,
    night: date,
    feedback: pd.DataFrame,
    opinions: pd.DataFrame,
    costs: pd.DataFrame,
) -> pd.DataFrame:
    """Return the table `feedback_loop` without `run_id`, judged as the configuration says."""
    settings = config.actions or Actions(path="")
    loop = feedback_loop_table(
        actions,
        feedback,
        opinions,
        config.brands.own,
        config.comparison.rivals,
        night,
        settings,
        config.scores.confidence,
    )
    return with_returns(loop, costs)
