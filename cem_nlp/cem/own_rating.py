"""How the company rates itself, per category, by its own departments."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from cem_nlp.cem.checked_table import CheckedTable
from cem_nlp.cem.scales import refuse_reversed, rescaled
from cem_nlp.errors import BrokenOwnRating
from cem_nlp.language import Bilingual
from cem_nlp.vocabulary import ALL, CATEGORIES

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "category": ("类别", "体验类别", "维度"),
    "score": ("评分", "分数", "得分", "自评"),
    "department": ("部门", "评分部门"),
    "brand": ("品牌", "公司"),
}
"""Columns of an own rating, with other headings they may carry."""

_RATED: Final = {**CATEGORIES, ALL: Bilingual("总体", "overall")}
_ALIASES: Final = {"品牌": "brand", "便利": "convenience", "brand image": "brand"}
_SEVERAL: Final = 3
"""Ratings from which a company that never gives itself more than half of 0–10 is taken for one that rates
itself on another scale: companies rate themselves above their customers' score."""


def read_own_rating(
    table: pd.DataFrame, *, low: float = 0.0, high: float = 10.0, name: str = "own rating"
) -> pd.DataFrame:
    """Return the company's ratings of itself, one row each, checked.

    `table` holds strings as the file does (see `csv_file.load_table`). Columns: category (one of the six, or
    'all' for the whole) and score on the scale `low`–`high`, rescaled to 0–10; department and brand may be
    absent or empty, which means 'all'.

    Raises BrokenOwnRating, naming line, column, value and valid values: a missing or doubled column, an
    unknown category, a score that is missing, no number or outside the scale, one department rating the
    same twice.
    """
    refuse_reversed(low, high, name, BrokenOwnRating)
    checked = CheckedTable.of(table, COLUMNS, ["category", "score"], name, BrokenOwnRating)
    ratings = pd.DataFrame({"category": checked.codes("category", _RATED, _ALIASES)})
    scores = checked.numbers("score", low, high)
    if scores.isna().any():
        what = Bilingual("缺少评分", "a score is missing")
        raise checked.broken(what, scores.index[scores.isna()][0], "score", [f"{low:g}–{high:g}"])
    ratings["score"] = rescaled(scores, low, high)
    for column in ("department", "brand"):
        ratings[column] = checked.words(column).replace("", ALL)
    twice = ratings.duplicated(["brand", "category", "department"])
    if twice.any():
        what = Bilingual("同一部门对同一类别评分两次", "a department rates a category twice")
        raise checked.broken(what, twice.index[twice][0], "category")
    return ratings.reset_index(drop=True)


def refuse_doubtful_ratings(ratings: pd.DataFrame, name: str) -> None:
    """Raise BrokenOwnRating where ratings, read as 0–10 for want of a declared scale, look like 1–5."""
    highest = ratings["score"].max()
    if len(ratings) >= _SEVERAL and highest <= 5:
        raise BrokenOwnRating(
            Bilingual(
                "没有声明量表，而自评全都不高于 5：像是 1–5 分",
                "no scale is declared and no rating is above 5: this looks like a 1–5 scale",
            ),
            where=name,
            value=f"{ratings['score'].min():g}–{highest:g}",
            next_step=Bilingual(
                "写明自评的量表：--own-scale 1-5，或配置里的 low 与 high；确是 0–10 分也请写明",
                "declare it: --own-scale 1-5, or low and high in the configuration; even if 0–10",
            ),
        )
