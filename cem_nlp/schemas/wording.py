"""What moves the scores: sub-topics and words."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import CATEGORY, column, measure, table

TABLES: Final[dict[str, pa.Schema]] = {
    "topics": table(
        "a sub-topic of a category, in what is said of one brand",
        column("brand", pa.string(), "brand; 'unknown' has no rows"),
        CATEGORY,
        column("topic", pa.string(), "sub-topic of the taxonomy"),
        column("n_mentions", pa.int64(), "opinions on the topic, near-duplicates left out"),
        column("n_feedback", pa.int64(), "comments with at least one of them"),
        column(
            "share", pa.float64(), "share of the category's opinions, those without a topic included, 0–1"
        ),
        *measure("experience", "the topic's score, not shrunk, 0–10; null where too few mentions"),
        *measure(
            "contribution",
            "share × (experience − the category's): points the topic adds to the category's score",
        ),
        *measure(
            "against_before", "contribution in the present period less that in the one before, in points"
        ),
        *measure(
            "against_rivals",
            "contribution less that among the rivals, in sources that speak of both; own brands only",
        ),
        column(
            "q_value",
            pa.float64(),
            "share of false ones among all contributions of the table at least as sure (Benjamini–Hochberg)",
            optional=True,
        ),
        column("verdict", pa.string(), "helps, hurts, no_evidence, or suppressed: too few mentions"),
    ),
    "words": table(
        "a word in opinions on an own brand, held against the period before or against rivals",
        column("brand", pa.string(), "own brand"),
        CATEGORY,
        column("word", pa.string(), "word; none with digits, in the name of a brand or of few customers"),
        column("comparison", pa.string(), "before: the period before; rivals: its rivals together"),
        column("n", pa.int64(), "customers who used it (comments, where the customer is unknown)"),
        column("n_reference", pa.int64(), "customers of the reference who did"),
        column(
            "n_words",
            pa.int64(),
            "different words of each customer, summed, in sources where the word is used",
        ),
        column("n_words_reference", pa.int64(), "the same of the reference"),
        column("log_odds", pa.float64(), "log-odds against the reference, with an informative prior"),
        column("z", pa.float64(), "log_odds in its standard errors"),
        column(
            "q_value",
            pa.float64(),
            "share of false ones among all words of the table at least as sure (Benjamini–Hochberg)",
        ),
        column(
            "verdict",
            pa.string(),
            "against before: new, rising or falling; against rivals: distinctive or rarer; else no_evidence",
        ),
    ),
}
