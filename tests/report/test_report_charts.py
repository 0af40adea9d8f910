import re
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_page import read

from cem_nlp.report.cells import Cell
from cem_nlp.report.charts import heat_class, strip

STYLE = resources.files("cem_nlp.report").joinpath("templates/style.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"(--\w+): (#[0-9a-f]{6})", block))
    for block in re.findall(r":root \{(.*?)\}", STYLE, re.S)
)


def cell(low: float, value: float, high: float) -> Cell:
    return Cell(value, low, high, None, 9, 9, 5, 0, 4)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(0, 10), min_size=3, max_size=3).map(sorted))
def test_marks_stand_inside_the_strip_in_the_order_of_their_values(values: list[float]) -> None:
    svg = read(strip(cell(*values), "x")).one("svg")
    line, dot = svg.one("line", "range"), svg.one("circle")
    places = [
        float(text.rstrip("%"))
        for text in (line.attributes["x1"], dot.attributes["cx"], line.attributes["x2"])
    ]
    assert places == sorted(places)
    assert places[0] >= 2
    assert places[2] <= 98


def test_a_strip_without_score_is_empty_but_labelled() -> None:
    svg = read(strip(None, '北岭 "价格" 无人提及')).one("svg")
    assert not svg.all("circle")
    assert svg.attributes["aria-label"] == '北岭 "价格" 无人提及'


@pytest.mark.parametrize(
    ("value", "name"),
    [(0, "h0"), (1.99, "h0"), (2, "h1"), (4.5, "h3"), (5.49, "h3"), (6.5, "h5"), (8, "h6"), (10, "h6")],
)
def test_colour_classes_meet_at_their_bounds(value: float, name: str) -> None:
    assert heat_class(value) == name


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(colours: dict[str, str]) -> None:
    pairs = [(f"--h{step}t", f"--h{step}") for step in range(7)]
    pairs += [
        (text, ground)
        for text in ("--ink", "--soft", "--own", "--bad", "--good")
        for ground in ("--paper", "--card")
    ]
    pairs += [("--ink", "--mark"), ("--soft", "--few"), ("--soft", "--faint")]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: value for pair, value in weak.items() if value < 4.5} == {}
