"""Figures and amounts of money as people write them."""

import re
import unicodedata
from math import isfinite
from typing import Final

AMOUNTS: Final = ("50000000", "50,000,000", "5000万", "5e7")
"""How an amount may be written."""

_UNITS: Final = {"万": 1e4, "亿": 1e8}
_GROUPED: Final = re.compile(r"([+-]?\d{1,4}(?:(?:,\d{3})+|(?:,\d{4})+))(?!\d)([^,]*)")


def ungrouped(word: str) -> str:
    """Return a figure without the commas that part groups of three or four digits: 12,000 or 1,2000.

    Any other comma stays where it is: 1,5 is no figure.
    """
    found = _GROUPED.fullmatch(word)
    return word if found is None else found[1].replace(",", "") + found[2]


def parse_amount(text: str) -> float | None:
    """Return an amount of 0 or more, written like `AMOUNTS`, half or full width; None for anything else."""
    plain = ungrouped(unicodedata.normalize("NFKC", text).strip().removesuffix("元"))
    unit = _UNITS.get(plain[-1:])
    try:
        amount = float(plain if unit is None else plain[:-1]) * (unit or 1.0)
    except ValueError:
        return None
    return amount if isfinite(amount) and amount >= 0 else None
