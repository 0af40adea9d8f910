"""One Arrow schema per table of the warehouse, with the meaning and unit of every column.

`TABLES` is the contract with analysts: names and types change only with a CHANGELOG entry. Times are UTC
microseconds; dates are days in the configured time zone (Asia/Shanghai by default). A table in `NIGHTLY`
grows night by night and is partitioned by `night`; the others hold the latest state only.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

import pyarrow as pa

_Field: TypeAlias = "pa.Field[Any]"

_TIME = pa.timestamp("us", tz="UTC")
_STRINGS = pa.list_(pa.string())


def _column(name: str, kind: pa.DataType, meaning: str, *, optional: bool = False) -> _Field:
    return pa.field(name, kind, nullable=optional, metadata={"meaning": meaning})


def _table(row: str, *columns: _Field) -> pa.Schema:
    run = _column("run_id", pa.string(), "the run that wrote the row")
    return pa.schema([*columns, run], metadata={"row": row})


_ID = _column(
    "feedback_id", pa.string(), "stable hash of the source and its record number, else of the record"
)
_NIGHT = _column("night", pa.string(), "date of the run that published the row, YYYY-MM-DD; the partition")
_CATEGORY = _column("category", pa.string(), "product, service, relationship, price, convenience or brand")


def _measure(name: str, meaning: str) -> list[_Field]:
    return [
        _column(name, pa.float64(), meaning, optional=True),
        _column(f"{name}_low", pa.float64(), f"lower end of the 95 % range of {name}", optional=True),
        _column(f"{name}_high", pa.float64(), f"upper end of the 95 % range of {name}", optional=True),
    ]


def _sourced(name: str, meaning: str) -> list[_Field]:
    meaning_of_origin = f"where {name} comes from: survey, derived or assumed; null if {name} is unknown"
    origin = _column(f"{name}_from", pa.string(), meaning_of_origin, optional=True)
    return [*_measure(name, meaning), origin]


TABLES: Final[dict[str, pa.Schema]] = {
    "feedback": _table(
        "a review, complaint or call",
        _ID,
        _column("content_digest", pa.string(), "checksum of the record as it came; tells a changed record"),
        _column("kind", pa.string(), "review, complaint or transcript"),
        _column("source", pa.string(), "name of the source in the configuration"),
        _column("file", pa.string(), "file name, or table of the database"),
        _column("row", pa.int64(), "row in that file, counted as a spreadsheet does: the header is row 1"),
        _column("brand", pa.string(), "brand or company, 'unknown' where the source says nothing"),
        _column("product", pa.string(), "product, 'unknown' where the source says nothing"),
        _column("is_own", pa.bool_(), "whether the brand is one of the configuration's own brands"),
        _column("channel", pa.string(), "where the customer spoke, as the source says, else 'unknown'"),
        _column("segment", pa.string(), "customer segment, as the source says, else 'unknown'"),
        _column("customer_key", pa.string(), "salted hash of the customer's number", optional=True),
        _column("created_at", _TIME, "when the customer spoke", optional=True),
        _column("business_date", pa.date32(), "day of created_at, or the night where the source has no time"),
        _column("rating", pa.float64(), "rating on the source's own scale", optional=True),
        _column("rating_scaled", pa.float64(), "the same rating on the scale 0–10", optional=True),
        _column("text", pa.string(), "normalised text, personal data masked; turns joined by ' / '"),
        _column("n_masked", pa.int32(), "places masked in the text"),
        _column("fixes", _STRINGS, "repairs made to the text, in order"),
        _column("duplicate_of", pa.string(), "feedback_id of an earlier near-duplicate", optional=True),
        _NIGHT,
    ),
    "turns": _table(
        "a turn of a transcript",
        _ID,
        _column("turn_no", pa.int32(), "position in the call, from 0"),
        _column("role", pa.string(), "customer or agent"),
        _column("offset_seconds", pa.float64(), "seconds since the call began", optional=True),
        _column("text", pa.string(), "normalised text of the turn, personal data masked"),
        _NIGHT,
    ),
    "opinions": _table(
        "an opinion",
        _ID,
        _column("opinion_no", pa.int32(), "position in the comment, from 0"),
        _CATEGORY,
        _column("polarity", pa.string(), "positive, neutral or negative"),
        _column("touchpoint", pa.string(), "code of the touchpoint in the taxonomy"),
        _column("stage", pa.string(), "before, during or after the purchase"),
        _column("channel", pa.string(), "channel of the touchpoint in the taxonomy"),
        _column("start", pa.int32(), "first code point of the evidence in feedback.text"),
        _column("end", pa.int32(), "code point after the evidence in feedback.text"),
        _column("evidence", pa.string(), "feedback.text[start:end]"),
        _column("topic", pa.string(), "sub-topic of the taxonomy", optional=True),
        _column("probability", pa.float64(), "estimated probability that the opinion is right, 0–1"),
        _column("decided_by", pa.string(), "'model', or 'rule:' and the rule's name"),
        _column("model_version", pa.string(), "version and checksum of the model"),
        _column("taxonomy_version", pa.string(), "version and checksum of the taxonomy"),
        _NIGHT,
    ),
    "comments": _table(
        "the reading of one comment as a whole",
        _ID,
        _column("polarity", pa.string(), "overall polarity; null where no opinion was found", optional=True),
        _column("intent", pa.string(), "repurchase, recommend, churn, complain", optional=True),
        _column("expectation", pa.string(), "experience above, met or below expectation", optional=True),
        _column("peak", pa.float64(), "emotion furthest from the middle, 0–10", optional=True),
        _column("end", pa.float64(), "emotion of the last opinion, 0–10", optional=True),
        _column("mean", pa.float64(), "mean emotion of the opinions, 0–10", optional=True),
        _column("themes", _STRINGS, "experience themes that the words touch"),
        _column(
            "determinants",
            _STRINGS,
            "what made the expectation, where the words tell: word_of_mouth, promotion, background, "
            "circumstance, earlier_here, earlier_elsewhere",
        ),
        _column("language", pa.string(), "zh, 'other' (marked, not read) or 'none' where nothing is written"),
        _column(
            "unknown_share",
            pa.float64(),
            "share of the n-grams that the model does not know, 0–1; null where none was read",
            optional=True,
        ),
        _NIGHT,
    ),
    "scores": _table(
        "a cell: one value or 'all' in each dimension",
        _column(
            "grain",
            pa.string(),
            "the dimensions that are not 'all', joined by '×', a period by its length 'month' or 'week'; "
            "'total' for none",
        ),
        _column("period", pa.string(), "'all', a month 2026-08 or an ISO week 2026-W35"),
        _column("brand", pa.string(), "brand"),
        _column("product", pa.string(), "product"),
        _column("kind", pa.string(), "kind of feedback"),
        _column("channel", pa.string(), "where the customer spoke"),
        _column("touchpoint", pa.string(), "touchpoint"),
        _column("category", pa.string(), "experience category"),
        _column("segment", pa.string(), "customer segment"),
        _column("is_own", pa.bool_(), "whether the cell is one of the own brands'"),
        _column("n_feedback", pa.int64(), "comments with at least one mention in the cell"),
        _column("n_mentions", pa.int64(), "opinions in the cell"),
        _column("positive", pa.int64(), "positive opinions"),
        _column("neutral", pa.int64(), "neutral opinions"),
        _column("negative", pa.int64(), "negative opinions"),
        _column(
            "experience", pa.float64(), "shrunk experience score, 0–10; null if suppressed", optional=True
        ),
        _column("low", pa.float64(), "lower end of the 95 % range of experience", optional=True),
        _column("high", pa.float64(), "upper end of the 95 % range of experience", optional=True),
        _column("experience_corrected", pa.float64(), "corrected for classifier error, 0–10", optional=True),
        _column("effective_n", pa.float64(), "independent mentions the cell is worth"),
        _column("suppressed", pa.bool_(), "true where too few mentions allow no score"),
    ),
    "gaps": _table(
        "the seven steps for one product, segment and category",
        _column("brand", pa.string(), "brand, or 'all' where the survey names products only"),
        _column("product", pa.string(), "product, or 'all'"),
        _column("segment", pa.string(), "customer segment, or 'all'"),
        _CATEGORY,
        *_sourced("experience", "actual experience, 0–10 (step 2a)"),
        *_sourced("expectation", "expectation, 0–10 (step 2b)"),
        *_measure("satisfaction", "experience − expectation, −10–10 (step 2c)"),
        *_sourced("importance", "importance, 0–10 (step 2d)"),
        *_measure("weighted", "importance × satisfaction, −100–100 (step 3)"),
        *_sourced("ideal", "ideal experience under limited resources, 0–10 (step 4a)"),
        *_measure("gap", "experience − ideal (step 4b)"),
        _column(
            "rank", pa.int32(), "1 is the most negative weighted satisfaction; null if unknown", optional=True
        ),
        _column("is_key_experience", pa.bool_(), "whether this category is the key experience"),
        _column("runner_up", pa.bool_(), "whether this category is next in line"),
    ),
    "quarantine": _table(
        "a row that broke the contract",
        _column("source", pa.string(), "name of the source in the configuration"),
        _column("file", pa.string(), "file name, or table of the database"),
        _column("row", pa.int64(), "row in that file, the header being row 1"),
        _column("reason", pa.string(), "code of the reason"),
        _column("column", pa.string(), "offending column as the file calls it", optional=True),
        _column("value", pa.string(), "offending value, personal data masked", optional=True),
        _column("valid", pa.string(), "what would have been valid", optional=True),
        _column("content", pa.string(), "the row as JSON, personal data masked"),
        _NIGHT,
    ),
    "sources": _table(
        "the reconciliation of one file: rows_in = published + quarantined + duplicates",
        _column("source", pa.string(), "name of the source in the configuration"),
        _column("file", pa.string(), "file name, or table of the database"),
        _column("kind", pa.string(), "review, complaint or transcript"),
        _column("rows_in", pa.int64(), "rows read"),
        _column("published", pa.int64(), "rows in feedback, near-duplicates included"),
        _column(
            "near_duplicates", pa.int64(), "published rows that repeat an earlier text almost word for word"
        ),
        _column("quarantined", pa.int64(), "rows in quarantine"),
        _column(
            "duplicates",
            pa.int64(),
            "rows that are the same record as another, or known from an earlier night",
        ),
        _NIGHT,
    ),
    "drift": _table(
        "a comparison of the night's comments or opinions with a reference",
        _column("kind", pa.string(), "kind of feedback; 'all' for the versions"),
        _column(
            "measure",
            pa.string(),
            "of the comments: length, language, unknown (n-grams the model does not know); of the readings: "
            "found (any opinion or none), opinions (category and polarity), probability; versions: model, "
            "taxonomy",
        ),
        _column("reference", pa.string(), "training (the model's profile) or past (earlier nights)"),
        _column("n", pa.int64(), "comments of the night that have the measure, near-duplicates left out"),
        _column("n_reference", pa.int64(), "comments of the reference"),
        _column("nights", pa.int32(), "nights of the reference; null for training", optional=True),
        _column("value", pa.float64(), "population stability index, 0 for no difference", optional=True),
        _column("low", pa.float64(), "value that chance alone hardly ever stays below", optional=True),
        _column("high", pa.float64(), "value that chance alone hardly ever exceeds", optional=True),
        _column("verdict", pa.string(), "stable, moved or unknown"),
        _column(
            "detail",
            pa.string(),
            "why unknown: no_profile, other_model, few_nights, few_comments or unnatural_shares; "
            "of a version, the one of the night before",
            optional=True,
        ),
        _column("bin", pa.string(), "bin that differs most", optional=True),
        _column("share", pa.float64(), "its share of the night's comments, 0–1", optional=True),
        _column("share_reference", pa.float64(), "its share of the reference, 0–1", optional=True),
        _column("bins", _STRINGS, "bins of the measure"),
        _column("counts", pa.list_(pa.float64()), "comments of the night in each bin"),
        _column("model_version", pa.string(), "version and checksum of the model"),
        _column("taxonomy_version", pa.string(), "version and checksum of the taxonomy"),
        _NIGHT,
    ),
    "runs": _table(
        "a committed run",
        _column("started_at", _TIME, "start"),
        _column("finished_at", _TIME, "commit"),
        _column("seconds", pa.float64(), "duration in seconds"),
        _column("rows_in", pa.int64(), "rows read"),
        _column("published", pa.int64(), "rows published"),
        _column("quarantined", pa.int64(), "rows in quarantine"),
        _column("duplicates", pa.int64(), "duplicate rows"),
        _column("opinions", pa.int64(), "opinions found"),
        _column("model_version", pa.string(), "version and checksum of the model"),
        _column("taxonomy_version", pa.string(), "version and checksum of the taxonomy"),
        _column("config_hash", pa.string(), "checksum of the configuration"),
        _column("version", pa.string(), "version of the software"),
        _NIGHT,
    ),
}

NIGHTLY: Final = frozenset(name for name, schema in TABLES.items() if "night" in schema.names)
"""Tables that keep every night, partitioned by `night`; a night that runs again replaces its own rows."""


def to_table(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Return rows as the table `name`, without the column `night`: the partition holds it."""
    schema = TABLES[name]
    columns = [field for field in schema if field.name != "night"]
    return pa.Table.from_pylist(list(rows), schema=pa.schema(columns))
