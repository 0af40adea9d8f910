"""How the company listens, and what to."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import column, table

_PATTERN: Final = "past (after a transaction), present (the running relation) or potential (what is missing)"

TABLES: Final[dict[str, pa.Schema]] = {
    "listening": table(
        "a pattern of listening in one source, kind and month",
        column("pattern", pa.string(), _PATTERN),
        column("source", pa.string(), "source in the configuration, or the survey's file"),
        column("kind", pa.string(), "kind of feedback, or survey"),
        column("month", pa.string(), "2026-08; 'unknown' where the source has no time"),
        column("n_feedback", pa.int64(), "comments, near-duplicates left out; respondents of a survey"),
        column("n_own", pa.int64(), "those about own brands"),
        column(
            "rests_on",
            pa.string(),
            "source: the source is of this pattern; wishes: comments of another one that say what is missing",
        ),
    ),
    "unheard": table(
        "something about the own brands that customers are not heard on",
        column("dimension", pa.string(), "pattern, touchpoint, channel, stage, product or segment"),
        column("name", pa.string(), "its code or name"),
        column("n_feedback", pa.int64(), "comments in all"),
        column("n_recent", pa.int64(), "comments in the last days; null for patterns", optional=True),
        column("status", pa.string(), "silent (none), stopped (none of late) or thin (too few for a score)"),
    ),
}
