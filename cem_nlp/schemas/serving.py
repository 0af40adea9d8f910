"""Customer service: calls, and what they are about."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import CATEGORY, ID, STRINGS, column, measure, table

TABLES: Final[dict[str, pa.Schema]] = {
    "service_calls": table(
        "a call or dialogue with customer service; calls in the same words count each",
        ID,
        column("brand", pa.string(), "brand or company"),
        column("product_line", pa.string(), "product line of the configuration, 'unknown' for none"),
        column("product", pa.string(), "product"),
        column("is_own", pa.bool_(), "whether the brand is an own one"),
        column("business_date", pa.date32(), "day of the call"),
        column("n_customer_turns", pa.int32(), "turns of the customer"),
        column("n_agent_turns", pa.int32(), "turns of agents"),
        column("asked", STRINGS, "topics of the customer's questions"),
        column("complained", STRINGS, "topics of the customer's negative opinions"),
        column("promises", STRINGS, "what agents promise: codes of data/service.toml"),
        column(
            "promise_kept",
            pa.bool_(),
            "whether it was done, as the customer's next contact within 30 days tells; null where none does",
            optional=True,
        ),
        column(
            "says_broken",
            pa.bool_(),
            "whether the customer says that an earlier promise was not kept; null without customer's turns",
            optional=True,
        ),
        column(
            "resolution",
            pa.string(),
            "resolved, unresolved or unknown, by the words of the customer's last two turns",
        ),
        column(
            "transferred",
            pa.bool_(),
            "whether an agent hands the customer on; null without agent's turns",
            optional=True,
        ),
        column(
            "repeated",
            pa.bool_(),
            "whether the same customer called or complained within 7 days before; null where customer or "
            "time is unknown",
            optional=True,
        ),
        column("repeat_of", pa.string(), "feedback_id of that earlier contact", optional=True),
        column("seconds", pa.float64(), "from the first turn to the last; null without times", optional=True),
        column(
            "silence_seconds",
            pa.float64(),
            "pauses of 3 seconds and more, derived: words are taken to be spoken at 4 characters a second",
            optional=True,
        ),
        column("silence_share", pa.float64(), "share of the call that is silence, 0–1", optional=True),
        column("longest_silence", pa.float64(), "longest pause in seconds", optional=True),
    ),
    "service_topics": table(
        "a topic that customers ask or complain about in calls, by brand, product line or product",
        column("brand", pa.string(), "brand or company"),
        column("product_line", pa.string(), "product line, or 'all'"),
        column("product", pa.string(), "product, or 'all'"),
        column("said", pa.string(), "asked: in a question; complained: in a negative opinion"),
        CATEGORY,
        column("topic", pa.string(), "sub-topic of the taxonomy"),
        column("n_calls", pa.int64(), "calls"),
        column("n_all", pa.int64(), "all calls of the brand, product line or product"),
        *measure("share", "n_calls / n_all, 0–1; null where too few calls"),
        column("n_resolved", pa.int64(), "of n_calls, those resolved"),
        column("n_unresolved", pa.int64(), "of n_calls, those unresolved"),
        column("n_unknown", pa.int64(), "of n_calls, those whose outcome is unknown"),
        *measure("resolved_share", "resolved / (resolved + unresolved), 0–1; null where few are known"),
        column("suppressed", pa.bool_(), "true where too few calls allow no share"),
    ),
}
