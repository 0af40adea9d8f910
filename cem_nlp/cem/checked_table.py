"""A user's own table as strings, its columns known by name or alias; every finding names file, line, column,
value and the valid values.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Self

import numpy as np
import pandas as pd

from cem_nlp.cem.amounts import AMOUNTS, parse_amount, ungrouped
from cem_nlp.errors import InputError
from cem_nlp.language import Bilingual
from cem_nlp.places import cell
from cem_nlp.showing import NAME_THE_COLUMNS, headerless, shown_headings, shown_value

_TYPING_MISTAKE: Final = 0.8
"""Likeness above which an unknown heading is taken for a misspelt one, not for a column of the user's own."""

_CORRECT: Final = Bilingual(
    "请修改表头（第 1 行）或列的映射", "correct the header (line 1) or the mapping of columns"
)


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """The known columns of a table: `cells` without blanks around them, '' where empty, no empty rows.

    `headings` is the file's heading of each column that is there; the index of `cells` counts lines from 0
    under a heading in line 1; `error` is what is raised, `name` the file in it.
    """

    name: str
    headings: Mapping[str, str]
    cells: pd.DataFrame
    error: type[InputError]

    @classmethod
    def of(
        cls,
        table: pd.DataFrame,
        columns: Mapping[str, Sequence[str]],
        required: Sequence[str],
        name: str,
        error: type[InputError],
        mapping: Mapping[str, str] | None = None,
    ) -> Self:
        """Return the table's columns that `mapping` names, or whose heading is one of `columns` (column → its
        other headings). Raises `error`: a required or named column is missing, a heading comes twice or
        looks misspelt, there is no row.
        """
        headings = _headings(table, columns, mapping or {}, name, error)
        for column in required:
            if column not in headings:
                what = Bilingual(f"缺少“{column}”列", f"the column {column!r} is missing")
                given = [str(heading) for heading in table.columns]
                listed = shown_headings(given, _wanted(columns, mapping or {}))
                raise _bad_heading(
                    what if listed else headerless(what, given),
                    ", ".join(listed) or None,
                    [column, *columns[column]],
                    name,
                    error,
                    _CORRECT if listed else NAME_THE_COLUMNS,
                )
        cells = pd.DataFrame(
            {column: table[heading].fillna("").str.strip() for column, heading in headings.items()}
        )
        cells = cells[(cells != "").any(axis=1)]
        if cells.empty:
            raise error(
                Bilingual("文件里没有任何数据行", "the file has no row"),
                where=name,
                next_step=Bilingual("表头之下一行写一条", "below the heading, write one record a row"),
            )
        return cls(name, headings, cells, error)

    def broken(
        self,
        what: Bilingual,
        row: int,
        column: str,
        valid: Sequence[str | Bilingual] | None = None,
        *,
        shown: bool = True,
    ) -> InputError:
        """Return the error for a cell; its value is left out where it must not be `shown`."""
        where = cell(self.name, row + 2, self.headings[column])
        value = shown_value(str(self.cells.loc[row, column])) if shown else None
        next_step = Bilingual("改正这一格后重试", "correct this cell and run again")
        return self.error(what, where=where, value=value, valid=valid, next_step=next_step)

    def refuse(
        self,
        bad: "pd.Series[bool]",
        column: str,
        what: Bilingual,
        valid: Sequence[str | Bilingual] | None = None,
        *,
        shown: bool = True,
    ) -> None:
        """Raise the error for the first cell of `column` that is `bad`, if any is; see `broken`."""
        if bad.any():
            raise self.broken(what, bad.index[bad][0], column, valid, shown=shown)

    def words(self, column: str) -> "pd.Series[str]":
        """Return a column's words, full-width forms as ordinary ones; '' all the way where it is absent."""
        if column not in self.cells:
            return pd.Series("", index=self.cells.index, dtype="str")
        return self.cells[column].str.normalize("NFKC").str.strip()

    def numbers(self, column: str, low: float = -np.inf, high: float = np.inf) -> "pd.Series[float]":
        """Return a column as numbers, NaN where empty or absent; 12,000 and 5% are read as 12000 and 5.

        Raises the table's error for what is no number or lies outside `low`–`high`; 1,5 is no number.
        """
        words = self.words(column)
        plain = words.map(ungrouped).str.removesuffix("%")
        numbers = pd.to_numeric(plain, errors="coerce").astype("float64")
        bad = (words != "") & ~(np.isfinite(numbers) & numbers.between(low, high))
        if bad.any():
            what = Bilingual("不是数字，或超出范围", "this is no number, or out of range")
            raise self.broken(what, bad.index[bad][0], column, [_span(low, high)])
        return numbers

    def amounts(self, column: str) -> "pd.Series[float]":
        """Return a column of money, NaN where empty or absent; 12,000 and 1.8万 are read as 12000 and 18000.

        Raises the table's error for what is no number or below 0; a percentage is no amount.
        """
        words = self.words(column)
        amounts = words.map(parse_amount).astype("float64")
        bad = (words != "") & amounts.isna()
        if bad.any():
            what = Bilingual("不是数字，或小于 0", "this is no number, or below 0")
            raise self.broken(what, bad.index[bad][0], column, ["≥ 0", *AMOUNTS])
        return amounts

    def codes(
        self, column: str, names: Mapping[str, Bilingual], aliases: Mapping[str, str]
    ) -> "pd.Series[str]":
        """Return the codes that a column names by code, by name in either language or by alias.

        Raises the table's error for anything else.
        """
        known = {code: code for code in names} | dict(aliases)
        known |= {word: code for code, name in names.items() for word in name}
        codes = self.words(column).str.lower().map(known)
        if codes.isna().any():
            valid = [word for code, name in names.items() for word in (code, name.zh)]
            what = Bilingual("不认识的名称", "an unknown name")
            raise self.broken(what, codes.index[codes.isna()][0], column, valid)
        return codes.astype("str")


def _headings(
    table: pd.DataFrame,
    columns: Mapping[str, Sequence[str]],
    mapping: Mapping[str, str],
    name: str,
    error: type[InputError],
) -> dict[str, str]:
    given = [str(heading) for heading in table.columns]
    found: dict[str, str] = {}
    for column, heading in mapping.items():
        if given.count(heading) != 1:
            what = Bilingual("没有这一列，或有两列", "no such column, or two")
            listed = shown_headings(given, _wanted(columns, mapping))
            if not listed:
                what = headerless(what, given)
            raise _bad_heading(what, heading, listed, name, error, _CORRECT if listed else NAME_THE_COLUMNS)
        found[column] = heading
    known = {word: column for column, others in columns.items() for word in (column, *others)}
    for heading in given:
        plain = unicodedata.normalize("NFKC", heading).strip().lower()
        column = known.get(plain, "")
        if not column and get_close_matches(plain, columns, n=1, cutoff=_TYPING_MISTAKE):
            what = Bilingual("不认识的列", "an unknown column")
            raise _bad_heading(what, shown_value(heading), columns, name, error)
        if not column or column in mapping or heading in mapping.values():
            continue
        if column in found:
            what = Bilingual("同一列出现两次", "the same column twice")
            raise _bad_heading(what, shown_value(heading), columns, name, error)
        found[column] = heading
    return found


def _wanted(columns: Mapping[str, Sequence[str]], mapping: Mapping[str, str]) -> list[str]:
    """Return every heading that a column may have."""
    return [*mapping.values(), *(word for column, others in columns.items() for word in (column, *others))]


def _bad_heading(
    what: Bilingual,
    heading: str | None,
    valid: Mapping[str, object] | Sequence[str],
    name: str,
    error: type[InputError],
    next_step: Bilingual = _CORRECT,
) -> InputError:
    return error(what, where=cell(name, 1), value=heading, valid=list(valid) or None, next_step=next_step)


def _span(low: float, high: float) -> str | Bilingual:
    if np.isinf(high):
        return Bilingual("任何数字", "any number") if np.isinf(low) else f"≥ {low:g}"
    return f"{low:g}–{high:g}"
