"""The scale of a user's answers, and the 0–10 of the method."""

import pandas as pd

from cem_nlp.errors import InputError
from cem_nlp.language import Bilingual
from cem_nlp.scores.intervals import SCALE


def refuse_reversed(low: float, high: float, name: str, error: type[InputError]) -> None:
    """Raise `error` where the scale of the file `name` does not run upwards."""
    if not low < high:
        what = Bilingual("量表的 low 必须小于 high", "the low end of the scale must lie below its high end")
        raise error(what, where=name, value=f"{low:g}–{high:g}")


def rescaled(scores: "pd.Series[float]", low: float, high: float) -> "pd.Series[float]":
    """Return scores on the scale `low`–`high` as scores of 0–10."""
    return (scores - low) * SCALE / (high - low)
