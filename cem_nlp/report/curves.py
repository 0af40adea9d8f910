"""The emotion curve as inline SVG: one line per side over the stages of the customer's way, 0–10.

Colours come from classes, as in `charts`; the drawing stretches with the page, its letters with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markupsafe import Markup

_SIZE: Final = (560, 220)
_SIDE: Final = 44
"""Room left and right for half a stage's name, in units of `_SIZE`."""
_TOP: Final = 22
_BOTTOM: Final = 40
_TICKS: Final = (0, 5, 10)


@dataclass(frozen=True, slots=True)
class Point:
    """A stage's score with its range; null where there is none: the line breaks there."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """A side of the market: `kind` is own or rival, `points` one per stage."""

    kind: str
    name: str
    points: tuple[Point, ...]


def emotion_curve(stages: Sequence[str], lines: Sequence[Line], label: str) -> Markup:
    """Draw the lines over the named stages; `label` is read out in place of the drawing."""
    marks = [_frame(stages), *(mark for line in reversed(lines) for mark in _line(line, len(stages)))]
    legend = [
        Markup('<text class="{}" x="{}" y="13">{} {}</text>').format(
            line.kind, _SIDE + 170 * number, "●" if line.kind == "own" else "○", line.name
        )
        for number, line in enumerate(lines)
    ]
    return Markup('<svg class="curve" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        *_SIZE, label, Markup("").join([*marks, *legend])
    )


def _frame(stages: Sequence[str]) -> Markup:
    grid = [
        Markup('<line class="grid" x1="{}" x2="{}" y1="{y}" y2="{y}"/><text x="0" y="{}">{}</text>').format(
            _SIDE - 22, _SIZE[0] - 6, _y(tick) + 4, tick, y=_y(tick)
        )
        for tick in _TICKS
    ]
    names = [
        Markup('<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
            _x(number, len(stages)), _SIZE[1] - 10, name
        )
        for number, name in enumerate(stages)
    ]
    return Markup("").join([*grid, *names])


def _line(line: Line, n_stages: int) -> list[Markup]:
    places = [
        (_x(number, n_stages), _y(point.value), point)
        for number, point in enumerate(line.points)
        if point.value is not None
    ]
    neighbours = [
        (one, other) for one, other in pairwise(places) if other[0] - one[0] < 1.5 * _step(n_stages)
    ]
    marks = [
        Markup('<line class="{} way" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(
            line.kind, one[0], one[1], other[0], other[1]
        )
        for one, other in neighbours
    ]
    for x, y, point in places:
        if point.low is not None and point.high is not None:
            marks.append(
                Markup(
                    '<line class="{0} reach" x1="{1:.1f}" x2="{1:.1f}" y1="{2:.1f}" y2="{3:.1f}"/>'
                ).format(line.kind, x, _y(point.high), _y(point.low))
            )
        marks.append(Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="5"/>').format(line.kind, x, y))
        if line.kind == "own":
            marks.append(
                Markup('<text class="own" x="{:.1f}" y="{:.1f}">{:.1f}</text>').format(
                    x + 9, y + 4, point.value
                )
            )
    return marks


def _step(n_stages: int) -> float:
    return (_SIZE[0] - 2 * _SIDE) / max(n_stages - 1, 1)


def _x(number: int, n_stages: int) -> float:
    return _SIDE + _step(n_stages) * number


def _y(value: float) -> float:
    return _TOP + (_SIZE[1] - _TOP - _BOTTOM) * (10 - value) / 10
