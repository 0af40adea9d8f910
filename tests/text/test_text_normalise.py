import unicodedata

import pytest
from hypothesis import given, settings
from text_helpers import golden, messy_text

from cem_nlp.text import normalise

CASES = golden("normalise")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_golden_cases(case):
    normalised = normalise(case["text"])
    assert normalised.text == case["normalised"]
    assert list(normalised.fixes) == case["fixes"]


@given(messy_text)
@settings(max_examples=400, deadline=None)
def test_twice_is_once(text):
    once = normalise(text)
    again = normalise(once.text)
    assert again.text == once.text
    assert again.fixes == ()
    assert again.origin is None


@given(messy_text)
@settings(max_examples=200, deadline=None)
def test_the_result_is_tidy(text):
    result = normalise(text).text
    assert result == result.strip()
    assert "  " not in result
    assert not any(
        unicodedata.category(character) in {"Cc", "Cs"} for character in result if character != "\n"
    )
    assert unicodedata.is_normalized("NFC", result)
    result.encode("utf-8")


@given(messy_text)
@settings(max_examples=200, deadline=None)
def test_each_code_point_has_its_place_in_the_source(text):
    normalised = normalise(text)
    if normalised.origin is None:
        assert normalised.text == text
        assert normalised.fixes == ()
        return
    starts, ends = normalised.origin.starts, normalised.origin.ends
    assert len(starts) == len(ends) == len(normalised.text)
    assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
    assert list(starts) == sorted(starts)
    assert list(ends) == sorted(ends)


def test_spans_lead_back_to_the_source():
    source = " 型号&ldquo;ＧＷ&rdquo;，很\u200b好 "
    normalised = normalise(source)
    assert normalised.text == "型号“GW”，很好"
    assert normalised.origin is not None

    def behind(words):
        start = normalised.text.index(words)
        return source[slice(*normalised.origin.span(start, start + len(words)))]

    assert behind("型号") == "型号"
    assert behind("“GW”") == "&ldquo;ＧＷ&rdquo;"
    assert behind("很好") == "很\u200b好"


@pytest.mark.parametrize(
    "text",
    ["好" * 10**6, " " * 10**6, "&amp;" * 2 * 10**5, "a" + "\u0300\u0316" * 4 * 10**5, "<a " * 3 * 10**5],
    ids=["one character", "spaces", "entities", "marks", "open tags"],
)
def test_a_comment_of_a_megabyte_is_no_trouble(text):
    assert len(normalise(text).text) <= len(text)


def test_nesting_without_end_comes_to_an_end():
    nested = "&"
    for _ in range(30):
        nested = nested.replace("&", "&#38;").replace("#", "&#35;", 1)
    result = normalise(nested).text
    assert normalise(result).text == result


def test_a_surrogate_pair_becomes_its_character():  # JSON would join it while reading
    normalised = normalise("很好\ud83d\ude00")
    assert normalised.text == "很好😀"
    assert normalised.fixes == ("surrogate",)
