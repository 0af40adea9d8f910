"""How far a night's comments and readings are from a reference, and whether chance explains it.

The distance is the population stability index, Σ (p − q) ln(p / q) over bins (Siddiqi, Credit Risk
Scorecards, 2006). With B bins it is about (B − 1) × (1/n + 1/m) by chance alone (Yurdakul and Naranjo,
2020), which for twenty comments is more than its usual marks; so each comparison is held against what
resampling gives at the night's own size. Nights differ by more than chance: how much more is estimated from
the past ones and goes into the resampling.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import chdtri

from cem_nlp.opinions.profile import Counts

WORTH_A_LOOK: Final = 0.1
MAJOR: Final = 0.25
"""The usual marks of the index: nothing to mention below the first, a major shift from the second on."""

FEWEST_COMMENTS: Final = 20
FEWEST_NIGHTS: Final = 5
"""Below these nothing can be told: of four nights one is no outlier."""

_DRAWS: Final = 2_000
_HIGHEST_SPREAD: Final = 0.5


@dataclass(frozen=True, slots=True)
class Shift:
    """How far a night is from a reference.

    `value` is the stability index, `low` and `high` what chance alone hardly ever leaves. `moved` says
    whether the value is beyond chance and large enough to matter. `place` is the bin that adds most to the
    value, `share` and `reference_share` (0–1) are its shares of the night and of the reference.
    """

    value: float
    low: float
    high: float
    moved: bool
    place: int
    share: float
    reference_share: float


def shift(
    found: Counts, nights: Sequence[Counts], *, least: float, chance: float, random: np.random.Generator
) -> Shift:
    """Compare a night's counts, bin by bin, with those of other nights, or of a single profile.

    `least` is the value from which a shift matters, `chance` the probability of calling a night moved that is
    not. The night and the reference need at least one comment each.
    """
    reference, spread = np.sum(nights, axis=0), spread_between(nights)
    terms = _terms(found[None], reference[None])[0]
    expected = _smooth(reference)
    by_chance = _terms(
        _drawn(found.sum(), expected, spread, random),
        _drawn(reference.sum(), expected, spread / len(nights), random),
    ).sum(axis=1)
    low, high = map(float, np.quantile(by_chance, [chance, 1 - chance]))
    value, place = float(terms.sum()), int(terms.argmax())
    return Shift(
        value=value,
        low=low,
        high=high,
        moved=value > high and value >= least,
        place=place,
        share=float(found[place] / found.sum()),
        reference_share=float(reference[place] / reference.sum()),
    )


def spread_between(nights: Sequence[Counts]) -> float:
    """Return how much more nights differ than chance explains, as the correlation within a night, 0 to 0.5.

    0 where comments fall into the bins whatever the night. From the moments of the Dirichlet-multinomial
    distribution (Mosimann 1962): the upper end of a one-sided 90 % range, for a few nights tell little.
    """
    counts = np.array(nights)
    counts = counts[:, counts.sum(axis=0) > 0]
    sizes, total = counts.sum(axis=1), counts.sum()
    shares = counts.sum(axis=0) / total
    squares = ((counts - sizes[:, None] * shares) ** 2 / (sizes[:, None] * shares)).sum()
    more_nights, more_bins = len(counts) - 1, counts.shape[1] - 1
    weight = ((sizes - 1) * (1 - sizes / total)).sum()
    if not more_nights * more_bins or weight <= 0:
        return 0.0
    excess = squares / chdtri(more_nights * more_bins, 0.9) - 1
    return float(np.clip(excess * more_nights / weight, 0, _HIGHEST_SPREAD))


def unusual(reference: Counts, *, low: float, high: float) -> npt.NDArray[np.bool_]:
    """Mark the lowest bins that together hold less than the share `low` of the reference, and the highest
    ones that hold less than `high`.
    """
    shares = reference / reference.sum()
    below, above = np.cumsum(shares), np.cumsum(shares[::-1])[::-1]
    return np.asarray((below < low) | (above < high))


def _terms(found: Counts, reference: Counts) -> Counts:
    """Return what each bin adds to the index, row by row.

    An empty bin has no logarithm: the night gets half a comment more for every bin, in the reference's
    shares.
    """
    extra = reference.shape[1] / 2
    expected = _smooth(reference)
    observed = (found + extra * expected) / (found.sum(axis=1, keepdims=True) + extra)
    return np.asarray((observed - expected) * np.log(observed / expected))


def _smooth(counts: Counts) -> Counts:
    """Return shares of counts with half a comment more in every bin (Jeffreys' prior)."""
    more = counts + 0.5
    return np.asarray(more / more.sum(axis=-1, keepdims=True))


def _drawn(size: float, shares: Counts, spread: float, random: np.random.Generator) -> Counts:
    """Draw the counts of `size` comments again and again, from shares that spread around `shares`."""
    drawn = np.tile(shares, (_DRAWS, 1))
    if spread > 0:
        drawn = random.dirichlet(shares * (1 - spread) / spread, _DRAWS)
    return random.multinomial(max(round(size), 1), drawn).astype(np.float64)
