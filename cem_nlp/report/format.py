"""Numbers and foreign text as they are printed: one decimal, a true minus, no hidden characters."""

import unicodedata
from math import floor

MINUS = "\N{MINUS SIGN}"
EN_DASH = "\N{EN DASH}"

_KEPT_CONTROLS = "\n\t"
# Unicode UAX #9: the marks, embeddings, overrides and isolates that can make a line read as another one.
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_HIDDEN = {
    **{code: None for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc"},
    **{ord(mark): None for mark in _BIDI},
    **{ord(kept): kept for kept in _KEPT_CONTROLS},
}


def clean(text: str) -> str:
    """Return `text` without control and bidirectional marks; line breaks and tabs stay."""
    return text.translate(_HIDDEN)


def one_line(text: str) -> str:
    """Return `text` cleaned, each run of white space as one space."""
    return " ".join(clean(text).split())


def score(value: float) -> str:
    """Return a value with one decimal: 6.8, −0.4, 0.0."""
    rounded = f"{value:.1f}"
    return "0.0" if rounded == "-0.0" else rounded.replace("-", MINUS)


def signed(value: float) -> str:
    """Return a difference with its sign: +0.4, −1.3, 0.0."""
    printed = score(value)
    return printed if printed == "0.0" or printed.startswith(MINUS) else f"+{printed}"


def spread(low: float, high: float) -> str:
    """Return a range of scores: 6.5–7.1."""
    return f"{score(low)}{EN_DASH}{score(high)}"


def count(number: int) -> str:
    """Return a count with thousands apart: 12,345."""
    return f"{number:,}"


def percent(share: float) -> str:
    """Return a share of 0–1 as whole per cent: 93%, and 99% for anything short of certain."""
    whole = floor(round(share * 100, 6) + 0.5)
    return f"{min(whole, 99) if share < 1 else whole}%"
