"""The tables `perception` and `benchmarks`: the company's own view, and the reference group's score."""

from cem_nlp.cem.benchmark import against_brands, against_published
from cem_nlp.cem.perception import customers_experience, perception_table
from cem_nlp.language import Bilingual
from cem_nlp.nightly import own_files
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.analyses.comparisons import refuse_absent
from cem_nlp.nightly.night import Night
from cem_nlp.scores.comparison import comparable_mentions, compare_brands
from cem_nlp.vocabulary import UNKNOWN

_OPINIONS = ("feedback_id", "category", "polarity", "touchpoint", "topic")
_GRAINS = ((), ("category",))


def write(night: Night) -> None:
    """Write `perception` where the company rates itself, and `benchmarks` where a reference is configured.

    Raises ConfigError for a reference brand that no feedback names while it names others of the group: where
    it names none, they may be yet to come, and the report says so.
    """
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
        known = set(feedback["brand"]) - {UNKNOWN, *config.brands.own}
        what = Bilingual("没有一条反馈说到这个标杆品牌", "no feedback names this brand of the benchmark")
        refuse_absent(group.brands, known, what, "benchmark.brands")
        mentions = comparable_mentions(feedback, frames.frame(night, "opinions", _OPINIONS))
        own, settings = config.brands.own, config.comparison
        compared = compare_brands(mentions, own, (), group.brands, settings, config.scores, _GRAINS)
        table = against_brands(compared, group.name)
    frames.write(night, "benchmarks", table)
