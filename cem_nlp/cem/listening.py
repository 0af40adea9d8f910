"""How the company listens: past, present and potential, source by source and month by month, and to whom not.

past: after a transaction (reviews, complaints, calls); present: the running relation (periodic surveys,
ongoing contact); potential: probing for what is missing (targeted studies, customers' wishes and questions).
"""

from collections.abc import Collection, Mapping
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.language import Bilingual
from cem_nlp.schemas import TABLES
from cem_nlp.vocabulary import UNKNOWN

PATTERNS: Final = {
    "past": Bilingual("事后", "past"),
    "present": Bilingual("持续", "present"),
    "potential": Bilingual("潜在", "potential"),
}
WISH: Final = "|".join(
    [
        "希望.{0,6}(?:增加|加个|改进|改善|推出|出个|出一|开通|设个|设置|多些|多一些|便宜)",
        "(?:要是|如果).{1,15}(?:就|更)(?:好|完美)",
        "建议(?:你们|商家|厂家|公司|官方|店家|平台)?(?:增加|加个|改进|出个|提供|开通)",
        "(?:怎么|为什么|为啥)不(?:设|出|做|提供)个?",
    ]
)
"""Forms in which Chinese customers say what they miss (RE2): wishes for more, if only, suggestions, why not.
Demands to settle a case, as in 希望厂家处理, are none."""

SURVEY_KIND: Final = "survey"
COVERAGE: Final = ["pattern", "source", "kind", "month", "rests_on"]

_THING: Final = ["dimension", "name"]
_COUNTS: Final = {"n_feedback": "int64", "n_recent": "Int64"}
_AGENT: Final = r"客服：.*?(?: / |$)"
"""A turn of the company's side, as `text.dialogue` writes it."""
_STATUS_ORDER: Final = ["silent", "stopped", "thin"]


def wishes(texts: "pd.Series[str]") -> "pd.Series[bool]":
    """Say of each text whether its customer wishes for something or asks why it is not there."""
    said = texts.str.replace(_AGENT, "", regex=True)
    return said.str.contains(WISH, regex=True)


def listening_table(
    feedback: pd.DataFrame, patterns: Mapping[str, str], n_respondents: int, survey: str | None
) -> pd.DataFrame:
    """Return the `listening` table of the schema, without `run_id`.

    `feedback` has source, kind, is_own, created_at, business_date, duplicate_of and `wish` (see `wishes`);
    `patterns` says which pattern a source is, all others are past. Whatever its source, a comment with a wish
    counts for potential as well, in rows that rest on wishes. A survey named `survey` is present, undated.
    """
    heard = feedback[feedback["duplicate_of"].isna()]
    month = (
        pd.to_datetime(heard["business_date"])
        .dt.strftime("%Y-%m")
        .where(heard["created_at"].notna(), UNKNOWN)
    )
    pattern = heard["source"].map(patterns).fillna("past")
    by_source = heard.assign(pattern=pattern, month=month, rests_on="source")
    by_wish = by_source[by_source["wish"] & (pattern != "potential")]
    rows = pd.concat([by_source, by_wish.assign(pattern="potential", rests_on="wishes")])
    table = rows.groupby(COVERAGE, as_index=False).agg(n_feedback=("is_own", "size"), n_own=("is_own", "sum"))
    if survey is not None:
        asked = [["present", survey, SURVEY_KIND, UNKNOWN, "source", n_respondents, n_respondents]]
        table = pd.concat([table, pd.DataFrame(asked, columns=table.columns)], ignore_index=True)
    order = table["pattern"].map({code: number for number, code in enumerate(PATTERNS)})
    table = table.assign(order=order).sort_values(["order", "rests_on", "source", "kind", "month"])
    return table[[name for name in TABLES["listening"].names if name != "run_id"]].reset_index(drop=True)


def heard_counts(own: pd.DataFrame, recent_days: int) -> pd.DataFrame:
    """Return how much is heard of each thing: dimension, name, n_feedback, n_recent.

    `own` has one row per thing heard of the own brands: dimension, name, feedback_id, business_date; a
    comment counts once in each. Recent are the `recent_days` up to the last of `own`.
    """
    counted = own[own["name"] != UNKNOWN].drop_duplicates([*_THING, "feedback_id"])
    days = pd.to_datetime(counted["business_date"])
    recent = counted.assign(recent=days > days.max() - pd.Timedelta(days=recent_days))
    heard = recent.groupby(_THING)["recent"].agg(["size", "sum"]).reset_index()
    return heard.set_axis([*_THING, *_COUNTS], axis=1)


def unheard_table(
    listening: pd.DataFrame, heard: pd.DataFrame, expected: Mapping[str, Collection[str]], minimum: int
) -> pd.DataFrame:
    """Return the `unheard` table of the schema, without `run_id`: what is not, or hardly, listened to.

    `heard` comes from `heard_counts`. `expected` names what should be heard in each dimension, heard or not.
    A row is 'silent' without any comment, 'stopped' without a recent one (n_recent null: not known), 'thin'
    with fewer than `minimum` in all. Patterns have a row where they are silent or thin.
    """
    named = [(dimension, name) for dimension, names in expected.items() for name in names if name != UNKNOWN]
    cells = pd.concat([heard[_THING], pd.DataFrame(named, columns=_THING)]).drop_duplicates()
    table = cells.merge(heard, how="left", on=_THING)
    silent = table["n_feedback"].isna()
    table.loc[silent, [*_COUNTS]] = 0
    table = table.sort_values(_THING)
    sums = listening.groupby("pattern")["n_own"].sum().reindex(list(PATTERNS), fill_value=0)
    patterns = pd.DataFrame({"dimension": "pattern", "name": [*sums.index], "n_feedback": sums.to_numpy()})
    table = pd.concat([patterns, table], ignore_index=True).astype(_COUNTS)
    stopped = table["n_recent"].eq(0).fillna(value=False).to_numpy(np.bool_)
    conditions = [(table["n_feedback"] == 0).to_numpy(), stopped, (table["n_feedback"] < minimum).to_numpy()]
    table["status"] = np.select(conditions, _STATUS_ORDER, default="")
    columns = [name for name in TABLES["unheard"].names if name != "run_id"]
    return table.loc[table["status"] != "", columns].reset_index(drop=True)
