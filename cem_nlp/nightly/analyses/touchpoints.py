"""The tables `touchpoints`, `missing_points` and `blueprint`."""

from collections.abc import Sequence

import pandas as pd

from cem_nlp.cem.blueprint import blueprint_table
from cem_nlp.cem.missing_points import missing_points
from cem_nlp.cem.preferences import placed_wishes, wished_channels
from cem_nlp.cem.touchpoint_figures import touchpoint_figures
from cem_nlp.cem.touchpoint_importance import importance_of_touchpoints
from cem_nlp.cem.touchpoints import channel_scores, touchpoint_measures, touchpoint_table
from cem_nlp.model_files import load_taxonomy
from cem_nlp.nightly.analyses import frames
from cem_nlp.nightly.night import Night
from cem_nlp.nightly.touchpoint_files import blueprint_of, touchpoint_answers
from cem_nlp.scores.comparison import comparable_mentions

_OPINIONS = ("feedback_id", "category", "polarity", "touchpoint", "topic", "start", "end")
_WISHES = ("feedback_id", "wish_no", "sort", "channel", "category", "topic", "start", "end", "evidence")


def write(night: Night) -> None:
    """Write `touchpoints`, `missing_points` and `blueprint` from all nights and the user's files."""
    config = night.config
    taxonomy = load_taxonomy(night.engine.taxonomy)
    least = config.scores.minimum_mentions
    feedback = frames.frame(night, "feedback", (*frames.FEEDBACK, "source"))
    opinions = frames.frame(night, "opinions", _OPINIONS)
    brands = _brands(feedback, config.brands.own)
    feedback = feedback[feedback["brand"].isin(brands)]
    mentions = comparable_mentions(feedback, opinions)
    placed = placed_wishes(frames.frame(night, "wishes", _WISHES), opinions, feedback)
    table = touchpoint_table(
        touchpoint_measures(mentions, taxonomy.touchpoints, brands, config.brands.own, least),
        channel_scores(mentions, taxonomy.touchpoints, brands),
        importance_of_touchpoints(feedback, opinions, brands),
        wished_channels(placed, config.scores.confidence),
        touchpoint_figures(touchpoint_answers(config, taxonomy)),
        least,
    )
    frames.write(night, "touchpoints", table)
    spoken = feedback[feedback["duplicate_of"].isna()]["brand"].value_counts()
    counts = {str(brand): int(n) for brand, n in spoken.items()}
    points = missing_points(placed, mentions, counts, taxonomy.touchpoints, least, taxonomy.unasked)
    frames.write(night, "missing_points", points)
    frames.write(night, "blueprint", blueprint_table(blueprint_of(config), table, mentions, least))


def _brands(feedback: pd.DataFrame, own: Sequence[str]) -> list[str]:
    """Return the own brands that customers spoke of, every brand where none is own."""
    present = sorted(set(feedback["brand"]))
    return [brand for brand in present if brand in own] or present
