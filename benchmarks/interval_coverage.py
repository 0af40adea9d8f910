"""How often the ranges of `cem_nlp.scores` hold the truth, by simulation with known truths.

Run `python benchmarks/interval_coverage.py` for some ten seconds, with `--full` for a finer grid and more
trials. Nominal coverage is 95 %. Counts are whole numbers, so no range for counts hits it at every single
truth: the aim is 93–97 % on average over the truths at each size, and the worst single truths are named.
Shares are computed exactly, the rest is simulated. The last line says whether the aim is met.
"""

import argparse
from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import binom

from cem_nlp.scores.cells import correlation_within_customers, count_cells, effective_mentions
from cem_nlp.scores.intervals import Numbers, net_score, net_score_range, share_range
from cem_nlp.scores.resampling import replicate_scores
from cem_nlp.scores.shrinkage import prior_counts
from cem_nlp.vocabulary import POLARITIES

SIZES: Final = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
SHARES: Final = np.arange(0.02, 0.981, 0.02).round(2)
NEUTRAL: Final = (0.0, 0.05, 0.2, 0.5)
CUSTOMERS: Final = (5, 10, 20, 50, 100, 500)
REPEATS: Final = (0.0, 0.5, 0.7, 0.95)
"""Probability that a mention repeats what its customer first thought; two correlate at its square."""
TRIALS: Final = 1000
AIM: Final = (0.93, 0.97)
VALUES: Final = np.array([10.0, 5.0, 0.0])


def share_coverage(n: int) -> Numbers:
    """Return the exact coverage of a share's range, one value per share of `SHARES`."""
    part = np.arange(n + 1.0)
    low, high = share_range(part, np.full_like(part, n))
    holds = (low[:, None] <= SHARES) & (high[:, None] >= SHARES)
    return np.where(holds, binom.pmf(part[:, None], n, SHARES), 0).sum(axis=0)


def net_truths() -> Numbers:
    """Return the true shares: the positive share among the non-neutral × the neutral share."""
    return np.array(
        [[q * (1 - neutral), neutral, (1 - q) * (1 - neutral)] for q in SHARES for neutral in NEUTRAL]
    )


def net_coverage(n: int, trials: int, random: np.random.Generator) -> Numbers:
    """Return the coverage of a net score's range, one value per row of `net_truths`."""
    shares = net_truths()
    counts = random.multinomial(n, shares, size=(trials, len(shares))).astype(np.float64)
    low, high = net_score_range(*np.moveaxis(counts, -1, 0))
    truth = shares @ VALUES
    return ((low <= truth) & (truth <= high)).mean(axis=0)


def talkative_customers(
    customers: int, repeats: float, share: float, cells: int, random: np.random.Generator
) -> tuple[pd.DataFrame, float]:
    """Return the mentions of many cells whose customers speak one to four times, and the true score."""
    m = random.integers(1, 5, size=cells * customers)
    customer = np.repeat(np.arange(len(m)), m)
    shares = (0.9 * share, 0.1, 0.9 * (1 - share))
    fresh, first = (random.choice([2, 1, 0], size=len(size), p=shares) for size in (customer, m))
    repeated = random.random(len(customer)) < repeats
    mentions = pd.DataFrame(
        {
            "brand": customer // customers,
            "customer": customer,
            "comment": customer,
            "half_points": np.where(repeated, first[customer], fresh),
        }
    )
    return mentions, float(np.dot(shares, VALUES))


def cluster_coverage(
    customers: int, repeats: float, share: float, cells: int, random: np.random.Generator
) -> tuple[float, float, float]:
    """Return coverage with the design effect, without it, and of the quantiles of 300 replicates."""
    mentions, truth = talkative_customers(customers, repeats, share, cells, random)
    counted = count_cells(mentions, ("brand",))
    counts = counted[list(POLARITIES)].to_numpy(np.float64)
    worth = effective_mentions(counted, correlation_within_customers(counted)) / counted["n_mentions"]
    _, scores = replicate_scores(mentions, ("brand",), 300, random)
    ranges = [
        net_score_range(*(counts * worth.to_numpy()[:, np.newaxis]).T),
        net_score_range(*counts.T),
        np.quantile(scores, [0.025, 0.975], axis=0),
    ]
    held = [float(((low <= truth) & (truth <= high)).mean()) for low, high in ranges]
    return held[0], held[1], held[2]


def shrinkage_effect(
    n: int, spread: float, trials: int, random: np.random.Generator
) -> tuple[float, float, float]:
    """Coverage of the shrunk score's range over brands, and the root mean squared errors of raw and shrunk.

    Eight brands whose true positive shares vary with the standard deviation `spread`, `n` mentions each.
    """
    positive = np.clip(random.normal(0.65, spread, size=(trials, 8)), 0.01, 0.89)
    shares = np.stack([positive, np.full_like(positive, 0.1), 0.9 - positive], axis=-1)
    truth = (shares @ VALUES).ravel()
    counts = random.multinomial(n, shares).astype(np.float64)
    others = (counts.sum(axis=1, keepdims=True) - counts).reshape(-1, 3)
    counts = counts.reshape(-1, 3)
    shrunk = counts + prior_counts(np.zeros_like(counts), others, 10.0)
    low, high = net_score_range(*shrunk.T)
    errors = [float(np.sqrt(np.mean((net_score(*x.T) - truth) ** 2))) for x in (counts, shrunk)]
    return float(((low <= truth) & (truth <= high)).mean()), errors[0], errors[1]


def line(first: str, held: Numbers, worst: str) -> None:
    """Print mean and lowest coverage, and how many of the single truths are inside the aim."""
    inside = ((held >= AIM[0]) & (held <= AIM[1])).mean()
    print(f"{first:>9} {held.mean():>7.3f} {held.min():>7.3f} {inside:>8.0%}  {worst}")


def report_counts(trials: int) -> list[float]:
    """Print the coverage of shares and net scores of independent mentions; return the mean of each size."""
    means = []
    head = f"{'n':>9} {'mean':>7} {'lowest':>7} {'93–97 %':>8}  lowest at"
    print(f"share of independent mentions (exact)\n{head}")
    for n in SIZES:
        held = share_coverage(n)
        line(f"{n}", held, f"share {SHARES[held.argmin()]:.2f}")
        means.append(float(held.mean()))
    print(f"\nnet score of independent mentions\n{head}")
    random = np.random.default_rng(1)
    for n in SIZES:
        held = net_coverage(n, trials, random)
        positive, neutral, negative = net_truths()[held.argmin()]
        line(f"{n}", held, f"shares {positive:.3f} {neutral:.2f} {negative:.3f}")
        means.append(float(held.mean()))
    return means


def report_clusters(cells: int) -> list[float]:
    """Print the coverage where customers repeat themselves, for all sizes of cells; return the means."""
    means, random = [], np.random.default_rng(3)
    print(
        "\nnet score, one to four mentions a customer, more or less repeated; with the design effect"
        f"\n{'customers':>9} {'mean':>7} {'lowest':>7} {'93–97 %':>8}  without  replicates"
    )
    for customers in CUSTOMERS:
        held = np.array(
            [
                cluster_coverage(customers, repeats, share, cells, random)
                for repeats in REPEATS
                for share in (0.1, 0.3, 0.6, 0.9)
            ]
        )
        line(f"{customers}", held[:, 0], f"{held[:, 1].mean():>6.3f}  {held[:, 2].mean():>10.3f}")
        means.append(float(held[:, 0].mean()))
    return means


def report_shrinkage(trials: int) -> None:
    """Print what shrinkage does to coverage and error."""
    random = np.random.default_rng(4)
    print(
        "\nshrunk score over eight brands whose true shares vary by `spread`"
        f"\n{'n':>9} {'spread':>7} {'held':>7} {'error raw':>10} {'shrunk':>7}"
    )
    for n in (5, 20, 100, 1000):
        for spread in (0.05, 0.1, 0.2):
            held, raw, shrunk = shrinkage_effect(n, spread, trials, random)
            print(f"{n:>9} {spread:>7} {held:>7.3f} {raw:>10.2f} {shrunk:>7.2f}")


def main() -> None:
    """Print the four tables and the verdict."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="more trials; a few minutes")
    more = 10 if parser.parse_args().full else 1
    means = report_counts(TRIALS * more) + report_clusters(150 * more)
    report_shrinkage(2 * TRIALS)
    verdict = "kept" if AIM[0] <= min(means) and max(means) <= AIM[1] else "NOT kept"
    print(
        "\nasked: at every size 93–97 % of the ranges hold the truth, on average over shares of 0.02–0.98; "
        f"found: {min(means):.1%}–{max(means):.1%}: {verdict}"
    )


if __name__ == "__main__":
    main()
