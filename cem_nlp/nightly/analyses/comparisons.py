"""The table `comparisons`: own brands against rivals and the industry."""

from collections.abc import Sequence, Set

import numpy as np

from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night
from cem_nlp.scores.comparison import comparable_mentions, compare_brands, rivals_of
from cem_nlp.scores.ranking import add_ranks
from cem_nlp.vocabulary import UNKNOWN

_OPINIONS = ("feedback_id", "category", "polarity", "touchpoint", "topic")


def write(night: Night) -> None:
    """Write `comparisons` from the feedback and opinions of all nights; it is empty without own brands.

    Raises ConfigError for a named rival that no feedback names while it names others of them.
    """
    config = night.config
    feedback = frames.frame(night, "feedback", (*frames.FEEDBACK, "source"))
    known = set(feedback["brand"]) - {UNKNOWN, *config.brands.own}
    what = Bilingual("没有一条反馈说到这个对手", "no feedback names this rival")
    refuse_absent(config.comparison.rivals, known, what, "comparison.rivals")
    mentions = comparable_mentions(feedback, frames.frame(night, "opinions", _OPINIONS))
    rivals = rivals_of(mentions, config.brands.own, config.comparison.rivals)
    table = compare_brands(mentions, config.brands.own, rivals, rivals, config.comparison, config.scores)
    rng = np.random.default_rng(frames.SEED)
    frames.write(night, "comparisons", add_ranks(table, mentions, config.scores, rng))


def refuse_absent(named: Sequence[str], known: Set[str], what: Bilingual, where: str) -> None:
    """Raise ConfigError for a brand of `named` that is not `known`, unless all of them may be yet to come."""
    absent = [brand for brand in named if brand not in known]
    if absent and len(absent) < len(named):
        raise ConfigError(
            what,
            where=where,
            value=absent[0],
            valid=sorted(known),
            next_step=Bilingual("改成反馈里的品牌名", "give the brand's name as the feedback has it"),
        )
