"""The table `themes`: the experience themes and what they have to do with loyalty."""

from cem_nlp.cem.themes import theme_table
from cem_nlp.model_files import load_taxonomy
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night

_OPINIONS = ("feedback_id", "category", "touchpoint")
_COMMENTS = ("feedback_id", "polarity", "intent", "themes")


def write(night: Night) -> None:
    """Write `themes` from the feedback, opinions and readings of all nights."""
    taxonomy = load_taxonomy(night.engine.taxonomy)
    table = theme_table(
        frames.frame(night, "feedback", (*frames.FEEDBACK, "source")),
        frames.frame(night, "opinions", _OPINIONS),
        frames.frame(night, "comments", _COMMENTS),
        {code: theme.level for code, theme in taxonomy.themes.items()},
        night.config.scores,
        night.config.comparison,
    )
    frames.write(night, "themes", table)
