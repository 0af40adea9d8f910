"""The contract, row by row: a raw chunk in, records and rejected rows out. Pure; runs in worker processes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, get_args
from zoneinfo import ZoneInfo

from cem_nlp.config import Kind, Source
from cem_nlp.ingest.columns import by_name, names_of, storable
from cem_nlp.ingest.identity import content_digest, customer_key, feedback_id, spoken
from cem_nlp.ingest.moments import parse_moment
from cem_nlp.ingest.records import Admission, Admitted, BrokenRow, RawChunk, RawTurn, Record, Rejected
from cem_nlp.ingest.turns import read_turns, said
from cem_nlp.vocabulary import UNKNOWN

LONGEST_TEXT: Final = 4 << 20
"""Characters; a thousand times a long comment."""

EARLIEST: Final = date(1990, 1, 1)
"""Older dates are placeholders such as 1900-01-01 and 1970-01-01; no source reaches back so far."""

_KINDS: Final[Mapping[str, Kind]] = {kind: kind for kind in get_args(Kind)}
_TOP: Final = 10.0
"""Upper end of `rating_scaled`, as of every score of the method."""

_Cells = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class _Contract:
    """The mapping, resolved for the columns of one chunk: field → positions of its columns."""

    source: Source
    admission: Admission
    zone: ZoneInfo
    kinds: Mapping[str, Kind]
    places: Mapping[str, Sequence[int]]
    columns: Sequence[str]


def admit(chunk: RawChunk, source: Source, admission: Admission) -> Admitted:
    """Part a chunk into records and rejected rows, both in the file's order; a row's first breach counts.

    Reasons added to those of reading: unknown_kind, missing_text, text_too_long, bad_turns, unknown_role,
    bad_seconds, bad_date, date_in_future (after the night, in the configured time zone), date_too_early,
    bad_rating, rating_out_of_scale, nul_byte (outside the text, where the text room repairs it), undecodable.
    Empty cells of optional columns are missing values, never breaches.
    """
    contract = _resolve(chunk.columns, source, admission)
    accepted: list[Record] = []
    rejected = list(chunk.rejected)
    for row, cells in chunk.rows:
        try:
            accepted.append(_record(contract, chunk.file, row, cells))
        except BrokenRow as broken:
            rejected.append(_rejected(broken, chunk.columns, row, cells))
        except UnicodeEncodeError:
            rejected.append(_rejected(BrokenRow("undecodable"), chunk.columns, row, cells))
    rejected.sort(key=lambda reject: reject.row)
    return Admitted(accepted, rejected)


def _rejected(broken: BrokenRow, columns: Sequence[str], row: int, cells: _Cells) -> Rejected:
    value = None if broken.value is None else storable(broken.value)
    return Rejected(row, broken.reason, by_name(columns, cells), broken.column, value, broken.valid)


def _resolve(columns: Sequence[str], source: Source, admission: Admission) -> _Contract:
    at = {name: position for position, name in enumerate(columns)}
    mapping = source.columns
    fields = {field: names_of(getattr(mapping, field)) for field in type(mapping).model_fields}
    fields["turns"] = (source.turns.column,)
    # JSON Lines may first show a column in a later chunk; until then it is a missing value.
    places = {field: [at[name] for name in names if name in at] for field, names in fields.items()}
    kinds = source.kinds or _KINDS
    return _Contract(source, admission, ZoneInfo(admission.timezone), kinds, places, columns)


def _record(contract: _Contract, file: str, row: int, cells: _Cells) -> Record:
    source, salt = contract.source, contract.admission.salt
    kind = _kind(contract, cells)
    text, turns = _words(contract, cells, kind)
    local = _created_at(contract, cells)
    rating = _rating(contract, cells)
    brand, product, channel, segment = (
        _field(contract, cells, field) for field in ("brand", "product", "channel", "segment")
    )
    customer = _field(contract, cells, "customer")
    key = None if customer is None else customer_key(customer, salt)
    number = _field(contract, cells, "id")
    described = (_field(contract, cells, "kind"), brand, product, channel, segment, key)
    digest = content_digest(described, local, rating, spoken(turns) if text is None else text, salt)
    constants, scale = source.constants, source.rating
    name = brand or constants.brand or UNKNOWN
    name = contract.admission.brands.aliases.get(name, name)
    return Record(
        feedback_id=feedback_id(source.name, number, digest, salt),
        content_digest=digest,
        number=number,
        kind=kind,
        source=source.name,
        file=file,
        row=row,
        brand=name,
        product=product or constants.product or UNKNOWN,
        is_own=name in contract.admission.brands.own,
        channel=channel or constants.channel or UNKNOWN,
        segment=segment or constants.segment or UNKNOWN,
        customer_key=key,
        created_at=None if local is None else local.astimezone(UTC),
        business_date=contract.admission.night if local is None else local.date(),
        rating=rating,
        rating_scaled=None if rating is None else _TOP * (rating - scale.low) / (scale.high - scale.low),
        text=text,
        turns=turns,
    )


def _field(contract: _Contract, cells: _Cells, field: str) -> str | None:
    """Return a field's value without blanks around it, None where it is missing; several are put in a row."""
    places = contract.places[field]
    if not places:
        return None
    if len(places) == 1:
        value = (cells[places[0]] or "").strip()
    else:
        value = " ".join(filter(None, ((cells[place] or "").strip() for place in places)))
    if "\0" in value:
        raise BrokenRow("nul_byte", contract.columns[places[0]], value)
    return value or None


def _kind(contract: _Contract, cells: _Cells) -> Kind:
    column = contract.source.columns.kind
    if column is None:
        return contract.source.kind
    value = _field(contract, cells, "kind")
    kind = contract.kinds.get(value or "")
    if kind is None:
        raise BrokenRow("unknown_kind", column, value, " / ".join(contract.kinds))
    return kind


def _words(contract: _Contract, cells: _Cells, kind: Kind) -> tuple[str | None, tuple[RawTurn, ...]]:
    """Return the text, or the turns of a transcript."""
    if kind == "transcript":
        places = contract.places["turns"]
        turns = read_turns(cells[places[0]] if places else None, contract.source.turns)
        if sum(len(turn.text) for turn in turns) > LONGEST_TEXT:
            raise BrokenRow("text_too_long", contract.source.turns.column, valid=f"≤ {LONGEST_TEXT}")
        return None, turns
    text = "\n".join(filter(None, (said(cells[place]) for place in contract.places["text"])))
    column = ", ".join(names_of(contract.source.columns.text))
    if not text:
        raise BrokenRow("missing_text", column)
    if len(text) > LONGEST_TEXT:
        raise BrokenRow("text_too_long", column, str(len(text)), f"≤ {LONGEST_TEXT}")
    return text, ()


def _created_at(contract: _Contract, cells: _Cells) -> datetime | None:
    """Return when the customer spoke, in the configured time zone."""
    value = _field(contract, cells, "created_at")
    if value is None:
        return None
    column, night = contract.source.columns.created_at, contract.admission.night
    valid = f"{EARLIEST} … {night}"
    try:
        moment = parse_moment(value, contract.source.date_formats, contract.zone)
    except ValueError:
        raise BrokenRow("bad_date", column, value, valid) from None
    if moment.date() > night:
        raise BrokenRow("date_in_future", column, value, valid)
    if moment.date() < EARLIEST:
        raise BrokenRow("date_too_early", column, value, valid)
    return moment


def _rating(contract: _Contract, cells: _Cells) -> float | None:
    """Return the rating on the source's own scale."""
    value = _field(contract, cells, "rating")
    if value is None:
        return None
    column, scale = contract.source.columns.rating, contract.source.rating
    valid = f"{scale.low:g} … {scale.high:g}"
    try:
        # float() would take 1_0 for 10.
        rating = math.nan if "_" in value else float(value)
    except ValueError:
        rating = math.nan
    if not math.isfinite(rating):
        raise BrokenRow("bad_rating", column, value, valid)
    if not scale.low <= rating <= scale.high:
        raise BrokenRow("rating_out_of_scale", column, value, valid)
    return rating
