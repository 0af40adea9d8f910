"""The tables `customers`, `portfolio` and `portfolio_moves`: the four kinds of customer."""

from cem_nlp.cem.customer_kinds import classify_customers
from cem_nlp.cem.portfolio import experience_of_opinions, moves_table, portfolio_table
from cem_nlp.nightly import own_files
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night

_OPINIONS = ("feedback_id", "category", "polarity")


def write(night: Night) -> None:
    """Write the three tables; other analyses take customers' segments from the first."""
    config = night.config
    known = own_files.customers(config, night.salt)
    feedback = frames.frame(night, "feedback", frames.FEEDBACK)
    opinions = frames.frame(night, "opinions", _OPINIONS)
    customers = classify_customers(feedback, opinions, known, config.segments)
    frames.write(night, "customers", customers)
    experience = experience_of_opinions(customers, feedback, opinions, config.segments, config.scores)
    frames.write(night, "portfolio", portfolio_table(customers, experience, config.scores))
    frames.write(night, "portfolio_moves", moves_table(customers, config.scores))
