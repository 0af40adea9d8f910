"""An agreement as a table for the terminal, in the user's language."""

from collections.abc import Iterator
from math import isnan

from cem_nlp.labelling.agreement import Agreement, Difference
from cem_nlp.language import Bilingual, Language
from cem_nlp.opinions.evaluation import Measure
from cem_nlp.opinions.evaluation_report import note_on_ranges, range_of
from cem_nlp.vocabulary import CATEGORIES, EXPECTATIONS, INTENTS, POLARITIES, TOUCHPOINTS

_CODES = {**CATEGORIES, **POLARITIES, **TOUCHPOINTS, **INTENTS, **EXPECTATIONS}
_NAME_WIDTH = 22
_COLUMNS = f"{'F1':>7}  {'95 %':<13}{'κ':>7}{'A':>7}{'B':>7}{'A∩B':>7}"


def render_agreement(found: Agreement, language: Language) -> str:
    """Return the agreement as text: the measures, then every id on which the two differ, without its words.

    A and B are the two annotators' numbers of opinions, A∩B those that both found.
    """
    return "\n".join([*_measures(found, language), "", *_differences(found, language)])


def _measures(found: Agreement, language: Language) -> Iterator[str]:
    both, first, second = found.comments, found.only_first, found.only_second
    yield Bilingual(
        f"{both} 条评论两人都标注；仅 A 标注 {first} 条，仅 B 标注 {second} 条",
        f"{both} comments labelled by both; {first} by A only, {second} by B only",
    ).say(language)
    yield _padded("") + _COLUMNS
    yield _row(Bilingual("类别＋情感", "category + polarity").say(language), found.overall)
    yield _row(Bilingual("只看类别", "category only").say(language), found.category)
    for code, measure in found.categories.items():
        yield _row(CATEGORIES[code].say(language), measure, found.kappas[code])
    for code, name in (
        ("intent", Bilingual("意向", "intent")),
        ("expectation", Bilingual("预期", "expectation")),
    ):
        yield f"{_padded(name.say(language))}{'':22}{_number(found.kappas[code]):>7}"
    place = Bilingual("类别和情感相同时，触点相同", "same touchpoint, given category and polarity")
    yield f"{place.say(language)}: {_number(found.touchpoint.value)}  (n = {found.touchpoint.of})"
    yield from note_on_ranges([found.overall, found.category, *found.categories.values()], language)


def _differences(found: Agreement, language: Language) -> Iterator[str]:
    count = len(found.differences)
    yield Bilingual(f"标注不同的评论：{count}", f"comments that differ: {count}").say(language)
    for difference in found.differences:
        yield f"{difference.id}  {_sides(difference, language)}"


def _sides(difference: Difference, language: Language) -> str:
    sides = (("A", difference.first), ("B", difference.second))
    return "   ".join(
        f"{name}: {', '.join(_named(said, language) for said in codes) or '–'}" for name, codes in sides
    )


def _named(codes: str, language: Language) -> str:
    return " ".join(_CODES[code].say(language) for code in codes.split())


def _row(name: str, measure: Measure, kappa: float | None = None) -> str:
    said = "" if kappa is None else _number(kappa)
    counts = f"{measure.labelled:>7}{measure.found:>7}{measure.right:>7}"
    return f"{_padded(name)}{_number(measure.f1):>7}  {range_of(measure):<13}{said:>7}{counts}"


def _padded(name: str) -> str:
    # Chinese characters take two columns of a terminal.
    return name + " " * max(_NAME_WIDTH - sum(1 + (character > "\u2e7f") for character in name), 1)


def _number(value: float) -> str:
    return "–" if isnan(value) else f"{value:.3f}"
