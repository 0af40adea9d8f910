"""Daily and weekly series per cell: a brand as a whole, its categories, its touchpoints.

Undated feedback is filed under its night and would look like a rise there, so it is left out; so are days
after the night itself, which only a mistyped date can give.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.scores.cells import correlation_within_customers, count_cells, effective_mentions, mentions_of
from cem_nlp.scores.intervals import Numbers
from cem_nlp.scores.reference import DAILY, WEEKLY, Flags, Integers, Observed, Pace
from cem_nlp.vocabulary import ALL, POLARITIES

_FROM_FEEDBACK: Final = ("brand", "kind", "source", "channel")
_FROM_OPINIONS: Final = ("category", "touchpoint", "model_version", "taxonomy_version")
_CELL: Final = ("brand", "category", "touchpoint")
_MONDAY: Final = date(2018, 12, 31).toordinal()
"""A Monday: days are counted from it, so that whole sevens are ISO weeks."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Dated mentions, near-duplicates left out.

    `mentions` is that of `cells.mentions_of` by brand, kind, source, channel, category, touchpoint and the
    versions of model and taxonomy, with the ordinal of the `day`; `last` is the last day anybody spoke.
    """

    mentions: pd.DataFrame
    last: int


@dataclass(frozen=True, slots=True)
class Series:
    """Series × points of one pace. `cells` says brand, category, touchpoint ('all' where open) and `is_own`.

    Counts per point: opinions by polarity, `independent` opinions (of several by one customer fewer),
    `comments` in the cell and comments `of` its brand. `days` holds the ordinal of each point's last day;
    `spoken` marks the points at which anybody said anything of any brand.
    """

    cells: pd.DataFrame
    pace: Pace
    days: Integers
    positive: Numbers
    neutral: Numbers
    negative: Numbers
    independent: Numbers
    comments: Numbers
    of: Numbers
    spoken: Flags

    @property
    def mentions(self) -> Numbers:
        """Opinions of each point."""
        return self.positive + self.neutral + self.negative

    @property
    def overall(self) -> Flags:
        """Mark the series of a brand as a whole."""
        return np.asarray((self.cells["category"] == ALL) & (self.cells["touchpoint"] == ALL))

    def experience(self) -> Observed:
        """Return the mean experience of each point on the scale 0–1."""
        mentions = np.maximum(self.mentions, 1)
        mean, square = self.positive + self.neutral / 2, self.positive + self.neutral / 4
        return Observed(mean / mentions, square / mentions, self.independent)

    def share(self) -> Observed:
        """Return the share of the brand's comments that speak of the cell."""
        mean = self.comments / np.maximum(self.of, 1)
        return Observed(mean, mean, self.of)

    def volume(self) -> Observed:
        """Return the comments of each point, from the brand's first day on; silent points are missing."""
        begun = np.maximum.accumulate(self.of > 0, axis=1)
        return Observed(self.comments, self.comments, np.where(begun & self.spoken, 1.0, 0.0))


def talk_of(feedback: pd.DataFrame, opinions: pd.DataFrame, night: date, days: int) -> Talk | None:
    """Return what was said on dated feedback in the time that the last `days` need; None where nothing was.

    `feedback` and `opinions` follow their schemas.
    """
    dated = feedback[feedback["created_at"].notna() & feedback["duplicate_of"].isna()]
    ordinal = _ordinals(dated["business_date"])
    dated, ordinal = dated[ordinal <= night.toordinal()], ordinal[ordinal <= night.toordinal()]
    if dated.empty:
        return None
    last = int(ordinal.max())
    needed = days + max(pace.days * (pace.reference + pace.memory + 2) for pace in (DAILY, WEEKLY))
    recent = ordinal > last - needed
    dated, ordinal = dated[recent].reset_index(drop=True), ordinal[recent]
    mentions = mentions_of(dated, opinions, _FROM_FEEDBACK, _FROM_OPINIONS)
    return Talk(mentions.assign(day=ordinal[mentions["comment"]]), last) if len(mentions) else None


def series_of(talk: Talk, pace: Pace, own: Sequence[str], fewest: float) -> Series | None:
    """Return the series of at least `fewest` mentions, own brands first; None where there is none.

    The last point ends with the last day of the data at most; an unfinished week is left out.
    """
    mentions = talk.mentions.assign(point=(talk.mentions["day"] - _MONDAY) // pace.days)
    end = (talk.last + 1 - _MONDAY) // pace.days
    mentions = mentions[mentions["point"] < end]
    if mentions.empty:
        return None
    start = int(mentions["point"].min())
    correlation = correlation_within_customers(count_cells(mentions, ("brand", "category")))
    counted = pd.concat([_counted(mentions, grain, correlation) for grain in _GRAINS], ignore_index=True)
    enough = counted.groupby(list(_CELL), observed=True)["n_mentions"].transform("sum") >= fewest
    counted = counted[enough]
    if counted.empty:
        return None
    cells = counted[list(_CELL)].drop_duplicates()
    cells = cells.assign(is_own=cells["brand"].isin(own))
    cells = cells.sort_values(["is_own", *_CELL], ascending=[False, True, True, True], ignore_index=True)
    row = pd.MultiIndex.from_frame(cells[list(_CELL)]).get_indexer(
        pd.MultiIndex.from_frame(counted[list(_CELL)])
    )
    place = np.asarray(row, dtype=np.int64), counted["point"].to_numpy(np.int64) - start
    points = end - start
    names = (*POLARITIES, "independent", "n_feedback", "of")
    filled = {name: _dense(counted[name], place, (len(cells), points)) for name in names}
    comments, of = filled.pop("n_feedback"), filled.pop("of")
    spoken = np.isin(np.arange(start, end), mentions["point"])
    days = _MONDAY + (np.arange(start, end) + 1) * pace.days - 1
    return Series(cells, pace, days, **filled, comments=comments, of=_of_brand(cells, of), spoken=spoken)


_GRAINS: Final = (("brand",), ("brand", "category"), ("brand", "touchpoint"))


def _counted(mentions: pd.DataFrame, grain: tuple[str, ...], correlation: float) -> pd.DataFrame:
    """Count a grain's points; `of` is filled for a brand as a whole alone."""
    counts = count_cells(mentions, (*grain, "point"))
    counts["independent"] = effective_mentions(counts, correlation)
    counts["of"] = counts["n_feedback"] if grain == ("brand",) else 0
    absent = {name: ALL for name in _CELL if name not in grain}
    return counts.assign(**absent).astype(dict.fromkeys(_CELL, "str"))


def _dense(values: pd.Series, place: tuple[Integers, Integers], shape: tuple[int, int]) -> Numbers:
    dense = np.zeros(shape)
    dense[place] = values.to_numpy(np.float64)
    return dense


def _of_brand(cells: pd.DataFrame, of: Numbers) -> Numbers:
    """Give every series its brand's comments. A brand as a whole is there wherever one of its cells is."""
    overall = np.flatnonzero((cells["category"] == ALL) & (cells["touchpoint"] == ALL))
    return np.asarray(of[overall[pd.Index(cells["brand"].iloc[overall]).get_indexer(cells["brand"])]])


def _ordinals(days: pd.Series) -> Integers:
    """Return days as ordinals of the calendar, whichever of pandas' types they came in."""
    codes, distinct = pd.factorize(days)
    ordinals = np.array([date.fromisoformat(str(day)[:10]).toordinal() for day in distinct], dtype=np.int64)
    return np.asarray(ordinals[codes] if len(distinct) else np.zeros(0, dtype=np.int64))
