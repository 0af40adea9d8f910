"""Opinions counted and scored."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import column, table

TABLES: Final[dict[str, pa.Schema]] = {
    "scores": table(
        "a cell: one value or 'all' in each dimension",
        column(
            "grain",
            pa.string(),
            "the dimensions that are not 'all', joined by '×', a period by its length 'month' or 'week'; "
            "'total' for none",
        ),
        column("period", pa.string(), "'all', a month 2026-08 or an ISO week 2026-W35"),
        column("brand", pa.string(), "brand"),
        column("product", pa.string(), "product"),
        column("kind", pa.string(), "kind of feedback"),
        column("channel", pa.string(), "where the customer spoke"),
        column("touchpoint", pa.string(), "touchpoint"),
        column("category", pa.string(), "experience category"),
        column("segment", pa.string(), "customer segment"),
        column("is_own", pa.bool_(), "whether the cell is one of the own brands'"),
        column("n_feedback", pa.int64(), "comments with at least one mention in the cell"),
        column("n_mentions", pa.int64(), "opinions in the cell"),
        column("positive", pa.int64(), "positive opinions"),
        column("neutral", pa.int64(), "neutral opinions"),
        column("negative", pa.int64(), "negative opinions"),
        column(
            "experience", pa.float64(), "shrunk experience score, 0–10; null if suppressed", optional=True
        ),
        column("low", pa.float64(), "lower end of the 95 % range of experience", optional=True),
        column("high", pa.float64(), "upper end of the 95 % range of experience", optional=True),
        column(
            "experience_corrected",
            pa.float64(),
            "experience without the model's own errors, as measured on labelled comments, 0–10",
            optional=True,
        ),
        column(
            "corrected_low",
            pa.float64(),
            "lower end of the 95 % range of experience_corrected",
            optional=True,
        ),
        column(
            "corrected_high",
            pa.float64(),
            "upper end of the 95 % range of experience_corrected",
            optional=True,
        ),
        column(
            "correction",
            pa.string(),
            "applied, or why not: no_confusion, few_gold, not_measured (touchpoints), few_mentions, "
            "other_model, drift, ill_conditioned, outside_hull",
        ),
        column(
            "effective_n",
            pa.float64(),
            "independent mentions the cell is worth, in the configured mix where there is one",
        ),
        column(
            "mix_covered",
            pa.float64(),
            "share of the configured mix that the cell's mentions cover, 0–1; null without a mix",
            optional=True,
        ),
        column("suppressed", pa.bool_(), "true where too few mentions allow no score"),
    ),
}
