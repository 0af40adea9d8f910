"""The tables `journeys` and `emotions`: peaks, ends and the emotion curve."""

from cem_nlp.cem.emotions import compared_stages, emotion_table, stage_scores, staged
from cem_nlp.cem.journeys import emotions_said, journey_table
from cem_nlp.cem.stages import VIEWS
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night
from cem_nlp.scores.comparison import comparable_mentions, compare_brands, rivals_of

_FEEDBACK = (*frames.FEEDBACK, "source", "created_at")
_OPINIONS = ("feedback_id", "opinion_no", "category", "polarity", "touchpoint", "topic", "probability")


def write(night: Night) -> None:
    """Write `journeys` and `emotions` from the feedback and opinions of all nights."""
    config, settings = night.config, night.config.scores
    feedback = frames.frame(night, "feedback", _FEEDBACK)
    opinions = frames.frame(night, "opinions", _OPINIONS)
    said = emotions_said(feedback, opinions)
    frames.write(night, "journeys", journey_table(said, settings.minimum_mentions, settings.confidence))
    mentions = comparable_mentions(feedback, opinions)
    rivals = rivals_of(mentions, config.brands.own, config.comparison.rivals)
    found = {}
    for view in VIEWS:
        of_view = staged(mentions, view)
        found[view] = compare_brands(
            of_view.assign(touchpoint=of_view["stage"]),
            config.brands.own,
            rivals,
            rivals,
            config.comparison,
            settings,
            [("touchpoint",)],
        )
    scored = stage_scores(mentions, settings.confidence)
    emotions = emotion_table(scored, said, compared_stages(found), settings.minimum_mentions)
    frames.write(night, "emotions", emotions)
