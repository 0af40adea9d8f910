"""The table `findings`: what somebody has to act on, collected from the finished tables."""

from cem_nlp.cem.finding_kinds import BUILDERS
from cem_nlp.cem.findings import Departments, findings_table
from cem_nlp.model_files import load_taxonomy
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night

_FEEDBACK = ("feedback_id", "brand", "duplicate_of")
_OPINIONS = ("feedback_id", "category", "polarity", "touchpoint", "topic")


def write(night: Night) -> None:
    """Write `findings` from the staged tables and the taxonomy's departments."""
    taxonomy = load_taxonomy(night.engine.taxonomy)
    departments = Departments(
        of_touchpoint={code: place.owner for code, place in taxonomy.touchpoints.items()},
        of_topic={
            code: topic.owner
            for topics in taxonomy.topics.values()
            for code, topic in topics.items()
            if topic.owner is not None
        },
    )
    finished = {name: frames.frame(night, name) for name, _ in BUILDERS}
    feedback = frames.frame(night, "feedback", _FEEDBACK)
    opinions = frames.frame(night, "opinions", _OPINIONS)
    own = night.config.brands.own
    frames.write(night, "findings", findings_table(finished, feedback, opinions, own, departments))
