"""The order of a night's run, the same with and without Prefect."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from cem_nlp import store
from cem_nlp.config import Config, Source
from cem_nlp.errors import CemError, withhold
from cem_nlp.language import Bilingual, Language
from cem_nlp.nightly.analyses import ANALYSES
from cem_nlp.nightly.bad_rows import refuse_bad_rows
from cem_nlp.nightly.drifting import write_drift
from cem_nlp.nightly.ingesting import ingest_source, mark_near_duplicates
from cem_nlp.nightly.night import FileCounts, Night, Step, open_night
from cem_nlp.nightly.publishing import publish, write_account, write_report
from cem_nlp.nightly.reading import read_opinions
from cem_nlp.nightly.unheard_brands import unheard_brands

Result = TypeVar("Result")
_log = logging.getLogger(__name__)

_READ_AGAIN = 2
"""Retries of reading a database: it may be restarting. Files and pure stages fail the same way again."""


class Runner(Protocol):
    """Whoever works the steps: Prefect, or this process."""

    def __call__(self, step: Step[Result]) -> Result:
        """Work a step and return what it returns."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A committed night: where it lies, its reconciliation, and what to show of it."""

    night: date
    run_id: str
    snapshot: Path
    counts: Sequence[FileCounts]
    terminal: str
    markdown: str


def run_directly(step: Step[Result]) -> Result:
    """Work a step in this process."""
    return step.work()


def run_night(config: Config, night: date, language: Language, runner: Runner = run_directly) -> Outcome:
    """Read, analyse, score and publish one night; all tables appear at once or none does.

    Raises the errors of `cem_nlp.errors`; whatever is raised, the published state stays as it was.
    """
    started = datetime.now(UTC)
    _log.info(Bilingual("业务日期 %s", "night %s").say(language), night)

    def work(step: Step[Result]) -> Result:
        began = time.monotonic()
        result = runner(replace(step, work=partial(_withholding, step.work)))
        _log.info("%s: %.1f s", step.title.say(language), time.monotonic() - began)
        return result

    with store.staging(config.resolve(config.warehouse), night) as state:
        run = open_night(config, night, state)
        counts = [count for source in config.sources for count in work(_ingest(run, source))]
        refuse_bad_rows(run, counts)
        twins = work(
            Step(
                "duplicates",
                Bilingual("标记近似重复", "mark near-duplicates"),
                partial(mark_near_duplicates, run),
            )
        )
        counts = [replace(count, near_duplicates=twins[count.source, count.file]) for count in counts]
        found = work(Step("opinions", Bilingual("识别观点", "find opinions"), partial(read_opinions, run)))
        store.carry_over(state)
        for warning in unheard_brands(config, state.folder):
            _log.warning(Bilingual("注意：%s", "Warning: %s").say(language), warning.say(language))
        work(Step("drift", Bilingual("检查漂移", "look for drift"), partial(write_drift, run)))
        for analysis in ANALYSES:
            work(Step(analysis.name, analysis.title, partial(analysis.write, run)))
        write_account(run, counts, found, started)
        pages = work(
            Step("report", Bilingual("生成报告", "write the report"), partial(write_report, run, language))
        )
        snapshot = work(Step("commit", Bilingual("发布", "publish"), partial(publish, run)))
    return Outcome(night, run.run_id, snapshot, counts, pages.terminal, pages.markdown)


def _withholding(work: Callable[[], Result]) -> Result:
    """Do the work; let no error pass that might quote customers, for Prefect keeps what it sees."""
    try:
        return work()
    except CemError:
        raise
    except Exception as error:
        raise withhold(error) from None


def _ingest(run: Night, source: Source) -> Step[list[FileCounts]]:
    title = Bilingual(f"读入 {source.name}", f"read {source.name}")
    retries = 0 if source.url is None else _READ_AGAIN
    return Step(f"ingest {source.name}", title, partial(ingest_source, run, source), retries)
