"""The company's own table of customers: who is worth how much, for how long, where, in which segment."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd

from cem_nlp.cem.checked_table import CheckedTable
from cem_nlp.errors import BrokenCustomers
from cem_nlp.language import Bilingual
from cem_nlp.vocabulary import UNKNOWN

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "customer": ("客户编号", "客户号", "用户编号", "会员编号", "会员号", "客户"),
    "value": ("价值", "客户价值", "年消费额", "消费额", "年消费", "消费金额", "资产"),
    "growth": ("增长", "消费增长", "增长率", "价值增长"),
    "tenure": ("年限", "入会年数", "在网年数", "客户年限", "关系年数"),
    "region": ("地区", "区域", "省份", "城市"),
    "segment": ("客群", "细分", "客户群", "客户类型", "会员等级", "客户等级"),
}
"""Columns of a customer table, with other headings they may carry."""


def read_customers(
    table: pd.DataFrame, mapping: Mapping[str, str] | None = None, name: str = "customers"
) -> pd.DataFrame:
    """Return a customer table, one row a customer, checked.

    `table` holds strings as the file does (see `csv_file.load_table`); `mapping` names the heading of any
    column of `COLUMNS`, the others are known by these headings. Only customer must be there.

    The result has customer (the number as the file spells it), value (≥ 0, in whatever unit), growth (of the
    value), tenure (years ≥ 0), region and segment ('unknown' where empty); numbers are NaN where empty.

    Raises BrokenCustomers, naming line, column and valid values, and the value unless it is a customer's
    number: a missing or doubled column, no number, a negative value or tenure, a row without customer, a
    customer listed twice, no row.
    """
    checked = CheckedTable.of(table, COLUMNS, ["customer"], name, BrokenCustomers, mapping)
    number = checked.cells["customer"]
    if (number == "").any():
        row = number.index[number == ""][0]
        raise checked.broken(Bilingual("缺少客户编号", "a row without customer"), row, "customer")
    twice = number.duplicated()
    if twice.any():
        row = twice.index[twice][0]
        earlier = number.index[number == number[row]][0] + 2
        what = Bilingual(
            f"同一客户出现两次（另见第 {earlier} 行）",
            f"a customer is listed twice (see also line {earlier})",
        )
        raise checked.broken(what, row, "customer", shown=False)
    read = pd.DataFrame({"customer": number})
    read["value"], read["growth"] = checked.amounts("value"), checked.numbers("growth")
    read["tenure"] = checked.numbers("tenure", 0.0)
    for column in ("region", "segment"):
        # As the file spells them: the feedback's segments are not normalised either.
        read[column] = checked.cells[column].replace("", UNKNOWN) if column in checked.cells else UNKNOWN
    return read.reset_index(drop=True)


def tenure_bands(years: "pd.Series[float]", edges: Sequence[float]) -> "pd.Series[str]":
    """Return the band of each tenure, such as <1, 1–3, ≥3 for the edges 1 and 3; 'unknown' for NaN."""
    names = [
        f"<{edges[0]:g}",
        *(f"{a:g}–{b:g}" for a, b in pairwise(edges)),
        f"≥{edges[-1]:g}",
    ]
    place = np.searchsorted(np.asarray(edges), years.to_numpy(np.float64), side="right")
    return pd.Series(np.where(years.isna(), UNKNOWN, np.array(names)[place]), years.index, dtype="str")


def with_segments(feedback: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    """Return feedback with the customer table's segment where the source names none.

    Both have customer_key and segment; feedback of unknown customers stays as it is.
    """
    segment = feedback["customer_key"].map(customers.set_index("customer_key")["segment"])
    silent = (feedback["segment"] == UNKNOWN) & segment.notna()
    return feedback.assign(segment=feedback["segment"].mask(silent, segment))
