"""What was found and who answers for it."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import column, measure, table

TABLES: Final[dict[str, pa.Schema]] = {
    "findings": table(
        "a finding that somebody has to act on, taken from the other tables",
        column("finding_no", pa.int32(), "1 is the most urgent"),
        column(
            "kind",
            pa.string(),
            "key_experience, defect, weak_cell (against rivals), alert, topic, misplaced, missing or "
            "action_failed",
        ),
        column("brand", pa.string(), "brand, or 'all' own brands"),
        column("touchpoint", pa.string(), "touchpoint, or 'all'"),
        column("category", pa.string(), "experience category, or 'all'"),
        column("topic", pa.string(), "sub-topic of the taxonomy", optional=True),
        column(
            "detail",
            pa.string(),
            "defect: reason; misplaced: preferred channel, or effort; alert: first day; missing: what is "
            "asked for; action_failed: the action",
            optional=True,
        ),
        column("blamed_at", pa.string(), "touchpoint, or where most of the blame falls", optional=True),
        column("owner", pa.string(), "department, as coded in the taxonomy", optional=True),
        column(
            "owner_from",
            pa.string(),
            "touchpoint, topic (which has an owner of its own) or most_blame (of a category alone)",
            optional=True,
        ),
        column("severity", pa.string(), "high (0.2 points or more), medium (0.02), low"),
        column(
            "points",
            pa.float64(),
            "points of the brand's whole score at stake; null where they cannot be told",
            optional=True,
        ),
        column(
            "measure",
            pa.string(),
            "what size is: experience (0–10), difference (points), contribution (points of the category's "
            "score) or share (0–1)",
        ),
        *measure("size", "how large the finding is"),
        column("n", pa.int64(), "opinions it rests on; comments of what is missing"),
    ),
}
