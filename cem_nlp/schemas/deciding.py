"""From the gap to what is done about it: brand value, requirements, decisions, and what all of it costs."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import CATEGORY, column, measure, table

_GROUP: Final = (
    column("brand", pa.string(), "brand, or 'all' where the survey names products only"),
    column("product", pa.string(), "product, or 'all'"),
    column("segment", pa.string(), "customer segment, or 'all'"),
)
_REQUIREMENT: Final = (
    column("requirement", pa.string(), "what the taxonomy requires there, in Chinese", optional=True),
    column("requirement_en", pa.string(), "the same in English", optional=True),
)
_REASON: Final = column("reason", pa.string(), "the strategy's own words for ruling it out", optional=True)

TABLES: Final[dict[str, pa.Schema]] = {
    "brand_value": table(
        "what a brand's supporters praise, a category or one of its sub-topics, against its other customers "
        "(step 1); a supporter means to recommend or buy again, or rates 9 or more of 10",
        column("brand", pa.string(), "brand"),
        column("is_own", pa.bool_(), "whether the brand is one of the own brands"),
        CATEGORY,
        column("topic", pa.string(), "sub-topic of the taxonomy, or 'all'"),
        column("n_supporters", pa.int64(), "supporters who praise anything"),
        column("supporters", pa.int64(), "of these, who praise this"),
        *measure("share_supporters", "supporters / n_supporters, 0–1; null if too few"),
        column("n_others", pa.int64(), "other customers who praise anything"),
        column("others", pa.int64(), "of these, who praise this"),
        *measure("share_others", "others / n_others, 0–1; null if too few"),
        *measure("difference", "share_supporters − share_others, −1–1"),
    ),
    "requirements": table(
        "a sub-topic that own customers are unhappy with (step 5)",
        *_GROUP,
        CATEGORY,
        column(
            "place", pa.int32(), "1 is the sub-topic of the category that most customers are unhappy with"
        ),
        column("topic", pa.string(), "sub-topic of the taxonomy"),
        column("touchpoint", pa.string(), "touchpoint where most of them are unhappy"),
        column("n_customers", pa.int64(), "customers unhappy with the sub-topic"),
        column("n_unhappy", pa.int64(), "customers unhappy with the category"),
        *measure("share", "n_customers / n_unhappy, 0–1; null if too few are unhappy"),
        column(
            "verdict",
            pa.string(),
            "open, ruled_out (the strategy rules out the sub-topic, the touchpoint or the requirement) or "
            "thin (too few customers)",
        ),
        _REASON,
        *_REQUIREMENT,
    ),
    "decisions": table(
        "a category in line for improvement, and whether strategy and capability allow it (step 6)",
        *_GROUP,
        column("place", pa.int32(), "place in line: 1 is the key experience, 2 the runner-up"),
        CATEGORY,
        column("key_probability", pa.float64(), "as in gaps", optional=True),
        column("tied", pa.bool_(), "as in gaps", optional=True),
        column(
            "verdict",
            pa.string(),
            "proposed (the first in line that fits), reserve (fits, but comes later), ruled_out, "
            "not_affordable, beyond_reach or no_gap (the experience is as good as the target already)",
        ),
        _REASON,
        column("cost", pa.float64(), "cost of improving the category, as the strategy says", optional=True),
        column("budget", pa.float64(), "budget, as the strategy says", optional=True),
        column("experience", pa.float64(), "actual experience, 0–10"),
        column("target", pa.float64(), "experience to reach if the category is taken, 0–10"),
        column("topic", pa.string(), "sub-topic to begin with", optional=True),
        column("n_customers", pa.int64(), "customers unhappy with that sub-topic", optional=True),
        *_REQUIREMENT,
    ),
    "costs": table(
        "a quantity of the cost of negative experience, as it is and with one of the levers moved",
        column(
            "scenario",
            pa.string(),
            "now, won_back (more complainers won back) or complaint_share (more of the unhappy complain)",
        ),
        column("changed_to", pa.float64(), "the lever's share in the scenario, 0–1; null now", optional=True),
        column(
            "quantity",
            pa.string(),
            "revenue, negative_share, complaint_share; the rates won_back_rate, at_risk_rate, lost_rate, "
            "silent_at_risk_rate, silent_lost_rate; the amounts won_back, at_risk_complainers, "
            "at_risk_silent, lost_complainers, lost_silent, lost; saved (lost now less lost in the scenario)",
        ),
        *measure("value", "amount in `currency`, or a share 0–1; a range is null where nothing tells one"),
        column("currency", pa.string(), "currency of an amount; null for a share", optional=True),
        column(
            "origin",
            pa.string(),
            "given (configuration or command line), derived (from the feedback), assumed (the method's "
            "worked figures) or computed",
        ),
        column("n_customers", pa.int64(), "customers a derived share rests on", optional=True),
    ),
}
