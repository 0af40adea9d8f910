"""The seven steps of one product and segment, taken out of the gap table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cem_nlp.report.cells import number, word
from cem_nlp.vocabulary import ALL, CATEGORIES

STEPS = (
    ("2a", "experience"),
    ("2b", "expectation"),
    ("2c", "satisfaction"),
    ("2d", "importance"),
    ("3", "weighted"),
    ("4a", "ideal"),
    ("4b", "gap"),
)
"""The method's step numbers and the measure each one yields."""

MARKS = ("experience", "expectation", "ideal")
"""The measures on the 0–10 scale that a gap chart draws."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A value with its range and its origin (survey, derived, assumed); None where unknown."""

    value: float | None
    low: float | None
    high: float | None
    origin: str | None


@dataclass(frozen=True, slots=True)
class CategorySteps:
    """The seven steps of one category; `measures` is keyed by the names in `STEPS`.

    `key_probability` says how surely it is the key experience, None where nobody can tell; `tied` whether it
    stands first together with others.
    """

    category: str
    measures: Mapping[str, Measure]
    is_key: bool
    runner_up: bool
    key_probability: float | None
    tied: bool

    def value(self, name: str) -> float | None:
        """Return the value of one measure."""
        return self.measures[name].value


@dataclass(frozen=True, slots=True)
class Steps:
    """The seven steps of one brand, product and segment, categories in the method's order."""

    brand: str
    product: str
    segment: str
    categories: tuple[CategorySteps, ...]

    @property
    def key(self) -> CategorySteps | None:
        """The key experience, where the table names one."""
        return next((steps for steps in self.categories if steps.is_key), None)

    @property
    def runner_up(self) -> CategorySteps | None:
        """The category next in line."""
        return next((steps for steps in self.categories if steps.runner_up), None)

    @property
    def tied(self) -> tuple[str, ...]:
        """The categories that stand first together, none where one stands alone."""
        return tuple(steps.category for steps in self.categories if steps.tied)

    @property
    def n_known(self) -> int:
        """Categories whose weighted satisfaction is known."""
        return sum(steps.value("weighted") is not None for steps in self.categories)

    @property
    def n_surveyed(self) -> int:
        """Values that customers were asked for."""
        return sum(m.origin == "survey" for steps in self.categories for m in steps.measures.values())


def seven_steps(gaps: pd.DataFrame, brands: Sequence[str], feedback: pd.DataFrame) -> tuple[Steps, ...]:
    """Return the seven steps of the products and segments of `brands`, the broadest and best known first.

    A survey may name products only (brand 'all'): such a product is taken unless the feedback knows it as
    another brand's and not as one of these. Without brands all rows are taken.
    """
    order = {category: place for place, category in enumerate(CATEGORIES)}
    groups: dict[tuple[str, str, str], list[CategorySteps]] = {}
    for row in gaps[_of_brands(gaps, brands, feedback)].to_dict("records"):
        key = (str(row["brand"]), str(row["product"]), str(row["segment"]))
        groups.setdefault(key, []).append(_category(row))
    mentions = feedback["product"].value_counts()
    steps = [
        Steps(*key, tuple(sorted(rows, key=lambda steps: order.get(steps.category, len(order)))))
        for key, rows in groups.items()
    ]

    def rank(steps: Steps) -> tuple[object, ...]:
        return (
            steps.product != ALL,
            steps.segment != ALL,
            brands.index(steps.brand) if steps.brand in brands else len(brands),
            steps.key is None,
            -steps.n_surveyed,
            -steps.n_known,
            -int(mentions.get(steps.product, 0)),
            steps.brand,
            steps.product,
            steps.segment,
        )

    return tuple(sorted(steps, key=rank))


def _of_brands(gaps: pd.DataFrame, brands: Sequence[str], feedback: pd.DataFrame) -> pd.Series:
    if not brands:
        return pd.Series(True, index=gaps.index)
    theirs = feedback["brand"].isin(list(brands))
    foreign = set(feedback.loc[~theirs, "product"]) - set(feedback.loc[theirs, "product"])
    unnamed = (gaps["brand"] == ALL) & ~gaps["product"].isin(foreign)
    return gaps["brand"].isin(list(brands)) | unnamed


def _category(row: Mapping[Any, Any]) -> CategorySteps:
    return CategorySteps(
        category=str(row["category"]),
        measures={
            name: Measure(
                number(row[name]),
                number(row[f"{name}_low"]),
                number(row[f"{name}_high"]),
                word(row.get(f"{name}_from")),
            )
            for _, name in STEPS
        },
        is_key=bool(row["is_key_experience"]),
        runner_up=bool(row["runner_up"]),
        key_probability=number(row.get("key_probability")),
        tied=row.get("tied") is True,
    )
