"""Opinions become experience scores: counts per cell, shrinkage, ranges."""
