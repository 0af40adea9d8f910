"""The turns of a transcript, checked."""

import json
import math
from itertools import pairwise
from typing import Any, Final

from cem_nlp.config import Turns
from cem_nlp.ingest.records import BrokenRow, RawTurn

# White space, zero-width characters, the byte order mark and NUL: a text of nothing else says nothing.
_BLANK: Final = " \t\r\n\v\f\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\0"


def said(text: str | None) -> str:
    """Return the text without blanks around it; '' where nothing is said."""
    return "" if text is None else text.strip().strip(_BLANK)


def read_turns(cell: str | None, mapping: Turns) -> tuple[RawTurn, ...]:
    """Return the turns in `cell`, a JSON list of objects, as `mapping` names their keys.

    A turn without text leaves no trace.

    Raises:
        BrokenRow: no such list, an unknown role, seconds negative or going backwards, nobody says a word.
    """
    try:
        listed = json.loads(cell or "[]")
    except (ValueError, RecursionError):
        raise _bad_turns(mapping) from None
    if not isinstance(listed, list):
        raise _bad_turns(mapping)
    turns = [turn for turn in (_turn(entry, mapping) for entry in listed) if turn.text]
    if not turns:
        raise BrokenRow("missing_text", mapping.column)
    clock = [turn.seconds for turn in turns if turn.seconds is not None]
    for before, after in pairwise(clock):
        if after < before:
            raise BrokenRow("bad_seconds", mapping.column, f"{before:g} → {after:g}", "≥ 0, …")
    return tuple(turns)


def _turn(entry: Any, mapping: Turns) -> RawTurn:
    if not isinstance(entry, dict):
        raise _bad_turns(mapping)
    text = entry.get(mapping.text)
    if text is not None and not isinstance(text, str):
        raise _bad_turns(mapping)
    name = entry.get(mapping.role)
    role = mapping.roles.get(str(name).strip())
    if role is None:
        raise BrokenRow(
            "unknown_role", mapping.column, None if name is None else str(name), " / ".join(mapping.roles)
        )
    return RawTurn(role, said(text), _seconds(entry, mapping))


def _seconds(entry: dict[str, Any], mapping: Turns) -> float | None:
    value = None if mapping.seconds is None else entry.get(mapping.seconds)
    if value is None or value == "":
        return None
    try:
        seconds = float(value)
    except (TypeError, ValueError):
        seconds = -1.0
    if not (math.isfinite(seconds) and seconds >= 0):
        raise BrokenRow("bad_seconds", mapping.column, str(value), "≥ 0")
    return seconds


def _bad_turns(mapping: Turns) -> BrokenRow:
    keys = [mapping.role, mapping.text, *([mapping.seconds] if mapping.seconds else [])]
    return BrokenRow("bad_turns", mapping.column, valid=f"[{{{', '.join(keys)}}}, …]")
