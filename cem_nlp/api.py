"""The package's front door for Python users."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from cem_nlp.analysis import OPINION_COLUMNS, Comment, read_comments
from cem_nlp.errors import InputError
from cem_nlp.language import Bilingual
from cem_nlp.model_files import load_engine
from cem_nlp.opinions import OpinionEngine
from cem_nlp.resources import shipped
from cem_nlp.text import kind_of
from cem_nlp.vocabulary import KIND_CODES


def analyse(
    texts: Sequence[str], kind: str | None = None, taxonomy: str | Path | None = None
) -> pd.DataFrame:
    """Return every opinion in `texts`, one row each, found with the shipped model.

    Columns: id (position in `texts`, from 0), category, polarity, touchpoint, start and end (code points into
    the text, end exclusive), evidence, probability (0-1), decided_by ('model', or 'rule:' and the rule's
    name) and topic (None where no word tells).

    `kind` is review, complaint or transcript, or its Chinese name; without it a text whose turns begin with
    speakers, as `客户：` and `客服：`, is a transcript and any other a review. Only the customer's words in a
    transcript make opinions; all of it counts as theirs where nothing names a speaker. `taxonomy` is a file
    of your own instead of the shipped one, read at every call.

    Raises InputError for anything but texts and for an unknown kind, ConfigError for the taxonomy.

    >>> analyse(["房间很干净，就是前台态度太差"])[["category", "polarity", "evidence"]]
      category  polarity  evidence
    0  product  positive     房间很干净
    1  service  negative  就是前台态度太差
    """
    comments = _comments(texts, None if kind is None else _known_kind(kind))
    engine = _shipped_engine() if taxonomy is None else _engine(Path(taxonomy))
    rows = [row for opinions, _ in read_comments(engine, comments) for row in opinions]
    return pd.DataFrame(rows, columns=list(OPINION_COLUMNS)).astype({"id": "int64"})


def _comments(texts: Iterable[str], kind: str | None) -> Iterator[Comment]:
    if not isinstance(texts, Iterable) or isinstance(texts, (str, bytes, Mapping, pd.DataFrame)):
        raise InputError(
            Bilingual("texts 不是一串文本", "texts is no sequence of texts"),
            where="texts",
            value=type(texts).__name__,
            valid=("list", "tuple", "Series"),
            next_step=Bilingual("单条评论写成列表：[文本]", "give a single comment as a list: [text]"),
        )
    for number, text in enumerate(texts):
        if not isinstance(text, str):
            raise InputError(
                Bilingual("texts 中有一项不是文本", "an item of texts is no text"),
                where=f"texts[{number}]",
                value=type(text).__name__,
                valid=("str",),
                next_step=Bilingual("去掉该项，或换成空文本", "leave it out, or give an empty text for it"),
            )
        yield Comment(str(number), text, kind or kind_of(text))


def _known_kind(kind: str) -> str:
    if kind not in KIND_CODES:
        raise InputError(
            Bilingual("未知的反馈类型", "unknown kind"),
            where="kind",
            value=kind,
            valid=tuple(KIND_CODES),
            next_step=Bilingual("不写 kind 时由文字看出", "without kind the text tells"),
        )
    return KIND_CODES[kind]


@cache
def _shipped_engine() -> OpinionEngine:
    return _engine(shipped("data/taxonomy.toml"))


def _engine(taxonomy: Path) -> OpinionEngine:
    return load_engine(shipped("models/default"), taxonomy, shipped("data/user_dictionary.txt"))
