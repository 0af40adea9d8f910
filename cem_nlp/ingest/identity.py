"""Who a record is, what it says, and who wrote it: keyed hashes.

They are keyed because an unkeyed hash of a short text with a phone number in it, or of a customer number, can
be guessed back by trying all numbers.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final

from cem_nlp.ingest.records import RawTurn

_BYTES: Final = 16
"""A collision among 10**9 records has a chance of about 10**-21."""


def customer_key(customer: str, salt: bytes) -> str:
    """Return the salted hash (32 hexadecimal digits) of a customer's number.

    Raises UnicodeEncodeError, as all hashes here, for halves of surrogate pairs.
    """
    return _hash(customer, salt)


def content_digest(
    fields: Iterable[str | None], created_at: datetime | None, rating: float | None, said: str, salt: bytes
) -> str:
    """Return the checksum of what a record says (32 hexadecimal digits).

    It covers values, not their spelling: a record has the same checksum from CSV, Excel, JSON Lines and
    Parquet, with any line ends, and whatever the configuration calls its brand or kind.
    """
    moment = "" if created_at is None else created_at.astimezone(UTC).isoformat()
    number = "" if rating is None else repr(rating)
    # Only what is said may hold NUL, so it comes last.
    whole = "\0".join([*(field or "" for field in fields), moment, number, _one_line_end(said)])
    return _hash(whole, salt)


def spoken(turns: Iterable[RawTurn]) -> str:
    """Return turns as one unambiguous string, for `content_digest`."""
    parts = []
    for turn in turns:
        text = _one_line_end(turn.text)
        parts.append(f"{turn.role} {'' if turn.seconds is None else repr(turn.seconds)} {len(text)} {text}")
    return "\n".join(parts)


def feedback_id(source: str, number: str | None, digest: str, salt: bytes) -> str:
    """Return the record's id (32 hexadecimal digits): of its number in the source, else of its content."""
    whole = f"{source}\0number\0{number}" if number is not None else f"{source}\0content\0{digest}"
    return _hash(whole, salt)


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _hash(text: str, salt: bytes) -> str:
    return blake2b(text.encode(), digest_size=_BYTES, key=salt).hexdigest()
