"""Quotes of one brand's customers on something particular, found without joining whole tables each time."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from cem_nlp.report.inputs import ReportTables
from cem_nlp.report.quotes import SIDES, Quote, pick_quotes

_SUREST: Final = 30
"""Opinions that are looked at for a quote, the surest ones."""


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

    def with_word(self, category: str, word: str) -> tuple[Quote, ...]:
        """Return one quote that holds a word, a complaint where there is one."""
        about = self.opinions[self.opinions["category"] == category]
        about = about[about["evidence"].str.contains(word, case=False, regex=False)]
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
