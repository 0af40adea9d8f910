"""The table `expectations`: what the expectation of each category is made of."""

from cem_nlp.cem import expectation_table
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night

_OPINIONS = ("feedback_id", "category", "polarity", "touchpoint")
_COMMENTS = ("feedback_id", "intent", "expectation", "determinants")


def write(night: Night) -> None:
    """Write `expectations` from the scores and what customers say of their expectation."""
    found = expectation_table(
        frames.frame(night, "scores"),
        frames.frame(night, "feedback", frames.FEEDBACK),
        frames.frame(night, "opinions", _OPINIONS),
        frames.frame(night, "comments", _COMMENTS),
        night.config.expectation,
        night.config.scores.minimum_mentions,
    )
    frames.write(night, "expectations", found)
