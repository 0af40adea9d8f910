import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opinions_factories import taxonomy

from cem_nlp.errors import ConfigError
from cem_nlp.opinions.conditions import Condition, Matcher, Near, pattern_fault

CHARACTERS = st.sampled_from("物流快慢很太.(")
TEXTS = st.text(CHARACTERS, max_size=12)
WORDS = st.lists(st.text(CHARACTERS, min_size=1, max_size=2), min_size=1, max_size=3, unique=True).map(tuple)


def holds(condition: Condition, text: str) -> bool:
    return Matcher({"it": condition}).holding(text) == ["it"]


def test_near_counts_code_points_between_in_either_order() -> None:
    near = Condition(near=(Near(("物流", "快递"), ("慢",), 2),))
    assert holds(near, "快递慢")
    assert holds(near, "慢得像物流")
    assert holds(near, "物流真是慢")
    assert not holds(near, "物流真的是慢")
    assert not holds(near, "物流")


@settings(deadline=None, max_examples=60)
@given(WORDS, WORDS, st.integers(0, 3), TEXTS)
def test_near_is_what_it_says(
    words: tuple[str, ...], others: tuple[str, ...], within: int, text: str
) -> None:
    starts = {
        (word, place.start())
        for word in (*words, *others)
        for place in re.finditer(f"(?={re.escape(word)})", text)
    }
    expected = any(
        0 <= later - (earlier + len(one)) <= within
        for one, earlier in starts
        for other, later in starts
        if (one in words and other in others) or (one in others and other in words)
    )
    assert holds(Condition(near=(Near(words, others, within),)), text) == expected


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(WORDS, WORDS), max_size=8), TEXTS)
def test_many_conditions_at_once_hold_as_each_by_itself(
    pairs: list[tuple[tuple[str, ...], tuple[str, ...]]], text: str
) -> None:
    conditions = {str(n): Condition(words=words, unless=unless) for n, (words, unless) in enumerate(pairs)}
    expected = [
        key
        for key, condition in conditions.items()
        if any(word in text for word in condition.words)
        and not any(word in text for word in condition.unless)
    ]
    assert Matcher(conditions).holding(text) == expected


def test_a_pattern_matches_in_linear_time_only_within_the_clause() -> None:
    regex = Condition(regex=("等了.{0,4}(天|小时)", "(a*)*b"))
    assert holds(regex, "等了整整三天")
    assert not holds(regex, "等了整整好几十天")
    # A backtracking engine would take longer than the universe has lasted.
    assert not holds(regex, "a" * 5_000)
    assert Matcher({"it": regex}).weight("it", "等了三天又等了两小时") == 9


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(?<!不)错", "invalid perl operator"),
        (r"(.)\1", "invalid escape sequence"),
        ("(快", "missing )"),
        ("快*", "matches the empty text"),
        ("x{2000}", "invalid repetition size"),
    ],
)
def test_patterns_that_cannot_run_in_linear_time_are_refused(pattern: str, said: str) -> None:
    assert said in (pattern_fault(pattern) or "")
    with pytest.raises(ConfigError) as caught:
        taxonomy(themes={"trust": {"name": "信任", "level": 1, "regex": [pattern]}})
    assert "themes.trust.regex" in caught.value.explain("en")
    assert "look-around" in caught.value.explain("en")


@pytest.mark.parametrize(
    ("near", "said"),
    [
        ({"words": ["快"], "with": ["慢"], "within": 61}, "0–60"),
        ({"words": [], "with": ["慢"], "within": 1}, "near[0].words"),
        ({"words": ["快"], "within": 1}, "the key with is missing"),
        ({"words": ["快"], "with": "慢", "within": 1}, "near[0].with"),
        ({"words": ["快", "快"], "with": ["慢"], "within": 1}, "comes twice"),
    ],
)
def test_a_wrong_near_is_named(near: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        taxonomy(themes={"trust": {"name": "信任", "level": 1, "near": [near]}})
    assert said in caught.value.explain("en")


def test_conditions_too_large_for_the_engine_are_refused() -> None:
    words = [chr(point) * 30 for point in range(0x4E00, 0x4E00 + 300)]
    near = [{"words": words, "with": [word * 2 for word in words], "within": 60}]
    with pytest.raises(ConfigError) as caught:
        taxonomy(themes={"trust": {"name": "信任", "level": 1, "near": near * 40}})
    assert "theme:trust" in caught.value.explain("en")
    assert "too large" in caught.value.explain("en")
