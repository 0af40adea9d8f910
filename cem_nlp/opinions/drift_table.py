"""The rows of the table `drift`: a night's counts against the model's profile and against earlier nights.

Two references answer two questions. *Training*: does the model know such comments? Only their length and
their unknown n-grams are judged, one-sided, by how many lie outside the usual range of the training comments:
on the development comments F1 falls from 0.96 to 0.63 as the share of unknown n-grams rises from under a
tenth to over two fifths. A night need not look like the training comments otherwise, which are from many
trades and were picked to be rich in relationship, brand and neutral words: their shares of opinions are not
natural ones and are listed, not judged. *Past*: is tonight like the nights before? Every measure is judged;
those that depend on the model or the taxonomy against nights of the same versions alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from cem_nlp.opinions.drift import FEWEST_COMMENTS, FEWEST_NIGHTS, MAJOR, WORTH_A_LOOK, Shift, shift, unusual
from cem_nlp.opinions.profile import BINS, Counts, Profile
from cem_nlp.vocabulary import ALL

Row = dict[str, Any]

UNUSUAL: Final = "unusual"
"""The bin of what lies outside the usual range of the training comments."""

_TAILS: Final = {"length": (0.025, 0.025), "unknown": (0.0, 0.05)}
"""Shares of the training comments that count as unusual: at the lower and at the upper end."""
_OF_THE_MODEL: Final = {"unknown"}
_OF_THE_VERSIONS: Final = {"found", "opinions", "probability"}
_NIGHTS: Final = 28
"""Earlier nights that a night is held against: four of each weekday."""
_FALSE_ALARM: Final = 0.05
"""Probability that a night on which nothing has changed is called moved in any of its rows."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The model and the taxonomy that read a night."""

    model_version: str
    taxonomy_version: str


@dataclass(frozen=True, slots=True)
class PastCounts:
    """What an earlier night counted: its date, and a measure's bins and counts in one kind of feedback."""

    night: str
    kind: str
    measure: str
    bins: tuple[str, ...]
    counts: tuple[float, ...]
    versions: Versions


def drift_rows(
    tonight: Mapping[str, Mapping[str, Counts]],
    past: Sequence[PastCounts],
    profile: Profile | None,
    versions: Versions,
    random: np.random.Generator,
) -> list[Row]:
    """Return the rows of `drift` without run and night; `past` holds earlier nights, the latest first."""
    chance = _FALSE_ALARM / max(1, len(tonight) * (len(BINS) + len(_TAILS)))
    rows = _version_rows(versions, past)
    for kind, measures in sorted(tonight.items()):
        for measure, found in measures.items():
            common = {"kind": kind, "measure": measure, "n": round(found.sum()), **_counted(measure, found)}
            known = None if profile is None else profile.counts.get(kind, {}).get(measure)
            same_model = profile is not None and profile.model_version == versions.model_version
            rows.append(common | _against_training(measure, found, known, same_model, chance, random))
            rows.append(common | _against_past(kind, measure, found, past, versions, chance, random))
    return [_EMPTY | row | asdict(versions) for row in rows]


_EMPTY: Final[Row] = dict.fromkeys(
    ("nights", "value", "low", "high", "detail", "bin", "share", "share_reference"), None
)


def _counted(measure: str, found: Counts) -> Row:
    return {"bins": list(BINS[measure]), "counts": [round(float(n), 3) for n in found]}


def _version_rows(versions: Versions, past: Sequence[PastCounts]) -> list[Row]:
    """Tell whether model or taxonomy are those of the night before: if not, scores may differ for that."""
    before = asdict(past[0].versions) if past else {}
    return [
        {
            "kind": ALL,
            "measure": name.removesuffix("_version"),
            "reference": "past",
            "n": 0,
            "n_reference": 0,
            "bins": [],
            "counts": [],
            "verdict": "unknown" if not before else "stable" if before[name] == now else "moved",
            "detail": before.get(name, "few_nights"),
        }
        for name, now in asdict(versions).items()
    ]


def _against_training(
    measure: str,
    found: Counts,
    known: Counts | None,
    same_model: bool,
    chance: float,
    random: np.random.Generator,
) -> Row:
    row: Row = {"reference": "training", "n_reference": 0, "verdict": "unknown"}
    if known is None or not known.sum():
        return row | {"detail": "no_profile"}
    row |= {"n_reference": round(known.sum())}
    if not same_model:
        return row | {"detail": "other_model"}
    if found.sum() < FEWEST_COMMENTS:
        return row | {"detail": "few_comments"}
    if measure not in _TAILS:
        listed = shift(found, [known], least=MAJOR, chance=chance, random=random)
        return row | _told(listed, BINS[measure]) | {"verdict": "unknown", "detail": "unnatural_shares"}
    low, high = _TAILS[measure]
    odd = unusual(known, low=low, high=high)
    pairs = [np.array([counts[~odd].sum(), counts[odd].sum()]) for counts in (found, known)]
    told = shift(pairs[0], pairs[1:], least=MAJOR, chance=chance, random=random)
    share, expected = (float(pair[1] / pair.sum()) for pair in pairs)
    row |= _told(told, ("usual", UNUSUAL)) | {"bin": UNUSUAL, "share": share, "share_reference": expected}
    return row if share > expected else row | {"verdict": "stable"}


def _against_past(
    kind: str,
    measure: str,
    found: Counts,
    past: Sequence[PastCounts],
    versions: Versions,
    chance: float,
    random: np.random.Generator,
) -> Row:
    row: Row = {"reference": "past", "n_reference": 0, "nights": 0, "verdict": "unknown"}
    if found.sum() < FEWEST_COMMENTS:
        return row | {"detail": "few_comments"}
    of_measure = [
        counted
        for counted in past
        if (counted.kind, counted.measure, counted.bins) == (kind, measure, BINS[measure])
        and sum(counted.counts) >= FEWEST_COMMENTS
    ]
    alike = [counted for counted in of_measure if _comparable(measure, counted.versions, versions)][:_NIGHTS]
    nights = [np.array(counted.counts) for counted in alike]
    row |= {"n_reference": round(sum(counts.sum() for counts in nights)), "nights": len(nights)}
    if len(nights) < FEWEST_NIGHTS:
        return row | {"detail": "few_nights" if len(of_measure) < FEWEST_NIGHTS else "other_model"}
    told = shift(found, nights, least=WORTH_A_LOOK, chance=chance, random=random)
    return row | _told(told, BINS[measure])


def _comparable(measure: str, then: Versions, now: Versions) -> bool:
    if measure in _OF_THE_VERSIONS:
        return then == now
    return measure not in _OF_THE_MODEL or then.model_version == now.model_version


def _told(told: Shift, bins: Sequence[str]) -> Row:
    return {
        "value": told.value,
        "low": told.low,
        "high": told.high,
        "verdict": "moved" if told.moved else "stable",
        "bin": bins[told.place],
        "share": told.share,
        "share_reference": told.reference_share,
    }
