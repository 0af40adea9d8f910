"""What a run knows of itself: rejected rows, reconciliation, drift, account."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import NIGHT, STRINGS, TIME, column, table

TABLES: Final[dict[str, pa.Schema]] = {
    "quarantine": table(
        "a row that broke the contract",
        column("source", pa.string(), "name of the source in the configuration"),
        column(
            "file",
            pa.string(),
            "file, with the folders that the path leaves open, masked; for SQL the source",
        ),
        column("row", pa.int64(), "row in that file, the header being row 1"),
        column("reason", pa.string(), "code of the reason"),
        column("column", pa.string(), "offending column as the file calls it", optional=True),
        column(
            "value",
            pa.string(),
            "offending value, personal data masked; [已隐去] for a customer's number",
            optional=True,
        ),
        column("valid", pa.string(), "what would have been valid", optional=True),
        column(
            "content",
            pa.string(),
            "the row as JSON: the cells that the mapping names, personal data masked; [已隐去] stands for "
            "the customer's number, for other columns, for keys that are no names, and for every cell where "
            "these cannot be told apart",
        ),
        NIGHT,
    ),
    "sources": table(
        "the reconciliation of one file: rows_in = published + quarantined + duplicates",
        column("source", pa.string(), "name of the source in the configuration"),
        column(
            "file",
            pa.string(),
            "file, with the folders that the path leaves open, masked; for SQL the source",
        ),
        column("kind", pa.string(), "review, complaint or transcript"),
        column("rows_in", pa.int64(), "rows read"),
        column("published", pa.int64(), "rows in feedback, near-duplicates included"),
        column(
            "near_duplicates", pa.int64(), "published rows that repeat an earlier text almost word for word"
        ),
        column("quarantined", pa.int64(), "rows in quarantine"),
        column(
            "duplicates",
            pa.int64(),
            "rows that are the same record as another, or known from an earlier night",
        ),
        NIGHT,
    ),
    "drift": table(
        "a comparison of the night's comments or opinions with a reference",
        column("kind", pa.string(), "kind of feedback; 'all' for the versions"),
        column(
            "measure",
            pa.string(),
            "of the comments: length, language, unknown (n-grams the model does not know); of the readings: "
            "found (any opinion or none), opinions (category and polarity), probability; versions: model, "
            "taxonomy",
        ),
        column("reference", pa.string(), "training (the model's profile) or past (earlier nights)"),
        column("n", pa.int64(), "comments of the night that have the measure, near-duplicates left out"),
        column("n_reference", pa.int64(), "comments of the reference"),
        column("nights", pa.int32(), "nights of the reference; null for training", optional=True),
        column("value", pa.float64(), "population stability index, 0 for no difference", optional=True),
        column("low", pa.float64(), "value that chance alone hardly ever stays below", optional=True),
        column("high", pa.float64(), "value that chance alone hardly ever exceeds", optional=True),
        column("verdict", pa.string(), "stable, moved or unknown"),
        column(
            "detail",
            pa.string(),
            "why unknown: no_profile, other_model, few_nights, few_comments or unnatural_shares; "
            "of a version, the one of the night before",
            optional=True,
        ),
        column("bin", pa.string(), "bin that differs most", optional=True),
        column("share", pa.float64(), "its share of the night's comments, 0–1", optional=True),
        column("share_reference", pa.float64(), "its share of the reference, 0–1", optional=True),
        column("bins", STRINGS, "bins of the measure"),
        column("counts", pa.list_(pa.float64()), "comments of the night in each bin"),
        column("model_version", pa.string(), "version and checksum of the model"),
        column("taxonomy_version", pa.string(), "version and checksum of the taxonomy"),
        NIGHT,
    ),
    "runs": table(
        "a committed run",
        column("started_at", TIME, "start"),
        column("finished_at", TIME, "commit"),
        column("seconds", pa.float64(), "duration in seconds"),
        column("rows_in", pa.int64(), "rows read"),
        column("published", pa.int64(), "rows published"),
        column("quarantined", pa.int64(), "rows in quarantine"),
        column("duplicates", pa.int64(), "duplicate rows"),
        column("opinions", pa.int64(), "opinions found"),
        column("model_version", pa.string(), "version and checksum of the model"),
        column("taxonomy_version", pa.string(), "version and checksum of the taxonomy"),
        column("config_hash", pa.string(), "checksum of the configuration"),
        column("version", pa.string(), "version of the software"),
        NIGHT,
    ),
}
