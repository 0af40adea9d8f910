"""The table `scores`: opinions of all nights, counted and scored."""

import numpy as np

from cem_nlp.confusion_file import load_confusion
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night
from cem_nlp.scores import score_table
from cem_nlp.scores.correction import correct
from cem_nlp.scores.states import unfit_comments

_FEEDBACK = (*frames.FEEDBACK, "source", "night")
_OPINIONS = ("feedback_id", "category", "polarity", "probability", "touchpoint", "model_version", "night")
_DRIFT = ("night", "kind", "reference", "verdict")


def write(night: Night) -> None:
    """Write `scores` from the feedback and opinions of all nights."""
    feedback = frames.frame(night, "feedback", _FEEDBACK)
    opinions = frames.frame(night, "opinions", _OPINIONS)
    scores = score_table(feedback, opinions, night.config.scores)
    confusion = load_confusion(night.engine.model)
    if confusion is not None:
        drift = frames.frame(night, "drift", _DRIFT)
        unfit = unfit_comments(feedback, opinions, drift, confusion.model_version)
        rng = np.random.default_rng(frames.SEED)
        scores = correct(scores, feedback, opinions, unfit, confusion, night.config.scores, rng)
    frames.write(night, "scores", scores)
