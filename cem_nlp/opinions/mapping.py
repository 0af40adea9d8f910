"""Label sets of others, read in the terms of this software: what a mapping file says of them.

    name, name_en, source                   what readers see; where the set comes from
    kind, domain                            of all its comments
    text = "…"                              column of the text
    comment = ["…"]                         columns that tell comments apart; left out: every row is a comment
    label = "…", polarity = "…"             their columns; left out: every label is a column of its own and
                                            holds the polarity
    categories = ["product", …]             what the set can express; opinions of others are not judged
    [labels]       CATEGORY = ["label", …]
    [polarities]   POLARITY = ["value", …]
    absent = ["-2"]                         values that say that the label does not apply
    ignored = ["…"]                         labels that say nothing of opinions, such as an intention
    [open]         labels = […], polarities = […]

What is open cannot be said in our terms: a label that may mean any category, a polarity that is no verdict of
ours. It leaves the category, or all of them, open in its comment: an opinion found there is right if some
other label says so, and is not judged otherwise.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cem_nlp.errors import BrokenLabels, ConfigError
from cem_nlp.language import Bilingual
from cem_nlp.opinions.evaluation import Comparison, Pair, Sets, categories_of, compare
from cem_nlp.opinions.tables import Table, known
from cem_nlp.places import in_column, in_line
from cem_nlp.showing import NAME_THE_COLUMNS, headerless, shown_headings
from cem_nlp.vocabulary import CATEGORIES, KINDS, POLARITIES

_KEYS = (
    "name",
    "name_en",
    "source",
    "kind",
    "domain",
    "text",
    "comment",
    "label",
    "polarity",
    "categories",
    "labels",
    "polarities",
    "absent",
    "ignored",
    "open",
)


@dataclass(frozen=True, slots=True)
class LabelMapping:
    """A validated mapping file; a label that is open has the category None, an open polarity the polarity
    None.
    """

    name: Bilingual
    kind: str
    domain: str
    text: str
    comment: tuple[str, ...]
    label: str | None
    polarity: str | None
    categories: frozenset[str]
    category_of: Mapping[str, str | None]
    polarity_of: Mapping[str, str | None]
    absent: frozenset[str]
    ignored: frozenset[str]


@dataclass(frozen=True, slots=True)
class MappedComment:
    """A comment with its labels in our terms; in the categories `open` only what is labelled is judged."""

    text: str
    labelled: frozenset[Pair]
    open: frozenset[str]


def parse_mapping(values: Mapping[str, Any]) -> LabelMapping:
    """Validate a mapping. Raises ConfigError."""
    table = Table(values)
    table.only(*_KEYS)
    left_open = table.table("open") if "open" in table else Table({}, "open")
    left_open.only("labels", "polarities")
    table.text("source")
    mapping = LabelMapping(
        name=table.name(),
        kind=table.one_of("kind", KINDS),
        domain=table.text("domain"),
        text=table.text("text"),
        comment=table.texts("comment"),
        label=table.text("label") if "label" in table else None,
        polarity=table.text("polarity") if "label" in table else None,
        categories=frozenset(known(code, CATEGORIES, "categories") for code in table.texts("categories")),
        category_of=_inverted(table.table("labels"), CATEGORIES, left_open, "labels"),
        polarity_of=_inverted(table.table("polarities"), POLARITIES, left_open, "polarities"),
        absent=frozenset(table.texts("absent")),
        ignored=frozenset(table.texts("ignored")),
    )
    used = {category for category in mapping.category_of.values() if category}
    if used != mapping.categories:
        raise ConfigError(
            Bilingual("categories 与 labels 里的类别不一致", "categories are not those that labels name"),
            where="categories",
            value=", ".join(sorted(used ^ mapping.categories)),
            valid=sorted(used),
        )
    return mapping


def _inverted(table: Table, codes: Mapping[str, object], left_open: Table, key: str) -> dict[str, str | None]:
    table.only(*codes)
    pairs = [(value, code, table.at(code)) for code in table.values for value in table.texts(code)]
    found: dict[str, str | None] = {}
    for value, code, place in [*pairs, *((value, None, left_open.at(key)) for value in left_open.texts(key))]:
        if value in found:
            raise ConfigError(Bilingual("同一个值映射了两次", "mapped twice"), where=place, value=value)
        found[value] = code
    return found


def read_mapped(rows: Iterable[tuple[int, Mapping[str, str]]], mapping: LabelMapping) -> list[MappedComment]:
    """Return the comments of a table's rows, each with its line, in their order.

    Raises:
        BrokenLabels: a column is missing, or a label or polarity is neither mapped nor declared open. The
            error names line, column, value and the valid values.
    """
    texts: dict[tuple[str, ...], str] = {}
    labels: dict[tuple[str, ...], list[tuple[str | None, str | None]]] = {}
    for line, row in rows:
        _require(row, mapping, line)
        key = tuple(row[column] for column in mapping.comment) or (str(line),)
        texts.setdefault(key, row[mapping.text])
        labels.setdefault(key, []).extend(_labels(row, mapping, line))
    return [_comment(text, labels[key]) for key, text in texts.items()]


def _require(row: Mapping[str, str], mapping: LabelMapping, line: int) -> None:
    of_labels = [mapping.label, mapping.polarity] if mapping.label else mapping.category_of
    wanted = [column for column in (mapping.text, *mapping.comment, *of_labels) if column]
    for column in wanted:
        if column not in row:
            what = Bilingual("缺少映射文件说的列", "a column that the mapping names is missing")
            # Without a heading the first row is a customer's record; cells beyond it stand under None.
            given = [name for name in row if name is not None]
            known = shown_headings(given, wanted)
            raise BrokenLabels(
                what if known else headerless(what, given),
                where=in_line(line),
                value=column,
                valid=known or None,
                next_step=None if known else NAME_THE_COLUMNS,
            )


def _labels(row: Mapping[str, str], mapping: LabelMapping, line: int) -> list[tuple[str | None, str | None]]:
    """Return category and polarity of the row's labels, None for what is open."""
    if mapping.label and mapping.polarity:
        said = [(row[mapping.label], mapping.polarity)]
    else:
        said = [(label, label) for label in mapping.category_of]
    found = []
    for label, column in said:
        if label in mapping.ignored or row[column] in mapping.absent:
            continue
        category = _mapped(label, mapping.category_of, in_column(line, mapping.label or label))
        found.append((category, _mapped(row[column], mapping.polarity_of, in_column(line, column))))
    return found


def _mapped(value: str, codes: Mapping[str, str | None], place: Bilingual) -> str | None:
    if value not in codes:
        raise BrokenLabels(
            Bilingual("映射文件里没有这个取值", "the mapping does not hold this value"),
            where=place,
            value=value,
            valid=list(codes),
            next_step=Bilingual(
                "写进映射文件的 labels、polarities 或 open",
                "add it to labels, polarities or open of the mapping",
            ),
        )
    return codes[value]


def _comment(text: str, labels: Sequence[tuple[str | None, str | None]]) -> MappedComment:
    labelled = frozenset((category, polarity) for category, polarity in labels if category and polarity)
    left_open: set[str] = set()
    for category, polarity in labels:
        if category is None:
            left_open.update(CATEGORIES)
        elif polarity is None:
            left_open.add(category)
    return MappedComment(text, labelled, frozenset(left_open))


def compare_mapped(
    comments: Sequence[MappedComment], found: Sets, mapping: LabelMapping, seed: int = 0
) -> Comparison:
    """Compare the pairs found in each comment with its mapped labels, as far as the set can judge them."""
    pairs: list[set[Pair]] = []
    categories: list[set[Pair]] = []
    for comment, said in zip(comments, found, strict=True):
        judged = mapping.categories - comment.open
        labelled = {category for category, _ in comment.labelled}
        pairs.append({pair for pair in said if pair[0] in judged or pair in comment.labelled})
        categories.append({pair for pair in said if pair[0] in judged or pair[0] in labelled})
    return compare(
        [set(comment.labelled) for comment in comments],
        pairs,
        categories_of(categories),
        [(mapping.kind, mapping.domain)] * len(comments),
        seed,
    )
