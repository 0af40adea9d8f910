"""Every night of a range of dates, one after the other."""

from datetime import date, timedelta
from typing import Any

from prefect import flow

from cem_nlp.errors import CemError
from cem_nlp.language import Language
from cem_nlp.nightly.stopped_backfill import stopped_backfill
from flows.nightly import nightly


@flow(name="backfill", persist_result=False)
def backfill(config: str, first: date, last: date, language: Language = "zh") -> list[str]:
    """Publish each night from `first` to `last`, both included; stops at the first failure.

    Nights already published are replaced by the same rows, so a backfill can simply be run again.
    Returns the nights published. Raises the error of the night that failed, which says how far it came.
    """
    nights = [(first + timedelta(days)).isoformat() for days in range((last - first).days + 1)]
    for number, night in enumerate(nights):
        run: Any = nightly.with_options(flow_run_name=f"nightly {night}")
        try:
            run(config, night, language)
        except CemError as error:
            raise stopped_backfill(error, nights[:number], nights[number:]) from error
    return nights
