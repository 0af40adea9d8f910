"""Dates as people write them in files and on the command line."""

import re
import unicodedata
from datetime import date
from typing import Final

DATE_FORMS: Final = ("2026-09-01", "2026/9/1", "2026年9月1日", "20260901")
"""How a date may be written; an hour of 00:00, as spreadsheets add it, may follow."""

_DATE: Final = re.compile(
    r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?|(\d{4})(\d{2})(\d{2})"
)


def parse_date(word: str) -> date | None:
    """Return the date that a word says in one of `DATE_FORMS`, half or full width; None for anything else."""
    said = _DATE.fullmatch(unicodedata.normalize("NFKC", word).strip())
    try:
        return None if said is None else date(*(int(part) for part in said.groups() if part is not None))
    except ValueError:
        return None
