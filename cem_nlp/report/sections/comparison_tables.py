"""Tables of the section on rivals, and how their cells are printed."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from cem_nlp.report import format as numbers
from cem_nlp.report.blocks import Cell, Table, Tone, row
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.rivalry import Place
from cem_nlp.report.sections.speech import Say
from cem_nlp.vocabulary import ALL, CATEGORIES

MAX_RIVALS = 10
MAX_PLACES = 5
"""What a reader can take in; the table holds the rest."""

_TONES: Final[dict[str, Tone]] = {"better": "good", "worse": "bad"}


def rival_table(mine: pd.DataFrame, brand: str, say: Say, phrases: Phrases) -> Table:
    """Return one row per rival whose overall verdict is known, the industry first."""
    total = mine[(mine["grain"] == "total") & (mine["verdict"] != "suppressed")]
    by_category = mine[mine["grain"] == "category"]
    directions = ("better", "worse") if len(by_category) else ()
    rows = []
    for line in by_size(total).head(MAX_RIVALS + 1).to_dict("records"):
        of_rival = by_category[by_category["rival"] == line["rival"]]
        rows.append(
            row(
                _opponent(line["rival"], say, phrases),
                _verdict(line, say),
                _apart(line, phrases),
                *(_categories(of_rival, direction, say, phrases) for direction in directions),
                _counts(line["n_mentions"], line["n_rival"]),
            )
        )
    named = ("rival", "verdict", "apart", *(f"{direction}_in" for direction in directions), "compared")
    caption = say("rivals_caption", brand=phrases.brand(brand))
    words = frozenset({1, *range(3, 3 + len(directions))})
    return Table(caption, tuple(say(key) for key in named), tuple(rows), words)


def category_table(mine: pd.DataFrame, brand: str, say: Say, phrases: Phrases) -> Table:
    """Return one row per category, against the industry, with the rank among single brands."""
    lines = mine[(mine["grain"] == "category") & (mine["rival"] == ALL)].set_index("category")
    rows = []
    for code in CATEGORIES:
        if code in lines.index:
            line: dict[Any, Any] = lines.loc[code].to_dict()
            rows.append(
                row(
                    phrases.category(code),
                    _verdict(line, say),
                    _score(line["experience"]),
                    _score(line["experience_rival"]),
                    _apart(line, phrases),
                    _rank(line, say),
                )
            )
    head = [say(key) for key in ("category", "verdict", "own_score", "industry", "apart", "rank")]
    caption = say("categories_caption", brand=phrases.brand(brand))
    return Table(caption, tuple(head), tuple(rows), words=frozenset({1}))


def pair_table(mine: pd.DataFrame, brand: str, say: Say, phrases: Phrases) -> Table | None:
    """Return how far the brand lies from each single rival in each category; None where none is known."""
    lines = mine[(mine["grain"] == "category") & (mine["rival"] != ALL) & (mine["verdict"] != "suppressed")]
    rivals = [
        name for name in by_size(mine[mine["grain"] == "total"])["rival"] if name in set(lines["rival"])
    ]
    found = {(line["category"], line["rival"]): line for line in lines.to_dict("records")}
    shown = rivals[:MAX_RIVALS]
    rows = [
        row(
            phrases.category(code),
            *(
                _apart(found[code, name], phrases)
                if (code, name) in found
                else Cell(say("suppressed"), "quiet")
                for name in shown
            ),
        )
        for code in CATEGORIES
        if any((code, name) in found for name in shown)
    ]
    head = (say("category"), *(phrases.brand(name) for name in shown))
    return Table(say("pairs_caption", brand=phrases.brand(brand)), head, tuple(rows)) if rows else None


def _rank(line: dict[Any, Any], say: Say) -> Cell:
    if not is_ranked(line):
        return Cell(numbers.EN_DASH, "quiet")
    rank = rank_of(line)
    ends = say("rank_ends", **rank) if rank["low"] < rank["high"] else ""
    return Cell(say("rank_of", **rank), under=ends)


def is_ranked(line: dict[Any, Any]) -> bool:
    """Say whether a row has a rank worth naming: one among more than two brands."""
    return bool(pd.notna(line["rank"]) and line["n_ranked"] > 2)


def rank_of(line: dict[Any, Any]) -> dict[str, int]:
    """Return rank, best, worst and number of brands as whole numbers: nulls beside them made them floats."""
    names = {"rank": "rank", "low": "rank_low", "high": "rank_high", "n": "n_ranked"}
    return {name: int(line[column]) for name, column in names.items()}


def place_table(found: Sequence[Place], caption: str, say: Say, phrases: Phrases) -> Table:
    """Return one row per strength or weakness."""
    rows = [
        row(
            place_name(place, say, phrases),
            _score(place.experience),
            _score(place.experience_rival),
            Cell(
                numbers.signed(place.difference),
                _TONES[place.verdict],
                phrases.say("to", low=numbers.signed(place.low), high=numbers.signed(place.high)),
            ),
            phrases.listed([_opponent(name, say, phrases) for name in place.rivals]),
            _counts(place.n_mentions, place.n_rival),
        )
        for place in found[:MAX_PLACES]
    ]
    head = tuple(say(key) for key in ("place", "own_score", "their_score", "apart", "against", "compared"))
    return Table(caption, head, tuple(rows), words=frozenset({4}))


def by_size(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the industry first, then the rivals that are spoken of most."""
    single = (rows["rival"] != ALL).astype(int)
    return rows.assign(single=single).sort_values(
        ["single", "n_rival", "rival"], ascending=[True, False, True]
    )


def _opponent(name: str, say: Say, phrases: Phrases) -> str:
    return say("industry") if name == ALL else phrases.brand(name)


def _verdict(line: dict[Any, Any], say: Say) -> Cell:
    return Cell(say(line["verdict"]), _TONES.get(line["verdict"], "quiet"))


def _apart(line: dict[Any, Any], phrases: Phrases) -> Cell:
    if pd.isna(line["difference"]):
        return Cell(numbers.EN_DASH, "quiet")
    tone = _TONES.get(line["verdict"], "quiet")
    return Cell(numbers.signed(line["difference"]), tone, difference_range(line, phrases))


def difference_range(line: dict[Any, Any], phrases: Phrases) -> str:
    """Return the range of a row's difference: −1.4 至 −1.0."""
    low, high = numbers.signed(line["difference_low"]), numbers.signed(line["difference_high"])
    return phrases.say("to", low=low, high=high)


def _counts(own: int, theirs: int) -> str:
    return f"{numbers.count(own)} / {numbers.count(theirs)}"


def _score(value: float) -> str:
    return numbers.EN_DASH if pd.isna(value) else numbers.score(value)


def _categories(rows: pd.DataFrame, verdict: str, say: Say, phrases: Phrases) -> str:
    found = set(rows.loc[rows["verdict"] == verdict, "category"])
    if found == set(CATEGORIES):
        return say("all_six")
    return phrases.listed([phrases.category(code) for code in CATEGORIES if code in found]) or say("none")


def place_name(place: Place, say: Say, phrases: Phrases) -> str:
    """Return a strength or weakness by name: touchpoint · category, or category · topic."""
    if place.topic == ALL:
        return phrases.place(place.touchpoint, place.category)
    category = phrases.category(place.category)
    return say("topic_place", category=category, topic=phrases.topic(place.topic))
