"""The source's columns: which ones the mapping names, and whether the file has them."""

from collections import Counter
from collections.abc import Iterator, Sequence

from cem_nlp.config import Source
from cem_nlp.errors import BrokenContract
from cem_nlp.language import Bilingual
from cem_nlp.showing import NAME_THE_COLUMNS, headerless, shown_headings


def names_of(column: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the columns that one entry of the mapping names: none, one or several."""
    if column is None:
        return ()
    return (column,) if isinstance(column, str) else column


def mapped_columns(source: Source) -> tuple[str, ...]:
    """Return every column that the source's mapping needs, each once."""
    kinds = source.declared_kinds
    names: list[str] = []
    for field in type(source.columns).model_fields:
        if field != "text" or kinds != {"transcript"}:
            names.extend(names_of(getattr(source.columns, field)))
    if "transcript" in kinds:
        names.append(source.turns.column)
    return tuple(dict.fromkeys(names))


def check_columns(columns: Sequence[str], source: Source, shown: str) -> None:
    """Check that the file has each mapped column exactly once.

    Raises:
        BrokenContract: a mapped column is missing, or there twice; lists the file's columns where these look
            like a header.
    """
    counts = Counter(columns)
    for name in mapped_columns(source):
        if counts[name] == 0:
            raise _missing(name, columns, source, shown)
        if counts[name] > 1:
            raise BrokenContract(
                Bilingual(
                    f"列“{name}”出现了 {counts[name]} 次",
                    f"the column {name!r} is there {counts[name]} times",
                ),
                where=shown,
                value=name,
                next_step=Bilingual(
                    "在源文件中改名或删除多余的列", "rename or drop the surplus column in the file"
                ),
            )


def _missing(name: str, columns: Sequence[str], source: Source, shown: str) -> BrokenContract:
    what = Bilingual(f"缺少配置中映射的列“{name}”", f"the column {name!r} that the mapping names is missing")
    listed = shown_headings(columns, mapped_columns(source))
    if not listed:
        what = headerless(what, columns)
    return BrokenContract(
        what, where=shown, value=name, valid=listed or None, next_step=_advice(len(columns), bool(listed))
    )


def _advice(n: int, are_listed: bool) -> Bilingual:
    if n == 1:
        return Bilingual(
            "文件只有一列：核对配置中的 columns；若是分隔文本，检查分隔符 delimiter",
            "the file has one column only: compare columns with it; in delimited text, check the delimiter",
        )
    if not are_listed:
        return NAME_THE_COLUMNS
    return Bilingual(
        "核对配置中的 columns 与文件表头（首行）", "compare columns with the file's header (its first row)"
    )


def distinct(columns: Sequence[str]) -> tuple[str, ...]:
    """Number repeated names, so that no cell is lost where a row is shown by column name."""
    return tuple(_numbered(columns))


def _numbered(columns: Sequence[str]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for name in columns:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def by_name(columns: Sequence[str], cells: Sequence[str | None]) -> dict[str, str | None]:
    """Return a row by column name; cells beyond the header are called +1, +2, …"""
    surplus = [f"+{number}" for number in range(1, len(cells) - len(columns) + 1)]
    return {name: storable(cell) for name, cell in zip([*columns, *surplus], cells, strict=False)}


def storable(cell: str | None) -> str | None:
    """Spell out what cannot be stored as UTF-8 (halves of surrogate pairs from JSON escapes)."""
    return None if cell is None else cell.encode("utf-8", "backslashreplace").decode()
