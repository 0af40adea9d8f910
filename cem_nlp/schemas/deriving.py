"""What stands in for a survey: importance from ratings, expectation from its determinants."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import CATEGORY, column, measure, table

_NO_FIGURE: Final = (
    "no_ratings, few_ratings, same_rating, few_praised, few_blamed or inseparable (praise or blame always "
    "comes together with another's)"
)

TABLES: Final[dict[str, pa.Schema]] = {
    "drivers": table(
        "what one category does to the rating, derived from comments that carry a rating",
        column("brand", pa.string(), "brand, own or rival"),
        column("product", pa.string(), "product, or 'all'; single ones of own brands only"),
        column("segment", pa.string(), "customer segment, or 'all'; single ones of own brands only"),
        column("is_own", pa.bool_(), "whether the brand is an own one"),
        CATEGORY,
        column("n", pa.int64(), "rated comments with an opinion, near-duplicates left out"),
        column("n_praised", pa.int64(), "customers of these who praise the category"),
        column("n_blamed", pa.int64(), "customers of these who blame the category"),
        *measure("reward", "points of the rating (0–10) that praise adds, all else alike"),
        *measure("penalty", "points of the rating that blame adds: below 0 where it costs"),
        *measure("asymmetry", "reward + penalty: above 0 where praise brings more than blame costs"),
        *measure("lmg", "part of the rating's variance that the category explains, 0–1 (Shapley share)"),
        column("r_squared", pa.float64(), "sum of the six shares: what all explain, 0–1", optional=True),
        column(
            "kano",
            pa.string(),
            "must_be, performance, attractive or indifferent; null without clear evidence",
            optional=True,
        ),
        column(
            "kano_reason",
            pa.string(),
            "why no type is named: undecided, scale_end (the ends of the rating scale could explain it), or "
            "as in reason",
            optional=True,
        ),
        *measure("importance", "reward − penalty kept inside 0–10: 10 decides alone from worst to best"),
        column("reason", pa.string(), f"why there is no importance: {_NO_FIGURE}", optional=True),
    ),
    "expectations": table(
        "what one determinant contributes to the expectation of one category, or the expectation itself",
        column("brand", pa.string(), "own brand"),
        CATEGORY,
        column(
            "determinant",
            pa.string(),
            "earlier_here, earlier_elsewhere, word_of_mouth, promotion, hints, or 'all' for the expectation",
        ),
        *measure(
            "value",
            "expectation that this determinant alone would make, 0–10, and for 'all' the blend; null if "
            "unknown, and for 'all' where only one of several is known",
        ),
        column(
            "weight",
            pa.float64(),
            "its weight among the known ones, 0–1; 0 if unknown, or if too few are known",
        ),
        column(
            "contribution",
            pa.float64(),
            "value × weight; those of a category add up to 'all'; null without a weight",
            optional=True,
        ),
        column("n", pa.int64(), "opinions (earlier scores, promotion) or comments it rests on"),
    ),
}
