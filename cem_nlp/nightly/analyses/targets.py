"""The table `target_scores`: the own brands as their target segments weigh them."""

import numpy as np

from cem_nlp.cem.targets import target_scores
from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night
from cem_nlp.scores.cells import mentions_of

_OPINIONS = ("feedback_id", "category", "polarity")


def write(night: Night) -> None:
    """Write `target_scores` where target segments are configured.

    Raises ConfigError for a target segment that neither the feedback nor the customer table knows.
    """
    config = night.config
    if not config.segments.target:
        return
    feedback = frames.frame(night, "feedback", frames.FEEDBACK)
    customers = frames.frame(night, "customers", ("customer_key", "segment"))
    known = sorted({*feedback["segment"].unique(), *customers["segment"].unique()})
    for segment in config.segments.target:
        if segment not in known:
            what = Bilingual("没有这个目标客群", "there is no such target segment")
            raise ConfigError(what, where="segments.target", value=segment, valid=known)
    own = feedback[feedback["is_own"]]
    mentions = mentions_of(
        own, frames.frame(night, "opinions", _OPINIONS), ("brand", "segment"), ("category",)
    )
    rng = np.random.default_rng(frames.SEED)
    gaps = frames.frame(night, "gaps")
    table = target_scores(mentions, gaps, config.segments.target, config.scores, rng)
    frames.write(night, "target_scores", table)
