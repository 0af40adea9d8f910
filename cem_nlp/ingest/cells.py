"""Typed values of workbooks, Parquet files, JSON and databases, as the text a CSV export would hold."""

import json
import math
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any


def as_cell(value: Any) -> str | None:
    """Return `value` as text, None where it is missing (None, NaN).

    Whole floats lose their ".0", so that a record number typed as a number stays "482028". Times are ISO
    8601, lists and objects JSON.

    Raises:
        UnicodeDecodeError: bytes that are no UTF-8.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float_as_cell(value)
    if isinstance(value, Decimal):
        return None if value.is_nan() else f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=as_cell)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode()
    return str(value)


def _float_as_cell(value: float) -> str | None:
    if math.isnan(value):
        return None
    # From 2**53 on a float no longer tells neighbouring integers apart: keep its own spelling.
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
