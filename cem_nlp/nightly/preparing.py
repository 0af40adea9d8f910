"""One raw chunk is admitted, its words normalised and masked, and laid out as rows of the tables."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from cem_nlp.config import Source
from cem_nlp.ingest import Admission, RawChunk, Record, Rejected, admit, mapped_columns
from cem_nlp.ingest.identity import customer_key
from cem_nlp.showing import is_name
from cem_nlp.text import join_turns, mask, mask_answers, normalise, prepare

Row = dict[str, Any]

_LONGEST_QUOTE = 2_000
"""Code points kept of a quarantined cell: enough to recognise the row, whatever its size."""
_LONGEST_VALUE = 200
"""Code points kept of an offending value: no date, rating or kind is that long."""
_HIDDEN = "[已隐去]"
"""Stands for a quarantined cell that no mapping names, for the customer's number, for cells that cannot be
told apart, and for a key that is no name."""
_OF_CONFLICT = frozenset({"number", "brand", "product", "created_at", "rating", "text"})
"""What the ingest room keeps of a conflicting record, by its own names instead of the file's columns."""

_OF_A_PERSON = frozenset({"手机号", "座机", "身份证", "银行卡", "邮箱", "证件号", "姓名"})
"""What is masked in a file's name; what looks like an order number there is mostly the time of an export."""
_MARK_DIGITS = 6
"""Hexadecimal digits that tell files apart whose names are alike once masked."""

_COPIED = (
    "feedback_id",
    "content_digest",
    "kind",
    "source",
    "file",
    "row",
    "brand",
    "product",
    "is_own",
    "channel",
    "segment",
    "customer_key",
    "created_at",
    "business_date",
    "rating",
    "rating_scaled",
    "text",
)
"""Columns of `feedback` that a record holds as they are stored."""


@dataclass(frozen=True, slots=True)
class PreparedRecord:
    """A record whose words are ready to be stored: `text` is that of all turns where there are turns."""

    record: Record
    n_masked: int
    fixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreparedChunk:
    """A chunk ready to be deduplicated and stored; `rows_in` rows became records or quarantine rows."""

    rows_in: int
    records: Sequence[PreparedRecord]
    quarantine: Sequence[Row]


def prepare_chunk(source: Source, admission: Admission, run_id: str, chunk: RawChunk) -> PreparedChunk:
    """Admit a chunk's rows and prepare their words. Pure, so that any process can do it."""
    chunk = replace(chunk, file=stored_name(chunk.file, admission.salt))
    admitted = admit(chunk, source, admission)
    records = [_prepare_record(record) for record in admitted.accepted]
    rows = [quarantine_row(rejected, source, chunk.file, run_id) for rejected in admitted.rejected]
    return PreparedChunk(chunk.rows_in, records, rows)


def stored_name(file: str, salt: bytes) -> str:
    """Return what tables and reports call `file`: its name, or that masked with a keyed mark of it."""
    masked = mask(normalise(file).text)
    if _OF_A_PERSON.isdisjoint(masked.kinds):
        return file
    return f"{masked.text} #{customer_key(file, salt)[:_MARK_DIGITS]}"


def feedback_row(prepared: PreparedRecord, run_id: str) -> Row:
    """Return the row of `feedback`; near-duplicates are marked later."""
    copied = {name: getattr(prepared.record, name) for name in _COPIED}
    return {**copied, "n_masked": prepared.n_masked, "fixes": prepared.fixes, "run_id": run_id}


def turn_rows(prepared: PreparedRecord, run_id: str) -> list[Row]:
    """Return the rows of `turns`, none for a review or complaint."""
    return [
        {
            "feedback_id": prepared.record.feedback_id,
            "turn_no": number,
            "role": turn.role,
            "offset_seconds": turn.seconds,
            "text": turn.text,
            "run_id": run_id,
        }
        for number, turn in enumerate(prepared.record.turns)
    ]


def quarantine_row(rejected: Rejected, source: Source, file: str, run_id: str) -> Row:
    """Return the row of `quarantine`, its column, value and content masked."""
    column, value = rejected.column, rejected.value
    if value is not None:
        of_customer = column is not None and column == source.columns.customer
        value = _HIDDEN if of_customer else _masked(value, column or "")[:_LONGEST_VALUE]
    return {
        "source": source.name,
        "file": file,
        "row": rejected.row,
        "reason": rejected.reason,
        "column": None if column is None else _key(column, source),
        "value": value,
        "valid": rejected.valid,
        "content": json.dumps(_content(rejected, source), ensure_ascii=False),
        "run_id": run_id,
    }


def _content(rejected: Rejected, source: Source) -> dict[str, str | None]:
    """Return the cells of a rejected row as they may be kept.

    Those that the mapping names are shown, but for the customer's number: other columns hold names,
    telephones and addresses that nobody needs to mend the row. Nothing is shown of a line without cells, nor
    of cells that may have shifted: any of them may be the customer's number.
    """
    shown = frozenset(mapped_columns(source)) - {source.columns.customer}
    if rejected.reason == "conflicting_id":
        shown = _OF_CONFLICT
    elif rejected.reason == "ragged_row" or [*rejected.content] == ["line"]:
        shown = frozenset()
    return {
        _key(name, source): cell if cell is None else _masked(cell, name) if name in shown else _HIDDEN
        for name, cell in rejected.content.items()
    }


def _key(name: str, source: Source) -> str:
    """Return a column or key as it may be kept: objects may be keyed by customers."""
    mapped = mapped_columns(source)
    known = name in mapped or all(part in mapped for part in name.split(", "))
    return name if known or _is_name(name) else _HIDDEN


def _prepare_record(record: Record) -> PreparedRecord:
    words = [turn.text for turn in record.turns] if record.turns else [record.text or ""]
    prepared = [prepare(text) for text in words]
    spoken = [(turn.role, ready.text) for turn, ready in zip(record.turns, prepared, strict=False)]
    answers, n_answers = mask_answers(spoken)
    turns = tuple(replace(turn, text=text) for turn, text in zip(record.turns, answers, strict=True))
    text = join_turns([(turn.role, turn.text) for turn in turns]) if turns else prepared[0].text
    fixes = dict.fromkeys(fix for ready in prepared for fix in ready.fixes)
    safe = replace(
        record,
        text=text,
        turns=turns,
        brand=_label(record.brand),
        product=_label(record.product),
        channel=_label(record.channel),
        segment=_label(record.segment),
    )
    return PreparedRecord(safe, n_answers + sum(ready.n_masked for ready in prepared), tuple(fixes))


def _masked(cell: str, column: str) -> str:
    """Mask a cell on its own and in the light of its column's name, then shorten it.

    A bare number is an order number under 订单号. A number cut in half would no longer be recognised.
    """
    cue = f"{column}："
    return mask(cue + prepare(cell).text).text.removeprefix(cue)[:_LONGEST_QUOTE]


_is_name = lru_cache(maxsize=4096)(is_name)
"""Kept, because the same columns come in every row."""


@lru_cache(maxsize=4096)
def _label(name: str) -> str:
    """Mask what a column of names holds; kept, because brands and products come again and again.

    A number in full-width digits is found only once they are normalised; any other name stays as it is.
    """
    ready = prepare(name)
    return ready.text if ready.n_masked else name
