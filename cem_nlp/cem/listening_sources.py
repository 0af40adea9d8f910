"""A list of what is listened to, by hand: the coverage of listening where no feedback is read."""

from collections.abc import Collection, Mapping
from typing import Any, Final

import pandas as pd

from cem_nlp.cem.checked_table import CheckedTable
from cem_nlp.cem.listening import COVERAGE, PATTERNS
from cem_nlp.cem.stages import CHANNELS, PURCHASE
from cem_nlp.errors import BrokenSources
from cem_nlp.language import Bilingual
from cem_nlp.opinions.taxonomy import Touchpoint
from cem_nlp.schemas import TABLES
from cem_nlp.showing import shown_value
from cem_nlp.vocabulary import ALL, UNKNOWN

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "source": ("来源", "信息来源", "名称"),
    "pattern": ("方式", "倾听方式", "类型"),
    "count": ("条数", "份数", "数量", "人数"),
    "month": ("月份", "时间"),
    "touchpoint": ("触点", "接触点"),
    "channel": ("渠道",),
    "stage": ("阶段", "购买阶段"),
    "product": ("产品", "商品"),
    "segment": ("客群", "细分", "客户群", "客户类型"),
}
"""Columns of the list, with other headings they may carry."""

DIMENSIONS: Final = ("touchpoint", "channel", "stage", "product", "segment")
"""What a source may cover."""

_HEARD: Final = ("dimension", "name", "n_feedback", "n_recent")
_ALIASES: Final = {"之后": "past", "事后": "past", "关系": "present", "探询": "potential"}
_EVERYTHING: Final = ("all", "全部", "所有", "全体")
_NEXT: Final = {
    "touchpoint": Bilingual(
        "用自己的触点时，用 --touchpoints 写明全部",
        "name touchpoints of your own, all of them, by --touchpoints",
    )
}
_SEPARATOR: Final = "[、,;/]"  # full-width forms are read as these
_MONTH: Final = r"^(\d{4})\D*(\d{1,2})(?:\D+\d{1,2})?\D*$"
"""2026-08, 2026年8月, 202608, 2026-08-15."""


def read_listening_sources(
    table: pd.DataFrame,
    touchpoints: Mapping[str, Touchpoint],
    named: Mapping[str, Collection[str]],
    name: str = "sources",
) -> pd.DataFrame:
    """Return the list, one row a source and what it covers, checked.

    `table` holds strings as the file does (see `csv_file.load_table`). Columns source, pattern (past,
    present, potential) and count: comments, calls or respondents; month, and the `DIMENSIONS` covered, may be
    absent.
    A cell of these may list several names, 'all' among them stands for every one. `touchpoints` are the
    taxonomy's, which tell channels and stages where these have no column; `named` holds the products and
    segments there are, where somebody has said.

    The result has source, pattern, count, month (2026-08, 'unknown' where empty) and each dimension that is
    known, as tuples of codes or names, () where empty.

    Raises BrokenSources, naming line, column, value and valid values: a missing or doubled column, an unknown
    pattern, touchpoint, channel, stage, or product or segment not in `named`, a count that is missing or no
    number, no month, a row that is there twice, nothing heard at all.
    """
    checked = CheckedTable.of(table, COLUMNS, ["source", "pattern", "count"], name, BrokenSources)
    sources = pd.DataFrame({"source": checked.words("source")})
    checked.refuse(sources["source"] == "", "source", Bilingual("缺少来源", "a row without source"))
    sources["pattern"] = checked.codes("pattern", PATTERNS, _ALIASES)
    sources["count"] = _counts(checked)
    sources["month"] = _months(checked)
    places = {code: place.name for code, place in touchpoints.items()}
    codes = {"touchpoint": places, "channel": CHANNELS, "stage": PURCHASE}
    for dimension in DIMENSIONS:
        if dimension in checked.cells:
            names = codes.get(dimension) or {word: Bilingual(word, word) for word in named.get(dimension, ())}
            sources[dimension] = _lists(checked, dimension, names)
    twice = sources.duplicated(sources.columns.drop("count"))
    checked.refuse(twice, "source", Bilingual("同一来源的同一行出现两次", "a row of a source comes twice"))
    if not sources["count"].sum():
        raise BrokenSources(Bilingual("清单里没有一条客户声音", "nothing is heard at all"), where=name)
    return _placed(sources, touchpoints).reset_index(drop=True)


def _counts(checked: CheckedTable) -> "pd.Series[int]":
    counts = checked.numbers("count", 0.0)
    broken = counts.isna() | (counts % 1 != 0)
    checked.refuse(broken, "count", Bilingual("条数须是整数", "no whole number"), ["≥ 0"])
    return counts.astype("int64")


def _months(checked: CheckedTable) -> "pd.Series[str]":
    words = checked.words("month")
    found = words.str.extract(_MONTH)
    strange = (words != "") & ~pd.to_numeric(found[1]).between(1, 12)
    checked.refuse(strange, "month", Bilingual("看不懂的月份", "this is no month"), ["2026-08", "2026年8月"])
    return found[0].str.cat(found[1].str.zfill(2), sep="-").fillna(UNKNOWN)


def _lists(checked: CheckedTable, column: str, names: Mapping[str, Bilingual]) -> "pd.Series[Any]":
    """Return the codes that each cell lists; the words themselves where no `names` are known."""
    known = {word.lower(): code for code, name in names.items() for word in (code, *name)}
    lists = checked.words(column).str.split(_SEPARATOR, regex=True)
    codes: dict[str, str] = {}
    for row, listed in zip(lists.index, lists, strict=True):
        for word in listed:
            plain = word.strip()
            code = plain if not names else known.get(plain.lower(), "")
            codes[word] = ALL if plain.lower() in _EVERYTHING else code
            if plain and not codes[word]:
                valid = [w for code, name in names.items() for w in dict.fromkeys((code, name.zh))]
                found = checked.broken(Bilingual("不认识的名称", "an unknown name"), row, column)
                raise BrokenSources(
                    found.what,
                    where=found.place,
                    value=shown_value(plain),
                    valid=valid,
                    next_step=_NEXT.get(column),
                )
    return lists.map(lambda listed: tuple(dict.fromkeys(codes[word] for word in listed if codes[word])))


def _placed(sources: pd.DataFrame, touchpoints: Mapping[str, Touchpoint]) -> pd.DataFrame:
    """Return the sources with the channel and stage of their touchpoints, unless the list has its own.

    Touchpoints without a channel, which the taxonomy does not know, leave both out.
    """
    if "touchpoint" not in sources or not all(place.channel for place in touchpoints.values()):
        return sources
    for dimension in {"channel", "stage"} - {*sources.columns}:
        place = {code: getattr(found, dimension) for code, found in touchpoints.items()} | {ALL: ALL}
        sources[dimension] = sources["touchpoint"].map(
            lambda listed, place=place: tuple(dict.fromkeys(place[code] for code in listed))
        )
    return sources


def touchpoints_named(names: Collection[str], known: Mapping[str, Touchpoint]) -> dict[str, Touchpoint]:
    """Return the touchpoints that somebody names, by code: those of the taxonomy, with channel and stage, and
    others without; all that are `known` where none are named.
    """
    code_of = {word: code for code, place in known.items() for word in (code, *place.name)}
    places = {code_of.get(name, name): Touchpoint(Bilingual(name, name), "", "", "") for name in names}
    return {code: known.get(code, place) for code, place in places.items()} or dict(known)


def listening_of_sources(sources: pd.DataFrame) -> pd.DataFrame:
    """Return the `listening` table of the schema, without `run_id`; all is taken for about own brands."""
    rows = sources.assign(kind=UNKNOWN, rests_on="source")
    table = rows.groupby(COVERAGE, as_index=False).agg(n_feedback=("count", "sum"), n_own=("count", "sum"))
    order = table["pattern"].map({code: number for number, code in enumerate(PATTERNS)})
    table = table.assign(order=order).sort_values(["order", "source", "month"], ignore_index=True)
    return table[[name for name in TABLES["listening"].names if name != "run_id"]]


def expected_of(
    sources: pd.DataFrame, touchpoints: Collection[str], named: Mapping[str, Collection[str]]
) -> dict[str, list[str]]:
    """Return what should be heard in each dimension that the list, or `named`, speaks of."""
    every = {"touchpoint": touchpoints, "channel": CHANNELS, "stage": PURCHASE}
    expected: dict[str, list[str]] = {}
    for dimension in DIMENSIONS:
        listed = [name for cell in sources.get(dimension, []) for name in cell]
        if listed or named.get(dimension):
            names = every.get(dimension) or named.get(dimension) or sorted({*listed} - {ALL})
            expected[dimension] = [*names]
    return expected


def heard_of_sources(
    sources: pd.DataFrame, expected: Mapping[str, Collection[str]], recent_days: int
) -> pd.DataFrame:
    """Return what `listening.heard_counts` does: how much is heard of each thing.

    The count of a row that lists several names stands for each of them, so that these are at most so many.
    Recent is a month that ends in the last `recent_days` of the list; n_recent is null where a row has none.
    """
    ends = pd.PeriodIndex(sources["month"].mask(sources["month"] == UNKNOWN), freq="M").end_time
    recent = (ends > ends.max() - pd.Timedelta(days=recent_days)).astype("int64")
    counted = sources.assign(n_recent=sources["count"] * recent, undated=ends.isna().astype("int64"))
    parts = [pd.DataFrame(columns=[*_HEARD])]
    for dimension, names in expected.items():
        if dimension in counted:
            lists = [[*names] if ALL in cell else [*cell] for cell in counted[dimension]]
            rows = counted.assign(name=pd.Series(lists, counted.index)).explode("name")
            sums = rows.groupby("name")[["count", "n_recent", "undated"]].sum().reset_index()
            sums["n_recent"] = sums["n_recent"].where(sums["undated"] == 0)
            parts.append(sums.rename(columns={"count": "n_feedback"}).assign(dimension=dimension))
    return pd.concat(parts[1:] or parts, ignore_index=True)[[*_HEARD]]
