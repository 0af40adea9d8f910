"""A model's measured confusion, kept beside it: counts of labelled comments, no texts.

One JSON object. `states` and `findings` say what each sign stands for, labelled and found; `certainties` are
the probabilities from which on a finding is likely, and sure. A row of `comments` is a kind of feedback, the
signs labelled and those found, one a category in the order of `categories`, and how many comments are so.
"""

import json
import os
from pathlib import Path
from typing import Any, Final

import numpy as np

from cem_nlp.errors import ModelError
from cem_nlp.language import Bilingual
from cem_nlp.scores.confusion import CERTAINTIES, FINDINGS, STATES, Confusion
from cem_nlp.vocabulary import CATEGORIES, KINDS

CONFUSION: Final = "confusion.json"
_STATES: Final = dict(zip(STATES, ".-0+x", strict=True))
_FINDINGS: Final = dict(zip(FINDINGS, ".nN-0pP+x", strict=True))
_MEANING: Final = {
    "categories": list(CATEGORIES),
    "states": _STATES,
    "findings": _FINDINGS,
    "certainties": list(CERTAINTIES),
}


def save_confusion(confusion: Confusion, folder: Path) -> None:
    """Write the confusion of the model in `folder`; the file changes at once or not at all."""
    facts = {
        "model_version": confusion.model_version,
        "measured_on": confusion.measured_on,
        **_MEANING,
    }
    states, findings = (np.array(list(signs.values())) for signs in (_STATES, _FINDINGS))
    rows = [
        json.dumps([kind, "".join(states[labelled]), "".join(findings[found]), int(n)])
        for kind, labelled, found, n in zip(
            confusion.kinds, confusion.labelled, confusion.found, confusion.n, strict=True
        )
    ]
    head = json.dumps(facts, ensure_ascii=False, indent=1).removesuffix("\n}")
    draft = folder / f".{CONFUSION}.new"
    draft.write_text(head + ',\n "comments": [\n  ' + ",\n  ".join(rows) + "\n ]\n}\n", encoding="utf-8")
    os.replace(draft, folder / CONFUSION)


def load_confusion(folder: Path) -> Confusion | None:
    """Return the confusion of the model in `folder`, whatever version it was measured on; None where there is
    none. Raises ModelError for a file of another form.
    """
    file = folder / CONFUSION
    try:
        return _parse(json.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            Bilingual("模型的误判表格式不对", "the file of the model's confusion is malformed"),
            where=str(file),
            value=type(error).__name__,
            next_step=Bilingual("用 cem evaluate --record 重写", "write it anew with cem evaluate --record"),
        ) from None


def _parse(facts: dict[str, Any]) -> Confusion:
    if any(facts[name] != meaning for name, meaning in _MEANING.items()):
        raise ValueError("other categories, states or findings")
    kinds, labelled, found, counts = zip(*facts["comments"], strict=True)
    n = np.array(counts)
    if not set(kinds) <= set(KINDS) or n.dtype != np.int64 or n.min() < 1:
        raise ValueError("an unknown kind, or a count that is none")
    return Confusion(
        model_version=facts["model_version"],
        measured_on=facts["measured_on"],
        kinds=kinds,
        labelled=_numbers(labelled, _STATES),
        found=_numbers(found, _FINDINGS),
        n=n,
    )


def _numbers(rows: tuple[str, ...], signs: dict[str, str]) -> "np.ndarray[Any, np.dtype[np.int64]]":
    number = {sign: place for place, sign in enumerate(signs.values())}
    table = [[number[sign] for sign in row] for row in rows]
    return np.array(table, np.int64).reshape(-1, len(CATEGORIES))
