"""The night's run: ingest, read opinions, score, publish; files and clocks are handled here."""

from cem_nlp.nightly.night import FileCounts, Step, resolve_date, resolve_night
from cem_nlp.nightly.publishing import report_context, report_tables
from cem_nlp.nightly.run import Outcome, Runner, run_directly, run_night

__all__ = [
    "FileCounts",
    "Outcome",
    "Runner",
    "Step",
    "report_context",
    "report_tables",
    "resolve_date",
    "resolve_night",
    "run_directly",
    "run_night",
]
