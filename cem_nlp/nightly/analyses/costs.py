"""The table `costs`: the cost of negative experience, where a revenue is configured."""

from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem import Share, cost_table, observed_shares, settle_shares
from cem_nlp.config import Cost
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night

COMMENTS: Final = ("feedback_id", "polarity", "intent")
"""What the shares need of `comments`."""

_GIVEN: Final = {
    "negative_share": "negative_share",
    "complaint_share": "complaint_share",
    "won_back": "won_back_rate",
    "lost": "lost_rate",
    "silent_lost": "silent_lost_rate",
}


def write(night: Night) -> None:
    """Write `costs`; nothing where no revenue is configured or too few customers were heard."""
    cost = night.config.cost
    if cost is None:
        return
    feedback = frames.frame(night, "feedback", frames.FEEDBACK)
    comments = frames.frame(night, "comments", COMMENTS)
    costs = configured_costs(cost, feedback, comments, night.config.scores.minimum_mentions)
    if costs is not None:
        frames.write(night, "costs", costs)


def configured_costs(
    cost: Cost, feedback: pd.DataFrame, comments: pd.DataFrame, minimum_customers: int
) -> pd.DataFrame | None:
    """Return the `costs` table without `run_id`: shares from the configuration, else from the feedback, else
    the method's. None where nobody knows how many are unhappy, or how many of them complain.
    """
    shares = settle_shares(given_shares(cost), observed_shares(feedback, comments, minimum_customers))
    if not {"negative_share", "complaint_share"} <= shares.keys():
        return None
    return cost_table(cost.revenue, cost.currency, shares, np.random.default_rng(frames.SEED))


def given_shares(cost: Cost) -> dict[str, Share]:
    """Return the shares that the configuration gives, by their names in the table."""
    given = {name: getattr(cost, key) for key, name in _GIVEN.items()}
    return {name: Share(value, "given") for name, value in given.items() if value is not None}
