"""An evaluation as a table for the terminal, in the user's language."""

from collections.abc import Mapping, Sequence
from math import isnan

from cem_nlp.language import Bilingual, Language
from cem_nlp.opinions.evaluation import Evaluation, Measure
from cem_nlp.vocabulary import CATEGORIES, KINDS, POLARITIES

PARTS = {
    "category×polarity": Bilingual("类别 × 情感", "category × polarity"),
    "category": Bilingual("类别", "category"),
    "polarity": Bilingual("情感", "polarity"),
    "kind": Bilingual("来源", "kind"),
    "domain": Bilingual("行业", "domain"),
}
"""What an evaluation is split by, with its names."""

_NAMES = {**CATEGORIES, **POLARITIES, **KINDS}
_COLUMNS = Bilingual(
    f"{'精确率':>6}{'召回率':>5}{'F1':>8}  {'95 % 区间':<12}{'标注':>5}{'找到':>5}{'正确':>5}",
    f"{'precision':>9}{'recall':>8}{'F1':>8}  {'95 % range':<15}{'labelled':>8}{'found':>7}{'right':>7}",
)


def render(
    evaluation: Evaluation, language: Language, parts: Sequence[str] = ("category×polarity", "kind")
) -> str:
    """Return the evaluation as text; `parts` are keys of PARTS."""
    said = [
        (Bilingual("类别＋情感", "category + polarity"), evaluation.overall),
        (Bilingual("只看类别", "category only"), evaluation.category),
        (Bilingual("意向", "intent"), evaluation.intent),
        (Bilingual("预期", "expectation"), evaluation.expectation),
    ]
    lines = [
        Bilingual(f"{evaluation.comments} 条评论", f"{evaluation.comments} comments").say(language),
        _heading(language),
        *(_row(name.say(language), measure) for name, measure in said),
        "",
        *_shares(evaluation, language),
    ]
    for part in parts:
        lines += ["", *_part(part, evaluation.parts[part], language)]
    return "\n".join(lines)


def _part(name: str, measures: Mapping[str, Measure], language: Language) -> list[str]:
    return [
        f"── {PARTS[name].say(language)}",
        *(
            _row(" ".join(_named(code, language) for code in value.split()), measures[value])
            for value in measures
        ),
    ]


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


def _row(name: str, measure: Measure) -> str:
    # Chinese characters take two columns of a terminal.
    padding = " " * max(_NAME_WIDTH - sum(1 + (character > "\u2e7f") for character in name), 1)
    return (
        f"{name}{padding}{_number(measure.precision):>9}"
        f"{_number(measure.recall):>8}{_number(measure.f1):>8}  "
        f"{_number(measure.low)}–{_number(measure.high):<8}"
        f"{measure.labelled:>8}{measure.found:>7}{measure.right:>7}"
    )


def _number(value: float) -> str:
    return "–" if isnan(value) else f"{value:.3f}"
