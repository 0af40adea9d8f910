"""What customers said, and what was read in it: one row a comment, turn, opinion or reading."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import CATEGORY, ID, NIGHT, STRINGS, TIME, column, table

TABLES: Final[dict[str, pa.Schema]] = {
    "feedback": table(
        "a review, complaint or call",
        ID,
        column("content_digest", pa.string(), "checksum of the record as it came; tells a changed record"),
        column("kind", pa.string(), "review, complaint or transcript"),
        column("source", pa.string(), "name of the source in the configuration"),
        column(
            "file",
            pa.string(),
            "file, with the folders that the path leaves open, masked; for SQL the source",
        ),
        column("row", pa.int64(), "row in that file, counted as a spreadsheet does: the header is row 1"),
        column("brand", pa.string(), "brand or company, 'unknown' where the source says nothing"),
        column("product", pa.string(), "product, 'unknown' where the source says nothing"),
        column("is_own", pa.bool_(), "whether the brand is one of the configuration's own brands"),
        column("channel", pa.string(), "where the customer spoke, as the source says, else 'unknown'"),
        column("segment", pa.string(), "customer segment, as the source says, else 'unknown'"),
        column("customer_key", pa.string(), "salted hash of the customer's number", optional=True),
        column("created_at", TIME, "when the customer spoke", optional=True),
        column("business_date", pa.date32(), "day of created_at, or the night where the source has no time"),
        column("rating", pa.float64(), "rating on the source's own scale", optional=True),
        column("rating_scaled", pa.float64(), "the same rating on the scale 0–10", optional=True),
        column("text", pa.string(), "normalised text, personal data masked; turns joined by ' / '"),
        column("n_masked", pa.int32(), "places masked in the text"),
        column("fixes", STRINGS, "repairs made to the text, in order"),
        column("duplicate_of", pa.string(), "feedback_id of an earlier near-duplicate", optional=True),
        NIGHT,
    ),
    "turns": table(
        "a turn of a transcript",
        ID,
        column("turn_no", pa.int32(), "position in the call, from 0"),
        column("role", pa.string(), "customer or agent"),
        column("offset_seconds", pa.float64(), "seconds since the call began", optional=True),
        column("text", pa.string(), "normalised text of the turn, personal data masked"),
        NIGHT,
    ),
    "opinions": table(
        "an opinion",
        ID,
        column("opinion_no", pa.int32(), "position in the comment, from 0"),
        CATEGORY,
        column("polarity", pa.string(), "positive, neutral or negative"),
        column("touchpoint", pa.string(), "code of the touchpoint in the taxonomy"),
        column("stage", pa.string(), "before, during or after the purchase"),
        column("channel", pa.string(), "channel of the touchpoint in the taxonomy"),
        column("start", pa.int32(), "first code point of the evidence in feedback.text"),
        column("end", pa.int32(), "code point after the evidence in feedback.text"),
        column("evidence", pa.string(), "feedback.text[start:end]"),
        column("topic", pa.string(), "sub-topic of the taxonomy", optional=True),
        column("probability", pa.float64(), "estimated probability that the opinion is right, 0–1"),
        column("decided_by", pa.string(), "'model', or 'rule:' and the rule's name"),
        column("model_version", pa.string(), "version and checksum of the model"),
        column("taxonomy_version", pa.string(), "version and checksum of the taxonomy"),
        NIGHT,
    ),
    "comments": table(
        "the reading of one comment as a whole",
        ID,
        column(
            "polarity",
            pa.string(),
            "overall polarity: that of the opinions; where they are divided, or all neutral in a review, how "
            "it would be rated if that is clear, else neutral; null where no opinion was found",
            optional=True,
        ),
        column("intent", pa.string(), "repurchase, recommend, churn, complain", optional=True),
        column("expectation", pa.string(), "experience above, met or below expectation", optional=True),
        column("peak", pa.float64(), "emotion furthest from the middle, 0–10", optional=True),
        column("end", pa.float64(), "emotion of the last opinion, 0–10", optional=True),
        column("mean", pa.float64(), "mean emotion of the opinions, 0–10", optional=True),
        column("themes", STRINGS, "experience themes that the words touch"),
        column(
            "determinants",
            STRINGS,
            "what made the expectation, where the words tell: word_of_mouth, promotion, background, "
            "circumstance, earlier_here, earlier_elsewhere",
        ),
        column("language", pa.string(), "zh, 'other' (marked, not read) or 'none' where nothing is written"),
        column(
            "unknown_share",
            pa.float64(),
            "share of the n-grams that the model does not know, 0–1; null where none was read",
            optional=True,
        ),
        NIGHT,
    ),
}
