"""What the company did, whether it worked, and who has to act next."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import column, measure, table

_NUMBER: Final = column("action_no", pa.int32(), "position in the table of actions, from 1")
_ACTION: Final = column("action", pa.string(), "what is done, in the company's words")

TABLES: Final[dict[str, pa.Schema]] = {
    "feedback_loop": table(
        "an action of the company on a touchpoint and category, and whether customers say that it worked",
        _NUMBER,
        _ACTION,
        column("touchpoint", pa.string(), "touchpoint, or 'all'"),
        column("category", pa.string(), "experience category, or 'all'"),
        column("product", pa.string(), "own product, or 'all'"),
        column("since", pa.date32(), "first day"),
        column("until", pa.date32(), "last day planned; null if open", optional=True),
        column("status", pa.string(), "planned, too_early, working, not_working or no_evidence"),
        column(
            "reason",
            pa.string(),
            "judged; planned: not_begun; too_early: few_weeks or few_mentions; no_evidence: uncertain, "
            "few_mentions, short_history (before the start), nothing_untouched, moved_before (touched and "
            "untouched cells moved apart before the start), untouched_disagree or two_actions",
        ),
        column("judged_on", pa.date32(), "last day of the data", optional=True),
        column("weeks", pa.int32(), "whole weeks compared on each side of the start"),
        column("n_before", pa.int64(), "opinions compared in the touched cell before the start"),
        column("n_after", pa.int64(), "the same from the start on"),
        column("n_untouched", pa.int64(), "opinions compared in untouched cells, on both sides"),
        *measure("before", "score of the touched cell before the start, not shrunk, 0–10"),
        *measure("after", "the same from the start on"),
        *measure("change", "after − before, −10–10"),
        *measure(
            "change_untouched",
            "the same in the own brands' untouched categories and the rivals' same cell together",
        ),
        *measure("effect", "change − change_untouched: the points that the action gained"),
        *measure("effect_own", "the same against the own brands' untouched categories alone"),
        *measure("effect_rivals", "the same against the rivals' same cell alone"),
        *measure("trend", "the same within the weeks before the start: 0 if all had moved alike until then"),
        column(
            "share_of_blame",
            pa.float64(),
            "opinions in the touched cell before the start, per negative opinion on the own brands",
            optional=True,
        ),
        column("cost", pa.float64(), "cost of the action, as given", optional=True),
        *measure("cost_per_point", "cost / effect; working actions alone"),
        *measure(
            "saved",
            "revenue of a year no longer lost to negative experience, derived: lost × share_of_blame × "
            "effect / 10; the range is that of the effect; working actions alone",
        ),
        column("currency", pa.string(), "currency of saved", optional=True),
    ),
    "loop_results": table(
        "a business result at a stage of an action: from one start under its name to the next",
        _ACTION,
        column("stage", pa.int32(), "0 before the first start, 1 from it on, 2 from the second one on …"),
        column("since", pa.date32(), "first day with a result"),
        column("until", pa.date32(), "last day with a result"),
        column("n_results", pa.int64(), "results"),
        column("value", pa.float64(), "their mean"),
        *measure("ratio", "value / value of stage 0; nothing else is held constant"),
    ),
}
