"""The invented market: its source files, and who says what, when and where."""

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

Scene = dict[str, Any]


def lines(name: str, columns: int) -> Iterator[list[str]]:
    """Yield the fields of each line of a source file, without comments and empty lines."""
    for line in (HERE / "source" / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split(" | ", columns - 1)


def settings(name: str) -> Scene:
    """Return a TOML file of `source/`."""
    return tomllib.loads((HERE / "source" / name).read_text("utf-8"))


def spell(text: str, choose: Callable[[list[str]], str], **slots: str) -> str:
    """Fill named slots and let `choose` take one of each `{a|b}`."""
    text = re.sub(r"\{(\w+)\}", lambda match: slots.get(match[1], match[0]), text)
    return re.sub(r"\{([^{}]*\|[^{}]*)\}", lambda match: choose(match[1].split("|")), text)


@cache
def customer_numbers(seed: int) -> dict[str, list[str]]:
    """Return the invented customers' numbers by membership level."""
    members = settings("scene.toml")["customers"]["members"]
    rng = random.Random(f"{seed} customers")
    numbers = iter(rng.sample(range(100_000, 1_000_000), sum(members.values())))
    return {level: [f"U{next(numbers)}" for _ in range(count)] for level, count in members.items()}


class Cast:
    """Draws days, customers and products, all from one seed."""

    def __init__(self, scene: Scene, seed: str) -> None:
        self.scene = scene
        self.rng = random.Random(f"{scene['seed']} {seed}")

    def moment(self, month: str = "-") -> datetime:
        """Return a time within the days of the scene: any, in month 8 or 9, or late in it (8e, 9e)."""
        first, rng = self.scene["first_day"], self.rng
        days = [first + timedelta(days=number) for number in range(self.scene["days"])]
        if month != "-":
            days = [day for day in days if str(day.month) == month[0] and (day.day > 18 or month[1:] != "e")]
        day = rng.choice(days)
        hour = rng.choice([8, 9, 10, 11, 12, 13, 14, 16, 18, 19, 20, 20, 21, 21, 22, 23])
        return datetime(day.year, day.month, day.day, hour, rng.randrange(60), rng.randrange(60))

    def customer(self, level: str) -> str:
        """Return the invented number of one of the customers with that membership level."""
        numbers = customer_numbers(self.scene["seed"])[level]
        return numbers[self.rng.randrange(100_000, 1_000_000) % len(numbers)]

    def level(self, text: str) -> str:
        """Return a membership level; who speaks of old loyalty has a card."""
        loyal = re.search(self.scene["loyal_words"], text)
        return self.rng.choice(self.scene["loyal_level" if loyal else "levels"])

    def kind(self, brand: str, wanted: str = "*") -> str:
        """Return `wanted`, or for * a kind the brand sells."""
        if wanted != "*":
            return wanted
        kinds = list(self.scene["brands"][brand]["products"])
        return self.rng.choices(kinds, [self.scene["kind_weight"][kind] for kind in kinds])[0]

    def product(self, brand: str, kind: str) -> str:
        """Return the name under which the brand sells that kind."""
        return str(self.scene["brands"][brand]["products"][kind])

    def review(self, brand: str, kind: str, month: str, stars: str, text: str) -> list[str]:
        """Return one row of reviews.csv."""
        moment, channel = self.moment(month), self.rng.choice(self.scene["channels"])
        pattern = "%Y/%m/%d %H:%M" if channel == "线下门店" else "%Y-%m-%d %H:%M:%S"
        product = self.product(brand, self.kind(brand, kind))
        when, level = moment.strftime(pattern), self.level(text)
        return [brand, product, stars, when, channel, level, self.customer(level), text]
