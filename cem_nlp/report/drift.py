"""Whether the night's comments are such as the model was trained on, and such as earlier nights'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from cem_nlp.report import format as numbers
from cem_nlp.report.cells import number, word
from cem_nlp.report.phrases import Phrases

VERSIONS = ("model", "taxonomy")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row of `drift`: a measure of one kind of feedback against a reference."""

    kind: str
    measure: str
    reference: str
    nights: int
    verdict: str
    detail: str | None
    bin: str | None
    share: float | None
    share_reference: float | None

    @property
    def judged(self) -> bool:
        """Whether there was enough to tell."""
        return self.verdict != "unknown"

    @property
    def moved(self) -> bool:
        """Whether it differs by more than chance explains, and by enough to matter."""
        return self.verdict == "moved"


@dataclass(frozen=True, slots=True)
class Drift:
    """The night's comparisons with the training comments and with earlier nights, and the versions'."""

    training: Sequence[Comparison]
    past: Sequence[Comparison]
    versions: Sequence[Comparison]

    @property
    def moved(self) -> bool:
        """Whether anything moved."""
        return any(found.moved for found in (*self.training, *self.past, *self.versions))

    @property
    def nights(self) -> int:
        """How many earlier nights the night was held against, at most."""
        return max((found.nights for found in self.past if found.judged), default=0)


def drift_of(drift: pd.DataFrame, night: date) -> Drift:
    """Return the comparisons made in `night`; none in a night before there were any."""
    found = [_comparison(row) for row in drift[drift["night"] == night.isoformat()].to_dict("records")]
    measured = [comparison for comparison in found if comparison.measure not in VERSIONS]
    return Drift(
        training=[comparison for comparison in measured if comparison.reference == "training"],
        past=[comparison for comparison in measured if comparison.reference == "past"],
        versions=[comparison for comparison in found if comparison.measure in VERSIONS],
    )


def _comparison(row: dict[object, object]) -> Comparison:
    return Comparison(
        kind=str(row["kind"]),
        measure=str(row["measure"]),
        reference=str(row["reference"]),
        nights=int(number(row["nights"]) or 0),
        verdict=str(row["verdict"]),
        detail=word(row["detail"]),
        bin=word(row["bin"]),
        share=number(row["share"]),
        share_reference=number(row["share_reference"]),
    )


def drift_caution(drift: Drift, phrases: Phrases) -> list[str]:
    """Return what the key points must say of drift: nothing where nothing moved."""
    cautions = []
    if any(found.moved for found in drift.versions):
        cautions.append(phrases.say("caution_versions"))
    for reference, comparisons in (("past", drift.past), ("training", drift.training)):
        kinds = list(dict.fromkeys(found.kind for found in comparisons if found.moved))
        if kinds:
            cautions.append(phrases.say(f"caution_{reference}", kinds=phrases.kinds(kinds)))
    return cautions


def drift_sentences(drift: Drift, phrases: Phrases) -> list[str]:
    """Return what is known of drift: versions, then earlier nights, then the training comments."""
    sentences = [
        phrases.say("version_moved", version=phrases.say(f"{found.measure}_version"), before=found.detail)
        for found in drift.versions
        if found.moved
    ]
    for reference, comparisons in (("past", drift.past), ("training", drift.training)):
        moved = [_moved(found, drift.nights, phrases) for found in comparisons if found.moved]
        judged = any(found.judged for found in comparisons)
        standing = phrases.say(f"{reference}_{'stable' if judged else 'unknown'}", nights=drift.nights)
        sentences += moved or [standing]
    return sentences


def _moved(found: Comparison, nights: int, phrases: Phrases) -> str:
    assert found.share is not None
    assert found.share_reference is not None
    return phrases.say(
        f"{found.reference}_moved",
        nights=nights,
        kind=phrases.kind(found.kind),
        measure=phrases.say(f"drift_{found.measure}"),
        bin=_bin(found, phrases),
        share=numbers.percent(found.share),
        before=numbers.percent(found.share_reference),
    )


def _bin(found: Comparison, phrases: Phrases) -> str:
    bin_name = found.bin or ""
    if found.measure == "opinions":
        category, polarity = bin_name.split()
        return f"{phrases.category(category)} · {phrases.polarity(polarity)}"
    if found.measure in ("language", "found"):
        return phrases.say(f"bin_{found.measure}_{bin_name}")
    return phrases.say(f"bin_{found.measure}", range=bin_name)
