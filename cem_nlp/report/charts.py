"""Charts as inline SVG, each from a few numbers: no script, no style attribute, one spoken label each.

Colours come from classes, so that light, dark and print share one drawing. Strips place their marks in per
cent of the width and their heights in pixels: they stretch with the page and stay crisp.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeAlias

from markupsafe import Markup

from cem_nlp.report.blocks import Strip
from cem_nlp.report.cells import Cell, Week
from cem_nlp.report.seven_steps import MARKS, CategorySteps

Window: TypeAlias = tuple[Week, Week]

_SCALE = (0.0, 10.0)
_MARGIN = 2.0
_TICKS = (0, 2, 4, 6, 8, 10)
_STRIP_HEIGHT = 20
_STEPS_HEIGHT = 34
_STEPS_LINE = 21
"""Where the line of a gap strip runs: low enough for the triangle above it."""
_WEEKS_SIZE = (300, 96)
_WEEKS_PADDING = (16, 10, 16)
"""Room at the sides, above and below: pixels of `_WEEKS_SIZE`."""
_SHAPES = {
    "experience": Markup('<circle r="6"/>'),
    "expectation": Markup('<path d="M0-7 7 0 0 7-7 0z"/>'),
    "ideal": Markup('<path d="M-5-16H5L0-9z"/>'),
}


def heat_class(value: float) -> str:
    """Return the colour class of a score: h0 (0–2, orange) over h3 (4.5–5.5, neutral) to h6 (8–10, blue)."""
    steps = (2.0, 3.5, 4.5, 5.5, 6.5, 8.0)
    return f"h{sum(value >= step for step in steps)}"


def strip(cell: Cell | None, label: str) -> Markup:
    """Draw a score as a dot and its range as a line on 0–10; an empty strip where there is no score."""
    middle = _STRIP_HEIGHT // 2
    marks = [_grid(_STRIP_HEIGHT)]
    if cell is not None and cell.experience is not None and cell.low is not None and cell.high is not None:
        marks.append(_line("range", cell.low, cell.high, middle))
        marks.append(
            Markup('<circle class="dot" cx="{}" cy="{}" r="5"/>').format(_x(cell.experience), middle)
        )
    return _strip(marks, label, _STRIP_HEIGHT)


def range_strip(strip: Strip, label: str) -> Markup:
    """Draw a value and its range on a scale of its own, with a line at 0 where the scale holds it inside."""

    def along(value: float) -> float:
        inside = min(max(value, strip.least), strip.most)
        return (inside - strip.least) / (strip.most - strip.least) * _SCALE[1]

    middle = _STRIP_HEIGHT // 2
    marks = [_grid(_STRIP_HEIGHT)] if (strip.least, strip.most) == _SCALE else []
    if strip.least < 0 < strip.most:
        marks.append(
            Markup('<line class="grid" x1="{0}" x2="{0}" y1="0" y2="{1}"/>').format(
                _x(along(0.0)), _STRIP_HEIGHT
            )
        )
    if strip.low is not None and strip.high is not None:
        marks.append(_line("range", along(strip.low), along(strip.high), middle))
    marks.append(Markup('<circle class="dot" cx="{}" cy="{}" r="4"/>').format(_x(along(strip.value)), middle))
    return _strip(marks, label, _STRIP_HEIGHT)


def axis() -> Markup:
    """Draw the numbers of the 0–10 scale, for the head of a column of strips."""
    anchors = {0: "start", 10: "end"}
    texts = [
        Markup('<text x="{}" y="12" text-anchor="{}">{}</text>').format(
            _x(tick), anchors.get(tick, "middle"), tick
        )
        for tick in _TICKS
    ]
    return Markup('<svg class="strip axis" width="100%" height="16" aria-hidden="true">{}</svg>').format(
        Markup("").join(texts)
    )


def steps_strip(steps: CategorySteps, label: str) -> Markup:
    """Draw experience (circle), expectation (diamond) and ideal (triangle) of a category, joined by lines.

    Assumed values are hollow. The line to the expectation is of class `short` where experience falls short
    of it, `over` where it exceeds it.
    """
    marks = [_grid(_STEPS_HEIGHT)]
    experience, expectation, ideal = (steps.value(name) for name in MARKS)
    if experience is not None and ideal is not None:
        marks.append(_line("wish", experience, ideal, _STEPS_LINE))
    if experience is not None and expectation is not None:
        marks.append(
            _line("short" if experience < expectation else "over", experience, expectation, _STEPS_LINE)
        )
    marks += [steps_mark(name, steps.value(name), steps.measures[name].origin) for name in reversed(MARKS)]
    return _strip(marks, label, _STEPS_HEIGHT)


def steps_mark(name: str, value: float | None, origin: str | None) -> Markup:
    """Draw one mark of `steps_strip` at its value; nothing where the value is unknown."""
    if value is None:
        return Markup("")
    hollow = " hollow" if origin == "assumed" else ""
    return Markup('<svg class="mark {}{}" x="{}" y="{}" overflow="visible">{}</svg>').format(
        name, hollow, _x(value), _STEPS_LINE, _SHAPES[name]
    )


def weeks_chart(weeks: Sequence[Week], window: Window, label: str) -> Markup:
    """Draw a category's weeks on 0–10: a band for the ranges, a line for the scores, dots for the weeks.

    `window` is the first and the last week drawn, so that the charts of a set line up. Line and band break
    where a week is missing or has no score; a week not over yet is hollow.
    """
    scored = [week for week in weeks if week.cell.has_score]
    marks = [_weeks_frame(window)]
    for run in _runs(scored):
        marks += _run_marks(run, window)
    for week in scored:
        x, y = _place(week, week.cell.experience, window)
        hollow = " hollow" if week.partial else ""
        marks.append(Markup('<circle class="dot{}" cx="{}" cy="{}" r="3"/>').format(hollow, x, y))
    return Markup('<svg class="weeks" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        *_WEEKS_SIZE, label, Markup("").join(marks)
    )


def _weeks_frame(window: Window) -> Markup:
    width, height = _WEEKS_SIZE
    middle, (first, last) = _height(5), window
    return Markup(
        '<line class="grid" x1="0" x2="{0}" y1="{1:.1f}" y2="{1:.1f}"/><text x="0" y="{2:.1f}">5</text>'
        '<text x="0" y="{3}">{4}</text><text x="{0}" y="{3}" text-anchor="end">{5}</text>'
    ).format(width, middle, middle - 3, height - 1, first.name, last.name)


def _run_marks(run: Sequence[Week], window: Window) -> list[Markup]:
    upper = [_place(week, week.cell.high, window) for week in run]
    lower = [_place(week, week.cell.low, window) for week in run]
    if len(run) == 1:
        ((x, top),), ((_, bottom),) = upper, lower
        return [Markup('<line class="band" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>').format(x, top, bottom)]
    line = [_place(week, week.cell.experience, window) for week in run]
    return [
        Markup('<polygon class="band" points="{}"/>').format(_path(upper + lower[::-1])),
        Markup('<polyline class="line" points="{}"/>').format(_path(line)),
    ]


def _runs(scored: Sequence[Week]) -> list[list[Week]]:
    """Split weeks into runs without a missing week."""
    runs: list[list[Week]] = []
    for week in scored:
        if runs and week.monday - runs[-1][-1].monday == timedelta(weeks=1):
            runs[-1].append(week)
        else:
            runs.append([week])
    return runs


def _place(week: Week, value: float | None, window: Window) -> tuple[str, str]:
    assert value is not None
    side = _WEEKS_PADDING[0]
    first, last = window
    span = max((last.monday - first.monday).days, 1)
    x = side + (_WEEKS_SIZE[0] - 2 * side) * (week.monday - first.monday).days / span
    return f"{x:.1f}", f"{_height(value):.1f}"


def _path(places: Sequence[tuple[str, str]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)


def _height(value: float) -> float:
    _, top, bottom = _WEEKS_PADDING
    return top + (_WEEKS_SIZE[1] - top - bottom) * (_SCALE[1] - value) / (_SCALE[1] - _SCALE[0])


def _strip(marks: Sequence[Markup], label: str, height: int) -> Markup:
    return Markup('<svg class="strip" width="100%" height="{}" role="img" aria-label="{}">{}</svg>').format(
        height, label, Markup("").join(marks)
    )


def _grid(height: int) -> Markup:
    return Markup("").join(
        Markup('<line class="{2}" x1="{0}" x2="{0}" y1="0" y2="{1}"/>').format(
            _x(tick), height, "grid mid" if tick == 5 else "grid"
        )
        for tick in (0, 5, 10)
    )


def _line(kind: str, start: float, end: float, y: int) -> Markup:
    return Markup('<line class="{0}" x1="{1}" x2="{2}" y1="{3}" y2="{3}"/>').format(
        kind, _x(start), _x(end), y
    )


def _x(value: float) -> str:
    low, high = _SCALE
    return f"{_MARGIN + (100 - 2 * _MARGIN) * (value - low) / (high - low):.2f}%"
