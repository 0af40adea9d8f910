"""Every night of a range of dates, one after the other."""

from datetime import date, timedelta
from typing import Any

from prefect import flow

from cem_nlp.language import Language
from flows.nightly import nightly


@flow(name="backfill", persist_result=False)
def backfill(config: str, first: date, last: date, language: Language = "zh") -> list[str]:
    """Publish each night from `first` to `last`, both included; stops at the first failure.

    Nights already published are replaced by the same rows, so a backfill can simply be run again.
    Returns the nights published.
    """
    nights = [(first + timedelta(days)).isoformat() for days in range((last - first).days + 1)]
    for night in nights:
        run: Any = nightly.with_options(flow_run_name=f"nightly {night}")
        run(config, night, language)
    return nights
