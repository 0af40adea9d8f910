"""Quotes of one brand's customers on something particular, found without joining whole tables each time."""

import re
from dataclasses import dataclass
from typing import Final

import pandas as pd

from cem_nlp.report.inputs import ReportTables
from cem_nlp.report.quotes import SIDES, Quote, pick_quotes

_SUREST: Final = 30
"""Opinions that are looked at for a quote, the surest ones."""
_NOT_DENIED: Final = "(?<![不没未无])"
"""满意 is no part of 不满意: a quote that denies the word would say the opposite of it."""


@dataclass(frozen=True, slots=True)
class BrandQuotes:
    """What was said of `brand`."""

    brand: str
    opinions: pd.DataFrame
    feedback: pd.DataFrame
    comments: pd.DataFrame

    def on_topic(self, category: str, topic: str, side: str) -> tuple[Quote, ...]:
        """Return one quote on a sub-topic, positive or negative; none where nobody said so."""
        about = self.opinions
        about = about[(about["topic"] == topic) & (about["category"] == category)]
        return self._one(about[about["polarity"] == side], category, side)

    def with_word(self, category: str, word: str, among: pd.Series | None = None) -> tuple[Quote, ...]:
        """Return one quote that holds a word and does not deny it, a complaint where there is one; of the
        feedback numbers `among` alone where they are given.
        """
        about = self.opinions[self.opinions["category"] == category]
        about = about[about["evidence"].str.contains(_NOT_DENIED + re.escape(word), case=False)]
        if among is not None:
            about = about[about["feedback_id"].isin(among)]
        found = (self._one(about[about["polarity"] == side], category, side) for side in SIDES)
        return next((quotes for quotes in found if quotes), ())

    def _one(self, about: pd.DataFrame, category: str, side: str) -> tuple[Quote, ...]:
        surest = about.nlargest(_SUREST, "probability")
        feedback, comments = (
            table[table["feedback_id"].isin(surest["feedback_id"])]
            for table in (self.feedback, self.comments)
        )
        return pick_quotes(surest, feedback, comments, [self.brand], 1)[category, side]


def quotes_of(tables: ReportTables, brand: str) -> BrandQuotes:
    """Return what was said of a brand."""
    feedback = tables.feedback[tables.feedback["brand"] == brand]
    opinions, comments = (
        table[table["feedback_id"].isin(feedback["feedback_id"])]
        for table in (tables.opinions, tables.comments)
    )
    return BrandQuotes(brand, opinions, feedback, comments)
