"""The tables `perception` and `benchmarks`: the company's own view, and the reference group's score."""

from cem_nlp.cem.benchmark import against_brands, against_published
from cem_nlp.cem.perception import customers_experience, perception_table
from cem_nlp.nightly import own_files
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night
from cem_nlp.scores.comparison import comparable_mentions, compare_brands

_OPINIONS = ("feedback_id", "category", "polarity", "touchpoint", "topic")
_GRAINS = ((), ("category",))


def write(night: Night) -> None:
    """Write `perception` where the company rates itself, and `benchmarks` where a reference is configured."""
    config = night.config
    scores = frames.frame(night, "scores")
    ratings = own_files.ratings(config)
    if ratings is not None:
        experience = customers_experience(frames.frame(night, "gaps"), scores)
        frames.write(night, "perception", perception_table(ratings, experience, config.brands.own))
    group = config.benchmark
    if group is None:
        return
    if group.values:
        table = against_published(scores, group.values, group.name, group.low, group.high)
    else:
        feedback = frames.frame(night, "feedback", (*frames.FEEDBACK, "source"))
        mentions = comparable_mentions(feedback, frames.frame(night, "opinions", _OPINIONS))
        own, settings = config.brands.own, config.comparison
        compared = compare_brands(mentions, own, (), group.brands, settings, config.scores, _GRAINS)
        table = against_brands(compared, group.name)
    frames.write(night, "benchmarks", table)
