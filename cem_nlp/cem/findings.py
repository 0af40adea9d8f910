"""Everything found that somebody has to act on, with the department that answers for it.

Experience is not the job of the front line alone: each finding has an owner. It is the department of the
topic, where the taxonomy names one; else that of the touchpoint; and for a finding on a category alone, that
of the touchpoint where most of the blame falls.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem import finding_kinds
from cem_nlp.cem.finding_kinds import COLUMNS, Voice
from cem_nlp.scores.cells import HALF_POINTS
from cem_nlp.vocabulary import ALL

SEVERITIES: Final = ("high", "medium", "low")
SEVERE: Final[Mapping[str, float]] = {"high": 0.2, "medium": 0.02}
"""Points of the brand's whole score at stake from which a finding is severe. A convention: on a brand of some
thousand opinions 0.2 is about what the range of its score lets one see; a tenth of it is medium."""
WITHOUT_POINTS: Final[Mapping[str, str]] = {"action_failed": "medium", "misplaced": "medium"}
"""Severity of findings whose stake cannot be told in points; those not named are low."""


@dataclass(frozen=True, slots=True)
class Departments:
    """Which department answers for a touchpoint, and for the topics that have one of their own."""

    of_touchpoint: Mapping[str, str]
    of_topic: Mapping[str, str]


def findings_table(
    tables: Mapping[str, pd.DataFrame],
    feedback: pd.DataFrame,
    opinions: pd.DataFrame,
    own: Sequence[str],
    departments: Departments,
) -> pd.DataFrame:
    """Return the table `findings` without `run_id`, the most urgent first.

    `tables` holds finished tables by name (touchpoints, comparisons, alerts, topics, gaps, decisions,
    missing_points, feedback_loop); one that is absent or empty contributes nothing. `feedback` and `opinions`
    follow their schemas. Findings are those of the `own` brands, of every brand where none is spoken of.
    """
    voice = voice_of(feedback, opinions, own)
    parts = [
        build(tables[name], voice)
        for name, build in finding_kinds.BUILDERS
        if name in tables and len(tables[name])
    ]
    known = [part for part in parts if len(part)]
    found = pd.concat(known, ignore_index=True) if known else pd.DataFrame(columns=list(COLUMNS))
    found = _owned(found, voice, departments)
    found["severity"] = _severity(found)
    order = {code: number for number, code in enumerate(SEVERITIES)}
    found["urgency"] = found["severity"].map(order)
    found = found.sort_values(
        ["urgency", "points", "n", "kind"], ascending=[True, False, False, True], ignore_index=True
    )
    found["finding_no"] = np.arange(1, len(found) + 1)
    return found.drop(columns="urgency")


def voice_of(feedback: pd.DataFrame, opinions: pd.DataFrame, own: Sequence[str]) -> Voice:
    """Return what is said of the brands that findings are about, near-duplicates left out."""
    originals = feedback[feedback["duplicate_of"].isna()][["feedback_id", "brand"]]
    spoken = set(originals["brand"].unique())
    brands = tuple(brand for brand in own if brand in spoken) or tuple(sorted(spoken))
    said = opinions.merge(originals[originals["brand"].isin(brands)], on="feedback_id")
    return Voice(brands, said)


def _owned(found: pd.DataFrame, voice: Voice, departments: Departments) -> pd.DataFrame:
    by_category, by_topic = _blamed(voice, ["brand", "category"]), _blamed(voice, ["brand", "topic"])
    rows = []
    for finding in found.to_dict("records"):
        touchpoint = finding["touchpoint"]
        blamed = by_topic.get((finding["brand"], finding["topic"]))
        blamed = blamed or by_category.get((finding["brand"], finding["category"]))
        place = blamed if touchpoint == ALL else touchpoint
        owner = departments.of_topic.get(str(finding["topic"]))
        origin = "topic"
        if owner is None:
            owner = departments.of_touchpoint.get(str(place))
            origin = "most_blame" if touchpoint == ALL else "touchpoint"
        rows.append((place, owner, None if owner is None else origin))
    return found.assign(
        **dict(
            zip(
                ("blamed_at", "owner", "owner_from"),
                map(list, zip(*rows, strict=True)) if rows else ([], [], []),
                strict=True,
            )
        )
    )


def _blamed(voice: Voice, by: list[str]) -> dict[tuple[str, str], str]:
    """Return the touchpoint with most negative opinions of each brand and category or topic."""
    negative = voice.said[voice.said["polarity"].map(HALF_POINTS) == 0].dropna(subset=by)
    counts = negative.groupby([*by, "touchpoint"]).size().reset_index(name="n")
    worst = counts.sort_values(["n", "touchpoint"], ascending=[False, True]).drop_duplicates(by)
    return {
        (str(row[0]), str(row[1])): str(row[2]) for row in worst[[*by, "touchpoint"]].itertuples(index=False)
    }


def _severity(found: pd.DataFrame) -> pd.Series:
    points = found["points"].astype("float64")
    without = found["kind"].map(WITHOUT_POINTS).fillna("low")
    known = np.select(
        [points >= SEVERE["high"], points >= SEVERE["medium"]], ["high", "medium"], default="low"
    )
    return pd.Series(np.where(points.isna(), without, known), found.index, dtype="str")
