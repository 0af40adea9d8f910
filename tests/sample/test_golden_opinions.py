"""The golden comments follow the vocabulary and quote their evidence word for word."""

import json
from pathlib import Path
from typing import Any

import pytest

from cem_nlp.vocabulary import CATEGORIES, EXPECTATIONS, INTENTS, KINDS, POLARITIES, TOUCHPOINTS

GOLDEN = Path(__file__).parents[2] / "data" / "golden" / "opinions.json"
COMMENTS: list[dict[str, Any]] = json.loads(GOLDEN.read_text("utf-8"))


def test_forty_comments_cover_every_category_both_ways() -> None:
    assert len({comment["id"] for comment in COMMENTS}) == len(COMMENTS) == 40
    found = {(o["category"], o["polarity"]) for comment in COMMENTS for o in comment["opinions"]}
    assert found >= {(category, sign) for category in CATEGORIES for sign in ("positive", "negative")}
    assert any(not comment["opinions"] for comment in COMMENTS)


@pytest.mark.parametrize("comment", COMMENTS, ids=lambda comment: comment["id"])
def test_comment_is_well_formed(comment: dict[str, Any]) -> None:
    assert comment["kind"] in KINDS
    assert comment["intent"] in {None, *INTENTS}
    assert comment["expectation"] in {None, *EXPECTATIONS}
    triples = [(o["category"], o["polarity"], o["touchpoint"]) for o in comment["opinions"]]
    assert len(triples) == len(set(triples))
    for opinion in comment["opinions"]:
        assert opinion["category"] in CATEGORIES
        assert opinion["polarity"] in POLARITIES
        assert opinion["touchpoint"] in TOUCHPOINTS
        assert comment["text"].count(opinion["evidence"]) == 1
