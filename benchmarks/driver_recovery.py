"""Whether `cem_nlp.scores.drivers` finds again what was put into simulated ratings.

Run `python benchmarks/driver_recovery.py`; it takes some 20 seconds, `--full` some minutes. Comments praise
and blame six categories with a halo: whoever is pleased praises several at once. Customers speak up to
three times and stay as strict as they are. Effects are known, so that coverage of the ranges, recovery of
the Shapley shares and types named wrongly can be counted.
"""

import argparse
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm

from cem_nlp.scores.drivers import driver_table
from cem_nlp.scores.intervals import Numbers
from cem_nlp.vocabulary import CATEGORIES

MENTIONED = np.array([0.7, 0.5, 0.2, 0.4, 0.4, 0.2])
HALO = 0.8
STRICTNESS = 1.0
NOISE = 1.5


@dataclass(frozen=True, slots=True)
class World:
    """What praise and blame do to the rating (points of 10), category by category, and who may be named what.

    `start` is the rating without either; with `stars` it is cut to 0–10 and rounded to five stars.
    """

    reward: Numbers
    penalty: Numbers
    start: float
    stars: bool
    right: tuple[frozenset[str], ...]


def types(*named: str) -> tuple[frozenset[str], ...]:
    """Return the types that are right for each category, several joined by a blank."""
    return tuple(frozenset(names.split()) for names in named)


MIXED = World(
    np.array([2.0, 0.0, 3.0, 0.0, 1.2, 0.2]),
    np.array([-2.0, -3.0, 0.0, 0.0, -2.0, -0.2]),
    start=5.0,
    stars=False,
    right=types(
        "performance",
        "must_be",
        "attractive",
        "indifferent",
        "must_be performance",
        "indifferent performance",
    ),
)
EQUAL = np.full(6, 2.0)
ALIKE = types(*["performance"] * 6)
WORLDS = {
    "mixed effects": MIXED,
    "mixed, five stars": World(MIXED.reward, MIXED.penalty, 5.0, True, MIXED.right),
    "equal, five stars, start 5": World(EQUAL, -EQUAL, 5.0, True, ALIKE),
    "equal, five stars, start 8": World(EQUAL, -EQUAL, 8.0, True, ALIKE),
    "no effects": World(0 * EQUAL, 0 * EQUAL, 5.0, False, types(*["indifferent"] * 6)),
}


def comments(world: World, n: int, random: np.random.Generator) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return praise and blame (comments × categories), ratings, and the number of each comment's customer."""
    size = random.integers(1, 4, size=n)
    customer = np.repeat(np.arange(n), size)[:n]
    mood = random.normal(size=(n, 1))
    said = random.random((n, 6)) < MENTIONED
    pleased = random.random((n, 6)) < norm.cdf(0.3 + HALO * mood)
    strictness = random.normal(scale=STRICTNESS, size=n)[customer]
    praise, blame = said & pleased, said & ~pleased
    rating = world.start + praise @ world.reward + blame @ world.penalty + strictness
    rating += random.normal(scale=NOISE, size=n)
    if world.stars:
        rating = np.round(rating.clip(0, 10) / 2.5) * 2.5
    return praise, blame, rating, customer


def tables(
    world: World, n: int, trials: int, random: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return feedback and opinions of many trials, a brand each."""
    feedback, opinions = [], []
    for trial in range(trials):
        praise, blame, rating, customer = comments(world, n, random)
        number = np.char.add(f"{trial}-", np.arange(n).astype("str"))
        columns = {"feedback_id": number, "brand": f"{trial:05}", "rating_scaled": rating}
        customers = np.char.add(f"{trial}-", customer.astype("str"))
        feedback.append(pd.DataFrame(columns).assign(customer_key=customers))
        for said, polarity in ((praise, "positive"), (blame, "negative")):
            row, column = np.nonzero(said)
            names = np.array(list(CATEGORIES))[column]
            found = {"feedback_id": number[row], "category": names, "polarity": polarity}
            opinions.append(pd.DataFrame(found))
    rest = {"product": "all", "segment": "all", "is_own": False, "duplicate_of": None}
    return pd.concat(feedback, ignore_index=True).assign(**rest), pd.concat(opinions, ignore_index=True)


def found(world: World, n: int, trials: int, seed: int, replicates: int) -> pd.DataFrame:
    """Return the drivers of all trials with the true effects beside them."""
    random = np.random.default_rng(seed)
    drivers = driver_table(*tables(world, n, trials, random), random, replicates)
    place = drivers["category"].map({code: number for number, code in enumerate(CATEGORIES)})
    return drivers.assign(place=place, true_reward=world.reward[place], true_penalty=world.penalty[place])


def report_effects(sizes: tuple[int, ...], trials: int) -> list[float]:
    """Print bias and coverage of reward, penalty and asymmetry where ratings are not cut; return coverage."""
    covered = []
    print(f"\nranges of effects, {trials} trials each")
    print(f"{'n':>6} {'measure':>10} {'bias':>6} {'held':>6} {'lowest':>7}")
    for n in sizes:
        drivers = found(MIXED, n, trials, seed=n, replicates=2)
        truth = {"reward": drivers["true_reward"], "penalty": drivers["true_penalty"]}
        truth["asymmetry"] = truth["reward"] + truth["penalty"]
        for name, true in truth.items():
            known = drivers[name].notna()
            held = (drivers[f"{name}_low"] <= true) & (true <= drivers[f"{name}_high"])
            by_category = held[known].groupby(drivers["category"]).mean()
            bias = (drivers[name] - true)[known].mean()
            print(f"{n:>6} {name:>10} {bias:>6.2f} {held[known].mean():>6.3f} {by_category.min():>7.3f}")
            covered.append(float(held[known].mean()))
    return covered


def report_types(sizes: tuple[int, ...], trials: int) -> list[float]:
    """Print how often a type is named, rightly and wrongly; return the shares of wrong ones."""
    wrongly = []
    print(f"\ntypes, {trials} trials each")
    print(f"{'world':<28} {'n':>6} {'right':>6} {'wrong':>6} {'worst category':>15}")
    for number, (title, world) in enumerate(WORLDS.items()):
        for n in sizes:
            drivers = found(world, n, trials, seed=10 * number + n, replicates=2)
            named = drivers["kano"].notna()
            pairs = zip(drivers["kano"], drivers["place"], strict=True)
            right = np.array([kind in world.right[place] for kind, place in pairs])
            wrong = named & ~right
            worst = wrong.groupby(drivers["category"]).mean().max()
            shares = f"{(named & right).mean():>6.1%} {wrong.mean():>6.1%} {worst:>15.1%}"
            print(f"{title:<28} {n:>6} {shares}")
            wrongly.append(float(wrong.mean()))
    return wrongly


def report_shares(sizes: tuple[int, ...], trials: int) -> None:
    """Print how far the Shapley shares lie off those of 100,000 comments, and what their ranges hold."""
    truth = found(MIXED, 100_000, 1, seed=1, replicates=2).set_index("category")["lmg"]
    print(f"\nShapley shares, {trials} trials each; true shares {truth.round(3).to_dict()}")
    print(f"{'n':>6} {'error':>6} {'held':>6} {'first right':>12}")
    for n in sizes:
        drivers = found(MIXED, n, trials, seed=n, replicates=200)
        true = drivers["category"].map(truth)
        error = (drivers["lmg"] - true).abs().mean()
        held = (drivers["lmg_low"] <= true) & (true <= drivers["lmg_high"])
        first = drivers.loc[drivers.groupby("brand")["lmg"].idxmax(), "category"] == truth.idxmax()
        print(f"{n:>6} {error:>6.3f} {held.mean():>6.3f} {first.mean():>12.0%}")


def main() -> None:
    """Print the three tables and the verdict."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true", help="more trials and larger samples")
    full = parser.parse_args().full
    covered = report_effects((300, 1000, 5000) if full else (300, 1000), 1000 if full else 120)
    wrongly = report_types((300, 1000, 5000) if full else (300, 2000), 500 if full else 40)
    report_shares((300, 1000, 5000) if full else (300, 1000), 200 if full else 12)
    kept = min(covered) >= 0.93 and max(covered) <= 0.97 and max(wrongly) <= 0.05
    print(
        "\nasked: 93–97 % of the ranges hold the effect, and at most 5 % of types are named wrongly; "
        f"found: {min(covered):.1%}–{max(covered):.1%}, at most {max(wrongly):.1%}: "
        f"{'kept' if kept else 'NOT kept'}"
    )


if __name__ == "__main__":
    main()
