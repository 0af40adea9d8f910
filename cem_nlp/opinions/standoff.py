"""Labels that stand apart from their texts: published without a word of the customers they are about.

A stand-off label is a labelled comment (see `labels`) whose text, kind, domain and evidence are left out. It
names a comment of a pool by its id, and the text it was made on by `text_digest`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cem_nlp.errors import BrokenLabels
from cem_nlp.language import Bilingual
from cem_nlp.places import in_field

_DIGEST_BYTES: Final = 8
"""Enough to notice another text: the digest protects against mistakes, not against intent."""

_POOL: Final = Bilingual(
    "用 --pool 给出含有这条评论的文件夹", "give the folder that holds this comment with --pool"
)


@dataclass(frozen=True, slots=True)
class PooledText:
    """The text of a pool's comment, with its kind and domain."""

    text: str
    kind: str
    domain: str


def text_digest(text: str) -> str:
    """Return the digest by which a stand-off label knows its text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()


def without_text(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a labelled comment's JSON object as a stand-off label."""
    kept = {name: value for name, value in record.items() if name not in ("text", "kind", "domain")}
    opinions = [
        {name: value for name, value in opinion.items() if name != "evidence"}
        for opinion in record["opinions"]
    ]
    return {**kept, "opinions": opinions, "text_digest": text_digest(record["text"])}


def with_text(record: Mapping[str, Any], pool: Mapping[str, PooledText], number: int) -> Mapping[str, Any]:
    """Return a stand-off label's JSON object with text, kind, domain and evidence of the pool's comment.

    Any other object returns as it is; whether its fields are right is for `labels.parse_comment` to say.

    Raises:
        BrokenLabels: the pool has no comment of this id, or another text; the error names line `number`.
    """
    if "text_digest" not in record or "text" in record:
        return record
    identity = record.get("id")
    pooled = pool.get(identity) if isinstance(identity, str) else None
    if pooled is None:
        what = Bilingual("找不到这条标注的原文", "the text of this label is not there")
        raise BrokenLabels(what, where=in_field(number, "id"), value=identity, next_step=_POOL)
    if text_digest(pooled.text) != record["text_digest"]:
        what = Bilingual("原文与标注时不同", "the text is not the one that was labelled")
        raise BrokenLabels(what, where=in_field(number, "text_digest"), value=identity, next_step=_POOL)
    said = {"text": pooled.text, "kind": pooled.kind, "domain": pooled.domain}
    return {**record, **said, "opinions": [_quoted(opinion, pooled.text) for opinion in record["opinions"]]}


def _quoted(opinion: Any, text: str) -> Any:
    if not isinstance(opinion, dict):
        return opinion
    start, end = opinion.get("start"), opinion.get("end")
    words = text[start:end] if isinstance(start, int) and isinstance(end, int) else ""
    return {**opinion, "evidence": words}
