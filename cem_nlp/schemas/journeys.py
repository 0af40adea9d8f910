"""Peaks, ends and emotions along the customer's way."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import column, measure, table

TABLES: Final[dict[str, pa.Schema]] = {
    "journeys": table(
        "all calls, or all customers' journeys, of a brand and product: peak and end beside the plain mean",
        column(
            "level", pa.string(), "call: one transcript; customer: all feedback of one customer, in order"
        ),
        column("brand", pa.string(), "brand, or 'all'"),
        column("product", pa.string(), "product, or 'all'"),
        column("is_own", pa.bool_(), "whether the brand is one of the own brands"),
        column("n_episodes", pa.int64(), "calls or journeys with at least one opinion"),
        column(
            "n_compared",
            pa.int64(),
            "those with two opinions or more, which the measures are of: with one, peak, end and mean are "
            "the same",
        ),
        column("n_opinions", pa.int64(), "opinions in the episodes compared"),
        *measure("mean", "mean over episodes of the plain mean emotion, 0–10"),
        *measure("peak", "mean over episodes of the emotion furthest from the middle, 0–10"),
        *measure("end", "mean over episodes of the last emotion, 0–10"),
        *measure("peak_end", "mean over episodes of (peak + end) / 2: what is remembered, 0–10"),
        *measure("difference", "peak_end − mean, −10–10: below 0 it is remembered worse than it was"),
        column("suppressed", pa.bool_(), "true where too few episodes allow no figure"),
    ),
    "emotions": table(
        "a stage of the customer's way for a brand and product: one point of the emotion curve",
        column("view", pa.string(), "journey: the five stages; life_cycle: the three stages of the relation"),
        column(
            "stage",
            pa.string(),
            "awareness, consideration, purchase, use, feedback; or attract, develop, retain",
        ),
        column("brand", pa.string(), "brand"),
        column("product", pa.string(), "product, or 'all'"),
        column("is_own", pa.bool_(), "whether the brand is one of the own brands"),
        column("n_mentions", pa.int64(), "opinions in the stage"),
        *measure("experience", "score of the stage, not shrunk, 0–10"),
        column("suppressed", pa.bool_(), "true where too few mentions allow no score"),
        column(
            "n_low_peaks",
            pa.int64(),
            "comments and calls of two opinions or more whose peak is negative and lies in the stage",
        ),
        column("n_low_ends", pa.int64(), "the same for the last opinion"),
        column("worst_touchpoint", pa.string(), "touchpoint of the stage with most of both", optional=True),
        column("n_rival", pa.int64(), "rivals' opinions in the stage that were compared"),
        *measure(
            "experience_rival", "rivals' score as if they had the same mix of sources, kinds and months"
        ),
        *measure("difference", "own − rivals over the sources, kinds and months that both have, −10–10"),
        column(
            "verdict",
            pa.string(),
            "better, worse, no_evidence or suppressed, as in comparisons; null without rivals, for a product "
            "and for brands that are not own",
            optional=True,
        ),
    ),
}
