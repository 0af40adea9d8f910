"""The company's view of itself against its customers', and against a reference group."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import column, measure, table

_CATEGORY: Final = column("category", pa.string(), "experience category, or 'all' for the whole")

TABLES: Final[dict[str, pa.Schema]] = {
    "perception": table(
        "the company's own rating of a category, held against its customers'",
        column("brand", pa.string(), "own brand"),
        _CATEGORY,
        column("department", pa.string(), "department that rates, or 'all' for all of them together"),
        column("own_rating", pa.float64(), "the company's rating, mean over departments, 0–10"),
        column("n_ratings", pa.int64(), "ratings it is the mean of"),
        *measure("experience", "what customers say, 0–10"),
        column(
            "experience_from", pa.string(), "where experience comes from: survey or derived", optional=True
        ),
        *measure("gap", "own_rating − experience, −10–10"),
        column(
            "verdict",
            pa.string(),
            "the company rates itself higher or lower than its customers do, where the range of gap leaves 0 "
            "out, else no_evidence; unknown where customers have no score",
        ),
    ),
    "benchmarks": table(
        "an own brand against the reference group",
        column("brand", pa.string(), "own brand"),
        column("reference", pa.string(), "name of the reference group"),
        column("reference_from", pa.string(), "brands (of this warehouse) or published (values)"),
        _CATEGORY,
        column("n_mentions", pa.int64(), "opinions on the own brand"),
        column("n_reference", pa.int64(), "opinions on the group; null for published values", optional=True),
        *measure("experience", "the own brand's score; against brands, over what both share, 0–10"),
        *measure("reference_value", "the group's score, 0–10; published values have no range"),
        *measure("difference", "experience − reference_value, −10–10"),
        *measure("points", "the same in points of a scale of 0–100"),
        column("verdict", pa.string(), "better, worse, no_evidence or suppressed"),
    ),
}
