"""Customers' own words: the opinions of each category and polarity that say most, no two alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from cem_nlp.report.cells import day, word
from cem_nlp.report.format import one_line
from cem_nlp.vocabulary import CATEGORIES

SIDES = ("negative", "positive")

# Chosen by reading: a phrase of six characters or more says what happened, and a comment of 12 to 160
# characters can be read at a glance.
_TELLING_EVIDENCE = 6
_READABLE = range(12, 161)
_UNREADABLE_WORTH = 0.8
_WISH_BONUS = 0.15
_CANDIDATES = 300
_CONTEXT = 70
_ALIKE = 0.5
_TURN = " / "
_BREAKS = "。！？；…，、,.!?;~～ \n"


@dataclass(frozen=True, slots=True)
class Quote:
    """An opinion inside its comment: `before` + `evidence` + `after` is a stretch of the masked text."""

    before: str
    evidence: str
    after: str
    brand: str
    product: str
    kind: str
    touchpoint: str
    said_on: date | None
    probability: float
    topic: str | None
    intent: str | None
    expectation: str | None


def pick_quotes(
    opinions: pd.DataFrame,
    feedback: pd.DataFrame,
    comments: pd.DataFrame,
    brands: Sequence[str],
    each: int,
) -> dict[tuple[str, str], tuple[Quote, ...]]:
    """Return up to `each` quotes of `brands` for every (category, polarity) of `CATEGORIES` × `SIDES`.

    The surest and most telling come first; near-duplicates, the same comment twice and evidence that
    shares most of its character pairs with a chosen one are passed over, and another product or touchpoint
    goes before the same one again.
    """
    rows = _candidates(opinions, feedback, comments, brands)
    taken: set[str] = set()
    quotes: dict[tuple[str, str], tuple[Quote, ...]] = {}
    for category in CATEGORIES:
        for polarity in SIDES:
            of_cell = rows[(rows["category"] == category) & (rows["polarity"] == polarity)]
            chosen = _diverse(of_cell.head(_CANDIDATES).to_dict("records"), each, taken)
            taken.update(str(row["feedback_id"]) for row in chosen)
            quotes[category, polarity] = tuple(_quote(row) for row in chosen)
    return quotes


def telling_quotes(
    opinions: pd.DataFrame,
    feedback: pd.DataFrame,
    comments: pd.DataFrame,
    brands: Sequence[str],
    each: int,
    taken: set[str],
) -> tuple[Quote, ...]:
    """Return up to `each` quotes of `brands` among these opinions, chosen as `pick_quotes` does.

    Comments in `taken` are passed over, and those chosen are added to it.
    """
    rows = _candidates(opinions, feedback, comments, brands)
    chosen = _diverse(rows.head(_CANDIDATES).to_dict("records"), each, taken)
    taken.update(str(row["feedback_id"]) for row in chosen)
    return tuple(_quote(row) for row in chosen)


def _candidates(
    opinions: pd.DataFrame, feedback: pd.DataFrame, comments: pd.DataFrame, brands: Sequence[str]
) -> pd.DataFrame:
    """Join opinions, feedback and comments of `brands`, the most telling opinions first."""
    originals = feedback[feedback["brand"].isin(list(brands)) & feedback["duplicate_of"].isna()]
    said = originals[["feedback_id", "brand", "product", "kind", "created_at", "business_date", "text"]]
    wishes = comments[["feedback_id", "intent", "expectation"]]
    rows = opinions[opinions["polarity"].isin(SIDES)][
        [
            "feedback_id",
            "opinion_no",
            "category",
            "polarity",
            "touchpoint",
            "start",
            "end",
            "evidence",
            "topic",
            "probability",
        ]
    ]
    rows = rows.merge(said, on="feedback_id").merge(wishes, on="feedback_id", how="left")
    telling = (rows["evidence"].str.len() / _TELLING_EVIDENCE).clip(upper=1.0)
    length = rows["text"].str.len()
    readable = length.between(_READABLE.start, _READABLE.stop - 1)
    bad_wish = rows["intent"].isin(["churn", "complain"]) | (rows["expectation"] == "below")
    good_wish = rows["intent"].isin(["repurchase", "recommend"]) | (rows["expectation"] == "above")
    wish = bad_wish.where(rows["polarity"] == "negative", good_wish).astype(float)
    worth = rows["probability"] * telling * readable.astype(float).clip(lower=_UNREADABLE_WORTH)
    rows = rows.assign(worth=worth.astype(float) + _WISH_BONUS * wish)
    return rows.sort_values(["worth", "feedback_id", "opinion_no"], ascending=[False, True, True])


def _diverse(rows: Sequence[dict[Any, Any]], each: int, taken: Iterable[str]) -> list[dict[Any, Any]]:
    chosen: list[dict[Any, Any]] = []
    used, pairs, places = set(taken), list[set[str]](), set[tuple[str, str]]()
    for new_place_only in (True, False):
        for row in rows:
            if len(chosen) == each:
                return chosen
            place = (str(row["product"]), str(row["touchpoint"]))
            evidence = _pairs(str(row["evidence"]))
            if row["feedback_id"] in used or (new_place_only and place in places):
                continue
            if any(_overlap(evidence, other) > _ALIKE for other in pairs):
                continue
            chosen.append(row)
            used.add(str(row["feedback_id"]))
            pairs.append(evidence)
            places.add(place)
    return chosen


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(max(1, len(text) - 1))}


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / min(len(one), len(other))


def _quote(row: dict[Any, Any]) -> Quote:
    text, start, end = str(row["text"]), int(row["start"]), int(row["end"])
    return Quote(
        before=_before(text[:start]),
        evidence=one_line(text[start:end]),
        after=_after(text[end:]),
        brand=str(row["brand"]),
        product=str(row["product"]),
        kind=str(row["kind"]),
        touchpoint=str(row["touchpoint"]),
        said_on=None if pd.isna(row["created_at"]) else day(row["business_date"]),
        probability=float(row["probability"]),
        topic=word(row["topic"]),
        intent=word(row["intent"]),
        expectation=word(row["expectation"]),
    )


def _before(text: str) -> str:
    """Return what leads up to the evidence: its own turn, at most `_CONTEXT` characters, from a break on."""
    turn = text.rpartition(_TURN)[2]
    if len(turn) <= _CONTEXT:
        return one_line(turn)
    near = turn[-_CONTEXT:]
    breaks = [place for place, mark in enumerate(near[: _CONTEXT // 2]) if mark in _BREAKS]
    return "…" + one_line(near[breaks[0] + 1 :] if breaks else near)


def _after(text: str) -> str:
    turn = text.partition(_TURN)[0]
    if len(turn) <= _CONTEXT:
        return one_line(turn)
    near = turn[:_CONTEXT]
    breaks = [place for place, mark in enumerate(near) if mark in _BREAKS and place >= _CONTEXT // 2]
    return one_line(near[: breaks[-1] + 1] if breaks else near) + "…"
