"""The tables `service_calls` and `service_topics`: what calls are about and what becomes of them."""

from cem_nlp.cem.service import service_calls, service_topics
from cem_nlp.cem.service_turns import read_calls
from cem_nlp.model_files import load_taxonomy
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night
from cem_nlp.service_file import load_service_patterns

_FEEDBACK = (*frames.FEEDBACK, "created_at")
_TURNS = ("feedback_id", "turn_no", "role", "offset_seconds", "text")


def write(night: Night) -> None:
    """Write `service_calls` and `service_topics` from the calls of all nights."""
    config, taxonomy = night.config, load_taxonomy(night.engine.taxonomy)
    turns = frames.frame(night, "turns", _TURNS)
    calls = service_calls(
        frames.frame(night, "feedback", _FEEDBACK),
        turns,
        frames.frame(night, "opinions", ("feedback_id", "polarity", "topic")),
        frames.frame(night, "comments", ("feedback_id", "polarity")),
        read_calls(turns, taxonomy, load_service_patterns(config)),
        config.service.product_lines,
    )
    category_of = {topic: category for category, topics in taxonomy.topics.items() for topic in topics}
    frames.write(night, "service_calls", calls)
    minimum, confidence = config.scores.minimum_mentions, config.scores.confidence
    frames.write(night, "service_topics", service_topics(calls, category_of, minimum, confidence))
