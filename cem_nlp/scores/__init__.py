"""Opinions become experience scores: counted into cells, shrunk, given ranges."""

from cem_nlp.scores.aggregate import DIMENSIONS, GRAINS, grain_name, score_table
from cem_nlp.scores.intervals import net_score, net_score_range, share_range

__all__ = [
    "DIMENSIONS",
    "GRAINS",
    "grain_name",
    "net_score",
    "net_score_range",
    "score_table",
    "share_range",
]
