import json

import pytest

from cem_nlp.errors import BrokenLabels
from cem_nlp.opinions.labels import read_labels

OPINION = {
    "category": "product",
    "polarity": "positive",
    "touchpoint": "use",
    "start": 0,
    "end": 4,
    "evidence": "质量很好",
}
RECORD = {
    "id": "a",
    "kind": "review",
    "domain": "家电",
    "text": "质量很好，会再来",
    "opinions": [OPINION],
    "intent": "repurchase",
    "expectation": None,
}


def line(**changes: object) -> str:
    return json.dumps({**RECORD, **changes}, ensure_ascii=False)


def with_opinion(**changes: object) -> str:
    return line(opinions=[{**OPINION, **changes}])


def test_a_record_is_read_and_blank_lines_are_skipped() -> None:
    (comment,) = read_labels(["", line(), "\n"])
    (opinion,) = comment.opinions
    assert comment.text[opinion.start : opinion.end] == "质量很好"
    assert (comment.intent, comment.expectation) == ("repurchase", None)


@pytest.mark.parametrize(
    ("broken", "place", "said"),
    [
        ("{", "line 2", "JSON"),
        ("[]", "line 2", "list"),
        (line(kind="call"), "line 2, field kind", "review, complaint, transcript"),
        (with_opinion(category="quality"), "opinions[0].category", "product, service, relationship"),
        (with_opinion(polarity="good"), "opinions[0].polarity", "positive, neutral, negative"),
        (with_opinion(touchpoint="shop"), "opinions[0].touchpoint", "ad, web, store"),
        (with_opinion(end=99), "opinions[0]", "0:99"),
        (with_opinion(start=4, end=4), "opinions[0]", "4:4"),
        (with_opinion(start="0"), "opinions[0].start", "str"),
        (with_opinion(start=True), "opinions[0].start", "bool"),
        (with_opinion(evidence="质量"), "opinions[0].evidence", "0:4"),
        (line(intent="buy"), "line 2, field intent", "repurchase, recommend, churn, complain"),
        (line(expectation="high"), "line 2, field expectation", "above, met, below"),
        (line(opinions=["x"]), "opinions[0]", "str"),
        (line(text=None), "line 2, field text", "NoneType"),
        (with_opinion(evidence=None), "opinions[0].evidence", "NoneType"),
        (json.dumps({"id": "b"}), "line 2, field kind", "missing"),
        (line(audit="yes"), "line 2, field audit", "true, false"),
        ("[" * 100_000, "line 2", "JSON"),
    ],
)
def test_an_error_names_line_field_value_and_valid_ones(broken: str, place: str, said: str) -> None:
    with pytest.raises(BrokenLabels) as caught:
        read_labels([line(id="first"), broken])
    message = caught.value.explain("en")
    assert place in message
    assert "位置: 第 2 行" in caught.value.explain("zh")
    assert said in message
    assert "质量很好" not in message


@pytest.mark.parametrize(
    ("lacking", "nothing"),
    [("kind", None), ("text", None), ("domain", '""'), ("opinions", "[]"), ("intent", "null")],
)
def test_a_missing_field_is_told_how_to_be_added(lacking: str, nothing: str | None) -> None:
    record = {name: value for name, value in json.loads(line()).items() if name != lacking}
    with pytest.raises(BrokenLabels) as caught:
        read_labels([json.dumps(record)])
    assert caught.value.value is None
    advice = "补上这个字段" if nothing is None else f"补上这个字段，没有时写 {nothing}"
    assert caught.value.explain("zh").splitlines()[-1].endswith(advice)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"start": 1, "end": 5}, "区间长 4，evidence 长 4，在文本的 0:4"),
        ({"evidence": "秘密"}, "evidence 长 2，不在文本中"),
    ],
)
def test_other_evidence_is_told_by_lengths_and_places(changes: dict[str, object], said: str) -> None:
    with pytest.raises(BrokenLabels) as caught:
        read_labels([with_opinion(**changes)])
    message = caught.value.explain("zh")
    assert said in message
    assert "质量" not in message
    assert "秘密" not in message


def test_an_id_may_occur_once() -> None:
    with pytest.raises(BrokenLabels, match="line 1 has it already"):
        read_labels([line(), line()])
    with pytest.raises(BrokenLabels, match="line 1 has it already"):
        read_labels([line(annotator="甲"), line(annotator="乙")])


def test_an_annotator_may_label_again_and_the_last_line_holds() -> None:
    first, other, again = (
        line(annotator="甲"),
        line(id="b", annotator="甲"),
        line(annotator="甲", intent=None),
    )
    assert [(comment.id, comment.intent) for comment in read_labels([first, other, again])] == [
        ("b", "repurchase"),
        ("a", None),
    ]


def test_who_when_and_how_long_may_stand_beside_the_labels() -> None:
    logged = line(annotator="甲", labelled_at="2026-09-29T02:00:00Z", seconds=7.5, audit=True)
    assert [comment.audit for comment in read_labels([logged, line(id="b")])] == [True, False]
