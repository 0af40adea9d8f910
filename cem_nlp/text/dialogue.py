"""Transcripts as one text: turns joined by ` / `, each beginning with `客户：` or `客服：`.

`prepare` brings what sources write in another form into this one (`speakers`).
"""

import re
from collections.abc import Sequence
from typing import Final

from cem_nlp.vocabulary import ROLES

SEPARATOR: Final = " / "

_ROLE_OF: Final = {name.zh: role for role, name in ROLES.items()}
_PREFIX: Final = re.compile(rf"(?:^|(?<={SEPARATOR}))\s*({'|'.join(_ROLE_OF)})[：:]")
_SPACED_SLASH: Final = re.compile(r"\s+([/／])\s*")


def join_turns(turns: Sequence[tuple[str, str]]) -> str:
    """Join (role, text) pairs into the text of a transcript; roles are the codes of `vocabulary.ROLES`.

    Give prepared turns. White space around a slash inside a turn is dropped, so that nobody forges a turn
    of the other side by writing the separator. A turn without text leaves no trace.

    Raises:
        KeyError: unknown role.
    """
    spoken = [(ROLES[role].zh, _SPACED_SLASH.sub(r"\1", text.strip())) for role, text in turns]
    return SEPARATOR.join(f"{name}：{words}" for name, words in spoken if words)


def customer_spans(text: str, kind: str) -> list[tuple[int, int]]:
    """Return where the customer speaks, as code-point spans without the `客户：` prefix.

    Only a transcript has other speakers: for any other `kind`, and for a transcript without a single
    prefix, the span is the whole text. Words before the first prefix count as the customer's.
    """
    return [(start, end) for role, start, end in turn_spans(text, kind) if role == "customer"]


def turn_spans(text: str, kind: str) -> list[tuple[str, int, int]]:
    """Return who speaks where: role, start and end of every turn's words, without prefix or separator.

    Only transcripts have turns: any other `kind`, and words before the first prefix, are the customer's.
    """
    if kind != "transcript":
        return [("customer", 0, len(text))]
    spans = []
    role, start = "customer", 0
    for prefix in _PREFIX.finditer(text):
        spans.append((role, start, max(prefix.start() - len(SEPARATOR), 0)))
        role, start = _ROLE_OF[prefix[1]], prefix.end()
    spans.append((role, start, len(text)))
    return [(role, start, end) for role, start, end in spans if start < end]
