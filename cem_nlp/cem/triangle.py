"""The triangle law: what customers get, what they expected, and how much it matters to them."""

from typing import TypeVar

from cem_nlp.cem.ranges import Estimate

Score = TypeVar("Score", float, Estimate)


def satisfaction(experience: Score, expectation: Score) -> Score:
    """Return experience − expectation (step 2c): −10 to 10 for scores of 0 to 10."""
    return experience - expectation


def weighted_satisfaction(importance: Score, satisfaction: Score) -> Score:
    """Return importance × satisfaction (step 3): −100 to 100 for an importance of 0 to 10."""
    return importance * satisfaction
