"""The table `comparisons`: own brands against rivals and the industry."""

import numpy as np

from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night
from cem_nlp.scores.comparison import comparable_mentions, compare_brands, rivals_of
from cem_nlp.scores.ranking import add_ranks

_OPINIONS = ("feedback_id", "category", "polarity", "touchpoint", "topic")


def write(night: Night) -> None:
    """Write `comparisons` from the feedback and opinions of all nights; it is empty without own brands."""
    config = night.config
    mentions = comparable_mentions(
        frames.frame(night, "feedback", (*frames.FEEDBACK, "source")),
        frames.frame(night, "opinions", _OPINIONS),
    )
    rivals = rivals_of(mentions, config.brands.own, config.comparison.rivals)
    table = compare_brands(mentions, config.brands.own, rivals, rivals, config.comparison, config.scores)
    rng = np.random.default_rng(night.date.toordinal())
    frames.write(night, "comparisons", add_ranks(table, mentions, config.scores, rng))
