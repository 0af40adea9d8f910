"""The `words` table: words said more or less often than in the period before, and than of rivals.

The effect is the log-odds with an informative Dirichlet prior of Monroe, Colaresi and Quinn (2008, "Fightin'
Words", section 3.3): the prior has the mix of words of both sides together, so that a rare word needs more to
stand out. Sources are strata, combined by inverse variance: a new source makes no word new. Every customer
counts once for a word in a category, source and side.

Verdicts do not rest on z, whose normal approximation is far from exact for the words of most interest, those
that one side hardly uses. Given how often both sides use a word together, the part of one side is binomial
(exactly in one source; with several its true spread is smaller, which makes the test cautious). Two-sided
mid-p values of that, and Benjamini and Hochberg's q-values over all words of the table, decide;
`benchmarks/word_false_alarms.py` shows how often nothing is taken for something.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import binom, false_discovery_control

from cem_nlp.schemas import TABLES
from cem_nlp.scores.cells import Integers
from cem_nlp.scores.comparison import rivals_of
from cem_nlp.scores.intervals import Numbers
from cem_nlp.scores.periods import BEFORE, NOW

FALSE_DISCOVERY_RATE: Final = 0.05
"""Share of false ones among all verdicts of the table."""
MINIMUM_CUSTOMERS: Final = 5
"""Customers of both sides who must have used a word before it is tested, and stored at all: five at least
cannot give one of them away, and fewer could hardly ever be told from chance."""
PRIOR_SHARE: Final = 0.1
"""What the prior is worth, as a share of the words of the smaller side. A convention; verdicts do not depend
on it."""

COLUMNS: Final = tuple(name for name in TABLES["words"].names if name != "run_id")

_SPOKEN: Final = ["brand", "category", "source", "window", "customer"]
_WORD: Final = ["brand", "comparison", "category", "word"]


def words_said(mentions: pd.DataFrame, text: Integers, word: Integers, words: Sequence[str]) -> pd.DataFrame:
    """Return one row per word of each mention's evidence, as `word_table` reads them.

    `mentions` comes from `topics.topical_mentions`; `text`, in ascending order, numbers the categories of its
    column `evidence` and `word` the entries of `words` (`text.words.telling_words`).
    """
    evidence = mentions["evidence"].cat.codes.to_numpy(np.int64)
    size = np.bincount(text, minlength=len(mentions["evidence"].cat.categories))
    start = np.cumsum(size) - size
    sizes = size[evidence]
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    said = mentions[_SPOKEN].iloc[np.repeat(np.arange(len(mentions)), sizes)].reset_index(drop=True)
    number = word[np.repeat(start[evidence], sizes) + within]
    return said.assign(
        word=pd.Categorical.from_codes(number, categories=pd.Index(pd.Series(words, dtype="str")))
    )


def word_table(said: pd.DataFrame, own: Sequence[str], named: Sequence[str] = ()) -> pd.DataFrame:
    """Return the `words` table of the schema, without `run_id`.

    `said` has one row per use of a word: brand, category, source, `window` (`periods.windows`), customer and
    word, repetitions allowed. Each brand of `own` is compared with itself in the window before, and, in all
    windows together, with its rivals: those `named`, or all brands that are not own.
    """
    own_said = said[said["brand"].isin(list(own)).to_numpy()]
    others = said[said["brand"].isin(list(rivals_of(said, own, named))).to_numpy()]
    parts = []
    for brand in own:
        of_brand = own_said[(own_said["brand"] == brand).to_numpy()]
        now, before = (of_brand[(of_brand["window"] == name).to_numpy()] for name in (NOW, BEFORE))
        parts += [_compared(now, before, brand, "before"), _compared(of_brand, others, brand, "rivals")]
    nothing = _compared(said.iloc[:0], said.iloc[:0], "", "")
    return _with_verdicts(pd.concat([part for part in parts if len(part)] or [nothing], ignore_index=True))


def _compared(here: pd.DataFrame, there: pd.DataFrame, brand: str, comparison: str) -> pd.DataFrame:
    """Return one row per word used by enough customers, with its log-odds and p-value."""
    counts = _counts(here, there)
    counts = counts[counts["speakers"] >= MINIMUM_CUSTOMERS].reset_index(drop=True)
    counts["expected"] = (counts["n"] + counts["n_reference"]) * counts["n_words"]
    counts["expected"] /= counts["n_words"] + counts["n_words_reference"]
    log_odds, variance = log_odds_with_prior(
        *(counts[name].to_numpy(np.float64) for name in ("n", "n_reference", "n_words", "n_words_reference"))
    )
    counts = counts.assign(weight=1 / variance, weighted=log_odds / variance)
    word = counts.groupby(["category", "word"], observed=True)[
        ["n", "n_reference", "n_words", "n_words_reference", "expected", "weight", "weighted"]
    ].sum()
    word = word.reset_index()
    p = two_sided_mid_p(*(word[name].to_numpy(np.float64) for name in ("n", "n_reference", "expected")))
    return word.assign(
        brand=brand,
        comparison=comparison,
        log_odds=word["weighted"] / word["weight"],
        z=word["weighted"] / np.sqrt(word["weight"]),
        probability=p,
    )


def _counts(here: pd.DataFrame, there: pd.DataFrame) -> pd.DataFrame:
    """Count customers per category, source and word where both sides speak, each side's words in sum, and the
    `speakers` of a word in its category, each customer once.
    """
    cell = ["category", "source"]
    sides = []
    for side, suffix in ((here, ""), (there, "_reference")):
        once = side[[*cell, "word", "customer"]].drop_duplicates()
        of_word = once.groupby([*cell, "word"], observed=True).size().rename(f"n{suffix}")
        sides.append(of_word.reset_index())
    counts = sides[0].merge(sides[1], on=[*cell, "word"], how="outer")
    counts[["n", "n_reference"]] = counts[["n", "n_reference"]].fillna(0).astype("int64")
    for suffix in ("", "_reference"):
        counts[f"n_words{suffix}"] = counts.groupby(cell, observed=True)[f"n{suffix}"].transform("sum")
    speakers = pd.concat([here, there])[["category", "word", "customer"]].drop_duplicates()
    known = speakers.groupby(["category", "word"], observed=True).size().rename("speakers").reset_index()
    shared = counts[(counts["n_words"] > 0) & (counts["n_words_reference"] > 0)]
    return shared.merge(known, on=["category", "word"])


def log_odds_with_prior(
    n: Numbers, n_reference: Numbers, n_words: Numbers, n_words_reference: Numbers
) -> tuple[Numbers, Numbers]:
    """Return the log-odds of each word and its variance (Monroe, Colaresi and Quinn 2008, equations 16, 20).

    A word is used `n` times among `n_words`. Its prior is its share of both sides together, worth
    `PRIOR_SHARE` of the smaller side.
    """
    worth = PRIOR_SHARE * np.minimum(n_words, n_words_reference)
    prior = worth * (n + n_reference) / (n_words + n_words_reference)
    here, there = n + prior, n_reference + prior
    rest_here, rest_there = n_words + worth - here, n_words_reference + worth - there
    # A word that is all its side ever says leaves no rest; half a word keeps the odds finite.
    odds: Numbers = np.log(here / np.maximum(rest_here, 0.5)) - np.log(there / np.maximum(rest_there, 0.5))
    variance: Numbers = 1 / here + 1 / there
    return odds, variance


def two_sided_mid_p(n: Numbers, n_reference: Numbers, expected: Numbers) -> Numbers:
    """Return the probability of a count as far from `expected` as `n`, of n + n_reference uses in all.

    Twice the smaller tail, half of the probability of `n` itself counted (Lancaster 1961).
    """
    total = n + n_reference
    share = expected / total
    itself = binom.pmf(n, total, share) / 2
    tails = binom.cdf(n - 1, total, share) + itself, binom.sf(n, total, share) + itself
    p: Numbers = np.minimum(2 * np.minimum(*tails), 1.0)
    return p


def _with_verdicts(words: pd.DataFrame) -> pd.DataFrame:
    p = words["probability"].to_numpy(np.float64)
    q = false_discovery_control(p) if len(p) else p
    more = words["n"] > words["expected"]
    against_before = np.where(more & (words["n_reference"] == 0), "new", np.where(more, "rising", "falling"))
    against_rivals = np.where(more, "distinctive", "rarer")
    verdict = np.where(words["comparison"] == "before", against_before, against_rivals)
    verdict = np.where(q <= FALSE_DISCOVERY_RATE, verdict, "no_evidence")
    found = words.assign(q_value=q, verdict=verdict).astype(dict.fromkeys(_WORD, "str"))
    order = ["brand", "comparison", "category", "q_value", "word"]
    return found.sort_values(order, ignore_index=True).reindex(columns=list(COLUMNS))
