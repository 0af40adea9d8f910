"""An evaluation as a table for the terminal, in the user's language."""

from collections.abc import Iterable, Mapping, Sequence
from math import isnan, nan
from typing import Final, TypeAlias

from cem_nlp.language import Bilingual, Language
from cem_nlp.opinions.evaluation import Comparison, Evaluation, Measure
from cem_nlp.vocabulary import CATEGORIES, KINDS, POLARITIES

PARTS = {
    "category×polarity": Bilingual("类别 × 情感", "category × polarity"),
    "category": Bilingual("类别", "category"),
    "polarity": Bilingual("情感", "polarity"),
    "kind": Bilingual("来源", "kind"),
    "domain": Bilingual("行业", "domain"),
}
"""What an evaluation is split by, with its names."""

FEWEST_IN_RANGE: Final = 10
"""Comments that a range takes: resampling comments that all agree gives 1.000–1.000, however few they are. Of
ten read right 0.74 of all may be (0.05 ** 0.1, the lower end of the exact range), of five 0.55."""

Baselines: TypeAlias = Mapping[str, Comparison]
"""What baselines reach on the same comments; their F1 stands at the right."""
_NONE: Final[Baselines] = {}

_NAMES = {**CATEGORIES, **POLARITIES, **KINDS}
_COLUMNS = Bilingual(
    f"{'精确率':>6}{'召回率':>5}{'F1':>8}  {'95 % 区间':<12}{'标注':>5}{'找到':>5}{'正确':>5}",
    f"{'precision':>9}{'recall':>8}{'F1':>8}  {'95 % range':<15}{'labelled':>8}{'found':>7}{'right':>7}",
)


def render_evaluation(
    evaluation: Evaluation, language: Language, parts: Sequence[str], beside: Baselines = _NONE
) -> str:
    """Return an evaluation as text; `parts` are keys of PARTS, `beside` holds baselines by their name."""
    lines = [
        *_head(evaluation, language, beside),
        _row(Bilingual("意向", "intent").say(language), evaluation.intent),
        _row(Bilingual("预期", "expectation").say(language), evaluation.expectation),
        "",
        *_shares(evaluation, language),
        *_parts(evaluation, language, parts, beside),
        *note_on_ranges([*_measures(evaluation, parts), evaluation.intent, evaluation.expectation], language),
    ]
    return "\n".join(lines)


def render_comparison(
    comparison: Comparison, language: Language, parts: Sequence[str], beside: Baselines = _NONE
) -> str:
    """Return a comparison of pairs alone as text; see `render_evaluation`."""
    lines = [
        *_head(comparison, language, beside),
        *_parts(comparison, language, parts, beside),
        *note_on_ranges(_measures(comparison, parts), language),
    ]
    return "\n".join(lines)


def range_of(measure: Measure) -> str:
    """Return the range of F1 as text; a dash where there is none, or too few comments for one."""
    if measure.comments < FEWEST_IN_RANGE:
        return "–"
    return f"{_number(measure.low)}–{_number(measure.high)}"


def note_on_ranges(measures: Iterable[Measure], language: Language) -> list[str]:
    """Return the lines that say why a range is missing among these measures."""
    if not any(0 < measure.comments < FEWEST_IN_RANGE for measure in measures):
        return []
    said = Bilingual(
        f"不足 {FEWEST_IN_RANGE} 条评论，不给区间（–）",
        f"no range (–) for fewer than {FEWEST_IN_RANGE} comments",
    )
    return ["", said.say(language)]


def _measures(comparison: Comparison, parts: Sequence[str]) -> list[Measure]:
    shown = [measure for part in parts for measure in comparison.parts[part].values()]
    return [comparison.overall, comparison.category, *shown]


def _head(comparison: Comparison, language: Language, beside: Baselines) -> list[str]:
    names = "".join(f"{name:>12}" for name in beside)
    return [
        Bilingual(f"{comparison.comments:,} 条评论", f"{comparison.comments:,} comments").say(language),
        _heading(language) + names,
        _row(
            Bilingual("类别＋情感", "category + polarity").say(language),
            comparison.overall,
            [other.overall for other in beside.values()],
        ),
        _row(
            Bilingual("只看类别", "category only").say(language),
            comparison.category,
            [other.category for other in beside.values()],
        ),
    ]


def _parts(comparison: Comparison, language: Language, parts: Sequence[str], beside: Baselines) -> list[str]:
    lines = []
    for part in parts:
        lines += ["", f"── {PARTS[part].say(language)}"]
        for value, measure in comparison.parts[part].items():
            name = " ".join(_named(code, language) for code in value.split())
            lines.append(_row(name, measure, [other.parts[part].get(value) for other in beside.values()]))
    return lines


def _named(value: str, language: Language) -> str:
    return " ".join(_NAMES[code].say(language) if code in _NAMES else code for code in value.split())


def _shares(evaluation: Evaluation, language: Language) -> list[str]:
    touchpoint = Bilingual(
        "类别和情感正确时，触点正确率", "touchpoint right, given category and polarity right"
    )
    evidence = Bilingual("证据重合度（交并比）", "evidence overlap (intersection over union)")
    error = Bilingual("期望校准误差", "expected calibration error")
    right = evaluation.touchpoint
    return [
        f"{touchpoint.say(language)}: {_number(right.value)}  (n = {right.of})",
        f"{evidence.say(language)}: {_number(evaluation.evidence.value)}",
        f"{error.say(language)}: {_number(evaluation.calibration_error)}",
        *(
            f"    {row.low:.1f}–{row.high:.1f}{row.opinions:>8}"
            f"  {_number(row.probability)} → {_number(row.right)}"
            for row in evaluation.reliability
        ),
    ]


def _heading(language: Language) -> str:
    return " " * _NAME_WIDTH + _COLUMNS.say(language)


_NAME_WIDTH = 26


def _row(name: str, measure: Measure, beside: Sequence[Measure | None] = ()) -> str:
    # Chinese characters take two columns of a terminal.
    padding = " " * max(_NAME_WIDTH - sum(1 + (character > "\u2e7f") for character in name), 1)
    return (
        f"{name}{padding}{_number(measure.precision):>9}"
        f"{_number(measure.recall):>8}{_number(measure.f1):>8}  "
        f"{range_of(measure):<14}"
        f"{measure.labelled:>8}{measure.found:>7}{measure.right:>7}"
        + "".join(f"{_number(other.f1 if other else nan):>12}" for other in beside)
    )


def _number(value: float) -> str:
    return "–" if isnan(value) else f"{value:.3f}"
