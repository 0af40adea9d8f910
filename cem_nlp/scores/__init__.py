"""Opinions become experience scores: counted into cells, shrunk, given ranges."""

from cem_nlp.scores.aggregate import DIMENSIONS, GRAINS, grain_name, score_table
from cem_nlp.scores.drivers import driver_table
from cem_nlp.scores.intervals import net_score, net_score_range, share_range
from cem_nlp.scores.resampling import replicate_counts, replicate_scores

__all__ = [
    "DIMENSIONS",
    "GRAINS",
    "driver_table",
    "grain_name",
    "net_score",
    "net_score_range",
    "replicate_counts",
    "replicate_scores",
    "score_table",
    "share_range",
]
