"""What the feedback tells of the shares behind the cost of negative experience.

Complaints and calls come from customers in trouble, so that the share of the unhappy is taken among customers
who wrote a review; where there are no reviews, among all. A complainer is one of the unhappy who also filed a
complaint or says he will; the others are silent towards the company. Lost are those who say they will leave,
which is the least there can be: many leave without a word. Against the method's rates, which count all who
left, that would make complaints look like a loss; so these two shares come from the feedback only together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.cost import Rates
from cem_nlp.cem.ranges import Numbers
from cem_nlp.scores.intervals import JEFFREYS

SHARES: Final = ("negative_share", "complaint_share", "won_back_rate", "lost_rate", "silent_lost_rate")
"""What has to be known; the other rates are what is left of a whole."""

LOST: Final = ("lost_rate", "silent_lost_rate")
"""The shares lost of complainers and of the silent: what encouraging complaints saves is their difference."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share 0–1: `value`, its `origin` (given, derived, assumed), and the customers it was counted on."""

    value: float
    origin: str
    n_customers: float | None = None

    def drawn(self, n_replicates: int, rng: np.random.Generator) -> Numbers:
        """Return the value itself, then draws of it: from its posterior under Jeffreys' prior where customers
        were counted, else the value again.
        """
        if not self.n_customers:
            return np.full(n_replicates + 1, self.value)
        part = self.value * self.n_customers
        draws = rng.beta(part + JEFFREYS, self.n_customers - part + JEFFREYS, n_replicates)
        return np.concatenate([[self.value], draws])


def observed_shares(
    feedback: pd.DataFrame, comments: pd.DataFrame, minimum_customers: int
) -> dict[str, Share]:
    """Return the shares that the own brands' feedback tells, origin 'derived'.

    Both tables follow their schemas; near-duplicates do not count. A share of fewer than `minimum_customers`
    customers is left out, and nobody can tell from what they wrote who was won back.
    """
    own = feedback[feedback["duplicate_of"].isna() & feedback["is_own"]]
    said = own.merge(comments[["feedback_id", "polarity", "intent"]], on="feedback_id", how="left")
    customer = said["customer_key"].astype("str").fillna(said["feedback_id"])
    reviews = said["kind"] == "review"
    heard = reviews if reviews.any() else pd.Series(True, index=said.index)
    marks = pd.DataFrame(
        {
            "heard": heard,
            "negative": heard & (said["polarity"] == "negative"),
            "complains": (said["kind"] == "complaint") | (said["intent"] == "complain"),
            "leaves": said["intent"] == "churn",
        }
    )
    people = marks.groupby(customer).any()
    unhappy = people[people["negative"]]
    complaining, silent = unhappy[unhappy["complains"]], unhappy[~unhappy["complains"]]
    counted = {
        "negative_share": people.loc[people["heard"], "negative"],
        "complaint_share": unhappy["complains"],
        "lost_rate": complaining["leaves"],
        "silent_lost_rate": silent["leaves"],
    }
    return {
        name: Share(float(answers.mean()), "derived", len(answers))
        for name, answers in counted.items()
        if len(answers) >= max(minimum_customers, 1)
    }


def settle_shares(given: Mapping[str, Share], observed: Mapping[str, Share]) -> dict[str, Share]:
    """Return every share of `SHARES` that is known: as given, else as observed, else the method's rate.

    The method has no rate for the share of the unhappy and of those who complain: these may be missing. Of
    the complainers who are not won back, the method's proportion is lost where nothing else is known; of
    those who are not lost, where that is given, the method's proportion is won back. What is assumed never
    takes room from what was observed. A share of `LOST` is as observed only where the other is known too.
    """
    method = Rates()
    if not set(LOST) <= {*given, *observed}:
        observed = {name: share for name, share in observed.items() if name not in LOST}
    won_back = given.get("won_back_rate", _assumed_won_back(given, observed))
    lost = (1 - won_back.value) * method.lost / (method.lost + method.at_risk)
    assumed = {
        "won_back_rate": won_back,
        "lost_rate": Share(lost, "assumed"),
        "silent_lost_rate": Share(method.silent_lost, "assumed"),
    }
    return {name: share for name, share in {**assumed, **observed, **given}.items() if name in SHARES}


def _assumed_won_back(given: Mapping[str, Share], observed: Mapping[str, Share]) -> Share:
    method = Rates()
    if "lost_rate" in given:
        proportion = method.won_back / (method.won_back + method.at_risk)
        return Share((1 - given["lost_rate"].value) * proportion, "assumed")
    room = 1 - observed["lost_rate"].value if "lost_rate" in observed else 1.0
    return Share(min(method.won_back, room), "assumed")
