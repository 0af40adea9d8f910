"""What customers say they will do, and how experience met expectation: counts over a brand's feedback."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from cem_nlp.vocabulary import EXPECTATIONS, INTENTS


@dataclass(frozen=True, slots=True)
class Wishes:
    """Comments of a brand by intent and by expectation; one that says nothing of them counts in none."""

    brand: str
    n_feedback: int
    intents: Mapping[str, int]
    expectations: Mapping[str, int]


def wishes_of(feedback: pd.DataFrame, comments: pd.DataFrame, brands: Sequence[str]) -> tuple[Wishes, ...]:
    """Return the counts of each brand, near-duplicates left out; brands without feedback are absent."""
    originals = feedback.loc[feedback["duplicate_of"].isna(), ["feedback_id", "brand"]]
    rows = originals.merge(comments[["feedback_id", "intent", "expectation"]], on="feedback_id")
    counted = []
    for brand in brands:
        of_brand = rows[rows["brand"] == brand]
        if len(of_brand):
            intents = {code: int((of_brand["intent"] == code).sum()) for code in INTENTS}
            expectations = {code: int((of_brand["expectation"] == code).sum()) for code in EXPECTATIONS}
            counted.append(Wishes(brand, len(of_brand), intents, expectations))
    return tuple(counted)
