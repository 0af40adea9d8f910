"""The table `scores`: opinions of all nights, counted and scored."""

from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night
from cem_nlp.scores import score_table

_OPINIONS = ("feedback_id", "category", "polarity", "touchpoint")


def write(night: Night) -> None:
    """Write `scores` from the feedback and opinions of all nights."""
    feedback = frames.frame(night, "feedback", frames.FEEDBACK)
    opinions = frames.frame(night, "opinions", _OPINIONS)
    frames.write(night, "scores", score_table(feedback, opinions, night.config.scores))
