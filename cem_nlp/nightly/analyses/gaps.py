"""The tables `gaps` and `quadrants`: the seven steps, from the survey and the text."""

import numpy as np

from cem_nlp.cem import (
    REPLICATES,
    gap_table,
    no_figures,
    own_answers,
    quadrant_table,
    survey_draws,
    survey_figures,
    text_draws,
    text_figures,
)
from cem_nlp.model_files import load_taxonomy
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night, load_answers, strategy_of
from cem_nlp.scores.cells import mentions_of

_OPINIONS = ("feedback_id", "category", "polarity", "touchpoint")


def write(night: Night) -> None:
    """Write both from the survey, and from scores and text where the survey is silent."""
    scores = frames.frame(night, "scores")
    feedback = frames.frame(night, "feedback", frames.FEEDBACK)
    opinions = frames.frame(night, "opinions", _OPINIONS)
    rng = np.random.default_rng(frames.SEED)
    answers = load_answers(night.config)
    surveyed, drawn = no_figures(), np.empty((0, REPLICATES))
    if answers is not None:
        answers = own_answers(answers, scores)
        surveyed, drawn = survey_figures(answers), survey_draws(answers, REPLICATES, rng)
    said = text_figures(scores, frames.frame(night, "drivers"), frames.frame(night, "expectations"))
    mentions = mentions_of(feedback[feedback["is_own"]], opinions)
    draws = np.vstack([drawn, text_draws(said, mentions, REPLICATES, rng)])
    reach = strategy_of(night.config, load_taxonomy(night.engine.taxonomy)).reach
    frames.write(night, "gaps", gap_table(surveyed, said, draws, reach))
    frames.write(night, "quadrants", quadrant_table(surveyed, said, draws))
