"""What changed from month to month, the alerts of the last days, and how the key points tell both."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeAlias

import pandas as pd

from cem_nlp.report import format as numbers
from cem_nlp.report.cells import Cell, Week, day, points_apart, pooled, word
from cem_nlp.report.phrases import Phrases
from cem_nlp.vocabulary import ALL

Alert: TypeAlias = Mapping[Any, Any]
"""A row of the table `alerts`."""

CHANGE_WEEKS: Final = 4
"""Weeks that are held against as many before: a month shows what a single week is too thin for."""

_URGENCY: Final = ("worse", "more", "fewer", "better")


@dataclass(frozen=True, slots=True)
class Span:
    """Weeks of a category taken together: the first and the last of them, and their common cell."""

    first: Week
    last: Week
    cell: Cell

    def name(self, phrases: Phrases) -> str:
        """Return the weeks as readers see them."""
        if self.first is self.last:
            return self.last.name
        return phrases.say("change_weeks", first=self.first.name, last=self.last.name)


def change_of(weeks: Sequence[Week]) -> tuple[Span, Span] | None:
    """Return the latest full weeks with a score and those to hold them against, `CHANGE_WEEKS` each at most.

    The earlier ones end `CHANGE_WEEKS` before the latest week, or at the nearest week with a score before
    that; where there is none, the latest week is held against the first. None with fewer than two weeks.
    """
    scored = [week for week in weeks if week.cell.has_score and not week.partial]
    if len(scored) < 2:
        return None
    limit = scored[-1].monday - timedelta(weeks=CHANGE_WEEKS)
    earlier = [week for week in scored if week.monday <= limit]
    if not earlier:
        return _span(scored[:1]), _span(scored[-1:])
    return _span(earlier), _span(scored)


def _span(weeks: Sequence[Week]) -> Span:
    """Return the last of these weeks, as far back as `CHANGE_WEEKS` reach."""
    start = weeks[-1].monday - timedelta(weeks=CHANGE_WEEKS)
    chosen = [week for week in weeks if week.monday > start]
    return Span(chosen[0], chosen[-1], pooled(chosen))


def change_between(key: str, category: str, before: Span, now: Span, phrases: Phrases) -> str:
    """Return the sentence `key` on how a category's score moved."""
    return phrases.say(
        key,
        category=phrases.category(category),
        week=now.name(phrases),
        earlier=before.name(phrases),
        score=phrases.value(now.cell),
        score_before=phrases.value(before.cell),
        points=numbers.signed(points_apart(now.cell, before.cell)),
    )


def beside_change(alerts: pd.DataFrame, brand: str, category: str, span: Span, phrases: Phrases) -> list[str]:
    """Return what else moved in these weeks by the brand's alerts: its volume, mix, model or taxonomy.

    Where no alert is on the category's own score, say so as well. Nothing where nothing else moved.
    """
    found = [alert for alert in alerts[alerts["brand"] == brand].to_dict("records") if _within(alert, span)]
    causes = ["volume" if alert["measure"] == "volume" else word(alert["explained_by"]) for alert in found]
    moved = [phrases.say(f"beside_{cause}") for cause in dict.fromkeys(causes) if cause is not None]
    if not moved:
        return []
    said = [phrases.say("change_beside", moved=phrases.listed(moved))]
    if not any(_is_on_score(alert, category) for alert in found):
        said.append(phrases.say("change_unlisted", category=phrases.category(category)))
    return said


def _within(alert: Alert, span: Span) -> bool:
    sunday = span.last.monday + timedelta(days=6)
    return day(alert["since"]) <= sunday and span.first.monday <= day(alert["until"])


def _is_on_score(alert: Alert, category: str) -> bool:
    return (alert["measure"], alert["category"], alert["touchpoint"]) == ("experience", category, ALL)


def sureness(alert: Alert) -> tuple[bool, float]:
    """Put what nothing else explains first, then the surest."""
    return word(alert["explained_by"]) is not None, float(alert["q_value"])


def foremost(alerts: Iterable[Alert]) -> Alert:
    """Return the alert to look at first: of an own brand, without another explanation, a loss, the surest."""

    def order(alert: Alert) -> tuple[bool, bool, int, float]:
        explained, q_value = sureness(alert)
        return not alert["is_own"], explained, _URGENCY.index(alert["direction"]), q_value

    return min(alerts, key=order)


def foremost_of(alerts: pd.DataFrame, brand: str) -> Alert | None:
    """Return the alert on a brand to look at first, None where there is none."""
    rows = alerts[alerts["brand"] == brand].to_dict("records")
    return foremost(rows) if rows else None


def value_of(alert: Alert, value: Any) -> str:
    """Return a value of the alert's measure as readers see it."""
    return numbers.percent(float(value)) if alert["measure"] == "share" else numbers.score(float(value))


def moved_otherwise(alert: Alert, before: Span, now: Span, phrases: Phrases) -> tuple[str, str]:
    """Return headline and text: no score moved from those weeks to the others, but this did, day by day."""
    moved = phrases.say(f"change_{alert['measure']}_{alert['direction']}")
    names = {"place": _place(alert, phrases), "moved": moved}
    sentences = [
        phrases.say(
            "change_otherwise",
            week=now.name(phrases),
            earlier=before.name(phrases),
            since=day(alert["since"]),
            before=value_of(alert, alert["before"]),
            after=value_of(alert, alert["after"]),
            lasts=phrases.say("change_lasts" if alert["ongoing"] else "change_over"),
            **names,
        )
    ]
    if word(alert["explained_by"]) is not None:
        sentences.append(phrases.say("change_explained"))
    return phrases.head(phrases.say("change_otherwise_short", **names)), phrases.paragraph(sentences)


def _place(alert: Alert, phrases: Phrases) -> str:
    touchpoint, category = str(alert["touchpoint"]), str(alert["category"])
    return phrases.category(category) if touchpoint == ALL else phrases.touchpoint(touchpoint)
