from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from opinions_factories import segmenter

from cem_nlp.opinions.features import BUCKETS, SEPARATOR, clause_features, join_clauses

CHINESE = st.text("价格便宜物流快质量好坏了AbC019 ,", max_size=12)


def bags(clauses: list[str]) -> dict[int, Counter[int]]:
    """The bag of every clause, cut as the engine cuts."""
    joined = join_clauses(clauses)
    at, features = clause_features(joined, [len(word) for word in segmenter().cut(joined)])
    found: dict[int, Counter[int]] = {}
    for clause, feature in zip(at.tolist(), features.tolist(), strict=True):
        found.setdefault(clause, Counter())[feature] += 1
    return found


def test_a_clause_has_characters_words_and_edges() -> None:
    (bag,) = bags(["物流快"]).values()
    characters = 3 + 4 + 3 + 2  # sizes 1 to 4, the longer ones with the clause's edges
    words = 2 + 3  # 物流, 快; edge 物流, 物流 快, 快 edge
    assert bag.total() == characters + words


@settings(deadline=None, max_examples=60)
@given(st.lists(CHINESE, min_size=1, max_size=5))
def test_a_clause_has_the_same_features_in_any_company(clauses: list[str]) -> None:
    together = bags(clauses)
    for number, clause in enumerate(clauses):
        assert together.get(number, Counter()) == bags([clause]).get(0, Counter())


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=30))
def test_any_text_gives_numbers_in_range(text: str) -> None:
    joined = join_clauses([text])
    at, features = clause_features(joined, [1] * len(joined))
    assert len(at) == len(features)
    assert all(0 <= feature < BUCKETS for feature in features.tolist())


def test_amounts_and_letter_case_do_not_matter() -> None:
    assert bags(["收了100元"]) == bags(["收了250元"])
    assert bags(["WiFi不好"]) == bags(["wifi不好"])
    assert bags(["质量好"]) != bags(["质量差"])


def test_a_separator_inside_a_clause_is_space() -> None:
    assert join_clauses([f"好{SEPARATOR}的"]) == f"{SEPARATOR}好 的{SEPARATOR}"
