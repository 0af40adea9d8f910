"""Strengths and weaknesses taken out of the table `comparisons`, the ones we can be surest of first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from cem_nlp.vocabulary import ALL

Verdict = Literal["better", "worse"]

PLACES: Final = ("touchpoint×category", "category×topic")
"""Grains in which strengths and weaknesses are sought: fine enough to know what to do."""

_CELL: Final = ["category", "touchpoint", "topic"]


@dataclass(frozen=True, slots=True)
class Place:
    """A cell in which a brand is better or worse, with its figures against the first of `rivals`.

    `rivals` are those it differs from in this sense, the industry ('all') before the others.
    """

    category: str
    touchpoint: str
    topic: str
    verdict: Verdict
    rivals: tuple[str, ...]
    experience: float
    experience_rival: float
    difference: float
    low: float
    high: float
    n_mentions: int
    n_rival: int

    @property
    def sure_points(self) -> float:
        """The end of the difference's range nearest to 0: what is there at least."""
        return self.low if self.verdict == "better" else -self.high


def places(table: pd.DataFrame) -> dict[Verdict, tuple[Place, ...]]:
    """Return where one brand is better and where it is worse, the largest sure difference first.

    `table` holds the rows of one brand. The industry decides where it differs from it; elsewhere any rival
    does, unless the brand is better than one and worse than another.
    """
    judged = table[table["grain"].isin(PLACES) & table["verdict"].isin(["better", "worse"])]
    found: dict[Verdict, tuple[Place, ...]] = {"better": (), "worse": ()}
    cells = [_place(rows) for _, rows in judged.groupby(_CELL, sort=True)]
    known = sorted((cell for cell in cells if cell is not None), key=lambda p: -p.sure_points)
    for verdict in found:
        found[verdict] = tuple(_distinct(place for place in known if place.verdict == verdict))
    return found


def _place(rows: pd.DataFrame) -> Place | None:
    industry = rows[rows["rival"] == ALL]
    deciding = industry if len(industry) else rows
    if deciding["verdict"].nunique() > 1:
        return None
    verdict: Verdict = deciding["verdict"].iloc[0]
    agreeing = rows[rows["verdict"] == verdict]
    order = [(agreeing["rival"] != ALL).rename("single"), -agreeing["n_rival"], agreeing["rival"]]
    agreeing = agreeing.loc[pd.concat(order, axis=1).sort_values(["single", "n_rival", "rival"]).index]
    first: dict[Any, Any] = agreeing.iloc[0].to_dict()
    return Place(
        category=str(first["category"]),
        touchpoint=str(first["touchpoint"]),
        topic=str(first["topic"]),
        verdict=verdict,
        rivals=tuple(agreeing["rival"].astype(str)),
        experience=float(first["experience"]),
        experience_rival=float(first["experience_rival"]),
        difference=float(first["difference"]),
        low=float(first["difference_low"]),
        high=float(first["difference_high"]),
        n_mentions=int(first["n_mentions"]),
        n_rival=int(first["n_rival"]),
    )


def _distinct(found: Iterable[Place]) -> list[Place]:
    """Leave out a touchpoint's category whose figures repeat those of a place before it, and the reverse."""
    kept: list[Place] = []
    for place in found:
        if all((place.experience, place.category) != (other.experience, other.category) for other in kept):
            kept.append(place)
    return kept
