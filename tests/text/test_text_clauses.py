import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_helpers import golden, messy_text

from cem_nlp.text import prepare, split_clauses
from cem_nlp.text.clauses import LONGEST

CASES = golden("clauses")
PUNCTUATION = set("。！？!?；;，,、\n…")
PREPARED = messy_text.map(lambda text: prepare(text).text)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_golden_cases(case):
    text = case["text"]
    assert [text[start:end] for start, end in split_clauses(text)] == case["clauses"]


@given(PREPARED)
@settings(max_examples=300, deadline=None)
def test_clauses_are_ordered_apart_and_full(text):
    before = 0
    for start, end in split_clauses(text):
        assert before <= start < end <= len(text)
        assert end - start <= LONGEST
        assert text[start:end] == text[start:end].strip()
        assert text[start] not in PUNCTUATION
        assert text[end - 1] not in PUNCTUATION
        before = end


@given(PREPARED)
@settings(max_examples=300, deadline=None)
def test_no_letter_is_lost_but_list_numbers(text):
    kept = "".join(text[start:end] for start, end in split_clauses(text))
    lost = [c for c in text if c.isalpha() and text.count(c) != kept.count(c)]
    assert lost == []


@given(PREPARED, st.data())
@settings(max_examples=100, deadline=None)
def test_clauses_stay_inside_the_given_part(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert all(start <= begin < stop <= end for begin, stop in split_clauses(text, start, end))


def test_a_part_is_split_as_it_would_be_alone():
    text = "客户：很慢，也贵 / 客服：抱歉"
    assert [text[a:b] for a, b in split_clauses(text, 3, 8)] == ["很慢", "也贵"]


def test_endless_clauses_are_broken_between_words():
    text = "我们昨天到的这家店里面吃饭的时候发现服务员都不理人的而且上菜也特别特别慢" * 4
    clauses = [text[start:end] for start, end in split_clauses(text)]
    assert "".join(clauses) == text
    assert all(5 < len(clause) <= LONGEST for clause in clauses)


@pytest.mark.parametrize(
    "text",
    ["好" * 10**6, "a" * 10**6, "1" * 10**6, "1," * 5 * 10**5, " " * 10**6, "(" * 10**6, "👍 " * 10**5],
)
def test_a_comment_of_a_megabyte_is_no_trouble(text):
    assert all(end - start <= LONGEST for start, end in split_clauses(text))
