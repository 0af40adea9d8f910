"""The tables `service_calls` and `service_topics`: what calls are about, and what becomes of them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from cem_nlp.cem.service_times import repeats, silences
from cem_nlp.cem.service_turns import CallWords
from cem_nlp.schemas import TABLES
from cem_nlp.scores.intervals import share_range
from cem_nlp.vocabulary import ALL, UNKNOWN

CALL_COLUMNS: Final = tuple(name for name in TABLES["service_calls"].names if name != "run_id")
TOPIC_COLUMNS: Final = tuple(name for name in TABLES["service_topics"].names if name != "run_id")

GRAINS: Final = (("brand",), ("brand", "product_line"), ("brand", "product"))
_OUTCOMES: Final = ("resolved", "unresolved", "unknown")


def service_calls(
    feedback: pd.DataFrame,
    turns: pd.DataFrame,
    opinions: pd.DataFrame,
    comments: pd.DataFrame,
    words: Mapping[str, CallWords],
    lines: Mapping[str, Sequence[str]],
) -> pd.DataFrame:
    """Return the `service_calls` table of the schema, without `run_id`: one row per call.

    `feedback`, `turns`, `opinions` and `comments` follow their schemas, `words` comes from
    `service_turns.read_calls`, `lines` gives each product line the words that name its products. Calls with
    the same words are calls all the same: near-duplicates count. What the call does not tell (a call without
    turns, times, customer, or words of the side in question) is null or unknown.
    """
    calls = feedback[feedback["kind"] == "transcript"].set_index("feedback_id")
    silent = CallWords((), (), "unknown", None, None)
    said = [words.get(call, silent) for call in calls.index]
    roles = turns.groupby(["feedback_id", "role"]).size().unstack(fill_value=0)
    roles = roles.reindex(index=calls.index, columns=["customer", "agent"], fill_value=0)
    again = repeats(feedback).reindex(calls.index)
    table = calls[["brand", "product", "is_own", "business_date"]].assign(
        product_line=[line_of(product, lines) for product in calls["product"]],
        n_customer_turns=roles["customer"],
        n_agent_turns=roles["agent"],
        asked=_lists([call.asked for call in said]),
        complained=_lists(_complaints(calls.index, opinions)),
        promises=_lists([call.promises for call in said]),
        promise_kept=_promises_kept(said, again["next_contact"], feedback, comments, words),
        says_broken=pd.array([call.says_broken for call in said], dtype="boolean"),
        resolution=[call.outcome for call in said],
        transferred=pd.array([call.transferred for call in said], dtype="boolean"),
        repeated=again["repeated"],
        repeat_of=again["repeat_of"],
    )
    table = table.join(silences(turns).reindex(calls.index))
    return table.reset_index(names="feedback_id").reindex(columns=list(CALL_COLUMNS))


def line_of(product: str, lines: Mapping[str, Sequence[str]]) -> str:
    """Return the first product line one of whose words stands in the product's name, else 'unknown'."""
    return next((line for line, words in lines.items() if any(word in product for word in words)), UNKNOWN)


def _lists(values: Sequence[Sequence[str]]) -> Any:
    """Return a column of lists, which stays one where no call fills it."""
    return pd.Series([list(value) for value in values], dtype=object).to_numpy()


def _complaints(calls: pd.Index, opinions: pd.DataFrame) -> list[Sequence[str]]:
    """Return each call's topics of negative opinions, each once."""
    bad = opinions[(opinions["polarity"] == "negative") & opinions["topic"].notna()]
    bad = bad[bad["feedback_id"].isin(calls)].drop_duplicates(["feedback_id", "topic"])
    topics = bad.groupby("feedback_id")["topic"].agg(list)
    return [topics.get(call, ()) for call in calls]


def _promises_kept(
    said: Sequence[CallWords],
    following: pd.Series,
    feedback: pd.DataFrame,
    comments: pd.DataFrame,
    words: Mapping[str, CallWords],
) -> Any:
    """Return whether what was promised was done, as the customer's next contact tells; null where none does.

    Not kept: the next contact is a complaint, or a call that says so or ends unresolved. Kept: it is a call
    that ends resolved, or praise.
    """
    kind = dict(zip(feedback["feedback_id"], feedback["kind"], strict=True))
    mood = dict(zip(comments["feedback_id"], comments["polarity"], strict=True))
    kept = [
        _kept(kind[after], mood.get(after), words.get(after)) if call.promises and after is not None else None
        for call, after in zip(said, following, strict=True)
    ]
    return pd.array(kept, dtype="boolean")


def _kept(kind: str, mood: object, words: CallWords | None) -> bool | None:
    if kind == "complaint" or (words and (words.says_broken or words.outcome == "unresolved")):
        return False
    if (words and words.outcome == "resolved") or mood == "positive":
        return True
    return None


def service_topics(
    calls: pd.DataFrame, category_of: Mapping[str, str], minimum: int, confidence: float = 0.95
) -> pd.DataFrame:
    """Return the `service_topics` table of the schema, without `run_id`.

    `calls` is what `service_calls` returns, `category_of` gives each topic its category. Shares are of the
    calls of the brand, product line or product; a topic of fewer than `minimum` calls has counts only, and a
    share of resolved calls needs as many of known outcome.
    """
    parts = [
        _counted(calls, said, grain).assign(said=said) for said in ("asked", "complained") for grain in GRAINS
    ]
    table = pd.concat(parts, ignore_index=True)
    if table.empty:
        return table.reindex(columns=list(TOPIC_COLUMNS)).astype({"suppressed": "bool"})
    known = table["resolved"] + table["unresolved"]
    table = table.assign(
        category=table["topic"].map(category_of), suppressed=table["n_calls"] < minimum
    ).rename(columns={f"{name}": f"n_{name}" for name in _OUTCOMES})
    table = _with_share(table, "share", "n_calls", table["n_all"], ~table["suppressed"], confidence)
    enough = (known >= minimum) & ~table["suppressed"]
    table = _with_share(table, "resolved_share", "n_resolved", known, enough, confidence)
    table = table.dropna(subset=["category"])
    order = ["brand", "product_line", "product", "said", "n_calls", "topic"]
    ascending = [True, True, True, True, False, True]
    return table.sort_values(order, ascending=ascending, ignore_index=True).reindex(
        columns=list(TOPIC_COLUMNS)
    )


def _counted(calls: pd.DataFrame, said: str, grain: Sequence[str]) -> pd.DataFrame:
    """Return one row per cell of the grain and topic, with its calls by outcome."""
    spoken = calls[[*grain, "resolution", said]].explode(said).dropna(subset=[said])
    spoken = spoken.rename(columns={said: "topic"})
    counts = spoken.groupby([*grain, "topic", "resolution"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(_OUTCOMES), fill_value=0).reset_index()
    counts["n_calls"] = counts[list(_OUTCOMES)].sum(axis=1)
    whole = calls.groupby(list(grain)).size().rename("n_all")
    counts = counts.join(whole, on=list(grain))
    # An unnamed line or product says nothing that the brand's own rows do not.
    named = (counts[grain[-1]] != UNKNOWN) | (len(grain) == 1)
    absent = {name: ALL for name in ("product_line", "product") if name not in grain}
    return counts[named].assign(**absent)


def _with_share(
    table: pd.DataFrame, name: str, part: str, whole: pd.Series, shown: pd.Series, confidence: float
) -> pd.DataFrame:
    n, of = table[part].to_numpy(np.float64), whole.to_numpy(np.float64)
    low, high = share_range(n, of, confidence)
    with np.errstate(invalid="ignore"):
        values = {name: n / of, f"{name}_low": low, f"{name}_high": high}
    return table.assign(**{key: pd.Series(value, table.index).where(shown) for key, value in values.items()})
