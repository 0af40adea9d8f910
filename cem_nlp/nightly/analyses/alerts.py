"""The tables `alerts` and `alert_series`: changes of the last days, in dated feedback of all nights."""

from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night
from cem_nlp.nightly.own_files import events
from cem_nlp.scores.alerting import alert_tables

_FEEDBACK = (*frames.FEEDBACK, "source", "created_at")
_OPINIONS = ("feedback_id", "category", "polarity", "touchpoint", "model_version", "taxonomy_version")


def write(night: Night) -> None:
    """Write `alerts` and `alert_series`."""
    feedback = frames.frame(night, "feedback", _FEEDBACK)
    opinions = frames.frame(night, "opinions", _OPINIONS)
    calendar = events(night.config)
    latest = frames.latest_night(night)
    alerts, series = alert_tables(feedback, opinions, calendar, night.config.alerts, latest)
    frames.write(night, "alerts", alerts)
    frames.write(night, "alert_series", series)
