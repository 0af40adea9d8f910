"""The four kinds of customer: by experience, and by value or growth.

                       valuable (or growing)     not (yet)
    satisfied          model 模范                growth 成长
    not satisfied      at risk 风险              dangling 悬空

The method names the four kinds and the two measures; where the lines run is a convention of this software,
set under [segments]. Satisfied is whose experience, 10 × (positive + neutral / 2) / opinions on the own
brands, lies above `experience_cut`: expectation is not known customer by customer. Whoever has said too
little, or whose value is not known, is of no kind (unknown). Without a customer table the number of contacts
stands in for the value; `axis` says so, and nobody should read it as value.
"""

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from cem_nlp.config import Segments
from cem_nlp.language import Bilingual
from cem_nlp.schemas import TABLES
from cem_nlp.scores.intervals import Numbers, net_score
from cem_nlp.vocabulary import POLARITIES, UNKNOWN

Flags: TypeAlias = npt.NDArray[np.bool_]

KINDS_OF_CUSTOMER: Final = {
    "model": Bilingual("模范", "model"),
    "growth": Bilingual("成长", "growth"),
    "at_risk": Bilingual("风险", "at risk"),
    "dangling": Bilingual("悬空", "dangling"),
}
LABELS: Final = ("segment", "region", "tenure_band")
"""What groups customers."""

_FACTS: Final = ("value", "growth", "tenure")


def classify_customers(
    feedback: pd.DataFrame,
    opinions: pd.DataFrame,
    known: pd.DataFrame | None,
    settings: Segments,
) -> pd.DataFrame:
    """Return the `customers` table of the schema, without `run_id`: one row per customer of the own brands.

    `feedback` and `opinions` follow their schemas; `known` has customer_key, value, growth, tenure, region,
    segment and tenure_band, or is None without a customer table. A customer is who stands in the table or has
    spoken of an own brand. `kind` rests on the opinions of the `window_days` up to the last day of the
    feedback, `kind_before` on those of as many days up to `period_days` earlier, both on today's values.
    """
    said, last = _own_feedback(feedback), last_day(feedback)
    table = _universe(said, known)
    axis = settings.axis if known is not None and known[settings.axis].notna().any() else "contacts"
    for suffix, day in (("_before", last - pd.Timedelta(days=settings.period_days)), ("", last)):
        told = _told(said, opinions, day, settings.window_days).reindex(table["customer_key"])
        enough = told["n_mentions"].to_numpy() >= settings.minimum_mentions
        satisfied = told["experience"].to_numpy() > settings.experience_cut
        values = (told["n_feedback"] if axis == "contacts" else table[axis]).to_numpy(np.float64)
        table[f"kind{suffix}"] = kinds_of(satisfied, enough, values, axis, settings)
    for name in ("n_feedback", "n_mentions"):
        table[name] = told[name].fillna(0).to_numpy(np.int64)
    table["experience"] = told["experience"].where(enough).to_numpy()
    return table.assign(axis=axis)[[name for name in TABLES["customers"].names if name != "run_id"]]


def last_day(feedback: pd.DataFrame) -> pd.Timestamp:
    """Return the last day of the feedback, NaT where there is none."""
    return pd.Timestamp(pd.to_datetime(feedback["business_date"]).max())


def _own_feedback(feedback: pd.DataFrame) -> pd.DataFrame:
    own = feedback["is_own"] & feedback["customer_key"].notna() & feedback["duplicate_of"].isna()
    said = feedback.loc[own, ["feedback_id", "customer_key", "segment", "business_date"]]
    return said.assign(day=pd.to_datetime(said["business_date"])).sort_values(["day", "feedback_id"])


def _universe(said: pd.DataFrame, known: pd.DataFrame | None) -> pd.DataFrame:
    """Return the customers with what is known of them, in the order of their keys.

    The table's segment comes first, then the latest one that a source names.
    """
    named = said[said["segment"] != UNKNOWN].drop_duplicates("customer_key", keep="last")
    spoken = pd.Index(said["customer_key"].unique())
    facts = pd.DataFrame(columns=["customer_key", *_FACTS, *LABELS]) if known is None else known
    facts = facts.set_index("customer_key")
    keys = facts.index.union(spoken).sort_values()
    table = facts.reindex(keys).rename_axis("customer_key").reset_index()
    table = table.astype(dict.fromkeys(LABELS, "str") | dict.fromkeys(_FACTS, "float64"))
    from_source = table["customer_key"].map(named.set_index("customer_key")["segment"]).astype("str")
    segment = table["segment"].where(table["segment"] != UNKNOWN).fillna(from_source)
    return table.assign(segment=segment).fillna(dict.fromkeys(LABELS, UNKNOWN))


def _told(said: pd.DataFrame, opinions: pd.DataFrame, last: pd.Timestamp, window: int) -> pd.DataFrame:
    """Return n_feedback, n_mentions and experience of each customer who spoke in the window up to `last`."""
    recent = said[(said["day"] <= last) & (said["day"] > last - pd.Timedelta(days=window))]
    owner = opinions["feedback_id"].map(recent.set_index("feedback_id")["customer_key"])
    counts = pd.crosstab(owner, opinions["polarity"]).reindex(columns=list(POLARITIES), fill_value=0)
    told = recent.groupby("customer_key").size().rename("n_feedback").to_frame().join(counts).fillna(0)
    positive, neutral, negative = (told[name].to_numpy(np.float64) for name in POLARITIES)
    experience = net_score(positive, neutral, negative)
    return told.assign(n_mentions=positive + neutral + negative, experience=experience)


def kinds_of(
    satisfied: Flags, asked: Flags, values: Numbers, axis: str, settings: Segments
) -> npt.NDArray[np.str_]:
    """Return the kind of each customer; 'unknown' unless `asked`, with a value on the axis (not NaN)."""
    high = _high(values, axis, settings)
    kind = np.where(satisfied, np.where(high, "model", "growth"), np.where(high, "at_risk", "dangling"))
    return np.where(asked & ~np.isnan(values), kind, UNKNOWN)


def _high(values: Numbers, axis: str, settings: Segments) -> Flags:
    """Return who stands high on the axis; for contacts that is whoever came back."""
    if axis != "value":
        return values > (settings.growth_cut if axis == "growth" else 1)
    cut = settings.value_cut if settings.value_cut is not None else np.nanmedian(values)
    return values >= cut
