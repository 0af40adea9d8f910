"""The nightly run as a Prefect flow: every stage a task, only paths and counts in between.

No customer text passes through Prefect: parameters are a path and a date, results are not persisted, and
errors name places, never content.
"""

from pathlib import Path
from typing import TypeVar

from prefect import Task, flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from cem_nlp.config_file import load_config
from cem_nlp.language import Language
from cem_nlp.nightly import Outcome, Step, resolve_night, run_night

Result = TypeVar("Result")

_RETRY_SECONDS = 30
"""Pause before a source is read again: long enough for a database to come back."""


@flow(name="nightly", persist_result=False, validate_parameters=False)
def nightly(config: str, date: str = "today", language: Language = "zh") -> Outcome:
    """Publish the night `date` ('today', 'yesterday' or YYYY-MM-DD) of the configuration file `config`."""
    settings = load_config(Path(config))
    outcome = run_night(settings, resolve_night(date, settings.timezone), language, as_task)
    create_markdown_artifact(outcome.markdown, key="nightly-report", description=f"night {outcome.night}")
    return outcome


def as_task(step: Step[Result]) -> Result:
    """Run one stage as a Prefect task; only reading a source is tried again."""
    run: Task[[], Result] = task(
        name=step.name,
        retries=step.retries,
        retry_delay_seconds=_RETRY_SECONDS,
        persist_result=False,
        cache_policy=NO_CACHE,
    )(step.work)
    return run()
