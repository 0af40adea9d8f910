"""How the brand of the report stands to its rivals, as a whole and by category.

The table `comparisons` decides wherever it holds the brand: like is compared with like there, and false
verdicts are held down over all of it. Without it, ranges that do not overlap decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from cem_nlp.report import format as numbers
from cem_nlp.report.cells import Verdict, compare, number, points_apart
from cem_nlp.report.phrases import Phrases
from cem_nlp.report.view import MAX_RIVALS, ROWS, View
from cem_nlp.vocabulary import ALL

_VERDICTS: Final[dict[str, Verdict]] = {"better": "higher", "worse": "lower", "suppressed": "unknown"}


@dataclass(frozen=True, slots=True)
class Contrast:
    """The brand against one rival in one category, 'all' for the brand as a whole.

    `points` is the brand's score less the rival's; `low` and `high` are its range where it was tested. The
    two scores are there where it was not.
    """

    rival: str
    category: str
    verdict: Verdict
    points: float
    low: float | None = None
    high: float | None = None
    scores: tuple[float, float] | None = None


def contrasts(view: View, focus: str) -> tuple[Contrast, ...]:
    """Return the focus against every rival of the report, in all and by category, the furthest behind first.

    Cells that only one side has a score in are left out; a rival that cannot be compared is 'unknown' as a
    whole.
    """
    table = view.comparisons
    tested = table[(table["brand"] == focus) & table["grain"].isin(["total", "category"])]
    found = _overlapping(view, focus) if tested.empty else _tested(tested, view.brands.compared)
    known = {contrast.rival for contrast in found if contrast.category == ALL}
    missing = [Contrast(rival, ALL, "unknown", 0.0) for rival in view.brands.compared if rival not in known]
    return tuple(sorted([*found, *missing], key=lambda contrast: contrast.points))


def rival_verdicts(view: View, focus: str) -> dict[tuple[str, str], str]:
    """Return for every rival and category how it stands to the focus, as a key of the wording; what could
    not be compared is left out.
    """
    opposite: dict[Verdict, Verdict] = {"higher": "lower", "lower": "higher"}
    found = contrasts(view, focus)
    prefix = "tested_verdict" if is_tested(found) else "verdict"
    return {(one.rival, one.category): f"{prefix}_{opposite.get(one.verdict, one.verdict)}" for one in found}


def is_tested(found: Sequence[Contrast]) -> bool:
    """Say whether the table `comparisons` decided."""
    return any(contrast.low is not None for contrast in found)


def against_rivals(found: Sequence[Contrast], phrases: Phrases) -> list[str]:
    """Return sentences: the verdict on each rival, then the largest sure lag and lead in a category."""
    tested = is_tested(found)
    clauses = []
    for verdict in ("lower", "higher", "unclear", "unknown"):
        rivals = [one.rival for one in found if one.category == ALL and one.verdict == verdict]
        if rivals:
            key = "tested" if tested and verdict != "unknown" else "against"
            names = phrases.listed([phrases.brand(rival) for rival in rivals])
            clauses.append(phrases.say(f"{key}_{verdict}", rivals=names))
    if tested:
        clauses[0] = phrases.say("like_for_like") + clauses[0]
    return [phrases.sentence(clauses), *_furthest(found, tested, phrases)]


def silent_brands(view: View, phrases: Phrases) -> list[str]:
    """Return the sentence on brands that have feedback and no opinion, nothing where there are none."""
    silent = view.brands.silent
    if not silent:
        return []
    named = [
        phrases.say("silent_brand", brand=phrases.brand(brand), n=numbers.count(view.coverage.of(brand)))
        for brand in silent[:MAX_RIVALS]
    ]
    if more := len(silent) - len(named):
        named.append(phrases.say("silent_more", n=more))
    kind = phrases.say("silent_kind", kind=phrases.kind(view.compared_kind)) if view.compared_kind else ""
    return [phrases.say("silent", brands=phrases.listed(named), kind=kind)]


def _furthest(found: Sequence[Contrast], tested: bool, phrases: Phrases) -> list[str]:
    """Return the largest sure lag and the largest sure lead, or say that there is neither."""
    categories = [one for one in found if one.category != ALL]
    lags = [one for one in categories if one.verdict == "lower"]
    leads = [one for one in categories if one.verdict == "higher"]
    if not lags and not leads:
        return [phrases.say("no_tested_difference" if tested else "no_sure_difference")]
    shown = [("largest_lag", one) for one in lags[:1]] + [("largest_lead", one) for one in leads[-1:]]
    return [_largest(key, contrast, phrases) for key, contrast in shown]


def _largest(key: str, contrast: Contrast, phrases: Phrases) -> str:
    values = {
        "category": phrases.category(contrast.category),
        "rival": phrases.brand(contrast.rival),
        "points": numbers.score(abs(contrast.points)),
    }
    if contrast.scores is None:
        low, high = sorted(abs(end) for end in (contrast.low or 0.0, contrast.high or 0.0))
        return phrases.say(f"tested_{key}", range=numbers.spread(low, high), **values)
    own, rival = contrast.scores
    return phrases.say(key, score=numbers.score(own), rival_score=numbers.score(rival), **values)


def _tested(table: pd.DataFrame, rivals: Sequence[str]) -> list[Contrast]:
    """Return what the comparison found, in the order of `rivals`."""
    rows: list[dict[Any, Any]] = table[table["rival"].isin(list(rivals))].to_dict("records")
    return [
        Contrast(
            rival=str(row["rival"]),
            category=str(row["category"]),
            verdict=_VERDICTS.get(str(row["verdict"]), "unclear"),
            points=number(row["difference"]) or 0.0,
            low=number(row["difference_low"]),
            high=number(row["difference_high"]),
        )
        for row in rows
    ]


def _overlapping(view: View, focus: str) -> list[Contrast]:
    """Return what the ranges of the scores tell."""
    found = []
    for category in ROWS:
        cell = view.cell(focus, category)
        for rival in view.brands.compared:
            reference = view.cell(rival, category)
            verdict = compare(cell, reference)
            if cell is None or reference is None or verdict == "unknown":
                continue
            scores = (cell.experience or 0.0, reference.experience or 0.0)
            points = points_apart(cell, reference)
            found.append(Contrast(rival, category, verdict, points, scores=scores))
    return found
