"""How often the ranges of `cem_nlp.scores` hold the truth, by simulation with known truths.

Run `python benchmarks/interval_coverage.py`; it takes a few seconds. Nominal coverage is 95 %. A range for
counts cannot hit it exactly at every single truth (counts are whole numbers), so the mean over truths is
shown with the lowest single one.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from cem_nlp.scores.cells import correlation_within_customers, count_cells, effective_mentions
from cem_nlp.scores.intervals import Numbers, net_score, net_score_range, share_range
from cem_nlp.scores.shrinkage import prior_counts
from cem_nlp.vocabulary import POLARITIES

SIZES = (5, 10, 20, 50, 100, 500, 1000, 5000)
SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
NEUTRAL = (0.0, 0.05, 0.2, 0.5)
TRIALS = 2000
VALUES = np.array([10.0, 5.0, 0.0])


def net_coverage(n: int, random: np.random.Generator) -> Numbers:
    """Coverage of a net score's range, one value per truth (positive share × neutral share)."""
    shares = np.array(
        [[q * (1 - neutral), neutral, (1 - q) * (1 - neutral)] for q in SHARES for neutral in NEUTRAL]
    )
    counts = random.multinomial(n, shares, size=(TRIALS, len(shares))).astype(np.float64)
    low, high = net_score_range(*np.moveaxis(counts, -1, 0))
    truth = shares @ VALUES
    return ((low <= truth) & (truth <= high)).mean(axis=0)


def share_coverage(n: int, random: np.random.Generator) -> Numbers:
    """Coverage of a share's range, one value per true share."""
    truth = np.array(SHARES)
    part = random.binomial(n, truth, size=(TRIALS, len(truth))).astype(np.float64)
    low, high = share_range(part, np.full_like(part, n))
    return ((low <= truth) & (truth <= high)).mean(axis=0)


def talkative_customers(customers: int, random: np.random.Generator) -> tuple[pd.DataFrame, float]:
    """Return the mentions of 1,000 cells whose customers speak one to four times, and the true score.

    Seven mentions in ten repeat what the customer first thought, so two of his correlate at about one half.
    """
    cells = 1000
    m = random.integers(1, 5, size=cells * customers)
    customer = np.repeat(np.arange(len(m)), m)
    shares = (0.6, 0.1, 0.3)
    fresh, first = (random.choice([2, 1, 0], size=len(size), p=shares) for size in (customer, m))
    repeats = random.random(len(customer)) < 0.7
    mentions = pd.DataFrame(
        {
            "brand": customer // customers,
            "customer": customer,
            "comment": customer,
            "half_points": np.where(repeats, first[customer], fresh),
        }
    )
    return mentions, float(np.dot(shares, VALUES))


def cluster_coverage(customers: int, random: np.random.Generator) -> tuple[float, float]:
    """Coverage with the design effect, and without it."""
    mentions, truth = talkative_customers(customers, random)
    cells = count_cells(mentions, ("brand",))
    counts = cells[list(POLARITIES)].to_numpy(np.float64)
    share = effective_mentions(cells, correlation_within_customers(cells)) / cells["n_mentions"].to_numpy()
    held = []
    for discounted in (counts * share[:, np.newaxis], counts):
        low, high = net_score_range(*discounted.T)
        held.append(float(((low <= truth) & (truth <= high)).mean()))
    return held[0], held[1]


def shrinkage_effect(n: int, spread: float, random: np.random.Generator) -> tuple[float, float, float]:
    """Coverage of the shrunk score's range over brands, and the root mean squared errors of raw and shrunk.

    Eight brands whose true positive shares vary with the standard deviation `spread`, `n` mentions each.
    """
    positive = np.clip(random.normal(0.65, spread, size=(TRIALS, 8)), 0.01, 0.89)
    shares = np.stack([positive, np.full_like(positive, 0.1), 0.9 - positive], axis=-1)
    truth = (shares @ VALUES).ravel()
    counts = random.multinomial(n, shares).astype(np.float64)
    others = (counts.sum(axis=1, keepdims=True) - counts).reshape(-1, 3)
    counts = counts.reshape(-1, 3)
    shrunk = counts + prior_counts(np.zeros_like(counts), others, 10.0)
    low, high = net_score_range(*shrunk.T)
    errors = [float(np.sqrt(np.mean((net_score(*x.T) - truth) ** 2))) for x in (counts, shrunk)]
    return float(((low <= truth) & (truth <= high)).mean()), errors[0], errors[1]


def report_by_size(title: str, measure: Callable[[int, np.random.Generator], Numbers], seed: int) -> None:
    """Print mean and lowest coverage for each number of mentions."""
    random = np.random.default_rng(seed)
    print(f"\n{title}\n{'n':>6} {'mean':>7} {'lowest':>7} {'93–97 %':>8}")
    for n in SIZES:
        held = measure(n, random)
        inside = ((held >= 0.93) & (held <= 0.97)).mean()
        print(f"{n:>6} {held.mean():>7.3f} {held.min():>7.3f} {inside:>8.0%}")


def main() -> None:
    """Print the four tables."""
    report_by_size("net score, independent mentions", net_coverage, seed=1)
    report_by_size("share, independent mentions", share_coverage, seed=2)
    random = np.random.default_rng(3)
    print(
        "\nnet score, one to four mentions a customer, with and without the design effect"
        f"\n{'customers':>9} {'with':>7} {'without':>8}"
    )
    for customers in (5, 20, 100, 500):
        with_effect, without = cluster_coverage(customers, random)
        print(f"{customers:>9} {with_effect:>7.3f} {without:>8.3f}")
    print(
        "\nshrunk score over eight brands whose true shares vary by `spread`"
        f"\n{'n':>6} {'spread':>7} {'held':>7} {'error raw':>10} {'shrunk':>7}"
    )
    for n in (5, 20, 100, 1000):
        for spread in (0.05, 0.1, 0.2):
            held, raw, shrunk = shrinkage_effect(n, spread, random)
            print(f"{n:>6} {spread:>7} {held:>7.3f} {raw:>10.2f} {shrunk:>7.2f}")


if __name__ == "__main__":
    main()
