"""Step 5, requirements: the sub-topics that customers are unhappy with, and what each asks of the company."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.chosen import GROUP
from cem_nlp.cem.figures import CELL, NARROWER, widen
from cem_nlp.cem.strategy import Strategy
from cem_nlp.opinions.taxonomy import Topic
from cem_nlp.schemas import TABLES
from cem_nlp.scores.intervals import share_range
from cem_nlp.vocabulary import UNKNOWN

COLUMNS: Final = tuple(name for name in TABLES["requirements"].names if name != "run_id")


def requirement_table(
    feedback: pd.DataFrame,
    opinions: pd.DataFrame,
    topics: Mapping[str, Mapping[str, Topic]],
    strategy: Strategy,
    minimum_customers: int,
) -> pd.DataFrame:
    """Return the `requirements` table of the schema, without `run_id`: of own brands, worst sub-topics first.

    `feedback` and `opinions` follow their schemas, `topics` are the taxonomy's. Customers count, not
    mentions, and near-duplicates do not. The share of a category's unhappy customers has Jeffreys' 95 %
    range.
    """
    told = _unhappy(feedback, opinions)
    levels = pd.concat([widen(told, named) for named in NARROWER], ignore_index=True)
    levels = levels[(levels[["product", "segment"]] != UNKNOWN).all(axis=1)]
    whole = levels.drop_duplicates([*CELL, "customer"]).groupby(CELL).size().rename("n_unhappy")
    voices = levels.dropna(subset="topic").drop_duplicates([*CELL, "topic", "customer"])
    named = voices.groupby([*CELL, "topic"]).agg(
        n_customers=("customer", "size"), touchpoint=("touchpoint", _most)
    )
    table = named.reset_index().merge(whole.reset_index(), on=CELL)
    table = table.sort_values([*CELL, "n_customers", "topic"], ascending=[True] * 4 + [False, True])
    table["place"] = table.groupby(CELL).cumcount() + 1
    table = table.assign(**_shares(table, minimum_customers), **_verdicts(table, strategy, minimum_customers))
    wording = {code: topic.requirement for of in topics.values() for code, topic in of.items()}
    for column, language in (("requirement", 0), ("requirement_en", 1)):
        texts = {code: asked[language] for code, asked in wording.items() if asked is not None}
        table[column] = table["topic"].map(texts)
    return table[list(COLUMNS)].reset_index(drop=True)


def no_requirements() -> pd.DataFrame:
    """Return the table of `requirement_table` without rows, which is all that a survey alone tells."""
    schema = TABLES["requirements"]
    return schema.empty_table().to_pandas()[list(COLUMNS)]


def _unhappy(feedback: pd.DataFrame, opinions: pd.DataFrame) -> pd.DataFrame:
    """Return the negative opinions of the own brands' customers."""
    kept = feedback[feedback["duplicate_of"].isna() & feedback["is_own"]]
    customer = kept["customer_key"].astype("str").fillna(kept["feedback_id"])
    kept = kept.assign(customer=customer)[["feedback_id", *GROUP, "customer"]]
    negative = opinions.loc[
        opinions["polarity"] == "negative", ["feedback_id", "category", "topic", "touchpoint"]
    ]
    return negative.merge(kept, on="feedback_id")


def _most(values: pd.Series) -> str:
    """Return the most frequent value, the first of the alphabet in a tie."""
    return str(values.mode().iloc[0])


def _shares(table: pd.DataFrame, minimum_customers: int) -> dict[str, pd.Series]:
    part, whole = (table[name].to_numpy(np.float64) for name in ("n_customers", "n_unhappy"))
    low, high = share_range(part, whole)
    enough = table["n_unhappy"] >= minimum_customers
    values = {"share": part / whole, "share_low": low, "share_high": high}
    return {name: pd.Series(value, index=table.index).where(enough) for name, value in values.items()}


def _verdicts(table: pd.DataFrame, strategy: Strategy, minimum_customers: int) -> dict[str, pd.Series]:
    by_topic = table["topic"].map(dict(strategy.topics)).astype("object")
    reason = by_topic.where(by_topic.notna(), table["touchpoint"].map(dict(strategy.touchpoints)))
    thin = (table["n_customers"] < minimum_customers).map({True: "thin", False: "open"})
    return {"verdict": thin.where(reason.isna(), "ruled_out"), "reason": reason}
