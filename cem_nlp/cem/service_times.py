"""Times of calls: how long they last, how long nobody speaks, who calls again."""

from typing import Final

import numpy as np
import pandas as pd

SPEECH_RATE: Final = 4.0
"""Characters spoken in a second: Mandarin on the telephone runs at about 240 a minute. Assumed, for turns
have a beginning but no end."""
PAUSE: Final = 3.0
"""Seconds of quiet between two turns from which it counts as silence; shorter pauses belong to talking."""
AGAIN_WITHIN: Final = pd.Timedelta(days=7)
"""A contact so soon after another is a repeat: the usual window of first-contact resolution."""
PROMISE_WITHIN: Final = pd.Timedelta(days=30)
"""Later contacts tell nothing of a promise."""


def silences(turns: pd.DataFrame) -> pd.DataFrame:
    """Return per call, by its id: `seconds` from first to last turn, `silence_seconds`, `silence_share` of
    the call and `longest_silence`.

    `turns` has feedback_id, turn_no, offset_seconds and text. Quiet is what is left of the time to the next
    turn after the words were spoken at `SPEECH_RATE`; less than `PAUSE` is none. A call in which a turn has
    no time, times run backwards, or there is one turn only, has nulls.
    """
    ordered = turns.sort_values(["feedback_id", "turn_no"])
    call = ordered["feedback_id"]
    gap = ordered.groupby("feedback_id")["offset_seconds"].shift(-1) - ordered["offset_seconds"]
    quiet = (gap - ordered["text"].str.len() / SPEECH_RATE).clip(lower=0)
    quiet = quiet.where(quiet >= PAUSE, 0.0).where(gap.notna())
    calls = ordered.groupby("feedback_id")["offset_seconds"].agg(["size", "count", "first", "last"])
    calls = calls.assign(least=gap.groupby(call).min(), silence=quiet.groupby(call).sum())
    timed = (calls["size"] == calls["count"]) & (calls["size"] > 1) & (calls["least"] >= 0)
    seconds = (calls["last"] - calls["first"]).where(timed & (calls["last"] > calls["first"]))
    found = pd.DataFrame({"seconds": seconds, "silence_seconds": calls["silence"].where(seconds.notna())})
    return found.assign(
        silence_share=found["silence_seconds"] / seconds,
        longest_silence=quiet.groupby(call).max().where(seconds.notna()),
    )


def repeats(contacts: pd.DataFrame) -> pd.DataFrame:
    """Return per contact, by its id: `repeated`, `repeat_of`, and `next_contact`.

    `contacts` has feedback_id, brand, customer_key, kind and created_at; calls and complaints are contacts
    that can repeat each other, reviews can only come next. `repeated` says whether the same customer
    contacted the same brand within `AGAIN_WITHIN` before, as `repeat_of`; null where customer or time is
    unknown. `next_contact` is the customer's next one within `PROMISE_WITHIN`.
    """
    known = contacts[contacts["customer_key"].notna() & contacts["created_at"].notna()]
    known = known.sort_values(["created_at", "feedback_id"])
    found = contacts.set_index("feedback_id")[[]]
    sought = known[known["kind"] != "review"].groupby(["brand", "customer_key"])
    previous = sought[["feedback_id", "created_at"]].shift(1)
    sought_rows = known[known["kind"] != "review"]
    soon = (sought_rows["created_at"] - previous["created_at"]) <= AGAIN_WITHIN
    ids = sought_rows["feedback_id"].to_numpy()
    repeated = pd.Series(soon.to_numpy(), ids, dtype="boolean")
    repeat_of = pd.Series(previous["feedback_id"].where(soon).to_numpy(dtype=object), ids)
    following = known.groupby(["brand", "customer_key"])[["feedback_id", "created_at"]].shift(-1)
    in_time = (following["created_at"] - known["created_at"]) <= PROMISE_WITHIN
    after = pd.Series(
        following["feedback_id"].where(in_time).to_numpy(dtype=object), known["feedback_id"].to_numpy()
    )
    return found.assign(
        repeated=repeated.reindex(found.index),
        repeat_of=repeat_of.reindex(found.index).replace({np.nan: None}),
        next_contact=after.reindex(found.index).replace({np.nan: None}),
    )
