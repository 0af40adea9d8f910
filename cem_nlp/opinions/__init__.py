"""Opinions: find what customers experienced, in which category, with which polarity, at which touchpoint."""

from cem_nlp.opinions.types import Opinion, OpinionEngine, Reading, Reason

__all__ = ["Opinion", "OpinionEngine", "Reading", "Reason"]
