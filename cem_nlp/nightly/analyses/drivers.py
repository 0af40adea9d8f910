"""The table `drivers`: what moves the rating."""

import numpy as np

from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night
from cem_nlp.scores import driver_table

_OPINIONS = ("feedback_id", "category", "polarity")


def write(night: Night) -> None:
    """Write `drivers` from the ratings and opinions of all nights."""
    feedback = frames.frame(night, "feedback", frames.FEEDBACK)
    opinions = frames.frame(night, "opinions", _OPINIONS)
    rng = np.random.default_rng(frames.SEED)
    frames.write(night, "drivers", driver_table(feedback, opinions, rng))
