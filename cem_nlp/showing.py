"""What an error may show of a user's file: headings, keys, names of sheets and cells.

Where the header is missing or a row is out of place, these are a customer's words.
"""

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import Final

from cem_nlp.language import Bilingual
from cem_nlp.text import normalise, prepare

LONGEST_SHOWN: Final = 24
"""Characters of a cell that an error shows: names and figures are shorter, sentences longer."""

NAME_THE_COLUMNS: Final = Bilingual(
    "首行须是列名：没有就加一行表头，表头上面的标题行删去；若是分隔文本，检查分隔符",
    "name the columns in the first row: add a header where there is none, drop a title above it; in "
    "delimited text, check the separator",
)
"""The next step where `shown_headings` lists nothing."""

_SENTENCE: Final = re.compile(r"[\u4e00-\u9fff][，。！？；、,!?;…]|[，。！？；、,!?;…][\u4e00-\u9fff]")
_NO_NAME: Final = re.compile(r'[0-9]{5}|[{}\[\]":：]')
"""What no heading holds: five digits in a row, as numbers of customers and orders have, and JSON's signs."""
_IDENTIFIER: Final = re.compile("[A-Za-z][A-Za-z_]{0,63}")
"""The column of a data set, as service_wait_time: longer than a heading, and no sentence."""


def shown_value(value: str) -> str:
    """Return a cell as an error may show it: names and figures as they are, personal data masked, and […] for
    a sentence, since in a row that is out of place it may be a customer's.
    """
    if len(value) > LONGEST_SHOWN or _SENTENCE.search(value):
        return "[…]"
    safe = prepare(value)
    return safe.text if safe.n_masked else value


def is_name(heading: str) -> bool:
    """Say whether a heading, a key or the name of a sheet looks like one: short, no sentence, no bare number,
    nothing to mask.
    """
    if _IDENTIFIER.fullmatch(heading):
        return True
    if shown_value(heading) != heading:
        return False
    plain = normalise(heading).text
    return any(sign.isalpha() for sign in plain) and not _NO_NAME.search(plain)


def shown_headings(headings: Sequence[str], wanted: Collection[str]) -> list[str]:
    """Return a file's headings as an error may list them.

    None where they look like no header: one is no name, or none is like one of the `wanted`.
    """
    given = [heading for heading in headings if heading.strip()]
    names = [name.lower() for name in wanted]
    if not all(map(is_name, given)):
        return []
    return given if any(get_close_matches(heading.lower(), names, n=1) for heading in given) else []


def headerless(what: Bilingual, headings: Sequence[str]) -> Bilingual:
    """Return `what` is missing with what is known of the headings where none may be listed: their number."""
    n = len(headings)
    return Bilingual(
        f"{what.zh}，首行（JSON 则为键名）也不像表头（共 {n} 列）",
        f"{what.en}, and the first row (in JSON the keys) does not look like a header (columns: {n})",
    )
