"""Whether the other brands moved alike: then the market, the platform or the gathering of data moved, not one
brand's experience.
"""

from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.scores.intervals import SCALE
from cem_nlp.scores.reference import EXPERIENCE, VOLUME

FEWEST: Final = 30
"""Comments the others need in either window: from fewer a change of one point is not told from chance."""
ALIKE: Final = 0.5
"""Share of the brand's change that the others have to show. A convention: most of it is then not its own."""


def moved_alike(
    before: pd.DataFrame,
    after: pd.DataFrame,
    days: tuple[int, int],
    change: tuple[float, float],
    measure: str,
) -> bool:
    """Tell whether other brands show at least half of a brand's `change` (value before, value after).

    `before` and `after` are the others' mentions in the windows of `days` days, with `inside` marking those
    of the cell. Experience changes by points, share and volume by factors.
    """
    heard = [window if measure != EXPERIENCE.name else window[window["inside"]] for window in (before, after)]
    if any(window["comment"].nunique() < FEWEST for window in heard):
        return False
    theirs = [_level(window, number, measure) for window, number in zip(heard, days, strict=True)]
    if measure == EXPERIENCE.name:
        ours, others = change[1] - change[0], theirs[1] - theirs[0]
    else:
        if min(*theirs, *change) <= 0:
            return False
        ours, others = np.log(change[1] / change[0]), np.log(theirs[1] / theirs[0])
    return bool(others / ours >= ALIKE) if ours else False


def _level(mentions: pd.DataFrame, days: int, measure: str) -> float:
    if measure == EXPERIENCE.name:
        return float(mentions["half_points"].mean() * SCALE / 2)
    comments = mentions["comment"].nunique()
    if measure == VOLUME.name:
        return comments / days
    return float(mentions.loc[mentions["inside"], "comment"].nunique() / comments)
