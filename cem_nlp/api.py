"""The package's front door for Python users."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from cem_nlp.analysis import OPINION_COLUMNS, Comment, read_comments
from cem_nlp.model_files import load_engine
from cem_nlp.opinions import OpinionEngine
from cem_nlp.resources import shipped
from cem_nlp.text import kind_of


def analyse(
    texts: Sequence[str], kind: str | None = None, taxonomy: str | Path | None = None
) -> pd.DataFrame:
    """Return every opinion in `texts`, one row each, found with the shipped model.

    Columns: id (position in `texts`, from 0), category, polarity, touchpoint, start and end (code points into
    the text, end exclusive), evidence, probability (0-1), decided_by ('model', or 'rule:' and the rule's
    name) and topic (None where no word tells).

    `kind` is review, complaint or transcript; without it a text whose turns begin with speakers, as `客户：`
    and `客服：`, is a transcript and any other a review. Only the customer's words in a transcript make
    opinions; all of it counts as theirs where nothing names a speaker. `taxonomy` is a file of your own
    instead of the shipped one, read at every call.

    >>> analyse(["房间很干净，就是前台态度太差"])[["category", "polarity", "evidence"]]
      category  polarity  evidence
    0  product  positive     房间很干净
    1  service  negative  就是前台态度太差
    """
    comments = (Comment(str(number), text, kind or kind_of(text)) for number, text in enumerate(texts))
    engine = _shipped_engine() if taxonomy is None else _engine(Path(taxonomy))
    rows = [row for opinions, _ in read_comments(engine, comments) for row in opinions]
    return pd.DataFrame(rows, columns=list(OPINION_COLUMNS)).astype({"id": "int64"})


@cache
def _shipped_engine() -> OpinionEngine:
    return _engine(shipped("data/taxonomy.toml"))


def _engine(taxonomy: Path) -> OpinionEngine:
    return load_engine(shipped("models/default"), taxonomy, shipped("data/user_dictionary.txt"))
