"""The alerts of the last days, the one to look at first, and how the key points tell it."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

import pandas as pd

from cem_nlp.report import format as numbers
from cem_nlp.report.cells import Week, day, word
from cem_nlp.report.phrases import Phrases
from cem_nlp.vocabulary import ALL

Alert: TypeAlias = Mapping[Any, Any]
"""A row of the table `alerts`."""

_URGENCY: Final = ("worse", "more", "fewer", "better")


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


def moved_otherwise(alert: Alert, before: Week, now: Week, phrases: Phrases) -> tuple[str, str]:
    """Return headline and text: no score moved from one week to the other, but this did, day by day."""
    moved = phrases.say(f"change_{alert['measure']}_{alert['direction']}")
    names = {"place": _place(alert, phrases), "moved": moved}
    sentences = [
        phrases.say(
            "change_otherwise",
            week=now.name,
            earlier=before.name,
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
