"""What share of all mentions lies where, and how sure that is: another draw is a draw of customers.

A share of mentions is a ratio of two sums over customers. Its variance is that of a ratio estimator (Cochran
1977, "Sampling Techniques", section 6.3): K / (K − 1) · Σ (a − p m)² / n² for K customers who make m of the n
mentions, a of them in the part with the share p. Set against p (1 − p) / (n − 1), the variance of independent
mentions, it is the design effect that discounts the counts before their range is taken; few customers prove
less, by the ratio of the squared quantiles of Student's t (Korn and Graubard 1998, "Confidence intervals for
proportions with small expected number of positive counts estimated from survey data").
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import t

from cem_nlp.scores.intervals import Numbers, share_range

_SUMS = ("part", "part_squares", "products")


def mention_shares(
    mentions: pd.DataFrame, grain: Sequence[str], part: str, names: Sequence[str]
) -> pd.DataFrame:
    """Return for every cell of `grain` that occurs and every one of `names` the share of the cell's mentions
    whose `part` it is, 0–1, with its range.

    `mentions` comes from `cells.mentions_of`; those of no name do not count. Columns: the grain's dimensions
    and `part` as strings, share, share_low, share_high.
    """
    keys = [*grain, part]
    said = mentions.loc[mentions[part].isin(list(names)), [*keys, "customer"]].dropna()
    said = said.astype(dict.fromkeys(keys, "str"))
    spoken = said.groupby([*keys, "customer"]).size().rename("part").reset_index()
    mine = spoken.groupby([*grain, "customer"])["part"].transform("sum")
    spoken = spoken.assign(part_squares=spoken["part"] ** 2, products=spoken["part"] * mine, mine=mine)
    customers = spoken.drop_duplicates([*grain, "customer"])
    customers = customers.assign(squares=customers["mine"] ** 2)
    cells = customers.groupby(list(grain), as_index=False).agg(
        n=("mine", "sum"), squares=("squares", "sum"), customers=("mine", "size")
    )
    table = cells.merge(pd.DataFrame({part: list(names)}, dtype="str"), how="cross")
    table = table.merge(spoken.groupby(keys, as_index=False)[list(_SUMS)].sum(), on=keys, how="left")
    n, found = table["n"].to_numpy(np.float64), table["part"].fillna(0).to_numpy(np.float64)
    share, independent = found / n, _independent(table)
    low, high = share_range(share * independent, independent)
    ends = {"share": share, "share_low": np.fmin(low, share), "share_high": np.fmax(high, share)}
    return table[keys].assign(**ends)


def _independent(table: pd.DataFrame, confidence: float = 0.95) -> Numbers:
    """Return how many independent mentions the whole of each row is worth, at most as many as there are.

    What nobody mentions, or nothing but which anybody does, shows no correlation of its own: one customer's
    mentions then count as one. A single customer proves nothing of the others.
    """
    sums = table[list(_SUMS)].fillna(0).to_numpy(np.float64).T
    n, squares, customers = (table[name].to_numpy(np.float64) for name in ("n", "squares", "customers"))
    share = sums[0] / n
    spread = np.maximum(sums[1] - 2 * share * sums[2] + share**2 * squares, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        clustered = customers / (customers - 1) * spread / n**2
        effect = clustered / (share * (1 - share) / (n - 1))
        effect = np.where((share > 0) & (share < 1), effect, squares / n)
        quantiles = [t.ppf((1 + confidence) / 2, np.maximum(size - 1, 1)) for size in (n, customers)]
        worth = n / effect * (quantiles[0] / quantiles[1]) ** 2
    return np.where(customers > 1, np.fmin(worth, n), 0.0)
