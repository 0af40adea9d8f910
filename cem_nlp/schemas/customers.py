"""Customers, their four kinds, and whose word weighs more."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import column, measure, table

_KIND: Final = (
    "model (satisfied, high on the axis), growth (satisfied, not high), at_risk (not satisfied, high), "
    "dangling (neither), or unknown: too few opinions, or not in the customer table"
)
_DIMENSION: Final = column(
    "dimension", pa.string(), "what `group` is one of: segment, region, tenure_band, or 'all'"
)
_GROUP: Final = column("group", pa.string(), "group of customers, 'unknown', or 'all'")
_AXIS: Final = column(
    "axis",
    pa.string(),
    "what tells customers apart besides experience: value, growth, or, without a customer table, contacts "
    "(whether they spoke more than once)",
)

TABLES: Final[dict[str, pa.Schema]] = {
    "customers": table(
        "a customer of the own brands: who stands in the customer table or has spoken of them",
        column("customer_key", pa.string(), "salted hash of the customer's number, as in feedback"),
        column("segment", pa.string(), "segment in the customer table, else the latest that a source names"),
        column("region", pa.string(), "region in the customer table, else 'unknown'"),
        column("tenure_band", pa.string(), "years of the relation in bands, the lower end included"),
        column("tenure", pa.float64(), "years of the relation", optional=True),
        column("value", pa.float64(), "value in the customer table, in its unit", optional=True),
        column("growth", pa.float64(), "growth in the customer table, in its unit", optional=True),
        column("n_feedback", pa.int64(), "comments on own brands in the window"),
        column("n_mentions", pa.int64(), "opinions in them"),
        column("experience", pa.float64(), "net score of these, 0–10; null for too few", optional=True),
        column("kind", pa.string(), _KIND),
        column("kind_before", pa.string(), "the same one period earlier"),
        _AXIS,
    ),
    "portfolio": table(
        "a kind of customer within a group",
        _DIMENSION,
        _GROUP,
        column("kind", pa.string(), f"{_KIND}; or 'all'"),
        column("n_customers", pa.int64(), "customers"),
        *measure("share", "share of the group's customers whose kind is known, 0–1"),
        column(
            "value_share",
            pa.float64(),
            "share of the group's value, 0–1; null for few customers",
            optional=True,
        ),
        column("n_mentions", pa.int64(), "opinions of these customers on own brands in the window"),
        *measure("experience", "their net score, not shrunk, 0–10"),
        _AXIS,
    ),
    "portfolio_moves": table(
        "customers who went from one kind to another, or stayed, since the period before",
        _DIMENSION,
        _GROUP,
        column("kind_before", pa.string(), "kind one period earlier"),
        column("kind", pa.string(), "kind now"),
        column("n_customers", pa.int64(), "customers whose kind was known both times"),
        column("value", pa.float64(), "their value; null for few customers", optional=True),
    ),
    "target_scores": table(
        "an own brand's score as its target segments weigh it, beside the plain one",
        column("brand", pa.string(), "own brand"),
        column("category", pa.string(), "experience category, or 'all' for all of them"),
        column("n_mentions", pa.int64(), "opinions"),
        column("n_target", pa.int64(), "opinions of target segments among them"),
        *measure("experience", "net score of all opinions, not shrunk, 0–10"),
        *measure("experience_weighted", "the same with each opinion weighing as its segment does"),
        *measure("difference", "experience_weighted − experience"),
        *measure("satisfaction", "experience − expectation, expectation by segment as in gaps, −10–10"),
        *measure("satisfaction_weighted", "the same, weighted"),
        column(
            "expectation_from",
            pa.string(),
            "the weakest origin among the segments' expectations: survey, derived or assumed",
            optional=True,
        ),
        column(
            "verdict",
            pa.string(),
            "higher or lower where the range of difference leaves 0 out, else no_evidence; suppressed where "
            "there are too few opinions",
        ),
    ),
}
