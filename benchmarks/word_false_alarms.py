"""How often the `words` table takes nothing for something, and how soon it hears a new word.

Run `python benchmarks/word_false_alarms.py`; it takes about fifteen seconds, `--full` some minutes. Customers
of both periods draw their words from the same source, five a customer in one category, with the frequencies
of a natural text (Zipf 1935) and with moods: a customer who uses one word of a theme uses others of it, too.
A comparison is a whole table; a false alarm is one with any verdict at all.
"""

import argparse

import numpy as np
import pandas as pd

from cem_nlp.scores.periods import BEFORE, NOW
from cem_nlp.scores.words import word_table

VOCABULARY = 1500
WORDS_EACH = 5
THEMES = 12
PLANTED = "漏氟"


def said_by(customers: int, window: str, source: str, random: np.random.Generator) -> pd.DataFrame:
    """Return the words of one period's customers."""
    frequency = 1 / np.arange(1, VOCABULARY + 1)
    theme = random.integers(0, THEMES, customers)
    of_theme = np.arange(VOCABULARY) % THEMES == np.arange(THEMES)[:, np.newaxis]
    chance = frequency * np.where(of_theme, 4.0, 1.0)
    cumulative = np.cumsum(chance, axis=1) / chance.sum(axis=1, keepdims=True)
    drawn = random.random((customers, WORDS_EACH))
    words = [np.searchsorted(cumulative[t], row) for t, row in zip(theme, drawn, strict=True)]
    return pd.DataFrame(
        {
            "brand": "澄居",
            "category": "product",
            "source": source,
            "window": window,
            "customer": np.repeat(np.arange(customers), WORDS_EACH) + (10**6 if window == NOW else 0),
            "word": [f"词{number}" for number in np.concatenate(words)],
        }
    )


def night(now: int, before: int, random: np.random.Generator) -> pd.DataFrame:
    """Return two periods whose customers come from two sources in a different mix."""
    shares = {"评论": (0.7, 0.4), "通话": (0.3, 0.6)}
    parts = [
        said_by(round(total * share), window, source, random)
        for source, pair in shares.items()
        for window, total, share in ((NOW, now, pair[0]), (BEFORE, before, pair[1]))
    ]
    return pd.concat(parts, ignore_index=True)


def false_alarms(now: int, before: int, trials: int, random: np.random.Generator) -> float:
    """Return the share of comparisons with any verdict where nothing changed."""
    tables = (word_table(night(now, before, random), ["澄居"]) for _ in range(trials))
    return float(np.mean([(table["verdict"] != "no_evidence").any() for table in tables]))


def found(share: float, now: int, trials: int, random: np.random.Generator) -> float:
    """Return how often a word that this share of the present customers says, and nobody before, is `new`."""
    hits = []
    for _ in range(trials):
        said = night(now, now, random)
        first = said["customer"].drop_duplicates()
        speakers = random.choice(first[first >= 10**6], round(share * now), replace=False)
        planted = said[said["customer"].isin(speakers)].drop_duplicates("customer").assign(word=PLANTED)
        table = word_table(pd.concat([said, planted]), ["澄居"])
        hits.append(bool(((table["word"] == PLANTED) & (table["verdict"] == "new")).any()))
    return float(np.mean(hits))


def main() -> None:
    """Print both tables and the verdict."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="25 times the trials")
    trials = 1000 if parser.parse_args().full else 40
    random = np.random.default_rng(5)
    print(f"comparisons with any verdict where nothing changed, of {trials}")
    print(f"{'now':>6} {'before':>7} {'any':>6}")
    alarms = []
    for now, before in ((100, 100), (500, 500), (2000, 2000), (200, 2000)):
        alarms.append(false_alarms(now, before, trials, random))
        print(f"{now:>6} {before:>7} {alarms[-1]:>6.1%}")
    print(f"\na new word, said by some of 500 customers\n{'customers':>9} {'found':>6}")
    for share in (0.01, 0.02, 0.03, 0.05):
        print(f"{round(share * 500):>9} {found(share, 500, trials // 4, random):>6.0%}")
    print(
        "\nasked: at most 5 % of comparisons have any verdict where nothing changed; "
        f"found: at most {max(alarms):.1%}: {'kept' if max(alarms) <= 0.05 else 'NOT kept'}"
    )


if __name__ == "__main__":
    main()
