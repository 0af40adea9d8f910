"""The nightly schedule on a single machine: a loopback Prefect server and a process that serves the flow."""

from pathlib import Path

from cem_nlp.language import Language
from flows.server import server

_AT_TWO = "0 2 * * *"


def serve(config: Path, language: Language) -> None:
    """Run the flow every night at 02:00 for the day that has just ended, until interrupted.

    Uses the server named by PREFECT_API_URL, or starts one on loopback and ends it again. Raises
    PrefectUnreachable where there is none to be had.
    """
    with server():
        # Prefect reads its settings when first imported, so not before the server's address is known.
        from prefect.schedules import Cron

        from flows.nightly import nightly

        nightly.serve(
            name="nightly",
            schedule=Cron(_AT_TWO, timezone="Asia/Shanghai"),
            parameters={"config": str(config), "date": "yesterday", "language": language},
            limit=1,
        )
