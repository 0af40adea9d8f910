"""Checks that tell identity numbers and bank cards from other long numbers."""

from datetime import date
from typing import Final

_PROVINCES: Final = frozenset(
    map(str, [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)])
) | {"71", "81", "82", "83"}
"""First two digits of a division code, GB/T 2260; 83 is for residents from Taiwan."""

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS: Final = "10X98765432"
"""GB 11643-1999: ISO 7064, MOD 11-2."""


def is_identity_number(number: str) -> bool:
    """Say whether `number` (no separators) is a valid identity number, of 18 characters or the older 15."""
    if number[:2] not in _PROVINCES:
        return False
    if len(number) == 15:
        return number.isdigit() and _is_date("19" + number[6:12])
    if len(number) != 18 or not number[:17].isdigit() or not _is_date(number[6:14]):
        return False
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False)) % 11
    return number[17].upper() == _CHECK_CHARACTERS[remainder]


def resembles_identity_number(number: str) -> bool:
    """Say whether `number` has 18 characters, a province's code and a day of birth since 1900."""
    return (
        len(number) == 18
        and number[:2] in _PROVINCES
        and number[:17].isdigit()
        and number[6:8] in {"19", "20"}
        and _is_date(number[6:14])
    )


def _is_date(digits: str) -> bool:
    try:
        return date.fromisoformat(digits) >= date(1850, 1, 1)
    except ValueError:
        return False


def is_bank_card(number: str) -> bool:
    """Say whether `number` (digits only) has a card's first digits, length and check digit (ISO/IEC 7812)."""
    return _has_card_prefix(number) and _passes_luhn(number)


def _has_card_prefix(number: str) -> bool:
    match len(number):
        case 15:
            return number.startswith(("34", "37"))  # American Express
        case 16:
            mastercard = "51" <= number[:2] <= "55" or "2221" <= number[:4] <= "2720"
            jcb = "3528" <= number[:4] <= "3589"
            return mastercard or jcb or number.startswith(("62", "60", "81", "4"))  # UnionPay, Visa
        case 17 | 18 | 19:
            return number.startswith(("62", "60", "81", "9558", "9559"))
    return False


def _passes_luhn(number: str) -> bool:
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(number)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
