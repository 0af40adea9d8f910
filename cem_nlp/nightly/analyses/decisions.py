"""Tables `brand_value`, `requirements` and `decisions`: why customers choose, what they ask, what is done."""

from typing import Final

from cem_nlp.cem import brand_value_table, decision_table, requirement_table
from cem_nlp.model_files import load_taxonomy
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night, strategy_of

_OPINIONS: Final = ("feedback_id", "category", "topic", "polarity", "touchpoint")
_COMMENTS: Final = ("feedback_id", "intent")


def write(night: Night) -> None:
    """Write all three from the feedback, the table `gaps` and the configured strategy."""
    taxonomy = load_taxonomy(night.engine.taxonomy)
    strategy = strategy_of(night.config, taxonomy)
    feedback = frames.frame(night, "feedback", frames.FEEDBACK)
    opinions = frames.frame(night, "opinions", _OPINIONS)
    fewest = night.config.scores.minimum_mentions
    comments = frames.frame(night, "comments", _COMMENTS)
    frames.write(night, "brand_value", brand_value_table(feedback, opinions, comments, fewest))
    requirements = requirement_table(feedback, opinions, taxonomy.topics, strategy, fewest)
    frames.write(night, "requirements", requirements)
    frames.write(night, "decisions", decision_table(frames.frame(night, "gaps"), requirements, strategy))
