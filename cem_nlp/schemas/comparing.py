"""Own brands against rivals."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import column, measure, table

TABLES: Final[dict[str, pa.Schema]] = {
    "comparisons": table(
        "an own brand against a rival, or against all of them together, in one cell; only where both have "
        "opinions from the same source, of the same kind and in the same month",
        column("grain", pa.string(), "the dimensions that are not 'all', joined by '×'; 'total' for none"),
        column("brand", pa.string(), "own brand"),
        column("rival", pa.string(), "rival; 'all' for the industry, all rivals together"),
        column("category", pa.string(), "experience category"),
        column("touchpoint", pa.string(), "touchpoint"),
        column("topic", pa.string(), "sub-topic of the taxonomy"),
        column("n_mentions", pa.int64(), "opinions on the own brand that were compared"),
        column("n_rival", pa.int64(), "opinions on the rival that were compared"),
        column(
            "covered", pa.float64(), "share of the own brand's opinions in the cell that were compared, 0–1"
        ),
        column("covered_rival", pa.float64(), "the same of the rival's, 0–1"),
        column("effective_n", pa.float64(), "independent opinions that the own brand's are worth"),
        column("effective_n_rival", pa.float64(), "independent opinions that the rival's are worth"),
        *measure("experience", "the own brand's score over the shared strata, not shrunk, 0–10"),
        *measure("experience_rival", "the rival's score as if it had the same mix of strata, 0–10"),
        *measure("difference", "experience − experience_rival, −10–10"),
        column("p_value", pa.float64(), "probability of as large a difference by chance", optional=True),
        column(
            "q_value",
            pa.float64(),
            "share of false ones among all differences of the table at least as sure (Benjamini–Hochberg)",
            optional=True,
        ),
        column(
            "verdict",
            pa.string(),
            "better or worse where sure and at least the minimum effect, else no_evidence; suppressed where "
            "a side has too few opinions to compare",
        ),
        column(
            "rank",
            pa.int32(),
            "of the industry's rows: 1 + rivals whose score is higher than the own brand's; total and "
            "categories only",
            optional=True,
        ),
        column("rank_low", pa.int32(), "best rank of the 95 % range (bootstrap of customers)", optional=True),
        column("rank_high", pa.int32(), "worst rank of the 95 % range", optional=True),
        column("n_ranked", pa.int32(), "brands ranked, the own one among them", optional=True),
    ),
}
